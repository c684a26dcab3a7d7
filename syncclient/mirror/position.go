package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Position is where the copy of the workspace, or of one bucket's rows, stands.
type Position struct {
	// Cursor is where to go on; empty at the start of a walk.
	Cursor string
	// Walking: a walk is under way, so not everything need be here yet, and something may be that is to go.
	Walking bool
	// Walk numbers the walks from 1.
	Walk int64
}

// Position returns where the workspace stands.
func (m *Mirror) Position(ctx context.Context) (Position, error) {
	return mainPosition(ctx, m.main)
}

func mainPosition(ctx context.Context, db queryer) (Position, error) {
	var p Position
	err := db.QueryRowContext(ctx, `SELECT cursor, walking, walk FROM mirror`).Scan(&p.Cursor, &p.Walking, &p.Walk)
	if err != nil {
		return p, fmt.Errorf("read where the local copy stands: %w", classify(err))
	}
	return p, nil
}

// StartWalk makes the next page of the workspace the first of a new walk in place: what is here stays until the
// walk's end. Every bucket is asked once afterwards, since a cursor that the server refused may mean that the
// server's past is another one than it was, or that the person sees other rows: what has come of images is dropped.
func (m *Mirror) StartWalk(ctx context.Context) error {
	m.doomed = m.doomed || !m.locked
	return transact(ctx, m.main, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE mirror SET cursor = '', walking = 1, walk = walk + 1;
			UPDATE buckets SET reached = '' WHERE id NOT IN `+notKept+`;
			UPDATE server_contact_lists SET complete = 0;
			UPDATE server_blacklists SET complete = 0;
			UPDATE server_campaigns SET complete = 0 WHERE complete <> 0;
			INSERT OR IGNORE INTO doomed (file) SELECT file FROM incoming;
			DELETE FROM incoming;`)
		return err
	})
}

// Contact notes that the server has answered.
func (m *Mirror) Contact(ctx context.Context) error {
	return m.note(ctx, `UPDATE mirror SET contact_at = ?1`)
}

// UpToDate notes that the mirror holds all that the server has told of.
func (m *Mirror) UpToDate(ctx context.Context) error {
	return m.note(ctx, `UPDATE mirror SET contact_at = ?1, up_to_date_at = ?1`)
}

func (m *Mirror) note(ctx context.Context, statement string) error {
	if _, err := m.main.ExecContext(ctx, statement, micros(m.now())); err != nil {
		return fmt.Errorf("note the state of the local copy: %w", classify(err))
	}
	return nil
}

func micros(t time.Time) int64 { return t.UnixMicro() }
