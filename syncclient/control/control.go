// Package control lets other programs watch and steer a partage-sync that follows an account, over a Unix domain socket
// that only the same user can open. CONTROL.md documents the wire: one JSON object a line, both ways.
//
//	server, err := control.Listen(control.Path(folder), answers)
//	go server.Serve(ctx)
//	err = server.Drive(ctx, follower) // with server.Tell as what the follower notifies
//
// A program that follows in its own process asks the same without a socket: New, Answer and Watch.
//
// The package guarantees that nobody who reads slowly, writes nonsense or goes away holds up the follower; that after
// the answer to a pause nothing is asked of the server until resume; and that each request gets one answer, unless the
// connection ends. What is asked of the local copy itself is left to Answers; Copy is the one that reads and edits it.
package control

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"time"

	"github.com/partage-mail/partage/syncclient"
)

// Wire is the version of what is said over the socket. It rises only where a client of an older one would break.
const Wire = 1

// What one connection, and all of them, may take.
const (
	maxLine        = 1 << 20 // bytes of a request
	maxConnections = 32
	maxWaiting     = 16  // requests for a sync of one connection that are not answered yet
	maxQueue       = 256 // lines that wait to be read by the other side
)

// Follower is what Drive steers. Both methods end soon after their context does, and may be called again after that.
type Follower interface {
	// Run follows the server until ctx ends, which is no error.
	Run(ctx context.Context) error
	// Sync brings the copy up to date once.
	Sync(ctx context.Context) error
}

// Answers is what the server asks for requests about the local copy. Its methods are called by several goroutines at
// once. An *Error among their errors reaches the client as it is.
type Answers interface {
	Status(ctx context.Context) (Status, error)
	Conflicts(ctx context.Context) ([]Conflict, error)
	// Resolve decides, and returns of how many things.
	Resolve(ctx context.Context, d Decision) (int, error)
	// Edit edits, and returns the id of the row.
	Edit(ctx context.Context, e Edit) (string, error)
	Lists(ctx context.Context) ([]syncclient.List, error)
	// Keep has the rows of an item be kept, Drop not.
	Keep(ctx context.Context, item string) error
	Drop(ctx context.Context, item string) error
	Rows(ctx context.Context, of RowsOf) (*syncclient.ListRows, error)
}

// Server answers about one follower and steers it, behind a socket or in its own process. It is safe for use by several
// goroutines.
type Server struct {
	path     string
	listener *net.UnixListener
	lock     *os.File
	answers  Answers
	// patience is how long a client may take to read one line.
	patience time.Duration

	watchers []func([]byte)
	telling  sync.Mutex // taken before mu

	mu          sync.Mutex
	connections map[*connection]struct{}
	paused      bool
	stopped     bool
	waiting     []chan error // who asked for a sync that has not begun
	work        *work        // nil where the follower does nothing
	nudge       chan struct{}
}

// New returns a server without a socket: it answers and is watched in its own process alone.
func New(answers Answers) *Server {
	return &Server{
		answers: answers, patience: 10 * time.Second, connections: map[*connection]struct{}{},
		nudge: make(chan struct{}, 1),
	}
}

// Path returns where the server listens; empty where it does not.
func (s *Server) Path() string { return s.path }

// Tell sends an event to all who watch. It never waits: who has not read what was sent before is cut off.
func (s *Server) Tell(e syncclient.Event) {
	if line := lineOf(e, time.Now()); line != nil {
		s.broadcast(line)
	}
}

// broadcast keeps its lock while watchers are told, and no other, so that who is slow there holds up events alone.
func (s *Server) broadcast(line []byte) {
	s.telling.Lock()
	defer s.telling.Unlock()
	s.mu.Lock()
	for c := range s.connections {
		c.tell(line)
	}
	s.mu.Unlock()
	for _, tell := range s.watchers {
		tell(line)
	}
}

// Watch has tell called with each line that watching connections get, in order, one at a time; the events wait for it. It
// must not call the server. Watch is called before anything else is done with the server.
func (s *Server) Watch(tell func(line []byte)) { s.watchers = append(s.watchers, tell) }

// Serve answers requests until ctx ends, which is no error. Requests that wait are then answered with Stopped, and what
// was answered is still sent to those who read it. Without a socket it waits for ctx. It is called once.
func (s *Server) Serve(ctx context.Context) error {
	if s.listener == nil {
		<-ctx.Done()
		s.end()
		return nil
	}
	var open sync.WaitGroup
	defer open.Wait()
	stop := context.AfterFunc(ctx, func() { s.listener.Close() })
	defer stop()
	for {
		conn, err := s.listener.AcceptUnix()
		switch {
		case ctx.Err() != nil, errors.Is(err, net.ErrClosed):
			if err == nil {
				conn.Close()
			}
			s.end()
			return nil
		case err != nil:
			// Such as too many open files, which passes.
			timer := time.NewTimer(100 * time.Millisecond)
			select {
			case <-timer.C:
			case <-ctx.Done():
				timer.Stop()
			}
			continue
		}
		c := newConnection(s, conn)
		if !s.admit(c) {
			c.turnAway()
			continue
		}
		open.Go(func() {
			defer s.leave(c)
			c.serve(ctx)
		})
	}
}

// Close removes the socket and lets others listen there. Serve must have ended, or not have begun. It is safe to call twice.
func (s *Server) Close() error {
	if s.listener != nil {
		s.listener.Close()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lock == nil {
		return nil
	}
	err := release(s.lock)
	s.lock = nil
	return err
}

func (s *Server) admit(c *connection) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.connections) >= maxConnections {
		return false
	}
	s.connections[c] = struct{}{}
	return true
}

func (s *Server) leave(c *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.connections, c)
}

// end answers who waits, and has connections end once their answers are sent.
func (s *Server) end() {
	s.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.connections {
		c.hangUp()
	}
}
