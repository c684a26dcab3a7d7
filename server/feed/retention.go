package feed

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/store"
)

const (
	// KeepEvents is how long the visibility log and the nonces of commits are kept: a desktop that was
	// away for longer reads the workspace again from the start.
	KeepEvents = 90 * 24 * time.Hour
	// KeepRows is how long the tombstones of contacts and blacklist entries are kept: a desktop that was
	// away for longer reads the list again from the start.
	KeepRows = 30 * 24 * time.Hour
)

// Run forgets what has outlived its keeping, once a day, and settles edges, until the context ends, and
// returns nil. A failure is logged and tried again the next time.
func (f *Feed) Run(ctx context.Context, log *slog.Logger) error {
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	try := func(what string, err error) {
		if err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, what, "error", err)
		}
	}
	try("the feed's old entries could not be forgotten", f.ForgetAll(ctx, instant.Now()))
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-day.C:
			try("the feed's old entries could not be forgotten", f.ForgetAll(ctx, instant.Now()))
		case account := <-f.unsettled:
			try("an account's edges could not be settled", f.Settle(ctx, account))
		}
	}
}

// ForgetAll forgets, in every account, what has outlived its keeping at the given moment.
func (f *Feed) ForgetAll(ctx context.Context, now instant.Instant) error {
	ids, err := f.store.Client().Account.Query().Order(account.ByID()).
		IDs(viewer.System(ctx, "old entries of every account's feed are removed"))
	if err != nil {
		return fmt.Errorf("listing accounts: %w", err)
	}
	for _, id := range ids {
		if err := f.Forget(ctx, id, now.Add(-KeepEvents), now.Add(-KeepRows)); err != nil {
			return err
		}
	}
	return nil
}

// Forget removes an account's visibility events, nonces and deleted items from before one moment, and
// tombstones of rows from before another. Cursors that would need them expire.
func (f *Feed) Forget(ctx context.Context, id uuid.UUID, events, rows instant.Instant) error {
	return f.Write(ctx, id, func(ctx context.Context, tx *Tx) error {
		for _, q := range []struct {
			query string
			args  []any
		}{
			{`UPDATE accounts SET horizon = coalesce((SELECT max(seq) FROM feed_commits
				WHERE account_id = ?1 AND created_at < ?2), horizon) WHERE id = ?1`, []any{id, int64(events)}},
			{`DELETE FROM visibility_events WHERE account_id = ?1
				AND seq <= (SELECT horizon FROM accounts WHERE id = ?1)`, []any{id}},
			{`DELETE FROM feed_commits WHERE account_id = ?1
				AND seq < (SELECT horizon FROM accounts WHERE id = ?1)`, []any{id}},
		} {
			if _, err := tx.ExecContext(ctx, store.Rebind(f.store.Dialect(), q.query), q.args...); err != nil {
				return fmt.Errorf("forgetting old entries: %w", err)
			}
		}
		if err := tx.pointersChanged(ctx, events); err != nil {
			return fmt.Errorf("finding what points at deleted items: %w", err)
		}
		for _, q := range []struct {
			query string
			args  []any
		}{
			{`DELETE FROM items WHERE account_id = ?1 AND deleted_at > 0 AND deleted_at < ?2
				AND NOT EXISTS (SELECT 1 FROM visibility_events v WHERE v.item_id = items.id)`, []any{id, int64(events)}},
			{`UPDATE items SET rows_floor = (SELECT max(t.row_seq) FROM row_tombstones t
					WHERE t.item_id = items.id AND t.created_at < ?2)
				WHERE account_id = ?1 AND id IN (SELECT item_id FROM row_tombstones
					WHERE account_id = ?1 AND created_at < ?2)`, []any{id, int64(rows)}},
			{`DELETE FROM row_tombstones WHERE account_id = ?1
				AND row_seq <= (SELECT rows_floor FROM items i WHERE i.id = row_tombstones.item_id)`, []any{id}},
			{`DELETE FROM row_tombstones WHERE account_id = ?1
				AND NOT EXISTS (SELECT 1 FROM items i WHERE i.id = row_tombstones.item_id)`, []any{id}},
		} {
			if _, err := tx.ExecContext(ctx, store.Rebind(f.store.Dialect(), q.query), q.args...); err != nil {
				return fmt.Errorf("forgetting old entries: %w", err)
			}
		}
		return nil
	})
}

// pointersChanged records the campaigns that point at lists and blacklists which Forget is about to erase:
// what is shown of them changes, and copies that are up to date must learn it.
func (t *Tx) pointersChanged(ctx context.Context, before instant.Instant) error {
	const erased = `items.account_id = ?1 AND items.deleted_at > 0 AND items.deleted_at < ?2
		AND NOT EXISTS (SELECT 1 FROM visibility_events v WHERE v.item_id = items.id)`
	rows, err := t.QueryContext(ctx, store.Rebind(t.Dialect, `
		SELECT p.campaign_id FROM campaign_lists p JOIN items ON items.id = p.contact_list_id WHERE `+erased+` UNION
		SELECT p.campaign_id FROM campaign_blacklists p JOIN items ON items.id = p.blacklist_id WHERE `+erased),
		t.Account, int64(before))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var campaign uuid.UUID
		if err := rows.Scan(&campaign); err != nil {
			return err
		}
		t.Changed(campaign)
	}
	return rows.Err()
}
