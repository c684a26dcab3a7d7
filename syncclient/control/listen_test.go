package control

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

func TestListen(t *testing.T) {
	t.Parallel()
	t.Run("makes a socket that only its user can reach", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for path, want := range map[string]fs.FileMode{b.Path(): 0o600, filepath.Dir(b.Path()): 0o700} {
			about, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if about.Mode().Perm() != want {
				t.Errorf("%s has mode %04o", path, about.Mode().Perm())
			}
		}
	})
	t.Run("refuses a folder that others can enter", func(t *testing.T) {
		t.Parallel()
		for _, mode := range []fs.FileMode{0o755, 0o710, 0o701, 0o770} {
			dir := filepath.Join(t.TempDir(), "open")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(dir, mode); err != nil {
				t.Fatal(err)
			}
			_, err := Listen(filepath.Join(dir, "s.sock"), desk{})
			mustSay(t, err, "must be 0700")
		}
	})
	t.Run("replaces what a dead process left", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(folder(t), "s.sock")
		dead, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
		if err != nil {
			t.Fatal(err)
		}
		dead.SetUnlinkOnClose(false)
		dead.Close()
		if err := os.WriteFile(path+".lock", nil, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Listen(path, desk{})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.Close(), s.Close()); err != nil {
			t.Fatal(err)
		}
		left, err := os.ReadDir(filepath.Dir(path))
		if err != nil || len(left) > 0 {
			t.Fatalf("left: %v, %v", left, err)
		}
	})
	t.Run("refuses where another listens", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := Listen(b.Path(), desk{})
		if !errors.Is(err, ErrInUse) {
			t.Fatal(err)
		}
		mustSay(t, err, b.Path())
		b.dial().ok(`{"id":1,"do":"status"}`)
	})
	t.Run("refuses where another listens without a lock file", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(folder(t), "s.sock")
		alive, err := net.Listen("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		defer alive.Close()
		if _, err := Listen(path, desk{}); !errors.Is(err, ErrInUse) {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("lets one of many have it", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(folder(t), "s.sock")
		got := make(chan *Server, 20)
		for range cap(got) {
			go func() {
				s, err := Listen(path, desk{})
				if err != nil && !errors.Is(err, ErrInUse) {
					t.Error(err)
				}
				got <- s
			}()
		}
		var have []*Server
		for range cap(got) {
			if s := <-got; s != nil {
				have = append(have, s)
			}
		}
		if len(have) != 1 {
			t.Fatalf("%d have it", len(have))
		}
		have[0].Close()
	})
	t.Run("has one owner at a time while many come and go", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(folder(t), "s.sock")
		var owners atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 200 {
					s, err := Listen(path, desk{})
					if errors.Is(err, ErrInUse) {
						continue
					}
					if err != nil {
						t.Error(err)
						return
					}
					if owners.Add(1) != 1 {
						t.Error("it has two")
					}
					owners.Add(-1)
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
	})
	t.Run("removes nothing but a socket", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(folder(t), "s.sock")
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Listen(path, desk{})
		mustSay(t, err, "something else")
		if content, _ := os.ReadFile(path); string(content) != "mine" {
			t.Fatal("it is gone")
		}
	})
	t.Run("says that a path is too long", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(t.TempDir(), strings.Repeat("x", 120))
		_, err := Listen(filepath.Join(dir, "s.sock"), desk{})
		mustSay(t, err, "--control")
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Fatal("it made the folder")
		}
	})
}

func TestPath(t *testing.T) {
	t.Parallel()
	one := filepath.Join("data", "mail.example.com-01234567", "0198c0de-0000-7000-8000-000000000001", "0198c0de-0000-7000-8000-000000000002")
	other := one[:len(one)-1] + "3"
	if Path(one) == Path(other) {
		t.Fatal("accounts share a socket")
	}
	if dir, want := filepath.Dir(Path(one)), filepath.Join("data", "control"); dir != want {
		t.Fatalf("it is in %s, not %s", dir, want)
	}
	if mac := "/Users/annabelle.petit/Library/Application Support/Partage"; len(Path(filepath.Join(mac, one))) > 103 {
		t.Fatal("too long for macOS")
	}
}

func folder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "c")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func mustSay(t *testing.T, err error, part string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), part) {
		t.Fatalf("got %v, which does not say %q", err, part)
	}
}
