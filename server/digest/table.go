package digest

import (
	"database/sql"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent/item"
)

// Columns returns the values that copies have of a kind's rows, in order; nil for kinds without rows. Moments are
// microseconds since 1970 in UTC, enums the database's lower-case values, further fields a JSON object in a string.
func Columns(kind item.Kind) []string {
	switch kind {
	case item.KindContactList:
		return []string{"id", "email", "first_name", "last_name", "company", "city", "fields", "state",
			"version", "created_at", "changed_at"}
	case item.KindCampaign:
		return []string{"id", "assignee", "assigned_at", "email", "name", "phone", "source", "fields", "state", "notes",
			"version", "created_at", "changed_at"}
	case item.KindBlacklist:
		return []string{"id", "kind", "value", "reason", "note", "version", "created_at", "changed_at"}
	}
	return nil
}

// Expression is what the database reads for a column; what it has not is null.
func Expression(column string) string {
	switch column {
	case "assignee":
		return "assignee_id"
	case "assigned_at":
		return "nullif(assigned_at, 0)" // never
	}
	return column
}

// Select is the beginning of a query of a kind's rows for Each, up to the table.
func Select(kind item.Kind, dialectName string) string {
	table, kept := "contacts", "digest_a, digest_b"
	switch kind {
	case item.KindCampaign:
		table, kept = "leads", "0, 0"
	case item.KindBlacklist:
		table = "blacklist_entries"
	}
	var values []string
	for _, column := range Columns(kind) {
		values = append(values, Expression(column))
	}
	if dialectName != dialect.SQLite {
		return "SELECT id, " + kept + ", " + strings.Join(values, ", ") + " FROM " + table
	}
	return hashed(kind, kept, values) + table
}

// SelectCopied is Select, without the table, for one of SQLite that has the columns as copies have them.
func SelectCopied(kind item.Kind) string { return hashed(kind, "0, 0", Columns(kind)) }

// hashed reads one value for all columns, as they are hashed: each column handed over alone takes SQLite's driver 0.3 µs.
func hashed(kind item.Kind, kept string, values []string) string {
	for i, column := range Columns(kind) {
		if Expression(column) != column { // may be null
			values[i] = "coalesce(" + values[i] + ", char(1))"
		}
	}
	return "SELECT id, " + kept + ", CAST(concat_ws(char(0), " + strings.Join(values, ", ") + ") || char(0) AS BLOB) FROM "
}

// Read is a row as Each found it.
type Read struct {
	ID string
	// Row is its digest, Kept the one that is stored with it; leads have none.
	Row, Kept Row
}

// Each reads what a query that Select begins has found, and hands each row's digest to f. It closes rows.
func Each(rows *sql.Rows, f func(Read)) error {
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return fmt.Errorf("reading digests: %w", err)
	}
	var (
		a, b   int64
		values = make([]sql.RawBytes, len(columns)-3)
		id     sql.RawBytes
		hashed Values
	)
	into := []any{&id, &a, &b}
	for i := range values {
		into = append(into, &values[i])
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("reading digests: %w", err)
		}
		if len(values) == 1 {
			hashed.bytes = append(hashed.bytes, values[0]...)
		} else {
			for _, v := range values {
				hashed.Bytes(v)
			}
		}
		f(Read{ID: string(id), Row: hashed.Row(), Kept: Stored(a, b)})
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading digests: %w", err)
	}
	return rows.Close()
}
