package clienttest

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/credentials"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// write runs SQL on a file of the desk's mirror, as a program of any kind does.
func (d *desk) write(file, statement string, args ...any) {
	d.tb.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(d.follower.Folder(), filepath.FromSlash(file))+"?mode=rw&_busy_timeout=5000")
	must(d.tb, err)
	defer db.Close()
	if _, err := db.Exec(statement, args...); err != nil {
		d.tb.Fatalf("%v in %s", err, statement)
	}
}

// value reads one value of a file of the desk's mirror; NULL where there is no row.
func (d *desk) value(file, query string, args ...any) string {
	d.tb.Helper()
	db := openRead(d.tb, filepath.Join(d.follower.Folder(), filepath.FromSlash(file)))
	defer db.Close()
	var v any
	if err := db.QueryRow(query, args...).Scan(&v); err != nil && err != sql.ErrNoRows {
		d.tb.Fatalf("%v in %s", err, query)
	}
	return strings.TrimPrefix(line("", v), " | ")
}

func (d *desk) fileOf(list uuid.UUID) string {
	return d.value("main.db", `SELECT file FROM (SELECT id, file FROM contact_lists UNION ALL SELECT id, file FROM blacklists UNION ALL SELECT id, file FROM campaigns) WHERE id = ?`, list.String())
}

// attention lists what needs the person's eye, a line each.
func (d *desk) attention() []mirror.Attention {
	d.tb.Helper()
	all, err := mirror.Edit(d.follower.Folder()).Attention(context.Background())
	must(d.tb, err)
	return all
}

func (d *desk) decide(key string, r mirror.Resolution) {
	d.tb.Helper()
	must(d.tb, mirror.Edit(d.follower.Folder()).Decide(context.Background(), key, r))
	d.sync()
}

// copyOf is a desk on a copy of another one's folder, as if it had been carried to a second computer.
func (w *world) copyOf(d *desk, data string) *desk {
	w.tb.Helper()
	b := &desk{tb: w.tb, heard: make(chan struct{}, 1), account: d.account}
	var err error
	b.client, err = syncclient.New(syncclient.Config{Server: w.URL, Data: data, Credentials: credentials.Files(filepath.Join(data, "tokens"))})
	must(w.tb, err)
	w.tb.Cleanup(b.client.Close)
	logins, err := b.client.Logins()
	must(w.tb, err)
	b.login = &logins[0]
	b.open()
	return b
}

// TestEdit: what programs write into mirrors without contact is on the server and on the others' desktops after the
// next sync, and all mirrors are what the server has.
func TestEdit(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list := w.list("customers", rows("one", 5))
		campaign := w.campaign("Spring")
		a, c := w.desk(w.anna), w.desk(w.chloe)
		a.sync()
		c.sync()
		alike := func() {
			t.Helper()
			for range 2 {
				a.sync()
				c.sync()
			}
			w.same(w.anna, a)
			w.same(w.chloe, c)
			for _, d := range []*desk{a, c} {
				if left := d.value("main.db", `SELECT (SELECT count(*) FROM outbox) || (SELECT count(*) FROM edits)`); left != "00" {
					t.Fatalf("outbox and edits: %s", left)
				}
			}
		}
		t.Run("makes, changes and deletes items and rows", func(t *testing.T) {
			a.write("main.db", `INSERT INTO contact_lists (id, name, description) VALUES ('01990000-0000-7000-8000-0000000000aa', 'Made here', 'é 東京 🎈')`)
			a.write("main.db", `INSERT INTO blacklists (name) VALUES ('Never')`)
			a.write("main.db", `INSERT INTO templates (name, body) VALUES ('T', '<p>`+strings.Repeat("x", 100_000)+`</p>')`)
			a.write("main.db", `INSERT INTO campaigns (name, subject) VALUES ('Made offline', 'S')`)
			a.write("main.db", `INSERT INTO campaign_lists SELECT c.id, l.id FROM campaigns c, contact_lists l WHERE c.name = 'Made offline'`)
			a.write("main.db", `INSERT INTO campaign_blacklists SELECT c.id, l.id FROM campaigns c, blacklists l WHERE c.name = 'Made offline'`)
			a.write("main.db", `UPDATE campaigns SET subject = 'Changed', body = 'new' WHERE name = 'Spring'`)
			file := a.fileOf(list)
			a.write(file, `UPDATE contacts SET city = 'Paris', fields = json_set(fields, '$.vip', 'yes') WHERE email LIKE 'one.000001%'`)
			a.write(file, `DELETE FROM contacts WHERE email LIKE 'one.000002%'`)
			a.write(file, `INSERT INTO contacts (email, first_name) VALUES ('new@example.com', 'Zoë')`)
			a.sync()
			made := a.value("main.db", `SELECT file FROM contact_lists WHERE name = 'Made here'`)
			a.write(made, `INSERT INTO contacts (email, state) VALUES ('first@example.com', 'unsubscribed')`)
			a.write(a.value("main.db", `SELECT file FROM blacklists WHERE name = 'Never'`), `INSERT INTO entries (value, note) VALUES ('spam.example', 'n'), ('x@y.example', '')`)
			alike()
			if got := c.value("main.db", `SELECT group_concat(name, ',') FROM (SELECT name FROM campaigns ORDER BY name)`); got != "Made offline,Spring" {
				t.Errorf("Chloé has %s", got)
			}
			if got := c.value(c.fileOf(list), `SELECT group_concat(city || coalesce(fields ->> 'vip', ''), ',') FROM contacts WHERE email LIKE 'one.000001%' OR email LIKE 'new%'`); got != "Parisyes," {
				t.Errorf("Chloé has %s", got)
			}
			a.write("main.db", `DELETE FROM templates`)
			a.write("main.db", `UPDATE campaigns SET archived_at = 1 WHERE name = 'Made offline'`)
			alike()
			if got := c.value("main.db", `SELECT (SELECT count(*) FROM templates) || (SELECT count(*) FROM campaigns WHERE archived_at > 1) || (SELECT count(*) FROM departed)`); got != "011" {
				t.Errorf("Chloé has %s", got)
			}
			if got := a.attention(); len(got) > 0 {
				t.Errorf("%+v", got)
			}
		})
		t.Run("merges fields and keeps both values of one", func(t *testing.T) {
			file := func(d *desk) string { return d.fileOf(list) }
			a.write(file(a), `UPDATE contacts SET city = 'Lyon', company = 'A' WHERE email LIKE 'one.000003%'`)
			c.write(file(c), `UPDATE contacts SET city = 'Nice', first_name = 'C' WHERE email LIKE 'one.000003%'`)
			a.sync()
			c.sync()
			alike()
			if got := a.value(file(a), `SELECT city || company || first_name FROM contacts WHERE email LIKE 'one.000003%'`); got != "LyonAC" {
				t.Errorf("it is %s", got)
			}
			found := c.attention()
			if len(found) != 1 || found[0].What != "conflict" || string(found[0].Mine) != `{"city":"Nice"}` || string(found[0].Theirs) != `{"city":"Lyon"}` || len(a.attention()) > 0 {
				t.Fatalf("%+v", found)
			}
			c.decide(found[0].Key, mirror.Mine)
			alike()
			if got := a.value(file(a), `SELECT city FROM contacts WHERE email LIKE 'one.000003%'`); got != "Nice" {
				t.Errorf("it is %s", got)
			}
		})
		t.Run("keeps what came while a form was open", func(t *testing.T) {
			const row = `FROM contacts WHERE email LIKE 'one.000004%'`
			file := c.fileOf(list)
			id, seen := c.value(file, `SELECT id `+row), c.value(file, `SELECT version `+row)
			a.write(a.fileOf(list), `UPDATE contacts SET city = 'Lyon', company = 'A' WHERE email LIKE 'one.000004%'`)
			alike()
			c.write(file, `UPDATE contacts SET city = 'Nice', version = ? WHERE id = ?`, seen, id) // by SQL, as text
			alike()
			found := c.attention()
			if got := a.value(a.fileOf(list), `SELECT city || company `+row); got != "LyonA" || len(found) != 1 || string(found[0].Mine) != `{"city":"Nice"}` {
				t.Fatalf("it is %s, and %+v", got, found)
			}
			c.decide(found[0].Key, mirror.Theirs)
			version, err := strconv.Atoi(seen)
			must(t, err)
			// By the library, and of a field that nobody has changed meanwhile.
			err = mirror.Edit(c.follower.Folder()).Change(t.Context(), protocol.KindContact, list.String(), id, map[string]any{"last_name": "Roy", "version": version})
			must(t, err)
			alike()
			if got := a.value(a.fileOf(list), `SELECT city || company || last_name `+row); got != "LyonARoy" || len(c.attention()) > 0 {
				t.Fatalf("it is %s, and %+v", got, c.attention())
			}
		})
		t.Run("never mixes bodies, and keeps a copy", func(t *testing.T) {
			a.write("main.db", `UPDATE campaigns SET body = 'of Anna' WHERE name = 'Spring'`)
			c.write("main.db", `UPDATE campaigns SET body = 'of Chloé', format = 'mjml', preheader = 'hers' WHERE name = 'Spring'`)
			a.sync()
			c.sync()
			alikeBut := func() { // the copy is Chloé's alone
				t.Helper()
				a.sync()
				c.sync()
				w.same(w.anna, a)
			}
			alikeBut()
			if got := a.value("main.db", `SELECT body || format || preheader FROM campaigns WHERE name = 'Spring'`); got != "of Annahtmlhers" {
				t.Errorf("it is %s", got)
			}
			found := c.attention()
			if len(found) != 1 || found[0].Copy == "" {
				t.Fatalf("%+v", found)
			}
			if got := c.value("main.db", `SELECT name || body || format FROM campaigns WHERE id = ?`, found[0].Copy); !strings.HasPrefix(got, "Spring (conflict, Chloé Roy, ") || !strings.HasSuffix(got, ")of Chloémjml") {
				t.Errorf("the copy is %s", got)
			}
			// Members make no campaigns: what she wrote stays hers, and she is told why.
			c.decide(found[0].Key, mirror.Both)
			found = c.attention()
			if len(found) != 1 || found[0].What != "refused" || found[0].Code != "FORBIDDEN" || !strings.Contains(string(found[0].Mine), "of Chloé") {
				t.Fatalf("%+v", found)
			}
			c.decide(found[0].Key, mirror.Theirs)
			alike()
		})
		t.Run("keeps what is refused, and erases it with its item", func(t *testing.T) {
			must(t, s.Sharing.SetAudience(w.anna.ctx, campaign, item.AudienceRestricted))
			must(t, s.Sharing.SetAccess(w.anna.ctx, campaign, w.chloe.collaborator, access.LevelView))
			c.write("main.db", `UPDATE campaigns SET subject = 'sentinel of Chloé' WHERE name = 'Spring'`)
			c.sync()
			found := c.attention()
			if len(found) != 1 || found[0].Code != "FORBIDDEN" || !strings.Contains(string(found[0].Mine), "sentinel") {
				t.Fatalf("%+v", found)
			}
			must(t, s.Sharing.Remove(w.anna.ctx, campaign, []uuid.UUID{w.chloe.collaborator}))
			c.sync()
			if found := c.attention(); len(found) != 0 {
				t.Fatalf("%+v", found)
			}
			if found := servertest.Scan(t, c.follower.Folder(), "sentinel of Chloé"); len(found) > 0 {
				t.Fatal(found)
			}
			alike()
		})
		t.Run("notices a mirror that was copied, and loses no edit of either", func(t *testing.T) {
			must(t, a.follower.Close())
			data := t.TempDir()
			must(t, os.CopyFS(data, os.DirFS(filepath.Dir(filepath.Dir(filepath.Dir(a.follower.Folder()))))))
			a.open()
			b := w.copyOf(a, data)
			file := a.fileOf(list)
			a.write(file, `INSERT INTO contacts (email) VALUES ('from-a@example.com')`)
			b.write(file, `INSERT INTO contacts (email) VALUES ('from-b@example.com')`)
			a.sync()
			b.sync()
			a.sync()
			w.same(w.anna, b)
			w.same(w.anna, a)
			if got := a.value(file, `SELECT count(*) FROM contacts WHERE email LIKE 'from-%'`); got != "2" {
				t.Errorf("%s of them are there", got)
			}
			if !slices.ContainsFunc(b.events, func(e syncclient.Event) bool { r, is := e.(syncclient.Reborn); return is && r.Why == "copy" }) {
				t.Error("the copy was not noticed")
			}
		})
	})
}
