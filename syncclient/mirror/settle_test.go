package mirror

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

func TestSettle(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("leaves no byte of what went", func(t *testing.T) {
		m := setup(t)
		kept, lost := newID(), newID()
		fill(t, m, kept, 500)
		b := fill(t, m, lost, 500)
		at, _ := m.Position(ctx)
		if _, err := m.Apply(ctx, &protocol.ChangePage{Removals: []protocol.ID{b.Global()}, Next: "gone"}, at.Cursor); err != nil {
			t.Fatal(err)
		}
		if done, err := m.Settle(ctx); err != nil || !done {
			t.Fatalf("settle: %v, %v", done, err)
		}
		if found := scan(t, m.Dir(), []string{lost}); len(found) > 0 {
			t.Fatalf("found %v", found)
		}
		if found := scan(t, m.Dir(), []string{kept}); len(found) == 0 {
			t.Fatal("the scan finds nothing at all")
		}
	})
	t.Run("waits for a program that is reading", func(t *testing.T) {
		m := setup(t)
		b := fill(t, m, newID(), 5)
		db := connectFunc(connect).handle(m.mainPath(), reading)
		defer db.Close()
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := tx.QueryRow("SELECT count(*) FROM contact_lists").Scan(&n); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Apply(ctx, &protocol.ChangePage{Removals: []protocol.ID{b.Global()}, Next: "gone"}, "x"); err != nil {
			t.Fatal(err)
		}
		if done, err := m.Settle(ctx); err != nil || done {
			t.Fatalf("with a reader: %v, %v", done, err)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		if done, err := m.Settle(ctx); err != nil || !done {
			t.Fatalf("without: %v, %v", done, err)
		}
		if found := scan(t, m.Dir(), []string{b.ID}); len(found) > 0 {
			t.Fatalf("found %v", found)
		}
	})
	t.Run("finishes at the next start what a killed process left", func(t *testing.T) {
		m := setup(t)
		b := fill(t, m, newID(), 50)
		at := filepath.Join(t.TempDir(), "copy")
		path := filepath.Join(m.Dir(), fileOf(t, m, b))
		// Gone in main.db, the file and the journal still there: killed right after the commit.
		if _, err := m.main.Exec(`INSERT INTO doomed SELECT file FROM contact_lists; DELETE FROM contact_lists; DELETE FROM buckets`); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Fatal(err)
		}
		if err := copyFolder(m.Dir(), at); err != nil {
			t.Fatal(err)
		}
		if found := scan(t, at, []string{b.ID}); len(found) == 0 {
			t.Fatal("nothing was left to finish")
		}
		again := mustOpen(t, at)
		defer again.Close()
		if found := scan(t, at, []string{b.ID}); len(found) > 0 {
			t.Fatalf("found %v", found)
		}
	})
}
