package clienttest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/syncclient"
)

// resyncs are cases in which a desktop fetches the same again for ever.
func resyncs() []nasty {
	return []nasty{
		{"N22 a walk is slower than what the server remembers", forgottenWalk},
		{"N23 something between answers with what it has kept", stale},
		{"N25 nothing is fetched again at a start", quietStarts},
	}
}

// forgottenWalk has the server forget, after every page of a walk, all that was before the walk began, while rows and
// items come and go: the walk is far below what is remembered, and goes on. Once it forgets all there is: one walk more.
func forgottenWalk(x *trial) {
	list := x.list("guests", rows("one", 12))
	for i := range 6 {
		x.made(item.KindTemplate, fmt.Sprint("mail ", i))
	}
	d, wire := x.tapped(x.chloe)
	wire.cutting(2)
	walk := func(most int, forget func(page int)) {
		x.t.Helper()
		pages, before := 0, d.count(isWalk)
		wire.after(func(*recorded, int) {
			if pages++; pages > 12 {
				return
			}
			x.must(x.Library.Delete(x.anna.ctx, x.made(item.KindTemplate, fmt.Sprint("short ", x.counter()))))
			x.must(x.Addressbook.DeleteContact(x.anna.ctx, x.added(list, fmt.Sprintf("short-%d@example.com", x.counter()))))
			x.must(x.Addressbook.DeleteContact(x.anna.ctx, x.contacts(list)[0]))
			x.added(list, fmt.Sprintf("long-%d@example.com", x.counter()))
			forget(pages)
		})
		d.sync()
		wire.taking(nil)
		x.alike(x.chloe, d)
		if n := d.count(isWalk) - before; n != most {
			x.t.Errorf("it began anew %d times, want %d", n, most)
		}
	}
	began := instant.Now()
	walk(0, func(int) { x.must(x.Feed.Forget(x.anna.ctx, x.account, began, began)) })
	x.forgotten()
	d, wire = x.tapped(x.chloe)
	wire.cutting(2)
	walk(1, func(page int) {
		if page == 2 {
			x.forgotten()
		}
	})
}

// stale answers every request that was heard before, by its address alone, with what was answered then.
func stale(x *trial) {
	list := x.list("guests", rows("one", 10))
	d, wire := x.tapped(x.chloe)
	x.alike(x.chloe, d)
	kept := map[string]*reply{}
	wire.taking(func(r *recorded) (*reply, bool) {
		key := r.path
		if r.changes() {
			key = "changes"
		}
		if r.method == "POST" && !r.changes() {
			return nil, false
		}
		if kept[key] == nil {
			kept[key] = wire.forward(r)
		}
		return kept[key], true
	})
	for i := range 3 {
		x.moved(x.contacts(list)[i], "Lyon")
		x.made(item.KindTemplate, fmt.Sprint("mail ", i))
		wire.heard()
		err := d.follower.Sync(x.t.Context())
		asked := wire.heard()
		if len(asked) > 20 {
			x.t.Fatalf("%d requests, and %v", len(asked), err)
		}
		if err != nil {
			x.must(d.follower.Close())
			d.open()
		}
	}
	wire.taking(nil)
	x.alike(x.chloe, d)
	if n := d.count(isWalk); n > 0 {
		x.t.Errorf("it began anew %d times", n)
	}
}

// quietStarts counts what a start costs where nothing has happened: one request, however often.
func quietStarts(x *trial) {
	x.list("guests", rows("one", 10))
	x.campaign("Spring")
	d, wire := x.tapped(x.chloe)
	x.alike(x.chloe, d)
	d.sync()
	for range 4 {
		x.must(d.follower.Close())
		d.open()
		wire.heard()
		d.sync()
		asked := slices.DeleteFunc(wire.heard(), func(r string) bool { return strings.Contains(r, "/sync/digest") })
		if len(asked) != 1 {
			x.t.Errorf("a start asks for %v", asked)
		}
	}
	if d.count(isWalk) > 0 || d.count(func(e syncclient.Event) bool { _, is := e.(syncclient.Reborn); return is }) > 0 {
		x.t.Errorf("there was %v", d.events)
	}
	x.same(x.chloe, d)
}
