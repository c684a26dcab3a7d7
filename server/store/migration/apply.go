package migration

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// Table is where a database keeps which migrations it has: version, name, checksum and applied_at, in
// microseconds since 1970.
const Table = "schema_migrations"

// Pending returns how many of the migrations the database lacks. It only reads, and takes no lock.
func Pending(ctx context.Context, db *sql.DB, dialect string, ms []Migration) (int, error) {
	l, err := localOf(dialect)
	if err != nil {
		return 0, err
	}
	n, err := applied(ctx, db, l, ms)
	return len(ms) - n, err
}

// Apply brings the database up to the last of the migrations, each in a transaction of its own. Processes
// that call it at once wait for each other. On SQLite the connections of db must wait for locks
// (busy_timeout); Apply turns their foreign keys off while it works, since SQLite rebuilds a table by
// dropping it, and checks all of them before each commit.
func Apply(ctx context.Context, db *sql.DB, dialect string, ms []Migration) error {
	l, err := localOf(dialect)
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connecting to migrate: %w", err)
	}
	// The connection ends here: its session settings are not those of the pool.
	defer func() {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	}()
	if err := execAll(ctx, conn, l.prepare); err != nil {
		return fmt.Errorf("preparing to migrate: %w", err)
	}
	for {
		more, err := step(ctx, conn, l, ms)
		if err != nil || !more {
			return err
		}
	}
}

// step applies the first pending migration; false where there is none.
func step(ctx context.Context, conn *sql.Conn, l local, ms []Migration) (more bool, err error) {
	if err := execAll(ctx, conn, l.begin); err != nil {
		return false, fmt.Errorf("waiting to migrate: %w", err)
	}
	defer func() {
		if err != nil {
			_, rerr := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
			err = errors.Join(err, rerr)
		}
	}()
	n, err := applied(ctx, conn, l, ms)
	if err != nil {
		return false, err
	}
	if n == len(ms) {
		_, err := conn.ExecContext(ctx, "COMMIT")
		return false, err
	}
	m := ms[n]
	if err := run(ctx, conn, l, m); err != nil {
		return false, fmt.Errorf("migration %04d_%s: %w", m.Version, m.Name, err)
	}
	return true, nil
}

func run(ctx context.Context, conn *sql.Conn, l local, m Migration) error {
	if _, err := conn.ExecContext(ctx, m.SQL); err != nil {
		return err
	}
	if err := l.verify(ctx, conn); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, l.record, m.Version, m.Name, m.Checksum, time.Now().UnixMicro())
	if err != nil {
		return fmt.Errorf("recording it: %w", err)
	}
	_, err = conn.ExecContext(ctx, "COMMIT")
	return err
}

// reader is what *sql.DB and *sql.Conn have in common here.
type reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// applied returns how many of ms the database has, and refuses one that has others.
func applied(ctx context.Context, db reader, l local, ms []Migration) (int, error) {
	var exists bool
	if err := db.QueryRowContext(ctx, l.exists).Scan(&exists); err != nil {
		return 0, fmt.Errorf("reading the schema version: %w", err)
	}
	if !exists {
		return 0, nil
	}
	rows, err := db.QueryContext(ctx, "SELECT version, name, checksum FROM "+Table+" ORDER BY version")
	if err != nil {
		return 0, fmt.Errorf("reading the schema version: %w", err)
	}
	defer rows.Close()
	var have []Migration
	for rows.Next() {
		var m Migration
		if err := rows.Scan(&m.Version, &m.Name, &m.Checksum); err != nil {
			return 0, fmt.Errorf("reading the schema version: %w", err)
		}
		have = append(have, m)
	}
	if err := rows.Err(); err != nil {
		return 0, fmt.Errorf("reading the schema version: %w", err)
	}
	if len(have) > len(ms) {
		e := &NewerError{Database: have[len(have)-1]}
		if len(ms) > 0 {
			e.Program = ms[len(ms)-1]
		}
		return 0, e
	}
	for i, m := range have {
		if m.Version != ms[i].Version || m.Checksum != ms[i].Checksum {
			return 0, &ChangedError{Applied: m, Program: ms[i]}
		}
	}
	return len(have), nil
}

func execAll(ctx context.Context, conn *sql.Conn, statements []string) error {
	for _, s := range statements {
		if _, err := conn.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
