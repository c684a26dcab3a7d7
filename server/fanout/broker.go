// Package fanout wakes those who wait for an account to change.
//
// It carries wake-ups, never data: whoever is woken pulls from its own cursor, so that a missed or
// doubled wake-up is harmless and nothing passes here that a viewer might not see.
package fanout

import (
	"sync"

	"github.com/google/uuid"
)

// Broker passes wake-ups between the goroutines of one process. It is safe for concurrent use.
type Broker struct {
	mu      sync.Mutex
	waiting map[uuid.UUID]map[chan struct{}]struct{}
}

// New returns a broker without listeners.
func New() *Broker {
	return &Broker{waiting: make(map[uuid.UUID]map[chan struct{}]struct{})}
}

// Wake wakes every listener of the topic: an account whose data changed, or a user whose sessions did.
// It never blocks: a listener that has not yet looked at the wake-up before keeps just that one.
func (b *Broker) Wake(topic uuid.UUID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.waiting[topic] {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Listen returns a channel that receives after each change of the topic, and a function that ends it.
func (b *Broker) Listen(topic uuid.UUID) (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waiting[topic] == nil {
		b.waiting[topic] = make(map[chan struct{}]struct{})
	}
	b.waiting[topic][c] = struct{}{}
	return c, sync.OnceFunc(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.waiting[topic], c)
		if len(b.waiting[topic]) == 0 {
			delete(b.waiting, topic)
		}
	})
}
