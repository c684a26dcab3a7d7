package clienttest

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// cable is the way to a server, which can be cut.
type cable struct {
	url string

	mu   sync.Mutex
	dead bool
	open map[net.Conn]struct{}
}

func newCable(tb testing.TB, server string) *cable {
	tb.Helper()
	to, err := url.Parse(server)
	must(tb, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(tb, err)
	c := &cable{url: "http://" + l.Addr().String(), open: map[net.Conn]struct{}{}}
	tb.Cleanup(func() {
		_ = l.Close()
		c.cut(true)
	})
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go c.carry(conn, to.Host)
		}
	}()
	return c
}

// carry passes on what goes over a connection, both ways, until one side ends it.
func (c *cable) carry(from net.Conn, to string) {
	defer from.Close()
	there, err := net.Dial("tcp", to)
	if err != nil || !c.hold(from) {
		return
	}
	defer there.Close()
	go func() {
		_, _ = io.Copy(there, from)
		_ = there.Close()
	}()
	_, _ = io.Copy(from, there)
	c.mu.Lock()
	delete(c.open, from)
	c.mu.Unlock()
}

// hold reports whether the cable is whole.
func (c *cable) hold(conn net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.dead {
		c.open[conn] = struct{}{}
	}
	return !c.dead
}

// cut ends all connections and lets no other through, or mends the cable.
func (c *cable) cut(dead bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dead = dead
	for conn := range c.open {
		if dead {
			_ = conn.Close()
		}
	}
}
