package image

import (
	"fmt"
	"strings"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/digest"
)

// tableOf is the name of the one table of an image, as clients have it.
func tableOf(kind item.Kind) string {
	switch kind {
	case item.KindBlacklist:
		return "server_entries"
	case item.KindCampaign:
		return "server_leads"
	default:
		return "server_contacts"
	}
}

// createTable is the statement that makes the table of an image. It is part of the protocol: clients compare its text
// with theirs (syncclient/protocol/PROTOCOL.md, "Images").
func createTable(kind item.Kind) string {
	var columns []string
	for _, name := range digest.Columns(kind) {
		typ, null := "TEXT", " NOT NULL"
		switch name {
		case "version", "created_at", "changed_at", "assigned_at":
			typ = "INTEGER"
		}
		switch name {
		case "id":
			null = " NOT NULL PRIMARY KEY"
		case "assignee", "assigned_at":
			null = ""
		}
		columns = append(columns, name+" "+typ+null)
	}
	return fmt.Sprintf("CREATE TABLE %s (%s, walk INTEGER NOT NULL) STRICT", tableOf(kind), strings.Join(columns, ", "))
}

// selectRows is the query of an item's rows for the table, in the order of their changes: the id of the item is its
// parameter, and schema stands before the table. walk is 1.
func selectRows(schema string, kind item.Kind) string {
	var all []string
	for _, name := range digest.Columns(kind) {
		all = append(all, digest.Expression(name))
	}
	table, parent := changes.TableOf(kind)
	return fmt.Sprintf(`SELECT %s, 1 FROM %s%s WHERE %s = ? ORDER BY row_seq, id`, strings.Join(all, ", "), schema, table, parent)
}
