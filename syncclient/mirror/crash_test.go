package mirror

import (
	"context"
	"database/sql/driver"
	"errors"
	"os"
	"path/filepath"
	"strings"
)

var errCrash = errors.New("the process was killed")

// crasher stands between the mirror and SQLite. At its nth call it copies the folder as it is on disk, as a killed
// process would leave it, and lets nothing through any more.
type crasher struct {
	dir, copyTo string
	left        int // calls until the crash; negative for never
	crashed     bool
	copyErr     error
	full        bool // the disk has no room for a file that is written anew
}

func (c *crasher) call() error {
	if c.crashed {
		return errCrash
	}
	if c.left < 0 {
		return nil
	}
	if c.left > 0 {
		c.left--
		return nil
	}
	c.crashed = true
	c.copyErr = copyFolder(c.dir, c.copyTo)
	return errCrash
}

// copyFolder copies what outlives a process: not the shared memory of SQLite's journals.
func copyFolder(from, to string) error {
	return filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		if strings.HasSuffix(path, "-shm") {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), content, 0o600)
	})
}

func (c *crasher) connect(path, setup string) driver.Connector {
	return crashConnector{unsynced(path, setup), c}
}

// unsynced leaves out waiting for the disk: a process that is killed leaves the same behind with it or without.
func unsynced(path, setup string) driver.Connector {
	if setup == reading { // by which a connection is read-only, and unlike one that writes leaves the journal alone
		return connect(path, setup)
	}
	return connect(path, "PRAGMA synchronous = OFF;"+strings.Replace(setup, "synchronous = NORMAL", "synchronous = OFF", 1))
}

type crashConnector struct {
	driver.Connector
	crash *crasher
}

func (c crashConnector) Connect(ctx context.Context) (driver.Conn, error) {
	if err := c.crash.call(); err != nil {
		return nil, err
	}
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &crashConn{conn, c.crash}, nil
}

type crashConn struct {
	driver.Conn
	crash *crasher
}

func (c *crashConn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	if err := c.crash.call(); err != nil {
		return nil, err
	}
	tx, err := c.Conn.(driver.ConnBeginTx).BeginTx(ctx, opts)
	return crashTx{tx, c.crash}, err
}

func (c *crashConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.crash.call(); err != nil {
		return nil, err
	}
	if c.crash.full && query == "VACUUM" {
		return nil, ErrDiskFull
	}
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}

func (c *crashConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.crash.call(); err != nil {
		return nil, err
	}
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

func (c *crashConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	s, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return &crashStmt{s, c.crash}, nil
}

type crashStmt struct {
	driver.Stmt
	crash *crasher
}

func (s *crashStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	if err := s.crash.call(); err != nil {
		return nil, err
	}
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

func (s *crashStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if err := s.crash.call(); err != nil {
		return nil, err
	}
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}

type crashTx struct {
	driver.Tx
	crash *crasher
}

func (t crashTx) Commit() error {
	if err := t.crash.call(); err != nil {
		return err
	}
	return t.Tx.Commit()
}

func (t crashTx) Rollback() error { return t.Tx.Rollback() }
