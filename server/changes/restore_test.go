package changes_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"strconv"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestRestore restores a backup under copies that have read on after it was made. Wherever the restored
// server stands when they come back, behind the number they know, at it or past it, they notice, and end
// with what there is now.
func TestRestore(t *testing.T) {
	for _, again := range []int{0, 2, 3, 6} {
		for _, begun := range []string{"before the backup", "after it", "after it, one page"} {
			t.Run("copies begun "+begun+" meet "+strconv.Itoa(again)+" other commits", func(t *testing.T) {
				restoreUnder(t, begun, again)
			})
		}
	}
}

// TestRestoreUnderServer restores a backup under a server that goes on and remembers what it has read. Both lives have
// the same numbers, of the account and of the rows: it answers of the second what one would that knows nothing.
func TestRestoreUnderServer(t *testing.T) {
	a := setup(t, storetest.Open(t, dialect.SQLite)).newAccount(t, 1)
	member := a.model.people[1]
	list, campaign := a.create(item.KindContactList, a.owner(), true), a.create(item.KindCampaign, a.owner(), true)
	secret, template := a.create(item.KindTemplate, a.owner(), false), a.create(item.KindTemplate, a.owner(), true)
	a.addRows(list, 1)
	a.receive(campaign, member.id, 1)
	head, rows, leads := a.page(member, "").Next, a.sharedRows(member, list, "", 10).next, a.sharedRows(member, campaign, "", 10).next
	told := func(life *account) string {
		page := life.page(member, head)
		contacts, leads := life.sharedRows(member, list, rows, 10), life.sharedRows(member, campaign, leads, 10)
		return fmt.Sprint(page.Items, page.People, page.Buckets, contacts.ids, contacts.digest, leads.ids, leads.digest)
	}
	happens := map[string]func(*account){
		"contacts come":    func(life *account) { life.addRows(life.model.thing(list.id), 1) },
		"leads come":       func(life *account) { life.receive(life.model.thing(campaign.id), member.id, 1) },
		"content changes":  func(life *account) { life.edit(life.model.thing(template.id)) },
		"an item appears":  func(life *account) { life.setAudience(life.model.thing(secret.id), true) },
		"a person changes": func(life *account) { life.changePerson(life.owner()) },
	}
	for first, before := range happens {
		for second, after := range happens {
			t.Run(second+" where before the restore "+first, func(t *testing.T) {
				one, two := restored(t, a), restored(t, a)
				before(one)
				told(one)
				after(two)
				blank := *two.bundle
				blank.changes = changes.New(a.sealer)
				if got, want := told(two), told(&account{&blank, t, two.id, two.model}); got != want {
					t.Errorf("there comes %s, not %s", got, want)
				}
			})
		}
	}
}

func restoreUnder(t *testing.T, begun string, again int) {
	a := setup(t, storetest.Open(t, dialect.SQLite)).newAccount(t, 1)
	member := a.model.people[1]
	list := a.create(item.KindContactList, a.owner(), true)
	secret := a.create(item.KindTemplate, a.owner(), false)
	a.create(item.KindTemplate, a.owner(), true)
	a.addRows(list, 2)
	c := newCopy(a, member)
	a.model.remember()
	if begun == "before the backup" {
		c.drain(10)
	}

	then := restored(t, a)

	// What the backup does not have: three commits. The first shows an item whose content stands early.
	a.setAccess(secret, member, "view")
	a.addRows(list, 1)
	a.edit(list)
	a.model.remember()
	if begun == "after it, one page" {
		c.pull(2, false)
	} else {
		c.drain(10)
	}

	list = then.model.thing(list.id)
	for i := range again {
		if i%2 == 0 {
			then.addRows(list, 1)
		} else {
			then.edit(list)
		}
	}
	then.model.remember()
	c.a = then
	if rows := c.rows[list.id.String()]; rows != nil { // each stream notices, without the other
		if c.pullRows(list.id.String(), 10, false); !rows.walking && rows.fresh {
			compareRows(t, list, c)
		}
	}
	c.drain(3)
	compare(t, then, c)
}

// restored returns the account in a database as it is now, on which nothing more happens but what the test
// does there.
func restored(t *testing.T, a *account) *account {
	t.Helper()
	folder := t.TempDir()
	_, err := a.store.Client().ExecContext(system(), `VACUUM INTO ?`, filepath.Join(folder, store.FileName))
	a.must(err)
	s, err := store.Open(t.Context(), store.Config{DataDir: folder})
	a.must(err)
	t.Cleanup(func() { a.must(s.Close()) })
	f := feed.New(s, fanout.New())
	return &account{&bundle{s, f, sharing.New(f), a.changes, a.sealer, a.pageBytes}, t, a.id, a.model.clone()}
}

func (w *world) clone() *world {
	c := &world{people: w.people}
	for _, t := range w.items {
		twin := *t
		twin.edges, twin.rows, twin.targets, twin.leads = maps.Clone(t.edges), maps.Clone(t.rows), maps.Clone(t.targets), maps.Clone(t.leads)
		c.items = append(c.items, &twin)
	}
	return c
}
