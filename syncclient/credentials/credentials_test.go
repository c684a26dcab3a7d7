package credentials

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// broken is a keychain that is not there.
type broken struct{}

func (broken) Get(string) (string, error) { return "", errors.New("no keychain") }
func (broken) Set(string, string) error   { return errors.New("no keychain") }
func (broken) Delete(string) error        { return errors.New("no keychain") }

func TestStores(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(t *testing.T) Store{
		"files":                        func(t *testing.T) Store { return Files(filepath.Join(t.TempDir(), "tokens")) },
		"either, with both":            func(t *testing.T) Store { return Either(Files(t.TempDir()), Files(t.TempDir())) },
		"either, without the keychain": func(t *testing.T) Store { return Either(broken{}, Files(t.TempDir())) },
	} {
		t.Run(name+" keeps, replaces and forgets", func(t *testing.T) {
			t.Parallel()
			s := open(t)
			if _, err := s.Get("a"); !errors.Is(err, ErrNone) {
				t.Fatalf("got %v, want ErrNone", err)
			}
			for _, secret := range []string{"one", "two"} {
				if err := s.Set("a", secret); err != nil {
					t.Fatal(err)
				}
				if got, err := s.Get("a"); err != nil || got != secret {
					t.Fatalf("got %q, %v", got, err)
				}
			}
			if _, err := s.Get("b"); !errors.Is(err, ErrNone) {
				t.Fatalf("another name: got %v, want ErrNone", err)
			}
			for range 2 {
				if err := s.Delete("a"); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := s.Get("a"); !errors.Is(err, ErrNone) {
				t.Fatalf("got %v, want ErrNone", err)
			}
		})
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "tokens")
	if err := Files(dir).Set("name", "secret"); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{dir: 0o700, Files(dir).(files).path("name"): 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", path, info.Mode().Perm(), want)
		}
	}
}
