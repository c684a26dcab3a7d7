package e2e

import (
	"net"
	"sync"
)

// line is the way to a server. While it is cut nobody gets through, and who was is cut off.
type line struct {
	net.Listener
	mu   sync.Mutex
	open map[net.Conn]bool
	down bool
}

// Accept waits for the next that gets through.
func (l *line) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if l.add(c) {
			return &call{c, l}, nil
		}
		_ = c.Close()
	}
}

func (l *line) add(c net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		return false
	}
	if l.open == nil {
		l.open = map[net.Conn]bool{}
	}
	l.open[c] = true
	return true
}

func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = true
	for c := range l.open {
		_ = c.Close()
	}
	clear(l.open)
}

func (l *line) mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = false
}

// call is a connection over the line.
type call struct {
	net.Conn
	line *line
}

// Close hangs up.
func (c *call) Close() error {
	c.line.mu.Lock()
	delete(c.line.open, c.Conn)
	c.line.mu.Unlock()
	return c.Conn.Close()
}
