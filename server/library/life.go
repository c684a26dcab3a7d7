package library

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/merge"
	"github.com/partage-mail/partage/server/sharing"
)

// Archive puts an item aside, and leaves one that is aside as it is. It stays visible, and its version and
// content do not move. Faults: NotFound, Denied.
func (l *Library) Archive(ctx context.Context, id uuid.UUID) error {
	return l.dispose(ctx, id, func(ctx context.Context, tx *feed.Tx, it *ent.Item, _ uuid.UUID) error {
		return archive(ctx, tx, it, true)
	})
}

// Unarchive takes an item back, and leaves one that is not aside as it is. Faults: NotFound, Denied.
func (l *Library) Unarchive(ctx context.Context, id uuid.UUID) error {
	return l.dispose(ctx, id, func(ctx context.Context, tx *feed.Tx, it *ent.Item, _ uuid.UUID) error {
		return archive(ctx, tx, it, false)
	})
}

// SetArchived archives an item of the kind, or takes it back. Faults: NotFound, Denied.
func (l *Library) SetArchived(ctx context.Context, kind item.Kind, id uuid.UUID, archived bool) error {
	err := l.dispose(ctx, id, func(ctx context.Context, tx *feed.Tx, it *ent.Item, _ uuid.UUID) error {
		if it.Kind != kind {
			return fault.Missing(noun(kind))
		}
		return archive(ctx, tx, it, archived)
	})
	return missing(err, kind)
}

func archive(ctx context.Context, tx *feed.Tx, it *ent.Item, archived bool) error {
	if (it.ArchivedAt != 0) == archived {
		return nil
	}
	tx.Changed(it.ID)
	var at instant.Instant
	if archived {
		at = instant.Now()
	}
	return tx.Item.UpdateOneID(it.ID).SetArchivedAt(at).Exec(ctx)
}

// Delete takes an item out of everybody's sight. It keeps its content, its rows and what names it, and can
// be restored for the time of Kept. Faults: NotFound, also for one that is deleted already; Denied; Conflict
// while a campaign is being sent.
func (l *Library) Delete(ctx context.Context, id uuid.UUID) error { return l.dispose(ctx, id, remove) }

// DeleteLate is Delete, of an item of the kind, by somebody who had no contact to the server when they decided on it.
// Further faults are Conflict with the reason merge.Changed, where others have changed the item since the base, and
// with merge.OnlineOnly, for a blacklist with entries that are there for another reason than that somebody put them
// there.
func (l *Library) DeleteLate(ctx context.Context, kind item.Kind, id uuid.UUID, base merge.Base) error {
	err := l.dispose(ctx, id, func(ctx context.Context, tx *feed.Tx, it *ent.Item, by uuid.UUID) error {
		if it.Kind != kind {
			return fault.Missing(noun(kind))
		}
		if !base.UpToDate(it.Version, it.ChangedAt) {
			f := fault.New(fault.Conflict, "Others have changed this %s since; look at it before you delete it.", fault.Word(noun(kind)))
			f.Reason = merge.Changed
			return f
		}
		suppressing, err := tx.BlacklistEntry.Query().
			Where(blacklistentry.BlacklistID(id), blacklistentry.ReasonNEQ(blacklistentry.ReasonManual)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("looking for entries: %w", err)
		}
		if suppressing {
			f := fault.New(fault.Conflict, "This blacklist has addresses that bounced, complained or unsubscribed; it is deleted in the dashboard.")
			f.Reason = merge.OnlineOnly
			return f
		}
		return remove(ctx, tx, it, by)
	})
	return missing(err, kind)
}

// remove takes an item out of sight.
func remove(ctx context.Context, tx *feed.Tx, it *ent.Item, by uuid.UUID) error {
	id := it.ID
	sending, err := tx.Campaign.Query().
		Where(campaign.ID(id), campaign.StateEQ(campaign.StateSending)).Exist(ctx)
	if err != nil {
		return err
	}
	if sending {
		return fault.New(fault.Conflict, "This campaign is being sent; it can be deleted afterwards.")
	}
	tx.Changed(id)
	tx.Sighted(id, it.Audience)
	tx.Note(told(audit.ItemDeleted, it, by))
	return tx.Item.UpdateOneID(id).SetDeletedAt(instant.Now()).Exec(ctx)
}

// Restore brings a deleted item back as it was, to those who may see it by its audience and their access
// as they are now. Faults: NotFound, also for one that is not deleted or was deleted too long ago; Denied.
func (l *Library) Restore(ctx context.Context, id uuid.UUID) error {
	v, err := sharing.From(ctx)
	if err != nil {
		return err
	}
	ctx = sharing.NewContext(ctx, v.Deleted())
	return l.dispose(ctx, id, func(ctx context.Context, tx *feed.Tx, it *ent.Item, by uuid.UUID) error {
		if it.DeletedAt.Before(instant.Now().Add(-Kept)) {
			return fault.Missing("item")
		}
		tx.Changed(id)
		tx.Appeared(id)
		tx.Note(told(audit.ItemRestored, it, by))
		return tx.Item.UpdateOneID(id).SetDeletedAt(0).Exec(ctx)
	})
}

// told is a line of the history about an item, by a collaborator.
func told(verb audit.Verb, it *ent.Item, by uuid.UUID) audit.Line {
	return audit.Line{Verb: verb, Actor: by, Item: it.ID, Detail: map[string]string{"item": it.Name, "kind": string(it.Kind)}}
}

// dispose runs fn on an item, locked, whose settings the viewer in the context may change, and tells it who
// that is.
func (l *Library) dispose(ctx context.Context, id uuid.UUID, fn func(context.Context, *feed.Tx, *ent.Item, uuid.UUID) error) error {
	return l.write(ctx, func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer) error {
		if err := sharing.Lock(ctx, tx, id); err != nil {
			return err
		}
		it, err := sharing.Disposable(ctx, tx.Tx, id)
		if err != nil {
			return err
		}
		return fn(ctx, tx, it, v.Collaborator)
	})
}

// Restorable holds for deleted items that Restore still takes.
func Restorable() predicate.Item {
	return item.DeletedAtGTE(instant.Now().Add(-Kept))
}
