package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/job"
)

// Keep is how long a job that has ended is kept, with its failures and what it did not come to.
const Keep = 90 * 24 * time.Hour

func (q *Queue) forgetDaily(ctx context.Context) {
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	for {
		if err := q.Forget(ctx, q.instant().Add(-Keep)); err != nil && ctx.Err() == nil {
			q.log.ErrorContext(ctx, "old jobs could not be forgotten", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-day.C:
		}
	}
}

// Forget removes the jobs of all accounts that ended before a moment.
func (q *Queue) Forget(ctx context.Context, before instant.Instant) error {
	return q.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.Job.Delete().Where(job.FinishedAtGT(0), job.FinishedAtLT(before)).Exec(asQueue(ctx))
		if err != nil {
			return fmt.Errorf("forgetting jobs: %w", err)
		}
		return nil
	})
}
