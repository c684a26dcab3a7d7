package mirror

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestSchema holds SCHEMA.md against the files: every column is documented, every query runs.
func TestSchema(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("SCHEMA.md")
	if err != nil {
		t.Fatal(err)
	}
	m := setup(t)
	list := fill(t, m, newID(), 3)
	at := map[string]*sql.DB{"": m.main, "list": m.files[list.ID].db}
	for name, l := range map[string]layout{"blacklist": entries(), "campaign": leads()} {
		path := filepath.Join(t.TempDir(), name+".db")
		if err := touch(path); err != nil {
			t.Fatal(err)
		}
		f, err := m.openRows(context.Background(), l, path, newID())
		if err != nil {
			t.Fatal(err)
		}
		defer f.db.Close()
		at[name] = f.db
	}

	sections := map[string]string{}
	for _, part := range regexp.MustCompile(`(?m)^### `).Split(string(text), -1)[1:] {
		heading, body, _ := strings.Cut(part, "\n")
		for _, table := range strings.Split(heading, ", ") {
			sections[table] = body
		}
	}
	for name, db := range at {
		tables, err := column(context.Background(), db, `SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'`)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			columns, err := column(context.Background(), db, `SELECT name FROM pragma_table_info(?)`, table)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range columns {
				if !strings.Contains(sections[strings.TrimPrefix(table, "server_")], "`"+c+"`") {
					t.Errorf("%s: the column %s.%s is not documented", name, table, c)
				}
			}
		}
	}
	if _, err := m.main.Exec(`INSERT INTO campaigns (name) VALUES ('Spring')`); err != nil {
		t.Fatal(err)
	}
	queries := regexp.MustCompile("(?s)```sql\n(?:-- in the file of a (\\w+)\n)?(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(queries) < 5 {
		t.Fatalf("only %d queries were found", len(queries))
	}
	for _, q := range queries {
		rows, err := at[q[1]].Query(q[2])
		if err != nil {
			t.Errorf("%v in:\n%s", err, q[2])
			continue
		}
		for rows.Next() {
		}
		if err := rows.Err(); err != nil {
			t.Errorf("%v in:\n%s", err, q[2])
		}
		rows.Close()
	}
	files := map[protocol.Enum]string{protocol.Contacts: "list", protocol.Entries: "blacklist", protocol.Leads: "campaign"}
	for _, l := range layouts() {
		columns, err := column(context.Background(), at[files[l.kind]],
			`SELECT name FROM pragma_table_info(?) WHERE name <> 'walk'`, l.table)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Join(columns, ","), strings.Join(protocol.Columns(l.kind), ","); got != want {
			t.Errorf("the table %s has the columns %s, the protocol %s", l.table, got, want)
		}
	}
}
