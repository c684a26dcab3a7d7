package mailing

import (
	"context"
	"fmt"
	"time"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/store"
)

// retention is for how long a mail is kept that was sent, given up or kept for the outbox.
const retention = 7 * 24 * time.Hour

// Clean deletes mails that nobody waits for any more, in bounded batches, and returns how many.
func (m *Mailing) Clean(ctx context.Context) (deleted int, err error) {
	const most = 500
	for {
		var n int
		err := m.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
			result, err := tx.ExecContext(ctx, store.Rebind(m.store.Dialect(), `DELETE FROM mails WHERE id IN (
				SELECT id FROM mails WHERE state IN ('sent', 'failed', 'kept') AND next_try_at < ? LIMIT ?)`),
				int64(m.instant().Add(-retention)), most)
			if err != nil {
				return fmt.Errorf("deleting old mails: %w", err)
			}
			count, err := result.RowsAffected()
			n = int(count)
			return err
		})
		deleted += n
		if err != nil || n < most {
			return deleted, err
		}
	}
}
