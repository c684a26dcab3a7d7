package control

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"sync"
	"testing"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// scripted is a follower that does as the test says, and tells what it does.
type scripted struct {
	did    chan string
	synced chan error    // what the next Sync returns
	failed chan error    // what Run returns
	hold   chan struct{} // Run ends no sooner than this; nil where it does at once
}

func (f *scripted) Run(ctx context.Context) error {
	f.did <- "run"
	defer func() { f.did <- "run ended" }()
	select {
	case <-ctx.Done():
		if f.hold != nil {
			<-f.hold
		}
		return nil
	case err := <-f.failed:
		return err
	}
}

func (f *scripted) Sync(ctx context.Context) error {
	f.did <- "sync"
	defer func() { f.did <- "sync ended" }()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-f.synced:
		return err
	}
}

// desk answers with fixed things.
type desk struct {
	decided chan Decision
	edited  chan Edit
}

func (d desk) Status(context.Context) (Status, error) { return Status{State: "current"}, nil }

func (d desk) Conflicts(context.Context) ([]Conflict, error) { return []Conflict{}, nil }

func (d desk) Resolve(_ context.Context, one Decision) (int, error) {
	if one.Key == "gone" {
		return 0, mirror.ErrGone
	}
	d.decided <- one
	return 1, nil
}

func (d desk) Edit(_ context.Context, e Edit) (string, error) {
	if e.Row == "gone" {
		return "", fmt.Errorf("%w: it is not yours", mirror.ErrRefused)
	}
	d.edited <- e
	return "0199", nil
}

// bench is a server on a real socket with a follower under the test's control.
type bench struct {
	*Server
	t      *testing.T
	f      *scripted
	desk   desk
	driven chan error // what Drive returned
	end    func()     // Serve
}

func setup(t *testing.T) *bench {
	t.Helper()
	path := filepath.Join(t.TempDir(), "c", "s.sock")
	d := desk{make(chan Decision, 10), make(chan Edit, 10)}
	s, err := Listen(path, d)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{
		Server: s, t: t, desk: d, driven: make(chan error, 1),
		f: &scripted{did: make(chan string, 1000), synced: make(chan error, 10), failed: make(chan error, 1)},
	}
	ctx, cancel := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := s.Serve(ctx); err != nil {
			t.Error(err)
		}
	})
	b.end = func() {
		cancel()
		serving.Wait()
	}
	t.Cleanup(func() {
		b.end()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// drive lets the follower follow.
func (b *bench) drive() {
	ctx, cancel := context.WithCancel(context.Background())
	var driving sync.WaitGroup
	driving.Go(func() { b.driven <- b.Drive(ctx, b.f) })
	b.t.Cleanup(func() {
		cancel()
		driving.Wait()
	})
}

// expect waits for what the follower does, in order.
func (b *bench) expect(want ...string) {
	b.t.Helper()
	for _, w := range want {
		if got := <-b.f.did; got != w {
			b.t.Fatalf("the follower did %q, not %q", got, w)
		}
	}
}

// client is a program at the other end.
type client struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

func (b *bench) dial() *client {
	b.t.Helper()
	conn, err := net.Dial("unix", b.Path())
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { conn.Close() })
	return &client{b.t, conn, bufio.NewReader(conn)}
}

func (c *client) send(lines ...string) {
	c.t.Helper()
	for _, line := range lines {
		if _, err := c.conn.Write([]byte(line + "\n")); err != nil {
			c.t.Fatal(err)
		}
	}
}

// line is any line that a server sends.
type line struct {
	ID        json.RawMessage
	OK        bool
	Error     *Error
	Wire      int
	Paused    *bool
	Status    map[string]any
	Conflicts *[]Conflict
	Decided   int
	Row       string
	Event     string
	Name      string
}

func (c *client) next() line {
	c.t.Helper()
	text, err := c.in.ReadBytes('\n')
	if err != nil {
		c.t.Fatalf("there is no line: %v", err)
	}
	var l line
	if err := json.Unmarshal(text, &l); err != nil {
		c.t.Fatalf("%v in %s", err, text)
	}
	return l
}

// ok asks, and expects the answer that it is done.
func (c *client) ok(request string) line {
	c.t.Helper()
	c.send(request)
	return c.mustOK("1")
}

func (c *client) mustOK(id string) line {
	c.t.Helper()
	l := c.next()
	if !l.OK || l.Error != nil || string(l.ID) != id {
		c.t.Fatalf("got %+v (%v), not that %s is done", l, l.Error, id)
	}
	return l
}

func (c *client) mustFail(id string, code Code) {
	c.t.Helper()
	l := c.next()
	if l.OK || l.Error == nil || l.Error.Code != code || l.Error.Message == "" || string(l.ID) != id {
		c.t.Fatalf("got %+v (%v), not that %s failed with %s", l, l.Error, id, code)
	}
}

func (c *client) mustHear(event string) line {
	c.t.Helper()
	l := c.next()
	if l.Event != event {
		c.t.Fatalf("got %+v, not the event %s", l, event)
	}
	return l
}

// mustEnd expects that nothing more comes.
func (c *client) mustEnd() {
	c.t.Helper()
	if text, err := c.in.ReadBytes('\n'); err == nil {
		c.t.Fatalf("got %s, not the end", text)
	} else if errors.Is(err, net.ErrClosed) {
		c.t.Fatal(err)
	}
}
