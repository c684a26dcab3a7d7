package model

import "slices"

// local is one edit as a program makes it.
type local struct {
	op        operation
	item, row ID
	list      bool
	address   int
	field     int // of creates and changes; negative for none
	sub       subscription
}

// edit writes an edit into the outbox, in one transaction with what it shows. It joins the last entry of its row
// where that has not been sealed and was made on the same version.
func (d *desk) edit(l local) {
	d.point()
	m := d.mirror
	entries := m.pending(l.item, l.row)
	shown, _ := m.shown(l.item, l.row)
	var to write
	token := d.w.value(d, l.item, l.row)
	d.w.tell("desk %d writes %d: %+v on version %d", d.id, token, l, m.version(l.item, l.row))
	if l.field >= 0 {
		to = write{token, shown[l.field], m.lifeOf(l.item, l.row)}
	}
	base := m.version(l.item, l.row)
	d.wrote(l.item, l.row, l.field, token)
	for _, e := range *entries { // what a pending edit hides has not been seen
		if e.item == l.item && e.row == l.row && l.field >= 0 && e.fields[l.field].value != 0 {
			if !d.w.is(BaseRaised) {
				base = min(base, e.base)
			}
			to.seen, to.life = e.fields[l.field].seen, e.fields[l.field].life
			break
		}
	}
	if at := lastOf(*entries, l.item, l.row); at != nil && at.phase == open && at.base == base && at.op != remove {
		d.join(entries, at, l, to, token)
		return
	}
	e := &entry{mutation: mutation{
		key: d.w.fresh(), op: l.op, item: l.item, row: l.row, list: l.list, address: l.address, base: base, sub: l.sub, desk: d.id,
		life: m.lifeOf(l.item, l.row),
	}}
	e.write(d.w, l.field, to, token)
	*entries = append(*entries, e)
}

func (e *entry) write(w *world, field int, to write, token Value) {
	if field < 0 {
		e.tokens = append(e.tokens, token)
		return
	}
	if was := e.fields[field]; was.value != 0 {
		w.superseded(was.value)
		to.seen, to.life = was.seen, was.life
	}
	e.fields[field] = to
}

// join puts an edit into an open entry.
func (d *desk) join(entries *[]*entry, at *entry, l local, to write, token Value) {
	if l.op == remove {
		for _, v := range at.values() {
			d.w.superseded(v)
		}
		if at.op == create { // nobody ever heard of it
			d.w.superseded(token)
			*entries = slices.DeleteFunc(*entries, func(e *entry) bool { return e == at })
			return
		}
		at.op, at.fields, at.sub, at.tokens = remove, [fields]write{}, untouched, []Value{token}
		return
	}
	if l.sub != untouched {
		at.sub = l.sub
	}
	at.write(d.w, l.field, to, token)
}

// values returns all that an edit wrote.
func (m *mutation) values() []Value {
	all := slices.Clone(m.tokens)
	for _, to := range m.fields {
		if to.value != 0 {
			all = append(all, to.value)
		}
	}
	return all
}

func lastOf(entries []*entry, item, row ID) *entry {
	for _, e := range slices.Backward(entries) {
		if e.item == item && e.row == row {
			return e
		}
	}
	return nil
}

// seal closes what is open in one file, and numbers it: closed first, so that nothing joins what was numbered.
func (d *desk) seal(list ID) {
	m := d.mirror
	entries := &m.outbox
	if list != 0 {
		entries = &m.files[list].outbox
		if m.creating(list) && !slices.ContainsFunc(m.sent, func(s *sent) bool { return s.item == list && s.op == create && s.row == 0 }) &&
			!d.w.is(RowsBeforeList) {
			return // the list comes first
		}
	}
	shut := func() {
		d.point()
		for _, e := range *entries {
			if e.phase == open {
				e.phase = sealed
				if !d.w.is(KeyAtEdit) && !d.w.is(SealedLate) {
					e.key = d.w.fresh()
				}
			}
		}
	}
	number := func() {
		if list != 0 {
			d.point()
		}
		for _, e := range *entries {
			if e.phase == told || slices.ContainsFunc(m.sent, func(s *sent) bool { return s.key == e.key }) {
				continue
			}
			m.issued++
			one := &sent{mutation: e.mutation}
			one.number = m.issued
			m.sent = append(m.sent, one)
		}
	}
	if d.w.is(SealedLate) {
		number()
		if !d.w.resting {
			d.w.edits(d) // a program writes between the two
		}
		shut()
		return
	}
	shut()
	number()
}

// batch returns what is to be pushed next. It ends before a second edit of a row: that one is to name the version
// which the first will have made.
func (d *desk) batch(n int) []mutation {
	var all []mutation
	for _, s := range d.mirror.sent {
		if s.settled || s.erased {
			continue
		}
		twice := slices.ContainsFunc(all, func(m mutation) bool { return m.item == s.item && m.row == s.row })
		if len(all) == n || twice && !d.w.is(RowsTwice) {
			break
		}
		one := s.mutation
		one.mine = d.mine(s)
		all = append(all, one)
	}
	return all
}

// mine are the versions that this desktop itself has made of a row since the base of an edit.
func (d *desk) mine(s *sent) (versions []int) {
	for _, one := range d.mirror.sent {
		if made := d.ours(one.result); one.settled && one.item == s.item && one.row == s.row && made > s.base {
			versions = append(versions, made)
		}
	}
	return versions
}

// settle notes what came of mutations: in the main file first, and then where their edits are.
func (d *desk) settle(answer *pushAnswer, asked []mutation) {
	for _, r := range answer.results {
		d.settleOne(r)
	}
	if d.w.is(PartialSettles) {
		for _, m := range asked {
			d.settleOne(numbered{m.number, result{outcome: applied}})
		}
	}
	d.reconcile()
}

func (d *desk) settleOne(r numbered) {
	m := d.mirror
	i := slices.IndexFunc(m.sent, func(s *sent) bool { return s.number == r.number && !s.settled && !s.erased })
	if i < 0 {
		return
	}
	d.point()
	s := m.sent[i]
	s.settled, s.result, s.asked = true, r.result, d.asked
	m.acked = max(m.acked, r.number)
	d.note(s)
	s.erased = r.result.outcome == refused // what was written is in the note
}

// ours is the version that a mutation of ours made.
func (d *desk) ours(r result) int {
	if r.into != 0 {
		return 0 // it is another row's
	}
	if d.w.is(VersionUnmade) {
		return r.version
	}
	return r.made
}

// note keeps what was not taken for the person.
func (d *desk) note(s *sent) {
	n := note{item: s.item, row: s.row, orphan: d.mirror.held[s.item] == nil}
	switch s.result.outcome {
	case refused:
		if d.w.is(RefusalsSilent) {
			return
		}
		n.values = s.values()
	case merged:
		if d.w.is(ConflictsSilent) {
			return
		}
		for f, lost := range s.result.conflicts {
			if lost {
				n.values = append(n.values, s.fields[f].value)
			}
		}
	}
	if len(n.values) > 0 {
		d.mirror.notes = append(d.mirror.notes, n)
	}
}

// reconcile brings the edits of settled mutations up to what the main file says. It is also the first thing at a
// start: a process may have been killed between the two.
func (d *desk) reconcile() {
	m := d.mirror
	d.reconcileIn(&m.outbox)
	for _, list := range m.lists() {
		d.reconcileIn(&m.files[list].outbox)
	}
}

func (d *desk) reconcileIn(entries *[]*entry) {
	m := d.mirror
	for _, e := range slices.Clone(*entries) {
		if e.phase != sealed {
			continue
		}
		i := slices.IndexFunc(m.sent, func(s *sent) bool { return s.key == e.key && s.settled })
		if i < 0 {
			continue
		}
		d.point()
		res := m.sent[i].result
		e.phase, e.made, e.asked = told, d.ours(res), d.asked
		drop := res.outcome == refused || d.w.is(OverlayEarly)
		all := d.w.is(PredecessorSettlesAll)
		*entries = slices.DeleteFunc(*entries, func(o *entry) bool {
			return drop && o == e || all && o.item == e.item && o.row == e.row && o != e
		})
		d.w.settled(d, e, res)
	}
}

// arrived drops entries that the server has decided, once a page has brought what came of them.
func (d *desk) arrived(entries *[]*entry, serial int, final bool) {
	m := d.mirror
	*entries = slices.DeleteFunc(*entries, func(e *entry) bool {
		if e.phase != told {
			return false
		}
		return e.made > 0 && m.version(e.item, e.row) >= e.made || final && serial > e.asked
	})
}

// rebirth takes a new replica id: this mirror is a copy, or a number of it will never be sent. What waits is
// numbered anew under its keys, so that what the server has of it is not applied again.
func (d *desk) rebirth() {
	m := d.mirror
	d.w.tell("desk %d is born again", d.id)
	m.replica, m.issued, m.acked = d.w.fresh(), 0, 0
	m.sent = slices.DeleteFunc(m.sent, func(s *sent) bool { return s.erased && !s.settled })
	for _, s := range m.sent {
		if s.settled {
			s.number = 0
			continue
		}
		m.issued++
		s.number = m.issued
	}
}

// again takes a new replica id and queues all that is kept of what the server took once more. The server was restored and
// has lost some of it; or this mirror is a copy, or has numbers that will never be sent, and nothing under the new id
// would tell of a restore. What the server has not lost it knows by the keys.
func (d *desk) again() {
	for _, s := range d.mirror.sent {
		if d.w.is(NoRepush) || !s.settled || s.erased {
			continue
		}
		for f, lost := range s.result.conflicts {
			if lost {
				s.fields[f] = write{} // it is in a note
			}
		}
		s.settled, s.result = false, result{}
	}
	d.rebirth()
}
