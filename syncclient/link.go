package syncclient

import (
	"context"
	"sync"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// link is what is known of the live connection. It is safe for use by several goroutines.
type link struct {
	mu        sync.Mutex
	connected bool
	checked   time.Time // when the server was last known to tell what moves
	named     []protocol.ID
}

func (l *link) set(connected bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.connected, l.checked = connected, time.Now()
}

// name notes which lists the newest hint names.
func (l *link) name(lists []protocol.ID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.named = lists
}

// takeNamed returns the lists that the newest hint named, once.
func (l *link) takeNamed() []protocol.ID {
	l.mu.Lock()
	defer l.mu.Unlock()
	lists := l.named
	l.named = nil
	return lists
}

// polled notes that a poll found nothing: no hint was missed.
func (l *link) polled() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.checked = time.Now()
}

// fresh reports whether the live connection can be trusted to have told of everything.
func (l *link) fresh(safety time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.connected && time.Since(l.checked) < safety
}

// lasting is how long a live connection must have held to count as a success.
const lasting = 30 * time.Second

// follow keeps the live connection up until ctx ends. What it hears are hints only: the pull that they lead to finds
// out what is true, also when the server closes the connection because the session is over.
func (f *Follower) follow(ctx context.Context) {
	var backoff transport.Backoff
	told := false
	for {
		var since time.Time
		err := f.server.Live(ctx, f.token, func(h protocol.Hint) {
			if since.IsZero() {
				since, told = time.Now(), false
				f.link.set(true)
				f.tell(Connected{})
			}
			f.link.name(h.Buckets)
			f.hint()
		})
		if ctx.Err() != nil {
			return
		}
		f.link.set(false)
		if !told {
			told = true
			f.tell(Disconnected{Err: err})
		}
		if protocol.CodeOf(err) == protocol.Unauthenticated {
			f.hint()
		}
		if !since.IsZero() && time.Since(since) > lasting {
			backoff.Reset()
		}
		var atLeast time.Duration
		if said := protocol.AsError(err); said != nil {
			atLeast = said.RetryAfter
		}
		timer := time.NewTimer(backoff.Next(atLeast))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
	}
}
