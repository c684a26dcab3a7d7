// Package changes tells a viewer what changed since a cursor.
//
// Where the account shows members only the leads that they follow up, the leads of a campaign are to them a stream of
// their own, in which nothing tells of the others.
//
// The workspace is one stream: headers and contents of items, people, settings, and which buckets of rows
// moved. The rows of an item are a stream of their own. Both merge, in the order of change numbers, what
// now is (content positions, rows) with what stopped being (the visibility log, tombstones).
//
// A removal is told only where an event passes the cursor and the viewer could see the item just before
// it: ids of items one never could see do not appear. What is visible now is asked of the ORM, which
// narrows every query by the viewer; the state before an event comes from the log.
//
// A page is read in one snapshot together with the head its cursor is tagged with. The caller reads the
// contents of the page in the same snapshot.
package changes

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/seal"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// Changes reads streams of changes. It is safe for concurrent use.
type Changes struct {
	sealer *seal.Sealer
	bytes  int // of bodies on a page
	sums   sums
	still  shared[stillKey, still]
	pages  shared[pageKey, *rowsPage]
}

// New returns a reader whose cursors are sealed by s.
func New(s *seal.Sealer) *Changes {
	c := &Changes{sealer: s, bytes: maxBytes}
	c.sums.most, c.still.most, c.pages.most = maxSums, maxStill, maxPages
	return c
}

// look is one reading: a viewer, a snapshot, and the account's head in it.
type look struct {
	*ent.Tx
	changes *Changes
	dialect string
	viewer  *sharing.Viewer
	account head
	bytes   int   // of bodies on a page
	epoch   int64 // of the stream: the account's, or with that of an item's rows mixed in
	sight   int64 // the viewer's epoch of sight, for what the stream shows

	// What was read of the snapshot is not read again.
	nonces map[int64]int64
	items  map[uuid.UUID]*ent.Item
}

// newLook reads the account's head in the snapshot, which the whole page is then tagged with.
func (c *Changes) newLook(ctx context.Context, tx *ent.Tx, d string) (*look, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	if err := alongIndexes(ctx, tx, d); err != nil {
		return nil, err
	}
	l := &look{
		Tx: tx, changes: c, dialect: d, viewer: v, bytes: c.bytes, sight: v.Sight ^ v.LeadsEpoch,
		nonces: make(map[int64]int64), items: make(map[uuid.UUID]*ent.Item),
	}
	if err := l.readHead(ctx); err != nil {
		return nil, fmt.Errorf("reading the account's head: %w", err)
	}
	l.epoch = l.account.epoch
	return l, nil
}

// head is how far an account has come.
type head struct {
	id                                     uuid.UUID
	seq, settings, horizon, epoch, version int64
	nonce                                  int64 // of the last commit; 0 while there is none
}

func (l *look) readHead(ctx context.Context) error {
	rows, err := l.QueryContext(ctx, store.Rebind(l.dialect, `SELECT a.seq, a.settings_seq, a.horizon, a.epoch, a.version, coalesce(c.nonce, 0)
		FROM accounts a LEFT JOIN feed_commits c ON c.account_id = a.id AND c.seq = a.seq WHERE a.id = ?`), l.viewer.Account)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return cmp.Or(rows.Err(), errors.New("there is no such account"))
	}
	h := head{id: l.viewer.Account}
	err = rows.Scan(&h.seq, &h.settings, &h.horizon, &h.epoch, &h.version, &h.nonce)
	l.account, l.nonces[h.seq] = h, h.nonce
	return err
}

// alongIndexes has PostgreSQL read streams in the order of their index and stop at the end of a page. Of a
// list that was just filled it has no statistics yet, collects all that is left of it, and sorts that.
func alongIndexes(ctx context.Context, tx *ent.Tx, d string) error {
	if d != dialect.Postgres {
		return nil
	}
	_, err := tx.ExecContext(ctx, "SET LOCAL enable_bitmapscan = off")
	return err
}

// nonceOf returns the nonce of a commit of the account, or 0 if there is none. It is sealed into cursors and never shown.
func (l *look) nonceOf(ctx context.Context, seq int64) (int64, error) {
	if seq == 0 {
		return 0, nil
	}
	if nonce, ok := l.nonces[seq]; ok {
		return nonce, nil
	}
	rows, err := l.QueryContext(ctx, store.Rebind(l.dialect, `SELECT nonce FROM feed_commits WHERE account_id = ? AND seq = ?`), l.viewer.Account, seq)
	if err != nil {
		return 0, fmt.Errorf("reading a commit's nonce: %w", err)
	}
	defer rows.Close()
	var nonce int64
	if rows.Next() {
		if err := rows.Scan(&nonce); err != nil {
			return 0, fmt.Errorf("reading a commit's nonce: %w", err)
		}
	}
	l.nonces[seq] = nonce
	return nonce, rows.Err()
}

// check refuses a cursor that can no longer be continued. floor is the number up to which what a stream
// needs, such as the log, is forgotten.
func (l *look) check(ctx context.Context, c cursor, floor int64) error {
	switch {
	case c.epoch != l.epoch:
		return expired("EPOCH", "The account's data was restored; read it again from the start.")
	case c.sight != l.sight:
		return expired("RIGHTS", "Your rights have changed; read again from the start.")
	case c.base() < floor:
		return expired("EXPIRED", "The cursor is too old; read again from the start.")
	}
	nonce, err := l.nonceOf(ctx, c.head)
	if err != nil {
		return err
	}
	if c.head > l.account.seq || nonce != c.nonce {
		return expired("LINEAGE", "The server was restored from a backup; read again from the start.")
	}
	return nil
}

// tag returns a cursor of the page's snapshot at a position, where nothing is owed.
func (l *look) tag(at position, walk int64) cursor {
	return cursor{
		epoch: l.epoch, sight: l.sight,
		at: at, walk: walk, head: l.account.seq, nonce: l.account.nonce, owed: at,
	}
}

func expired(reason, format string, args ...any) error {
	f := fault.New(fault.CursorExpired, format, args...)
	f.Reason = reason
	return f
}

// visibleItems selects columns of the items that the viewer sees.
func (l *look) visibleItems(columns ...string) *sql.Selector {
	b := sql.Dialect(l.dialect)
	t := b.Table(item.Table)
	s := b.Select(t.Columns(columns...)...).From(t)
	narrow, _ := l.viewer.Narrow("Item")
	narrow(s)
	return s
}

// query runs a selector in the snapshot and hands each row to scan.
func (l *look) query(ctx context.Context, s *sql.Selector, scan func(*sql.Rows) error) error {
	text, args := s.Query()
	rows, err := l.QueryContext(ctx, text, args...)
	if err != nil {
		return fmt.Errorf("changes: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(&sql.Rows{ColumnScanner: rows}); err != nil {
			return fmt.Errorf("changes: %w", err)
		}
	}
	return rows.Err()
}

// anys returns ids as arguments of an IN.
func anys(ids []uuid.UUID) []any {
	list := make([]any, len(ids))
	for i, id := range ids {
		list[i] = id
	}
	return list
}
