package changes_test

import (
	"testing"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestLists changes an item after its edges were settled: on the pages of a fast list it stands where it
// is now, once, and nowhere else.
func TestLists(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := setup(t, s).newAccount(t, 1)
		member := a.model.people[1]
		for range 5 {
			a.setAccess(a.create(item.KindContactList, a.owner(), false), member, "view")
		}
		a.must(a.feed.Settle(system(), a.id))
		compareLists(t, a, member)
		for _, th := range a.model.items[:3] {
			a.edit(th)
			compareLists(t, a, member)
		}
		a.must(a.feed.Settle(system(), a.id))
		compareLists(t, a, member)
	})
}
