package library

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// margin is how much longer than Kept an item stays in the bin, so that clocks of several nodes may differ
// and a restore at the last minute never meets the emptying.
const margin = 24 * time.Hour

// Bin holds the deleted items and erases the content of those that nobody can restore any more. It is safe
// for concurrent use, also by several nodes at once.
type Bin struct {
	feed  *feed.Feed
	store *store.Store
	log   *slog.Logger
}

// NewBin returns the bin of all accounts.
func NewBin(f *feed.Feed, s *store.Store, log *slog.Logger) *Bin { return &Bin{f, s, log} }

// Run empties the bin at once and then daily until ctx ends, and returns nil. A failure is logged and tried
// again the next day.
func (b *Bin) Run(ctx context.Context) error {
	tick := time.NewTicker(24 * time.Hour)
	defer tick.Stop()
	for {
		if _, err := b.Empty(ctx, instant.Now().Add(-Kept-margin)); err != nil && ctx.Err() == nil {
			b.log.ErrorContext(ctx, "deleted items could not be erased", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Empty erases the name, content and rows of the items deleted before a moment, in transactions of bounded
// size, and returns how many items it erased. The item's own row stays, nameless, as long as the feed needs
// it. A campaign that named an erased list is recorded as changed. Stopped half-way, it goes on where it
// stopped.
func (b *Bin) Empty(ctx context.Context, before instant.Instant) (int, error) {
	ctx = viewer.System(ctx, "erasing what was deleted long ago, in every account")
	for erased := 0; ; {
		due, err := b.store.Client().Item.Query().
			Where(item.DeletedAtGT(0), item.DeletedAtLT(before), item.NameNEQ("")).
			Order(item.ByDeletedAt()).Limit(100).
			Select(item.FieldID, item.FieldAccountID, item.FieldKind).All(ctx)
		if err != nil || len(due) == 0 {
			return erased, err
		}
		for _, it := range due {
			if err := b.erase(ctx, it, before); err != nil {
				return erased, fmt.Errorf("erasing item %s: %w", it.ID, err)
			}
			erased++
		}
	}
}

// errRestored says that an item is no longer in the bin.
var errRestored = errors.New("library: the item was restored")

func (b *Bin) erase(ctx context.Context, it *ent.Item, before instant.Instant) error {
	err := b.eraseRows(ctx, it, before)
	if err == nil {
		err = b.within(ctx, it, before, func(ctx context.Context, tx *feed.Tx) error { return blank(ctx, tx, it) })
	}
	if errors.Is(err, errRestored) {
		return nil
	}
	return err
}

// eraseRows deletes the rows of an item, and the memory of rows that went before, some at a time.
func (b *Bin) eraseRows(ctx context.Context, it *ent.Item, before instant.Instant) error {
	const tombstones = `DELETE FROM row_tombstones WHERE id IN (SELECT id FROM row_tombstones WHERE item_id = ? LIMIT ?)`
	rows := map[item.Kind]string{
		item.KindCampaign:    `DELETE FROM leads WHERE id IN (SELECT id FROM leads WHERE campaign_id = ? LIMIT ?)`,
		item.KindContactList: `DELETE FROM contacts WHERE id IN (SELECT id FROM contacts WHERE list_id = ? LIMIT ?)`,
		item.KindBlacklist:   `DELETE FROM blacklist_entries WHERE id IN (SELECT id FROM blacklist_entries WHERE blacklist_id = ? LIMIT ?)`,
	}[it.Kind]
	queries := []string{rows, tombstones}
	for _, of := range []string{"job_parts", "job_failures"} { // rows of files that were to come in
		queries = append(queries, `DELETE FROM `+of+` WHERE id IN (SELECT id FROM `+of+` WHERE job_id IN (SELECT id FROM jobs WHERE item_id = ?) LIMIT ?)`)
	}
	for _, query := range queries {
		for more := query != ""; more; {
			err := b.within(ctx, it, before, func(ctx context.Context, tx *feed.Tx) error {
				result, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, query), it.ID, batch)
				if err != nil {
					return err
				}
				n, err := result.RowsAffected()
				more = n == batch
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// within runs fn in a transaction on an item that is still in the bin, and locked.
func (b *Bin) within(ctx context.Context, it *ent.Item, before instant.Instant, fn func(context.Context, *feed.Tx) error) error {
	return b.feed.Write(ctx, it.AccountID, func(ctx context.Context, tx *feed.Tx) error {
		if err := sharing.Lock(ctx, tx, it.ID); err != nil {
			return err
		}
		due, err := tx.Item.Query().
			Where(item.ID(it.ID), item.DeletedAtGT(0), item.DeletedAtLT(before)).Exist(ctx)
		if err != nil {
			return err
		}
		if !due {
			return errRestored
		}
		tx.Changed(it.ID)
		return fn(ctx, tx)
	})
}

// blank erases the content of an item whose rows are gone, and what names it.
func blank(ctx context.Context, tx *feed.Tx, it *ent.Item) error {
	for _, r := range references() {
		if r.kind != it.Kind {
			continue
		}
		campaigns, err := r.naming(ctx, tx, it.ID)
		if err != nil {
			return err
		}
		for _, id := range campaigns {
			tx.Changed(id)
		}
	}
	content := map[item.Kind]string{
		item.KindCampaign: "campaigns", item.KindTemplate: "templates",
		item.KindContactList: "contact_lists", item.KindBlacklist: "blacklists",
	}[it.Kind]
	if _, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, `DELETE FROM `+content+` WHERE id = ?`), it.ID); err != nil {
		return fmt.Errorf("deleting the content: %w", err)
	}
	return tx.Item.UpdateOneID(it.ID).SetName("").SetNameKey("").ClearFieldVersions().
		SetRowsCount(0).SetRowsDigestA(0).SetRowsDigestB(0).Exec(ctx)
}
