package mirror

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// forget erases what the person here had written about an item that was taken away, also what was refused, in conflict
// or copied aside. What is told of it is which item it was and how many edits had not been sent.
func (w *writer) forget(kind protocol.Kind, id string) error {
	unsent := w.unsent[id]
	var own, here int
	err := w.tx.QueryRowContext(w.ctx, `SELECT
		(SELECT count(*) FROM outbox WHERE id = ?1 AND op = 'delete' AND state <> 'open'),
		(SELECT count(*) FROM outbox WHERE id = ?1 AND op <> 'delete' AND state IN ('open', 'sealed'))`, id).Scan(&own, &here)
	if err != nil {
		return err
	}
	unsent += here
	for _, statement := range []string{
		`DELETE FROM outbox WHERE id IN (SELECT copy FROM attention WHERE item = ?1) AND state = 'held'`,
		`DELETE FROM edits WHERE id IN (SELECT copy FROM attention WHERE item = ?1) AND id NOT IN (SELECT id FROM outbox)`,
		`DELETE FROM attention WHERE item = ?1`,
		`UPDATE sent SET fields = NULL WHERE item = ?1`,
		`DELETE FROM outbox WHERE id = ?1`,
		`DELETE FROM edits WHERE id = ?1`,
		`INSERT OR IGNORE INTO doomed (file) SELECT file FROM local_files WHERE id = ?1`,
		`DELETE FROM local_files WHERE id = ?1`,
	} {
		if _, err := w.exec(statement, id); err != nil {
			return err
		}
	}
	if own > 0 {
		return nil // the person deleted it
	}
	if _, err := w.exec(`INSERT OR REPLACE INTO departed (kind, id, at, edits) VALUES (?, ?, ?, ?)`, kind, id, w.now, unsent); err != nil || unsent == 0 {
		return err
	}
	key, err := uuid.NewV7()
	if err != nil {
		return err
	}
	_, err = w.exec(`INSERT INTO attention (key, what, op, kind, id, item, name, message, at) VALUES (?, 'discarded', 'change', ?, ?, '', '', ?, ?)`,
		key.String(), kind, id, fmt.Sprintf("Edits that had not been sent were discarded, since access was removed: %d.", unsent), w.now)
	return err
}

// forgetRowsOf erases what the person here had written about the rows of an item that stays.
func (w *writer) forgetRowsOf(id string) error {
	for _, statement := range []string{
		`DELETE FROM attention WHERE item = ?1 AND id <> ?1`,
		`UPDATE sent SET fields = NULL WHERE item = ?1 AND id <> ?1`,
	} {
		if _, err := w.exec(statement, id); err != nil {
			return err
		}
	}
	return nil
}

// unsentRows counts the edits of rows that have not been sent, by bucket.
func (m *Mirror) unsentRows(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	for id, b := range m.edited {
		f, err := m.file(ctx, b)
		if err != nil {
			continue // it has left, or was lost right now
		}
		var n int
		if err := f.db.QueryRowContext(ctx, `SELECT count(*) FROM outbox WHERE state IN ('open', 'sealed')`).Scan(&n); err != nil {
			return nil, fmt.Errorf("count edits: %w", classify(err))
		}
		counts[id] = n
	}
	return counts, nil
}

// forgetRows erases what the person here had written about leads that have left them.
func (m *Mirror) forgetRows(ctx context.Context, f *rowsFile, b Bucket) error {
	written, err := column(ctx, m.main, `SELECT id FROM sent WHERE item = ?1 AND fields IS NOT NULL UNION SELECT id FROM attention WHERE item = ?1`, b.ID)
	if err != nil {
		return err
	}
	err = transact(ctx, f.db, func(tx *sql.Tx) error {
		for _, table := range []string{"outbox", "edits"} {
			_, err := tx.ExecContext(ctx, fmt.Sprintf(`DELETE FROM %s WHERE id NOT IN (SELECT id FROM %s)`, table, f.table))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("erase edits: %w", err)
	}
	var gone []string
	for _, id := range written {
		var there bool
		err := f.db.QueryRowContext(ctx, fmt.Sprintf(`SELECT EXISTS (SELECT 1 FROM %s WHERE id = ?)`, f.table), id).Scan(&there)
		if err != nil {
			return fmt.Errorf("erase edits: %w", classify(err))
		}
		if !there {
			gone = append(gone, id)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	err = transact(ctx, m.main, func(tx *sql.Tx) error {
		for _, id := range gone {
			for _, statement := range []string{`UPDATE sent SET fields = NULL WHERE id = ?`, `DELETE FROM attention WHERE id = ?`} {
				if _, err := tx.ExecContext(ctx, statement, id); err != nil {
					return err
				}
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE mirror SET removed = removed + ?`, len(gone))
		return err
	})
	if err != nil {
		return fmt.Errorf("erase edits: %w", err)
	}
	m.owe(Bucket{}, m.mainPath(), m.now(), true)
	return nil
}
