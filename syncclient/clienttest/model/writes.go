package model

import "slices"

// commit numbers what it writes: the last thing in the transaction, under the account's lock. Commits within
// a commit are one.
func (s *server) commit(w *world, write func(seq int)) {
	if w.batch {
		write(s.head)
		w.remember(s)
		return
	}
	s.head++
	s.nonces = append(s.nonces, int(w.fresh()))
	write(s.head)
	w.remember(s)
	w.tell("server is at %d", s.head)
}

// together makes several writes one transaction.
func (s *server) together(w *world, writes func()) {
	s.commit(w, func(int) {
		w.batch, w.rowMark = true, w.rowIDs
		writes()
		w.batch = false
	})
}

// note adds an entry to the visibility log, with what was before the commit.
func (s *server) note(w *world, it *item, person, seq int) {
	for _, e := range s.log {
		if e.seq == seq && e.item == it.id && e.person == person {
			return // the first says what was before
		}
	}
	before := it.sightOf(max(person, 0))
	w.tell("item %d turns for %d at %d: %+v before, creator %d", it.id, person, seq, before, it.creator)
	s.log = append(s.log, event{seq, it.id, person, before})
}

// appeared records an item that is there from now on, and was not before.
func (s *server) appeared(w *world, it *item, seq int) {
	it.dead = true
	s.note(w, it, everyone, seq)
	it.dead = false
	it.seq = seq
}

func (s *server) setDead(w *world, it *item, dead bool, seq int) {
	s.note(w, it, everyone, seq)
	it.dead, it.seq = dead, seq
}

func (s *server) setEveryone(w *world, it *item, all bool, seq int) {
	s.note(w, it, everyone, seq)
	it.everyone = all
	if w.is(CoalescedACL) {
		it.seq = seq
	}
}

func (s *server) setEdge(w *world, it *item, p int, to level, seq int) {
	s.note(w, it, p, seq)
	it.edges[p] = to
	if w.is(CoalescedACL) {
		it.seq = seq
	}
}

// rowsMoved returns the position of rows that the commit writes: one for all of a list.
func (s *server) rowsMoved(it *item, seq int) int {
	if it.rowsSeq != seq {
		it.rowsHead++
	}
	it.rowsSeq, it.rowsNonce = seq, s.nonces[seq]
	return it.rowsHead
}

func (s *server) dropRow(w *world, it *item, id ID, seq int) {
	w.tell("row %d of list %d goes at %d", id, it.id, seq)
	it.rows = slices.DeleteFunc(it.rows, func(r row) bool { return r.id == id })
	it.tombs = append(it.tombs, position{s.rowsMoved(it, seq), id})
}

// forget forgets the log up to a number, with what died by then, and a list's tombstones.
func (s *server) forget(w *world, upTo int) {
	s.horizon = max(s.horizon, upTo)
	s.log = slices.DeleteFunc(s.log, func(e event) bool { return e.seq <= s.horizon })
	for i := 1; i < s.horizon; i++ {
		s.nonces[i] = 0
	}
	var erased uint64
	s.items = slices.DeleteFunc(s.items, func(it *item) bool {
		gone := it.dead && !slices.ContainsFunc(s.log, func(e event) bool { return e.item == it.id })
		if gone {
			erased |= 1 << it.id
		}
		return gone
	})
	for _, it := range s.items {
		if it.refs&erased != 0 { // it no longer points at something restricted
			s.commit(w, func(seq int) { it.refs, it.seq = it.refs&^erased, seq })
		}
	}
}

func (it *item) forgetRows(upTo int) {
	for _, t := range it.tombs {
		if t.seq <= upTo {
			it.rowsFloor = max(it.rowsFloor, t.seq)
		}
	}
	it.tombs = slices.DeleteFunc(it.tombs, func(t position) bool { return t.seq <= it.rowsFloor })
}
