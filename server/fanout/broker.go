// Package fanout wakes those who wait for an account to change.
//
// It carries wake-ups, never data: whoever is woken pulls from its own cursor, so that a missed or
// doubled wake-up is harmless and nothing passes here that a viewer might not see. Correctness never
// depends on it.
//
// A broker is of one process, and is told of an account's change number from two sides: at once by each
// commit of its own, and about once a second by each live connection, which reads the number together with
// its session (identity.Live). So what another node commits is heard of within about a second, by way of the
// database that both have anyway. An account nobody listens to costs nothing.
package fanout

import (
	"sync"

	"github.com/google/uuid"
)

// Broker passes wake-ups between the goroutines of one process. It is safe for concurrent use.
type Broker struct {
	mu       sync.Mutex
	accounts map[uuid.UUID]*account
}

// account is one that somebody listens to.
type account struct {
	seq       int64 // the number it was last said to have
	listening map[chan struct{}]struct{}
}

// New returns a broker without listeners.
func New() *Broker { return &Broker{accounts: make(map[uuid.UUID]*account)} }

// Wake wakes every listener of the account if its change number, as it stands in the database, is above the
// one that was last told. One that is below is kept and wakes nobody: it was read before another one, or the
// database was restored. It never blocks: a listener that has not yet looked at the wake-up before keeps
// just that one.
func (b *Broker) Wake(id uuid.UUID, seq int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a := b.accounts[id]
	if a == nil {
		return
	}
	news := seq > a.seq
	if a.seq = seq; !news {
		return
	}
	for c := range a.listening {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Listen returns a channel that receives after each change of the account, and a function that ends it. The
// first number that is told to the first listener wakes it, whatever it is.
func (b *Broker) Listen(id uuid.UUID) (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.accounts[id] == nil {
		b.accounts[id] = &account{listening: make(map[chan struct{}]struct{})}
	}
	b.accounts[id].listening[c] = struct{}{}
	return c, sync.OnceFunc(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		a := b.accounts[id]
		if delete(a.listening, c); len(a.listening) == 0 {
			delete(b.accounts, id)
		}
	})
}
