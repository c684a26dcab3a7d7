package browse

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/partage-mail/partage/syncclient"
)

// phase is what a copy's follower does.
type phase int

const (
	starting phase = iota
	working
	current
	offline
	paused
	locked
	// silent: another program follows, and cannot be asked.
	silent
	// over: nobody follows any more, as why says.
	over
)

// standing is how a copy stands to the server, as the status line shows it.
type standing struct {
	phase phase
	// list is what comes, done of total rows of it.
	list        string
	done, total int64
	// why says in the library's words what is wrong.
	why string
	// at is when the phase began.
	at time.Time
	// unlinked: no change arrives as it is made; the server is asked once a minute.
	unlinked bool
	// elsewhere: another program follows, and this one talks to it.
	elsewhere bool
	// signedOut: the person must log in.
	signedOut bool
	// moved counts what was written into the copy.
	moved int
}

// keeper keeps a copy like the server: in this process (own) or by way of the program that follows it (running).
type keeper interface {
	// now returns how things stand.
	now() standing
	// heard has a token when that has changed.
	heard() <-chan struct{}
	// ask carries out a request of the control channel: sync, pause or resume. It returns when that is done.
	ask(ctx context.Context, what string) error
	// close ends it, and returns when the copy is free for others.
	close()
}

// board holds a standing for several goroutines. Who writes on it never waits: who reads sees the latest.
type board struct {
	mu    sync.Mutex
	state standing
	poke  chan struct{}
}

func newBoard(elsewhere bool) *board {
	return &board{state: standing{at: time.Now(), elsewhere: elsewhere}, poke: make(chan struct{}, 1)}
}

func (b *board) now() standing {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state
}

func (b *board) heard() <-chan struct{} { return b.poke }

// change writes on the board.
func (b *board) change(how func(s *standing)) {
	b.mu.Lock()
	before := b.state.phase
	how(&b.state)
	if b.state.phase != before {
		b.state.at = time.Now()
	}
	b.mu.Unlock()
	select {
	case b.poke <- struct{}{}:
	default:
	}
}

// errEnded says that nobody follows any more.
var errEnded = errors.New("this copy is not followed any more; S follows it again")

// end writes that nobody follows any more.
func (b *board) end(err error) {
	b.change(func(s *standing) {
		s.phase, s.signedOut = over, errors.Is(err, syncclient.ErrSignedOut)
		if err == nil {
			err = errEnded
		}
		s.why = sentence(err)
	})
}

// event writes what an event of the library means. control.Line words the same events for other programs.
func (b *board) event(e syncclient.Event) {
	b.change(func(s *standing) {
		switch e := e.(type) {
		case syncclient.WorkspacePage:
			s.phase, s.moved = working, s.moved+1
			if !e.Walking {
				s.list = ""
			}
		case syncclient.RowsPage:
			s.phase, s.moved = working, s.moved+1
			s.list, s.done, s.total = e.List, e.Done, e.Total
			if !e.Walking {
				s.done, s.total = 0, 0
			}
		case syncclient.UpToDate:
			s.phase, s.why, s.list = current, "", ""
		case syncclient.Connected:
			s.unlinked = false
		case syncclient.Disconnected:
			s.unlinked = true
		case syncclient.Waiting:
			s.phase, s.why = offline, sentence(e.Err)
		case syncclient.EditsWait:
			s.why = sentence(e.Err)
		case syncclient.Locked:
			s.phase = locked
		case syncclient.Unlocked:
			s.phase = working
		case syncclient.Erased:
			s.phase, s.why = over, sentence(syncclient.ErrErased)
		case syncclient.Pushed, syncclient.Changed:
			s.moved++
		}
	})
}
