package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"entgo.io/ent/dialect"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/partage-mail/partage/server/store/migration"
)

// OpenToRead opens a database that is there, to read it beside whoever uses it: it makes no file, changes no
// schema, and cannot write. The errors are for the person who asks; among them [migration.NewerError], and
// one that says so where the database is older than this program.
func OpenToRead(ctx context.Context, c Config) (*Store, error) {
	name, open := dialect.SQLite, openFileToRead
	if c.URL != "" {
		name, open = dialect.Postgres, openPostgresToRead
	}
	db, err := open(c)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	if err := upToDate(ctx, db, name); err != nil {
		return nil, fmt.Errorf("opening the database: %w", errors.Join(err, db.Close()))
	}
	return newStore(name, db, db), nil
}

func openFileToRead(c Config) (*sql.DB, error) {
	path, err := filepath.Abs(filepath.Join(c.DataDir, FileName))
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	// With mode=ro the last to close would leave the log's files behind.
	db := openFile(path, url.Values{"mode": {"rw"}, "_query_only": {"on"}, "_cache_size": {readerCache}})
	db.SetMaxOpenConns(c.readers())
	return db, nil
}

func openPostgresToRead(c Config) (*sql.DB, error) {
	config, err := pgx.ParseConfig(c.URL)
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["default_transaction_read_only"] = "on"
	return stdlib.OpenDB(*config), nil
}

// upToDate refuses a database whose schema is not the one this program was built for.
func upToDate(ctx context.Context, db *sql.DB, dialectName string) error {
	ms, err := migrations(dialectName)
	if err != nil {
		return err
	}
	n, err := migration.Pending(ctx, db, dialectName, ms)
	switch {
	case err != nil:
		return err
	case n == len(ms):
		return errors.New("no server has used this database yet")
	case n > 0:
		return fmt.Errorf("the database is at schema version %d and this program reads version %d: start the server of this "+
			"version once, which brings the database up to date, or use the program that last did", len(ms)-n, len(ms))
	}
	return nil
}
