package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestUpgrade opens a mirror that version 1 made, by its own SQL: everything is there, rows go on from where they were,
// the workspace is walked, and all can be edited.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "mirror")
	must(t, os.MkdirAll(filepath.Join(dir, listFolder), 0o700))
	list, row := newID(), newID()
	old := func(name, schema string, fill ...string) {
		db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, name))
		must(t, err)
		defer db.Close()
		text, err := os.ReadFile(filepath.Join("testdata", "v1", schema))
		must(t, err)
		run(t, db, string(text)+fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = 1;", applicationID))
		for _, statement := range fill {
			run(t, db, statement)
		}
	}
	id := identity()
	old(mainFile, "main.sql",
		fmt.Sprintf(`INSERT INTO mirror (one, server, user, account, collaborator, cursor, walking, contact_at) VALUES (1, '%s', '%s', '%s', '%s', 'here', 0, 1)`,
			id.Server, id.User, id.Account, id.Collaborator),
		fmt.Sprintf(`INSERT INTO account VALUES ('%s', 'Maison', 'everyone', 'fr', 'Europe/Paris', 1, 1)`, id.Account),
		fmt.Sprintf(`INSERT INTO contact_lists (id, name, audience, my_level, version, created_at, changed_at, description, row_count, complete, file, walk)
			VALUES ('%s', 'Old', 'everyone', 'edit', 1, 1, 1, '', 1, 1, 'lists/old.db', 1)`, list),
		fmt.Sprintf(`INSERT INTO buckets VALUES ('%s', 'contacts', 's', 1, 's', 1)`, list))
	old(listFolder+"/old.db", "contacts.sql",
		fmt.Sprintf(`INSERT INTO bucket (one, id, kind, cursor, state, walking, rows) VALUES (1, '%s', 'contacts', 'there', 's', 0, 1)`, list),
		fmt.Sprintf(`INSERT INTO contacts VALUES ('%s', 'a@example.com', 'A', 'B', '', '', '{}', 'subscribed', 3, 1, 1, 1)`, row))

	m := mustOpen(t, dir)
	defer m.Close()
	if at, err := m.Position(ctx); err != nil || at != (Position{Walking: true, Walk: 2}) {
		t.Fatal("no walk of the workspace begins", at, err)
	}
	if lease, err := m.Lease(ctx); err != nil || lease != Running {
		t.Fatal("a lease that the account has not told of", lease, err)
	}
	b := Bucket{ID: list, Kind: protocol.Contacts}
	if at, err := m.RowsPosition(ctx, b); err != nil || at.Cursor != "there" || at.Walking {
		t.Fatal(at, err)
	}
	if behind, err := m.Behind(ctx); err != nil || len(behind) != 0 {
		t.Fatal(behind, err)
	}
	db := program(t, m, fileOf(t, m, b))
	run(t, db, `UPDATE contacts SET city = 'Paris'`)
	m.edited[list] = b
	same(t, outgoing(t, m), `1 change contact base 3 mine [] {"city":"Paris"}`)
	if found, err := versionOf(ctx, m.main); err != nil || found != version {
		t.Fatal(found, err)
	}
	must(t, m.Close())
	must(t, mustOpen(t, dir).Close()) // a second time it is only opened
}

// TestUpgradeSecond opens a mirror that version 2 made: no row and nothing of the workspace is fetched again, what was
// edited is there, and all of it can be searched.
func TestUpgradeSecond(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "mirror")
	must(t, os.MkdirAll(filepath.Join(dir, listFolder), 0o700))
	list, row, id := newID(), newID(), identity()
	old := func(name, schema string, fill ...string) {
		db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, name))
		must(t, err)
		defer db.Close()
		text, err := os.ReadFile(filepath.Join("testdata", "v2", schema))
		must(t, err)
		run(t, db, string(text)+fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = 2;", applicationID))
		for _, statement := range fill {
			run(t, db, statement)
		}
	}
	old(mainFile, "main.sql",
		fmt.Sprintf(`INSERT INTO mirror (one, server, user, account, collaborator, cursor, walking, contact_at) VALUES (1, '%s', '%s', '%s', '%s', 'here', 0, 1)`,
			id.Server, id.User, id.Account, id.Collaborator),
		fmt.Sprintf(`INSERT INTO account (id, name, default_audience, locale, time_zone, version, created_at) VALUES ('%s', 'Maison', 'everyone', 'fr', 'Europe/Paris', 1, 1)`, id.Account),
		fmt.Sprintf(`INSERT INTO server_contact_lists (id, name, audience, my_level, version, created_at, changed_at, description, row_count, complete, file, walk)
			VALUES ('%s', 'Été', 'everyone', 'edit', 1, 1, 1, '', 1, 1, 'lists/old.db', 1)`, list),
		fmt.Sprintf(`INSERT INTO buckets VALUES ('%s', 'contacts', 's', 1, 's', 1)`, list),
		`INSERT INTO templates (name) VALUES ('Crêpe')`)
	old(listFolder+"/old.db", "contacts.sql",
		fmt.Sprintf(`INSERT INTO bucket (one, id, kind, cursor, state, walking, rows) VALUES (1, '%s', 'contacts', 'there', 's', 0, 1)`, list),
		fmt.Sprintf(`INSERT INTO server_contacts VALUES ('%s', 'a@example.com', 'Anaïs', 'B', '', '', '{}', 'subscribed', 3, 1, 1, 1)`, row),
		`UPDATE contacts SET city = 'Besançon'`, `INSERT INTO contacts (email, city) VALUES ('b@example.com', 'Besançon')`)

	m := mustOpen(t, dir)
	defer m.Close()
	if at, err := m.Position(ctx); err != nil || at != (Position{Cursor: "here", Walk: 1}) {
		t.Fatal("the workspace is fetched again", at, err)
	}
	b := Bucket{ID: list, Kind: protocol.Contacts}
	if at, err := m.RowsPosition(ctx, b); err != nil || at.Cursor != "there" || at.Walking {
		t.Fatal(at, err)
	}
	if behind, err := m.Behind(ctx); err != nil || len(behind) != 0 {
		t.Fatal(behind, err)
	}
	indexAll(t, m)
	for text, want := range map[string]int{"ete": 1, "crepe": 1} {
		if got := found(t, m, "", text); len(got) != want {
			t.Error(text, got)
		}
	}
	for text, want := range map[string]int{"anais": 1, "besancon": 2} {
		if got := found(t, m, list, text); len(got) != want {
			t.Error(text, got)
		}
	}
	noticed(t, m)
	if got := outgoing(t, m); len(got) != 3 {
		t.Error(got)
	}
}

// TestUpgradeAgain holds an upgraded file against a new one: the same tables, columns, views and triggers.
func TestUpgradeAgain(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for file, schema := range map[string]string{
		"v1/main.sql": mainAll(), "v1/contacts.sql": contacts().all(), "v2/main.sql": mainAll(), "v2/contacts.sql": contacts().all(),
		"v2/entries.sql": entries().all(), "v2/leads.sql": leads().all(),
	} {
		memory := func(fill string) *sql.DB {
			db, err := sql.Open("sqlite3", ":memory:")
			must(t, err)
			t.Cleanup(func() { _ = db.Close() })
			db.SetMaxOpenConns(1)
			run(t, db, fill)
			return db
		}
		text, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(file)))
		must(t, err)
		from := int(file[1] - '0')
		old, fresh := memory(string(text)), memory(schema)
		must(t, transact(ctx, old, func(tx *sql.Tx) error { return upgrade(ctx, tx, from, schema) }))
		const parts = `SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' UNION ALL
			SELECT s.name || '.' || c.name || ' ' || c.type || c."notnull" || coalesce(c.dflt_value, '')
			FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type IN ('table', 'view') ORDER BY 1`
		got, err := column(ctx, old, parts)
		must(t, err)
		want, err := column(ctx, fresh, parts)
		must(t, err)
		same(t, got, want...)
	}
}
