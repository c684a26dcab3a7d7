package model

import "slices"

// What people do at the server, without a desktop.

func (w *world) createItem() {
	if w.ids >= 50 {
		return
	}
	w.ids++
	it := &item{id: w.ids, list: w.rng.IntN(5) > 1, creator: w.rng.IntN(people), everyone: w.rng.IntN(3) > 0, version: 1}
	it.cells[0] = cell{w.value(nil, it.id, 0), 1}
	w.server.commit(w, func(seq int) {
		w.server.items = append(w.server.items, it)
		w.server.appeared(w, it, seq)
		if it.list {
			for range w.rng.IntN(4) {
				w.importRow(it, seq)
			}
		}
	})
}

func (w *world) importRow(it *item, seq int) {
	address := w.rng.IntN(8)
	for _, r := range it.rows {
		if r.address == address {
			return
		}
	}
	w.rowIDs++
	r := row{id: w.rowIDs, address: address, seq: w.server.rowsMoved(it, seq), version: 1}
	r.cells[0] = cell{w.value(nil, it.id, r.id), 1}
	it.rows = append(it.rows, r)
}

// write changes an item or its rows.
func (w *world) write() {
	s := w.server
	n := w.rng.IntN(10)
	it := w.anyItem(n > 3)
	if it == nil {
		return
	}
	w.tell("item %d version %d is written", it.id, it.version)
	s.commit(w, func(seq int) {
		switch {
		case n < 3 || len(it.rows) == 0 && n > 5:
			it.version++
			it.cells[w.rng.IntN(fields)] = cell{w.value(nil, it.id, 0), it.version}
			it.seq = seq
		case n == 3 && !it.list:
			if to := w.anyItem(true); to != nil {
				it.refs ^= 1 << to.id
			}
			it.version++
			it.seq = seq
		case n < 6:
			for range 1 + w.rng.IntN(4) {
				if it.list {
					w.importRow(it, seq)
				}
			}
		default:
			w.writeRow(it, seq)
		}
	})
}

func (w *world) writeRow(it *item, seq int) {
	s := w.server
	r := &it.rows[w.rng.IntN(len(it.rows))]
	n := w.rng.IntN(8)
	switch {
	case n == 0 && w.batch && r.id > w.rowMark: // it was made by this very commit
	case n == 0 && !r.suppressed:
		s.dropRow(w, it, r.id, seq)
		return
	case n == 1: // suppressed, or by somebody who is connected no longer
		r.suppressed = !r.suppressed
	case n > 0:
		r.cells[w.rng.IntN(fields)] = cell{w.value(nil, it.id, r.id), r.version + 1}
	}
	r.version++
	r.seq = s.rowsMoved(it, seq)
}

// share changes who sees an item.
func (w *world) share() {
	s := w.server
	it := w.anyItem(false)
	if w.rng.IntN(4) == 0 && len(s.items) > 0 {
		it = s.items[w.rng.IntN(len(s.items))] // a deleted one, too
	}
	if it == nil {
		return
	}
	s.commit(w, func(seq int) {
		if w.rng.IntN(3) == 0 {
			s.setEveryone(w, it, !it.everyone, seq)
			return
		}
		p := 1 + w.rng.IntN(people-1)
		s.setEdge(w, it, p, []level{absent, none, none, view, edit}[w.rng.IntN(5)], seq)
	})
}

func (w *world) deleteItem() {
	if it := w.anyItem(false); it != nil {
		w.server.commit(w, func(seq int) { w.server.setDead(w, it, true, seq) })
	}
}

func (w *world) undelete() {
	for _, it := range w.server.items {
		if it.dead {
			w.server.commit(w, func(seq int) { w.server.setDead(w, it, false, seq) })
			return
		}
	}
}

// role makes somebody an owner, or a member again: everything may have changed for them.
func (w *world) role() {
	s := w.server
	m := &s.members[1+w.rng.IntN(people-1)]
	s.commit(w, func(int) {
		m.owner = !m.owner
		m.sight = int(w.fresh())
	})
}

func (w *world) membership() {
	s := w.server
	m := &s.members[1+w.rng.IntN(people-1)]
	s.commit(w, func(int) {
		m.active = !m.active
		w.tell("person with %+v", *m)
		m.sight = int(w.fresh())
	})
}

func (w *world) forgetSome() {
	s := w.server
	if w.rng.IntN(2) == 0 {
		s.forget(w, s.head-w.rng.IntN(s.head+1)/2)
		return
	}
	if it := w.anyItem(true); it != nil {
		it.forgetRows(it.rowsHead - w.rng.IntN(it.rowsHead+1)/2)
	}
}

// restoreServer puts the backup in the server's place. An operator may say so, which ends every cursor. Requests under
// way end with the process that was to answer them; its answers may still arrive.
func (w *world) restoreServer() {
	if w.backup == nil {
		return
	}
	w.count("server restores")
	w.server = w.backup.clone()
	w.lives++
	w.net = slices.DeleteFunc(w.net, func(m *message) bool { return !m.answered })
	if w.rng.IntN(3) == 0 {
		w.server.epoch = int(w.fresh())
	}
}

// pageThenRestore restores the server right after a desktop has read, or pushed, and lets it go on a little.
func (w *world) pageThenRestore() {
	d := w.anyDesk()
	if w.rng.IntN(2) == 0 {
		w.backup = w.server.clone()
	}
	for range w.rng.IntN(3) {
		w.write()
	}
	d.alive(func() {
		if w.rng.IntN(2) == 0 {
			w.exchange(d, d.askPage())
			return
		}
		d.sealAll()
		if m := d.askPush(); m != nil {
			w.exchange(d, m)
		}
	})
	w.restoreServer()
	for range w.rng.IntN(4) {
		w.write()
	}
}

// exchange is a request that is answered at once.
func (w *world) exchange(d *desk, m *message) { d.receive(w.serve(m.request, -1)) }

// rowsThenRestore restores the server right after a desktop that had a list whole has read on in it, and gives the list
// as many commits as it had.
func (w *world) rowsThenRestore() {
	d := w.anyDesk()
	lists := d.mirror.lists()
	if len(lists) == 0 {
		return
	}
	id := lists[w.rng.IntN(len(lists))]
	it := w.server.item(id)
	if !w.server.sees(d.person, it) {
		return
	}
	for range 3 {
		d.alive(func() { w.exchange(d, d.askRows(id)) })
		d.alive(func() { w.exchange(d, d.askPage()) })
		if d.mirror.files[id] == nil {
			return
		}
	}
	w.backup = w.server.clone()
	n := 1 + w.rng.IntN(3)
	for range n {
		w.server.commit(w, func(seq int) { w.importRow(it, seq) })
	}
	if w.rng.IntN(2) == 0 {
		d.killIn = 1 + w.rng.IntN(3)
	}
	d.alive(func() { w.exchange(d, d.askRows(id)) })
	w.restoreServer()
	it = w.server.item(id)
	for range w.rng.IntN(n + 1) {
		w.server.commit(w, func(seq int) { w.importRow(it, seq) })
	}
}

// lapse takes a list from somebody's sight for a while, in which rows come and go.
func (w *world) lapse() {
	d, it := w.anyDesk(), w.anyItem(true)
	if it == nil || it.edges[d.person] != absent || !w.server.sees(d.person, it) {
		return
	}
	s := w.server
	s.commit(w, func(seq int) { s.setEdge(w, it, d.person, none, seq) })
	if s.sees(d.person, it) {
		return
	}
	before := w.rowIDs
	s.commit(w, func(seq int) { w.importRow(it, seq) })
	if w.rowIDs > before {
		s.commit(w, func(seq int) { s.dropRow(w, it, w.rowIDs, seq) })
	}
	s.commit(w, func(seq int) { s.setEdge(w, it, d.person, absent, seq) })
	if d.mirror.files[it.id] != nil {
		d.alive(func() { w.exchange(d, d.askRows(it.id)) })
	}
}
