package team

import (
	"context"
	"database/sql"
	"encoding/json"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/store"
)

// batch is how many values one statement names: few enough for the parameters that SQLite takes.
const batch = 500

// query runs a query of the transaction, written for SQLite.
func (d *deed) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return d.QueryContext(ctx, store.Rebind(d.Dialect, query), args...)
}

// each returns the query of the ids in a parameter, which is a JSON array.
func (d *deed) each(parameter string) string {
	if d.Dialect == dialect.Postgres {
		return `SELECT CAST(value AS uuid) FROM jsonb_array_elements_text(CAST(` + parameter + ` AS jsonb)) AS value`
	}
	return `SELECT value FROM jsonb_each(` + parameter + `)`
}

// uuid returns the type of ids in a CAST.
func (d *deed) uuid() string {
	if d.Dialect == dialect.Postgres {
		return "uuid"
	}
	return "text"
}

// list returns values as one parameter: a JSON array, also of none.
func list[T any](values []T) string {
	if values == nil {
		return "[]"
	}
	text, err := json.Marshal(values)
	if err != nil {
		panic(err) // ids, numbers and texts
	}
	return string(text)
}
