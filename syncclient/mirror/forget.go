package mirror

import (
	"context"
	"database/sql"
	"errors"
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
		(SELECT count(*) FROM outbox WHERE id = ?1 AND op = 'delete' AND state = 'applied'),
		(SELECT count(*) FROM outbox WHERE id = ?1 AND op <> 'delete' AND state IN ('open', 'sealed'))`, id).Scan(&own, &here)
	if err != nil {
		return err
	}
	unsent += here
	if own > 0 { // the person deleted it, and not their version beside it
		if _, err := w.exec(`UPDATE outbox SET state = 'open' WHERE id IN (SELECT copy FROM attention WHERE item = ?) AND state = 'held'`, id); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		`DELETE FROM outbox WHERE id IN (SELECT copy FROM attention WHERE item = ?1) AND state = 'held'`,
		`DELETE FROM edits WHERE id IN (SELECT copy FROM attention WHERE item = ?1) AND id NOT IN (SELECT id FROM outbox)`,
		`DELETE FROM attention WHERE item = ?1`,
		`UPDATE sent SET fields = NULL, seen = '{}' WHERE item = ?1`,
		`DELETE FROM outbox WHERE id = ?1`,
		`DELETE FROM edits WHERE id = ?1`,
		`INSERT OR IGNORE INTO doomed (file) SELECT file FROM local_files WHERE id = ?1`,
		`DELETE FROM local_files WHERE id = ?1`,
	} {
		n, err := w.exec(statement, id)
		if err != nil {
			return err
		}
		w.erased += n
	}
	if own > 0 {
		return nil
	}
	if _, err := w.exec(`INSERT OR REPLACE INTO departed (kind, id, at, edits) VALUES (?, ?, ?, ?)`, kind, id, w.now, unsent); err != nil || unsent == 0 {
		return err
	}
	return tellDiscarded(w.ctx, w.tx, kind, id, unsent, w.now)
}

// tellDiscarded has a person know that edits were discarded, and not what they said.
func tellDiscarded(ctx context.Context, tx *sql.Tx, kind protocol.Kind, id string, edits int, now int64) error {
	key, err := uuid.NewV7()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO attention (key, what, op, kind, id, item, name, message, at) VALUES (?, 'discarded', 'change', ?, ?, '', '', ?, ?)`,
		key.String(), kind, id, fmt.Sprintf("Edits that had not been sent were discarded, since access was removed: %d.", edits), now)
	return err
}

// forgetRowsOf erases what the person here had written about the rows of an item that stays.
func (w *writer) forgetRowsOf(id string) error {
	for _, statement := range []string{
		`DELETE FROM attention WHERE item = ?1 AND id <> ?1`,
		`UPDATE sent SET fields = NULL, seen = '{}' WHERE item = ?1 AND id <> ?1`,
	} {
		n, err := w.exec(statement, id)
		if err != nil {
			return err
		}
		w.erased += n
	}
	if unsent := w.unsent[id]; unsent > 0 {
		return tellDiscarded(w.ctx, w.tx, protocol.KindCampaign, id, unsent, w.now)
	}
	return nil
}

// forgetLocal dooms the file of a list that is neither here nor there. If the server had told of the list, it was taken
// away while main.db was lost; else the person took it back.
func (m *Mirror) forgetLocal(ctx context.Context, tx *sql.Tx, id string) error {
	var kind protocol.Enum
	var file string
	if err := tx.QueryRowContext(ctx, `SELECT kind, file FROM local_files WHERE id = ?`, id).Scan(&kind, &file); err != nil {
		return err
	}
	if told, unsent := m.unsentIn(ctx, file); told && unsent > 0 {
		if err := tellDiscarded(ctx, tx, Bucket{Kind: kind}.itemKind(), id, unsent, micros(m.now())); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		`INSERT OR IGNORE INTO doomed (file) SELECT file FROM local_files WHERE id = ?`,
		`DELETE FROM local_files WHERE id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, statement, id); err != nil {
			return err
		}
	}
	return nil
}

// unsentIn counts the edits that have not been sent in a file of rows, and says whether rows had ever come into it, as
// far as it can be read.
func (m *Mirror) unsentIn(ctx context.Context, file string) (told bool, unsent int) {
	path, ok := m.listPath(file)
	if !ok || glance(path) != nil {
		return false, 0
	}
	db := m.connect.handle(path, reading)
	defer db.Close()
	_ = db.QueryRowContext(ctx, `SELECT cursor <> '', (SELECT count(*) FROM outbox WHERE state IN ('open', 'sealed')) FROM bucket`).Scan(&told, &unsent)
	return told, unsent
}

// unsentRows counts the edits of rows that have not been sent, by bucket.
func (m *Mirror) unsentRows(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	for id, b := range m.edited {
		f, err := m.file(ctx, b)
		if errors.Is(err, ErrGone) || errors.Is(err, ErrStale) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var n int
		if err := f.db.QueryRowContext(ctx, `SELECT count(*) FROM outbox WHERE state IN ('open', 'sealed')`).Scan(&n); err != nil {
			if err = m.loseDamaged(ctx, b, classify(err)); errors.Is(err, ErrStale) {
				continue
			}
			return nil, fmt.Errorf("count edits: %w", err)
		}
		counts[id] = n
	}
	return counts, nil
}

// forgetRows erases what the person here had written about leads that have left them. While the leads are being walked
// it does nothing: one that is not there may be still to come, and the end of the walk knows.
func (m *Mirror) forgetRows(ctx context.Context, f *rowsFile, b Bucket) error {
	var walking bool
	var discarded int
	err := f.db.QueryRowContext(ctx, fmt.Sprintf(`SELECT walking, (SELECT count(*) FROM outbox WHERE state IN ('open', 'sealed')
		AND op <> 'delete' AND id NOT IN (SELECT id FROM %s)) FROM bucket`, f.table)).Scan(&walking, &discarded)
	if err != nil {
		return fmt.Errorf("erase edits: %w", classify(err))
	}
	if walking {
		return nil
	}
	written, err := column(ctx, m.main, `SELECT id FROM sent WHERE item = ?1 AND id <> ?1 AND fields IS NOT NULL
		UNION SELECT id FROM attention WHERE item = ?1 AND id <> ?1`, b.ID)
	if err != nil {
		return err
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
	if len(gone) == 0 && discarded == 0 {
		return m.eraseEdits(ctx, f)
	}
	// It is told of first: a process that is killed in between tells of it twice.
	err = transact(ctx, m.main, func(tx *sql.Tx) error {
		for _, id := range gone {
			for _, statement := range []string{`UPDATE sent SET fields = NULL, seen = '{}' WHERE id = ?`, `DELETE FROM attention WHERE id = ?`} {
				if _, err := tx.ExecContext(ctx, statement, id); err != nil {
					return err
				}
			}
		}
		if discarded > 0 {
			if err := tellDiscarded(ctx, tx, protocol.KindCampaign, b.ID, discarded, micros(m.now())); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE mirror SET removed = removed + ?`, len(gone))
		return err
	})
	if err != nil {
		return fmt.Errorf("erase edits: %w", err)
	}
	m.owe(Bucket{}, m.mainPath(), m.now(), true)
	return m.eraseEdits(ctx, f)
}

// eraseEdits erases the edits of rows that are not there.
func (m *Mirror) eraseEdits(ctx context.Context, f *rowsFile) error {
	err := transact(ctx, f.db, func(tx *sql.Tx) error {
		for _, table := range []string{"outbox", "edits"} {
			if _, err := tx.ExecContext(ctx, fmt.Sprintf(`DELETE FROM %s WHERE id NOT IN (SELECT id FROM %s)`, table, f.table)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("erase edits: %w", err)
	}
	return nil
}
