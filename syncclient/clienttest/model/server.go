package model

import "slices"

// ID names an item (below firstRow) or a row of a list. Zero names nothing.
type ID int

// firstRow is the first id of rows; items stay below it, so that a set of them is a word.
const firstRow ID = 64

// Value is a text that somebody wrote, each one of its own, so that it can be told where it went. Zero is empty.
type Value int

const (
	people   = 3 // the first is an owner
	everyone = -1
	fields   = 3 // of an item and of a row
)

type level int

const (
	absent level = iota // of edges only
	none
	view
	edit
)

// cell is one field: its value and the version in which it last changed.
type cell struct {
	value   Value
	version int
}

// item is a campaign, which points at lists, or a list, which has rows.
type item struct {
	id        ID
	list      bool
	creator   int
	everyone  bool
	dead      bool
	edges     [people]level
	version   int
	cells     [fields]cell
	refs      uint64 // lists that a campaign points at
	seq       int    // position of its content
	rowsSeq   int    // position of its rows in the workspace
	rowsHead  int    // newest position among its rows, counted for each list
	rowsNonce int    // lineage of the commit that rowsHead is of
	rowsFloor int    // tombstones up to here are forgotten
	rows      []row
	tombs     []position
}

type row struct {
	id         ID
	address    int
	seq        int
	version    int
	cells      [fields]cell
	suppressed bool
}

// position is a place in a stream.
type position struct {
	seq int
	id  ID
}

const maxID ID = 1 << 30

func last(seq int) position { return position{seq, maxID} }

func (p position) compare(o position) int {
	if p.seq != o.seq {
		return p.seq - o.seq
	}
	return int(p.id - o.id)
}

// event is an entry of the visibility log with the state from before it: of an item for everyone, or one person's edge.
type event struct {
	seq    int
	item   ID
	person int
	before sight
}

// sight is what decides whether a person sees an item.
type sight struct {
	everyone, dead bool
	edge           level
}

type member struct {
	owner, active bool
	sight         int // moves when what they see changes as a whole
}

// server is what a backup holds.
type server struct {
	epoch    int
	head     int
	nonces   []int // by number; zero where forgotten
	horizon  int   // the log up to here is forgotten
	items    []*item
	log      []event
	members  [people]member
	replicas map[ID]*replica
	keys     map[ID]result // of each mutation that was decided, by its key
	// What only the checks know: it is restored with the rest.
	written map[Value]bool // values that were taken
	applied map[ID]int     // how often a key took effect
}

// replica is what the server keeps of a desktop's pushes.
type replica struct {
	person  int
	last    int
	results map[int]stored
}

type stored struct {
	key    ID
	result result
}

func newServer() *server {
	s := &server{nonces: []int{0}, replicas: map[ID]*replica{}, keys: map[ID]result{}, written: map[Value]bool{}, applied: map[ID]int{}}
	for p := range s.members {
		s.members[p] = member{owner: p == 0, active: true}
	}
	return s
}

func (s *server) clone() *server {
	c := *s
	c.nonces, c.log = slices.Clone(s.nonces), slices.Clone(s.log)
	c.items = make([]*item, len(s.items))
	for i, it := range s.items {
		c.items[i] = it.clone()
	}
	c.replicas = make(map[ID]*replica, len(s.replicas))
	for id, r := range s.replicas {
		c.replicas[id] = &replica{r.person, r.last, cloneMap(r.results)}
	}
	c.keys, c.written, c.applied = cloneMap(s.keys), cloneMap(s.written), cloneMap(s.applied)
	return &c
}

func (it *item) clone() *item {
	c := *it
	c.rows, c.tombs = slices.Clone(it.rows), slices.Clone(it.tombs)
	return &c
}

func cloneMap[K comparable, V any](m map[K]V) map[K]V {
	c := make(map[K]V, len(m))
	for k, v := range m {
		c[k] = v
	}
	return c
}

func (s *server) item(id ID) *item {
	for _, it := range s.items {
		if it.id == id {
			return it
		}
	}
	return nil
}

func (it *item) row(id ID) *row {
	for i := range it.rows {
		if it.rows[i].id == id {
			return &it.rows[i]
		}
	}
	return nil
}

// sightOf is what decides now whether a person sees an item.
func (it *item) sightOf(p int) sight { return sight{it.everyone, it.dead, it.edges[p]} }

// rule is the rule of visibility.
func (s *server) rule(p int, creator int, at sight) level {
	switch {
	case !s.members[p].active || at.dead:
		return none
	case s.members[p].owner || creator == p:
		return edit
	case at.edge != absent:
		return at.edge
	case at.everyone:
		return edit
	}
	return none
}

func (s *server) level(p int, it *item) level {
	if it == nil {
		return none
	}
	return s.rule(p, it.creator, it.sightOf(p))
}

func (s *server) sees(p int, it *item) bool { return s.level(p, it) != none }

// itemView is an item as it is told to a person.
type itemView struct {
	id         ID
	list       bool
	version    int
	level      level
	values     [fields]Value
	refs       uint64
	restricted bool
}

func (s *server) view(p int, it *item) itemView {
	v := itemView{id: it.id, list: it.list, version: it.version, level: s.level(p, it)}
	for i, c := range it.cells {
		v.values[i] = c.value
	}
	for _, to := range s.items {
		if it.refs&(1<<to.id) == 0 {
			continue
		}
		if s.sees(p, to) {
			v.refs |= 1 << to.id
		} else {
			v.restricted = true
		}
	}
	return v
}

func (it *item) views() map[ID]rowView {
	all := make(map[ID]rowView, len(it.rows))
	for i := range it.rows {
		all[it.rows[i].id] = it.rows[i].view()
	}
	return all
}

// rowView is a row as it is told.
type rowView struct {
	id         ID
	address    int
	version    int
	values     [fields]Value
	suppressed bool
}

func (r *row) view() rowView {
	v := rowView{r.id, r.address, r.version, [fields]Value{}, r.suppressed}
	for i, c := range r.cells {
		v.values[i] = c.value
	}
	return v
}

// state says how the rows of a list stand; it differs whenever they do.
type state struct{ head, nonce int }
