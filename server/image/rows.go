package image

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
)

// copyRows copies the rows of an item, as they stand in one snapshot, into an image.
func (i *Images) copyRows(ctx context.Context, image *sql.DB, id uuid.UUID, kind item.Kind) (m *made, err error) {
	tx, err := image.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	if i.store.Dialect() == dialect.SQLite {
		m, err = i.copyAttached(ctx, tx, id, kind)
	} else {
		err = i.store.Snapshot(ctx, func(ctx context.Context, from *ent.Tx) error {
			m, err = copyFrom(ctx, tx, from, id, kind)
			return err
		})
	}
	if err == nil && kind == item.KindCampaign { // the database keeps no sum of leads
		m.sum, err = addUp(ctx, tx, kind)
	}
	if err != nil {
		return nil, err
	}
	return m, tx.Commit()
}

// copyAttached has SQLite copy the rows from the server's file, which is attached as live: no row passes through this
// program.
func (i *Images) copyAttached(ctx context.Context, tx *sql.Tx, id uuid.UUID, kind item.Kind) (*made, error) {
	m, err := stand(ctx, tx, dialect.SQLite, "live.", id, kind)
	if err != nil {
		return nil, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO "+tableOf(kind)+" "+selectRows("live.", kind), id)
	return m, err
}

// copyFrom copies the rows from another database.
func copyFrom(ctx context.Context, tx *sql.Tx, from *ent.Tx, id uuid.UUID, kind item.Kind) (*made, error) {
	m, err := stand(ctx, from, dialect.Postgres, "", id, kind)
	if err != nil {
		return nil, err
	}
	rows, err := from.QueryContext(ctx, store.Rebind(dialect.Postgres, selectRows("", kind)), id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return m, insertAll(ctx, tx, kind, rows)
}

// snapshot is a transaction in which rows are read.
type snapshot interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// stand reads how the rows of an item stand in a snapshot, and the sum that is kept of them. schema is before the names of
// tables.
func stand(ctx context.Context, from snapshot, dialectName, schema string, id uuid.UUID, kind item.Kind) (*made, error) {
	rows, err := from.QueryContext(ctx, store.Rebind(dialectName, fmt.Sprintf(`SELECT i.rows_epoch, i.rows_head, i.rows_count,
		i.rows_digest_a, i.rows_digest_b, a.seq, coalesce(c.nonce, 0)
		FROM %[1]sitems i JOIN %[1]saccounts a ON a.id = i.account_id
		LEFT JOIN %[1]sfeed_commits c ON c.account_id = a.id AND c.seq = a.seq WHERE i.id = ?`, schema)), id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, errors.Join(rows.Err(), fault.Missing("list"))
	}
	w, a, b := &changes.Whole{Item: id, Kind: kind}, int64(0), int64(0)
	if err := rows.Scan(&w.Epoch, &w.Head, &w.Rows, &a, &b, &w.Seq, &w.Nonce); err != nil {
		return nil, err
	}
	return &made{whole: w, sum: digest.Sum{Count: w.Rows, Row: digest.Stored(a, b)}.String()}, rows.Close()
}

// addUp adds up the rows of an image.
func addUp(ctx context.Context, tx *sql.Tx, kind item.Kind) (string, error) {
	rows, err := tx.QueryContext(ctx, digest.SelectCopied(kind)+tableOf(kind))
	if err != nil {
		return "", err
	}
	var total digest.Sum
	err = digest.Each(rows, func(row digest.Read) { total.Add(row.Row) })
	return total.String(), err
}
