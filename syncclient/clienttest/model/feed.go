package model

import "slices"

// cursor is what a desktop carries from page to page. Only the server looks inside.
type cursor struct {
	person, stream int // whose it is, and of which stream: zero for the workspace
	epoch, sight   int
	at             position
	walk           int // the head when the walk began
	head, nonce    int // the newest head that anything handed out came from, and its lineage
}

// refusal is why a request was not served.
type refusal int

const (
	served refusal = iota
	expired
	lineage // of expired: the server was restored
	notFound
	ended // the membership is over
	invalid
	passing // a failure that may pass
	forked
)

// page is one page of the workspace.
type page struct {
	items   []itemView
	buckets []bucket
	gone    []ID
	next    cursor
	more    bool
	last    int // the replica's last mutation
	life    int // for the checks, as what follows
	visible uint64
	oracle  *oracle
}

type bucket struct {
	list  ID
	state state
}

type line struct {
	at   position
	it   *item
	gone bool
	rows bool // only its rows moved
	turn bool // it came into sight, or left it
}

// tag returns a cursor of the server as it is, at a position.
func (s *server) tag(w *world, p int, stream ID, at position, walk int) cursor {
	c := cursor{person: p, stream: int(stream), epoch: s.epoch, sight: s.members[p].sight, at: at, walk: walk, head: s.head}
	if w.is(TagOnlyPosition) {
		c.head = min(at.seq, s.head)
	}
	c.nonce = s.nonces[c.head]
	return c
}

// check says whether a cursor can be continued; what it needs is forgotten up to floor.
func (s *server) check(w *world, c cursor, p int, stream ID, floor int) refusal {
	rows := stream != 0
	base := c.at.seq
	if c.at != last(c.at.seq) {
		base--
	}
	if !w.is(WalkExpires) {
		base = max(c.walk, base)
	}
	switch {
	case c.person != p && !w.is(ForeignCursor) || c.stream != int(stream):
		return invalid
	case c.epoch != s.epoch && !w.is(NoEpoch):
		return lineage
	case c.sight != s.members[p].sight && !w.is(RightsIgnored):
		return expired
	case base < floor && !(w.is(NoFloor) && !rows) && !(w.is(NoRowFloor) && rows):
		return expired
	case w.is(NoLineage) || rows && w.is(RowsUntagged):
		if c.head > s.head {
			return lineage
		}
	case c.head > s.head || s.nonces[c.head] != c.nonce:
		return lineage
	}
	return served
}

// workspace answers a page of at most size positions.
func (s *server) workspace(w *world, p int, after *cursor, size int) (*page, refusal) {
	if !s.members[p].active {
		return nil, ended
	}
	from := s.tag(w, p, 0, position{}, s.head)
	if after != nil {
		if no := s.check(w, *after, p, 0, s.horizon); no != served {
			return nil, no
		}
		from = *after
	}
	lines := slices.Concat(s.contents(w, p, from), s.moves(p, from))
	if !w.is(CoalescedACL) {
		lines = append(lines, s.events(w, p, from)...)
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.at.compare(b.at) })
	end, more := last(s.head), false
	if cut := len(lines); size < cut {
		for cut = size; cut < len(lines) && lines[cut].at == lines[cut-1].at; cut++ {
		}
		if more = cut < len(lines); more {
			lines, end = lines[:cut], lines[cut-1].at
		}
	}
	lines = append(lines, s.pointing(w, p, lines)...)
	if w.is(HeadCursor) {
		end = last(s.head)
	}
	pg := &page{next: s.tag(w, p, 0, end, from.walk), more: more, life: w.lives}
	s.fill(w, p, pg, lines)
	for _, it := range s.items {
		if s.sees(p, it) {
			pg.visible |= 1 << it.id
		}
	}
	if !more {
		pg.oracle = s.oracle(p)
	}
	return pg, served
}

// fill writes what lines tell, each item once.
func (s *server) fill(w *world, p int, pg *page, lines []line) {
	var told, moved, gone uint64
	for _, l := range lines {
		bit := uint64(1) << l.it.id
		switch {
		case l.gone && gone&bit == 0:
			gone |= bit
			pg.gone = append(pg.gone, l.it.id)
		case l.gone:
		default:
			if !l.rows && told&bit == 0 {
				told |= bit
				pg.items = append(pg.items, s.view(p, l.it))
			}
			if l.it.list && moved&bit == 0 {
				moved |= bit
				pg.buckets = append(pg.buckets, bucket{l.it.id, s.state(w, l.it)})
			}
		}
	}
}

func (s *server) state(w *world, it *item) state {
	if w.is(TagPerStream) {
		return state{it.rowsHead, 0}
	}
	return state{it.rowsHead, it.rowsNonce}
}

// contents are the visible items whose content moved.
func (s *server) contents(w *world, p int, from cursor) (lines []line) {
	for _, it := range s.items {
		at := position{it.seq, it.id}
		if at.compare(from.at) <= 0 {
			continue
		}
		switch {
		case s.sees(p, it):
			lines = append(lines, line{at: at, it: it, turn: w.is(CoalescedACL)})
		case w.is(PurgeInvisible):
			lines = append(lines, line{at: at, it: it, gone: true})
		case w.is(CoalescedACL) && it.seq > from.walk && s.saw(w, p, it, from.at.seq+1):
			lines = append(lines, line{at: at, it: it, gone: true, turn: true})
		}
	}
	return lines
}

// moves are the visible lists whose rows moved.
func (s *server) moves(p int, from cursor) (lines []line) {
	for _, it := range s.items {
		if at := (position{it.rowsSeq, it.id}); it.list && at.compare(from.at) > 0 && s.sees(p, it) {
			lines = append(lines, line{at: at, it: it, rows: true})
		}
	}
	return lines
}

// events are what the visibility log tells: an item that is visible now is to be shown; one that is not and was just
// before is to be taken away; of others nothing is told.
func (s *server) events(w *world, p int, from cursor) (lines []line) {
	after := from.at
	if from.walk >= after.seq {
		after = last(from.walk)
	}
	for _, e := range s.log {
		at := position{e.seq, e.item}
		if at.compare(after) <= 0 || e.person != everyone && e.person != p {
			continue
		}
		it := s.item(e.item)
		switch {
		case it == nil:
		case s.sees(p, it):
			lines = append(lines, line{at: at, it: it, turn: true})
		case w.is(NoPurge):
		case w.is(PutDeleteCoalesced) && it.seq > from.at.seq:
		case w.is(PurgeInvisible) || s.saw(w, p, it, e.seq):
			lines = append(lines, line{at: at, it: it, gone: true, turn: true})
		}
	}
	return lines
}

// saw reports whether a person could see an item just before the commit seq.
func (s *server) saw(w *world, p int, it *item, seq int) bool {
	at := it.sightOf(p)
	life, edge := false, false
	for _, e := range s.log {
		switch {
		case e.item != it.id || e.seq < seq:
		case e.person == everyone && !life:
			life, at.dead, at.everyone = true, e.before.dead, e.before.everyone
		case e.person == p && !edge:
			edge, at.edge = true, e.before.edge
		}
	}
	if w.is(ACLOnTombstones) {
		at.dead = false
	}
	return s.rule(p, it.creator, at) != none
}

// pointing are the visible campaigns that point at what turned on a page: what they show has changed.
func (s *server) pointing(w *world, p int, lines []line) (more []line) {
	if w.is(NoPointing) {
		return nil
	}
	var turned uint64
	for _, l := range lines {
		if l.turn && l.it.list {
			turned |= 1 << l.it.id
		}
	}
	for _, it := range s.items {
		if it.refs&turned != 0 && s.sees(p, it) {
			more = append(more, line{it: it})
		}
	}
	return more
}

// rowsPage is one page of a list's rows.
type rowsPage struct {
	rows   []rowView
	gone   []ID
	state  state
	next   cursor
	more   bool
	life   int
	oracle map[ID]rowView
}

// rows answers a page of at most size rows and as many removals.
func (s *server) rows(w *world, p int, list ID, after *cursor, size int) (*rowsPage, refusal) {
	if !s.members[p].active {
		return nil, ended
	}
	it := s.item(list)
	if !s.sees(p, it) && !(w.is(RowsUnchecked) && it != nil) || it == nil || !it.list {
		return nil, notFound
	}
	from := s.tag(w, p, list, position{}, it.rowsHead)
	if after != nil {
		if no := s.check(w, *after, p, list, it.rowsFloor); no != served {
			return nil, no
		}
		from = *after
		if s.lapsed(w, p, it, from.head) {
			return nil, expired
		}
		if from.at.seq > it.rowsHead {
			return nil, lineage
		}
	}
	gone := from.at
	if from.walk >= gone.seq {
		gone = last(from.walk)
	}
	var rows, tombs []position
	for _, r := range it.rows {
		if at := (position{r.seq, r.id}); at.compare(from.at) > 0 {
			rows = append(rows, at)
		}
	}
	for _, t := range it.tombs {
		if t.compare(gone) > 0 {
			tombs = append(tombs, t)
		}
	}
	end, more := last(it.rowsHead), false
	for _, found := range [][]position{rows, tombs} {
		slices.SortFunc(found, position.compare)
		if len(found) > size && found[size-1].compare(end) < 0 {
			end, more = found[size-1], true
		}
	}
	pg := &rowsPage{state: s.state(w, it), next: s.tag(w, p, list, end, from.walk), more: more, life: w.lives}
	if !more {
		pg.next.at = last(it.rowsHead)
	}
	for _, at := range rows {
		if at.compare(end) <= 0 {
			pg.rows = append(pg.rows, it.row(at.id).view())
		}
	}
	for _, at := range tombs {
		if at.compare(end) <= 0 && !w.is(NoRowRemovals) {
			pg.gone = append(pg.gone, at.id)
		}
	}
	if !more {
		pg.oracle = it.views()
	}
	return pg, served
}

// lapsed reports whether a person could not see a list at some time after the commit since: rows may have come and
// gone meanwhile, and their ids are nothing to them.
func (s *server) lapsed(w *world, p int, it *item, since int) bool {
	if w.is(NoLapse) {
		return false
	}
	for _, e := range s.log {
		if e.item == it.id && e.seq > since && (e.person == everyone || e.person == p) && !s.saw(w, p, it, e.seq) {
			return true
		}
	}
	return false
}
