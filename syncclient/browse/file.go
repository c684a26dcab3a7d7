package browse

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/mattn/go-sqlite3" // SQLite for database/sql

	"github.com/partage-mail/partage/syncclient/mirror"
)

// mainFile has the workspace; the files of lists are named in it.
const mainFile = "main.db"

// errNotHere says that a file of rows is not there: it has not come yet, or went.
var errNotHere = errors.New("it is not on this computer yet")

// How a file is opened (mirror/SCHEMA.md, "Rules"): to read it, or to write the views that programs may write.
const (
	toRead  = "mode=ro&_query_only=1&_busy_timeout=2000"
	toWrite = "mode=rw&_txlock=immediate&_busy_timeout=10000"
)

// open opens a file of a copy, with one connection. Files are opened for each look at them and closed again: what is taken
// away then leaves the disk at once, and what is put in its place is seen.
func open(folder, name, how string) (*sql.DB, error) {
	path := filepath.Join(folder, filepath.FromSlash(name))
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if name != mainFile {
			return nil, errNotHere
		}
		if _, err := os.Stat(filepath.Join(folder, "main.locked")); err == nil {
			return nil, mirror.ErrLocked
		}
		return nil, mirror.ErrNone
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	dsn := url.URL{Scheme: "file", Path: path, RawQuery: how}
	db, err := sql.Open("sqlite3", dsn.String())
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// read looks at a file in one short transaction: what it sees belongs together.
func read(ctx context.Context, folder, name string, look func(tx *sql.Tx) error) error {
	db, err := open(folder, name, toRead)
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return look(tx)
}

// record is a row of any table, by column.
type record map[string]any

func (r record) text(column string) string {
	switch v := r[column].(type) {
	case string:
		return v
	case []byte:
		return string(v)
	case int64:
		return itoa(v)
	}
	return ""
}

func (r record) number(column string) int64 {
	n, _ := r[column].(int64)
	return n
}

// query returns the rows of a statement.
func query(ctx context.Context, tx *sql.Tx, statement string, args ...any) ([]record, error) {
	found, err := tx.QueryContext(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	names, err := found.Columns()
	if err != nil {
		return nil, err
	}
	var all []record
	for found.Next() {
		values, targets := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := found.Scan(targets...); err != nil {
			return nil, err
		}
		r := record{}
		for i, name := range names {
			r[name] = values[i]
		}
		all = append(all, r)
	}
	return all, found.Err()
}
