package control

import (
	"bufio"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

func TestRelay(t *testing.T) {
	t.Parallel()
	t.Run("hands lines there and back until the last is answered", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		var out strings.Builder
		in := "{\"id\":1,\"do\":\"pause\"}\n{\"id\":2,\"do\":\"sync\"}\n"
		if err := Relay(t.Context(), b.Path(), strings.NewReader(in), &out); err != nil {
			t.Fatal(err)
		}
		if lines := strings.Split(out.String(), "\n"); len(lines) != 3 || lines[0] != `{"id":1,"ok":true}` || !strings.Contains(lines[1], string(Paused)) {
			t.Fatalf("got %q", lines)
		}
	})
	t.Run("ends with the program, and with its context", func(t *testing.T) {
		t.Parallel()
		for _, byProgram := range []bool{true, false} {
			b := setup(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			in, ask := io.Pipe()
			defer in.Close()
			heard, out := io.Pipe()
			ended := make(chan error, 1)
			go func() { ended <- Relay(ctx, b.Path(), in, out) }()
			if _, err := io.WriteString(ask, "{\"id\":1,\"do\":\"watch\"}\n"); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewReader(heard)
			if line, err := lines.ReadString('\n'); err != nil || line != "{\"id\":1,\"ok\":true}\n" {
				t.Fatalf("got %q, %v", line, err)
			}
			go func() { _, _ = io.Copy(io.Discard, lines) }()
			want := error(nil)
			if byProgram {
				b.end()
			} else {
				cancel()
				want = context.Canceled
			}
			if err := <-ended; !errors.Is(err, want) {
				t.Fatalf("got %v, want %v", err, want)
			}
		}
	})
	t.Run("says that nobody is there", func(t *testing.T) {
		t.Parallel()
		if err := Relay(t.Context(), filepath.Join(t.TempDir(), "s.sock"), strings.NewReader(""), io.Discard); !errors.Is(err, ErrNotRunning) {
			t.Fatal(err)
		}
	})
}
