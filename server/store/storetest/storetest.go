// Package storetest gives tests a real database: every test that uses Each runs on SQLite and on
// PostgreSQL, with a fresh migrated database each.
//
// A test binary starts at most one PostgreSQL server, when it is first asked for, and leaves nothing of it
// behind (see pgtemp). Where PostgreSQL is not installed the tests for it are skipped with a line that
// says so; where the environment has CI=true they fail. A new database costs a file copy on SQLite and
// about 40 ms on PostgreSQL.
package storetest

import (
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/store"
)

// Each runs f as the subtests "sqlite" and "postgres", each with a store of its own over a fresh
// database, closed when the subtest ends. f may call t.Parallel.
func Each(t *testing.T, f func(t *testing.T, s *store.Store)) {
	t.Helper()
	EachConfig(t, func(t *testing.T, c store.Config) {
		t.Helper()
		f(t, open(t, c))
	})
}

// EachConfig is Each for those who open the database themselves, such as a whole server: c leads to a
// fresh migrated database and has a data directory of its own on both.
func EachConfig(t *testing.T, f func(t *testing.T, c store.Config)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, Config(t, dialect.SQLite)) })
	t.Run("postgres", func(t *testing.T) { f(t, Config(t, dialect.Postgres)) })
}

// Open returns a store over a fresh database of a dialect, closed when the test ends.
func Open(tb testing.TB, dialectName string) *store.Store {
	tb.Helper()
	return open(tb, Config(tb, dialectName))
}

// Config returns what opens a fresh migrated database of a dialect, removed when the test ends.
func Config(tb testing.TB, dialectName string) store.Config {
	tb.Helper()
	return config(tb, dialectName, true)
}

// EmptyConfig returns what opens a database of a dialect that has no tables yet.
func EmptyConfig(tb testing.TB, dialectName string) store.Config {
	tb.Helper()
	return config(tb, dialectName, false)
}

func config(tb testing.TB, dialectName string, migrated bool) store.Config {
	tb.Helper()
	c := store.Config{DataDir: tb.TempDir()}
	switch dialectName {
	case dialect.SQLite:
		if migrated {
			copySQLite(tb, c.DataDir)
		}
	case dialect.Postgres:
		c.URL = newPostgres(tb, migrated)
	default:
		tb.Fatalf("storetest: no database of kind %q", dialectName)
	}
	return c
}

func open(tb testing.TB, c store.Config) *store.Store {
	tb.Helper()
	s, err := store.Open(tb.Context(), c)
	if err != nil {
		tb.Fatalf("storetest: %v", err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Errorf("storetest: closing the store: %v", err)
		}
	})
	return s
}
