package migration_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/store/migration"
	"github.com/partage-mail/partage/server/store/storetest"
)

// database is an empty one of either dialect.
type database struct {
	*sql.DB
	dialect string
}

func each(t *testing.T, f func(t *testing.T, d database)) {
	t.Run("sqlite", func(t *testing.T) { f(t, empty(t, dialect.SQLite)) })
	t.Run("postgres", func(t *testing.T) { f(t, empty(t, dialect.Postgres)) })
}

func empty(t *testing.T, dialectName string) database {
	t.Helper()
	c := storetest.EmptyConfig(t, dialectName)
	driver, source := "pgx", c.URL
	if dialectName == dialect.SQLite {
		driver, source = "sqlite3", filepath.Join(c.DataDir, "test.db")+"?_fk=on&_busy_timeout=60000"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return database{db, dialectName}
}

// load makes migrations of texts, numbered from 1.
func load(t *testing.T, texts ...string) []migration.Migration {
	t.Helper()
	folder := fstest.MapFS{}
	for i, text := range texts {
		folder[fmt.Sprintf("%04d_step_%d.sql", i+1, i+1)] = &fstest.MapFile{Data: []byte(text)}
	}
	ms, err := migration.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return ms
}

func (d database) apply(t *testing.T, ms []migration.Migration) error {
	t.Helper()
	return migration.Apply(t.Context(), d.DB, d.dialect, ms)
}

// number runs a query that returns one number.
func (d database) number(t *testing.T, query string) int {
	t.Helper()
	var n int
	if err := d.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

const (
	parents = "CREATE TABLE parents (id bigint PRIMARY KEY); CREATE TABLE children (id bigint PRIMARY KEY, " +
		"parent bigint NOT NULL REFERENCES parents (id) ON DELETE CASCADE);"
	rows = "INSERT INTO parents VALUES (1), (2); INSERT INTO children VALUES (10, 1), (20, 2);"
)

func TestApply(t *testing.T) {
	t.Run("applies what is pending, once", func(t *testing.T) {
		each(t, func(t *testing.T, d database) {
			ms := load(t, parents, rows, "INSERT INTO parents VALUES (3);")
			for n := range len(ms) + 1 {
				if err := d.apply(t, ms[:n]); err != nil {
					t.Fatal(err)
				}
			}
			if err := d.apply(t, ms); err != nil {
				t.Fatal(err)
			}
			if n := d.number(t, "SELECT count(*) FROM parents"); n != 3 {
				t.Errorf("%d rows", n)
			}
			if n, err := migration.Pending(t.Context(), d.DB, d.dialect, ms); n != 0 || err != nil {
				t.Errorf("%d pending: %v", n, err)
			}
			if n := d.number(t, "SELECT count(*) FROM schema_migrations WHERE applied_at > 0 AND name LIKE 'step_%'"); n != 3 {
				t.Errorf("%d recorded", n)
			}
		})
	})
	t.Run("applies each once where many start together", func(t *testing.T) {
		each(t, func(t *testing.T, d database) {
			ms := load(t, parents, rows, "INSERT INTO parents VALUES (3);")
			const together = 8
			ended := make(chan error, together)
			for range together {
				go func() { ended <- migration.Apply(t.Context(), d.DB, d.dialect, ms) }()
			}
			for range together {
				if err := <-ended; err != nil {
					t.Error(err)
				}
			}
			if n := d.number(t, "SELECT count(*) FROM parents"); n != 3 {
				t.Errorf("%d rows", n)
			}
		})
	})
	t.Run("leaves nothing of one that fails, and what came before", func(t *testing.T) {
		each(t, func(t *testing.T, d database) {
			bad := "CREATE TABLE half (id bigint); INSERT INTO parents VALUES (3); INSERT INTO nowhere VALUES (1);"
			err := d.apply(t, load(t, parents, rows, bad, "INSERT INTO parents VALUES (4);"))
			if err == nil || !strings.Contains(err.Error(), "0003_step_3") || !strings.Contains(err.Error(), "nowhere") {
				t.Errorf("got %v", err)
			}
			if n := d.number(t, "SELECT count(*) FROM parents"); n != 2 {
				t.Errorf("%d rows", n)
			}
			if n := d.number(t, "SELECT max(version) FROM schema_migrations"); n != 2 {
				t.Errorf("at version %d", n)
			}
			mended := strings.Replace(bad, "nowhere", "half", 1)
			if err := d.apply(t, load(t, parents, rows, mended)); err != nil {
				t.Errorf("once it is mended: %v", err)
			}
			if n := d.number(t, "SELECT count(*) FROM half"); n != 1 {
				t.Errorf("%d rows", n)
			}
		})
	})
	t.Run("keeps the children of a table that is rebuilt", func(t *testing.T) {
		each(t, func(t *testing.T, d database) {
			rebuild := "CREATE TABLE new_parents (id bigint PRIMARY KEY, name text NOT NULL DEFAULT ''); " +
				"INSERT INTO new_parents (id) SELECT id FROM parents; DROP TABLE parents; " +
				"ALTER TABLE new_parents RENAME TO parents;"
			if d.dialect == dialect.Postgres {
				rebuild = "ALTER TABLE parents ADD COLUMN name text NOT NULL DEFAULT '';"
			}
			if err := d.apply(t, load(t, parents, rows, rebuild)); err != nil {
				t.Fatal(err)
			}
			if n := d.number(t, "SELECT count(*) FROM children JOIN parents ON parents.id = parent AND name = ''"); n != 2 {
				t.Errorf("%d children", n)
			}
			if _, err := d.ExecContext(t.Context(), "INSERT INTO children VALUES (30, 3)"); err == nil {
				t.Error("a child without a parent was taken")
			}
			if _, err := d.ExecContext(t.Context(), "DELETE FROM parents WHERE id = 1"); err != nil {
				t.Error(err)
			}
			if n := d.number(t, "SELECT count(*) FROM children"); n != 1 {
				t.Errorf("%d children are left", n)
			}
		})
	})
	t.Run("refuses to leave a child without its parent", func(t *testing.T) {
		each(t, func(t *testing.T, d database) {
			orphan := "INSERT INTO children VALUES (30, 3);"
			if err := d.apply(t, load(t, parents, rows, orphan)); err == nil {
				t.Error("it was applied")
			}
			if n := d.number(t, "SELECT count(*) FROM children"); n != 2 {
				t.Errorf("%d children", n)
			}
		})
	})
	t.Run("refuses a database that is newer or made by other files", func(t *testing.T) {
		each(t, func(t *testing.T, d database) {
			ms := load(t, parents, rows)
			if err := d.apply(t, ms); err != nil {
				t.Fatal(err)
			}
			err := d.apply(t, ms[:1])
			if e, ok := errors.AsType[*migration.NewerError](err); !ok || e.Database.Version != 2 || e.Program.Version != 1 {
				t.Errorf("newer: %v", err)
			}
			err = d.apply(t, load(t, parents+" ", rows))
			if e, ok := errors.AsType[*migration.ChangedError](err); !ok || e.Applied.Version != 1 {
				t.Errorf("changed: %v", err)
			}
			if err := d.apply(t, load(t, strings.ReplaceAll(parents, " ", "\r\n"), rows)); err == nil {
				t.Error("other text was taken")
			}
		})
	})
}

func TestLoad(t *testing.T) {
	t.Run("takes files in order, whatever their line ends", func(t *testing.T) {
		unix := load(t, "SELECT 1;\nSELECT 2;\n", "SELECT 3;\n")
		windows := load(t, "SELECT 1;\r\nSELECT 2;\r\n", "SELECT 3;\r\n")
		if len(unix) != 2 || unix[1].Version != 2 || unix[1].Name != "step_2" {
			t.Errorf("got %+v", unix)
		}
		for i := range unix {
			if unix[i] != windows[i] {
				t.Errorf("%+v is not %+v", windows[i], unix[i])
			}
		}
	})
	for name, files := range map[string][]string{
		"a gap":            {"0001_a.sql", "0003_b.sql"},
		"a duplicate":      {"0001_a.sql", "0001_b.sql"},
		"another start":    {"0002_a.sql"},
		"a short number":   {"001_a.sql"},
		"no name":          {"0001.sql"},
		"an empty name":    {"0001_.sql"},
		"something else":   {"a.sql"},
		"a negative sign":  {"-001_a.sql"},
		"letters as digit": {"000x_a.sql"},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			folder := fstest.MapFS{}
			for _, f := range files {
				folder[f] = &fstest.MapFile{}
			}
			if ms, err := migration.Load(folder); err == nil {
				t.Errorf("got %+v", ms)
			}
		})
	}
}
