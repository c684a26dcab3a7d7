package addressbook

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/merge"
)

// AddEntry adds an address or a domain with an id of the caller's to a blacklist that the viewer in the context may
// change. If the blacklist has it, the entry that is there takes in the note where it has none, and the reason where
// its own is that somebody put it there; otherwise what it has stays and is returned. Faults: NotFound, Denied, and
// Invalid, on "id" where it is taken.
func (b *Book) AddEntry(ctx context.Context, blacklist, id uuid.UUID, value string, p EntryPatch) (out Added, err error) {
	err = b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
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
		if err := unused(ctx, tx, "blacklist_entries", blacklist, id); err != nil {
			return err
		}
		known, err := tx.BlacklistEntry.Query().
			Where(blacklistentry.BlacklistID(blacklist), blacklistentry.ValueKey(what.key)).Only(ctx)
		if err == nil {
			m, err := p.fill(known)
			if err != nil {
				return err
			}
			out = Added{merge.Outcome{Version: m.Made(), Conflicts: m.Conflicts()}, known.ID}
			return updateEntry(ctx, tx, known, m)
		}
		if !ent.IsNotFound(err) {
			return err
		}
		if what.reason = blacklistentry.ReasonManual; p.Reason != nil {
			what.reason = *p.Reason
		}
		if p.Note != nil {
			what.note = *p.Note
		}
		rows, err := tx.Rows(ctx, blacklist)
		if err != nil {
			return err
		}
		rows.Added(1)
		out = Added{Outcome: merge.Outcome{Version: 1}}
		return insertEntries(ctx, tx, blacklist, rows, []newEntry{{id, what}})
	})
	return out, err
}

// fill takes over what the entry lacks. An empty note and the reason "manual" say nothing.
func (p EntryPatch) fill(row *ent.BlacklistEntry) (*merge.Merge, error) {
	versions, err := versionsOf(row)
	if err != nil {
		return nil, err
	}
	m := merge.Late(row.Version, row.ChangedAt, merge.Base{Version: row.Version}, versions)
	if p.Reason != nil && *p.Reason != row.Reason && *p.Reason != blacklistentry.ReasonManual {
		if row.Reason == blacklistentry.ReasonManual {
			m.Set("reason")
			row.Reason = *p.Reason
		} else {
			m.Refuse("reason", string(*p.Reason), string(row.Reason))
		}
	}
	if p.Note != nil && *p.Note != "" && *p.Note != row.Note {
		if row.Note == "" {
			m.Set("note")
			row.Note = *p.Note
		} else {
			m.Refuse("note", *p.Note, row.Note)
		}
	}
	return m, nil
}

// ChangeEntryLate is ChangeEntry of an entry of the blacklist. It makes no reason "manual", whose entries can be
// deleted late.
func (b *Book) ChangeEntryLate(ctx context.Context, blacklist, id uuid.UUID, base merge.Base, p EntryPatch) (out merge.Outcome, err error) {
	err = b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		row, err := openEntry(ctx, tx, id)
		if err != nil {
			return err
		}
		if row.BlacklistID != blacklist {
			return fault.Missing("entry")
		}
		checked, err := p.checked()
		if err != nil {
			return err
		}
		if row.Reason != blacklistentry.ReasonManual && checked.Reason != nil && *checked.Reason == blacklistentry.ReasonManual {
			return onlineOnly("reason", "This entry is there for the reason %q; that is changed in the dashboard.", fault.Word(row.Reason))
		}
		m, err := checked.merge(row, func(versions map[string]int64) (*merge.Merge, error) {
			return merge.Late(row.Version, row.ChangedAt, base, versions), nil
		})
		if err != nil {
			return err
		}
		out = merge.Outcome{Version: m.Made(), Conflicts: m.Conflicts()}
		return updateEntry(ctx, tx, row, m)
	})
	return out, err
}

// DeleteEntryLate is DeleteEntry of an entry of the blacklist that somebody put there and that nobody has changed
// since the base.
func (b *Book) DeleteEntryLate(ctx context.Context, blacklist, id uuid.UUID, base merge.Base) error {
	return b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		row, err := openEntry(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case row.BlacklistID != blacklist:
			return fault.Missing("entry")
		case row.Reason != blacklistentry.ReasonManual:
			return onlineOnly("", "This entry is there for the reason %q; it is deleted in the dashboard.", fault.Word(row.Reason))
		case !base.UpToDate(row.Version, row.ChangedAt):
			return onlineOnly("", "Others have changed this entry since; it is deleted in the dashboard.")
		}
		return deleteEntry(ctx, tx, row)
	})
}
