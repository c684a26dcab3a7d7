package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/migration"
	"github.com/partage-mail/partage/server/store/storetest"
)

// eachEmpty runs f on both dialects with a database that has no tables yet.
func eachEmpty(t *testing.T, f func(t *testing.T, c store.Config)) {
	t.Run("sqlite", func(t *testing.T) { f(t, storetest.EmptyConfig(t, dialect.SQLite)) })
	t.Run("postgres", func(t *testing.T) { f(t, storetest.EmptyConfig(t, dialect.Postgres)) })
}

// raw opens the database of a config beside any store.
func raw(t *testing.T, c store.Config) *sql.DB {
	t.Helper()
	driver, source := "pgx", c.URL
	if c.URL == "" {
		driver, source = "sqlite3", filepath.Join(c.DataDir, store.FileName)
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestOpen(t *testing.T) {
	t.Run("finds what was stored before", func(t *testing.T) {
		eachEmpty(t, func(t *testing.T, c store.Config) {
			for _, want := range []string{"[]", "[a]"} {
				s, err := store.Open(t.Context(), c)
				if err != nil {
					t.Fatal(err)
				}
				if got := fmt.Sprint(kept(t, s.Client())); got != want {
					t.Errorf("found %v, want %v", got, want)
				}
				err = s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
					return keep(ctx, tx, strings.Repeat("a", 1+len(kept(t, tx.Client()))))
				})
				if err := errors.Join(err, s.Close()); err != nil {
					t.Fatal(err)
				}
			}
		})
	})
	t.Run("brings a fresh database up to date once where many start together", func(t *testing.T) {
		eachEmpty(t, func(t *testing.T, c store.Config) {
			const together = 8
			ended := make(chan error, together)
			for range together {
				go func() {
					s, err := store.Open(t.Context(), c)
					if err == nil {
						err = s.Close()
					}
					ended <- err
				}()
			}
			for range together {
				if err := <-ended; err != nil {
					t.Error(err)
				}
			}
		})
	})
	t.Run("refuses a database newer than itself", func(t *testing.T) {
		storetest.EachConfig(t, func(t *testing.T, c store.Config) {
			_, err := raw(t, c).ExecContext(t.Context(),
				"INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (9999, 'labels', 'abc', 0)")
			if err != nil {
				t.Fatal(err)
			}
			_, err = store.Open(t.Context(), c)
			newer, ok := errors.AsType[*migration.NewerError](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			for _, part := range []string{"9999 (labels)", "0001 (initial)", "start the newer program"} {
				if !strings.Contains(newer.Error(), strings.TrimLeft(part, "0")) {
					t.Errorf("%q does not say %q", newer, part)
				}
			}
		})
	})
	t.Run("refuses a database made by other migrations", func(t *testing.T) {
		storetest.EachConfig(t, func(t *testing.T, c store.Config) {
			_, err := raw(t, c).ExecContext(t.Context(), "UPDATE schema_migrations SET checksum = 'abc' WHERE version = 1")
			if err != nil {
				t.Fatal(err)
			}
			_, err = store.Open(t.Context(), c)
			if _, ok := errors.AsType[*migration.ChangedError](err); !ok {
				t.Errorf("got %v", err)
			}
		})
	})
	t.Run("refuses what names no database", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		junk := t.TempDir()
		if err := os.WriteFile(filepath.Join(junk, store.FileName), []byte(strings.Repeat("junk", 1000)), 0o600); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]store.Config{
			"nothing":                  {},
			"a folder that is a file":  {DataDir: file},
			"a file of something else": {DataDir: junk},
			"a URL of something else":  {URL: "mysql://localhost/a"},
			"a server that is not":     {URL: "postgres://nobody@127.0.0.1:1/a?sslmode=disable"},
		} {
			if s, err := store.Open(t.Context(), c); err == nil {
				t.Errorf("%s was opened", name)
				s.Close()
			}
		}
	})
}

func TestOpenSQLite(t *testing.T) {
	t.Run("makes a folder and files for this user alone", func(t *testing.T) {
		folder := filepath.Join(t.TempDir(), "a", "b")
		s, err := store.Open(t.Context(), store.Config{DataDir: folder})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for path, want := range map[string]os.FileMode{
			"": 0o700, store.FileName: 0o600, store.FileName + "-wal": 0o600, store.FileName + "-shm": 0o600,
		} {
			info, err := os.Stat(filepath.Join(folder, path))
			if err != nil {
				t.Error(err)
			} else if got := info.Mode().Perm(); got != want {
				t.Errorf("%s has mode %o, want %o", path, got, want)
			}
		}
	})
	t.Run("takes a folder of any name", func(t *testing.T) {
		for _, name := range []string{"with space", "a?b=c&d", "a#b", "50%25", "été", "'quoted\""} {
			folder := filepath.Join(t.TempDir(), name)
			s, err := store.Open(t.Context(), store.Config{DataDir: folder})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			s.Close()
			if info, err := os.Stat(filepath.Join(folder, store.FileName)); err != nil || info.Size() == 0 {
				t.Errorf("%s: the file is elsewhere: %v", name, err)
			}
		}
	})
	t.Run("leaves one file when it is closed", func(t *testing.T) {
		c := storetest.Config(t, dialect.SQLite)
		s, err := store.Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		err = s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error { return keep(ctx, tx, "a") })
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(c.DataDir)
		if err != nil || len(entries) != 1 {
			t.Errorf("left %v: %v", entries, err)
		}
	})
	t.Run("enforces foreign keys, syncs each commit and reads on connections that cannot write", func(t *testing.T) {
		s := storetest.Open(t, dialect.SQLite)
		pragmas := func(tx *ent.Tx, want map[string]int) {
			t.Helper()
			for name, want := range want {
				rows, err := tx.QueryContext(t.Context(), "PRAGMA "+name)
				if err != nil {
					t.Fatal(err)
				}
				var got int
				if !rows.Next() {
					t.Fatalf("no pragma %s", name)
				}
				if err := errors.Join(rows.Scan(&got), rows.Close()); err != nil || got != want {
					t.Errorf("%s is %d, want %d: %v", name, got, want, err)
				}
			}
		}
		err := s.Write(t.Context(), func(_ context.Context, tx *ent.Tx) error {
			pragmas(tx, map[string]int{"foreign_keys": 1, "synchronous": 2, "query_only": 0})
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		err = s.Snapshot(t.Context(), func(_ context.Context, tx *ent.Tx) error {
			pragmas(tx, map[string]int{"query_only": 1})
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// TestOpenInProcesses starts several processes on one fresh database.
func TestOpenInProcesses(t *testing.T) {
	const variable = "STORE_TEST_OPEN"
	if folder := os.Getenv(variable); folder != "" {
		s, err := store.Open(t.Context(), store.Config{DataDir: folder, URL: os.Getenv(variable + "_URL")})
		if err != nil {
			t.Fatal(err)
		}
		err = s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			return keep(ctx, tx, fmt.Sprint(os.Getpid()))
		})
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
		return
	}
	eachEmpty(t, func(t *testing.T, c store.Config) {
		const together = 4
		var processes []*exec.Cmd
		for range together {
			p := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestOpenInProcesses$")
			p.Env = append(os.Environ(), variable+"="+c.DataDir, variable+"_URL="+c.URL)
			p.Stderr, p.Stdout = os.Stderr, os.Stderr
			if err := p.Start(); err != nil {
				t.Fatal(err)
			}
			processes = append(processes, p)
		}
		for _, p := range processes {
			if err := p.Wait(); err != nil {
				t.Error(err)
			}
		}
		s, err := store.Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if got := kept(t, s.Client()); len(got) != together {
			t.Errorf("%d of %d processes stored: %v", len(got), together, got)
		}
	})
}

// BenchmarkOpen is what the database adds to the start of a server.
func BenchmarkOpen(b *testing.B) {
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(d, func(b *testing.B) {
			c := storetest.Config(b, d)
			for b.Loop() {
				s, err := store.Open(b.Context(), c)
				if err != nil {
					b.Fatal(err)
				}
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
