package team

import (
	"context"
	"database/sql"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/store"
)

// batch is how many values one statement names: few enough for the parameters that SQLite takes.
const batch = 500

// query runs a query of the transaction, written for SQLite.
func (d *deed) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return d.QueryContext(ctx, store.Rebind(d.Dialect, query), args...)
}

// uuid returns the type of ids in a CAST.
func (d *deed) uuid() string {
	if d.Dialect == dialect.Postgres {
		return "uuid"
	}
	return "text"
}
