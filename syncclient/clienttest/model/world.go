package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// world is one history: the server, the desktops, what is on its way between them, and what only the checks know.
type world struct {
	rng     *rand.Rand
	fault   Fault
	server  *server
	desks   []*desk
	net     []*message
	backup  *server
	batch   bool // within a commit
	lives   int  // how often the server was restored
	ids     ID
	rowIDs  ID
	rowMark ID // the newest row before the commit
	unique  ID
	values  []origin
	ever    [people]map[ID]bool // what a person could see at any time
	left    map[departure]Value // the newest value when an item left a desktop
	sizes   []int               // pages are cut at one of these
	hot     bool
	resting bool // nobody writes any more
	counts  map[string]int

	tracing bool
	trace   []string
}

// tell writes a line of the trace.
func (w *world) tell(format string, args ...any) {
	if w.tracing {
		w.trace = append(w.trace, fmt.Sprintf(format, args...))
	}
}

// origin is where a value was written.
type origin struct {
	item, row  ID
	desk       int  // negative: at the server
	superseded bool // by a later edit of the same person, before it was sent
	lost       bool // with the file that it was in
}

type departure struct {
	desk int
	item ID
}

// broken is an invariant that does not hold. It is thrown, and caught by Play.
type broken struct{ text string }

func (w *world) fail(format string, args ...any) { panic(broken{fmt.Sprintf(format, args...)}) }

func (w *world) is(f Fault) bool { return w.fault == f }

func (w *world) count(what string) { w.counts[what]++ }

// fresh returns a number that no other is like.
func (w *world) fresh() ID { w.unique++; return w.unique }

// value returns a text of its own, written at a desk or, with nil, at the server.
func (w *world) value(d *desk, item, row ID) Value {
	at := -1
	if d != nil {
		at = d.id
	}
	w.values = append(w.values, origin{item: item, row: row, desk: at})
	return Value(len(w.values) - 1)
}

func (w *world) superseded(v Value) { w.values[v].superseded = true }

// remember notes what everybody sees now.
func (w *world) remember(s *server) {
	for p := range people {
		for _, it := range s.items {
			if !s.sees(p, it) {
				continue
			}
			w.ever[p][it.id] = w.ever[p][it.id] || !w.batch // a commit shows its end alone; rows of a list seen are no secret
			for _, r := range it.rows {
				w.ever[p][r.id] = true
			}
		}
	}
}

// departed notes that an item was taken from a desktop: what was written of it there is gone with it.
func (w *world) departed(d *desk, item ID) {
	w.left[departure{d.id, item}] = Value(len(w.values))
	d.gone[item] = true
	d.own = slices.DeleteFunc(d.own, func(o ownWrite) bool { return o.item == item })
}

// erased notes that all that was written at a desktop is gone.
func (w *world) erased(d *desk) { w.loseSince(d, 0) }

// loseSince notes that what a desktop wrote from a value on is gone with its file.
func (w *world) loseSince(d *desk, from Value) {
	for v := from; int(v) < len(w.values); v++ {
		if w.values[v].desk == d.id {
			w.values[v].lost = true
		}
	}
}

func (w *world) pageSize() int { return w.sizes[w.rng.IntN(len(w.sizes))] }
