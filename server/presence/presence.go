// Package presence knows who has an item open.
//
// It guarantees:
//
//   - Who opens an item is there at once for whoever asks this node, and within about a second for those who ask
//     another; and so is it gone after the last window.
//   - What was open on a node that fails is gone after Config.Life, here and everywhere.
//   - Opening waits for no database, and what nobody has open costs nothing.
//   - Nothing of it is in the change feed, the history or a backup that matters: a server that starts knows of nobody.
//
// It leaves to others who may see the item, and whom of those who have it open they may be told of: who asks narrows
// what Who answers by the rule (read.Reader.AlsoOpen). DESIGN.md says how nodes hear of each other.
package presence

import (
	"sync"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/store"
)

// Config says how nodes hear of each other. Its zero value works.
type Config struct {
	// Life is for how long what a node said is believed; zero means 10 seconds. It says so anew three times in it, and
	// looks for what others say ten times.
	Life time.Duration
}

// Presence is who has what open, on this node and, as far as it is heard of, on others. It is safe for concurrent use.
type Presence struct {
	store  *store.Store
	broker *fanout.Broker
	node   uuid.UUID
	life   time.Duration
	alone  bool          // there is no other node
	moved  chan struct{} // what is open here is not what the other nodes were told

	mu        sync.Mutex
	told      int64 // the last number that listeners were woken with
	here      map[place]*opening
	elsewhere map[place]instant.Instant
}

// place is one person at one item.
type place struct{ item, person uuid.UUID }

// opening is a place of this node.
type opening struct {
	since   instant.Instant
	windows int
}

// New returns a presence over a store, which tells listeners to an item's id of the broker when it has changed.
func New(s *store.Store, b *fanout.Broker, c Config) *Presence {
	if c.Life == 0 {
		c.Life = 10 * time.Second
	}
	return &Presence{
		store: s, broker: b, node: uuid.New(), life: c.Life, alone: s.Dialect() == dialect.SQLite,
		moved: make(chan struct{}, 1), here: make(map[place]*opening), elsewhere: make(map[place]instant.Instant),
	}
}

// Open notes that a person has an item open in one more window, until leave is called. A second call of leave does
// nothing.
func (p *Presence) Open(item, person uuid.UUID) (leave func()) {
	at := place{item, person}
	p.mu.Lock()
	defer p.mu.Unlock()
	o := p.here[at]
	if o == nil {
		o = &opening{since: instant.Now()}
		p.here[at] = o
		p.changed(item)
		p.tell()
	}
	o.windows++
	return sync.OnceFunc(func() { p.leave(at, o) })
}

func (p *Presence) leave(at place, o *opening) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if o.windows--; o.windows > 0 {
		return
	}
	delete(p.here, at)
	p.changed(at.item)
	p.tell()
}

// Who returns the people who have an item open, and since when: of several windows the one that was opened first.
func (p *Presence) Who(item uuid.UUID) map[uuid.UUID]instant.Instant {
	p.mu.Lock()
	defer p.mu.Unlock()
	who := make(map[uuid.UUID]instant.Instant)
	note := func(at place, since instant.Instant) {
		if at.item != item {
			return
		}
		if before, known := who[at.person]; !known || since < before {
			who[at.person] = since
		}
	}
	for at, o := range p.here {
		note(at, o.since)
	}
	for at, since := range p.elsewhere {
		note(at, since)
	}
	return who
}

// changed wakes whoever listens to an item. The caller holds the lock.
func (p *Presence) changed(item uuid.UUID) {
	p.told++
	p.broker.Wake(item, p.told)
}

// tell has Run tell the other nodes.
func (p *Presence) tell() {
	select {
	case p.moved <- struct{}{}:
	default:
	}
}
