package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/mattn/go-sqlite3"

	"github.com/partage-mail/partage/server/fault"
)

// lockFolder keeps other servers out of a data folder until release is called or the process ends, however
// it ends. Two servers on one file would not wake each other's followers. The lock is SQLite's own, on a file
// beside the database, since that works alike on every system.
func lockFolder(ctx context.Context, folder string) (release func() error, err error) {
	path, err := filepath.Abs(filepath.Join(folder, "partage.lock"))
	if err != nil {
		return nil, err
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: "_busy_timeout=0&_txlock=exclusive"}
	db, err := sql.Open("sqlite3", u.String())
	if err != nil {
		return nil, err
	}
	tx, err := db.BeginTx(context.WithoutCancel(ctx), nil)
	if err == nil {
		return func() error { return errors.Join(tx.Rollback(), db.Close()) }, nil
	}
	if e, ok := errors.AsType[sqlite3.Error](err); ok && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked) {
		err = fault.New(fault.Conflict, "Another server is running on %s. Stop it, or give this one another --data.", folder)
	} else {
		err = fmt.Errorf("locking %s: %w", folder, err)
	}
	return nil, errors.Join(err, db.Close())
}
