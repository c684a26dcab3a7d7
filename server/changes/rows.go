package changes

import (
	"context"
	"fmt"
	"strconv"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/rowtombstone"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/sharing"
)

// MaxRows is how many rows a page of rows holds at most.
const MaxRows = 5000

// Span is a page of an item's rows before they are read: the positions it covers.
type Span struct {
	// Item is the list or blacklist whose rows they are.
	Item *ent.Item
	// Next is where to continue.
	Next string
	// More is whether something follows at once.
	More bool

	after, upTo position
	walk        int64
}

// State differs whenever a row of the item has changed.
func State(it *ent.Item) string {
	return strconv.FormatInt(it.RowsEpoch, 36) + "." + strconv.FormatInt(it.RowsHead, 36)
}

// table names where the rows of a kind of item stand.
type table struct{ name, parent string }

var tables = map[item.Kind]table{
	item.KindContactList: {"contacts", "list_id"},
	item.KindBlacklist:   {"blacklist_entries", "blacklist_id"},
}

func hasRows(it *ent.Item) bool {
	_, ok := tables[it.Kind]
	return ok
}

// Rows finds the next page of an item's rows for the viewer in the context, of at most first rows and as
// many removals, in the snapshot tx. An empty token begins a walk of all rows. An item that is not
// visible, or has no rows, is the NotFound fault; a cursor that cannot be continued CursorExpired.
func (c *Changes) Rows(ctx context.Context, tx *ent.Tx, dialect string, id uuid.UUID, token string, first int) (*Span, error) {
	l, err := c.newLook(ctx, tx, dialect)
	if err != nil {
		return nil, err
	}
	it, err := sharing.Visible(ctx, tx.Item, id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	// What is not visible and what has no rows are worded alike.
	if err != nil || !hasRows(it) {
		return nil, fault.Missing("list")
	}
	// The rows' own epoch joins the account's: either ends the cursor.
	l.epoch ^= it.RowsEpoch
	from := l.tag(position{}, it.RowsHead)
	if token != "" {
		if from, err = c.open(l.viewer, id, token); err != nil {
			return nil, err
		}
		if err := l.check(ctx, from, it.RowsFloor); err != nil {
			return nil, err
		}
		// Rows may have come and gone meanwhile, and their tombstones are nothing to the viewer.
		lapsed, err := l.lapsed(ctx, id, from.head)
		if err != nil {
			return nil, err
		}
		if lapsed {
			return nil, expired("RIGHTS", "The list was out of your sight for a while; read it again from the start.")
		}
		if from.at.seq > it.RowsHead {
			return nil, expired("LINEAGE", "The server was restored from a backup; read again from the start.")
		}
	}
	s := &Span{Item: it, after: from.at, upTo: last(it.RowsHead), walk: from.walk}
	if err := l.cut(ctx, s, first); err != nil {
		return nil, err
	}
	s.Next = c.seal(l.viewer, id, l.tag(s.upTo, from.walk))
	return s, nil
}

// cut moves the end of the span so that at most n rows and n removals lie in it.
func (l *look) cut(ctx context.Context, s *Span, n int) error {
	if s.after.compare(s.upTo) >= 0 {
		s.upTo = s.after
		return nil
	}
	t := tables[s.Item.Kind]
	for _, q := range []struct{ table, parent, id string }{
		{t.name, t.parent, "id"},
		{rowtombstone.Table, rowtombstone.FieldItemID, rowtombstone.FieldRowID},
	} {
		after := s.after
		if q.table == rowtombstone.Table {
			after = s.afterRemovals()
		}
		// Two positions from the n-th on: the second tells whether anything follows.
		b := sql.Dialect(l.dialect)
		from := b.Table(q.table)
		sel := b.Select(from.C("row_seq"), from.C(q.id)).From(from).
			Where(sql.And(sql.EQ(q.parent, s.Item.ID), sql.CompositeGT([]string{"row_seq", q.id}, after.seq, after.id))).
			OrderBy("row_seq", q.id).Offset(n - 1).Limit(2)
		var found []position
		err := l.query(ctx, sel, func(r *sql.Rows) error {
			var p position
			err := r.Scan(&p.seq, &p.id)
			found = append(found, p)
			return err
		})
		if err != nil {
			return fmt.Errorf("cutting a page of rows: %w", err)
		}
		if len(found) == 2 && found[0].compare(s.upTo) < 0 {
			s.upTo, s.More = found[0], true
		}
	}
	return nil
}

// afterRemovals is where removals begin to matter: who walks has nothing from before the walk.
func (s *Span) afterRemovals() position {
	if s.walk > s.after.seq {
		return last(s.walk)
	}
	return s.after
}

// Within restricts a query of the rows of the item to those on the page.
func (s *Span) Within() func(*sql.Selector) {
	return func(sel *sql.Selector) {
		sel.Where(sql.And(
			sql.EQ(sel.C(tables[s.Item.Kind].parent), s.Item.ID),
			sql.CompositeGT([]string{sel.C("row_seq"), sel.C("id")}, s.after.seq, s.after.id),
			notAfter(s.upTo, sel.C("row_seq"), sel.C("id")),
		)).OrderBy(sel.C("row_seq"), sel.C("id"))
	}
}

// Removals returns the ids of rows that are gone, of the page.
func (s *Span) Removals(ctx context.Context, tx *ent.Tx, dialect string) ([]uuid.UUID, error) {
	after := s.afterRemovals()
	b := sql.Dialect(dialect)
	t := b.Table(rowtombstone.Table)
	text, args := b.Select(t.C("row_id")).From(t).Where(sql.And(
		sql.EQ(t.C("item_id"), s.Item.ID),
		sql.CompositeGT([]string{"row_seq", "row_id"}, after.seq, after.id),
		notAfter(s.upTo, "row_seq", "row_id"),
	)).OrderBy("row_seq", "row_id").Query()
	rows, err := tx.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("reading removals: %w", err)
	}
	defer rows.Close()
	var ids []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// notAfter is (seq, id) <= p as a row value, which an index can answer.
func notAfter(p position, seq, id string) *sql.Predicate {
	return sql.P(func(b *sql.Builder) {
		b.Wrap(func(b *sql.Builder) { b.IdentComma(seq, id) }).WriteString(" <= ").
			Wrap(func(b *sql.Builder) { b.Args(p.seq, p.id) })
	})
}
