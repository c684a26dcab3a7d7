package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// shown is a statement that a page shows to programs, and where it is to be run: "" is main.db, else the file of a list,
// blacklist or campaign, or "attached": main.db with the file of a list beside it.
type shown struct{ where, sql string }

// statementsIn returns what a page shows.
func statementsIn(t *testing.T, page string) []shown {
	t.Helper()
	text, err := os.ReadFile(page)
	must(t, err)
	var all []shown
	for _, q := range regexp.MustCompile("(?s)```sql\n(?:-- in the file of a (\\w+)\n|-- with the file of a list (attached)[^\n]*\n)?(.*?)```").FindAllStringSubmatch(string(text), -1) {
		all = append(all, shown{q[1] + q[2], q[3]})
	}
	if len(all) < 5 {
		t.Fatalf("only %d statements were found on %s", len(all), page)
	}
	return all
}

// everyFile is a mirror with files of all kinds, each opened as a program does.
func everyFile(t *testing.T) map[string]*sql.DB {
	t.Helper()
	m := setup(t)
	list := fill(t, m, newID(), 3)
	indexAll(t, m)
	at := map[string]*sql.DB{"": m.main, "list": m.files[list.ID].db}
	for name, l := range map[string]layout{"blacklist": entries(), "campaign": leads()} {
		path := filepath.Join(t.TempDir(), name+".db")
		must(t, touch(path))
		f, err := m.openRows(context.Background(), l, path, newID())
		must(t, err)
		t.Cleanup(func() { _ = f.shut() })
		must(t, f.finish(context.Background()))
		at[name] = f.db
	}
	at["attached"] = program(t, m, mainFile)
	at["attached"].SetMaxOpenConns(1)
	run(t, at["attached"], `ATTACH ? AS list`, "file:"+filepath.Join(m.Dir(), fileOf(t, m, list))+"?mode=ro")
	return at
}

// runAll runs what a page shows, in its order.
func runAll(t *testing.T, at map[string]*sql.DB, all []shown) {
	t.Helper()
	for _, s := range all {
		rows, err := at[s.where].Query(s.sql)
		if err != nil {
			t.Errorf("%v in:\n%s", err, s.sql)
			continue
		}
		for rows.Next() {
		}
		if err := rows.Err(); err != nil {
			t.Errorf("%v in:\n%s", err, s.sql)
		}
		must(t, rows.Close())
	}
}

// contract is what a version of the tables was: its SQL, file by file.
func contract(t *testing.T, version int) map[string]*sql.DB {
	t.Helper()
	files := map[string]*sql.DB{}
	for name, where := range map[string]string{"main": "", "contacts": "list", "entries": "blacklist", "leads": "campaign"} {
		text, err := os.ReadFile(filepath.Join("testdata", fmt.Sprint("v", version), name+".sql"))
		if os.IsNotExist(err) && version == 1 {
			continue
		}
		must(t, err)
		db, err := sql.Open("sqlite3", ":memory:")
		must(t, err)
		t.Cleanup(func() { _ = db.Close() })
		db.SetMaxOpenConns(1)
		run(t, db, string(text))
		files[where] = db
	}
	return files
}

// TestContract runs against today's mirror what older versions promised to programs: the statements that their pages
// showed, the names that could be read, and the columns that could be written.
func TestContract(t *testing.T) {
	t.Parallel()
	for old := 1; old < version; old++ {
		t.Run(fmt.Sprintf("version %d: statements", old), func(t *testing.T) {
			t.Parallel()
			at := everyFile(t)
			run(t, at[""], `INSERT INTO campaigns (name) VALUES ('Spring'), ('Autumn')`)
			runAll(t, at, statementsIn(t, filepath.Join("testdata", fmt.Sprint("v", old), "statements.md")))
			if old == 1 {
				return // it could not be written
			}
			for query, want := range map[string]string{
				`SELECT subject FROM campaigns WHERE name = 'Spring'`:                                             "News of May",
				`SELECT archived_at IS NOT NULL FROM campaigns WHERE name = 'Autumn'`:                             "1",
				`SELECT body FROM templates WHERE name = 'Plain'`:                                                 "<p>Hello {{ contact.first_name }}</p>",
				`SELECT count(*) FROM campaign_lists l JOIN campaigns c ON c.id = l.campaign AND name = 'Spring'`: "1",
				`SELECT count(*) FROM outbox`:                                                                     "3",
			} {
				if got := ask(t, at[""], query); got != want {
					t.Errorf("%s: %s", query, got)
				}
			}
		})
		t.Run(fmt.Sprintf("version %d: names", old), func(t *testing.T) {
			t.Parallel()
			at := everyFile(t)
			for where, db := range contract(t, old) {
				names, err := pairs(context.Background(), db, `SELECT s.name, c.name FROM sqlite_schema s, pragma_table_info(s.name) c
					WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'sqlite%' AND c.name <> 'walk'`)
				must(t, err)
				if len(names) < 10 {
					t.Fatal("no names")
				}
				for _, n := range names {
					if _, err := at[where].Exec(fmt.Sprintf(`SELECT "%[1]s"."%[2]s" FROM %[1]s LIMIT 0`, n[0], n[1])); err != nil {
						t.Errorf("in %q: %v", where, err)
					}
				}
			}
		})
		t.Run(fmt.Sprintf("version %d: writes", old), func(t *testing.T) {
			t.Parallel()
			at := everyFile(t)
			written := 0
			for where, db := range contract(t, old) {
				views, err := column(context.Background(), db, `SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%INSTEAD OF%'`)
				must(t, err)
				for _, view := range views {
					written += sameWrites(t, db, at[where], view)
				}
			}
			if written < 30 && old > 1 {
				t.Errorf("only %d columns can be written", written)
			}
		})
	}
}

// sameWrites tries to write every column of a view in an old file and in today's, and returns how many the old one takes.
func sameWrites(t *testing.T, old, today *sql.DB, view string) int {
	t.Helper()
	table, err := column(context.Background(), old, `SELECT name FROM sqlite_schema WHERE name = 'server_' || ?`, view)
	must(t, err)
	if len(table) == 0 {
		return 0 // of what triggers write to
	}
	columns, err := pairs(context.Background(), old, `SELECT name, type FROM pragma_table_info(?)`, table[0])
	must(t, err)
	values := map[string]string{"format": "'mjml'", "archived_at": "7", "fields": `'{"a":"b"}'`, "state": "'lost'", "email": "'x@example.com'", "reason": "'bounced'"}
	first := map[string]string{"format": "'html'", "audience": "'everyone'", "fields": "'{}'", "state": "'new'", "email": "'y@example.com'", "reason": "'manual'"}
	if view == "contacts" {
		values["state"], first["state"] = "'bounced'", "'subscribed'"
	}
	for _, db := range []*sql.DB{old, today} {
		var names, defaults []string
		for _, c := range columns {
			names = append(names, c[0])
			value := map[bool]string{true: "1", false: "'v'"}[c[1] == "INTEGER"]
			if first[c[0]] != "" {
				value = first[c[0]]
			}
			defaults = append(defaults, value)
		}
		run(t, db, fmt.Sprintf(`PRAGMA foreign_keys = OFF; DELETE FROM edits; DELETE FROM outbox; DELETE FROM %[1]s; INSERT INTO %[1]s (%[2]s) VALUES (%[3]s)`,
			table[0], strings.Join(names, ", "), strings.Join(defaults, ", ")))
		if slices.Contains(names, "id") {
			run(t, db, fmt.Sprintf(`UPDATE %s SET id = '01900000-0000-7000-8000-00000000000f'`, table[0]))
		}
	}
	taken := 0
	for _, c := range columns {
		value := values[c[0]]
		if value == "" {
			value = "'new'"
		}
		update := fmt.Sprintf(`UPDATE %s SET %s = %s`, view, c[0], value)
		if _, err := old.Exec(update); err != nil {
			continue
		}
		taken++
		if _, err := today.Exec(update); err != nil {
			t.Errorf("%s: %v", update, err)
			continue
		}
		compare := fmt.Sprintf(`SELECT coalesce(%s, 'NULL') FROM %s`, c[0], view)
		if c[0] == "archived_at" {
			compare = fmt.Sprintf(`SELECT archived_at IS NULL FROM %s`, view)
		}
		if got, want := ask(t, today, compare), ask(t, old, compare); got != want {
			t.Errorf("%s: %s, and it was %s", update, got, want)
		}
	}
	return taken
}
