package changes

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/rowtombstone"
	"github.com/partage-mail/partage/server/fault"
)

// MaxRows is how many rows a page of rows holds at most.
const MaxRows = 5000

// Span is a page of an item's rows before they are read: the positions it covers.
type Span struct {
	// Item is the list, blacklist or campaign whose rows they are.
	Item *ent.Item
	// Bucket is how the rows stand in the snapshot.
	Bucket
	// Next is where to continue.
	Next string
	// More is whether something follows at once.
	More bool

	after, upTo position
	walk        int64
	// whose is whose rows alone are on the page; the zero id: all.
	whose uuid.UUID
	sums  *sums
	page  *rowsPage // nil until it is read
}

// table names where the rows of a kind of item stand. Of those with an owner column, some viewers see their own alone.
type table struct{ name, parent, owner string }

var tables = map[item.Kind]table{
	item.KindContactList: {"contacts", "list_id", ""},
	item.KindBlacklist:   {"blacklist_entries", "blacklist_id", ""},
	item.KindCampaign:    {"leads", "campaign_id", "assignee_id"},
}

// TableOf returns the table of the rows of a kind of item, and its column of the item; empty for kinds without rows.
func TableOf(kind item.Kind) (name, parent string) {
	t := tables[kind]
	return t.name, t.parent
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
	return c.spanOf(ctx, l, id, token, first, l.cut)
}

// spanOf changes the look.
func (c *Changes) spanOf(ctx context.Context, l *look, id uuid.UUID, token string, first int, cut func(context.Context, *Span, int) error) (*Span, error) {
	s, err := l.span(ctx, id)
	if err != nil {
		return nil, err
	}
	it := s.Item
	l.enter(s)
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
	s.after, s.upTo, s.walk = from.at, last(it.RowsHead), from.walk
	if err := cut(ctx, s, first); err != nil {
		return nil, err
	}
	s.Next = c.seal(l.viewer, id, l.tag(s.upTo, from.walk))
	return s, nil
}

// enter makes the look one of an item's rows: their own epoch joins the account's, so that either ends the cursor.
func (l *look) enter(s *Span) {
	l.epoch ^= s.Item.RowsEpoch
	switch {
	case s.Item.Kind != item.KindCampaign:
		l.sight = l.viewer.Sight // which leads members see is nothing to other rows
	case s.whose != uuid.Nil:
		l.sight ^= ownEpoch
	}
}

// span is an item's rows as they stand, of which none are on the page yet.
func (l *look) span(ctx context.Context, id uuid.UUID) (*Span, error) {
	items, err := l.visible(ctx, id)
	if err != nil {
		return nil, err
	}
	it := items[id]
	if it == nil || !hasRows(it) { // worded alike
		return nil, fault.Missing("list")
	}
	buckets, err := l.buckets(ctx, it)
	if err != nil {
		return nil, err
	}
	return &Span{Item: it, Bucket: buckets[id], whose: l.whose(it.Kind), sums: &l.changes.sums}, nil
}

// cut moves the end of the span so that at most n rows and n removals lie in it.
func (l *look) cut(ctx context.Context, s *Span, n int) error {
	if s.after.compare(s.upTo) >= 0 {
		s.upTo = s.after
		return nil
	}
	t := tables[s.Item.Kind]
	for _, q := range []struct{ table, parent, id, owner string }{
		{t.name, t.parent, "id", t.owner},
		{rowtombstone.Table, rowtombstone.FieldItemID, rowtombstone.FieldRowID, rowtombstone.FieldCollaboratorID},
	} {
		after := s.after
		if q.table == rowtombstone.Table {
			after = s.afterRemovals()
		}
		// Two positions from the n-th on: the second tells whether anything follows.
		b := sql.Dialect(l.dialect)
		from := b.Table(q.table)
		sel := b.Select(from.C("row_seq"), from.C(q.id)).From(from).
			Where(sql.And(sql.EQ(q.parent, s.Item.ID), sql.CompositeGT([]string{"row_seq", q.id}, after.seq, after.id)))
		if q.table == rowtombstone.Table || s.whose != uuid.Nil {
			sel.Where(sql.EQ(q.owner, s.whose)) // tombstones for everyone have the zero id
		}
		sel.OrderBy("row_seq", q.id).Offset(n - 1).Limit(2)
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
	if s.walk >= s.after.seq { // also inside the newest number, at which a page was cut
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
		if s.whose != uuid.Nil {
			sel.Where(sql.EQ(sel.C(tables[s.Item.Kind].owner), s.whose))
		}
	}
}

// Removals returns the ids of rows that are gone, of the page. A lead that left a person and has come back to them
// is not among them: it comes, or has come, with the rows.
func (s *Span) Removals(ctx context.Context, tx *ent.Tx, dialect string) ([]uuid.UUID, error) {
	after := s.afterRemovals()
	b := sql.Dialect(dialect)
	t := b.Table(rowtombstone.Table)
	sel := b.Select(t.C("row_id")).From(t).Where(sql.And(
		sql.EQ(t.C("item_id"), s.Item.ID), sql.EQ(t.C("collaborator_id"), s.whose),
		sql.CompositeGT([]string{t.C("row_seq"), t.C("row_id")}, after.seq, after.id),
		notAfter(s.upTo, t.C("row_seq"), t.C("row_id")),
	)).OrderBy(t.C("row_seq"), t.C("row_id"))
	if s.whose != uuid.Nil {
		rows := b.Table(tables[s.Item.Kind].name).As("back")
		sel.Where(sql.NotExists(b.SelectExpr(sql.Raw("1")).From(rows).Where(sql.And(
			sql.ColumnsEQ(rows.C("id"), t.C("row_id")), sql.EQ(rows.C(tables[s.Item.Kind].owner), s.whose)))))
	}
	text, args := sel.Query()
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
