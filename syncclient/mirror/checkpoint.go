package mirror

import (
	"context"
	"database/sql"
	"fmt"
)

// truncate moves a file's journal into it and empties the journal. False means that a reader was in the way.
func truncate(ctx context.Context, db *sql.DB) (bool, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return false, fmt.Errorf("empty a journal: %w", classify(err))
	}
	defer conn.Close()
	// A reader that stays is no reason to wait: the caller comes back.
	if _, err := conn.ExecContext(ctx, `PRAGMA busy_timeout = 50`); err != nil {
		return false, fmt.Errorf("empty a journal: %w", classify(err))
	}
	var busy, frames, moved int
	err = conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &frames, &moved)
	if err != nil {
		return false, fmt.Errorf("empty a journal: %w", classify(err))
	}
	if _, err := conn.ExecContext(ctx, `PRAGMA busy_timeout = 10000`); err != nil {
		return false, fmt.Errorf("empty a journal: %w", classify(err))
	}
	return busy == 0, nil
}
