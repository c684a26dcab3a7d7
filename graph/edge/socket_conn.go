package edge

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
)

// conn is one WebSocket. Three goroutines serve it: one reads and answers, one writes, one keeps time; each
// operation has one of its own. All of them end before serve returns.
type conn struct {
	server *Server
	limits SocketLimits
	ws     *websocket.Conn
	ctx    context.Context
	stop   context.CancelFunc
	token  string
	known  func() // ends counting it as one that has not signed in
	out    chan message
	begun  chan struct{} // closed at connection_ack

	// auth is the context of the session, session its id, counted; the reader sets them at connection_init.
	auth    context.Context
	session string

	mu         sync.Mutex
	closing    bool
	operations map[string]*running
	running    sync.WaitGroup
}

// running is an operation of the connection; the client knows it by its id until it is done.
type running struct{ cancel context.CancelFunc }

func newConn(s *Server, ws *websocket.Conn, r *http.Request, known func()) *conn {
	ctx, stop := socketContext(r)
	return &conn{
		server: s, limits: s.limits.Socket, ws: ws, ctx: ctx, stop: stop,
		token: caller.From(ctx).Token, known: known,
		out: make(chan message, s.limits.Socket.Queue), begun: make(chan struct{}),
		operations: map[string]*running{},
	}
}

// serve runs the connection until it has ended.
func (c *conn) serve() {
	var others sync.WaitGroup
	others.Go(c.write)
	others.Go(c.keepTime)
	c.read()
	c.stop()
	_ = c.ws.Close() // unblocks a writer whose client does not read
	others.Wait()
	c.running.Wait()
}

// read handles messages one after the other until the client is gone. After close it only waits for the
// client to answer: closing at once would drop what the client has not yet read.
func (c *conn) read() {
	c.ws.SetPongHandler(func(string) error { c.heard(); return nil })
	c.heard()
	for {
		kind, r, err := c.ws.NextReader()
		if err != nil {
			return
		}
		// gorilla's own limit would count the bytes before decompression, and drop the connection before the
		// client can read why.
		data, err := io.ReadAll(io.LimitReader(r, c.limits.Message+1))
		if err != nil {
			return
		}
		switch {
		case int64(len(data)) > c.limits.Message:
			c.close(closeTooBig, "A message may have at most "+strconv.FormatInt(c.limits.Message, 10)+" bytes.")
		case kind != websocket.TextMessage:
			c.close(closeBadMessage, "A message must be text.")
		case c.heard():
			c.handle(data)
		}
	}
}

// heard gives the client time until it must be heard of again. It reports false once the connection is
// closing.
func (c *conn) heard() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing {
		return false
	}
	_ = c.ws.NetConn().SetReadDeadline(time.Now().Add(c.limits.Silence))
	return true
}

// close tells the client why the connection ends and stops all operations. The first reason counts. It
// does not wait for the end.
func (c *conn) close(code int, reason string) {
	c.mu.Lock()
	if c.closing {
		c.mu.Unlock()
		return
	}
	c.closing = true
	c.mu.Unlock()
	c.stop()
	c.server.metrics.closed.WithLabelValues(strconv.Itoa(code)).Inc()
	deadline := time.Now().Add(c.limits.Goodbye)
	// A close frame holds 123 bytes of reason.
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, shorten(reason, 123)), deadline)
	_ = c.ws.NetConn().SetReadDeadline(deadline)
}

// closeFor ends the connection after an error of its session.
func (c *conn) closeFor(err error) {
	switch f := fault.As(err); {
	case f == nil:
		c.close(closeTryLater, "The session cannot be looked up at the moment.")
	case f.Kind == fault.Unauthenticated:
		c.close(closeUnauthorized, f.Message)
	default:
		c.close(closeReconnect, f.Message)
	}
}

// send queues a message, waiting while the queue is full. It reports false once the connection is closing.
func (c *conn) send(m message) bool {
	m.since = time.Now()
	select {
	case c.out <- m:
		return true
	case <-c.ctx.Done():
		return false
	}
}

// keepTime ends the connection where connection_init does not come, the session ends, or the server stops.
func (c *conn) keepTime() {
	init := time.NewTimer(c.limits.Init)
	defer init.Stop()
	select {
	case <-c.ctx.Done():
		return
	case <-c.server.sockets.stopping:
		c.close(closeGoingAway, "The server is stopping.")
		return
	case <-init.C:
		c.close(closeInitTimeout, "connection_init did not come in time.")
		return
	case <-c.begun:
	}
	live := time.NewTicker(c.limits.Live)
	defer live.Stop()
	seen := time.Now()
	for {
		select {
		case <-c.ctx.Done():
			return
		case <-c.server.sockets.stopping:
			c.close(closeGoingAway, "The server is stopping.")
			return
		case <-live.C:
		}
		err := c.server.config.Live(c.auth)
		switch {
		case err == nil:
			seen = time.Now()
		case fault.As(err) != nil, c.ctx.Err() == nil && time.Since(seen) > c.limits.Blind:
			c.closeFor(err)
			return
		}
	}
}

// write sends what is queued, and pings.
func (c *conn) write() {
	ping := time.NewTicker(c.limits.Ping)
	defer ping.Stop()
	for {
		var err error
		select {
		case <-c.ctx.Done():
			return
		case m := <-c.out:
			if time.Since(m.since) > c.limits.Slow {
				c.close(closeTryLater, "Messages are read too slowly. Connect again.")
				return
			}
			err = c.writeMessage(m)
		case <-ping.C:
			err = c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(c.limits.Write))
		}
		if err != nil {
			// The client is gone or does not read: nothing can be told to it.
			c.stop()
			_ = c.ws.Close()
			return
		}
	}
}

// writeMessage writes in pieces, so that a slow client is given time for each and a stuck one is noticed.
func (c *conn) writeMessage(m message) error {
	const piece = 64 << 10
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	c.ws.EnableWriteCompression(len(data) >= worthCompressing)
	_ = c.ws.SetWriteDeadline(time.Now().Add(c.limits.Write))
	w, err := c.ws.NextWriter(websocket.TextMessage)
	if err != nil {
		return err
	}
	for len(data) > 0 {
		n := min(piece, len(data))
		_ = c.ws.SetWriteDeadline(time.Now().Add(c.limits.Write))
		if _, err := w.Write(data[:n]); err != nil {
			return err
		}
		data = data[n:]
	}
	return w.Close()
}

func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
