package changes_test

import (
	"testing"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestRows holds that a walk of a list, begun anywhere and in pages of any size, names no row that went
// before its reader came to see the list.
func TestRows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := setup(t, s).newAccount(t, 1)
		list := a.create(item.KindContactList, a.owner(), false)
		a.addRows(list, 4)
		rows := sortedRows(list)
		a.deleteRow(list, rows[0])
		a.editRow(list, rows[1])
		a.deleteRow(list, rows[2])
		a.setAccess(list, a.model.people[1], "view")
		a.model.remember()
		c := newCopy(a, a.model.people[1])
		c.drain(1) // pullRows fails on a removal of what the person never could see
		a.deleteRow(list, rows[3])
		c.drain(1)
		compare(t, a, c)
	})
}
