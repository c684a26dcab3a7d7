package addressbook

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

const maxNote = 500

// EntryPatch holds the fields of a blacklist entry to set; nil leaves a field as it is. The address or
// domain of an entry never changes.
type EntryPatch struct {
	// Reason is why it stands there; of a new entry manual, where it is nil.
	Reason *blacklistentry.Reason
	// Note is free text of at most 500 characters.
	Note *string
}

// CreateEntry adds an address or a domain to a blacklist that the viewer in the context may change. What has
// an @ between two parts is an address. Faults: NotFound, Denied, Invalid, and Conflict on "value" where the
// blacklist has it already.
func (b *Book) CreateEntry(ctx context.Context, blacklist uuid.UUID, value string, p EntryPatch) (uuid.UUID, error) {
	var id uuid.UUID
	err := b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		if _, err := open(ctx, tx, item.KindBlacklist, blacklist, "blacklist"); err != nil {
			return err
		}
		what, err := suppressionOf(value)
		if f := fault.As(err); f != nil {
			return fault.Field("value", "%s", f.Message)
		}
		if p, err = p.checked(); err != nil {
			return err
		}
		taken, err := tx.BlacklistEntry.Query().
			Where(blacklistentry.BlacklistID(blacklist), blacklistentry.ValueKey(what.key)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("looking for an entry: %w", err)
		}
		if taken {
			f := fault.New(fault.Conflict, "The blacklist has this entry already.")
			f.Field = "value"
			return f
		}
		rows, err := tx.Rows(ctx, blacklist)
		if err != nil {
			return err
		}
		rows.Added(1)
		made, err := tx.BlacklistEntry.Create().
			SetAccountID(tx.Account).SetBlacklistID(blacklist).
			SetKind(what.kind).SetValue(what.written).SetValueKey(what.key).
			SetNillableReason(p.Reason).SetNillableNote(p.Note).
			SetRowSeq(rows.Seq).SetChangedAt(instant.Now()).Save(ctx)
		if err != nil {
			return fmt.Errorf("storing an entry: %w", err)
		}
		id = made.ID
		return nil
	})
	return id, err
}

// ChangeEntry sets the reason or note of an entry, on the version base that the viewer saw. Faults: NotFound,
// Denied, Invalid, and Conflict where somebody has changed the entry since.
func (b *Book) ChangeEntry(ctx context.Context, id uuid.UUID, base int64, p EntryPatch) error {
	return b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		row, err := openEntry(ctx, tx, id)
		if err != nil {
			return err
		}
		if p, err = p.checked(); err != nil {
			return err
		}
		if base < 1 || base > row.Version {
			return fault.Field("baseVersion", "There is no version %d; the newest is %d.", base, row.Version)
		}
		if (p.Reason == nil || *p.Reason == row.Reason) && (p.Note == nil || *p.Note == row.Note) {
			return nil
		}
		if base != row.Version {
			return fault.New(fault.Conflict, "Somebody has changed this entry meanwhile. Look at it again.")
		}
		rows, err := tx.Rows(ctx, row.BlacklistID)
		if err != nil {
			return err
		}
		err = tx.BlacklistEntry.UpdateOne(row).SetNillableReason(p.Reason).SetNillableNote(p.Note).
			SetVersion(row.Version + 1).SetRowSeq(rows.Seq).SetChangedAt(instant.Now()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("changing an entry: %w", err)
		}
		return nil
	})
}

// DeleteEntry takes an entry out of its blacklist, for good. Faults: NotFound, Denied.
func (b *Book) DeleteEntry(ctx context.Context, id uuid.UUID) error {
	return b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		row, err := openEntry(ctx, tx, id)
		if err != nil {
			return err
		}
		rows, err := tx.Rows(ctx, row.BlacklistID)
		if err != nil {
			return err
		}
		if err := tx.BlacklistEntry.DeleteOne(row).Exec(ctx); err != nil {
			return fmt.Errorf("deleting an entry: %w", err)
		}
		return rows.Removed(ctx, id)
	})
}

// openEntry returns an entry that the viewer may change, with its blacklist locked.
func openEntry(ctx context.Context, tx *feed.Tx, id uuid.UUID) (*ent.BlacklistEntry, error) {
	row, err := tx.BlacklistEntry.Get(ctx, id)
	if err == nil {
		if _, err := open(ctx, tx, item.KindBlacklist, row.BlacklistID, "entry"); err != nil {
			return nil, err
		}
		// Read again: another writer may have held the blacklist.
		row, err = tx.BlacklistEntry.Get(ctx, id)
	}
	if ent.IsNotFound(err) {
		return nil, fault.Missing("entry")
	}
	return row, err
}

func (p EntryPatch) checked() (EntryPatch, error) {
	if p.Reason != nil && blacklistentry.ReasonValidator(*p.Reason) != nil {
		return p, fault.Field("reason", "There is no such reason.")
	}
	if p.Note != nil {
		note := printable(*p.Note)
		if err := atMost("note", *p.Note, note, maxNote); err != nil {
			return p, err
		}
		p.Note = &note
	}
	return p, nil
}

// suppression is what a blacklist entry names.
type suppression struct {
	kind         blacklistentry.Kind
	written, key string
}

// suppressionOf reads an address or a domain; a domain may have an @ before it.
func suppressionOf(value string) (suppression, error) {
	if strings.Contains(strings.TrimPrefix(strings.TrimSpace(value), "@"), "@") {
		a, err := address.Parse(value)
		return suppression{blacklistentry.KindAddress, a.Written, a.Key}, err
	}
	d, err := address.ParseDomain(value)
	return suppression{blacklistentry.KindDomain, d.Written, d.Key}, err
}
