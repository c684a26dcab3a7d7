package mirror

import (
	"context"
	"fmt"
	"os"
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
	at := everyFile(t)
	if want := fmt.Sprintf("is the contract with such programs, version %d;", version); !strings.Contains(string(text), want) {
		t.Errorf("the page does not say %q", want)
	}
	if want := fmt.Sprintf("is %d (%#x,", applicationID, applicationID); !strings.Contains(string(text), want) {
		t.Errorf("the page does not say %q", want)
	}
	sections := map[string]string{}
	for _, part := range regexp.MustCompile(`(?m)^### `).Split(string(text), -1)[1:] {
		heading, body, _ := strings.Cut(part, "\n")
		for _, table := range strings.Split(heading, ", ") {
			sections[table] = body
		}
	}
	for name, db := range at {
		if name == "attached" {
			continue
		}
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
	run(t, at[""], `INSERT INTO campaigns (name) VALUES ('Spring')`)
	runAll(t, at, statementsIn(t, "SCHEMA.md"))
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
