package browse

import (
	"context"
	"errors"
	"sync"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
)

// keeper keeps a copy like the server: in this process (own.go), or by way of the program that follows it (running.go). It
// holds how things stand for several goroutines. Who writes never waits: who reads sees the latest.
type keeper struct {
	// ask carries out a request of the control channel, such as sync, pause or resume. It returns when that is done.
	ask func(ctx context.Context, what string) error
	// news has a token when something has changed.
	news chan struct{}
	// stop has it end; ended is closed when it has.
	stop  context.CancelFunc
	ended chan struct{}

	mu    sync.Mutex
	state standing
}

// newKeeper returns a keeper, and the context of what is to close ended when it ends.
func newKeeper(ctx context.Context, elsewhere bool) (*keeper, context.Context) {
	k := &keeper{state: standing{elsewhere: elsewhere}, news: make(chan struct{}, 1), ended: make(chan struct{})}
	ctx, k.stop = context.WithCancel(context.WithoutCancel(ctx))
	return k, ctx
}

// close ends it, and returns when the copy is free for others.
func (k *keeper) close() {
	k.stop()
	<-k.ended
}

// now returns how things stand.
func (k *keeper) now() standing {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.state
}

// change writes how things stand.
func (k *keeper) change(how func(s *standing)) {
	k.mu.Lock()
	how(&k.state)
	k.mu.Unlock()
	select {
	case k.news <- struct{}{}:
	default:
	}
}

// tell takes an event, as the control channel words it.
func (k *keeper) tell(line []byte) { k.change(func(s *standing) { s.hear(line) }) }

// errEnded says that nobody follows any more.
var errEnded = errors.New("this copy is not followed any more; S follows it again")

// over writes that nobody follows any more, and why; nil where it was told to stop.
func (k *keeper) over(why error) {
	if why == nil {
		why = errEnded
	}
	k.change(func(s *standing) {
		s.phase, s.signedOut, s.why = over, errors.Is(why, syncclient.ErrSignedOut), control.Sentence(why)
	})
}
