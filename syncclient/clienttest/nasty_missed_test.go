package clienttest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/syncclient"
)

// missedRows are cases in which a change never arrives.
func missedRows() []nasty {
	return []nasty{
		{"N2 a page loses a row on the way, and it alone is fetched again, once", lostRow},
		{"N4 rows and items change while pages of them are fetched", changedBetweenPages},
		{"N5 changes fill a page exactly, or are one more", fullPages},
		{"N8 a list is revoked and given again while the desktop is away", regrantedAway},
	}
}

// lostRow: a row is missing in a page that is well-formed otherwise.
func lostRow(x *trial) {
	list := x.list("guests", rows("one", 40))
	d, wire := x.tapped(x.chloe)
	d.sync()
	wire.taking(func(r *recorded) (*reply, bool) {
		said := wire.forward(r)
		said.body = withoutRow(x, said.body)
		return said, true
	})
	for _, id := range x.contacts(list)[:3] {
		x.moved(id, "Lyon")
	}
	d.sync()
	told := d.diverged()
	if len(told) != 1 || told[0].Parts != 1 || told[0].Err != nil {
		x.t.Fatalf("it was told of %+v", told)
	}
	x.same(x.chloe, d)
	wire.taking(nil)
	for i := range 3 {
		x.moved(x.contacts(list)[10+i], "Nice")
		x.alike(x.chloe, d)
	}
	if d.count(isWalk) > 0 {
		x.t.Error("all of it was fetched again")
	}
}

// withoutRow takes the first row out of a page of rows, whether it came alone or with the workspace.
func withoutRow(x *trial, body []byte) []byte {
	cut := func(page string) string {
		lines := strings.SplitN(page, "\n", 3)
		var header map[string]any
		var all []json.RawMessage
		if len(lines) < 3 || json.Unmarshal([]byte(lines[0]), &header) != nil || json.Unmarshal([]byte(lines[1]), &all) != nil ||
			len(all) < 3 || header["parts"] != nil {
			return page
		}
		header["count"] = len(all) - 1
		first, err := json.Marshal(header)
		x.must(err)
		rest, err := json.Marshal(all[1:])
		x.must(err)
		return string(first) + "\n" + string(rest) + "\n" + lines[2]
	}
	var said struct {
		Data struct {
			Changes map[string]any `json:"changes"`
		} `json:"data"`
	}
	if bytes.HasPrefix(body, []byte(`{"kind"`)) {
		return []byte(cut(string(body)))
	}
	if json.Unmarshal(body, &said) != nil || said.Data.Changes == nil {
		return body
	}
	came, _ := said.Data.Changes["rows"].([]any)
	for _, one := range came {
		page := one.(map[string]any)
		page["page"] = cut(page["page"].(string))
	}
	body, err := json.Marshal(said)
	x.must(err)
	return body
}

// changedBetweenPages changes what has come, what is still to come, and what there was not, between any two pages, in a
// first fill and in what follows.
func changedBetweenPages(x *trial) {
	list := x.list("guests", rows("one", 9))
	var mails []uuid.UUID
	for i := range 4 {
		mails = append(mails, x.made(item.KindTemplate, fmt.Sprint("mail ", i)))
	}
	d, wire := x.tapped(x.chloe)
	wire.cutting(2)
	for range 2 {
		pages := 0
		wire.after(func(r *recorded, _ int) {
			if pages++; pages > 6 {
				return
			}
			all := x.contacts(list)
			x.moved(all[0], fmt.Sprint("city ", pages))
			x.moved(all[len(all)-1], fmt.Sprint("city ", pages))
			x.must(x.Addressbook.DeleteContact(x.anna.ctx, all[len(all)/2]))
			x.added(list, fmt.Sprintf("new-%d@example.com", x.counter()))
			x.renamed(item.KindTemplate, mails[0], fmt.Sprint("first ", x.counter()))
			x.renamed(item.KindTemplate, mails[len(mails)-1], fmt.Sprint("last ", x.counter()))
			x.must(x.Library.Delete(x.anna.ctx, mails[1]))
			mails = append(slices.Delete(mails, 1, 2), x.made(item.KindTemplate, fmt.Sprint("made ", x.counter())))
		})
		d.sync()
		wire.taking(nil)
		x.alike(x.chloe, d)
	}
}

// counter returns another number each time.
func (x *trial) counter() int { x.n++; return x.n }

// fullPages has pages of three, and lists and changes of two to seven.
func fullPages(x *trial) {
	var lists []uuid.UUID
	for n := range 8 {
		lists = append(lists, x.list(fmt.Sprint("of ", n), rows("one", n)))
	}
	d, wire := x.tapped(x.chloe)
	wire.cutting(3)
	x.alike(x.chloe, d)
	changed := strings.ReplaceAll(rows("one", 7), "one city", "another")
	for n := 2; n <= 7; n++ { // each is one commit
		_, err := x.Addressbook.Import(x.anna.ctx, lists[n], strings.NewReader(changed), nil)
		x.must(err)
		d.sync()
		x.same(x.chloe, d)
	}
	for n := 2; n <= 7; n++ {
		for i := range n {
			x.made(item.KindTemplate, fmt.Sprint("mail ", n, " ", i))
		}
		d.sync()
		x.same(x.chloe, d)
	}
	wire.cutting(0)
	file := d.fileOf(lists[1])
	for _, n := range []int{99, 100, 101} { // a push has a hundred edits
		d.write(file, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO contacts (email) SELECT 'w' || ? || '-' || i || '@example.com' FROM n`, n, n)
		wire.heard()
		d.sync()
		pushes := slices.DeleteFunc(wire.heard(), func(r string) bool { return !strings.HasPrefix(r, "/sync/push") })
		if want := (n + 99) / 100; len(pushes) != want {
			x.t.Errorf("%d edits were sent in %d requests", n, len(pushes))
		}
		x.same(x.chloe, d)
	}
	x.alike(x.chloe, d)
}

// regrantedAway: nothing happened meanwhile, or rows changed, came and went.
func regrantedAway(x *trial) {
	list := x.list("guests", rows("one", 30))
	mail := x.made(item.KindTemplate, "mail")
	var never uuid.UUID
	for _, meanwhile := range []func(){
		func() {},
		func() {
			x.moved(x.contacts(list)[0], "Lyon")
			x.must(x.Addressbook.DeleteContact(x.anna.ctx, x.contacts(list)[1]))
			x.added(list, "new@example.com")
		},
		func() {
			never = x.added(list, "never@example.com")
			x.must(x.Addressbook.DeleteContact(x.anna.ctx, never))
		},
	} {
		d, wire := x.tapped(x.chloe)
		x.alike(x.chloe, d)
		for _, id := range []uuid.UUID{list, mail} {
			x.must(x.Sharing.SetAudience(x.anna.ctx, id, item.AudienceRestricted))
		}
		meanwhile()
		x.must(x.Sharing.SetAccess(x.anna.ctx, list, x.chloe.collaborator, access.LevelView))
		x.must(x.Sharing.SetAudience(x.anna.ctx, mail, item.AudienceEveryone))
		x.alike(x.chloe, d)
		if never != uuid.Nil && wire.hears(never.String()) {
			x.t.Error("she was told of a row that came and went while she did not see the list")
		}
		if n := d.count(func(e syncclient.Event) bool { _, lost := e.(syncclient.Lost); return lost }); n > 0 {
			x.t.Errorf("a file was lost %d times", n)
		}
		x.must(x.Sharing.ClearAccess(x.anna.ctx, list, x.chloe.collaborator))
		x.must(x.Sharing.SetAudience(x.anna.ctx, list, item.AudienceEveryone))
	}
}

// page is an answer of a kind.
func page(status int, media, body string) *reply {
	return &reply{status, http.Header{"Content-Type": {media}}, []byte(body)}
}
