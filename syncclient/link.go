package syncclient

import (
	"context"
	"sync"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// link is what is known of the live connection, and what has come over it. It is safe for use by several goroutines.
type link struct {
	mu        sync.Mutex
	connected bool
	checked   time.Time // when the server was last known to tell what moves
	named     []protocol.ID
	// deltas are what came along with hints that nobody has looked at yet, unless something is to be pulled.
	deltas []protocol.Hint
	pull   bool

	// stands has where to subscribe from next, stand where the subscription goes on from; it is empty where that
	// brings hints alone.
	stands chan protocol.Stand
	stand  protocol.Stand
	// begun says that nothing has come of the subscription yet; failing counts those in a row that brought nothing but a hint; the
	// next one waits until again.
	begun   bool
	failing int
	again   time.Time
}

// manyDeltas is how many may wait to be looked at; who is that far behind pulls.
const manyDeltas = 100

func (l *link) set(connected bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.connected, l.checked, l.stand, l.begun = connected, time.Now(), protocol.Stand{}, false
	select {
	case <-l.stands: // it was for the connection before
	default:
	}
}

// heard notes a hint and reports whether there is anything to do.
func (l *link) heard(h protocol.Hint) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case !h.Workspace: // there is nothing new since the stand
		l.failing, l.checked = 0, time.Now()
	case h.Delta != nil && len(l.deltas) < manyDeltas:
		l.failing = 0
		l.deltas = append(l.deltas, h)
	default:
		if l.begun {
			l.failing = min(l.failing+1, 6)
			l.again = time.Now().Add(time.Second << (l.failing - 1))
		}
		l.named, l.pull, l.stand = h.Buckets, true, protocol.Stand{}
	}
	l.begun = false
	return h.Workspace
}

// takeNamed returns the buckets that the newest hint named, once, and forgets what came along with hints: all of it is
// about to be pulled.
func (l *link) takeNamed() []protocol.ID {
	l.mu.Lock()
	defer l.mu.Unlock()
	lists := l.named
	l.named, l.deltas, l.pull = nil, nil, false
	return lists
}

// takeDeltas returns what came along with hints, once; nothing where something is to be pulled.
func (l *link) takeDeltas() []protocol.Hint {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pull {
		return nil
	}
	all := l.deltas
	l.deltas = nil
	return all
}

// moved notes that the subscription has gone on to the end of a delta.
func (l *link) moved(to string, rows map[protocol.ID]string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stand.After == "" {
		return
	}
	l.stand.After = to
	for i, h := range l.stand.Held {
		if next := rows[h.Bucket]; next != "" {
			l.stand.Held[i].After = next
		}
	}
}

// anew has the next stand be subscribed from, whatever the subscription covers: it brings what is not wanted any more.
func (l *link) anew() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stand = protocol.Stand{}
}

// goOn has the subscription go on from a stand, unless it does. It never blocks.
func (l *link) goOn(from protocol.Stand) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.connected || from.After == "" || covers(l.stand, from) || time.Now().Before(l.again) {
		return
	}
	select {
	case <-l.stands:
	default:
	}
	l.stands <- from
	l.stand, l.begun = protocol.Stand{After: from.After, Held: append([]protocol.Held(nil), from.Held...)}, true
}

// covers reports whether a subscription from one stand brings all that one from the other would.
func covers(one, other protocol.Stand) bool {
	if one.After != other.After {
		return false
	}
	held := make(map[protocol.ID]string, len(one.Held))
	for _, h := range one.Held {
		held[h.Bucket] = h.After
	}
	for _, h := range other.Held {
		if held[h.Bucket] != h.After {
			return false
		}
	}
	return true
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
	defer f.link.set(false) // another Run may follow
	var backoff transport.Backoff
	told := false
	for {
		var since time.Time
		err := f.server.Live(ctx, f.token, f.link.stands, func(h protocol.Hint) {
			if since.IsZero() {
				since, told = time.Now(), false
				f.link.set(true)
				f.tell(Connected{})
			}
			if f.link.heard(h) {
				f.hint()
			}
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
		timer := time.NewTimer(backoff.Next(retryAfter(err)))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
	}
}
