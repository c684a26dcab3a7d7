package image

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/partage-mail/partage/ent/item"
)

// perInsert is how many rows are copied with one statement.
const perInsert = 100

// insertAll copies rows into the table of an image, some with each statement.
func insertAll(ctx context.Context, tx *sql.Tx, kind item.Kind, rows *sql.Rows) error {
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	insert := func(n int) (*sql.Stmt, error) {
		row := "(?" + strings.Repeat(", ?", len(types)-1) + ")"
		return tx.PrepareContext(ctx, fmt.Sprintf(`INSERT INTO %s VALUES %s`, tableOf(kind), row+strings.Repeat(", "+row, n-1)))
	}
	many, err := insert(perInsert)
	if err != nil {
		return err
	}
	defer many.Close()
	values, into := make([]sql.RawBytes, len(types)), make([]any, len(types))
	for i := range values {
		into[i] = &values[i]
	}
	batch := make([]any, 0, perInsert*len(types))
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, v := range values {
			value, err := valueOf(v, types[i].DatabaseTypeName())
			if err != nil {
				return err
			}
			batch = append(batch, value)
		}
		if len(batch) == cap(batch) {
			if _, err := many.ExecContext(ctx, batch...); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	if err := rows.Err(); err != nil || len(batch) == 0 {
		return err
	}
	rest, err := insert(len(batch) / len(types))
	if err != nil {
		return err
	}
	defer rest.Close()
	_, err = rest.ExecContext(ctx, batch...)
	return err
}

// valueOf returns a value as the table has it: a whole number, a text or null.
func valueOf(v sql.RawBytes, typ string) (any, error) {
	switch {
	case v == nil:
		return nil, nil
	case strings.HasPrefix(typ, "INT"):
		return strconv.ParseInt(string(v), 10, 64)
	}
	return string(v), nil
}
