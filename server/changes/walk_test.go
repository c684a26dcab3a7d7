package changes_test

import (
	"maps"
	"slices"
	"testing"

	"entgo.io/ent/dialect/sql"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestCopies plays random histories and holds copies that pull page by page to the pure model: whenever a
// copy is up to date it shows exactly what its person may see, and no answer names an item they never
// could see. Pages are cut anywhere and hold two bodies at most, answers get lost, and old entries are
// forgotten on the way.
func TestCopies(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		b.limitBytes(100)
		rapid.Check(t, func(t *rapid.T) { play(t, b) })
	})
}

func play(t *rapid.T, b *bundle) {
	a := b.newAccount(t, 3)
	var copies []*copied
	for _, p := range a.model.people {
		copies = append(copies, newCopy(a, p))
	}
	if rapid.Bool().Draw(t, "staged") {
		crowd(a, 3, 40)
	}
	kinds := []item.Kind{item.KindCampaign, item.KindContactList, item.KindContactList, item.KindBlacklist, item.KindTemplate}
	anyone := func(label string) *person { return pick(t, label, a.model.people) }
	// A small set of items that are often drawn: histories that touch one thing again and again find more.
	alive := func(label string, kind item.Kind) *thing {
		var found []*thing
		for _, th := range a.model.items {
			if !th.dead && (kind == "" || th.kind == kind) {
				found = append(found, th)
			}
		}
		if len(found) == 0 {
			t.Skip("nothing alive to act on")
		}
		return pick(t, label, found)
	}
	aTarget := func(t *rapid.T) *thing {
		return alive("target", rapid.SampledFrom([]item.Kind{item.KindContactList, item.KindBlacklist}).Draw(t, "kind"))
	}
	pull := func(t *rapid.T) {
		c := pick(t, "copy", copies)
		c.pull(rapid.IntRange(1, 4).Draw(t, "size"), rapid.IntRange(0, 5).Draw(t, "lost") == 0)
	}
	t.Repeat(map[string]func(*rapid.T){
		"": func(*rapid.T) { a.model.remember() },
		"create": func(t *rapid.T) {
			if len(a.model.items) > 6 {
				t.Skip("enough items")
			}
			a.create(rapid.SampledFrom(kinds).Draw(t, "kind"), anyone("creator"), rapid.Bool().Draw(t, "everyone"))
		},
		"edit":     func(t *rapid.T) { a.edit(alive("item", "")) },
		"audience": func(t *rapid.T) { a.setAudience(alive("item", ""), rapid.Bool().Draw(t, "everyone")) },
		"access": func(t *rapid.T) {
			a.setAccess(alive("item", ""), anyone("person"), rapid.SampledFrom([]string{"none", "view", "edit"}).Draw(t, "level"))
		},
		"clear":  func(t *rapid.T) { a.clearAccess(alive("item", ""), anyone("person")) },
		"delete": func(t *rapid.T) { a.setAllDead(several(t, alive), true) },
		"restore": func(t *rapid.T) {
			i := slices.IndexFunc(a.model.items, func(th *thing) bool { return th.dead })
			if i < 0 {
				t.Skip("nothing to restore")
			}
			a.setDead(a.model.items[i], false)
		},
		"crowd": func(t *rapid.T) { // more campaigns than a page holds point at one target
			if len(a.model.items) > 9 {
				t.Skip("enough items")
			}
			target := aTarget(t)
			for range rapid.IntRange(2, 5).Draw(t, "campaigns") {
				a.point(a.create(item.KindCampaign, a.owner(), true), target, true)
			}
		},
		"turn": func(t *rapid.T) {
			target := aTarget(t)
			a.setAudience(target, !target.everyone)
		},
		"point": func(t *rapid.T) {
			c, target := alive("campaign", item.KindCampaign), aTarget(t)
			a.point(c, target, !c.targets[target.id])
		},
		"role":     func(t *rapid.T) { p := pick(t, "person", a.model.people[1:]); a.setOwner(p, !p.owner) },
		"add rows": func(t *rapid.T) { a.addRows(alive("list", item.KindContactList), rapid.IntRange(1, 5).Draw(t, "n")) },
		"change row": func(t *rapid.T) {
			l := alive("list", item.KindContactList)
			if len(l.rows) == 0 {
				t.Skip("an empty list")
			}
			id := pick(t, "row", sortedRows(l))
			if rapid.Bool().Draw(t, "delete") {
				a.deleteRows(l, sortedRows(l)[:rapid.IntRange(1, len(l.rows)).Draw(t, "n")]...)
			} else {
				a.editRow(l, id)
			}
		},
		"forget": func(t *rapid.T) {
			if rapid.IntRange(0, 3).Draw(t, "now") > 0 {
				t.Skip("not now")
			}
			a.forget()
		},
		"settle": func(*rapid.T) { a.must(a.feed.Settle(system(), a.id)) },
		"pull":   pull,
		"pull2":  pull,
		"pull rows": func(t *rapid.T) {
			c := pick(t, "copy", copies)
			if len(c.states) == 0 {
				t.Skip("no lists")
			}
			list := pick(t, "list", slices.Sorted(maps.Keys(c.states)))
			c.pullRows(list, rapid.IntRange(1, 4).Draw(t, "size"), rapid.IntRange(0, 5).Draw(t, "lost") == 0)
		},
		"compare": func(t *rapid.T) {
			c := pick(t, "copy", copies)
			c.drain(rapid.IntRange(1, 5).Draw(t, "size"))
			compare(t, a, c)
		},
	})
	for _, c := range copies {
		c.drain(3)
		compare(t, a, c)
		fresh := newCopy(a, c.p)
		fresh.drain(100)
		compare(t, a, fresh)
	}
}

// several are one or two things that are alive.
func several(t *rapid.T, alive func(string, item.Kind) *thing) []*thing {
	some := []*thing{alive("item", "")}
	if other := alive("another", ""); other != some[0] {
		some = append(some, other)
	}
	return some
}

func compare(t fataler, a *account, c *copied) {
	t.Helper()
	if d := cmp.Diff(a.model.view(c.p), c.items.held); d != "" {
		t.Fatalf("a copy differs from what its person may see (-model +copy):\n%s", d)
	}
	compareLists(t, a, c.p)
	for _, th := range a.model.items {
		if th.kind != item.KindContactList && th.kind != item.KindCampaign || th.level(c.p) == "none" {
			continue
		}
		compareRows(t, th, c)
	}
}

func compareRows(t fataler, list *thing, c *copied) {
	t.Helper()
	var held map[string]string
	if s := c.rows[list.id.String()]; s != nil {
		held = s.held
	}
	want := c.a.model.rowsView(list, c.p)
	if d := cmp.Diff(want, held); d != "" && len(want)+len(held) > 0 {
		t.Fatalf("a copy of a %s's rows differs (-model +copy):\n%s", list.kind, d)
	}
}

// compareLists holds the fast way to list items to what the ORM lists, page by page.
func compareLists(t fataler, a *account, p *person) {
	ctx := a.as(p)
	v, err := sharing.From(ctx)
	a.must(err)
	if v.Owner() {
		return // sees all, in the order of one index
	}
	for _, kind := range []item.Kind{item.KindCampaign, item.KindContactList} {
		rows, err := a.store.Client().Item.Query().Where(item.KindEQ(kind)).
			Order(item.BySeq(sql.OrderDesc()), item.ByID(sql.OrderDesc())).All(ctx)
		a.must(err)
		var want, got []uuid.UUID
		for _, row := range rows {
			want = append(want, row.ID)
		}
		var after *sharing.Place
		for {
			places, err := v.Newest(ctx, a.store.Client(), a.store.Dialect(), kind, after, 2, "")
			a.must(err)
			for _, place := range places {
				got = append(got, place.ID)
			}
			if len(places) < 2 {
				break
			}
			after = &places[1]
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("the fast list of %ss differs from the ORM's (-ORM +fast):\n%s", kind, d)
		}
	}
}

func sortedRows(list *thing) []uuid.UUID { return slices.SortedFunc(maps.Keys(list.rows), compareIDs) }

func (w *world) has(id uuid.UUID) bool {
	return slices.ContainsFunc(w.items, func(t *thing) bool { return t.id == id })
}

// pick draws an element by its place, which reads better in a failing history than what it is.
func pick[T any](t *rapid.T, label string, from []T) T {
	return from[rapid.IntRange(0, len(from)-1).Draw(t, label)]
}
