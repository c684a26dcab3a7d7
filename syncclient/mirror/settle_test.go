package mirror

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// marksOf are texts of a list that fill has made, and of its rows. Its id alone is kept after it went (departed).
func marksOf(id string) []string { return []string{"list " + id, "sentinel0-" + id, "sentinel1-" + id} }

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
		if found := scan(t, m.Dir(), marksOf(lost)); len(found) > 0 {
			t.Fatalf("found %v", found)
		}
		if found := scan(t, m.Dir(), marksOf(kept)); len(found) == 0 {
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
		if found := scan(t, m.Dir(), marksOf(b.ID)); len(found) > 0 {
			t.Fatalf("found %v", found)
		}
	})
	t.Run("finishes at the next start what a killed process left", func(t *testing.T) {
		m := setup(t)
		b := fill(t, m, newID(), 50)
		at := filepath.Join(t.TempDir(), "copy")
		path := filepath.Join(m.Dir(), fileOf(t, m, b))
		// Gone in main.db, the file and the journal still there: killed right after the commit.
		if _, err := m.main.Exec(`INSERT INTO doomed SELECT file FROM server_contact_lists; DELETE FROM server_contact_lists; DELETE FROM buckets`); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Fatal(err)
		}
		if err := copyFolder(m.Dir(), at); err != nil {
			t.Fatal(err)
		}
		if found := scan(t, at, marksOf(b.ID)); len(found) == 0 {
			t.Fatal("nothing was left to finish")
		}
		again := mustOpen(t, at)
		defer again.Close()
		if found := scan(t, at, marksOf(b.ID)); len(found) > 0 {
			t.Fatalf("found %v", found)
		}
	})
	t.Run("leaves the journal alone while a program is reading", func(t *testing.T) {
		m := setup(t)
		b, ids := shuffled(t, m, 200)
		gone := removeOdd(t, m, b, ids)
		f := m.files[b.ID]
		end := reader(t, f.path)
		before := fileSize(f.path + "-wal")
		if done, err := m.Settle(ctx); err != nil || done {
			t.Fatalf("with a reader: %v, %v", done, err)
		}
		if now := fileSize(f.path + "-wal"); now > before {
			t.Fatalf("the journal grew from %d to %d bytes", before, now)
		}
		end()
		mustSettle(t, m)
		mustNotFind(t, m.Dir(), gone)
	})
	t.Run("is done by Close", func(t *testing.T) {
		m := setup(t)
		b, ids := shuffled(t, m, 200)
		gone := removeOdd(t, m, b, ids)
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		mustNotFind(t, m.Dir(), gone)
	})
	t.Run("is done when the mirror is opened, where a process was killed before", func(t *testing.T) {
		m := setup(t)
		b, ids := shuffled(t, m, 200)
		gone := removeOdd(t, m, b, ids)
		at := filepath.Join(t.TempDir(), "copy")
		if err := copyFolder(m.Dir(), at); err != nil {
			t.Fatal(err)
		}
		again := mustOpen(t, at)
		defer again.Close()
		mustNotFind(t, at, gone)
		if len(again.debts) > 0 {
			t.Fatalf("more is owed: %v", again.debts)
		}
	})
	t.Run("costs nothing after pages that only add", func(t *testing.T) {
		m := setup(t)
		shuffled(t, m, 50)
		if wait, err := m.SettleDue(ctx, 0); err != nil || wait != 0 || len(m.debts) > 0 {
			t.Fatalf("%v, %v, %v", wait, err, m.debts)
		}
	})
}

// reader reads a file as another program does, until the function it returns is called.
func reader(t *testing.T, path string) (end func()) {
	t.Helper()
	db := connectFunc(connect).handle(path, reading)
	t.Cleanup(func() { _ = db.Close() })
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tx.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSettleDue(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	due := func(t *testing.T, m *Mirror, want time.Duration) {
		t.Helper()
		if wait, err := m.SettleDue(ctx, 5*time.Second); err != nil || wait != want {
			t.Fatalf("to wait %v, %v; want %v", wait, err, want)
		}
	}
	t.Run("erases many removals together", func(t *testing.T) {
		m := setup(t)
		now := time.Now()
		m.now = func() time.Time { return now }
		b, ids := shuffled(t, m, 100)
		due(t, m, 0)
		gone := removeOdd(t, m, b, ids)
		at, _ := m.RowsPosition(ctx, b)
		for i := range 4 {
			due(t, m, time.Duration(5-i)*time.Second)
			now = now.Add(time.Second)
			at.Cursor = change(t, m, b, nil, []string{ids[2*i]}, at.Cursor, 49-i)
			gone = append(gone, ids[2*i])
		}
		if len(scan(t, m.Dir(), gone)) == 0 {
			t.Fatal("it did not wait")
		}
		now = now.Add(time.Second)
		due(t, m, 0)
		mustNotFind(t, m.Dir(), gone)
	})
	t.Run("tries again after a program that was reading", func(t *testing.T) {
		m := setup(t)
		now := time.Now()
		m.now = func() time.Time { return now }
		b, ids := shuffled(t, m, 100)
		gone := removeOdd(t, m, b, ids)
		end := reader(t, m.files[b.ID].path)
		now = now.Add(5 * time.Second)
		due(t, m, retry)
		end()
		now = now.Add(time.Second)
		due(t, m, retry-time.Second)
		now = now.Add(time.Second)
		due(t, m, 0)
		mustNotFind(t, m.Dir(), gone)
	})
	t.Run("lets large files wait longer, but not what an earlier process left", func(t *testing.T) {
		m := setup(t)
		now := time.Now()
		m.now = func() time.Time { return now }
		b := fill(t, m, newID(), 0)
		var rows [][]any
		var ids []string
		for i := range 1100 {
			ids = append(ids, newID())
			rows = append(rows, contact(ids[i], fmt.Sprintf("row %d.", i), 1))
			rows[i][6] = `{"note":"` + strings.Repeat("x", 32<<10) + `"}`
		}
		change(t, m, b, rows, nil, "r1", len(rows))
		mustSettle(t, m)
		gone := removeOdd(t, m, b, ids)
		size := fileSize(m.files[b.ID].path)
		if size < smallFile {
			t.Fatalf("%d bytes", size)
		}
		due(t, m, time.Duration(size>>20)*time.Second)
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		m = mustOpen(t, m.Dir())
		defer m.Close()
		if len(m.debts) != 1 {
			t.Fatalf("owed: %v", m.debts)
		}
		due(t, m, 0)
		mustNotFind(t, m.Dir(), gone[:10])
		if fileSize(m.files[b.ID].path) > size*2/3 {
			t.Fatal("the file has kept its size")
		}
	})
}
