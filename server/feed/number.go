package feed

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/store"
)

// empty says that the commit takes no number. One that only writes history takes one: whoever reads that is told of it.
func (t *Tx) empty() bool {
	return len(t.notes) == 0 && !t.settings && len(t.items) == 0 && len(t.people) == 0 && len(t.rows) == 0 && len(t.events) == 0 && len(t.edges) == 0
}

// number takes the account's next change number and stamps it on all that was recorded. The account's
// row is locked from there to the commit: nothing slow may follow, and nothing that waits for another
// transaction, which may be waiting for the account.
func (t *Tx) number(ctx context.Context) (seq int64, err error) {
	if err := t.lock(ctx, "items", sorted(t.items)); err != nil {
		return 0, err
	}
	if err := t.lock(ctx, "collaborators", sorted(t.people)); err != nil {
		return 0, err
	}
	if err := t.follow(ctx); err != nil {
		return 0, err
	}
	err = queryRow(ctx, t.Tx, store.Rebind(t.Dialect, `UPDATE accounts SET seq = seq + 1 WHERE id = ? RETURNING seq`),
		[]any{t.Account}, &seq)
	if err != nil {
		return 0, fmt.Errorf("taking the number: %w", err)
	}
	if t.settings {
		if err := t.exec(ctx, `UPDATE accounts SET settings_seq = ? WHERE id = ?`, seq, t.Account); err != nil {
			return 0, err
		}
	}
	if err := t.stamp(ctx, "items", seq, sorted(t.items)); err != nil {
		return 0, err
	}
	if err := t.stamp(ctx, "collaborators", seq, sorted(t.people)); err != nil {
		return 0, err
	}
	if err := t.stampRows(ctx, seq); err != nil {
		return 0, err
	}
	if err := t.stampLeads(ctx, seq); err != nil {
		return 0, err
	}
	if err := t.log(ctx, seq); err != nil {
		return 0, err
	}
	if err := t.stampEdges(ctx); err != nil {
		return 0, err
	}
	// The nonce goes last: tests hang their check of a whole commit on it.
	return seq, t.FeedCommit.Create().SetAccountID(t.Account).SetSeq(seq).SetNonce(rand.Int64()).Exec(ctx)
}

// lock takes the locks of rows, in the order of the ids, where more than one can write. What is recorded need
// not have been written before: a campaign changes while its item's row does not. Rows has taken its own.
func (t *Tx) lock(ctx context.Context, table string, ids []uuid.UUID) error {
	if len(ids) == 0 || t.Dialect != dialect.Postgres {
		return nil
	}
	which, list := t.among(ids)
	if err := t.exec(ctx, `SELECT id FROM `+table+` WHERE `+which+` ORDER BY id FOR NO KEY UPDATE`, list); err != nil {
		return fmt.Errorf("locking %s: %w", table, err)
	}
	return nil
}

// stamp sets the position of rows of a table that has a seq.
func (t *Tx) stamp(ctx context.Context, table string, seq int64, ids []uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	which, list := t.among(ids)
	return t.exec(ctx, `UPDATE `+table+` SET seq = ?2 WHERE `+which, list, seq)
}

// among is the condition that an id is one of several, with its argument, the first of the statement.
func (t *Tx) among(ids []uuid.UUID) (condition string, list any) {
	if len(ids) == 1 {
		return `id = ?1`, ids[0]
	}
	if t.Dialect == dialect.Postgres {
		return `id IN (SELECT value::uuid FROM json_array_elements_text(CAST(?1 AS json)))`, asJSON(ids)
	}
	return `id IN (SELECT value FROM json_each(?1))`, asJSON(ids)
}

// stampRows moves the items whose rows changed, and writes how many rows they have and the sum of their digests. It was
// added up here: of what wraps, SQLite makes a number that is only near.
func (t *Tx) stampRows(ctx context.Context, seq int64) error {
	if len(t.rows) == 0 {
		return nil
	}
	query := `UPDATE items SET rows_seq = ?2, rows_count = rows_count + (change.value ->> 1),
			rows_digest_a = change.value ->> 2, rows_digest_b = change.value ->> 3
		FROM json_each(?1) AS change WHERE items.id = change.value ->> 0`
	if t.Dialect == dialect.Postgres {
		query = `UPDATE items SET rows_seq = ?2, rows_count = rows_count + (change.value ->> 1)::bigint,
				rows_digest_a = (change.value ->> 2)::bigint, rows_digest_b = (change.value ->> 3)::bigint
			FROM json_array_elements(CAST(?1 AS json)) AS change(value) WHERE items.id = (change.value ->> 0)::uuid`
	}
	var changes [][4]any
	for _, item := range sorted(t.rows) {
		a, b := t.rows[item].digest.Columns()
		changes = append(changes, [4]any{item, t.rows[item].added, a, b})
	}
	return t.exec(ctx, query, asJSON(changes), seq)
}

// logged returns the visibility events of the commit that were recorded one by one, in the order of the log.
func (t *Tx) logged() []Edge {
	edges := make([]Edge, 0, len(t.events))
	for k, before := range t.events {
		edges = append(edges, Edge{Person: k.person, Item: k.item, Before: before})
	}
	slices.SortFunc(edges, func(a, b Edge) int {
		return cmp.Or(compareIDs(a.Item, b.Item), compareIDs(a.Person, b.Person))
	})
	return edges
}

// log appends the visibility events of the commit, with as many statements for a thousand as for one.
func (t *Tx) log(ctx context.Context, seq int64) error {
	query := `INSERT INTO visibility_events (id, created_at, account_id, seq, job_number, item_id, collaborator_id, before, before_round_robin)
		SELECT value ->> 0, ?2, ?3, ?4, ?5, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?1)`
	if t.Dialect == dialect.Postgres {
		query = `INSERT INTO visibility_events (id, created_at, account_id, seq, job_number, item_id, collaborator_id, before, before_round_robin)
			SELECT (value ->> 0)::uuid, ?2, ?3, ?4, ?5, (value ->> 1)::uuid, (value ->> 2)::uuid, value ->> 3, (value ->> 4)::boolean
			FROM json_array_elements(CAST(?1 AS json))`
	}
	now := int64(instant.Now())
	for some := range slices.Chunk(append(t.logged(), t.edges...), logBatch) {
		rows := make([][5]any, len(some))
		for i, e := range some {
			id, err := uuid.NewV7()
			if err != nil {
				return err
			}
			rows[i] = [5]any{id, e.Item, e.Person, e.Before, e.RoundRobin}
		}
		if err := t.exec(ctx, query, asJSON(rows), now, t.Account, seq, t.ByJob); err != nil {
			return fmt.Errorf("logging visibility: %w", err)
		}
	}
	return nil
}

// logBatch is how many events one statement inserts.
const logBatch = 5000

func (t *Tx) exec(ctx context.Context, query string, args ...any) error {
	_, err := t.ExecContext(ctx, store.Rebind(t.Dialect, query), args...)
	return err
}

// asJSON writes a list of ids and numbers as the JSON that statements read: one for any number of rows.
func asJSON(list any) string {
	text, err := json.Marshal(list)
	if err != nil {
		panic(err) // there is nothing in it that JSON has not
	}
	return string(text)
}

// sorted returns the keys in one order everywhere, so that two commits lock the same rows in turn.
func sorted[V any](byID map[uuid.UUID]V) []uuid.UUID {
	return slices.SortedFunc(maps.Keys(byID), compareIDs)
}

func compareIDs(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }
