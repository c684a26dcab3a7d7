package model

import "slices"

// mirror is what a desktop has on its disk. Its main file and each file of a list have transactions of their own.
type mirror struct {
	cursor   cursor
	begun    bool // there is a cursor
	walking  bool
	held     map[ID]*held
	told     map[ID]state // of each list, as the workspace told it …
	reached  map[ID]state // … and as its rows are here
	files    map[ID]*file
	doomed   []*file
	outbox   []*entry // edits of items
	replica  ID
	issued   int
	acked    int
	sent     []*sent
	notes    []note // what needs a person's eye
	departed []ID
}

// held is an item as the server told it.
type held struct {
	itemView
	marked bool
	life   int // of the server, when it was told; for the checks
}

// file is the file of a list.
type file struct {
	born    ID // a list that is given again gets another
	cursor  cursor
	begun   bool
	walking bool
	walkAt  int
	state   state // what its rows are, …
	whole   bool  // … if no page of them is missing
	rows    map[ID]*heldRow
	outbox  []*entry // edits of its rows
}

type heldRow struct {
	rowView
	marked bool
	life   int
}

type phase int

const (
	open   phase = iota // later edits may join it
	sealed              // it has its key, and is as it will be sent
	told                // the server has decided, and no page has brought it yet
)

// entry is one pending edit. The view of a row is the server's row with its entries on it, in order.
type entry struct {
	mutation // without its number
	phase    phase
	made     int // of told: the version that it made
	asked    int // of told: requests after this one bring it
}

// sent is a mutation with its number: its content until it is settled, and then for as long as the server may
// lose it.
type sent struct {
	mutation
	settled bool
	asked   int // requests after this one bring what came of it
	erased  bool
	result  result
}

// note is an edit that the server did not take, with what was written.
type note struct {
	item, row ID
	values    []Value
	orphan    bool // the item never came to be: its content is the person's own
}

func newMirror(w *world) *mirror {
	return &mirror{walking: true, held: map[ID]*held{}, told: map[ID]state{}, reached: map[ID]state{}, files: map[ID]*file{}, replica: w.fresh()}
}

func newFile(w *world) *file {
	return &file{born: w.fresh(), walking: true, rows: map[ID]*heldRow{}}
}

func (m *mirror) clone() *mirror {
	c := *m
	c.held = make(map[ID]*held, len(m.held))
	for id, h := range m.held {
		twin := *h
		c.held[id] = &twin
	}
	c.told, c.reached = cloneMap(m.told), cloneMap(m.reached)
	c.files = make(map[ID]*file, len(m.files))
	for id, f := range m.files {
		c.files[id] = f.clone()
	}
	c.doomed = nil
	for _, f := range m.doomed {
		c.doomed = append(c.doomed, f.clone())
	}
	c.outbox, c.notes, c.departed = cloneEntries(m.outbox), slices.Clone(m.notes), slices.Clone(m.departed)
	c.sent = make([]*sent, len(m.sent))
	for i, one := range m.sent {
		twin := *one
		c.sent[i] = &twin
	}
	return &c
}

func (f *file) clone() *file {
	c := *f
	c.rows = make(map[ID]*heldRow, len(f.rows))
	for id, r := range f.rows {
		twin := *r
		c.rows[id] = &twin
	}
	c.outbox = cloneEntries(f.outbox)
	return &c
}

func cloneEntries(all []*entry) []*entry {
	c := make([]*entry, len(all))
	for i, e := range all {
		twin := *e
		twin.tokens = slices.Clone(e.tokens)
		c[i] = &twin
	}
	return c
}

// lists returns the ids of the files, in order.
func (m *mirror) lists() []ID { return sortedIDs(m.files) }

func sortedIDs[V any](m map[ID]V) []ID {
	ids := make([]ID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// pending returns where the edits of an item, or of a list's rows, are kept; nil where the list has no file.
func (m *mirror) pending(item, row ID) *[]*entry {
	if row == 0 {
		return &m.outbox
	}
	if f := m.files[item]; f != nil {
		return &f.outbox
	}
	return nil
}

// shown is what a program reads of an item or a row: there or not, and its fields.
func (m *mirror) shown(item, row ID) (values [fields]Value, there bool) {
	if row == 0 {
		if h := m.held[item]; h != nil {
			values, there = h.values, true
		}
	} else if f := m.files[item]; f != nil {
		if r := f.rows[row]; r != nil {
			values, there = r.values, true
		}
	}
	entries := m.pending(item, row)
	if entries == nil {
		return values, there
	}
	for _, e := range *entries {
		if e.item != item || e.row != row {
			continue
		}
		switch e.op {
		case remove:
			there = false
			continue
		case create:
			there = true
		}
		for i, to := range e.fields {
			if to.value != 0 {
				values[i] = to.value
			}
		}
	}
	return values, there
}

// version is the version of what the server told, zero where it told nothing.
func (m *mirror) version(item, row ID) int {
	if row == 0 {
		if h := m.held[item]; h != nil {
			return h.version
		}
		return 0
	}
	if f := m.files[item]; f != nil {
		if r := f.rows[row]; r != nil {
			return r.version
		}
	}
	return 0
}

// lifeOf is in which of its lives the server told of an item or row.
func (m *mirror) lifeOf(item, row ID) int {
	if row == 0 && m.held[item] != nil {
		return m.held[item].life
	}
	if f := m.files[item]; f != nil && f.rows[row] != nil {
		return f.rows[row].life
	}
	return 0
}

// creating reports whether an item's create is still on its way.
func (m *mirror) creating(item ID) bool {
	return slices.ContainsFunc(m.outbox, func(e *entry) bool { return e.item == item && e.op == create && e.phase != told })
}
