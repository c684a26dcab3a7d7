package library

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

const (
	maxCopied = 100_000 // rows of a list that is copied in one transaction
	batch     = 5_000   // rows a statement
)

// table is where the rows of a kind of item stand.
type table struct {
	name, parent string
	// copied are the columns that a copy of a row shares with it.
	copied string
	// first is what a row's history is at its first version: further columns with their values.
	first [2]string
}

// rowsOf returns where the rows of a kind stand that go with a copy; ok is false where it has none.
func rowsOf(kind item.Kind) (t table, ok bool) {
	switch kind {
	case item.KindContactList:
		return table{"contacts", "list_id",
			"email, email_key, first_name, last_name, company, city, fields, state",
			[2]string{"version, field_versions", "1, ''"}}, true
	case item.KindBlacklist:
		return table{"blacklist_entries", "blacklist_id",
			"kind, value, value_key, reason, note",
			[2]string{"version", "1"}}, true
	}
	return table{}, false
}

// copyRows gives the copy of an item a copy of each of its rows. The item is locked, so that its rows do
// not change from one batch to the next.
func copyRows(ctx context.Context, tx *feed.Tx, from *ent.Item, to uuid.UUID) error {
	t, ok := rowsOf(from.Kind)
	if !ok || from.RowsCount == 0 {
		return nil
	}
	if from.RowsCount > maxCopied {
		return fault.New(fault.Invalid, "This %s has %d rows; with up to %d it can be copied.", fault.Word(noun(from.Kind)), from.RowsCount, maxCopied)
	}
	ids, err := uuids(ctx, tx, `SELECT id FROM `+t.name+` WHERE `+t.parent+` = ? ORDER BY id`, from.ID)
	if err != nil {
		return err
	}
	rows, err := tx.Rows(ctx, to)
	if err != nil {
		return err
	}
	pairs := `SELECT value ->> 0 AS original, value ->> 1 AS copied FROM json_each(?1)`
	if tx.Dialect == dialect.Postgres {
		pairs = `SELECT (value ->> 0)::uuid AS original, (value ->> 1)::uuid AS copied FROM jsonb_array_elements(?1::jsonb) AS value`
	}
	query := store.Rebind(tx.Dialect, `INSERT INTO `+t.name+` (id, account_id, `+t.parent+`, created_at, changed_at, row_seq, `+t.first[0]+`, `+t.copied+`)
		SELECT copied, account_id, ?2, CAST(?3 AS bigint), CAST(?3 AS bigint), CAST(?4 AS bigint), `+t.first[1]+`, `+t.copied+`
		FROM (`+pairs+`) AS pairs JOIN `+t.name+` ON id = original`)
	for part := range slices.Chunk(ids, batch) {
		list, err := pairUp(part)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, query, list, to, int64(instant.Now()), rows.Seq); err != nil {
			return fmt.Errorf("copying rows: %w", err)
		}
		rows.Added(len(part))
	}
	return rows.Digest(ctx)
}

// uuids returns what a query with an id as its parameter selects.
func uuids(ctx context.Context, tx *feed.Tx, query string, id uuid.UUID) ([]uuid.UUID, error) {
	rows, err := tx.QueryContext(ctx, store.Rebind(tx.Dialect, query), id)
	if err != nil {
		return nil, fmt.Errorf("listing ids: %w", err)
	}
	defer rows.Close()
	var ids []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// pairUp gives each id a new one, as JSON.
func pairUp(ids []uuid.UUID) (string, error) {
	pairs := make([][2]uuid.UUID, len(ids))
	for i, id := range ids {
		copied, err := uuid.NewV7()
		if err != nil {
			return "", err
		}
		pairs[i] = [2]uuid.UUID{id, copied}
	}
	list, err := json.Marshal(pairs)
	return string(list), err
}
