//go:build unix

package browse

import (
	"bytes"
	"context"
	"errors"
	"os"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"
	"golang.org/x/term"

	"github.com/partage-mail/partage/syncclient"
)

// console is a terminal on which the program runs: what it writes is kept, and what is typed is written.
type console struct {
	t      *testing.T
	keys   *os.File
	ended  chan error
	before *term.State
	tty    *os.File

	mu    sync.Mutex
	out   bytes.Buffer
	wrote chan struct{}
}

func newConsole(t *testing.T, ctx context.Context, model func(tea.Model) tea.Model, environ ...string) *console {
	t.Helper()
	keys, tty, err := pty.Open()
	must(t, err)
	t.Cleanup(func() { _ = keys.Close() })
	must(t, pty.Setsize(tty, &pty.Winsize{Rows: 20, Cols: 90}))
	c := &console{t: t, keys: keys, tty: tty, ended: make(chan error, 1), wrote: make(chan struct{}, 1)}
	c.before, err = term.GetState(int(tty.Fd()))
	must(t, err)
	go c.keep()
	cfg := Config{
		Client:  func(string) (*syncclient.Client, error) { return nil, errors.New("there is none") },
		Servers: func() ([]string, error) { return nil, nil },
		In:      tty, Out: tty, Environ: append([]string{"TERM=xterm-256color"}, environ...),
	}
	go func() {
		a := newApp(ctx, cfg)
		defer a.close()
		c.ended <- show(ctx, model(a), cfg)
	}()
	return c
}

func same(m tea.Model) tea.Model { return m }

// keep reads what the program writes.
func (c *console) keep() {
	b := make([]byte, 4096)
	for {
		n, err := c.keys.Read(b)
		if err != nil {
			return
		}
		c.mu.Lock()
		c.out.Write(b[:n])
		c.mu.Unlock()
		select {
		case c.wrote <- struct{}{}:
		default:
		}
	}
}

// shows waits until the program has written a text.
func (c *console) shows(text string) string {
	c.t.Helper()
	for {
		c.mu.Lock()
		out := c.out.String()
		c.mu.Unlock()
		if strings.Contains(out, text) {
			return out
		}
		select {
		case <-c.wrote:
		case <-c.t.Context().Done():
			c.t.Fatalf("it wrote %q", out)
		}
	}
}

// leaves waits for the end, and finds the terminal as it was.
func (c *console) leaves() error {
	c.t.Helper()
	err := <-c.ended
	c.shows("\x1b[?1049l")
	c.shows("\x1b[?25h")
	after, stateErr := term.GetState(int(c.tty.Fd()))
	must(c.t, stateErr)
	if !reflect.DeepEqual(after, c.before) {
		c.t.Error("the terminal is not as it was before")
	}
	return err
}

// breaks is the program with a mistake in it: it panics when an x is pressed, or when it draws after that.
type breaks struct {
	tea.Model
	drawing bool
}

// broken draws nothing.
type broken struct{ tea.Model }

func (broken) View() tea.View { panic("a mistake of ours") }

func (b breaks) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, is := msg.(tea.KeyPressMsg); is && k.String() == "x" {
		if b.drawing {
			return broken{b.Model}, nil
		}
		panic("a mistake of ours")
	}
	next, cmd := b.Model.Update(msg)
	return breaks{next, b.drawing}, cmd
}

// TestTerminal leaves the terminal as it was, however the program ends.
func TestTerminal(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]string{"q": "q", "ctrl+c": "\x03"} {
		t.Run(name+" leaves it", func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, t.Context(), same)
			c.shows("Nobody has signed in")
			_, err := c.keys.WriteString(key)
			must(t, err)
			must(t, c.leaves())
		})
	}
	t.Run("ctrl+c leaves a form", func(t *testing.T) {
		t.Parallel()
		c := newConsole(t, t.Context(), same)
		c.shows("Nobody has signed in")
		_, err := c.keys.WriteString("Lq\x03")
		must(t, err)
		must(t, c.leaves())
	})
	t.Run("the end of its context leaves it", func(t *testing.T) {
		t.Parallel()
		ctx, stop := context.WithCancel(t.Context())
		c := newConsole(t, ctx, same)
		c.shows("Nobody has signed in")
		stop()
		must(t, c.leaves())
	})
	t.Run("a panic leaves it", func(t *testing.T) {
		t.Parallel()
		c := newConsole(t, t.Context(), func(m tea.Model) tea.Model { return breaks{m, false} })
		c.shows("Nobody has signed in")
		_, err := c.keys.WriteString("x")
		must(t, err)
		if err := c.leaves(); err == nil || !strings.Contains(err.Error(), "a mistake of ours") {
			t.Errorf("it ended with %v", err)
		}
	})
	t.Run("a panic while drawing leaves it", func(t *testing.T) {
		t.Parallel()
		c := newConsole(t, t.Context(), func(m tea.Model) tea.Model { return breaks{m, true} })
		c.shows("Nobody has signed in")
		_, err := c.keys.WriteString("x")
		must(t, err)
		if err := c.leaves(); err == nil || !strings.Contains(err.Error(), "a mistake of ours") {
			t.Errorf("it ended with %v", err)
		}
	})
	colour := regexp.MustCompile(`\x1b\[[0-9;]*[34][0-7][;m]`)
	for name, test := range map[string]struct {
		environ []string
		colours bool
	}{
		"colours":                 {nil, true},
		"no colours for NO_COLOR": {[]string{"NO_COLOR=1"}, false},
		"sixteen colours at most": {[]string{"TERM=xterm", "COLORTERM="}, true},
	} {
		t.Run("shows "+name, func(t *testing.T) {
			t.Parallel()
			c := newConsole(t, t.Context(), same, test.environ...)
			c.shows("Nobody has signed in")
			out := c.shows("quit")
			if found := colour.FindString(out); (found != "") != test.colours {
				t.Errorf("colours: %q", found)
			}
			if strings.Contains(out, "8;5;") || strings.Contains(out, "8;2;") {
				t.Errorf("more than sixteen colours: %q", out)
			}
			_, err := c.keys.WriteString("q")
			must(t, err)
			must(t, c.leaves())
		})
	}
}
