package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/ent/jobpart"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// row is a job that this node works on, locked.
type row struct{ *ent.Job }

func (r row) job() Job {
	return Job{
		ID: r.ID, Account: r.AccountID, Number: r.Number, AfterSeq: r.AfterSeq, Kind: Kind(r.Kind),
		AskedBy: value(r.AskedBy), Item: value(r.ItemID), UndoOf: value(r.UndoOf),
		What: json.RawMessage(r.What), Checkpoint: r.Checkpoint,
	}
}

func value(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

// hold locks a job that this node works on until the transaction ends, or answers errLost.
func (q *Queue) hold(ctx context.Context, tx *feed.Tx, id uuid.UUID) (row, error) {
	query := tx.Job.Query().Where(job.ID(id), job.ClaimedBy(q.node), job.StateEQ(job.StateRunning))
	if tx.Dialect == dialect.Postgres {
		query.ForUpdate()
	}
	found, err := query.Only(asQueue(ctx))
	if ent.IsNotFound(err) {
		return row{}, errLost
	}
	if err != nil {
		return row{}, fmt.Errorf("holding a job: %w", err)
	}
	return row{found}, nil
}

// note records what a step did; part is the number of the part it was given, 0 if none.
func (q *Queue) note(ctx context.Context, tx *feed.Tx, r row, part int64, s Step) error {
	outcome, err := r.with(s.Outcome)
	if err != nil {
		return err
	}
	change := tx.Job.UpdateOneID(r.ID).SetCheckpoint(s.Checkpoint).SetOutcome(outcome).SetTries(0).
		AddDone(s.Done).AddFailed(int64(len(s.Failures))).SetClaimEndsAt(q.instant().Add(lease))
	// What turned out to be more than was counted when the work was asked for is not to show as over 100 %.
	if sum := r.Done + r.Failed + s.Done + int64(len(s.Failures)); sum > r.Total {
		change.SetTotal(sum)
	}
	if !s.More && part == 0 {
		change.SetState(job.StateDone).SetFinishedAt(q.instant()).SetTotal(r.Done + r.Failed + s.Done + int64(len(s.Failures)))
	}
	if err := change.Exec(asQueue(ctx)); err != nil {
		return fmt.Errorf("noting a job's step: %w", err)
	}
	if part > 0 {
		if _, err := tx.JobPart.Delete().Where(jobpart.JobID(r.ID), jobpart.Number(part)).Exec(asQueue(ctx)); err != nil {
			return fmt.Errorf("removing a part: %w", err)
		}
	}
	return r.keep(ctx, tx, s.Failures)
}

// with returns the job's counts with more added.
func (r row) with(more map[string]int64) (string, error) {
	counts := make(map[string]int64)
	if err := json.Unmarshal([]byte(r.Outcome), &counts); err != nil {
		return "", fmt.Errorf("reading a job's counts: %w", err)
	}
	for name, n := range more {
		counts[name] += n
	}
	text, err := json.Marshal(counts)
	return string(text), err
}

// keep stores failures behind those that the job has.
func (r row) keep(ctx context.Context, tx *feed.Tx, failures []Failure) error {
	rows := make([]*ent.JobFailureCreate, len(failures))
	for i, f := range failures {
		what, err := json.Marshal(f.What)
		if err != nil {
			return fmt.Errorf("keeping a failure: %w", err)
		}
		rows[i] = tx.JobFailure.Create().SetJobID(r.ID).SetNumber(r.Failed + int64(i) + 1).SetWhat(string(what)).
			SetLabel(fault.Keep(f.Label, sentence)).SetReason(fault.Keep(f.Reason, sentence))
	}
	for some := range slices.Chunk(rows, 500) {
		if err := tx.JobFailure.CreateBulk(some...).Exec(ctx); err != nil {
			return fmt.Errorf("keeping failures: %w", err)
		}
	}
	return nil
}

func asQueue(ctx context.Context) context.Context {
	return viewer.System(ctx, "the queue works on jobs of all accounts")
}
