package changes

import (
	"context"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/store"
)

// Columns are the columns of a kind's rows in the dense form, in order. Moments are microseconds since
// 1970 in UTC, enums the database's lower-case values, further fields a JSON object in a string.
var Columns = map[item.Kind][]string{
	item.KindContactList: {
		"id", "email", "first_name", "last_name", "company", "city", "fields", "state",
		"version", "created_at", "changed_at",
	},
	item.KindCampaign: {
		"id", "assignee", "assigned_at", "email", "name", "phone", "source", "fields", "state", "notes",
		"version", "created_at", "changed_at",
	},
	item.KindBlacklist: {"id", "kind", "value", "reason", "note", "version", "created_at", "changed_at"},
}

// valueOf is the database's expression of a column; null is written as null.
func valueOf(column string) (expression string, nullable bool) {
	switch column {
	case "assignee":
		return "assignee_id", true
	case "assigned_at":
		return "nullif(assigned_at, 0)", true // never
	}
	return column, false
}

// Dense reads the rows of the page as one JSON array of arrays, built by the database and not looked at
// here, with their number. The span was found in the same snapshot, where the item was visible.
func (s *Span) Dense(ctx context.Context, tx *ent.Tx, dialectName string) (rows string, count int, err error) {
	t := tables[s.Item.Kind]
	array, join := listed(Columns[s.Item.Kind]), "group_concat(row, ',')"
	if dialectName == dialect.Postgres {
		array, join = concatenated(Columns[s.Item.Kind]), "string_agg(row, ',')"
	}
	// The inner query goes along the index; its order is that of the page.
	query := `SELECT '[' || coalesce(` + join + `, '') || ']', count(*) FROM (SELECT ` +
		array + ` AS row FROM ` + t.name +
		` WHERE ` + t.parent + ` = ? AND (row_seq, id) > (?, ?) AND (row_seq, id) <= (?, ?)`
	args := []any{s.Item.ID, s.after.seq, s.after.id, s.upTo.seq, s.upTo.id}
	if s.whose != uuid.Nil {
		query, args = query+` AND `+t.owner+` = ?`, append(args, s.whose)
	}
	found, err := tx.QueryContext(ctx, store.Rebind(dialectName, query+` ORDER BY row_seq, id) AS page`), args...)
	if err != nil {
		return "", 0, fmt.Errorf("reading dense rows: %w", err)
	}
	defer found.Close()
	if !found.Next() {
		return "", 0, fmt.Errorf("reading dense rows: %w", found.Err())
	}
	if err := found.Scan(&rows, &count); err != nil {
		return "", 0, fmt.Errorf("reading dense rows: %w", err)
	}
	return rows, count, found.Close()
}

// listed is a JSON array of columns for SQLite.
func listed(columns []string) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i], _ = valueOf(c)
	}
	return "json_array(" + strings.Join(parts, ", ") + ")"
}

// concatenated is a JSON array of columns for PostgreSQL, put together as text: its json_build_array looks
// up the type of each value and takes three times as long.
func concatenated(columns []string) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		value, nullable := valueOf(c)
		if parts[i] = "to_json(" + value + ")"; nullable {
			parts[i] = "coalesce(" + parts[i] + "::text, 'null')"
		}
	}
	return "'[' || " + strings.Join(parts, " || ',' || ") + " || ']'"
}
