package model

import "slices"

// desk is one computer of a person: its mirror, and the process that may be killed at any of its commits.
type desk struct {
	w       *world
	id      int
	person  int
	mirror  *mirror
	session int  // of the process
	asked   int  // serial of the last request
	pushing int  // the push that is waited for
	killIn  int  // commits until the process is killed; zero for never
	sworn   bool // a file of this desktop was restored or copied: some rules have an exception for it
	own     []ownWrite
	walkAt  int         // answers to requests up to here are of before the walk
	gone    map[ID]bool // what this mirror has taken out at any time
	saved   *saved
	resets  int
	asks    int
}

// saved is a copy of a desktop's files.
type saved struct {
	mirror *mirror
	value  Value // what was written before it
}

type killed struct{}

// point is where a transaction of the desktop commits: what the process does until the next one is in one.
func (d *desk) point() {
	if d.killIn > 0 {
		if d.killIn--; d.killIn == 0 {
			panic(killed{})
		}
	}
}

// alive runs what a process does until it ends or is killed, and starts it again in that case.
func (d *desk) alive(does func()) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(killed); !ok {
				panic(r)
			}
			d.w.count("kills")
			d.start()
		}
	}()
	does()
}

// start is the start of a process: it finishes what another one has begun.
func (d *desk) start() {
	d.session++
	d.pushing, d.killIn = 0, 0
	if !d.w.is(DoomedForgotten) {
		d.mirror.doomed = nil
	}
	if d.w.is(MarksForgotten) {
		d.unmark()
	}
	d.reconcile()
	for _, list := range d.mirror.lists() { // a process may have been killed between the file and the note of it
		switch f := d.mirror.files[list]; {
		case d.w.is(FilesUnasked):
		case f.whole && d.mirror.fresh(list, f.state):
		default:
			delete(d.mirror.reached, list)
		}
	}
	d.w.checkClean(d)
}

func (d *desk) unmark() {
	for _, h := range d.mirror.held {
		h.marked = false
	}
}

// accept applies a page of the workspace, unless another was applied since it was asked for.
func (d *desk) accept(r *request, pg *page) {
	m := d.mirror
	if (!d.current(r.after, m.begun, m.cursor) || r.serial <= d.walkAt && !d.w.is(InFlight)) && !d.w.is(LatePage) {
		return
	}
	d.w.tell("desk %d takes %+v buckets %v gone %v more %v last %d", d.id, pg.items, pg.buckets, pg.gone, pg.more, pg.last)
	d.echoed(r, pg.last)
	d.point()
	if d.w.is(CursorBeforeData) {
		m.cursor, m.begun = pg.next, true
		d.point()
	}
	for _, v := range pg.items {
		d.w.checkNewer(d, v.id, 0, m.version(v.id, 0), v.version)
		m.held[v.id] = &held{v, true, pg.life}
		if v.list && m.files[v.id] == nil {
			m.files[v.id] = newFile(d.w)
		}
	}
	for _, b := range pg.buckets {
		m.told[b.list] = b.state
	}
	d.purge(pg.gone)
	m.cursor, m.begun = pg.next, true
	if m.walking && (!pg.more || d.w.is(SweptEarly)) {
		d.sweep(pg)
	}
	if !pg.more {
		d.vanished(r.serial)
	}
	d.unlink()
	d.w.count("pages")
	d.arrived(&m.outbox, r.serial, !pg.more)
	if pg.more {
		return
	}
	for _, list := range m.lists() {
		if to, ok := m.told[list]; ok && m.fresh(list, to) {
			d.arrived(&m.files[list].outbox, r.serial, true)
		}
	}
	d.w.checkWorkspace(d, pg.oracle)
}

// fresh reports whether a list's rows are as the workspace told.
func (m *mirror) fresh(list ID, to state) bool {
	at, ok := m.reached[list]
	return ok && at == to
}

// current reports whether an answer to a request is for what is there now.
func (d *desk) current(after *cursor, begun bool, at cursor) bool {
	if after == nil {
		return !begun
	}
	return begun && *after == at
}

// echoed compares what the server last had of this replica with what is known here.
func (d *desk) echoed(r *request, last int) {
	m := d.mirror
	if r.replica != m.replica {
		return
	}
	switch {
	case last > m.issued && !d.w.is(CopyUnnoticed):
		d.point()
		d.again()
	case last < r.acked && !d.w.is(NotEchoed):
		d.point()
		d.again()
	}
}

// purge takes out items with all that hangs on them: rows, edits, what was sent, notes.
func (d *desk) purge(gone []ID) {
	m := d.mirror
	hole := false
	for _, id := range gone {
		d.w.count("purges")
		delete(m.held, id)
		delete(m.told, id)
		delete(m.reached, id)
		if f := m.files[id]; f != nil {
			m.doomed = append(m.doomed, f)
			delete(m.files, id)
		}
		if !d.w.is(PurgeKeepsOutbox) {
			m.outbox = slices.DeleteFunc(m.outbox, func(e *entry) bool { return e.item == id })
			hole = slices.ContainsFunc(m.sent, func(s *sent) bool { return s.item == id && !s.settled && !s.erased }) || hole
		}
		for _, s := range m.sent {
			if s.item == id && !(s.settled && d.w.is(RingKept)) && !(!s.settled && d.w.is(PurgeKeepsOutbox)) {
				s.erased, s.fields = true, [fields]write{}
			}
		}
		if !d.w.is(NotesKept) {
			m.notes = slices.DeleteFunc(m.notes, func(n note) bool { return n.item == id && !n.orphan })
		}
		m.departed = append(m.departed, id)
		d.w.departed(d, id)
	}
	if hole && !d.w.is(HolesKept) {
		d.again() // the numbers of what was erased will never be sent
	}
}

// unlink deletes the files that were named for it.
func (d *desk) unlink() {
	if len(d.mirror.doomed) > 0 {
		d.point()
		d.mirror.doomed = nil
	}
}

// sweep ends a walk: what no page of it has named goes, with what is kept of items that have never arrived.
func (d *desk) sweep(pg *page) {
	m := d.mirror
	m.walking = false
	var gone []ID
	if !d.w.is(NoSweep) {
		for _, id := range sortedIDs(m.held) {
			if !m.held[id].marked {
				gone = append(gone, id)
			}
		}
	}
	for _, id := range m.mentioned() {
		if m.held[id] == nil && !m.own(id) && !slices.Contains(gone, id) && !d.w.is(LeftoversKept) {
			gone = append(gone, id)
		}
	}
	for _, id := range gone {
		if pg.visible&(1<<id) != 0 {
			d.w.fail("I6: desk %d sweeps item %d away, which is there", d.id, id)
		}
	}
	d.purge(gone)
	for _, list := range sortedIDs(m.told) { // its rows were told of by a page of a walk that was not finished
		if m.held[list] == nil {
			delete(m.told, list)
		}
	}
	d.unmark()
}

// vanished takes out what was made here, was answered, and went before a page could bring it: no removal names it where
// the mirror has walked meanwhile.
func (d *desk) vanished(serial int) {
	m := d.mirror
	var gone []ID
	for _, s := range m.sent {
		if s.op == create && s.row == 0 && s.settled && !s.erased && s.asked < serial && m.held[s.item] == nil && !d.w.is(LeftoversKept) {
			gone = append(gone, s.item)
		}
	}
	d.purge(gone)
}

// mentioned are the items of which anything is kept beside what the server told.
func (m *mirror) mentioned() []ID {
	seen := make(map[ID]bool)
	for _, e := range m.outbox {
		seen[e.item] = true
	}
	for _, s := range m.sent {
		seen[s.item] = seen[s.item] || !s.erased
	}
	for id := range m.files {
		seen[id] = true
	}
	for _, n := range m.notes {
		seen[n.item] = seen[n.item] || !n.orphan
	}
	for _, id := range sortedIDs(seen) {
		if !seen[id] {
			delete(seen, id)
		}
	}
	return sortedIDs(seen)
}

// own reports whether an item is this desktop's own still: its create is on its way, or was refused.
func (m *mirror) own(id ID) bool {
	return slices.ContainsFunc(m.sent, func(s *sent) bool {
		return s.item == id && s.row == 0 && s.op == create && (!s.settled || s.result.outcome == refused)
	}) || slices.ContainsFunc(m.outbox, func(e *entry) bool { return e.item == id && e.op == create && e.phase != told })
}

// reset begins a walk over what is there.
func (d *desk) reset(restored bool) {
	m := d.mirror
	d.point()
	d.w.count("resets")
	d.resets++
	d.w.tell("desk %d walks", d.id)
	m.begun, m.walking, m.cursor = false, true, cursor{}
	d.walkAt = d.asked
	d.unmark()
	if !d.w.is(RowsSurvive) {
		m.reached = map[ID]state{}
	}
	if d.w.is(ResetWipes) {
		m.outbox = nil
	}
	if restored {
		d.again()
	}
}

// acceptRows applies a page of rows, unless its list was taken away since it was asked for.
func (d *desk) acceptRows(r *request, pg *rowsPage) {
	m := d.mirror
	f := m.files[r.list]
	switch {
	case d.w.is(Zombies) && f == nil:
		f = newFile(d.w)
		m.files[r.list] = f
	case f == nil || f.born != r.born && !d.w.is(Zombies):
		return
	case (!d.current(r.after, f.begun, f.cursor) || r.serial <= f.walkAt && !d.w.is(InFlight)) && !d.w.is(LateRows):
		return
	}
	if _, was := m.reached[r.list]; was && pg.more && !d.w.is(ReachedStays) {
		d.point()
		delete(m.reached, r.list) // it is nowhere until the last page
	}
	d.w.tell("desk %d takes of list %d %+v gone %v state %v more %v", d.id, r.list, pg.rows, pg.gone, pg.state, pg.more)
	d.point()
	if d.w.is(CursorBeforeData) {
		f.cursor, f.begun = pg.next, true
		d.point()
	}
	for _, v := range pg.rows {
		d.w.checkNewer(d, r.list, v.id, m.version(r.list, v.id), v.version)
		f.rows[v.id] = &heldRow{v, true, pg.life}
	}
	for _, id := range pg.gone {
		delete(f.rows, id)
	}
	f.state, f.whole = pg.state, !pg.more
	f.cursor, f.begun = pg.next, true
	if f.walking && !pg.more {
		f.walking = false
		for _, id := range sortedIDs(f.rows) {
			if !f.rows[id].marked && !d.w.is(NoRowSweep) {
				delete(f.rows, id)
			}
		}
	}
	if !f.walking {
		for _, row := range f.rows {
			row.marked = false
		}
	}
	d.w.count("rows pages")
	d.arrived(&f.outbox, r.serial, !pg.more)
	if !pg.more {
		d.point()
		m.reached[r.list] = pg.state
		d.w.checkRows(d, r.list, pg.oracle)
	}
}

func (d *desk) resetRows(list ID) {
	d.point()
	d.w.count("row resets")
	f := d.mirror.files[list]
	f.begun, f.walking, f.cursor, f.walkAt = false, true, cursor{}, d.asked
	for _, r := range f.rows {
		r.marked = false
	}
}

// erase is the end of the membership: nothing is kept.
func (d *desk) erase() {
	d.point()
	for _, id := range d.mirror.mentioned() {
		d.w.departed(d, id)
	}
	for _, id := range sortedIDs(d.mirror.held) {
		d.w.departed(d, id)
	}
	d.w.erased(d)
	d.mirror = newMirror(d.w)
	d.own = nil
}
