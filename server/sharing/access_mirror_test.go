package sharing_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/partage-mail/partage/ent/instant"
)

// readMirror reads with SQL what a copy on a computer holds: items as describe puts those of the API, and the
// addresses of rows, by the API's ids.
func readMirror(t *testing.T, dir string) map[string]string {
	t.Helper()
	main := openFile(t, filepath.Join(dir, "main.db"))
	defer main.Close()
	held := make(map[string]string)
	for table, kind := range map[string]string{"campaigns": "campaign", "templates": "template", "contact_lists": "list", "blacklists": "blacklist"} {
		for _, row := range readRows(t, main, "SELECT * FROM "+table) {
			id, text := describe(itemNode(t, main, kind, row))
			held[id] = text
		}
	}
	for table, rows := range map[string]string{
		"contact_lists": "SELECT 'contact_' || id AS id, email AS address FROM contacts",
		"blacklists":    "SELECT 'entry_' || id AS id, value AS address FROM entries",
	} {
		for _, list := range readRows(t, main, "SELECT name, file, complete FROM "+table) {
			if list["complete"] != int64(1) {
				t.Errorf("%s is not complete after a sync", list["name"])
				continue
			}
			file := openFile(t, filepath.Join(dir, list["file"].(string)))
			for _, row := range readRows(t, file, rows) {
				held[row["id"].(string)] = row["address"].(string)
			}
			file.Close()
		}
	}
	return held
}

// itemNode puts a row of the mirror as the API shows the item.
func itemNode(t *testing.T, main *sql.DB, kind string, row map[string]any) map[string]any {
	t.Helper()
	typename := map[string]string{"campaign": "Campaign", "template": "Template", "list": "ContactList", "blacklist": "Blacklist"}[kind]
	enum := map[string]string{"campaign": "CAMPAIGN", "template": "TEMPLATE", "list": "CONTACT_LIST", "blacklist": "BLACKLIST"}[kind]
	n := map[string]any{
		"__typename": typename, "kind": enum, "id": kind + "_" + row["id"].(string), "name": row["name"], "version": row["version"],
		"audience": strings.ToUpper(row["audience"].(string)), "myLevel": strings.ToUpper(row["my_level"].(string)),
		"creator": personNode(row["creator"]), "changedBy": personNode(row["changed_by"]), "archivedAt": nil,
	}
	if at, ok := row["archived_at"].(int64); ok {
		n["archivedAt"] = instant.Instant(at).Time().Format("2006-01-02T15:04:05.000000Z")
	}
	switch kind {
	case "campaign", "template":
		n["subject"], n["body"] = row["subject"], row["body"]
	case "list":
		n["description"], n["contactCount"] = row["description"], row["row_count"]
	case "blacklist":
		n["description"], n["entryCount"] = row["description"], row["row_count"]
	}
	if kind == "campaign" {
		n["lists"] = readLinks(t, main, "SELECT 'list_' || list AS id FROM campaign_lists WHERE campaign = ?", row["id"])
		n["blacklists"] = readLinks(t, main, "SELECT 'blacklist_' || blacklist AS id FROM campaign_blacklists WHERE campaign = ?", row["id"])
		n["listsRestricted"], n["blacklistsRestricted"] = row["lists_restricted"] == int64(1), row["blacklists_restricted"] == int64(1)
	}
	return n
}

func personNode(id any) any {
	if id == nil {
		return nil
	}
	return map[string]any{"id": fmt.Sprint("person_", id)}
}

func readLinks(t *testing.T, main *sql.DB, statement string, campaign any) []any {
	t.Helper()
	all := []any{}
	for _, row := range readRows(t, main, statement, campaign) {
		all = append(all, row)
	}
	return all
}

func openFile(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// readRows returns rows by column.
func readRows(t *testing.T, db *sql.DB, statement string, args ...any) []map[string]any {
	t.Helper()
	rows, err := db.Query(statement, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		row := make(map[string]any)
		for i, name := range columns {
			row[name] = values[i]
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
