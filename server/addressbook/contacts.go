package addressbook

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/merge"
)

// CreateContact adds a contact to a list that the viewer in the context may change. Faults: NotFound, Denied,
// Invalid, and Conflict on "email" where the list has the address already.
func (b *Book) CreateContact(ctx context.Context, list uuid.UUID, p ContactPatch) (uuid.UUID, error) {
	var id uuid.UUID
	err := b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		if _, err := open(ctx, tx, item.KindContactList, list, "contact list"); err != nil {
			return err
		}
		s, err := newContact(uuid.Nil, p)
		if err != nil {
			return err
		}
		if err := vacant(ctx, tx, list, s); err != nil {
			return err
		}
		rows, err := tx.Rows(ctx, list)
		if err != nil {
			return err
		}
		rows.Added(1)
		id = s.id
		return insertContacts(ctx, tx, list, rows, []*stored{s})
	})
	return id, err
}

// ChangeContact sets fields of a contact, on the version base that the viewer saw. Fields that others have
// changed since stay as they are and are returned. Faults: NotFound, Denied, Invalid, and Conflict on "email"
// where the list has the address already.
//
// Suppression is monotone: a contact becomes subscribed again only by a change that was made on its newest
// version, and stops being so by any.
func (b *Book) ChangeContact(ctx context.Context, id uuid.UUID, base int64, p ContactPatch) ([]merge.Conflict, error) {
	var conflicts []merge.Conflict
	err := b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		row, err := openContact(ctx, tx, id)
		if err != nil {
			return err
		}
		checked, err := p.checked()
		if err != nil {
			return err
		}
		s := storedOf(row)
		changed := false
		if conflicts, changed, err = s.apply(checked, base); err != nil || !changed {
			return err
		}
		if s.Email.Key != row.EmailKey {
			if err := vacant(ctx, tx, row.ListID, s); err != nil {
				return err
			}
		}
		rows, err := tx.Rows(ctx, row.ListID)
		if err != nil {
			return err
		}
		return updateContacts(ctx, tx, rows, []*stored{s})
	})
	if err != nil {
		return nil, err
	}
	return conflicts, nil
}

// DeleteContact takes a contact out of its list, for good. Faults: NotFound, Denied.
func (b *Book) DeleteContact(ctx context.Context, id uuid.UUID) error {
	return b.write(ctx, func(ctx context.Context, tx *feed.Tx) error {
		row, err := openContact(ctx, tx, id)
		if err != nil {
			return err
		}
		return deleteContact(ctx, tx, row)
	})
}

// deleteContact deletes a contact whose list is locked.
func deleteContact(ctx context.Context, tx *feed.Tx, row *ent.Contact) error {
	rows, err := tx.Rows(ctx, row.ListID)
	if err != nil {
		return err
	}
	if err := tx.Contact.DeleteOne(row).Exec(ctx); err != nil {
		return fmt.Errorf("deleting a contact: %w", err)
	}
	rows.Wrote(digest.Stored(row.DigestA, row.DigestB), digest.Row{})
	return rows.Removed(ctx, row.ID)
}

// newContact makes a contact of a patch, with the id or, where it is zero, with one of its own.
func newContact(id uuid.UUID, p ContactPatch) (*stored, error) {
	checked, err := p.checked()
	if err != nil {
		return nil, err
	}
	if checked.email == nil {
		return nil, fault.Field("email", "An email address is missing.")
	}
	if id == uuid.Nil {
		ids, err := newIDs(1)
		if err != nil {
			return nil, err
		}
		id = ids[0]
	}
	s := &stored{id: id, state: contact.StateSubscribed, version: 1, Contact: Contact{Fields: "{}"}}
	_, _, err = s.apply(checked, 1)
	return s, err
}

// openContact returns a contact that the viewer may change, with its list locked.
func openContact(ctx context.Context, tx *feed.Tx, id uuid.UUID) (*ent.Contact, error) {
	row, err := tx.Contact.Get(ctx, id)
	if err == nil {
		if _, err := open(ctx, tx, item.KindContactList, row.ListID, "contact"); err != nil {
			return nil, err
		}
		// Read again: another writer may have held the list.
		row, err = tx.Contact.Get(ctx, id)
	}
	if ent.IsNotFound(err) {
		return nil, fault.Missing("contact")
	}
	return row, err
}

// vacant refuses an address that another contact of the list has. The list is locked.
func vacant(ctx context.Context, tx *feed.Tx, list uuid.UUID, s *stored) error {
	taken, err := tx.Contact.Query().
		Where(contact.ListID(list), contact.EmailKey(s.Email.Key), contact.IDNEQ(s.id)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("looking for an address: %w", err)
	}
	if taken {
		f := fault.New(fault.Conflict, "The list has this address already.")
		f.Field = "email"
		return f
	}
	return nil
}
