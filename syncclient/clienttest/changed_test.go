package clienttest

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/syncclient"
)

// screen is a program that shows all of a mirror, and reads again only what events name. A line has a row and what is to
// become of its edits.
type screen struct {
	d     *desk
	lines map[syncclient.Kind]map[string]map[string]string // by kind, list and id
	named int                                              // rows that events named one by one
}

func newScreen(d *desk) *screen {
	return &screen{d: d, lines: map[syncclient.Kind]map[string]map[string]string{}}
}

// tables are where items of each kind are.
func tables() map[syncclient.Kind]string {
	return map[syncclient.Kind]string{
		syncclient.KindAccount: "account", syncclient.KindCollaborator: "collaborators", syncclient.KindCampaign: "campaigns",
		syncclient.KindTemplate: "templates", syncclient.KindList: "contact_lists", syncclient.KindBlacklist: "blacklists",
	}
}

// ofRows are the kinds of items that have rows, by the kind of the rows.
func ofRows() map[syncclient.Kind]syncclient.Kind {
	return map[syncclient.Kind]syncclient.Kind{
		syncclient.KindContact: syncclient.KindList, syncclient.KindEntry: syncclient.KindBlacklist, syncclient.KindLead: syncclient.KindCampaign,
	}
}

// read reads the rows of a kind, all or one.
func (s *screen) read(kind syncclient.Kind, list, where string, args ...any) map[string]string {
	s.d.tb.Helper()
	file, table := "main.db", tables()[kind]
	if item, ofList := ofRows()[kind]; ofList {
		table = map[syncclient.Kind]string{syncclient.KindContact: "contacts", syncclient.KindEntry: "entries", syncclient.KindLead: "leads"}[kind]
		if file = s.d.value("main.db", `SELECT file FROM `+tables()[item]+` WHERE id = ?`, list); file == "NULL" {
			return nil
		}
	}
	db := openRead(s.d.tb, filepath.Join(s.d.follower.Folder(), filepath.FromSlash(file)))
	defer db.Close()
	rows, err := db.Query(`SELECT t.id, coalesce((SELECT group_concat(state) FROM states WHERE id = t.id), 'synced'), t.* FROM `+table+` t `+where, args...)
	must(s.d.tb, err)
	defer rows.Close()
	columns, err := rows.Columns()
	must(s.d.tb, err)
	all := map[string]string{}
	for rows.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		must(s.d.tb, rows.Scan(into...))
		var cells []string
		for i, name := range columns[1:] {
			if name != "walk" {
				cells = append(cells, fmt.Sprint(values[i+1]))
			}
		}
		all[fmt.Sprint(values[0])] = strings.Join(cells, " | ")
	}
	must(s.d.tb, rows.Err())
	return all
}

// hear reads again what an event names, at once: what happens later must be told later.
func (s *screen) hear(told syncclient.Event) {
	e, is := told.(syncclient.Changed)
	if !is {
		return
	}
	if e.Many {
		s.put(e.Kind, e.Item, s.read(e.Kind, e.Item, ""))
		return
	}
	lines := maps.Clone(s.lines[e.Kind][e.Item])
	if lines == nil {
		lines = map[string]string{}
	}
	for _, id := range e.Removed {
		delete(lines, id)
	}
	s.named += len(e.IDs) + len(e.Removed)
	for _, id := range e.IDs {
		delete(lines, id)
		maps.Copy(lines, s.read(e.Kind, e.Item, "WHERE t.id = ?", id))
	}
	s.put(e.Kind, e.Item, lines)
}

// put shows rows. With an item its rows go from sight.
func (s *screen) put(kind syncclient.Kind, list string, lines map[string]string) {
	if s.lines[kind] == nil {
		s.lines[kind] = map[string]map[string]string{}
	}
	for rows, item := range ofRows() {
		for id := range s.lines[kind][""] {
			if _, still := lines[id]; item == kind && !still {
				delete(s.lines[rows], id)
			}
		}
	}
	s.lines[kind][list] = lines
}

// whole is what a program shows that has just read everything.
func (s *screen) whole() map[string]string {
	all := newScreen(s.d)
	for kind := range tables() {
		all.put(kind, "", all.read(kind, "", ""))
	}
	for kind, item := range ofRows() {
		for list := range all.lines[item][""] {
			all.put(kind, list, all.read(kind, list, ""))
		}
	}
	return all.flat()
}

func (s *screen) flat() map[string]string {
	flat := map[string]string{}
	for kind, lists := range s.lines {
		for list, lines := range lists {
			for id, line := range lines {
				flat[strings.Join([]string{string(kind), list, id}, " ")] = line
			}
		}
	}
	return flat
}

// TestChanged: a program that reads again what Changed names shows what the mirror has, whatever happened.
func TestChanged(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		customers := w.list("customers", rows("one", 30))
		never, err := w.Library.Create(w.anna.ctx, item.KindBlacklist, library.Patch{Name: ptr("never")})
		must(t, err)
		campaign := w.campaign("Spring")
		d, other := w.desk(w.chloe), w.desk(w.anna)
		shown := newScreen(d)
		d.watch = shown.hear
		alike := func(after string, atLeast int) {
			t.Helper()
			before := shown.named
			d.sync()
			if diff := cmp.Diff(shown.whole(), shown.flat()); diff != "" {
				t.Fatalf("after %s the program shows something else (-mirror +shown):\n%s", after, diff)
			}
			if named := shown.named - before; named < atLeast {
				t.Fatalf("after %s %d rows were named one by one, want at least %d", after, named, atLeast)
			}
		}
		alike("the first fill", 0)

		_, err = w.Library.Change(w.anna.ctx, item.KindCampaign, campaign, 1, library.Patch{Subject: ptr("Anna's")})
		must(t, err)
		fresh := w.list("fresh", rows("two", 3))
		alike("changes of items", 2)

		for i := range 3 {
			_, err = w.Addressbook.CreateContact(w.anna.ctx, customers, addressbook.ContactPatch{Email: ptr(fmt.Sprintf("n%d@example.com", i))})
			must(t, err)
		}
		alike("new rows", 3)

		other.sync()
		other.write(other.fileOf(customers), `DELETE FROM contacts WHERE email LIKE 'one.00000%'`)
		other.write(other.fileOf(never), `INSERT INTO entries (value) VALUES ('b@example.com')`)
		other.sync()
		alike("removed rows and an entry", 11)

		d.write("main.db", `UPDATE campaigns SET preheader = 'Chloé''s' WHERE name = 'Spring'`)
		d.write(d.fileOf(customers), `UPDATE contacts SET city = 'Nice' WHERE email LIKE 'one.00001%'`)
		alike("own edits", 11)

		other.sync()
		other.write(other.fileOf(customers), `UPDATE contacts SET city = 'Lyon' WHERE email LIKE 'one.000020%'`)
		other.sync()
		d.write(d.fileOf(customers), `UPDATE contacts SET city = 'Nice' WHERE email LIKE 'one.000020%'`)
		alike("a conflict", 1)
		must(t, d.client.Editor(d.login, d.account).Decide(context.Background(), d.attention()[0].Key, syncclient.Theirs))
		alike("a decision", 1)
		d.write(d.fileOf(customers), `UPDATE contacts SET email = 'n1@example.com' WHERE email = 'n2@example.com'`)
		alike("an edit that was refused", 1)

		must(t, w.Sharing.SetAudience(w.anna.ctx, fresh, item.AudienceRestricted))
		alike("a list that was taken away", 1)
		must(t, w.Sharing.SetAudience(w.anna.ctx, fresh, item.AudienceEveryone))
		alike("a list that was given again", 0)
	})
}
