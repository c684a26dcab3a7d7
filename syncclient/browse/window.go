package browse

// window is the part of a list's rows that is held: a few pages around the one that is chosen. However long the list is,
// no more is read.
type window struct {
	rows []record
	// first is how many rows stand before the window; -1 where that is not known.
	first int64
	// start and end: the window reaches the list's.
	start, end bool
	at         int
}

// windowSize is how many rows a window holds at most.
const windowSize = 3 * pageSize

// below adds a page at the end.
func (w *window) below(page []record) {
	w.rows = append(w.rows, page...)
	w.end = len(page) < pageSize
	if over := len(w.rows) - windowSize; over > 0 {
		w.rows, w.at, w.start = w.rows[over:], max(0, w.at-over), false
		if w.first >= 0 {
			w.first += int64(over)
		}
	}
}

// above adds a page at the beginning.
func (w *window) above(page []record) {
	w.rows = append(page[:len(page):len(page)], w.rows...)
	w.at += len(page)
	w.start = len(page) < pageSize
	switch {
	case w.start:
		w.first = 0
	case w.first >= 0:
		w.first = max(0, w.first-int64(len(page)))
	}
	if len(w.rows) > windowSize {
		w.rows, w.end = w.rows[:windowSize], false
		w.at = min(w.at, windowSize-1)
	}
}

// put holds other rows in place of those that were here; the same row stays chosen where it is among them.
func (w *window) put(rows []record, first int64, start, end bool) {
	id := ""
	if w.at < len(w.rows) {
		id = w.rows[w.at].text("id")
	}
	w.rows, w.first, w.start, w.end = rows, first, start, end
	w.at = max(0, min(w.at, len(rows)-1))
	for i, r := range rows {
		if r.text("id") == id {
			w.at = i
		}
	}
}

// chosen is the row that is chosen; nil where there is none.
func (w *window) chosen() record {
	if w.at < len(w.rows) {
		return w.rows[w.at]
	}
	return nil
}
