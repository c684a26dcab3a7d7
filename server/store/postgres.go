package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"entgo.io/ent/dialect"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/partage-mail/partage/server/store/migration"
)

// connections is how many a node opens to PostgreSQL, whose own limit is 100 unless it was raised.
const connections = 20

func openPostgres(ctx context.Context, c Config) (*Store, error) {
	config, err := pgx.ParseConfig(c.URL)
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["timezone"] = "UTC"
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "partage"
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)

	s := newStore(dialect.Postgres, db, db)
	if err := migratePostgres(ctx, db); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func migratePostgres(ctx context.Context, db *sql.DB) error {
	ms, err := migrations(dialect.Postgres)
	if err != nil {
		return err
	}
	n, err := migration.Pending(ctx, db, dialect.Postgres, ms)
	if err != nil || n == 0 {
		return err
	}
	return migration.Apply(ctx, db, dialect.Postgres, ms)
}
