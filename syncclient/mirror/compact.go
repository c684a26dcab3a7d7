package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// smallFile is up to which size, in bytes, a file is compacted in memory, and whenever a mirror is opened or closed:
// it takes a fifth of a second.
const smallFile = 32 << 20

// compact writes a file anew, page by page, from the rows that are in it (VACUUM), into its journal; truncate moves
// it into place. That is what erases rows. secure_delete alone does not: when SQLite spreads rows over neighbouring
// pages, old copies of those that moved stay in the unused middle of a page (rebuildPage in its btree.c), and nothing
// overwrites them when the row is deleted later. Fresh pages are filled from zeroes.
//
// It needs room for two more files of the size. False means that there is none, or that another program is in the
// way. Killed at any moment, it has either been done or not.
func compact(ctx context.Context, db *sql.DB, path string) (bool, error) {
	size := fileSize(path)
	if free, err := freeSpace(filepath.Dir(path)); err == nil && free < 2*size {
		return false, nil
	}
	err := impatient(ctx, db, func(conn *sql.Conn) error {
		if size <= smallFile {
			_, err := conn.ExecContext(ctx, `VACUUM`)
			return err
		}
		if _, err := conn.ExecContext(ctx, `PRAGMA temp_store = FILE`); err != nil {
			return err
		}
		_, err := conn.ExecContext(ctx, `VACUUM`)
		_, back := conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA temp_store = MEMORY`)
		return errors.Join(err, back)
	})
	switch err = classify(err); {
	case errors.Is(err, ErrDiskFull), errors.Is(err, ErrBusy):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("erase what was removed: %w", err)
	}
	return true, nil
}

// truncate moves a file's journal into it and empties the journal. False means that a reader was in the way.
func truncate(ctx context.Context, db *sql.DB) (bool, error) {
	var busy, frames, moved int
	err := impatient(ctx, db, func(conn *sql.Conn) error {
		return conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &frames, &moved)
	})
	switch err = classify(err); {
	case errors.Is(err, ErrDiskFull), errors.Is(err, ErrBusy):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("empty a journal: %w", err)
	}
	return busy == 0, nil
}

// impatient does what is not worth waiting for a program that is reading: the caller comes back.
func impatient(ctx context.Context, db *sql.DB, work func(conn *sql.Conn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `PRAGMA busy_timeout = 50`); err != nil {
		return err
	}
	err = work(conn)
	_, back := conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA busy_timeout = 10000`)
	return errors.Join(err, back)
}

// fileSize returns the bytes of a file, 0 where it is not there.
func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
