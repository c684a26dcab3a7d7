package mirror

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// shuffled fills a list with n rows, page by page, that SQLite has to move about in its pages: of all lengths, in no
// order of their addresses, and changed once. It returns their ids. Each row has "row <number>." in its texts.
func shuffled(t failer, m *Mirror, n int) (Bucket, []string) {
	t.Helper()
	b := fill(t, m, newID(), 0)
	var ids []string
	for range n {
		ids = append(ids, newID())
	}
	after := "r1"
	for turn := range 2 {
		for from := 0; from < n; from += 50 {
			var rows [][]any
			for i := from; i < min(from+50, n); i++ {
				row := contact(ids[i], fmt.Sprintf("%03d row %d.", i*37%n, i), turn+1)
				row[4] = strings.Repeat("c", (i*53+turn*217)%400)
				rows = append(rows, row)
			}
			after = change(t, m, b, rows, nil, after, n)
		}
	}
	return b, ids
}

// change applies a page of rows, the last for now, after which the list has so many. It returns the new cursor.
func change(t failer, m *Mirror, b Bucket, rows [][]any, removed []string, after string, has int) string {
	t.Helper()
	page := rowPage(t, rows, removed, after+"+", false, "s1")
	page.Rows = int64(has)
	if _, err := m.ApplyRows(context.Background(), b, page, after); err != nil {
		t.Fatalf("apply: %v", err)
	}
	return page.Next
}

// removeOdd removes every other row of a list in one page and returns what is not to be found any more.
func removeOdd(t failer, m *Mirror, b Bucket, ids []string) []string {
	t.Helper()
	var removed, texts []string
	for i := 1; i < len(ids); i += 2 {
		removed, texts = append(removed, ids[i]), append(texts, fmt.Sprintf("row %d.", i))
	}
	at, err := m.RowsPosition(context.Background(), b)
	if err != nil {
		t.Fatalf("position: %v", err)
	}
	change(t, m, b, nil, removed, at.Cursor, len(ids)-len(removed))
	return append(texts, removed...)
}

func mustSettle(t failer, m *Mirror) {
	t.Helper()
	if done, err := m.Settle(context.Background()); err != nil || !done {
		t.Fatalf("settle: %v, %v", done, err)
	}
}

func mustNotFind(t failer, dir string, texts []string) {
	t.Helper()
	if found := scan(t, dir, texts); len(found) > 0 {
		t.Fatalf("%d are left: %v", len(found), found[:min(len(found), 5)])
	}
}

func TestCompact(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("erases the copies of rows that SQLite had moved", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		b, ids := shuffled(t, m, 400)
		gone := removeOdd(t, m, b, ids)
		if done, err := truncate(ctx, m.files[b.ID].db); err != nil || !done {
			t.Fatal(done, err)
		}
		if len(scan(t, m.Dir(), gone)) == 0 {
			t.Fatal("SQLite erased everything by itself: this test tests nothing")
		}
		mustSettle(t, m)
		mustNotFind(t, m.Dir(), gone)
		if len(scan(t, m.Dir(), []string{"row 0.", ids[0]})) == 0 {
			t.Fatal("the scan finds nothing at all")
		}
	})
	t.Run("erases what moved in main.db", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		var ids, gone []string
		page := &protocol.ChangePage{Next: "."}
		for turn := range 4 {
			at, _ := m.Position(ctx)
			*page = protocol.ChangePage{Next: at.Cursor + "."}
			for i := range 400 {
				if turn == 0 {
					ids = append(ids, newID())
				}
				id := protocol.Global(protocol.KindTemplate, ids[i])
				switch {
				case turn < 3:
					name := fmt.Sprintf("row %d.", i)
					page.Items = append(page.Items, protocol.Item{ID: id, Name: name, Body: strings.Repeat("b", (i*53+turn*217)%400) + name})
				case i%2 == 1:
					page.Removals = append(page.Removals, id)
					gone = append(gone, fmt.Sprintf("row %d.", i)) // that it went, and its id, is kept in departed
				}
			}
			if _, err := m.Apply(ctx, page, at.Cursor); err != nil {
				t.Fatal(err)
			}
		}
		killed := filepath.Join(t.TempDir(), "copy")
		must(t, copyFolder(m.Dir(), killed))
		mustSettle(t, m)
		mustNotFind(t, m.Dir(), gone)
		again := mustOpen(t, killed)
		defer again.Close()
		mustNotFind(t, killed, gone)
	})
	t.Run("is done by the next where a process was killed at any statement", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		b, ids := shuffled(t, m, 100)
		gone := removeOdd(t, m, b, ids)
		for calls := 0; ; calls++ {
			dir := t.TempDir()
			crash := &crasher{dir: filepath.Join(dir, "mirror"), copyTo: filepath.Join(dir, "killed"), left: calls}
			must(t, copyFolder(m.Dir(), crash.dir))
			settled, err := open(ctx, crash.dir, identity(), crash.connect)
			if !crash.crashed {
				must(t, err)
				crash.left = -1
				must(t, settled.Close())
				if calls < 20 {
					t.Fatalf("settled with %d statements", calls)
				}
				return
			}
			again := mustOpen(t, crash.copyTo)
			mustNotFind(t, crash.copyTo, gone)
			must(t, again.Close())
		}
	})
	t.Run("is done again where a process was killed in it", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		b, ids := shuffled(t, m, 200)
		gone := removeOdd(t, m, b, ids)
		f := m.files[b.ID]
		if done, err := truncate(ctx, f.db); err != nil || !done {
			t.Fatal(done, err)
		}
		if done, err := compact(ctx, f.db, f.path); err != nil || !done {
			t.Fatal(done, err)
		}
		journal := fileSize(f.path + "-wal")
		if journal == 0 {
			t.Fatal("nothing is in the journal")
		}
		// Everything that it writes goes into the journal; a killed process leaves the beginning of it.
		for part := range int64(9) {
			at := filepath.Join(t.TempDir(), "copy")
			if err := copyFolder(m.Dir(), at); err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(filepath.Join(at, fileOf(t, m, b)+"-wal"), journal*part/8); err != nil {
				t.Fatal(err)
			}
			again := mustOpen(t, at)
			mustNotFind(t, at, gone)
			if n, err := again.files[b.ID].examine(ctx); err != nil || !n.complete || n.removed {
				t.Fatalf("after %d/8: %+v, %v", part, n, err)
			}
			if lost := again.Losses(); len(lost) > 0 {
				t.Fatalf("after %d/8: lost %v", part, lost)
			}
			if err := again.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
	t.Run("is put off where the disk is full", func(t *testing.T) {
		t.Parallel()
		disk := &crasher{left: -1, full: true}
		m, err := open(ctx, filepath.Join(t.TempDir(), "mirror"), identity(), disk.connect)
		must(t, err)
		defer m.Close()
		b, ids := shuffled(t, m, 100)
		gone := removeOdd(t, m, b, ids)
		if done, err := m.Settle(ctx); err != nil || done {
			t.Fatalf("on a full disk: %v, %v", done, err)
		}
		disk.full = false
		mustSettle(t, m)
		mustNotFind(t, m.Dir(), gone)
	})
}
