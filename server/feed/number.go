package feed

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/store"
)

func (t *Tx) empty() bool {
	return !t.settings && len(t.items) == 0 && len(t.people) == 0 && len(t.rows) == 0 && len(t.events) == 0
}

// number takes the account's next change number and stamps it on all that was recorded. The account's
// row is locked from here to the commit: nothing slow may follow.
func (t *Tx) number(ctx context.Context) (seq int64, err error) {
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
	for _, item := range sorted(t.rows) {
		err := t.exec(ctx, `UPDATE items SET rows_seq = ?, rows_count = rows_count + ? WHERE id = ?`,
			seq, t.rows[item].added, item)
		if err != nil {
			return 0, err
		}
	}
	if err := t.log(ctx, seq); err != nil {
		return 0, err
	}
	if err := t.stampEdges(ctx, seq); err != nil {
		return 0, err
	}
	// The nonce goes last: tests hang their check of a whole commit on it.
	return seq, t.FeedCommit.Create().SetAccountID(t.Account).SetSeq(seq).SetNonce(rand.Int64()).Exec(ctx)
}

// stamp sets the position of rows of a table that has a seq.
func (t *Tx) stamp(ctx context.Context, table string, seq int64, ids []uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	if len(ids) == 1 {
		return t.exec(ctx, `UPDATE `+table+` SET seq = ? WHERE id = ?`, seq, ids[0])
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	each := `SELECT value FROM json_each(?)`
	if t.Dialect == dialect.Postgres {
		each = `SELECT value::uuid FROM json_array_elements_text(CAST(? AS json))`
	}
	return t.exec(ctx, `UPDATE `+table+` SET seq = ? WHERE id IN (`+each+`)`, seq, string(list))
}

// log appends the visibility events of the commit.
func (t *Tx) log(ctx context.Context, seq int64) error {
	keys := slices.SortedFunc(maps.Keys(t.events), func(a, b eventKey) int {
		if c := compareIDs(a.item, b.item); c != 0 {
			return c
		}
		return compareIDs(a.person, b.person)
	})
	for some := range slices.Chunk(keys, batch) {
		builders := make([]*ent.VisibilityEventCreate, len(some))
		for i, k := range some {
			builders[i] = t.VisibilityEvent.Create().SetAccountID(t.Account).SetSeq(seq).
				SetItemID(k.item).SetCollaboratorID(k.person).SetBefore(t.events[k])
		}
		if err := t.VisibilityEvent.CreateBulk(builders...).Exec(ctx); err != nil {
			return fmt.Errorf("logging visibility: %w", err)
		}
	}
	return nil
}

func (t *Tx) exec(ctx context.Context, query string, args ...any) error {
	_, err := t.ExecContext(ctx, store.Rebind(t.Dialect, query), args...)
	return err
}

// sorted returns the keys in one order everywhere, so that two commits lock the same rows in turn.
func sorted[V any](byID map[uuid.UUID]V) []uuid.UUID {
	return slices.SortedFunc(maps.Keys(byID), compareIDs)
}

func compareIDs(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }
