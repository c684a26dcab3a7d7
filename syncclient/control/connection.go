package control

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"sync"
	"time"
)

// connection is one client. One goroutine reads and answers in order, except for syncs, whose answers come when they
// are done; another writes.
type connection struct {
	server *Server
	conn   net.Conn
	// queue has lines to be written; done is closed when no more answers come, and gone when nothing can be written.
	queue chan []byte
	done  chan struct{}
	gone  chan struct{}

	mu       sync.Mutex
	watching bool
	last     time.Time // when the connection ends at the latest; zero while it need not

	waiting chan struct{} // one token for each sync that is waited for
	syncs   sync.WaitGroup
}

func newConnection(s *Server, conn net.Conn) *connection {
	return &connection{
		server: s, conn: conn, queue: make(chan []byte, maxQueue), done: make(chan struct{}), gone: make(chan struct{}),
		waiting: make(chan struct{}, maxWaiting),
	}
}

// serve returns when the connection has ended.
func (c *connection) serve(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var writing sync.WaitGroup
	writing.Go(func() {
		c.write()
		cancel() // nobody is there to be answered
	})
	c.read(ctx)
	c.unwatch()
	c.syncs.Wait()
	close(c.done)
	writing.Wait()
}

// read answers requests until the other side has no more, or the connection ends.
func (c *connection) read(ctx context.Context) {
	r := bufio.NewReaderSize(c.conn, 4096)
	for ctx.Err() == nil {
		line, err := readLine(r)
		switch {
		case errors.Is(err, errTooLong):
			c.reply(reply{Error: errTooLarge()})
		case err != nil:
			return
		case len(bytes.TrimSpace(line)) > 0:
			c.answer(ctx, line)
		}
	}
}

var errTooLong = errors.New("the line is too long")

// readLine returns the next line, which lasts until the next call; errTooLong where it was longer than a request may be.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxLine; !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil:
			return nil, err // half a line is no request
		case long:
			return nil, errTooLong
		default:
			return line, nil
		}
	}
}

func (c *connection) answer(ctx context.Context, line []byte) {
	r, err := parse(line)
	switch {
	case err != nil:
		c.fail(r.id, err)
	case r.do == "sync":
		c.sync(r.id)
	case r.do == "watch":
		c.watch(reply{ID: r.id, OK: true})
	case r.do == "stop":
		c.reply(reply{ID: r.id, OK: true}) // before stopping ends the connection
		c.server.Stop()
	default:
		c.reply(c.server.answer(ctx, r))
	}
}

// sync answers when a sync is done; requests that come meanwhile are answered before.
func (c *connection) sync(id json.RawMessage) {
	select {
	case c.waiting <- struct{}{}:
	default:
		c.fail(id, &Error{Busy, "Too many requests of this connection wait for a sync."})
		return
	}
	result := c.server.sync()
	c.syncs.Go(func() {
		defer func() { <-c.waiting }()
		select {
		case err := <-result:
			if err != nil {
				c.fail(id, err)
			} else {
				c.reply(reply{ID: id, OK: true})
			}
		case <-c.gone:
		}
	})
}

func (c *connection) fail(id json.RawMessage, err error) {
	c.reply(reply{ID: id, Error: ErrorOf(err)})
}

// reply waits until there is room for the answer, or nobody to read it.
func (c *connection) reply(r reply) {
	select {
	case c.queue <- r.line():
	case <-c.gone:
	}
}

// watch answers and sends events from then on.
func (c *connection) watch(r reply) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watching = true
	c.offer(r.line())
}

func (c *connection) unwatch() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watching = false
}

// tell sends an event to who watches, and cuts them off where they have not read what was sent before.
func (c *connection) tell(line []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.watching {
		c.offer(line)
	}
}

// offer queues a line, or ends the connection where there is no room.
func (c *connection) offer(line []byte) {
	select {
	case c.queue <- line:
	default:
		c.watching = false
		c.conn.Close()
	}
}

// write sends what is queued until done, and closes the connection.
func (c *connection) write() {
	defer close(c.gone)
	defer c.conn.Close()
	for {
		select {
		case line := <-c.queue:
			if !c.send(line) {
				return
			}
			continue
		default:
		}
		select {
		case line := <-c.queue:
			if !c.send(line) {
				return
			}
		case <-c.done:
			if len(c.queue) == 0 {
				return
			}
		}
	}
}

func (c *connection) send(line []byte) bool {
	c.mu.Lock()
	until := time.Now().Add(c.server.patience)
	if !c.last.IsZero() {
		until = c.last
	}
	_ = c.conn.SetWriteDeadline(until)
	c.mu.Unlock()
	_, err := c.conn.Write(line)
	return err == nil
}

// hangUp ends the reading, after which the connection ends with its last answer, or a second later.
func (c *connection) hangUp() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = time.Now().Add(time.Second)
	_ = c.conn.SetDeadline(c.last)
	_ = c.conn.SetReadDeadline(time.Unix(1, 0))
}

// turnAway says that there are too many connections. The line fits into the socket's buffer.
func (c *connection) turnAway() {
	c.send(reply{Error: &Error{Busy, "Too many programs are connected."}}.line())
	c.conn.Close()
}
