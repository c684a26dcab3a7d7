package feed

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/store"
)

// Lists of "what I see, last changed first" read a person's edges in the order of their items' positions.
// The position stands on the edge for that (access.item_seq), and need not be written on every edge with
// every change of an item: it is settled later, for all items that changed since, and until then such an
// item is found by its own position (sharing.Viewer.Newest). What is settled is told by
// accounts.edges_seq: an item whose position is not above it has that position on all its edges.

// settleEvery is how many commits of an account lie between two settlings. A list looks at up to as many
// items that are not settled.
const settleEvery = 64

// stampEdges writes the position of their item on edges that the transaction changed. It runs under the
// account's lock: no item moves between the reading of its position and the commit.
func (t *Tx) stampEdges(ctx context.Context) error {
	query := `UPDATE access SET item_seq = items.seq FROM json_each(?1) AS edge, items
		WHERE items.id = edge.value ->> 0 AND access.item_id = items.id AND access.collaborator_id = edge.value ->> 1`
	if t.Dialect == dialect.Postgres {
		query = `UPDATE access SET item_seq = items.seq FROM json_array_elements(CAST(?1 AS json)) AS edge(value), items
			WHERE items.id = (edge.value ->> 0)::uuid AND access.item_id = items.id
				AND access.collaborator_id = (edge.value ->> 1)::uuid`
	}
	var edges [][2]uuid.UUID
	for k := range t.events {
		if k.person != uuid.Nil {
			edges = append(edges, [2]uuid.UUID{k.item, k.person})
		}
	}
	for some := range slices.Chunk(edges, batch) {
		if err := t.exec(ctx, query, asJSON(some)); err != nil {
			return fmt.Errorf("stamping edges: %w", err)
		}
	}
	return nil
}

// Settle writes the positions of an account's items on their edges, as of its last commit.
func (f *Feed) Settle(ctx context.Context, account uuid.UUID) error {
	return f.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		var from, to int64
		err := queryRow(ctx, tx, store.Rebind(f.store.Dialect(), `SELECT edges_seq, seq FROM accounts WHERE id = ?`),
			[]any{account}, &from, &to)
		if err != nil {
			return fmt.Errorf("reading what is settled: %w", err)
		}
		// Whatever has a number up to this one is committed; what comes later is for the next time.
		for _, q := range []struct {
			query string
			args  []any
		}{
			{`UPDATE access SET item_seq = (SELECT seq FROM items WHERE id = item_id) WHERE item_id IN
				(SELECT id FROM items WHERE account_id = ? AND seq > ? AND seq <= ?)`, []any{account, from, to}},
			{`UPDATE accounts SET edges_seq = ? WHERE id = ? AND edges_seq < ?`, []any{to, account, to}},
		} {
			if _, err := tx.ExecContext(ctx, store.Rebind(f.store.Dialect(), q.query), q.args...); err != nil {
				return fmt.Errorf("settling edges: %w", err)
			}
		}
		return nil
	})
}

// due asks Run to settle an account, from time to time. A request that is lost is made up for by the
// next one.
func (f *Feed) due(account uuid.UUID, seq int64) {
	if seq%settleEvery != 0 {
		return
	}
	select {
	case f.unsettled <- account:
	default:
	}
}
