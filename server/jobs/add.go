package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

// partSize is how many parts of a job a step is given at once.
const partSize = 500

// Request is work that somebody asks for.
type Request struct {
	Kind Kind
	// AskedBy is the collaborator who asks; zero for the server itself.
	AskedBy uuid.UUID
	// Item is the item it works on; zero where it is not one.
	Item uuid.UUID
	// UndoOf is the job that it undoes; zero if none.
	UndoOf uuid.UUID
	// What is the kind's own input, stored as JSON.
	What any
	// Total is how many parts there are.
	Total int64
	// Parts are handed to the steps, some hundred at a time, before anything else.
	Parts []json.RawMessage

	retryOf    uuid.UUID
	checkpoint string
}

// Add queues a job behind those of the transaction's account, and returns its id. From here to the commit the account's
// row is locked, so it comes last. Call Wake after the commit.
func (q *Queue) Add(ctx context.Context, tx *feed.Tx, r Request) (uuid.UUID, error) {
	what, err := json.Marshal(r.What)
	if err != nil {
		return uuid.Nil, fmt.Errorf("adding a job: %w", err)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, err
	}
	var number, seq int64
	err = tx.QueryRow(ctx, `UPDATE accounts SET job_count = job_count + 1 WHERE id = ? RETURNING job_count, seq`, []any{tx.Account}, &number, &seq)
	if err != nil {
		return uuid.Nil, fmt.Errorf("numbering a job: %w", err)
	}
	err = tx.Job.Create().SetID(id).SetAccountID(tx.Account).SetNumber(number).SetAfterSeq(seq).SetKind(string(r.Kind)).
		SetWhat(string(what)).SetCheckpoint(r.checkpoint).SetTotal(r.Total).SetRunAt(q.instant()).
		SetNillableAskedBy(known(r.AskedBy)).SetNillableItemID(known(r.Item)).
		SetNillableRetryOf(known(r.retryOf)).SetNillableUndoOf(known(r.UndoOf)).Exec(ctx)
	if err != nil {
		return uuid.Nil, fmt.Errorf("adding a job: %w", err)
	}
	return id, addParts(ctx, tx, id, 0, r.Parts)
}

// addParts stores parts behind those up to a number.
func addParts(ctx context.Context, tx *feed.Tx, id uuid.UUID, after int64, parts []json.RawMessage) error {
	var rows []*ent.JobPartCreate
	for some := range slices.Chunk(parts, partSize) {
		data, err := json.Marshal(some)
		if err != nil {
			return fmt.Errorf("adding parts: %w", err)
		}
		after++
		rows = append(rows, tx.JobPart.Create().SetJobID(id).SetNumber(after).SetData(string(data)))
	}
	for some := range slices.Chunk(rows, 100) {
		if err := tx.JobPart.CreateBulk(some...).Exec(ctx); err != nil {
			return fmt.Errorf("adding parts: %w", err)
		}
	}
	return nil
}

func (q *Queue) exec(ctx context.Context, tx *feed.Tx, query string, args ...any) error {
	_, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, query), args...)
	return err
}

func known(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
