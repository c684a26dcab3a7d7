package browse

import (
	"context"
	"errors"
	"fmt"

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
	known     bool
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
	watch   watch
}

// Messages of a list.
type (
	listRead struct {
		of    *list
		asked int
		info  listInfo
		rows  []record
		hits  hits
		next  string
		err   error
		// how the rows come into the window.
		how reading
	}
	reading int
)

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
	s.watch = watch{folder: open.folder}
	return s
}

func (s *list) title() string { return s.name }
func (s *list) typing() bool  { return s.typed }

// watching returns what watches the file of the rows; nil where there is none.
func (s *list) watching() *watch {
	if s.info.file == "" {
		return nil
	}
	s.watch.point(s.info.file)
	return &s.watch
}

// close lets go of the file.
func (s *list) close() {
	if s.stop != nil {
		s.stop()
	}
	s.watch.stop()
}

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
	r := listRead{of: s, asked: s.asked, how: how}
	w, next, text, size := s.window, s.next, s.search.value(), max(pageSize, len(s.rows))
	fetched := how == anew && s.fetched != nil && *s.fetched == text
	return func() tea.Msg {
		defer stop()
		if r.info, r.err = readListInfo(ctx, s.open.folder, s.item, s.id); r.err != nil {
			return r
		}
		if r.info.elsewhere() && fetched {
			r.how = unchanged
			return r
		}
		if r.info.elsewhere() {
			return s.fetch(ctx, r, next, text)
		}
		if text != "" {
			r.hits, r.err = searchRows(ctx, s.open.folder, r.info.file, s.row, s.id, text)
			return r
		}
		from, back, most := place{}, false, pageSize
		switch {
		case how == anew && !w.start && len(w.rows) > 0:
			from, most = placeAt(s.row, w.rows[0]), size
		case how == anew:
			most = size
		case how == fromEnd:
			back = true
		case how == onward:
			from = placeOf(s.row, w.rows[len(w.rows)-1])
		case how == before:
			from, back = placeOf(s.row, w.rows[0]), true
		}
		r.rows, r.err = readRows(ctx, s.open.folder, r.info.file, s.row, from, back, most)
		if r.err == nil && how == anew && len(r.rows) == 0 && from.set { // all from there on went
			r.how = fromEnd
			r.rows, r.err = readRows(ctx, s.open.folder, r.info.file, s.row, place{}, true, pageSize)
		}
		return r
	}
}

// take shows what was read.
func (s *list) take(r listRead) tea.Cmd {
	if r.asked != s.asked || errors.Is(r.err, context.Canceled) {
		return nil
	}
	s.busy, s.known = false, true
	if r.how == unchanged && r.err == nil {
		return nil
	}
	s.info = r.info
	r.info.mark(r.rows)
	r.info.mark(r.hits.rows)
	if s.err = r.err; r.err != nil {
		if errors.Is(r.err, mirror.ErrGone) {
			s.pop()
			return s.say(fmt.Sprintf("%s is not there any more.", quoted(s.name)))
		}
		return nil
	}
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

func (s *list) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case listRead:
		if msg.of == s {
			return s.take(msg)
		}
	case tea.PasteMsg:
		if s.typed {
			s.search.insert(msg.Content)
			return s.read(anew)
		}
	case tea.KeyPressMsg:
		if s.typed {
			return s.typeKey(msg)
		}
		return s.key(msg.String())
	}
	return nil
}
