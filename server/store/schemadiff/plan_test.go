package main

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent/migrate"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/migration"
	"github.com/partage-mail/partage/server/store/storetest"
)

// fixture is a dialect, its migrations and a database with the desired tables.
type fixture struct {
	dialect string
	ms      []migration.Migration
	want    database
}

func setup(t *testing.T, dialectName string) fixture {
	t.Helper()
	folder, err := migrate.Files(dialectName)
	if err != nil {
		t.Fatal(err)
	}
	ms, err := migration.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	want, err := desired(t.Context(), dialectName, empty(t, dialectName))
	if err != nil {
		t.Fatal(err)
	}
	return fixture{dialectName, ms, want}
}

func empty(t *testing.T, dialectName string) maker {
	return func() (*sql.DB, error) {
		c := storetest.EmptyConfig(t, dialectName)
		driver, source := "pgx", c.URL
		if dialectName == dialect.SQLite {
			driver, source = "sqlite3", filepath.Join(c.DataDir, store.FileName)+"?_fk=on"
		}
		db, err := sql.Open(driver, source)
		if err == nil {
			t.Cleanup(func() { db.Close() })
		}
		return db, err
	}
}

// missing returns what a database lacks to the desired schema once the migrations have been applied.
func (f fixture) missing(t *testing.T, have database, ms []migration.Migration) string {
	t.Helper()
	if err := migration.Apply(t.Context(), have.db, f.dialect, ms); err != nil {
		t.Fatal(err)
	}
	changes, err := have.difference(t.Context(), f.want)
	if err != nil {
		t.Fatal(err)
	}
	return text(changes)
}

func (f fixture) blank(t *testing.T) database {
	t.Helper()
	d, err := blank(f.dialect, empty(t, f.dialect))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestMigrations(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { testMigrations(t, setup(t, dialect.SQLite)) })
	t.Run("postgres", func(t *testing.T) { testMigrations(t, setup(t, dialect.Postgres)) })
}

func testMigrations(t *testing.T, f fixture) {
	t.Run("lead to the ent schema and its amendments", func(t *testing.T) {
		if s := f.missing(t, f.blank(t), f.ms); s != "" {
			t.Errorf("run go generate ./ent (before the first release) or schemadiff -name; missing is:\n%s", s)
		}
	})
	// Each alteration of the migrations must be noticed, and the migration made from it must mend it
	// to the same schema: the test above can fail, and the next migration is right.
	for name, alter := range map[string]func(string) string{
		"a CHECK less":           without(`CONSTRAINT .access_round_robin_implies_access. CHECK`),
		"an enum CHECK less":     without(`CONSTRAINT .items_kind_values. CHECK`),
		"another CHECK":          replacing(`'complaint', 'manual'`, `'complaint', 'by_hand'`),
		"a foreign key less":     without(`CONSTRAINT .contact_lists_items_item. FOREIGN KEY`),
		"another cascade":        replacingLine(`CONSTRAINT .access_items_item. FOREIGN KEY`, "ON DELETE CASCADE", "ON DELETE RESTRICT"),
		"an index less":          without(`CREATE UNIQUE INDEX .access_item_id_collaborator_id.`),
		"an index not unique":    replacingLine(`CREATE UNIQUE INDEX .contact_list_id_email_key.`, "UNIQUE INDEX", "INDEX"),
		"an index over all rows": replacing(" WHERE deleted_at = 0", ""),
		"a column less":          without(`.preheader. `),
		"a column that may lack": replacingLine(`.password_hash. `, " NOT NULL", ""),
		"another default":        replacing("'UTC'", "'GMT'"),
		"a table less":           withoutTable("templates"),
		"a table more":           func(s string) string { return s + "CREATE TABLE more (id integer PRIMARY KEY);\n" },
	} {
		t.Run("are noticed and mended with "+name, func(t *testing.T) {
			ms := slices.Clone(f.ms)
			ms[0].SQL = alter(ms[0].SQL)
			if ms[0].SQL == f.ms[0].SQL {
				t.Fatal("nothing was altered")
			}
			have := f.blank(t)
			next := f.missing(t, have, ms)
			if next == "" {
				t.Fatal("not noticed")
			}
			ms = append(ms, migration.Migration{Version: len(ms) + 1, Name: "mend", SQL: next})
			if s := f.missing(t, have, ms); s != "" {
				t.Errorf("after\n%s\nmissing is\n%s", next, s)
			}
		})
	}
}

// without drops the line that holds the pattern, in which a dot is a quote of either dialect.
func without(pattern string) func(string) string {
	return func(s string) string {
		return lines(s, pattern, func(string) string { return "" })
	}
}

func withoutTable(name string) func(string) string {
	return func(s string) string {
		start := strings.Index(strings.ReplaceAll(s, "`", `"`), `CREATE TABLE "`+name+`"`)
		return s[:start] + s[start+strings.Index(s[start:], ";")+1:]
	}
}

func replacing(old, now string) func(string) string {
	return func(s string) string { return strings.ReplaceAll(s, old, now) }
}

func replacingLine(pattern, old, now string) func(string) string {
	return func(s string) string {
		return lines(s, pattern, func(line string) string { return strings.ReplaceAll(line, old, now) })
	}
}

// lines changes those that hold the pattern and mends the comma before a closing parenthesis.
func lines(s, pattern string, change func(string) string) string {
	var kept []string
	for _, line := range strings.Split(s, "\n") {
		plain := strings.NewReplacer("`", ".", `"`, ".").Replace(line)
		if strings.Contains(plain, pattern) && !strings.HasPrefix(line, "--") {
			line = change(line)
		}
		if line != "" {
			kept = append(kept, line)
		}
	}
	return strings.ReplaceAll(strings.Join(kept, "\n"), ",\n)", "\n)")
}
