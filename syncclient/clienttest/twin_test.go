package clienttest

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestTwin plays one history twice: as it is, and with much else going on in things that Chloé cannot see. All that goes
// over her wire, each request and each answer to the last number, is the same.
func TestTwin(t *testing.T) {
	storetest.EachConfig(t, func(t *testing.T, database store.Config) {
		var said [2][]string
		for i, hidden := range []bool{false, true} {
			t.Run(fmt.Sprintf("hidden %v", hidden), func(t *testing.T) {
				config := database
				if i > 0 {
					config = storetest.Config(t, map[bool]string{true: "sqlite3", false: "postgres"}[database.URL == ""])
				}
				x := &trial{world: populate(t, servertest.Start(t, config)), t: t, database: config}
				said[i] = overheard(x, hidden)
			})
		}
		if len(said[0]) < 20 {
			t.Fatalf("only %d messages: this test tests nothing", len(said[0]))
		}
		if diff := cmp.Diff(said[0], said[1]); diff != "" {
			t.Fatalf("what she cannot see shows (-without +with):\n%.4000s", diff)
		}
	})
}

// overheard plays the history and returns what went over Chloé's wire, without what is never twice the same.
func overheard(x *trial, hidden bool) []string {
	const quote = `\\*"`                                                                           // also within a page in a page
	seldom := regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|` + // ids
		quote + `(next|after|from)` + quote + `:` + quote + `[^"\\]*` + quote + `|after=[^& ]*|` + // cursors, sealed
		quote + `state` + quote + `:` + quote + `[0-9a-z]+\.[0-9a-z]+` + quote + `|:[0-9a-f]{32}` + quote + `|` + // states, digests
		`\d{4}-\d\d-\d\dT[0-9:.]+Z|\b\d{16}\b`) // moments
	list := x.list("guests", rows("one", 30))
	mail := x.made(item.KindCampaign, "mail")
	d, wire := x.tapped(x.chloe)
	var all []string
	wire.taking(func(r *recorded) (*reply, bool) {
		r.header.Del("Accept-Encoding")
		said := wire.forward(r)
		all = append(all, seldom.ReplaceAllString(r.path+" "+string(r.body), "·"))
		if said != nil {
			all = append(all, fmt.Sprintf("%d %s", said.status, seldom.ReplaceAllString(string(said.body), "·")))
		}
		return said, true
	})
	var secret, secretMail uuid.UUID
	others := func(step int) {
		if !hidden {
			return
		}
		if secret == uuid.Nil {
			secret, secretMail = x.list("secret", rows("hidden", 40)), x.made(item.KindCampaign, "secret mail")
			x.at([]uuid.UUID{secret, secretMail}, access.LevelNone)
			return
		}
		x.renamed(item.KindContactList, secret, fmt.Sprint("secret ", step))
		gone := x.contacts(secret)
		x.must(x.Addressbook.DeleteContact(x.anna.ctx, gone[0]))
		x.moved(gone[1], fmt.Sprint("nowhere ", step))
		x.receive(secretMail, uuid.Nil)
		x.must(x.Library.Archive(x.anna.ctx, secretMail))
		x.must(x.Library.Unarchive(x.anna.ctx, secretMail))
		if step%3 == 0 {
			x.must(x.Library.Delete(x.anna.ctx, secret))
			x.must(x.Library.Restore(x.anna.ctx, secret))
		}
	}
	others(0) // what could be seen for a moment is from before she looked
	for step := range 12 {
		switch step % 6 {
		case 0:
			x.moved(x.contacts(list)[step], fmt.Sprint("town ", step))
		case 1:
			x.renamed(item.KindCampaign, mail, fmt.Sprint("mail ", step))
		case 2:
			x.must(x.Addressbook.DeleteContact(x.anna.ctx, x.contacts(list)[0]))
		case 3:
			x.at([]uuid.UUID{list}, access.LevelNone)
		case 4:
			x.at([]uuid.UUID{list}, access.LevelEdit)
		case 5:
			d.write("main.db", `UPDATE campaigns SET preheader = ? WHERE name LIKE 'mail%'`, fmt.Sprint("hers ", step))
		}
		others(step + 1)
		d.sync()
		others(step + 1)
		d.sync()
	}
	return all
}
