package control

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient"
)

func TestAsk(t *testing.T) {
	t.Parallel()
	collect := func(into *[]string) func([]byte) error {
		return func(line []byte) error {
			*into = append(*into, string(line))
			return nil
		}
	}
	t.Run("hands on the answer", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		var lines []string
		if err := Ask(t.Context(), b.Path(), Request{Do: "status"}, collect(&lines)); err != nil {
			t.Fatal(err)
		}
		if len(lines) != 1 || !strings.Contains(lines[0], `"state":"current"`) {
			t.Fatalf("got %q", lines)
		}
	})
	t.Run("returns what was refused", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		var lines []string
		var told *Error
		err := Ask(t.Context(), b.Path(), Request{Do: "resolve", With: Decision{Key: "abcd"}}, collect(&lines))
		if !errors.As(err, &told) || told.Code != BadRequest || len(lines) != 1 {
			t.Fatalf("got %v, %q", err, lines)
		}
	})
	t.Run("watches until its context ends, or the program", func(t *testing.T) {
		t.Parallel()
		for _, byProgram := range []bool{false, true} {
			b := setup(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			lines, events := 0, 0
			err := Ask(ctx, b.Path(), Request{Do: "watch"}, func(line []byte) error {
				lines++
				if strings.Contains(string(line), `"event":"connected"`) {
					if events++; byProgram {
						b.end()
					} else {
						cancel()
					}
				} else if lines == 1 {
					b.Tell(syncclient.Connected{})
				}
				return nil
			})
			if err != nil || events != 1 {
				t.Fatalf("got %d events, %v", events, err)
			}
		}
	})
	t.Run("says that nobody is there", func(t *testing.T) {
		t.Parallel()
		err := Ask(t.Context(), filepath.Join(t.TempDir(), "s.sock"), Request{Do: "status"}, nil)
		if !errors.Is(err, ErrNotRunning) {
			t.Fatal(err)
		}
	})
}
