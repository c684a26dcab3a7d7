package model

import "slices"

// step is something that may happen.
type step struct {
	name   string
	weight int
	always bool // in every history
	take   func(w *world)
}

// steps are all that may happen, with how likely it is beside the others.
func steps() []step {
	return []step{
		{"deliver", 60, true, (*world).deliver},
		{"ask", 30, true, (*world).ask},
		{"push", 14, true, (*world).pushSome},
		{"edit at a desk", 24, false, func(w *world) { w.edits(w.anyDesk()) }},
		{"write at the server", 16, true, (*world).write},
		{"several writes in one", 4, false, func(w *world) {
			w.server.together(w, func() {
				for range 2 + w.rng.IntN(3) {
					w.write()
				}
			})
		}},
		{"share", 12, false, (*world).share},
		{"create", 3, false, func(w *world) { w.createItem() }},
		{"delete", 2, false, (*world).deleteItem},
		{"restore an item", 2, false, (*world).undelete},
		{"role", 1, false, (*world).role},
		{"membership", 1, false, (*world).membership},
		{"forget", 2, false, (*world).forgetSome},
		{"back up", 2, false, func(w *world) { w.backup = w.server.clone() }},
		{"restore the server", 2, false, (*world).restoreServer},
		{"kill", 4, false, func(w *world) { w.anyDesk().killIn = 1 + w.rng.IntN(6) }},
		{"lose", 6, false, (*world).lose},
		{"copy a desk's files", 2, false, (*world).save},
		{"put a desk's files back", 1, false, (*world).putBack},
		{"copy a desk", 1, false, (*world).copyDesk},
		{"foreign cursor", 1, false, (*world).foreign},
		{"page, then restore", 2, false, (*world).pageThenRestore},
		{"rows, then restore", 2, false, (*world).rowsThenRestore},
		{"lapse", 2, false, (*world).lapse},
	}
}

func (w *world) anyDesk() *desk { return w.desks[w.rng.IntN(len(w.desks))] }

// anyItem returns an item that is there, of a few where the history has hot ones; nil where there is none.
func (w *world) anyItem(list bool) *item {
	var all []*item
	for _, it := range w.server.items {
		if !it.dead && (!list || it.list) {
			all = append(all, it)
		}
	}
	if len(all) == 0 {
		return nil
	}
	if w.hot && w.rng.IntN(4) > 0 {
		all = all[:min(2, len(all))]
	}
	return all[w.rng.IntN(len(all))]
}

func (w *world) deliver() {
	if len(w.net) == 0 {
		return
	}
	i := w.rng.IntN(len(w.net))
	m := w.net[i]
	if w.rng.IntN(8) > 0 { // else it comes once more
		w.net = slices.Delete(w.net, i, i+1)
	}
	if m.answered {
		m.desk.alive(func() { m.desk.receive(m) })
		return
	}
	cut := -1
	if w.rng.IntN(8) == 0 {
		cut = w.rng.IntN(4)
	}
	w.net = append(w.net, w.serve(m.request, cut))
}

func (w *world) lose() {
	if len(w.net) > 0 {
		i := w.rng.IntN(len(w.net))
		w.net = slices.Delete(w.net, i, i+1)
	}
}

func (w *world) ask() {
	d := w.anyDesk()
	var behind []ID
	for _, list := range d.mirror.lists() {
		if to, ok := d.mirror.told[list]; ok && !d.mirror.fresh(list, to) {
			behind = append(behind, list)
		}
	}
	if len(behind) > 0 && w.rng.IntN(3) > 0 {
		w.net = append(w.net, d.askRows(behind[w.rng.IntN(len(behind))]))
		return
	}
	w.net = append(w.net, d.askPage())
}

func (w *world) pushSome() {
	d := w.anyDesk()
	d.alive(func() {
		switch lists := d.mirror.lists(); {
		case w.rng.IntN(3) == 0 || len(lists) == 0:
			d.seal(0)
		default:
			d.seal(lists[w.rng.IntN(len(lists))])
		}
		if m := d.askPush(); m != nil {
			w.net = append(w.net, m)
		}
	})
}

// edits makes an edit at a desktop, connected or not.
func (w *world) edits(d *desk) {
	m := d.mirror
	if !w.server.members[d.person].active && len(m.held) == 0 {
		return
	}
	var there []ID
	for _, id := range sortedIDs(m.held) {
		if _, ok := m.shown(id, 0); ok {
			there = append(there, id)
		}
	}
	n := w.rng.IntN(10)
	if n == 0 && w.ids < 40 {
		w.ids++
		list := w.rng.IntN(2) == 0
		d.alive(func() {
			d.edit(local{op: create, item: w.ids, list: list, field: 0})
			if list {
				m.files[w.ids] = newFile(w)
			}
		})
		return
	}
	for _, id := range m.lists() { // lists of one's own that the server has not told of yet
		if _, ok := m.shown(id, 0); ok && m.held[id] == nil {
			there = append(there, id)
		}
	}
	if len(there) == 0 {
		return
	}
	if w.hot {
		there = there[:min(2, len(there))]
	}
	id := there[w.rng.IntN(len(there))]
	d.alive(func() {
		if m.files[id] != nil && n > 3 {
			w.editRows(d, id)
			return
		}
		if n == 1 && m.held[id] != nil {
			d.edit(local{op: remove, item: id, field: -1})
			return
		}
		d.edit(local{op: change, item: id, field: w.rng.IntN(fields)})
	})
}

func (w *world) editRows(d *desk, list ID) {
	m := d.mirror
	rows := sortedIDs(m.files[list].rows)
	for _, e := range m.files[list].outbox {
		if e.op == create && !slices.Contains(rows, e.row) {
			rows = append(rows, e.row)
		}
	}
	rows = slices.DeleteFunc(rows, func(id ID) bool { _, ok := m.shown(list, id); return !ok })
	n := w.rng.IntN(12)
	if len(rows) == 0 || n < 3 {
		w.rowIDs++
		d.edit(local{op: create, item: list, row: w.rowIDs, address: w.rng.IntN(8), field: 0})
		return
	}
	row := rows[w.rng.IntN(len(rows))]
	if w.hot {
		row = rows[0]
	}
	l := local{op: change, item: list, row: row, field: w.rng.IntN(fields)}
	switch n {
	case 3:
		l.op, l.field = remove, -1
	case 4:
		l.sub, l.field = suppress, -1
	case 5, 6:
		l.sub, l.field = resubscribe, -1
	}
	d.edit(l)
}

// foreign asks with a cursor of somebody else.
func (w *world) foreign() {
	d, from := w.anyDesk(), w.anyDesk()
	if !from.mirror.begun || from.person == d.person || !w.server.members[d.person].active {
		return
	}
	at := from.mirror.cursor
	if _, no := w.server.workspace(w, d.person, &at, 10); no == served {
		w.fail("I11: person %d is served with a cursor of person %d", d.person, from.person)
	}
}

func (w *world) save() {
	d := w.anyDesk()
	d.saved = &saved{d.mirror.clone(), Value(len(w.values))}
}

// putBack puts an older copy of a desktop's files in their place.
func (w *world) putBack() {
	d := w.anyDesk()
	if d.saved == nil {
		return
	}
	w.count("files put back")
	w.loseSince(d, d.saved.value)
	d.mirror, d.sworn, d.own = d.saved.mirror.clone(), true, nil
	d.gone = map[ID]bool{}
	d.start()
}

// copyDesk copies a desktop's files to another computer of the same person; both go on.
func (w *world) copyDesk() {
	if len(w.desks) > 5 {
		return
	}
	w.count("desks copied")
	from := w.anyDesk()
	d := w.addDesk(from.person)
	d.mirror = from.mirror.clone()
	d.sworn, from.sworn = true, true
	d.start()
}
