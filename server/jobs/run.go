package jobs

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

const (
	// workers is how many accounts' jobs one node runs at once.
	workers = 2
	// poll is how often a worker looks without being woken: jobs of other nodes, and second tries.
	poll = time.Second
	// lease is for how long a claim keeps other nodes away: much longer than a step takes.
	lease = time.Minute
	// turn is for how long a job goes on before those of other accounts have theirs.
	turn = 2 * time.Second
	// tries is how often a step is tried; the waits between them are 1, 4, 9, … seconds, minutes in all.
	tries = 9
)

// errLost is a job that is not this node's any more: cancelled, or taken over.
var errLost = errors.New("the job was cancelled or taken over")

// Run does jobs until ctx ends, and then returns nil. A database that does not answer is logged and asked again.
func (q *Queue) Run(ctx context.Context) error {
	if q.store.Dialect() == dialect.SQLite { // of one process: whoever held a claim is dead
		err := q.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
			return tx.Job.Update().Where(job.StateEQ(job.StateRunning)).SetClaimEndsAt(0).Exec(asQueue(ctx))
		})
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("giving claims back: %w", err)
		}
	}
	var g errgroup.Group
	for range workers {
		g.Go(func() error {
			q.work(ctx)
			return nil
		})
	}
	g.Go(func() error {
		q.forgetDaily(ctx)
		return nil
	})
	return g.Wait()
}

// Drain does the jobs that are ready, in the caller's goroutine, and returns when there is none.
func (q *Queue) Drain(ctx context.Context) error {
	for {
		j, err := q.claim(ctx)
		if err != nil || j == nil {
			return err
		}
		q.do(ctx, *j)
	}
}

func (q *Queue) work(ctx context.Context) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		j, err := q.claim(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			q.log.ErrorContext(ctx, "jobs are held up", "error", err)
		case j != nil:
			q.Wake() // another worker may find one of another account
			q.do(ctx, *j)
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-q.woken:
		}
	}
}

// claim takes the first job of an account that nobody works on, or none.
func (q *Queue) claim(ctx context.Context) (*Job, error) {
	const ready = `SELECT j.id FROM jobs j WHERE j.state IN ('queued', 'running') AND j.run_at <= ? AND j.claim_ends_at <= ?
		AND NOT EXISTS (SELECT 1 FROM jobs o WHERE o.account_id = j.account_id AND o.state IN ('queued', 'running') AND o.number < j.number)
		ORDER BY j.run_at, j.id LIMIT 1`
	now := q.instant()
	ids, err := column(ctx, q.store.Client(), q.store.Dialect(), ready, int64(now), int64(now))
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	skip := ""
	if q.store.Dialect() == dialect.Postgres {
		skip = " FOR UPDATE SKIP LOCKED"
	}
	var j *Job
	err = q.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		j = nil
		rows, err := tx.QueryContext(ctx, store.Rebind(q.store.Dialect(), `UPDATE jobs SET tries = CASE WHEN state = 'running' THEN tries + 1 ELSE tries END, state = 'running', claimed_by = ?, claim_ends_at = ?,
			started_at = CASE WHEN started_at = 0 THEN ? ELSE started_at END WHERE id IN (`+ready+skip+`) RETURNING id, account_id`),
			q.node, int64(now.Add(lease)), int64(now), int64(now), int64(now))
		if err != nil {
			return fmt.Errorf("claiming a job: %w", err)
		}
		defer rows.Close()
		if rows.Next() {
			j = &Job{}
			if err := rows.Scan(&j.ID, &j.Account); err != nil {
				return fmt.Errorf("claiming a job: %w", err)
			}
		}
		return rows.Err()
	})
	if err != nil {
		return nil, err
	}
	return j, nil
}

// do runs the steps of a claimed job until it ends, is lost, has to wait, or has had its turn.
func (q *Queue) do(ctx context.Context, j Job) {
	began := q.now()
	for more := true; more && ctx.Err() == nil; {
		if q.now().Sub(began) > turn {
			// Behind those that wait already: the first of an account is claimed in the order of run_at.
			if err := q.update(ctx, j, `state = 'queued', claim_ends_at = 0, run_at = ?`, int64(q.instant())); err != nil && ctx.Err() == nil {
				q.log.ErrorContext(ctx, "passing the turn on", "job", j.ID, "error", err)
			}
			return
		}
		var err error
		more, err = q.step(ctx, j)
		if err != nil && ctx.Err() == nil && !errors.Is(err, errLost) {
			q.failed(ctx, j, err)
		}
		more = more && err == nil
		q.broker.Wake(j.ID, int64(q.instant()))
	}
	if ctx.Err() != nil {
		// Others need not wait for the claim to end.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = q.update(ctx, j, `state = 'queued', claim_ends_at = 0`)
	}
}

// step does one step and notes it, in one transaction.
func (q *Queue) step(ctx context.Context, j Job) (more bool, err error) {
	err = q.feed.Write(ctx, j.Account, func(ctx context.Context, tx *feed.Tx) error {
		row, err := q.hold(ctx, tx, j.ID)
		if err != nil {
			return err
		}
		if row.Tries >= tries { // each try ended its process
			return givenUp()
		}
		handle, known := q.handlers[Kind(row.Kind)]
		if !known {
			return fault.New(fault.Unavailable, "This server does not know the work %q.", row.Kind)
		}
		task := row.job()
		part, data, err := next(ctx, tx, j.ID)
		if err != nil {
			return err
		}
		task.Part = data
		s, err := safely(ctx, tx, handle, task)
		if err != nil {
			return err
		}
		more = s.More || part > 0
		return q.note(ctx, tx, row, part, s)
	})
	return more, err
}

// safely runs a handler. A panic is an error like any other: it ends neither the process nor the other jobs.
func safely(ctx context.Context, tx *feed.Tx, handle Handler, j Job) (s Step, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a step of a job panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return handle(ctx, tx, j)
}

// givenUp is why a job failed that was tried too often.
func givenUp() *fault.Fault {
	return fault.New(fault.Conflict, "Something went wrong on our side, also when it was tried again.")
}

// sentence is how long a stored one can be, in runes.
const sentence = 500

// failed notes that a step did not succeed: a fault ends the job, anything else is tried again later.
func (q *Queue) failed(ctx context.Context, j Job, cause error) {
	var err error
	if f := fault.As(cause); f != nil && f.Kind != fault.Unavailable {
		err = q.update(ctx, j, `state = 'failed', reason = ?, finished_at = ?`, fault.Keep(f, sentence), int64(q.instant()))
	} else {
		q.log.ErrorContext(ctx, "a step of a job failed", "job", j.ID, "error", cause)
		err = q.update(ctx, j, `tries = tries + 1, claim_ends_at = 0, run_at = ? + 1000000 * (tries + 1) * (tries + 1),
			state = CASE WHEN tries + 1 >= ? THEN 'failed' ELSE 'queued' END,
			finished_at = CASE WHEN tries + 1 >= ? THEN ? ELSE finished_at END,
			reason = CASE WHEN tries + 1 >= ? THEN ? ELSE reason END`,
			int64(q.instant()), tries, tries, int64(q.instant()), tries, fault.Keep(givenUp(), sentence))
	}
	if err != nil && ctx.Err() == nil {
		q.log.ErrorContext(ctx, "noting a job's failure", "job", j.ID, "error", err)
	}
}

// update changes a job that this node works on.
func (q *Queue) update(ctx context.Context, j Job, set string, args ...any) error {
	return q.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, store.Rebind(q.store.Dialect(),
			`UPDATE jobs SET `+set+` WHERE id = ? AND claimed_by = ? AND state = 'running'`), append(args, j.ID, q.node)...)
		return err
	})
}

func column(ctx context.Context, c *ent.Client, dialectName, query string, args ...any) ([]uuid.UUID, error) {
	rows, err := c.QueryContext(ctx, store.Rebind(dialectName, query), args...)
	if err != nil {
		return nil, fmt.Errorf("looking for a job: %w", err)
	}
	defer rows.Close()
	var ids []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("looking for a job: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
