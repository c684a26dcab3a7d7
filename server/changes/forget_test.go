package changes_test

import (
	"testing"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestForget holds what forgetting may do to copies: nothing that they do not learn of.
func TestForget(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		t.Run("tells campaigns that a list they point at is erased", func(t *testing.T) { erased(t, b) })
		t.Run("leaves an up-to-date cursor alone", func(t *testing.T) { remembered(t, b) })
		t.Run("ends a cursor between pages of the log", func(t *testing.T) { forgottenOnTheWay(t, b) })
		t.Run("ends a cursor within a commit of the log", func(t *testing.T) { forgottenWithin(t, b) })
		t.Run("ends a cursor that owes campaigns", func(t *testing.T) { forgottenDebt(t, b) })
		t.Run("ends a cursor between pages of tombstones", func(t *testing.T) { forgottenRows(t, b) })
		t.Run("ends a cursor within a commit of tombstones", func(t *testing.T) { forgottenRowsWithin(t, b) })
	})
}

// erased: a deleted list counts as restricted until it is gone for good, which an up-to-date copy must be told.
func erased(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	campaign := a.create(item.KindCampaign, a.owner(), true)
	list := a.create(item.KindContactList, a.owner(), true)
	a.point(campaign, list, true)
	a.setDead(list, true)
	a.model.remember()
	c := newCopy(a, a.model.people[1])
	c.drain(10)
	compare(t, a, c)
	a.forget()
	c.drain(10)
	compare(t, a, c)
}

// remembered: who has read on since their walk needs nothing of what the log no longer has.
func remembered(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	th := a.create(item.KindTemplate, a.owner(), true)
	a.model.remember()
	c := newCopy(a, a.model.people[1])
	c.drain(10)
	a.edit(th)
	c.drain(10)
	a.forget()
	a.edit(th)
	if c.pull(10, false); c.items.walking || !c.items.fresh {
		t.Error("the copy has to begin again")
	}
	compare(t, a, c)
}

// forgottenOnTheWay forgets the log between two pages that one head answers: the nonce of that head stays,
// the revocation on the second page does not.
func forgottenOnTheWay(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	first, second := a.create(item.KindTemplate, a.owner(), true), a.create(item.KindTemplate, a.owner(), true)
	a.model.remember()
	c := newCopy(a, a.model.people[1])
	c.drain(10)
	a.edit(first)
	a.setAudience(second, false)
	c.pull(1, false)
	a.forget()
	c.drain(10)
	compare(t, a, c)
}

// forgottenWithin cuts a page between two removals of one commit, whose log is forgotten as a whole.
func forgottenWithin(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	first, second := a.create(item.KindTemplate, a.owner(), true), a.create(item.KindTemplate, a.owner(), true)
	a.model.remember()
	c := newCopy(a, a.model.people[1])
	c.drain(10)
	a.setAllDead([]*thing{first, second}, true)
	c.pull(1, false)
	a.forget()
	c.drain(10)
	compare(t, a, c)
}

// forgottenDebt forgets why campaigns are owed: the cursor stands at the head, and yet needs the log from before.
func forgottenDebt(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	list := a.create(item.KindContactList, a.owner(), true)
	for range 4 {
		a.point(a.create(item.KindCampaign, a.owner(), true), list, true)
	}
	a.model.remember()
	c := newCopy(a, a.model.people[1])
	c.drain(10)
	a.setAudience(list, false)
	c.pull(3, false)
	a.forget()
	c.drain(10)
	compare(t, a, c)
}

func forgottenRows(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	list := a.create(item.KindContactList, a.owner(), true)
	a.addRows(list, 3)
	a.model.remember()
	c := newCopy(a, a.model.people[1])
	c.drain(10)
	for _, row := range sortedRows(list) {
		a.deleteRows(list, row)
	}
	c.pullRows(list.id.String(), 1, false)
	a.forget()
	c.drain(10)
	compare(t, a, c)
}

func forgottenRowsWithin(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	list := a.create(item.KindContactList, a.owner(), true)
	a.addRows(list, 3)
	a.model.remember()
	c := newCopy(a, a.model.people[1])
	c.drain(10)
	a.deleteRows(list, sortedRows(list)...)
	c.pullRows(list.id.String(), 1, false)
	a.forget()
	c.drain(10)
	compare(t, a, c)
}
