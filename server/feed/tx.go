package feed

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
)

// batch is how many rows one statement inserts: few enough for the parameters that SQLite takes.
const batch = 500

// ByInvitation is the Tx.ByJob of edges that an accepted invitation gives: they are no change of somebody's mind.
const ByInvitation = -1

// Tx is a writing transaction on one account together with the record of what it changed.
type Tx struct {
	*ent.Tx
	// Account is the account whose data the transaction changes.
	Account uuid.UUID
	// Dialect is the database's, for commands that write SQL of their own.
	Dialect string

	// ByJob is the number of the account's job that the transaction is a step of; 0: it is done by hand, ByInvitation:
	// by an invitation that is being accepted.
	ByJob int64

	settings bool
	items    map[uuid.UUID]struct{}
	people   map[uuid.UUID]struct{}
	rows     map[uuid.UUID]*Rows
	events   map[eventKey]visibilityevent.Before
	edges    []Edge
	notes    []audit.Line
}

// eventKey names an edge (person and item) or, with the zero person, the item itself.
type eventKey struct{ person, item uuid.UUID }

func newTx(tx *ent.Tx, dialect string, account uuid.UUID) *Tx {
	return &Tx{
		Tx: tx, Account: account, Dialect: dialect,
		items:  make(map[uuid.UUID]struct{}),
		people: make(map[uuid.UUID]struct{}),
		rows:   make(map[uuid.UUID]*Rows),
		events: make(map[eventKey]visibilityevent.Before),
	}
}

// Changed records that an item's own row or its content changed.
func (t *Tx) Changed(item uuid.UUID) { t.items[item] = struct{}{} }

// PersonChanged records that a collaborator joined, changed or left.
func (t *Tx) PersonChanged(person uuid.UUID) { t.people[person] = struct{}{} }

// SettingsChanged records that the account's own row changed.
func (t *Tx) SettingsChanged() { t.settings = true }

// Appeared records that an item came to life: created or restored.
func (t *Tx) Appeared(item uuid.UUID) { t.event(uuid.Nil, item, visibilityevent.BeforeDead) }

// Sighted records that an item's audience changed or that it was deleted; before is the audience it had.
func (t *Tx) Sighted(id uuid.UUID, before item.Audience) {
	t.event(uuid.Nil, id, visibilityevent.Before(before))
}

// Granted records that a person's edge on an item changed; before is the level it had, or BeforeAbsent.
func (t *Tx) Granted(person, item uuid.UUID, before visibilityevent.Before) {
	t.event(person, item, before)
}

// Edge is the change of a person's edge on an item among many.
type Edge struct {
	Person, Item uuid.UUID
	// Before is the level it had, or BeforeAbsent, and RoundRobin whether the person was in the rotation.
	Before     visibilityevent.Before
	RoundRobin bool
}

// Regranted is Granted for many edges, each once in the transaction. The caller holds the locks of their items and
// has written their positions on the edges (access.item_seq).
func (t *Tx) Regranted(edges []Edge) { t.edges = append(t.edges, edges...) }

// Note adds a line to the account's history. It is written at the end of the transaction.
func (t *Tx) Note(line audit.Line) { t.notes = append(t.notes, line) }

// event keeps the earliest state: within one commit only what was before it counts.
func (t *Tx) event(person, item uuid.UUID, before visibilityevent.Before) {
	key := eventKey{person, item}
	if _, known := t.events[key]; !known {
		t.events[key] = before
	}
}

// Rows is a change of the rows of one item within a transaction.
type Rows struct {
	// Seq is the position to stamp on every row written in this transaction.
	Seq int64

	item  uuid.UUID
	kind  item.Kind
	added int64
	tx    *Tx
	// digest is the sum of the rows' digests: as the item has it, and then with what was written.
	digest digest.Row
	// people are those whose own leads moved.
	people map[uuid.UUID]struct{}
}

// Rows begins a change of an item's rows: it locks the item's row, so that positions among its rows are
// in the order of commits, and returns the position to stamp. Asked twice, it answers alike.
func (t *Tx) Rows(ctx context.Context, item uuid.UUID) (*Rows, error) {
	return t.openRows(ctx, item, ` AND deleted_at = 0`)
}

// RowsInBin is Rows of an item that may also lie in the bin, from where it may come back.
func (t *Tx) RowsInBin(ctx context.Context, item uuid.UUID) (*Rows, error) {
	return t.openRows(ctx, item, ``)
}

// stride is how far the position among an item's rows moves at most. The step is random, so that a server which was
// restored from a backup does not give what it changes the positions that changes had which it has lost: the state of a
// bucket is one of its life.
const stride = 1 << 20

func (t *Tx) openRows(ctx context.Context, item uuid.UUID, alive string) (*Rows, error) {
	if r, ok := t.rows[item]; ok {
		return r, nil
	}
	r := &Rows{item: item, tx: t, people: make(map[uuid.UUID]struct{})}
	var a, b int64
	err := queryRow(ctx, t.Tx, store.Rebind(t.Dialect,
		`UPDATE items SET rows_head = rows_head + ? WHERE id = ? AND account_id = ?`+alive+` RETURNING rows_head, kind, rows_digest_a, rows_digest_b`),
		[]any{1 + rand.Int64N(stride), item, t.Account}, &r.Seq, &r.kind, &a, &b)
	if err == sql.ErrNoRows {
		return nil, fault.Missing("item")
	}
	if err != nil {
		return nil, fmt.Errorf("taking a row position: %w", err)
	}
	r.digest = digest.Stored(a, b)
	t.rows[item] = r
	return r, nil
}

// Added counts rows that are new.
func (r *Rows) Added(n int) { r.added += int64(n) }

// Removed leaves tombstones for rows that the transaction deletes, so that copies learn of it. A lead that somebody
// follows up has left them, too (Left).
func (r *Rows) Removed(ctx context.Context, ids ...uuid.UUID) error {
	r.added -= int64(len(ids))
	return r.bury(ctx, uuid.Nil, ids)
}

// QueryRow scans the single row of a query, written for SQLite, that may also write (RETURNING). Without a row it
// answers sql.ErrNoRows.
func (t *Tx) QueryRow(ctx context.Context, query string, args []any, dest ...any) error {
	return queryRow(ctx, t.Tx, store.Rebind(t.Dialect, query), args, dest...)
}

// queryRow scans the single row of a query that may also write (RETURNING).
func queryRow(ctx context.Context, tx *ent.Tx, query string, args []any, dest ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return err
		}
		return sql.ErrNoRows
	}
	if err := rows.Scan(dest...); err != nil {
		return err
	}
	return rows.Close()
}
