package store

import (
	"context"
	"database/sql"
	_ "embed" // the planner's statistics
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/store/migration"
)

// FileName is the name of the SQLite database in its data directory.
const FileName = "partage.db"

func openSQLite(ctx context.Context, c Config) (_ *Store, err error) {
	path, err := filepath.Abs(filepath.Join(c.DataDir, FileName))
	if err != nil {
		return nil, err
	}
	if err := createFile(path); err != nil {
		return nil, err
	}
	writer := openFile(path, url.Values{
		"_txlock": {"immediate"},
		"_fk":     {"on"},
		// With NORMAL, what was acknowledged could be gone after a power cut.
		"_sync":       {"full"},
		"_cache_size": {writerCache},
	})
	reader := openFile(path, url.Values{"_query_only": {"on"}, "_cache_size": {readerCache}})
	writer.SetMaxOpenConns(1)
	reader.SetMaxOpenConns(c.readers())
	reader.SetMaxIdleConns(c.readers())

	s := newStore(dialect.SQLite, writer, reader)
	s.file = path
	if err := retry(ctx, func() error { return useLog(ctx, writer) }); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), s.Close())
	}
	if err := migrateSQLite(ctx, path, writer); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), s.Close())
	}
	return s, nil
}

// createFile makes the file and its folder where they are missing, for this user alone. SQLite gives its
// companion files the same rights.
func createFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// openFile returns a pool of connections to a file with the given settings on each.
func openFile(path string, settings url.Values) *sql.DB {
	// Waiting for a lock is short, since Write tries again, and asks the context in between.
	if !settings.Has("_busy_timeout") {
		settings.Set("_busy_timeout", "1000")
	}
	settings.Set("_stmt_cache_size", strconv.Itoa(statements))
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: settings.Encode()}
	return sql.OpenDB(connector{u.String()})
}

// Pages of the file that a connection keeps, in KiB with a minus sign; the default of 2 MB makes a list or
// an import read the same pages from the system again and again. The memory is taken as it is used.
const (
	writerCache = "-32768"
	readerCache = "-16384"
)

// statements is how many prepared statements a connection keeps.
const statements = 100

// useLog switches the file to write-ahead logging, which stays with the file: readers and the writer do
// not wait for each other. The log is cut to 64 MB after a large transaction.
func useLog(ctx context.Context, writer *sql.DB) error {
	var mode string
	err := writer.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode)
	if err == nil && mode != "wal" {
		err = writer.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode)
	}
	if err == nil && mode != "wal" {
		err = fmt.Errorf("the file system does not allow write-ahead logging (journal mode %q)", mode)
	}
	if err == nil {
		_, err = writer.ExecContext(ctx, "PRAGMA journal_size_limit = 67108864")
	}
	return err
}

// migrateSQLite applies what is pending on a connection of its own, which waits a minute for another
// process that migrates.
func migrateSQLite(ctx context.Context, path string, writer *sql.DB) error {
	ms, err := migrations(dialect.SQLite)
	if err != nil {
		return err
	}
	n, err := migration.Pending(ctx, writer, dialect.SQLite, ms)
	if err != nil || n == 0 {
		return err
	}
	db := openFile(path, url.Values{"_busy_timeout": {"60000"}, "_sync": {"full"}})
	err = migration.Apply(ctx, db, dialect.SQLite, ms)
	if err == nil {
		err = adviseSQLite(ctx, db, writer)
	}
	return errors.Join(err, db.Close())
}

//go:embed statistics.sql
var statistics string

// adviseSQLite gives the planner its statistics, and has the open writer read them.
func adviseSQLite(ctx context.Context, db, writer *sql.DB) error {
	// The first statement makes the table of statistics.
	if _, err := db.ExecContext(ctx, "ANALYZE sqlite_schema; "+statistics); err != nil {
		return fmt.Errorf("storing the planner's statistics: %w", err)
	}
	_, err := writer.ExecContext(ctx, "ANALYZE sqlite_schema")
	return err
}
