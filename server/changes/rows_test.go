package changes_test

import (
	"context"
	"testing"

	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestRows holds that no answer names a row that was there only while its reader could not see the list.
// pullRows fails on a removal of what the person never could see.
func TestRows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		t.Run("names no row that went before the list came into sight", func(t *testing.T) { gone(t, b) })
		t.Run("names no row that went with the commit at which the walk began", func(t *testing.T) { goneInside(t, b) })
		t.Run("names no row that came and went while the list was out of sight", func(t *testing.T) { cameAndWent(t, b) })
	})
}

// gone walks in pages of one: the walk begins anywhere among the rows and what was of them.
func gone(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	list := a.create(item.KindContactList, a.owner(), false)
	a.addRows(list, 4)
	rows := sortedRows(list)
	a.deleteRows(list, rows[0])
	a.editRow(list, rows[1])
	a.deleteRows(list, rows[2])
	a.setAccess(list, a.model.people[1], "view")
	a.model.remember()
	c := newCopy(a, a.model.people[1])
	c.drain(1)
	a.deleteRows(list, rows[3])
	c.drain(1)
	compare(t, a, c)
}

// goneInside cuts the walk between rows of the newest commit, which also deleted one.
func goneInside(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	list := a.create(item.KindContactList, a.owner(), false)
	a.addRows(list, 3)
	rows := sortedRows(list)
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		at, err := tx.Rows(ctx, list.id)
		if err != nil {
			return err
		}
		if err := at.Removed(ctx, rows[2]); err != nil {
			return err
		}
		going, err := tx.Contact.Get(ctx, rows[2])
		if err != nil {
			return err
		}
		at.Wrote(digest.Stored(going.DigestA, going.DigestB), digest.Row{})
		if err := tx.Contact.DeleteOne(going).Exec(ctx); err != nil {
			return err
		}
		if err := tx.Contact.Update().Where(contact.IDIn(rows[:2]...)).AddVersion(1).SetRowSeq(at.Seq).Exec(ctx); err != nil {
			return err
		}
		return at.Digest(ctx)
	})
	delete(list.rows, rows[2])
	list.rows[rows[0]]++
	list.rows[rows[1]]++
	a.setAccess(list, a.model.people[1], "view")
	a.model.remember()
	c := newCopy(a, a.model.people[1])
	c.drain(1)
	compare(t, a, c)
}

// cameAndWent has a copy that did not learn of the time without the list, and goes on from its old cursor.
func cameAndWent(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	member := a.model.people[1]
	list := a.create(item.KindContactList, a.owner(), true)
	a.addRows(list, 1)
	a.model.remember()
	c := newCopy(a, member)
	c.drain(10)
	for _, turn := range []struct{ away, back func() }{
		{func() { a.setAudience(list, false) }, func() { a.setAudience(list, true) }},
		{func() { a.setAccess(list, member, "none") }, func() { a.clearAccess(list, member) }},
	} {
		turn.away()
		a.addRows(list, 1)
		a.deleteRows(list, sortedRows(list)[1])
		turn.back()
		c.drain(10)
		compare(t, a, c)
	}
}
