package clienttest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// restores are cases in which the server, or a copy on a desktop, is put back to what it was.
func restores() []nasty {
	return []nasty{
		{"N18 a restored server has lost edits that it had acknowledged", restoredUnderEdits},
		{"N19 a restored server goes on past the number that the desktop knows", restoredAndPast},
		{"N20 a page, rows or an acknowledgement come from a life that the server does not have", lostLife},
		{"N21 an older copy of the files has what was taken away since", olderFiles},
	}
}

// backup copies the server's database. What it returns puts the copy in the place of the server's, and tells nobody:
// all desks that are tapped meet a server that has always been so.
func (x *trial) backup() (restore func()) {
	x.t.Helper()
	folder := x.t.TempDir()
	if x.Store.Dialect() == dialect.SQLite {
		_, err := x.Store.Client().ExecContext(context.Background(), `VACUUM INTO ?`, filepath.Join(folder, store.FileName))
		x.must(err)
		return func() {
			unguard(x.t, filepath.Join(folder, store.FileName))
			x.restart(store.Config{DataDir: folder})
		}
	}
	x.copyTables("public", "backup")
	return func() {
		x.copyTables("backup", "public")
		x.restart(store.Config{DataDir: folder, URL: x.database.URL})
	}
}

// restart has another server take the place of the one there is.
func (x *trial) restart(database store.Config) {
	x.t.Helper()
	x.Server = servertest.Start(x.t, database)
	x.anna.ctx, x.chloe.ctx = x.as(x.anna.email, x.account), x.as(x.chloe.email, x.account)
	for _, wire := range x.taps {
		wire.target.Store(&x.URL)
	}
}

// copyTables copies all tables of PostgreSQL from one schema to another.
func (x *trial) copyTables(from, to string) {
	x.t.Helper()
	x.must(x.Store.Write(context.Background(), func(ctx context.Context, tx *ent.Tx) error {
		statements := []string{`SET LOCAL session_replication_role = replica`, `CREATE SCHEMA IF NOT EXISTS backup`}
		rows, err := tx.QueryContext(ctx, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return err
			}
			if to == "backup" {
				statements = append(statements, fmt.Sprintf(`CREATE TABLE backup.%s AS TABLE public.%[1]s`, name))
			} else {
				statements = append(statements, fmt.Sprintf(`DELETE FROM public.%s`, name), fmt.Sprintf(`INSERT INTO public.%s SELECT * FROM backup.%[1]s`, name))
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		rows.Close()
		for _, statement := range statements {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	}))
}

// restoredUnderEdits: the desktop sends again what is lost, each once, and nothing that is newer there is deleted.
func restoredUnderEdits(x *trial) {
	list := x.list("guests", rows("one", 5))
	a, _ := x.tapped(x.anna)
	c, _ := x.tapped(x.chloe)
	x.alike(x.anna, a)
	x.alike(x.chloe, c)
	file := a.fileOf(list)
	a.write(file, `INSERT INTO contacts (email) VALUES ('kept@example.com')`)
	x.alike(x.anna, a)
	restore := x.backup()
	a.write(file, `INSERT INTO contacts (email) VALUES ('lost@example.com')`)
	a.write(file, `UPDATE contacts SET city = 'Lyon' WHERE email LIKE 'one.000001%'`)
	a.write(file, `DELETE FROM contacts WHERE email LIKE 'one.000002%'`)
	a.write("main.db", `INSERT INTO templates (name, body) VALUES ('lost', 'b')`)
	a.write("main.db", `INSERT INTO contact_lists (name) VALUES ('made')`)
	x.alike(x.anna, a)
	made := uuid.MustParse(a.value("main.db", `SELECT id FROM contact_lists WHERE name = 'made'`))
	a.write(a.fileOf(made), `INSERT INTO contacts (email) VALUES ('inside@example.com')`)
	x.alike(x.anna, a)
	x.alike(x.chloe, c)
	a.write(file, `INSERT INTO contacts (email) VALUES ('waits@example.com')`)
	a.write(a.fileOf(made), `INSERT INTO contacts (email) VALUES ('inside-waits@example.com')`)
	a.write("main.db", `UPDATE templates SET subject = 'waits' WHERE name = 'lost'`)
	restore()
	for range 2 {
		a.sync()
		c.sync()
	}
	x.same(x.anna, a)
	x.same(x.chloe, c)
	want := "kept@example.com,lost@example.com,waits@example.com,Lyon,0,lost waits,inside-waits@example.com,inside@example.com"
	for _, d := range []*desk{a, c} {
		file := d.fileOf(list)
		got := d.value(file, `SELECT group_concat(email) FROM (SELECT email FROM contacts WHERE email NOT LIKE 'one%' ORDER BY email)`) + "," +
			d.value(file, `SELECT (SELECT city FROM contacts WHERE email LIKE 'one.000001%') || ',' || (SELECT count(*) FROM contacts WHERE email LIKE 'one.000002%')`) +
			"," + d.value("main.db", `SELECT group_concat(name || ' ' || subject) FROM templates`) +
			"," + d.value(d.fileOf(made), `SELECT group_concat(email) FROM (SELECT email FROM contacts ORDER BY email)`)
		if got != want {
			x.t.Errorf("there is %s, want %s", got, want)
		}
	}
	if told := a.attention(); len(told) > 0 {
		x.t.Errorf("she is told %+v", told)
	}
	if n := a.count(func(e syncclient.Event) bool { r, is := e.(syncclient.Reborn); return is && r.Why == "loss" }); n != 1 {
		x.t.Errorf("the loss was told of %d times", n)
	}
}

// restoredAndPast: wherever the restored server stands when the desktop comes back, it is noticed.
func restoredAndPast(x *trial) {
	list := x.list("guests", rows("one", 6))
	d, _ := x.tapped(x.chloe)
	restore := x.backup()
	x.alike(x.chloe, d)
	lost := x.made(item.KindTemplate, "SENTINEL")
	for i, id := range x.contacts(list)[:3] {
		x.moved(id, fmt.Sprint("SENTINEL ", i))
	}
	x.added(list, "SENTINEL@example.com")
	x.alike(x.chloe, d)
	restore()
	for i := range 12 { // past it, with numbers that mean something else
		x.moved(x.contacts(list)[3+i%3], fmt.Sprint("city ", i))
	}
	x.alike(x.chloe, d)
	x.clean(d, "SENTINEL")
	if got := d.reasons(); !slices.Equal(got, []string{"LINEAGE"}) {
		x.t.Errorf("all of it was fetched again for %v", got)
	}
	if x.sees(lost) {
		x.t.Error("it is still on the server")
	}
}

func (x *trial) sees(id uuid.UUID) bool {
	_, err := x.Store.Client().Item.Get(x.anna.ctx, id)
	return err == nil
}

// lostLife: what the desktop has of the life that is lost came with a page, with rows after the last page, or with an
// answer to an edit after which nothing was asked for.
func lostLife(x *trial) {
	list := x.list("guests", rows("one", 6))
	mail := x.made(item.KindTemplate, "mail")
	paged, pages := x.tapped(x.chloe)
	filled, fills := x.tapped(x.chloe)
	wrote, writes := x.tapped(x.anna)
	restore := x.backup()
	for i := range 3 {
		x.renamed(item.KindTemplate, mail, fmt.Sprint("SENTINEL ", i))
	}
	x.alike(x.anna, wrote)

	// A page read at a newer head than its cursor: it is the only one that comes.
	pages.cutting(1)
	x.cutOff(paged, pages, func(r *recorded) bool { return r.changes() && strings.Contains(string(r.body), `"after":"`) })

	// Rows that move after the last page of the workspace, to the number that they will have in the other life, too.
	fills.after(func(r *recorded, _ int) {
		if r.changes() {
			fills.taking(nil)
			x.moved(x.contacts(list)[0], "SENTINEL rows")
		}
	})
	filled.sync()

	// An edit that was acknowledged, and no pull since.
	wrote.write(wrote.fileOf(list), `UPDATE contacts SET company = 'acknowledged' WHERE email LIKE 'one.000004%'`)
	pushed := false
	x.cutOff(wrote, writes, func(r *recorded) bool {
		was := pushed
		pushed = pushed || r.push()
		return was
	})
	if !pushed {
		x.t.Fatal("nothing was pushed")
	}

	restore()
	for i := range 8 {
		x.renamed(item.KindTemplate, mail, fmt.Sprint("name ", i))
	}
	x.moved(x.contacts(list)[1], "there")
	for _, wire := range x.taps {
		wire.taking(nil)
		wire.cutting(0)
	}
	wrote.sync()
	x.alike(x.anna, wrote)
	x.alike(x.chloe, paged)
	x.alike(x.chloe, filled)
	if got := filled.value(filled.fileOf(list), `SELECT company FROM contacts WHERE email LIKE 'one.000004%'`); got != "acknowledged" {
		x.t.Errorf("an acknowledged edit became %q", got)
	}
}

// cutOff syncs a desk until a request of a kind, which nothing follows: its process ends there.
func (x *trial) cutOff(d *desk, wire *tap, last func(*recorded) bool) {
	x.t.Helper()
	ctx, cancel := context.WithCancel(x.t.Context())
	defer cancel()
	wire.taking(func(r *recorded) (*reply, bool) {
		if !last(r) {
			return nil, false
		}
		cancel()
		return nil, true
	})
	if err := d.follower.Sync(ctx); err == nil {
		x.t.Error("it came to its end")
	}
	x.must(d.follower.Close())
	d.open()
}

// olderFiles: a copy of the whole folder from before something was taken away, edited and revoked, is put back.
func olderFiles(x *trial) {
	secret := x.list("SENTINEL", rows("SENTINEL", 20))
	kept := x.list("kept", rows("kept", 20))
	x.must(x.Sharing.SetAccess(x.anna.ctx, kept, x.chloe.collaborator, access.LevelEdit))
	data := x.t.TempDir()
	d := x.deskAt(x.chloe, data)
	x.alike(x.chloe, d)
	d.write(d.fileOf(secret), `UPDATE contacts SET city = 'SENTINEL edit' WHERE email LIKE 'SENTINEL.000001%'`)
	x.must(d.follower.Close())
	old := x.t.TempDir()
	x.must(os.CopyFS(old, os.DirFS(data)))
	d.open()
	d.write(d.fileOf(kept), `INSERT INTO contacts (email) VALUES ('first@example.com')`)
	x.must(x.Sharing.SetAccess(x.anna.ctx, secret, x.chloe.collaborator, access.LevelNone))
	gone := x.contacts(kept)[4]
	x.must(x.Addressbook.DeleteContact(x.anna.ctx, gone))
	x.alike(x.chloe, d)
	x.clean(d, "SENTINEL")
	x.must(d.follower.Close())

	back := x.copyOf(d, old)
	back.write(back.fileOf(kept), `INSERT INTO contacts (email) VALUES ('second@example.com')`)
	back.write(back.fileOf(kept), `UPDATE contacts SET city = 'Lyon' WHERE email LIKE 'kept.000004%'`)
	back.sync()
	x.alike(x.chloe, back)
	x.clean(back, "SENTINEL")
	if got := back.value(back.fileOf(kept), `SELECT group_concat(email) FROM (SELECT email FROM contacts WHERE email NOT LIKE 'kept%' ORDER BY email)`); got != "first@example.com,second@example.com" {
		x.t.Errorf("of what was written there is %s", got)
	}
	told := slices.DeleteFunc(back.attention(), func(one mirror.Attention) bool { return one.What == "discarded" && one.ID == secret.String() })
	if len(told) != 1 || told[0].ID != gone.String() || told[0].Code != "NOT_FOUND" {
		x.t.Errorf("of the edit of a row that is gone she is told %+v", told)
	}
}
