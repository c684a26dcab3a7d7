package addressbook_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
)

// bundle is an account and the commands on its rows.
type bundle struct {
	*librarytest.Account
	*addressbook.Book
}

func setup(tb testing.TB, s *store.Store) *bundle {
	tb.Helper()
	a := librarytest.New(tb, s)
	return &bundle{a, addressbook.New(a.Feed)}
}

// item makes an empty item that everyone may change, made by nobody.
func (b *bundle) item(tb testing.TB, kind item.Kind) uuid.UUID {
	tb.Helper()
	var id uuid.UUID
	b.Write(tb, func(ctx context.Context, tx *feed.Tx) error {
		it, err := tx.Item.Create().SetAccountID(b.ID).SetKind(kind).SetName("x").SetNameKey("x").Save(ctx)
		if err != nil {
			return err
		}
		id = it.ID
		tx.Appeared(id)
		tx.Changed(id)
		if kind == item.KindBlacklist {
			return tx.Blacklist.Create().SetID(id).SetAccountID(b.ID).Exec(ctx)
		}
		return tx.ContactList.Create().SetID(id).SetAccountID(b.ID).Exec(ctx)
	})
	return id
}

func (b *bundle) list(tb testing.TB) uuid.UUID { return b.item(tb, item.KindContactList) }

// add puts a contact into a list.
func (b *bundle) add(t *testing.T, list uuid.UUID, p addressbook.ContactPatch) uuid.UUID {
	t.Helper()
	id, err := b.CreateContact(b.Owner, list, p)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (b *bundle) contact(t *testing.T, id uuid.UUID) *ent.Contact {
	t.Helper()
	return b.Store.Client().Contact.GetX(b.System, id)
}

// contacts returns the contacts of a list by address.
func (b *bundle) contacts(tb testing.TB, list uuid.UUID) []*ent.Contact {
	tb.Helper()
	return b.Store.Client().Contact.Query().Where(contact.ListID(list)).Order(contact.ByEmailKey()).AllX(b.System)
}

func email(address string) addressbook.ContactPatch {
	return addressbook.ContactPatch{Email: &address}
}

// expect fails the test unless err is a fault of the kind, on the field.
func expect(t *testing.T, err error, kind fault.Kind, field string) {
	t.Helper()
	if f := fault.As(err); f == nil || f.Kind != kind || f.Field != field {
		t.Errorf("got %#v (%v), want %s on %q", fault.As(err), err, kind, field)
	}
}
