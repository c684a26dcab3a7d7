package model

import "slices"

type operation int

const (
	create operation = iota
	change
	remove
)

// subscription is what a mutation does to a contact's suppression.
type subscription int

const (
	untouched subscription = iota
	suppress
	resubscribe
)

// mutation is one edit on its way to the server.
type mutation struct {
	number  int
	key     ID
	op      operation
	item    ID
	row     ID // zero: the item itself
	list    bool
	base    int
	mine    []int
	fields  [fields]write
	sub     subscription
	address int
	// What only the checks know.
	life   int     // of the server, in which its author saw the row
	tokens []Value // of creating, deleting, suppressing: written as values are
	desk   int
}

// write is a new value of a field. seen is what the person saw there, and when of the server's lives.
type write struct {
	value, seen Value
	life        int
}

type outcome int

const (
	undecided outcome = iota
	applied
	merged
	refused
)

type code int

const (
	fine code = iota
	codeNotFound
	codeForbidden
	codeInvalid
	codeConflict
	codeChanged
	codeOnline
)

// result is what came of a mutation. made is the version that it made, of the row that took it in where it was merged
// into another; zero where it changed nothing.
type result struct {
	outcome   outcome
	code      code
	version   int
	made      int
	into      ID // the row that took a new one in
	conflicts [fields]bool
}

type pushAnswer struct {
	last    int
	results []numbered
}

type numbered struct {
	number int
	result result
}

// push applies mutations in order. cut is after how many the server fails; negative for never.
func (s *server) push(w *world, p int, replicaID ID, acked int, batch []mutation, cut int) (*pushAnswer, refusal) {
	if !s.members[p].active {
		return nil, ended
	}
	r := s.replicas[replicaID]
	if r == nil {
		r = &replica{person: p, results: map[int]stored{}}
		s.replicas[replicaID] = r
	}
	if r.person != p {
		return nil, forked
	}
	for n := range r.results {
		if n <= acked {
			delete(r.results, n) // acknowledged: nobody asks again
		}
	}
	answer := &pushAnswer{}
	for i, m := range batch {
		if i == cut {
			if w.is(TransientAdvances) {
				r.last = max(r.last, m.number)
			}
			return nil, passing
		}
		if m.number <= r.last && !(w.is(LockForgotten) && w.rng.IntN(2) == 0) {
			was, ok := r.results[m.number]
			switch {
			case ok && (was.key == m.key || w.is(NoKeyCompare)):
			case w.is(NoKeyCompare):
				was.result = result{outcome: applied}
			default:
				return nil, forked
			}
			answer.results = append(answer.results, numbered{m.number, was.result})
			continue
		}
		if m.number > r.last+1 && !w.is(GapsAccepted) {
			break
		}
		res := s.decide(w, p, m)
		if w.is(RefusalsBlock) && res.outcome == refused {
			break
		}
		answer.results = append(answer.results, numbered{m.number, res})
		if w.is(EffectWithoutNumber) && w.rng.IntN(8) == 0 {
			return nil, passing // the number's own transaction never came
		}
		r.last = max(r.last, m.number)
		r.results[m.number] = stored{m.key, res}
	}
	answer.last = r.last
	return answer, served
}

// decide applies a mutation once, whoever brings it and however often.
func (s *server) decide(w *world, p int, m mutation) result {
	if was, ok := s.keys[m.key]; ok && !w.is(NoKeys) {
		return was
	}
	res := s.guarded(w, p, m)
	if w.is(EffectWithoutNumber) {
		return res
	}
	s.keys[m.key] = res
	return res
}

func (s *server) apply(w *world, p int, m mutation) result {
	it := s.item(m.item)
	if m.op == create && m.row == 0 {
		if it != nil {
			return result{outcome: refused, code: codeConflict}
		}
		return s.applyItem(w, p, m)
	}
	lv := s.level(p, it)
	switch {
	case w.is(RightsUnchecked) && lv != none:
	case w.is(ForbiddenTells) && lv == none && it != nil:
		return result{outcome: refused, code: codeForbidden}
	case lv == none || m.row != 0 && !it.list:
		return result{outcome: refused, code: codeNotFound}
	case lv == view:
		return result{outcome: refused, code: codeForbidden}
	}
	if m.row != 0 {
		return s.applyRow(w, it, m)
	}
	if m.op == remove {
		for v := m.base + 1; v <= it.version; v++ {
			if !slices.Contains(m.mine, v) && !w.is(DeletesBlindly) {
				return result{outcome: refused, code: codeChanged}
			}
		}
		s.commit(w, func(seq int) { s.setDead(w, it, true, seq) })
		s.take(m.tokens)
		return result{outcome: applied}
	}
	res := s.merge(w, m, it.version, &it.cells)
	if res.made > 0 {
		it.version = res.made
		s.commit(w, func(seq int) { it.seq = seq })
	}
	s.take(m.tokens)
	return res
}

func (s *server) take(tokens []Value) {
	for _, v := range tokens {
		s.written[v] = true
	}
}

func (s *server) applyItem(w *world, p int, m mutation) result {
	it := &item{id: m.item, list: m.list, creator: p, everyone: true, version: 1}
	for f, to := range m.fields {
		it.cells[f] = cell{to.value, 1}
		s.written[to.value] = true
	}
	s.take(m.tokens)
	s.commit(w, func(seq int) {
		s.items = append(s.items, it)
		s.appeared(w, it, seq)
	})
	return result{outcome: applied, version: 1, made: 1}
}

func (s *server) applyRow(w *world, it *item, m mutation) result {
	r := it.row(m.row)
	switch {
	case m.op == create && (r != nil || it.buried(m.row)) && !w.is(TombstoneStays):
		return result{outcome: refused, code: codeConflict} // the id was used, from a copy of a desktop's files
	case m.op == create && r == nil:
		for i := range it.rows {
			if it.rows[i].address == m.address && !w.is(AddressesDouble) {
				r = &it.rows[i] // the list has the address: merged into that contact
				m.base, m.mine = 0, nil
			}
		}
		if r == nil {
			return s.addRow(w, it, m)
		}
	case r == nil && m.op == remove:
		s.take(m.tokens)
		return result{outcome: applied}
	case r == nil:
		return result{outcome: refused, code: codeNotFound}
	case m.op == remove && r.suppressed && !w.is(SuppressedDeleted):
		return result{outcome: refused, code: codeOnline}
	case m.op == remove:
		s.take(m.tokens)
		s.commit(w, func(seq int) { s.dropRow(w, it, m.row, seq) })
		return result{outcome: applied}
	}
	if m.sub == resubscribe && r.suppressed && !w.is(SuppressionLifted) {
		return result{outcome: refused, code: codeOnline}
	}
	res := s.merge(w, m, r.version, &r.cells)
	if sub := m.sub == suppress; m.sub != untouched && sub != r.suppressed {
		res.made, res.version = r.version+1, r.version+1
		r.suppressed = sub
	}
	s.take(m.tokens)
	if r.id != m.row {
		res.into = r.id
	}
	if res.made > 0 {
		r.version = res.made
		s.commit(w, func(seq int) { r.seq = s.rowsMoved(it, seq) })
	}
	return res
}

// buried reports whether a list had a row, as far as it remembers.
func (it *item) buried(id ID) bool {
	return slices.ContainsFunc(it.tombs, func(t position) bool { return t.id == id })
}

func (s *server) addRow(w *world, it *item, m mutation) result {
	r := row{id: m.row, address: m.address, version: 1, suppressed: m.sub == suppress}
	for f, to := range m.fields {
		r.cells[f] = cell{to.value, 1}
		s.written[to.value] = true
	}
	s.take(m.tokens)
	s.commit(w, func(seq int) {
		r.seq = s.rowsMoved(it, seq)
		it.rows = append(it.rows, r)
	})
	return result{outcome: applied, version: 1, made: 1}
}

// merge takes of a mutation's fields those that nobody else has changed since its base.
func (s *server) merge(w *world, m mutation, version int, cells *[fields]cell) result {
	base := m.base
	if base > version {
		if w.is(NoClamp) {
			return result{outcome: refused, code: codeInvalid}
		}
		base = version
	}
	res := result{outcome: applied, version: version}
	for f, to := range m.fields {
		c := &cells[f]
		switch {
		case to.value == 0:
		case to.value == c.value:
			s.written[to.value] = true
		case w.conflicts(m, base, *c):
			w.conflicting(s, m, to, *c)
			res.conflicts[f], res.outcome = true, merged
		default:
			w.overwriting(s, m, to, *c)
			c.value, c.version = to.value, version+1
			s.written[to.value] = true
			res.made, res.version = version+1, version+1
		}
	}
	return res
}

// conflicts says whether somebody else has changed a field since the base. What is empty has nobody to lose by it.
func (w *world) conflicts(m mutation, base int, c cell) bool {
	switch {
	case w.is(LastWriterWins) || c.version <= base:
		return false
	case m.op == create && c.value == 0:
		return false
	}
	return w.is(MineIgnored) || !slices.Contains(m.mine, c.version)
}
