package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Bucket is a list, blacklist or campaign whose rows the mirror does not hold as the server last told.
type Bucket struct {
	// ID is the plain UUID of the item.
	ID string
	// Kind is protocol.Contacts, protocol.Entries or protocol.Leads.
	Kind protocol.Enum
	// Name is the item's.
	Name string
	// State is what the server told.
	State string
	// Rows is how many rows the server told of.
	Rows int64
}

// Global returns the bucket's id as the server writes it.
func (b Bucket) Global() protocol.ID { return protocol.Global(b.itemKind(), b.ID) }

// itemKind is what kind of item has such rows.
func (b Bucket) itemKind() protocol.Kind {
	switch b.Kind {
	case protocol.Entries:
		return protocol.KindBlacklist
	case protocol.Leads:
		return protocol.KindCampaign
	}
	return protocol.KindList
}

// Behind returns the buckets to pull, small ones first. A bucket whose item has not come is not among them.
func (m *Mirror) Behind(ctx context.Context) ([]Bucket, error) {
	return m.buckets(ctx, `WHERE b.id IN (SELECT id FROM buckets WHERE reached <> state UNION SELECT value FROM json_each(?))
		AND coalesce(l.id, k.id, c.id) IS NOT NULL ORDER BY b.row_count, b.id`, asJSON(slices.Collect(maps.Keys(m.ahead))))
}

// Bucket returns the bucket with an id; ErrGone where there is none, or its item has not come.
func (m *Mirror) Bucket(ctx context.Context, id string) (Bucket, error) {
	// Without the plus SQLite would look at the value, and plan anew each time (https://sqlite.org/qpsg.html).
	found, err := m.buckets(ctx, `WHERE b.id = +? AND coalesce(l.id, k.id, c.id) IS NOT NULL`, id)
	if err == nil && len(found) == 0 {
		err = ErrGone
	}
	if err != nil {
		return Bucket{}, err
	}
	return found[0], nil
}

// buckets reads those that the end of a query names, in its order.
func (m *Mirror) buckets(ctx context.Context, which string, args ...any) ([]Bucket, error) {
	rows, err := m.main.QueryContext(ctx, `
		SELECT b.id, b.kind, coalesce(l.name, k.name, c.name), b.state, b.row_count FROM buckets b
		LEFT JOIN server_contact_lists l ON l.id = b.id AND b.kind = 'contacts'
		LEFT JOIN server_blacklists k ON k.id = b.id AND b.kind = 'entries'
		LEFT JOIN server_campaigns c ON c.id = b.id AND b.kind = 'leads' `+which, args...)
	if err != nil {
		return nil, fmt.Errorf("read how lists stand: %w", classify(err))
	}
	defer rows.Close()
	var all []Bucket
	for rows.Next() {
		var b Bucket
		if err := rows.Scan(&b.ID, &b.Kind, &b.Name, &b.State, &b.Rows); err != nil {
			return nil, fmt.Errorf("read how lists stand: %w", classify(err))
		}
		all = append(all, b)
	}
	return all, classify(rows.Err())
}

// RowsPosition returns where a bucket's rows stand; its file is made if need be. ErrGone where the item has left,
// ErrStale where its file was lost right now.
func (m *Mirror) RowsPosition(ctx context.Context, b Bucket) (Position, error) {
	f, err := m.file(ctx, b)
	if err != nil {
		return Position{}, err
	}
	at, err := f.position(ctx, f.db)
	return at, m.loseDamaged(ctx, b, err)
}

// StartRowsWalk makes the next page of a bucket's rows the first of a new walk in place: rows stay until its end.
// ErrStale where its file was lost right now.
func (m *Mirror) StartRowsWalk(ctx context.Context, b Bucket) error {
	f, err := m.file(ctx, b)
	if err != nil {
		return err
	}
	if err := m.reached(ctx, b, "", nil); err != nil {
		return err
	}
	_, err = f.db.ExecContext(ctx, `UPDATE bucket SET cursor = '', state = '', walking = 1, walk = walk + 1, walked = 0`)
	if err != nil {
		return m.loseDamaged(ctx, b, fmt.Errorf("start a walk of the rows: %w", classify(err)))
	}
	return nil
}

// RowsApplied is what a page of rows did.
type RowsApplied struct {
	// Changed and Removed count rows, those swept at a walk's end included.
	Changed, Removed int64
	// Done of Total rows have come in this walk; Total is the bucket's size.
	Done, Total int64
	// Walking: more of a walk follows.
	Walking bool
	// Reached is the state that the rows now have; empty where more follows, or where they diverge.
	Reached string
	// Diverged: nothing follows, and the rows do not add up to what the server says. The bucket stays behind.
	Diverged bool
}

// Reached is the state that a bucket's file has come to, and how many rows the server says that it has then.
type Reached struct {
	Bucket Bucket
	// State is empty where more is to come.
	State string
	Rows  int64
}

// ApplyRows is WriteRows, and notes what the file has reached.
func (m *Mirror) ApplyRows(ctx context.Context, b Bucket, page *protocol.RowPage, after string) (RowsApplied, error) {
	done, err := m.WriteRows(ctx, b, page, after)
	if err != nil || page.More {
		return done, err
	}
	return done, m.reached(ctx, b, done.Reached, &page.Rows)
}

// WriteRows writes a page of rows that was asked for with the cursor after, and its cursor, in one transaction on
// the bucket's file. ErrStale where the rows stand elsewhere, also because the file was lost right now; ErrGone where
// the item has left. The bucket is behind until Apply is told what it has reached, whatever main.db says of it.
func (m *Mirror) WriteRows(ctx context.Context, b Bucket, page *protocol.RowPage, after string) (RowsApplied, error) {
	if page.Kind != b.Kind || len(page.Parts) > 0 {
		return RowsApplied{}, fmt.Errorf("the server sent %s where a page of %s belongs", page.Kind, b.Kind)
	}
	f, err := m.file(ctx, b)
	if err != nil {
		return RowsApplied{}, err
	}
	m.ahead[b.ID] = true
	m.unindexed[b.ID] = b
	done, err := f.apply(ctx, page, after)
	if err != nil {
		m.owe(b, f.path, m.now(), false) // parts of the page may stand in the journal
		return RowsApplied{}, m.loseDamaged(ctx, b, fmt.Errorf("write a page of rows: %w", err))
	}
	if done.Removed > 0 {
		m.owe(b, f.path, m.now(), true)
	}
	if f.kind == protocol.Leads && (done.Removed > 0 || !page.More) {
		if err := m.forgetRows(ctx, f, b); err != nil {
			return done, m.loseDamaged(ctx, b, err)
		}
	}
	if page.More {
		return done, nil
	}
	return done, m.loseDamaged(ctx, b, passOver(f.finish(ctx), ErrDiskFull))
}

// reached notes in main.db which state a bucket's file holds.
func (m *Mirror) reached(ctx context.Context, b Bucket, state string, rows *int64) error {
	err := transact(ctx, m.main, func(tx *sql.Tx) error { return (&writer{ctx: ctx, tx: tx}).reached(b, state, rows) })
	if err != nil {
		return fmt.Errorf("note what a list has reached: %w", err)
	}
	delete(m.ahead, b.ID)
	return nil
}
