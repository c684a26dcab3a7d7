package model

import "slices"

type asking int

const (
	asksPage asking = iota
	asksRows
	pushes
)

// request is what a desktop sends.
type request struct {
	desk    *desk
	session int
	serial  int
	kind    asking
	after   *cursor
	size    int
	replica ID
	acked   int
	list    ID
	born    ID
	batch   []mutation
}

// message is a request on its way to the server, or an answer on its way back.
type message struct {
	*request
	answered bool
	refusal  refusal
	page     *page
	rows     *rowsPage
	push     *pushAnswer
}

func (d *desk) request(kind asking) *request {
	d.asked++
	d.asks++
	return &request{
		desk: d, session: d.session, serial: d.asked, kind: kind, size: d.w.pageSize(),
		replica: d.mirror.replica, acked: d.mirror.acked,
	}
}

func (d *desk) askPage() *message {
	r := d.request(asksPage)
	if d.mirror.begun {
		at := d.mirror.cursor
		r.after = &at
	}
	return &message{request: r}
}

func (d *desk) askRows(list ID) *message {
	r := d.request(asksRows)
	f := d.mirror.files[list]
	r.list, r.born = list, f.born
	if f.begun {
		at := f.cursor
		r.after = &at
	}
	return &message{request: r}
}

// askPush sends what waits, or nil.
func (d *desk) askPush() *message {
	batch := d.batch(1 + d.w.rng.IntN(4))
	if len(batch) == 0 {
		return nil
	}
	r := d.request(pushes)
	r.batch = batch
	d.pushing = r.serial
	if d.w.is(SettledOnSend) {
		for _, m := range batch {
			d.settleOne(numbered{m.number, result{outcome: applied}})
		}
		d.reconcile()
	}
	return &message{request: r}
}

// serve is the server's answer to a message.
func (w *world) serve(r *request, cut int) *message {
	s, p := w.server, r.desk.person
	a := &message{request: r, answered: true}
	switch r.kind {
	case asksPage:
		if a.page, a.refusal = s.workspace(w, p, r.after, r.size); a.refusal == served {
			if known := s.replicas[r.replica]; known != nil && known.person == p {
				a.page.last = known.last
			}
			w.checkTold(p, a.page)
		}
	case asksRows:
		if a.rows, a.refusal = s.rows(w, p, r.list, r.after, r.size); a.refusal == served {
			w.checkRowsTold(p, r.list, a.rows)
		}
	case pushes:
		a.push, a.refusal = s.push(w, p, r.replica, r.acked, r.batch, cut)
	}
	return a
}

// receive is a desktop's taking of an answer, which may come late, or twice.
func (d *desk) receive(a *message) {
	if a.session != d.session {
		return // that process is no more
	}
	m := d.mirror
	switch a.kind {
	case asksPage:
		d.receivePage(a)
	case asksRows:
		f := m.files[a.list]
		switch a.refusal {
		case served:
			d.acceptRows(a.request, a.rows)
		case expired, lineage, invalid:
			if f != nil && f.born == a.born && a.serial > f.walkAt && d.current(a.after, f.begun, f.cursor) {
				d.resetRows(a.list)
			}
		}
	case pushes:
		d.receivePush(a)
	}
	d.w.checkClean(d)
	d.w.checkOwn(d)
}

func (d *desk) receivePage(a *message) {
	m := d.mirror
	switch a.refusal {
	case served:
		d.accept(a.request, a.page)
	case ended:
		if !d.w.is(EndedKept) {
			d.erase()
		}
	case expired, lineage, invalid:
		if d.current(a.after, m.begun, m.cursor) && a.serial > d.walkAt {
			d.reset(a.refusal == lineage)
		}
	}
}

func (d *desk) receivePush(a *message) {
	m := d.mirror
	if a.serial != d.pushing || a.replica != m.replica {
		return
	}
	d.pushing = 0
	switch a.refusal {
	case forked:
		if d.w.is(CopyUnnoticed) {
			d.settle(&pushAnswer{results: []numbered{{a.batch[0].number, result{outcome: applied}}}}, nil)
			return
		}
		d.w.count("forks")
		d.point()
		d.again()
	case served:
		d.w.count("pushes")
		d.settle(a.push, a.batch)
		if a.push.last < a.acked {
			d.point()
			d.again()
		}
	}
}

// waiting reports whether anything is to be pushed.
func (m *mirror) waiting() bool {
	if slices.ContainsFunc(m.sent, func(s *sent) bool { return !s.settled && !s.erased }) {
		return true
	}
	unsent := func(e *entry) bool { return e.phase != told }
	for _, f := range m.files {
		if slices.ContainsFunc(f.outbox, unsent) {
			return true
		}
	}
	return slices.ContainsFunc(m.outbox, unsent)
}
