package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "github.com/mattn/go-sqlite3"    // the driver "sqlite3"

	"github.com/partage-mail/partage/server/store/migration"
	"github.com/partage-mail/partage/server/store/pgtemp"
)

// maker returns a new empty database, which its caller closes.
type maker func() (*sql.DB, error)

// withSQLite runs f with files in a folder that is removed afterwards.
func withSQLite(f func(maker) error) error {
	folder, err := os.MkdirTemp("", "schemadiff-")
	if err != nil {
		return err
	}
	n := 0
	err = f(func() (*sql.DB, error) {
		n++
		u := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(folder, fmt.Sprintf("%d.db", n))), RawQuery: "_fk=on"}
		return sql.Open("sqlite3", u.String())
	})
	return errors.Join(err, os.RemoveAll(folder))
}

// withPostgres runs f with databases of a throwaway server.
func withPostgres(ctx context.Context, f func(maker) error) error {
	server, err := pgtemp.Start(ctx)
	if err != nil {
		return err
	}
	defer server.Stop()
	admin, err := sql.Open("pgx", server.URL("postgres"))
	if err != nil {
		return err
	}
	defer admin.Close()
	n := 0
	return f(func() (*sql.DB, error) {
		n++
		name := fmt.Sprintf("schemadiff_%d", n)
		if _, err := admin.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
			return nil, err
		}
		return sql.Open("pgx", server.URL(name))
	})
}

// blank returns an empty database as atlas sees it.
func blank(dialectName string, empty maker) (database, error) {
	db, err := empty()
	if err != nil {
		return database{}, err
	}
	d, err := open(dialectName, db)
	if err != nil {
		return database{}, errors.Join(err, db.Close())
	}
	return d, nil
}

// desired returns a database with the desired tables.
func desired(ctx context.Context, dialectName string, empty maker) (database, error) {
	d, err := blank(dialectName, empty)
	if err != nil {
		return database{}, err
	}
	changes, err := d.creation(ctx)
	if err == nil {
		_, err = d.db.ExecContext(ctx, text(changes))
	}
	if err != nil {
		return database{}, errors.Join(err, d.db.Close())
	}
	return d, nil
}

// migrated returns a database with the migrations applied.
func migrated(ctx context.Context, dialectName string, ms []migration.Migration, empty maker) (database, error) {
	d, err := blank(dialectName, empty)
	if err != nil {
		return database{}, err
	}
	if err := migration.Apply(ctx, d.db, dialectName, ms); err != nil {
		return database{}, errors.Join(err, d.db.Close())
	}
	return d, nil
}
