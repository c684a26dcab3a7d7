package changes_test

import (
	"context"
	"strings"
	"testing"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestPage holds pages to their bounds where histories of a few small items do not come to them.
func TestPage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		t.Run("holds about a megabyte of bodies and never less than one", func(t *testing.T) { heavy(t, b) })
		t.Run("holds as much where a list turns that all campaigns point at", func(t *testing.T) { crowded(t, b) })
		t.Run("goes on where it stopped while the list turns back", func(t *testing.T) { turnedBack(t, b) })
		t.Run("comes to all that points at lists that turn in one commit", func(t *testing.T) { turnedTogether(t, b) })
		t.Run("does not part the lines of one position", func(t *testing.T) { together(t, b) })
		t.Run("comes to an end of a log that is longer than one reading", func(t *testing.T) { longLog(t, b) })
	})
}

// heavy has two bodies that each weigh more than half a page, and one that weighs more than a page. Their
// creation and their content stand at the same position, which no page may part.
func heavy(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	c := newCopy(a, a.model.people[1])
	c.drain(10)
	for _, weight := range []int{700 << 10, 700 << 10, 3 << 19, 1, 1} {
		th := a.create(item.KindCampaign, a.owner(), true)
		a.write(func(ctx context.Context, tx *feed.Tx) error {
			tx.Changed(th.id)
			return tx.Campaign.UpdateOneID(th.id).SetBody(strings.Repeat("é", weight/2)).Exec(ctx)
		})
	}
	a.model.remember()
	for _, c := range []*copied{c, newCopy(a, a.model.people[1])} {
		most := 0
		for c.items.fresh = false; !c.items.fresh; {
			before := len(c.items.seen) + len(c.items.held)
			c.pull(changes.MaxPage, false)
			most = max(most, len(c.items.held)-before)
		}
		compare(t, a, c)
		if most > 2 {
			t.Errorf("a page brought %d heavy items", most)
		}
	}
}

// crowd has n campaigns for everyone, of so many bytes, that point at a list and at a blacklist.
func crowd(a *account, n, bytes int) (list, blacklist *thing) {
	list, blacklist = a.create(item.KindContactList, a.owner(), true), a.create(item.KindBlacklist, a.owner(), true)
	for range n {
		c := a.create(item.KindCampaign, a.owner(), true)
		a.point(c, list, true)
		a.point(c, blacklist, true)
		a.write(func(ctx context.Context, tx *feed.Tx) error {
			tx.Changed(c.id)
			return tx.Campaign.UpdateOneID(c.id).SetBody(strings.Repeat("x", bytes)).Exec(ctx)
		})
	}
	a.model.remember()
	return list, blacklist
}

// crowded turns a list and a blacklist at which three megabytes of campaigns point; each campaign is to come
// once.
func crowded(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	const campaigns = 60
	list, blacklist := crowd(a, campaigns, 50<<10)
	c := newCopy(a, a.model.people[1])
	c.drain(changes.MaxPage)
	for _, size := range []int{changes.MaxPage, 7} {
		for _, th := range []*thing{list, blacklist} {
			a.setAudience(th, !th.everyone)
		}
		c.shown = 0
		c.drain(size) // pull fails on a page that holds too much
		compare(t, a, c)
		// Both turn again with the second size, and are then shown with their content.
		if c.shown < campaigns || c.shown > campaigns+2 {
			t.Errorf("pages of %d show %d items again, of %d campaigns and 2 targets", size, c.shown, campaigns)
		}
	}
}

// turnedBack turns a list and turns it back after each number of pages, and once more at the end.
func turnedBack(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	list, _ := crowd(a, 9, 10)
	c := newCopy(a, a.model.people[1])
	for pages := range 6 {
		c.drain(3)
		compare(t, a, c)
		a.setAudience(list, false)
		for range pages {
			c.pull(3, false)
			c.pull(3, true)
		}
		a.setAudience(list, true)
	}
	c.drain(3)
	compare(t, a, c)
}

// turnedTogether turns two lists in one commit, and ends pages between them.
func turnedTogether(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	var lists []*thing
	for range 2 {
		list, _ := crowd(a, 3, 10)
		lists = append(lists, list)
	}
	c := newCopy(a, a.model.people[1])
	c.drain(10)
	for _, dead := range []bool{true, false} {
		a.setAllDead(lists, dead)
		c.drain(1)
		compare(t, a, c)
	}
}

// together brings a list back to life: that it changed and that it is in sight again stand at one position,
// and the second is why the campaign that points at it is shown again.
func together(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	campaign := a.create(item.KindCampaign, a.owner(), true)
	list := a.create(item.KindContactList, a.owner(), true)
	a.point(campaign, list, true)
	a.setDead(list, true)
	a.model.remember()
	c := newCopy(a, a.model.people[1])
	c.drain(10)
	a.setDead(list, false)
	c.drain(1)
	compare(t, a, c)
}

// longLog takes away 501 items of which the member knew one only, the last, and goes on with an event of
// the member's own: two ranges of the log, of which the first is not read at once.
func longLog(t *testing.T, b *bundle) {
	a := b.newAccount(t, 1)
	member := a.model.people[1]
	mine := a.create(item.KindTemplate, a.owner(), false)
	var all []*thing
	for range 500 {
		all = append(all, a.create(item.KindTemplate, a.owner(), false))
	}
	all = append(all, a.create(item.KindTemplate, a.owner(), true))
	a.model.remember()
	c := newCopy(a, member)
	c.drain(10)
	a.setAllDead(all, true)
	a.setAccess(mine, member, "view")
	a.model.remember()
	c.drain(10)
	compare(t, a, c)
}
