package browse

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
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
	// unlinked: no change arrives as it is made; the server is asked once a minute.
	unlinked bool
	// elsewhere: another program follows, and this one talks to it.
	elsewhere bool
	// unheard says why no other program can ask this one; empty where they can.
	unheard string
	// signedOut: the person must log in.
	signedOut bool
	// moved counts what was written into the copy.
	moved int
}

// keeper keeps a copy like the server: in this process (own) or by way of the program that follows it (running).
type keeper interface {
	// now returns how things stand.
	now() standing
	// news has a token when that has changed.
	news() <-chan struct{}
	// ask carries out a request of the control channel: sync, pause or resume. It returns when that is done.
	ask(ctx context.Context, what string) error
	// close ends it, and returns when the copy is free for others.
	close()
}

// board holds a standing for several goroutines, and the goroutine that writes on it. Who writes never waits: who reads sees
// the latest.
type board struct {
	mu    sync.Mutex
	state standing
	poke  chan struct{}
	stop  context.CancelFunc
	ended chan struct{}
}

// newBoard returns a board, and the context of what is to close ended when it ends.
func newBoard(ctx context.Context, elsewhere bool) (*board, context.Context) {
	b := &board{state: standing{elsewhere: elsewhere}, poke: make(chan struct{}, 1), ended: make(chan struct{})}
	ctx, b.stop = context.WithCancel(context.WithoutCancel(ctx))
	return b, ctx
}

func (b *board) close() {
	b.stop()
	<-b.ended
}

func (b *board) now() standing {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state
}

func (b *board) news() <-chan struct{} { return b.poke }

// change writes on the board.
func (b *board) change(how func(s *standing)) {
	b.mu.Lock()
	how(&b.state)
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
		s.why = control.Sentence(err)
	})
}

// line writes what an event means, as the control channel words it (control/CONTROL.md).
func (b *board) line(line []byte) {
	var h struct {
		Event   string `json:"event"`
		Name    string `json:"name"` // of a list
		Why     string `json:"why"`
		Done    int64  `json:"done"`
		Total   int64  `json:"total"`
		Walking bool   `json:"walking"`
	}
	if json.Unmarshal(line, &h) != nil {
		return
	}
	b.change(func(s *standing) {
		switch h.Event {
		case "workspace":
			s.phase, s.moved = working, s.moved+1
			if !h.Walking {
				s.list = ""
			}
		case "rows":
			s.phase, s.moved = working, s.moved+1
			s.list, s.done, s.total = h.Name, h.Done, h.Total
			if !h.Walking {
				s.done, s.total = 0, 0
			}
		case "upToDate":
			s.phase, s.why, s.list = current, "", ""
		case "connected":
			s.unlinked = false
		case "disconnected":
			s.unlinked = true
		case "waiting":
			s.phase, s.why = offline, h.Why
		case "editsWait":
			s.why = h.Why
		case "locked":
			s.phase = locked
		case "unlocked", "resumed":
			s.phase = working
		case "paused":
			s.phase = paused
		case "erased":
			s.phase, s.why = over, control.Sentence(syncclient.ErrErased)
		case "pushed", "changed":
			s.moved++
		}
	})
}
