package changes_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestStill moves one stream of an account at a time, while the others stand still: who goes on is told of it, and who
// walks beside them is told of all.
func TestStill(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := setup(t, s).newAccount(t, 1)
		member := a.model.people[1]
		list, template := a.create(item.KindContactList, a.owner(), true), a.create(item.KindTemplate, a.owner(), true)
		turning, shared := a.create(item.KindTemplate, a.owner(), true), a.create(item.KindTemplate, a.owner(), false)
		items := func(p *changes.Page) []uuid.UUID { return p.Items }
		removed := func(p *changes.Page) (ids []uuid.UUID) {
			for _, gone := range p.Removed {
				ids = append(ids, gone.ID)
			}
			return ids
		}
		for _, c := range []struct {
			name    string
			happens func()
			told    func(*changes.Page) []uuid.UUID
			id      uuid.UUID
		}{
			{"content", func() { a.edit(template) }, items, template.id},
			{"rows", func() { a.addRows(list, 1) }, func(p *changes.Page) []uuid.UUID { return p.Buckets }, list.id},
			{"a person", func() { a.changePerson(a.owner()) }, func(p *changes.Page) []uuid.UUID { return p.People }, a.owner().id},
			{"an item for everyone that goes", func() { a.setAudience(turning, false) }, removed, turning.id},
			{"an item for everyone that comes", func() { a.setAudience(turning, true) }, items, turning.id},
			{"an item that is shared", func() { a.setAccess(shared, member, "view") }, items, shared.id},
			{"an item that is no longer", func() { a.clearAccess(shared, member) }, removed, shared.id},
		} {
			after := a.page(member, "").Next
			c.happens()
			if got := c.told(a.page(member, after)); !slices.Equal(got, []uuid.UUID{c.id}) {
				t.Errorf("%s: told of %v, not of %s", c.name, got, c.id)
			}
			walk := a.page(member, "")
			if !slices.Contains(walk.Items, template.id) || !slices.Contains(walk.Buckets, list.id) || !slices.Contains(walk.People, a.owner().id) {
				t.Errorf("%s: who walks is told of %+v", c.name, walk)
			}
		}
	})
}
