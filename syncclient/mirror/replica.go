package mirror

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"
)

// Replica returns the plain UUID by which the server knows this copy when it writes.
func (m *Mirror) Replica(ctx context.Context) (string, error) {
	var id string
	if err := m.main.QueryRowContext(ctx, `SELECT id FROM replica`).Scan(&id); err != nil {
		return "", fmt.Errorf("read the replica: %w", classify(err))
	}
	return id, nil
}

// Reborn says why a mirror took a new replica id.
type Reborn string

// The reasons.
const (
	// NotReborn: the mirror and the server agree.
	NotReborn Reborn = ""
	// ByCopy: the server knows numbers that this copy has not given. It is one of two, or was put back from an older one.
	ByCopy Reborn = "copy"
	// ByLoss: the server does not know edits that it had acknowledged. It was put back from a backup.
	ByLoss Reborn = "loss"
)

// Compare holds the number of the last edit that the server knows of this replica against the mirror's own. Where they
// do not fit, the mirror takes a new replica id and sends again all that the server may not have: what has no answer, and
// what was acknowledged and is kept still, since under the new id nothing has been. Each edit has a key by which it
// takes effect once.
func (m *Mirror) Compare(ctx context.Context, last int64) (Reborn, error) {
	var issued, acknowledged int64
	if err := m.main.QueryRowContext(ctx, `SELECT issued, acknowledged FROM replica`).Scan(&issued, &acknowledged); err != nil {
		return NotReborn, fmt.Errorf("read the replica: %w", classify(err))
	}
	switch {
	case last > issued:
		return ByCopy, m.Rebirth(ctx)
	case last < acknowledged:
		return ByLoss, m.Rebirth(ctx)
	}
	return NotReborn, nil
}

// Rebirth gives the mirror a new replica id.
func (m *Mirror) Rebirth(ctx context.Context) error {
	if err := transact(ctx, m.main, func(tx *sql.Tx) error { return m.renumber(ctx, tx) }); err != nil {
		return fmt.Errorf("take a new replica id: %w", err)
	}
	return nil
}

// renumber takes a new replica id and numbers anew what is to be sent.
func (m *Mirror) renumber(ctx context.Context, tx *sql.Tx) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	again, err := column(ctx, tx, `SELECT key FROM sent WHERE result IS NULL OR result <> 'refused' AND fields IS NOT NULL ORDER BY number`)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE sent SET number = NULL, version = NULL`); err != nil {
		return err
	}
	for i, key := range again {
		_, err := tx.ExecContext(ctx, `UPDATE sent SET number = ?, before = coalesce(result, before), result = NULL, settled = 0 WHERE key = ?`, i+1, key)
		if err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO replica (one, id, issued) VALUES (1, ?1, ?2)
			ON CONFLICT (one) DO UPDATE SET id = excluded.id, issued = excluded.issued, acknowledged = 0`, id.String(), len(again))
	return err
}
