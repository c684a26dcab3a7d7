package push

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/store"
)

const (
	// Kept is for how long a mutation whose answer has arrived is remembered: a copy of the files of a desktop that
	// pushes it again until then does nothing twice.
	Kept = 90 * 24 * time.Hour
	// LongestKept is for how long one is remembered whose answer was never acknowledged, such as the last of a desktop
	// that was given up.
	LongestKept = 400 * 24 * time.Hour
)

// Run forgets what has outlived its keeping, at once and then daily, until ctx ends, and returns nil. A failure is
// logged and tried again the next day.
func (p *Push) Run(ctx context.Context, log *slog.Logger) error {
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	for {
		if _, err := p.Forget(ctx, instant.Now()); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "old mutations could not be forgotten", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-day.C:
		}
	}
}

// Forget removes the mutations of all replicas that have outlived their keeping at a moment, some at a time, and
// returns how many. The replicas and their numbers stay: a number that is not remembered must not look new.
func (p *Push) Forget(ctx context.Context, now instant.Instant) (forgotten int64, err error) {
	const some = 5000
	query := store.Rebind(p.store.Dialect(), `DELETE FROM applied_mutations WHERE id IN (
		SELECT m.id FROM applied_mutations m JOIN replicas r ON r.id = m.replica_id
		WHERE m.created_at < ? AND (m.number <= r.acknowledged OR m.created_at < ?) ORDER BY m.created_at LIMIT ?)`)
	for {
		var n int64
		err := p.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
			result, err := tx.ExecContext(ctx, query, int64(now.Add(-Kept)), int64(now.Add(-LongestKept)), some)
			if err != nil {
				return err
			}
			n, err = result.RowsAffected()
			return err
		})
		if err != nil {
			return forgotten, fmt.Errorf("forgetting mutations: %w", err)
		}
		if forgotten += n; n < some {
			return forgotten, nil
		}
	}
}
