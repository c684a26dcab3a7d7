package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/secret"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// keep writes a row that depends on no other.
func keep(ctx context.Context, tx *ent.Tx, name string) error {
	return tx.Secret.Create().SetName(name).SetValue([]byte{1}).Exec(ctx)
}

// kept returns the names written by keep.
func kept(t *testing.T, c *ent.Client) []string {
	t.Helper()
	ctx := viewer.System(t.Context(), "a test looks at what is stored")
	names, err := c.Secret.Query().Order(secret.ByName()).Select(secret.FieldName).Strings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func expectKept(t *testing.T, s *store.Store, want ...string) {
	t.Helper()
	if got := kept(t, s.Client()); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("stored %v, want %v", got, want)
	}
}

func TestWrite(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Run("stores", func(t *testing.T) {
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error { return keep(ctx, tx, "a") })
			if err != nil {
				t.Fatal(err)
			}
			expectKept(t, s, "a")
		})
		t.Run("rolls back on an error and passes it on", func(t *testing.T) {
			want := errors.New("no")
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				return errors.Join(keep(ctx, tx, "b"), want)
			})
			if !errors.Is(err, want) {
				t.Errorf("got %v", err)
			}
			expectKept(t, s, "a")
		})
		t.Run("rolls back on a panic and lets it through", func(t *testing.T) {
			func() {
				defer func() {
					if recover() != "no" {
						t.Error("the panic was lost")
					}
				}()
				_ = s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
					if err := keep(ctx, tx, "b"); err != nil {
						t.Error(err)
					}
					panic("no")
				})
			}()
			expectKept(t, s, "a")
			if err := s.Write(t.Context(), func(context.Context, *ent.Tx) error { return nil }); err != nil {
				t.Errorf("the next one: %v", err)
			}
		})
		t.Run("rolls back when the context ends", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
				err := keep(ctx, tx, "b")
				cancel()
				return err
			})
			if !errors.Is(err, context.Canceled) && !errors.Is(err, sql.ErrTxDone) {
				t.Errorf("got %v", err)
			}
			expectKept(t, s, "a")
		})
		t.Run("refuses to nest", func(t *testing.T) {
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				none := func(context.Context, *ent.Tx) error { return nil }
				if err := s.Write(ctx, none); err == nil {
					t.Error("a Write inside a Write")
				}
				if err := s.Snapshot(ctx, none); err == nil {
					t.Error("a Snapshot inside a Write")
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
		t.Run("refuses the client beside it", func(t *testing.T) {
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				ctx = viewer.System(ctx, "test")
				if _, err := s.Client().Secret.Query().All(ctx); err == nil {
					t.Error("a query beside the transaction")
				}
				if _, err := s.Client().ExecContext(ctx, "DELETE FROM secrets"); err == nil {
					t.Error("a statement beside the transaction")
				}
				if _, err := s.Client().QueryContext(ctx, "SELECT 1"); err == nil {
					t.Error("a raw query beside the transaction")
				}
				if _, err := s.Client().Tx(ctx); err == nil {
					t.Error("a transaction beside the transaction")
				}
				_, err := tx.Client().Secret.Query().All(ctx)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
		t.Run("does not hold up those who read", func(t *testing.T) {
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				err := keep(ctx, tx, "b")
				expectKept(t, s, "a") // beside the transaction, with a context that is not of it
				return err
			})
			if err != nil {
				t.Error(err)
			}
			expectKept(t, s, "a", "b")
		})
		t.Run("is not needed for raw SQL that returns what it changed", func(t *testing.T) {
			for _, query := range []string{
				"DELETE FROM secrets WHERE name = 'b' RETURNING name",
				"WITH a AS (SELECT 'c' AS name) UPDATE secrets SET value = value FROM a WHERE secrets.name = 'a' RETURNING secrets.name",
			} {
				rows, err := s.Client().QueryContext(t.Context(), query)
				if err != nil {
					t.Fatal(err)
				}
				if !rows.Next() {
					t.Errorf("%s: nothing returned: %v", query, rows.Err())
				}
				if err := rows.Close(); err != nil {
					t.Error(err)
				}
			}
			expectKept(t, s, "a")
		})
		t.Run("is needed to change rows through ent", func(t *testing.T) {
			ctx := viewer.System(t.Context(), "test")
			if err := s.Client().Secret.Create().SetName("c").SetValue(nil).Exec(ctx); err == nil {
				t.Error("a change outside of it")
			}
		})
	})
}

func TestSnapshot(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		write := func(name string) {
			t.Helper()
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error { return keep(ctx, tx, name) })
			if err != nil {
				t.Fatal(err)
			}
		}
		write("a")
		t.Run("stays the same while a writer commits", func(t *testing.T) {
			err := s.Snapshot(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				before := kept(t, tx.Client())
				write("b")
				if after := kept(t, tx.Client()); fmt.Sprint(after) != fmt.Sprint(before) {
					t.Errorf("%v became %v", before, after)
				}
				expectKept(t, s, "a", "b")
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
		t.Run("cannot write", func(t *testing.T) {
			err := s.Snapshot(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				_, err := tx.ExecContext(ctx, "DELETE FROM secrets")
				return err
			})
			if err == nil {
				t.Error("it wrote")
			}
			err = s.Snapshot(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				return keep(viewer.Writing(ctx), tx, "c")
			})
			if err == nil {
				t.Error("it wrote")
			}
			expectKept(t, s, "a", "b")
		})
		t.Run("passes errors on and frees its connection", func(t *testing.T) {
			want := errors.New("no")
			for range 50 {
				if err := s.Snapshot(t.Context(), func(context.Context, *ent.Tx) error { return want }); err != want {
					t.Fatalf("got %v", err)
				}
			}
		})
	})
}

// TestWriteAgain forces a first try to fail in the way each database asks for another.
func TestWriteAgain(t *testing.T) {
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		s, err := store.Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		conflict := busy
		if s.Dialect() == dialect.Postgres {
			conflict = serializationFailure
		}
		t.Run("runs all of it again after a conflict", func(t *testing.T) {
			ran := 0
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				ran++
				if err := keep(ctx, tx, fmt.Sprint("try ", ran)); err != nil {
					return err
				}
				if ran < 3 {
					return conflict(ctx, t, c, tx)
				}
				return nil
			})
			if err != nil || ran != 3 {
				t.Errorf("ran %d times: %v", ran, err)
			}
			expectKept(t, s, "try 3")
		})
		t.Run("is unavailable in the end", func(t *testing.T) {
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				return errors.Join(keep(ctx, tx, "never"), conflict(ctx, t, c, tx))
			})
			if !fault.Is(err, fault.Unavailable) {
				t.Errorf("got %v", err)
			}
			expectKept(t, s, "try 3")
		})
	})
}

// busy returns the error of a second process that wants to write while tx does.
func busy(ctx context.Context, t *testing.T, c store.Config, _ *ent.Tx) error {
	other, err := sql.Open("sqlite3", filepath.Join(c.DataDir, store.FileName)+"?_busy_timeout=0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	_, err = other.ExecContext(ctx, "BEGIN IMMEDIATE")
	return err
}

// serializationFailure returns the error of a transaction that PostgreSQL cannot put in order with others.
func serializationFailure(ctx context.Context, _ *testing.T, _ store.Config, tx *ent.Tx) error {
	_, err := tx.ExecContext(ctx, "DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END $$")
	return err
}

// TestWriteDeadlock lets two transactions lock two rows in opposite order, which PostgreSQL ends by
// failing one of them.
func TestWriteDeadlock(t *testing.T) {
	s := storetest.Open(t, dialect.Postgres)
	err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		return errors.Join(keep(ctx, tx, "a"), keep(ctx, tx, "b"))
	})
	if err != nil {
		t.Fatal(err)
	}
	add := func(ctx context.Context, tx *ent.Tx, name string) error {
		_, err := tx.ExecContext(ctx, "UPDATE secrets SET created_at = created_at + 1 WHERE name = $1", name)
		return err
	}
	reached, ended := make(chan struct{}, 100), make(chan error, 2)
	met := make(chan struct{})
	for _, order := range [][]string{{"a", "b"}, {"b", "a"}} {
		go func() {
			ended <- s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				if err := add(ctx, tx, order[0]); err != nil {
					return err
				}
				reached <- struct{}{}
				<-met
				return add(ctx, tx, order[1])
			})
		}()
	}
	<-reached
	<-reached
	close(met)
	for range 2 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if len(reached) == 0 {
		t.Error("neither ran again: there was no deadlock")
	}
}

// TestWriteConcurrently counts in one row from many goroutines that also read.
func TestWriteConcurrently(t *testing.T) {
	const writers, each = 16, 25
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			return tx.Secret.Create().SetName("count").SetValue([]byte{1}).SetCreatedAt(0).Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		system := viewer.System(t.Context(), "test")
		count := func(ctx context.Context, tx *ent.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE secrets SET created_at = created_at + 1")
			return err
		}
		ended := make(chan error, writers)
		for range writers {
			go func() {
				var errs []error
				for range each {
					_, err := s.Client().Secret.Query().Only(system)
					errs = append(errs, err, s.Write(t.Context(), count))
				}
				ended <- errors.Join(errs...)
			}()
		}
		for range writers {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		row, err := s.Client().Secret.Query().Only(system)
		if err != nil {
			t.Fatal(err)
		}
		if row.CreatedAt != writers*each {
			t.Errorf("counted %d of %d", row.CreatedAt, writers*each)
		}
	})
}
