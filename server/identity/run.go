package identity

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/session"
	"github.com/partage-mail/partage/server/store"
)

// Run notes which sessions are in use and deletes, each hour, what has expired. It returns nil when ctx
// ends. Without it sessions end thirty days after they began.
func (i *Identity) Run(ctx context.Context) error {
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case t := <-i.touched:
			i.step(ctx, func() error { return i.note(ctx, t) })
		case <-hourly.C:
			i.step(ctx, func() error { _, err := i.Clean(ctx); return err })
		}
	}
}

func (i *Identity) step(ctx context.Context, f func() error) {
	if err := f(); err != nil && ctx.Err() == nil {
		i.log.ErrorContext(ctx, "keeping sessions", "error", err)
	}
}

// note writes the last use of a session and of all others that wait, and that their people were in the accounts they opened.
func (i *Identity) note(ctx context.Context, first touch) error {
	used := map[uuid.UUID]touch{first.id: first}
	for more := true; more; {
		select {
		case t := <-i.touched:
			used[t.id] = t
		default:
			more = false
		}
	}
	return i.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		for _, t := range used {
			// Whoever deactivates a person locks them first, too, and then their sessions.
			err := tx.Collaborator.Update().Where(collaborator.ID(t.collaborator), collaborator.LastVisitAtLT(t.used)).
				SetLastVisitAt(t.used).Exec(ctx)
			if err != nil {
				return fmt.Errorf("noting a visit: %w", err)
			}
			err = tx.Session.Update().Where(session.ID(t.id), session.LastUsedAtLT(t.used)).
				SetLastUsedAt(t.used).SetExpiresAt(t.expires).Exec(ctx)
			if err != nil {
				return fmt.Errorf("noting the use of a session: %w", err)
			}
		}
		return nil
	})
}

// Clean deletes expired sessions, links that were used or have expired, and counts of tries whose time is
// over, in bounded batches. It returns how many rows went. Run calls it.
func (i *Identity) Clean(ctx context.Context) (deleted int, err error) {
	now := i.instant()
	for _, old := range []struct {
		table, where string
		args         []any
	}{
		{"sessions", "expires_at <= ?", []any{int64(now)}},
		{"one_time_tokens", "expires_at <= ?", []any{int64(now)}},
		{"login_throttles", "window_ends_at <= ? AND blocked_until <= ?", []any{int64(now), int64(now)}},
	} {
		n, err := i.cleanTable(ctx, old.table, old.where, old.args)
		deleted += n
		if err != nil {
			return deleted, err
		}
	}
	return deleted, nil
}

func (i *Identity) cleanTable(ctx context.Context, table, where string, args []any) (deleted int, err error) {
	const batch = 500
	query := store.Rebind(i.store.Dialect(), fmt.Sprintf(
		`DELETE FROM %[1]s WHERE id IN (SELECT id FROM %[1]s WHERE %[2]s LIMIT %[3]d)`, table, where, batch))
	for {
		var n int64
		err := i.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
			result, err := tx.ExecContext(ctx, query, args...)
			if err != nil {
				return fmt.Errorf("cleaning %s: %w", table, err)
			}
			n, err = result.RowsAffected()
			return err
		})
		deleted += int(n)
		if err != nil || n < batch {
			return deleted, err
		}
	}
}
