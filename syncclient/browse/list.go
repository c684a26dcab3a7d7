package browse

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// list shows the rows of a list, a blacklist or a campaign: a window of them, however many there are, from the file on
// this computer; of rows that are not kept here the pages that the person has gone through. Search takes the place of the
// window while something is searched for.
type list struct {
	*ui
	open *account
	// item and row are the kinds of the item and of its rows.
	item, row kind
	id, name  string
	info      listInfo
	err       error
	window
	top    int
	search field
	// typed: letters go into the search.
	typed bool
	hits  hits
	// asked numbers what was read, so that an answer that comes late is known.
	asked int
	busy  bool
	// stop ends what is being read.
	stop context.CancelFunc
	// next is where the server goes on, of rows that are not kept here; fetched is what they were searched for, where some
	// were fetched.
	next    string
	fetched *string
}

// listRead is what was read of a list.
type listRead struct {
	info listInfo
	rows []record
	hits hits
	next string
	err  error
	// how the rows come into the window.
	how reading
}

type reading int

const (
	anew reading = iota
	fromStart
	fromEnd
	onward
	before
	// unchanged: nothing was read, since what the server has said stands.
	unchanged
)

func newList(u *ui, open *account, item kind, id, name string) *list {
	s := &list{ui: u, open: open, item: item, row: kindOf(item.rows), id: id, name: name}
	s.start = true
	return s
}

func (s *list) title() string { return s.name }
func (s *list) typing() bool  { return s.typed }
func (s *list) file() string  { return s.info.file }

// load reads the window anew, at the place where it is.
func (s *list) load() tea.Cmd { return s.read(anew) }

// read reads a part of the rows.
func (s *list) read(how reading) tea.Cmd {
	if s.stop != nil { // what is being read is not wanted any more
		s.stop()
	}
	ctx, stop := context.WithCancel(s.ctx)
	s.stop = stop
	s.asked++
	s.busy = true
	asked, w, next, text := s.asked, s.window, s.next, s.search.value()
	fetched := how == anew && s.fetched != nil && *s.fetched == text
	return func() tea.Msg {
		defer stop()
		r := listRead{how: how}
		r.info, r.err = readListInfo(ctx, s.open.folder, s.item, s.id)
		switch {
		case r.err != nil:
		case r.info.elsewhere() && fetched:
			r.how = unchanged
		case r.info.elsewhere():
			s.fetch(ctx, &r, next, text)
		case text != "":
			r.hits, r.err = searchRows(ctx, s.open.folder, r.info.file, s.row, s.id, text)
		default:
			s.readWindow(ctx, &r, w)
		}
		return then(func() tea.Cmd {
			if asked != s.asked || errors.Is(r.err, context.Canceled) { // what is shown was asked for since
				return nil
			}
			return s.take(r)
		})
	}
}

// readWindow reads rows of the file, next to those that are held.
func (s *list) readWindow(ctx context.Context, r *listRead, held window) {
	from, back, most := place{}, false, pageSize
	switch {
	case r.how == anew && !held.start && len(held.rows) > 0:
		from, most = placeAt(s.row, held.rows[0]), max(pageSize, len(held.rows))
	case r.how == anew:
		most = max(pageSize, len(held.rows))
	case r.how == fromEnd:
		back = true
	case r.how == onward:
		from = placeOf(s.row, held.rows[len(held.rows)-1])
	case r.how == before:
		from, back = placeOf(s.row, held.rows[0]), true
	}
	r.rows, r.err = readRows(ctx, s.open.folder, r.info.file, s.row, from, back, most)
	if r.err == nil && r.how == anew && len(r.rows) == 0 && from.set { // all from there on went
		r.how = fromEnd
		r.rows, r.err = readRows(ctx, s.open.folder, r.info.file, s.row, place{}, true, pageSize)
	}
}

// take shows what was read.
func (s *list) take(r listRead) tea.Cmd {
	s.busy = false
	if s.err = r.err; errors.Is(r.err, mirror.ErrGone) {
		return s.gone(s)
	}
	if s.info = r.info; r.err != nil || r.how == unchanged {
		return nil
	}
	r.info.mark(r.rows)
	r.info.mark(r.hits.rows)
	s.name, s.hits = r.info.name, r.hits
	if s.info.elsewhere() {
		s.takeFetched(r)
		return nil
	}
	s.fetched = nil
	if s.search.value() != "" {
		s.put(r.hits.rows, 0, true, true)
		return nil
	}
	full := len(r.rows) >= pageSize
	switch r.how {
	case anew:
		s.put(r.rows, s.first, s.start, len(r.rows) < max(pageSize, len(s.rows)))
	case fromStart:
		s.put(r.rows, 0, true, !full)
		s.at = 0
	case fromEnd:
		first := int64(0)
		if full {
			first = max(0, r.info.rows-int64(len(r.rows)))
		}
		s.put(r.rows, first, !full, true)
		s.at = max(0, len(r.rows)-1)
	case onward:
		s.below(r.rows)
		s.at = min(s.at+1, len(s.rows)-1)
	case before:
		s.above(r.rows)
		s.at = max(0, s.at-1)
	}
	return nil
}

func (s *list) paste(text string) tea.Cmd {
	if !s.typed {
		return nil
	}
	s.search.insert(text)
	return s.read(anew)
}
