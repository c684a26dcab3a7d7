package jobs

import (
	"context"
	"encoding/json"
	"fmt"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/ent/jobfailure"
	"github.com/partage-mail/partage/ent/jobpart"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
)

// Cancel ends a job that the person in the context asked for or, for an owner, any of the account. What was applied
// stays. A job they do not see is NotFound, one that has ended a Conflict.
func (q *Queue) Cancel(ctx context.Context, id uuid.UUID) error {
	v, err := sharing.From(ctx)
	if err != nil {
		return err
	}
	err = q.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		row, err := Lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if Ended(row) {
			return fault.New(fault.Conflict, "This has ended already.")
		}
		tx.Note(audit.Line{Verb: audit.JobCancelled, Actor: v.Collaborator, Detail: Told(row)})
		return tx.Job.UpdateOne(row).SetState(job.StateCancelled).SetFinishedAt(q.instant()).Exec(ctx)
	})
	if err == nil {
		q.broker.Wake(id, int64(q.instant()))
		q.Wake()
	}
	return err
}

// Retry does what an ended job did not come to, and the parts that failed, as a new job, and returns its id. It is for
// people who might still ask for such a job, of those that Cancel is for. Where nothing is left, or it was retried or undone already, it is a Conflict.
func (q *Queue) Retry(ctx context.Context, id uuid.UUID) (again uuid.UUID, err error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	err = q.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		row, err := Lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if right := q.rights[Kind(row.Kind)]; right != nil {
			if err := right(ctx, tx, row); err != nil {
				return err
			}
		}
		if err := retriable(ctx, tx, row); err != nil {
			return err
		}
		tx.Note(audit.Line{Verb: audit.JobRetried, Actor: v.Collaborator, Detail: Told(row)})
		again, err = q.repeat(ctx, tx, row, v.Collaborator)
		return err
	})
	if err == nil {
		q.Wake()
	}
	return again, err
}

func retriable(ctx context.Context, tx *feed.Tx, row *ent.Job) error {
	if !Ended(row) {
		return fault.New(fault.Conflict, "This has not ended yet.")
	}
	if row.Total == row.Done {
		return fault.New(fault.Conflict, "Nothing is left to be done.")
	}
	again, err := tx.Job.Query().Where(job.Or(job.RetryOf(row.ID), job.UndoOf(row.ID))).Exist(asQueue(ctx))
	if err != nil {
		return fmt.Errorf("looking for a retry: %w", err)
	}
	if again {
		return fault.New(fault.Conflict, "This was retried or undone already.")
	}
	return nil
}

// repeat adds the job that does what is left of another one: its failed parts, then the parts it did not come to.
func (q *Queue) repeat(ctx context.Context, tx *feed.Tx, row *ent.Job, by uuid.UUID) (uuid.UUID, error) {
	failures, err := tx.JobFailure.Query().Where(jobfailure.JobID(row.ID)).Order(jobfailure.ByNumber()).All(asQueue(ctx))
	if err != nil {
		return uuid.Nil, fmt.Errorf("reading failures: %w", err)
	}
	r := Request{
		Kind: Kind(row.Kind), AskedBy: by, What: json.RawMessage(row.What), Total: row.Total - row.Done,
		retryOf: row.ID, checkpoint: row.Checkpoint,
	}
	if row.ItemID != nil {
		r.Item = *row.ItemID
	}
	if row.UndoOf != nil {
		r.UndoOf = *row.UndoOf
	}
	for _, f := range failures {
		r.Parts = append(r.Parts, json.RawMessage(f.What))
	}
	again, err := q.Add(ctx, tx, r)
	if err != nil {
		return uuid.Nil, err
	}
	// Numbers of the parts that move are above those of the failures, since no more failed than there were parts.
	err = q.exec(ctx, tx, `UPDATE job_parts SET job_id = ?, number = number + ? WHERE job_id = ?`, again, len(failures), row.ID)
	if err != nil {
		return uuid.Nil, fmt.Errorf("moving parts: %w", err)
	}
	return again, nil
}

// Lock locks a job of the account that the person in the context sees, or answers the NotFound fault.
func Lock(ctx context.Context, tx *feed.Tx, id uuid.UUID) (*ent.Job, error) {
	query := tx.Job.Query().Where(job.ID(id))
	if tx.Dialect == dialect.Postgres {
		query.ForUpdate()
	}
	row, err := query.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("job")
	}
	if err != nil {
		return nil, fmt.Errorf("locking a job: %w", err)
	}
	return row, nil
}

// Ended reports whether nothing more is done for a job.
func Ended(row *ent.Job) bool { return row.State != job.StateQueued && row.State != job.StateRunning }

// Told is what the history tells of a job.
func Told(row *ent.Job) map[string]string {
	return map[string]string{
		"job": fmt.Sprint(row.Number), "kind": row.Kind, "done": fmt.Sprint(row.Done), "left": fmt.Sprint(row.Total - row.Done - row.Failed),
	}
}

// next returns the number and the content of the first part that a job still has; 0 where it has none.
func next(ctx context.Context, tx *feed.Tx, id uuid.UUID) (number int64, part []json.RawMessage, err error) {
	row, err := tx.JobPart.Query().Where(jobpart.JobID(id)).Order(jobpart.ByNumber()).First(asQueue(ctx))
	if ent.IsNotFound(err) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, fmt.Errorf("reading a part: %w", err)
	}
	if err := json.Unmarshal([]byte(row.Data), &part); err != nil {
		return 0, nil, fmt.Errorf("reading a part: %w", err)
	}
	return row.Number, part, nil
}
