package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/migration"
	"github.com/partage-mail/partage/server/store/storetest"
)

func TestOpenToRead(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		t.Parallel()
		ctx := viewer.System(t.Context(), "a test looks at what is stored")
		open := func(t *testing.T) *store.Store {
			t.Helper()
			s, err := store.Open(ctx, c)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		add := func(ctx context.Context, tx *ent.Tx) error {
			return tx.Account.Create().SetID(uuid.New()).SetName("Test").Exec(ctx)
		}
		t.Run("reads beside a server, and cannot write", func(t *testing.T) {
			server := open(t)
			defer server.Close()
			s, err := store.OpenToRead(ctx, c)
			if err != nil {
				t.Fatal(err)
			}
			for n := range 3 { // what is written meanwhile shows
				if got, err := s.Client().Account.Query().Count(ctx); err != nil || got != n {
					t.Errorf("%d accounts instead of %d, %v", got, n, err)
				}
				if err := server.Write(ctx, add); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.Write(ctx, add); err == nil {
				t.Error("it wrote")
			}
			if _, err := s.Client().ExecContext(ctx, `DELETE FROM accounts`); err == nil {
				t.Error("it wrote outside of a transaction")
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if n, err := server.Client().Account.Query().Count(ctx); err != nil || n != 3 {
				t.Errorf("%d accounts, %v", n, err)
			}
		})
		t.Run("leaves nothing behind", func(t *testing.T) {
			if c.URL != "" {
				return
			}
			s, err := store.OpenToRead(ctx, c)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := s.Client().Account.Query().Count(ctx); err != nil || n != 3 {
				t.Errorf("%d accounts, %v", n, err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			files, err := os.ReadDir(c.DataDir)
			if err != nil || len(files) != 1 {
				t.Errorf("%v, %v", files, err)
			}
		})
		t.Run("refuses a database of another version, and does not change it", func(t *testing.T) {
			change := func(query string) {
				t.Helper()
				s := open(t)
				defer s.Close()
				err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
					_, err := tx.ExecContext(ctx, query)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			change(`INSERT INTO ` + migration.Table + ` SELECT version + 1, 'later', 'x', applied_at FROM ` + migration.Table)
			if s, err := store.OpenToRead(ctx, c); err == nil || !strings.Contains(err.Error(), "start the newer program") {
				t.Errorf("a newer one: %v, %v", s, err)
			}
		})
	})
	t.Run("makes no database, and migrates none", func(t *testing.T) {
		for _, name := range []string{dialect.SQLite, dialect.Postgres} {
			c := storetest.EmptyConfig(t, name)
			if s, err := store.OpenToRead(t.Context(), c); err == nil {
				t.Errorf("%s: %v", name, s)
			}
			if name != dialect.SQLite {
				continue
			}
			path := filepath.Join(c.DataDir, store.FileName)
			if _, err := os.Stat(path); !os.IsNotExist(err) {
				t.Errorf("it made a file: %v", err)
			}
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := store.OpenToRead(t.Context(), c); err == nil || !strings.Contains(err.Error(), "no server has used") {
				t.Errorf("an empty file: %v", err)
			}
			if info, err := os.Stat(path); err != nil || info.Size() != 0 {
				t.Errorf("it wrote to the file: %v", err)
			}
		}
	})
}
