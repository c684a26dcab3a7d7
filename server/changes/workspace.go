package changes

import (
	"context"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
)

// MaxPage is how many entries a page holds at most.
const MaxPage = 500

// maxBytes bounds the bodies on a page; one entry always fits.
const maxBytes = 1 << 20

// entry is one line of the merged stream.
type entry struct {
	at     position
	stream stream
	kind   item.Kind // of stream removals
	gone   bool      // of stream people
}

type stream int

const (
	contents stream = iota
	rowMoves
	people
	settings
	appearances
	removals
	pointers
)

// Workspace reads a page of the viewer in the context, of at most first entries, in the snapshot tx. An
// empty token begins a walk of everything the viewer may see. A cursor that cannot be continued is the
// CursorExpired fault.
func (c *Changes) Workspace(ctx context.Context, tx *ent.Tx, dialect, token string, first int) (*Page, error) {
	l, err := c.newLook(ctx, tx, dialect)
	if err != nil {
		return nil, err
	}
	return c.pageOf(ctx, l, token, first)
}

func (c *Changes) pageOf(ctx context.Context, l *look, token string, first int) (*Page, error) {
	from, err := l.tag(position{}, l.account.seq), error(nil)
	if token != "" {
		if from, err = c.open(l.viewer, l.account.id, token); err != nil {
			return nil, err
		}
		if err := l.check(ctx, from, l.account.horizon); err != nil {
			return nil, err
		}
	}
	page, to, err := l.workspace(ctx, from, first)
	if err != nil {
		return nil, err
	}
	page.Next, page.Head = c.seal(l.viewer, l.account.id, to), l.account.seq
	return page, nil
}

// workspace reads the next page, of what the cursor owes or else of what follows it, and where the page ends.
func (l *look) workspace(ctx context.Context, from cursor, first int) (*Page, cursor, error) {
	more := true
	lines, to, err := l.owing(ctx, from, first)
	if err == nil && len(lines) == 0 {
		lines, to, more, err = l.onward(ctx, from, first)
	}
	if err != nil {
		return nil, cursor{}, err
	}
	page, err := l.page(ctx, lines)
	if err != nil {
		return nil, cursor{}, err
	}
	page.More = more
	return page, to, nil
}

// onward reads the lines after the cursor and, as far as there is room, those for what points at what turned.
func (l *look) onward(ctx context.Context, from cursor, first int) (lines []entry, to cursor, more bool, err error) {
	to = l.tag(last(l.account.seq), from.walk)
	if from.at == to.at {
		return nil, to, false, nil
	}
	if lines, err = l.entries(ctx, from, first); err != nil {
		return nil, to, false, err
	}
	room, err := l.fit(ctx, lines, first)
	if err != nil {
		return nil, to, false, err
	}
	if more = room < len(lines); more {
		lines = lines[:room]
		to = l.tag(lines[room-1].at, from.walk)
	}
	pointing, err := l.pointing(ctx, turned(lines), uuid.Nil, first+1)
	if err != nil || len(pointing) == 0 {
		return lines, to, more, err
	}
	all := slices.Concat(lines, pointing)
	if room, err = l.fit(ctx, all, first); err != nil {
		return nil, to, false, err
	}
	if room < len(all) {
		more, to.owed = true, from.at
		if room > len(lines) {
			to.told = all[room-1].at.id
		}
	}
	return all[:room], to, more, nil
}

// entries returns the first n lines after the cursor, of all streams merged, those that share the position of the
// n-th, and one more where more follow.
func (l *look) entries(ctx context.Context, from cursor, n int) ([]entry, error) {
	var all []entry
	for _, read := range []func(context.Context, cursor, int) ([]entry, error){
		l.contents, l.rowMoves, l.people, l.events,
	} {
		found, err := read(ctx, from, n+1)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	at := position{l.account.settings, l.account.id}
	if at.compare(from.at) > 0 {
		all = append(all, entry{at: at, stream: settings})
	}
	slices.SortStableFunc(all, func(a, b entry) int { return a.at.compare(b.at) })
	for n < len(all) && all[n].at == all[n-1].at {
		n++
	}
	return all[:min(n+1, len(all))], nil
}

func (l *look) contents(ctx context.Context, from cursor, n int) ([]entry, error) {
	if still, err := l.still(ctx, from.at); err != nil || still.contents {
		return nil, err
	}
	return l.itemStream(ctx, from, n, "seq", contents, nil)
}

// itemStream reads visible items in the order of one of their positions.
func (l *look) itemStream(ctx context.Context, from cursor, n int, column string, st stream, only func(*sql.Selector) *sql.Predicate) ([]entry, error) {
	s := l.visibleItems(column, "id")
	s.Where(sql.CompositeGT([]string{column, "id"}, from.at.seq, from.at.id))
	if only != nil {
		s.Where(only(s))
	}
	s.OrderBy(column, "id").Limit(n)
	var found []entry
	err := l.query(ctx, s, func(r *sql.Rows) error {
		e := entry{stream: st}
		found = append(found, e)
		return r.Scan(&found[len(found)-1].at.seq, &found[len(found)-1].at.id)
	})
	return found, err
}

func (l *look) people(ctx context.Context, from cursor, n int) ([]entry, error) {
	if still, err := l.still(ctx, from.at); err != nil || still.people {
		return nil, err
	}
	b := sql.Dialect(l.dialect)
	t := b.Table("collaborators")
	s := b.Select(t.C("seq"), t.C("id"), t.C("removed_at")).From(t).Where(sql.And(
		sql.EQ("account_id", l.account.id),
		sql.CompositeGT([]string{"seq", "id"}, from.at.seq, from.at.id),
		sql.Or(sql.EQ("removed_at", 0), sql.GT("seq", from.walk)),
	)).OrderBy("seq", "id").Limit(n)
	var found []entry
	err := l.query(ctx, s, func(r *sql.Rows) error {
		e := entry{stream: people}
		var removed int64
		err := r.Scan(&e.at.seq, &e.at.id, &removed)
		e.gone = removed > 0
		found = append(found, e)
		return err
	})
	return found, err
}

// Fresh reports whether a copy of the workspace at the token is up to date for the viewer, and a token to
// ask with the next time. Changes that the viewer may not see leave no trace in the answer.
func (c *Changes) Fresh(ctx context.Context, tx *ent.Tx, dialect, token string) (fresh bool, next string, err error) {
	l, err := c.newLook(ctx, tx, dialect)
	if err != nil {
		return false, "", err
	}
	from, err := c.open(l.viewer, l.account.id, token)
	if err != nil {
		return false, "", err
	}
	if err := l.check(ctx, from, l.account.horizon); err != nil {
		return false, "", err
	}
	page, to, err := l.workspace(ctx, from, 1)
	if err != nil {
		return false, "", err
	}
	if !page.Empty() {
		return false, token, nil
	}
	return true, c.seal(l.viewer, l.account.id, to), nil
}
