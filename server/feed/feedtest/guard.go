// Package feedtest holds tests to the feed's one rule: whoever changes a synced row records it.
//
// Guard hangs triggers on the tables of a SQLite test database. They note every row that a transaction
// changes, on whatever path (ORM, bulk, raw SQL), and compare the notes with what the transaction stamped
// when its commit is numbered. PostgreSQL runs the same commands and needs no triggers of its own.
package feedtest

import (
	"context"
	_ "embed"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/store"
)

//go:embed guard.sql
var guard string

// Guard makes the test fail where a transaction changes a synced row of the store without recording it:
// the transaction itself fails if it is numbered, the test at its end if it is not, and where a row's digest is not its
// own at the end. On PostgreSQL it looks at the digests alone.
func Guard(tb testing.TB, s *store.Store) {
	tb.Helper()
	tb.Cleanup(func() {
		if wrong := WrongDigests(tb, s); len(wrong) > 0 {
			tb.Errorf("with digests that are not their own: %v", wrong)
		}
	})
	if s.Dialect() != dialect.SQLite {
		return
	}
	err := s.Write(context.Background(), func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, guard)
		return err
	})
	if err != nil {
		tb.Fatalf("hanging the feed's guard: %v", err)
	}
	tb.Cleanup(func() {
		if left := Unrecorded(tb, s); len(left) > 0 {
			tb.Errorf("changed without a change number: %v", left)
		}
	})
}

// Unrecorded returns what has been changed and not recorded, and forgets it.
func Unrecorded(tb testing.TB, s *store.Store) []string {
	tb.Helper()
	var left []string
	err := s.Write(context.Background(), func(ctx context.Context, tx *ent.Tx) error {
		left = nil
		rows, err := tx.QueryContext(ctx, `SELECT what || ' ' || id FROM guard_notes`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				return err
			}
			left = append(left, line)
		}
		if err := rows.Close(); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM guard_notes`)
		return err
	})
	if err != nil {
		tb.Fatalf("reading the feed's guard: %v", err)
	}
	return left
}
