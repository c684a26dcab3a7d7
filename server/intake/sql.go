package intake

import (
	"bytes"
	"context"
	"encoding/json"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

// exec runs a statement of the transaction, written for SQLite.
func exec(ctx context.Context, tx *feed.Tx, query string, args ...any) error {
	_, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, query), args...)
	return err
}

// among is the condition that a column is one of several ids, which are the parameter as idList writes them. The
// planner of PostgreSQL knows what to expect of an array, and of JSON not.
func among(dialectName, column, parameter string) string {
	if dialectName == dialect.Postgres {
		return column + ` = ANY(CAST(` + parameter + ` AS uuid[]))`
	}
	return column + ` IN (SELECT value FROM json_each(` + parameter + `))`
}

// idList returns ids as one parameter.
func idList(dialectName string, ids []uuid.UUID) string {
	if dialectName != dialect.Postgres {
		return list(ids)
	}
	out := []byte{'{'}
	for i, id := range ids {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, id.String()...)
	}
	return string(append(out, '}'))
}

// list returns values as one parameter: a JSON array.
func list[T any](values []T) string {
	if len(values) == 0 {
		return "[]"
	}
	return plain(values)
}

// plain writes texts, numbers and ids as JSON, with <, > and & as they are.
func plain(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // there is nothing in it that JSON has not
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}
