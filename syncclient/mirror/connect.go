package mirror

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// writing holds for every connection that may write, from the file's first byte on. secure_delete overwrites what is
// deleted where it stands, which is not all of it (compact): it keeps pages that are freed, and most of what was
// deleted, out of the files until they are written anew.
const writing = `
PRAGMA secure_delete = ON;
PRAGMA busy_timeout = 10000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA temp_store = MEMORY;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA wal_autocheckpoint = 1000;
PRAGMA journal_size_limit = 8388608;
PRAGMA cache_size = -8000;`

// reading holds for connections that only look.
const reading = `
PRAGMA query_only = ON;
PRAGMA busy_timeout = 2000;
PRAGMA trusted_schema = OFF;`

// statements is how many prepared statements a connection that writes keeps: preparing them anew took about
// a seventh of all the time that a hundred followers and their server needed.
const statements = "64"

// connector opens connections to one file and sets each up before its first use.
type connector struct {
	path  string
	setup string
}

// Connect opens a connection. Where one that only looks cannot make the memory that a file's users share (-shm), since the
// disk is full, say, it has the file alone for as long as it is open, and needs none.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	if c.setup != reading {
		return c.open(ctx, "mode=rw&_txlock=immediate&_stmt_cache_size="+statements)
	}
	conn, err := c.open(ctx, "mode=ro")
	if !unshared(err) {
		return conn, err
	}
	if alone, failed := c.open(ctx, "mode=rw&_locking_mode=EXCLUSIVE"); failed == nil {
		return alone, nil
	}
	return nil, err
}

func (c connector) open(ctx context.Context, how string) (driver.Conn, error) {
	path := filepath.ToSlash(c.path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	dsn := (&url.URL{Scheme: "file", Path: path, RawQuery: how}).String()
	conn, err := (&sqlite3.SQLiteDriver{}).Open(dsn)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(c.path), err)
	}
	if _, err := conn.(driver.ExecerContext).ExecContext(ctx, c.setup, nil); err != nil {
		conn.Close()
		return nil, fmt.Errorf("set up %s: %w", filepath.Base(c.path), err)
	}
	return conn, nil
}

// Driver returns SQLite's.
func (c connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

// connectFunc makes the connector to a file. Tests put one between that fails where they want.
type connectFunc func(path, setup string) driver.Connector

func connect(path, setup string) driver.Connector { return connector{path, setup} }

// handle opens a file with exactly one connection.
func (f connectFunc) handle(path, setup string) *sql.DB {
	db := sql.OpenDB(f(path, setup))
	db.SetMaxOpenConns(1)
	return db
}

// transact runs work in one transaction that has the write lock from its start.
func transact(ctx context.Context, db *sql.DB, work func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return classify(err)
	}
	if err := work(tx); err != nil {
		_ = tx.Rollback()
		return classify(err)
	}
	return classify(tx.Commit())
}
