package seal_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/seal"
)

func newSealer(t *testing.T) *seal.Sealer {
	t.Helper()
	key := make([]byte, seal.KeySize)
	_, _ = rand.Read(key)
	s, err := seal.New(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSeal(t *testing.T) {
	s, payload := newSealer(t), []byte("forty-two bytes, of which nobody may know")
	token := s.Seal("changes/anna", payload)
	t.Run("opens in its scope", func(t *testing.T) {
		for _, payload := range [][]byte{payload, {0}, {}} {
			got, err := s.Open("changes/anna", s.Seal("changes/anna", payload))
			if err != nil || !bytes.Equal(got, payload) {
				t.Errorf("%q, %v", got, err)
			}
		}
	})
	t.Run("is different each time and of one length", func(t *testing.T) {
		again := s.Seal("changes/anna", payload)
		if again == token || len(again) != len(token) {
			t.Errorf("%q and %q", again, token)
		}
	})
	t.Run("can stand in a URL as it is", func(t *testing.T) {
		if strings.Trim(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Error(token)
		}
	})
	refused := func(name string, s *seal.Sealer, scope, token string) {
		t.Run("refuses "+name, func(t *testing.T) {
			if got, err := s.Open(scope, token); !errors.Is(err, seal.ErrForeign) || got != nil {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
	refused("a token of another key", newSealer(t), "changes/anna", token)
	refused("a token of another scope", s, "changes/bob", token)
	refused("a token of a scope that begins alike", s, "changes/ann", token)
	refused("nothing", s, "changes/anna", "")
	refused("what is no token", s, "changes/anna", "no token!")
	refused("a token with something behind", s, "changes/anna", token+"AAAA")
	refused("a token in lower case", s, "changes/anna", strings.ToLower(token))
	for _, at := range []int{0, 1, len(token)} {
		for _, end := range []string{"\n", "\r", "\r\n"} {
			refused(fmt.Sprintf("a token with %q at %d", end, at), s, "changes/anna", token[:at]+end+token[at:])
		}
	}
	t.Run("refuses a token that is cut anywhere", func(t *testing.T) {
		for n := range token {
			if _, err := s.Open("changes/anna", token[:n]); !errors.Is(err, seal.ErrForeign) {
				t.Errorf("%d characters of it: %v", n, err)
			}
		}
	})
	t.Run("refuses a token of which any character is another", func(t *testing.T) {
		const all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
		for n := range 3 { // of two lengths, the last character has bits that say nothing
			token := s.Seal("changes/anna", payload[n:])
			for i, c := range token {
				for _, other := range strings.ReplaceAll(all, string(c), "") {
					if _, err := s.Open("changes/anna", token[:i]+string(other)+token[i+1:]); !errors.Is(err, seal.ErrForeign) {
						t.Errorf("character %d of %d is %q instead of %q: %v", i, len(token), other, c, err)
					}
				}
			}
		}
	})
}

func TestNew(t *testing.T) {
	for _, n := range []int{0, seal.KeySize - 1, seal.KeySize + 1} {
		if _, err := seal.New(make([]byte, n)); err == nil {
			t.Errorf("a key of %d bytes is taken", n)
		}
	}
}

// TestHyphen: a token can be an argument of a command. One of 64 would begin with a hyphen by chance.
func TestHyphen(t *testing.T) {
	s, err := seal.New(make([]byte, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	for range 2000 {
		if token := s.Seal("scope", nil); token[0] == '-' {
			t.Fatalf("a token is %s", token)
		}
	}
}
