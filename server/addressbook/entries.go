package addressbook

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/merge"
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
			return fault.Field("value", "%s", f)
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
		ids, err := newIDs(1)
		if err != nil {
			return err
		}
		rows.Added(1)
		if what.reason = blacklistentry.ReasonManual; p.Reason != nil {
			what.reason = *p.Reason
		}
		if p.Note != nil {
			what.note = *p.Note
		}
		id = ids[0]
		return insertEntries(ctx, tx, blacklist, rows, []newEntry{{id, what}})
	})
	return id, err
}

// ChangeEntry sets the reason or note of an entry, on the version base that the viewer saw. Fields that others
// have changed since stay as they are and are returned. Faults: NotFound, Denied, Invalid.
//
// Whatever the reason, an entry keeps its address or domain from being mailed: no change lifts it.
func (b *Book) ChangeEntry(ctx context.Context, id uuid.UUID, base int64, p EntryPatch) ([]merge.Conflict, error) {
	var conflicts []merge.Conflict
	err := b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		row, err := openEntry(ctx, tx, id)
		if err != nil {
			return err
		}
		checked, err := p.checked()
		if err != nil {
			return err
		}
		m, err := checked.merge(row, func(versions map[string]int64) (*merge.Merge, error) {
			return merge.New(row.Version, base, versions)
		})
		if err != nil {
			return err
		}
		conflicts = m.Conflicts()
		return updateEntry(ctx, tx, row, m)
	})
	if err != nil {
		return nil, err
	}
	return conflicts, nil
}

// updateEntry stores an entry as the merge has made it. Its blacklist is locked.
func updateEntry(ctx context.Context, tx *feed.Tx, row *ent.BlacklistEntry, m *merge.Merge) error {
	if len(m.Changed()) == 0 {
		return nil
	}
	history, err := json.Marshal(m.Versions())
	if err != nil {
		return err
	}
	rows, err := tx.Rows(ctx, row.BlacklistID)
	if err != nil {
		return err
	}
	before := digest.Stored(row.DigestA, row.DigestB)
	row.Version, row.ChangedAt = m.Version(), instant.Now()
	after := digestOf(row)
	a, b := after.Columns()
	rows.Wrote(before, after)
	err = tx.BlacklistEntry.UpdateOne(row).SetReason(row.Reason).SetNote(row.Note).
		SetVersion(row.Version).SetFieldVersions(string(history)).SetDigestA(a).SetDigestB(b).
		SetRowSeq(rows.Seq).SetChangedAt(row.ChangedAt).Exec(ctx)
	if err != nil {
		return fmt.Errorf("changing an entry: %w", err)
	}
	return nil
}

// merge writes a patch that has been checked into the row, as far as it is taken by the merge that begin makes of the
// versions of its fields.
func (p EntryPatch) merge(row *ent.BlacklistEntry, begin func(map[string]int64) (*merge.Merge, error)) (*merge.Merge, error) {
	versions, err := versionsOf(row)
	if err != nil {
		return nil, err
	}
	m, err := begin(versions)
	if err != nil {
		return nil, err
	}
	if p.Reason != nil && m.Take("reason", string(*p.Reason), string(row.Reason)) {
		row.Reason = *p.Reason
	}
	if p.Note != nil && m.Take("note", *p.Note, row.Note) {
		row.Note = *p.Note
	}
	return m, nil
}

func versionsOf(row *ent.BlacklistEntry) (versions map[string]int64, err error) {
	if row.FieldVersions != "" {
		if err := json.Unmarshal([]byte(row.FieldVersions), &versions); err != nil {
			return nil, fmt.Errorf("reading the field versions of entry %s: %w", row.ID, err)
		}
	}
	return versions, nil
}

// DeleteEntry takes an entry out of its blacklist, for good. Faults: NotFound, Denied.
func (b *Book) DeleteEntry(ctx context.Context, id uuid.UUID) error {
	return b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		row, err := openEntry(ctx, tx, id)
		if err != nil {
			return err
		}
		return deleteEntry(ctx, tx, row)
	})
}

// deleteEntry deletes an entry whose blacklist is locked.
func deleteEntry(ctx context.Context, tx *feed.Tx, row *ent.BlacklistEntry) error {
	rows, err := tx.Rows(ctx, row.BlacklistID)
	if err != nil {
		return err
	}
	if err := tx.BlacklistEntry.DeleteOne(row).Exec(ctx); err != nil {
		return fmt.Errorf("deleting an entry: %w", err)
	}
	rows.Wrote(digest.Stored(row.DigestA, row.DigestB), digest.Row{})
	return rows.Removed(ctx, row.ID)
}

// digestOf returns the digest of an entry as it is in row.
func digestOf(row *ent.BlacklistEntry) digest.Row {
	e := digest.Entry{
		ID: row.ID, Kind: string(row.Kind), Value: row.Value, Reason: string(row.Reason), Note: row.Note,
		Version: row.Version, CreatedAt: row.CreatedAt, ChangedAt: row.ChangedAt,
	}
	return e.Digest(&digest.Values{})
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
	reason       blacklistentry.Reason
	note         string
}

// KindOf returns whether a value is an address or a domain, or says that it is neither.
func KindOf(value string) (blacklistentry.Kind, error) {
	what, err := suppressionOf(value)
	return what.kind, err
}

// suppressionOf reads an address or a domain; a domain may have an @ before it.
func suppressionOf(value string) (suppression, error) {
	if strings.Contains(strings.TrimPrefix(strings.TrimSpace(value), "@"), "@") {
		a, err := address.Parse(value)
		return suppression{kind: blacklistentry.KindAddress, written: a.Written, key: a.Key}, err
	}
	d, err := address.ParseDomain(value)
	return suppression{kind: blacklistentry.KindDomain, written: d.Written, key: d.Key}, err
}
