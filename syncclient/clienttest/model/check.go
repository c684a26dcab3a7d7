package model

import (
	"maps"
	"slices"
)

// oracle is what a person should have of everything.
type oracle struct {
	items map[ID]itemView
	rows  map[ID]map[ID]rowView
}

func (s *server) oracle(p int) *oracle {
	o := &oracle{make(map[ID]itemView), make(map[ID]map[ID]rowView)}
	for _, it := range s.items {
		if s.sees(p, it) {
			o.items[it.id] = s.view(p, it)
			if it.list {
				o.rows[it.id] = it.views()
			}
		}
	}
	return o
}

// checkWorkspace holds a mirror that has read to the end against what it should have: I2, I4, I16.
func (w *world) checkWorkspace(d *desk, o *oracle) {
	m := d.mirror
	for _, id := range sortedIDs(o.items) {
		switch h := m.held[id]; {
		case h == nil:
			w.fail("I2: desk %d is up to date without item %d", d.id, id)
		case h.itemView != o.items[id]:
			w.fail("I2: desk %d is up to date with item %d as %+v, not %+v", d.id, id, h.itemView, o.items[id])
		}
	}
	for _, id := range sortedIDs(m.held) {
		if _, ok := o.items[id]; !ok {
			w.fail("I4: desk %d is up to date and has item %d still", d.id, id)
		}
	}
	for _, id := range m.lists() {
		if _, there := o.rows[id]; there && m.told[id] != (state{}) && m.fresh(id, m.told[id]) {
			w.checkRows(d, id, o.rows[id])
		}
	}
}

// checkRows holds the rows of a list that were read to the end against what they should be.
func (w *world) checkRows(d *desk, list ID, want map[ID]rowView) {
	f := d.mirror.files[list]
	got := make(map[ID]rowView, len(f.rows))
	for id, r := range f.rows {
		got[id] = r.rowView
	}
	if !maps.Equal(got, want) {
		w.fail("I2: desk %d has of list %d the rows %v, not %v", d.id, list, got, want)
	}
}

// checkTold fails if a page tells a person of what they never could see: I3.
func (w *world) checkTold(p int, pg *page) {
	s := w.server
	for _, v := range pg.items {
		if !s.sees(p, s.item(v.id)) {
			w.fail("I3: person %d is told item %d", p, v.id)
		}
	}
	for _, b := range pg.buckets {
		if !s.sees(p, s.item(b.list)) {
			w.fail("I3: person %d is told of the rows of item %d", p, b.list)
		}
	}
	for _, id := range pg.gone {
		if !w.ever[p][id] {
			w.fail("I3: person %d is told that item %d went, and never could see it", p, id)
		}
	}
}

func (w *world) checkRowsTold(p int, list ID, pg *rowsPage) {
	if !w.server.sees(p, w.server.item(list)) {
		w.fail("I3: person %d is told rows of list %d", p, list)
	}
	for _, id := range pg.gone {
		if !w.ever[p][id] {
			w.fail("I3: person %d is told that row %d went, and never could see it", p, id)
		}
	}
}

// checkNewer fails if an item or row goes back in time: I8. A row that a copy of a desktop's files made once more, after
// it was deleted, begins again.
func (w *world) checkNewer(d *desk, item, row ID, had, got int) {
	if got < had && w.lives == 0 && !slices.ContainsFunc(w.desks, func(d *desk) bool { return d.sworn }) {
		w.fail("I8: at desk %d item %d row %d goes back from version %d to %d", d.id, item, row, had, got)
	}
}

// checkClean fails if anything is kept of an item that is not there any more: I4. What never reached the server is
// the person's own.
func (w *world) checkClean(d *desk) {
	m := d.mirror
	allowed := func(id ID) bool { return m.held[id] != nil || m.own(id) || !w.ever[d.person][id] }
	for _, id := range m.lists() {
		if !allowed(id) && d.gone[id] {
			w.fail("I4: desk %d has a file of list %d, which went", d.id, id)
		}
	}
	if len(m.doomed) > 0 {
		w.fail("I4: desk %d has files that were to be deleted", d.id)
	}
	if m.walking {
		return // what never arrived and went meanwhile is found at the end of the walk
	}
	for _, id := range m.mentioned() {
		if !allowed(id) && d.gone[id] {
			w.fail("I4: desk %d keeps edits of item %d, which went", d.id, id)
		}
	}
}

// guarded decides a mutation and fails if it did what no push may: I7, I15.
func (s *server) guarded(w *world, p int, m mutation) result {
	it := s.item(m.item)
	before := s.level(p, it)
	var sealed []ID
	if it != nil {
		for _, r := range it.rows {
			if r.suppressed {
				sealed = append(sealed, r.id)
			}
		}
	}
	unseen := false
	if it != nil && m.op == remove && m.row == 0 && m.life == w.lives && !w.desks[m.desk].sworn {
		for _, c := range it.cells {
			unseen = unseen || c.version > m.base && w.values[c.value].desk != m.desk
		}
	}
	res := s.apply(w, p, m)
	w.tell("server: desk %d's %+v: %+v", m.desk, m, res)
	if it != nil && !it.dead {
		for _, id := range sealed {
			if r := it.row(id); r == nil || !r.suppressed {
				w.fail("I15: a push of desk %d made row %d mailable", m.desk, id)
			}
		}
		addresses := make(map[int]bool)
		for _, r := range it.rows {
			if addresses[r.address] {
				w.fail("a push of desk %d doubled an address", m.desk)
			}
			addresses[r.address] = true
		}
	}
	switch {
	case res.outcome == refused && res.code == codeInvalid:
		w.fail("I5: a valid edit of desk %d is refused as invalid", m.desk)
	case res.outcome == refused && res.code == codeForbidden && before == none:
		w.fail("I3: a refusal tells that item %d exists", m.item)
	case res.outcome == refused && res.code == codeNotFound && it == nil && m.row != 0 && w.comesLater(m):
		w.fail("a row is sent before its list")
	case res.outcome == refused:
		return res
	case unseen:
		w.fail("desk %d deleted item %d with what its person has not seen", m.desk, m.item)
	case it != nil && before < edit:
		w.fail("person %d changed item %d, which they may not", p, m.item)
	}
	if s.applied[m.key]++; s.applied[m.key] > 1 {
		w.fail("I7: a mutation of desk %d took effect twice", m.desk)
	}
	return res
}

// comesLater reports whether the create of a row's list waits behind the row.
func (w *world) comesLater(m mutation) bool {
	return slices.ContainsFunc(w.desks[m.desk].mirror.sent, func(s *sent) bool {
		return s.item == m.item && s.row == 0 && s.op == create && !s.settled && s.number > m.number
	})
}

// overwriting fails if a field is written over what its author has not seen.
func (w *world) overwriting(s *server, m mutation, to write, c cell) {
	if c.value == 0 || c.value == to.seen || to.life != w.lives || w.desks[m.desk].sworn || w.values[c.value].desk == m.desk {
		return
	}
	w.fail("an edit of desk %d overwrites what its author has not seen: item %d row %d", m.desk, m.item, m.row)
}

// conflicting fails if a person's edit is refused for the sake of the one they made before it.
func (w *world) conflicting(s *server, m mutation, to write, c cell) {
	w.count("conflicts")
	if m.op != create && w.values[c.value].row == m.row && w.lives == 0 && !w.desks[m.desk].sworn && w.values[c.value].desk == m.desk {
		w.fail("an edit of desk %d conflicts with its own predecessor: item %d row %d", m.desk, m.item, m.row)
	}
}

// ownWrite is what a person wrote and must go on seeing until a page has brought it, or they are told that it was
// not taken: I8.
type ownWrite struct {
	item, row ID
	field     int
	value     Value
	decided   bool
	made      int
	life      int
}

func (d *desk) wrote(item, row ID, field int, v Value) {
	d.own = slices.DeleteFunc(d.own, func(o ownWrite) bool { return o.item == item && o.row == row && (o.field == field || field < 0) })
	if field >= 0 {
		d.own = append(d.own, ownWrite{item: item, row: row, field: field, value: v, life: d.w.lives})
	}
}

// settled notes what came of an edit.
func (w *world) settled(d *desk, e *entry, res result) {
	for i := range d.own {
		if o := &d.own[i]; o.value == e.fields[o.field].value {
			o.decided, o.made = true, res.made
			if res.outcome == refused || res.conflicts[o.field] || res.into != 0 {
				o.made = 0
			}
		}
	}
}

func (w *world) checkOwn(d *desk) {
	d.own = slices.DeleteFunc(d.own, func(o ownWrite) bool {
		return o.life != w.lives || o.decided && (o.made == 0 || d.mirror.version(o.item, o.row) >= o.made) ||
			d.mirror.held[o.item] == nil && !d.mirror.own(o.item)
	})
	for _, o := range d.own {
		values, there := d.mirror.shown(o.item, o.row)
		if there && values[o.field] != o.value {
			w.fail("I8: at desk %d an edit of item %d row %d is not to be seen any more", d.id, o.item, o.row)
		}
	}
}

// checkFates fails if anything that was written at a desktop has come to nothing without a word: I5, I6.
func (w *world) checkFates() {
	for v, o := range w.values {
		if v == 0 || o.desk < 0 || o.superseded || o.lost || w.server.written[Value(v)] {
			continue
		}
		d := w.desks[o.desk]
		if w.left[departure{d.id, o.item}] > Value(v) || d.sworn && w.lives > 0 { // MODEL.md: copies of both
			continue
		}
		if !slices.ContainsFunc(d.mirror.notes, func(n note) bool { return slices.Contains(n.values, Value(v)) }) {
			w.fail("I6: what desk %d wrote into item %d row %d is gone without a word (value %d)", d.id, o.item, o.row, v)
		}
	}
}
