package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/migrate"
	_ "github.com/partage-mail/partage/ent/runtime" // the policies and defaults of the entities
	"github.com/partage-mail/partage/server/store/migration"
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	dialect string
	// client queries outside of transactions and begins writing ones.
	client *ent.Client
	// snapshots begins reading transactions.
	snapshots *ent.Client
	// snapshot is how they are begun.
	snapshot *sql.TxOptions
	// turn is held by the one who writes; nil where many can.
	turn  chan struct{}
	pools []*sql.DB
	// file is the SQLite database's; empty for PostgreSQL.
	file string
}

// Open opens the database and brings its schema up to date, under a lock, so that processes which start
// together do it once. It makes a SQLite file that is missing. The errors are for the person who starts
// the server; among them [migration.NewerError], where a newer server has used the database.
func Open(ctx context.Context, c Config) (*Store, error) {
	var s *Store
	var err error
	switch {
	case c.URL != "":
		s, err = openPostgres(ctx, c)
	case c.DataDir != "":
		s, err = openSQLite(ctx, c)
	default:
		return nil, errors.New("opening the database: neither a data directory nor a URL is given")
	}
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	return s, nil
}

// Client returns the client for queries outside of transactions. Changes need [Store.Write].
func (s *Store) Client() *ent.Client { return s.client }

// Dialect returns ent's name of the database: "sqlite3" or "postgres".
func (s *Store) Dialect() string { return s.dialect }

// File returns the path of the SQLite database, which other connections may attach to read; empty for PostgreSQL.
func (s *Store) File() string { return s.file }

// Close ends all connections, after the queries that run. On SQLite it also folds the write-ahead log
// into the file.
func (s *Store) Close() error {
	var errs []error
	for _, db := range s.pools {
		errs = append(errs, db.Close())
	}
	return errors.Join(errs...)
}

// newStore puts a Store over its connections: one pool that writes, and one that reads, which on
// PostgreSQL is the same.
func newStore(dialectName string, writer, reader *sql.DB) *Store {
	s := &Store{dialect: dialectName, pools: []*sql.DB{writer}}
	if dialectName == dialect.Postgres {
		s.snapshot = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	} else {
		// The readers close first: the last connection to close folds the log, and they cannot.
		s.pools = []*sql.DB{reader, writer}
		s.turn = make(chan struct{}, 1)
	}
	s.client = ent.NewClient(ent.Driver(newRouter(s, writer, reader)))
	s.snapshots = ent.NewClient(ent.Driver(newRouter(s, reader, reader)))
	return s
}

// migrations returns the versioned migrations of a dialect.
func migrations(dialectName string) ([]migration.Migration, error) {
	folder, err := migrate.Files(dialectName)
	if err != nil {
		return nil, err
	}
	return migration.Load(folder)
}
