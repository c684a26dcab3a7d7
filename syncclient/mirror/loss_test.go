package mirror

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// harm does something to the file of a list, or of another one beside it.
type harm struct {
	name string
	why  error
	do   func(t *testing.T, path, other string)
}

// seen is harm that shows from outside.
func seen() []harm {
	return []harm{
		{"deleted", ErrFileGone, func(t *testing.T, path, _ string) { must(t, unlink(path)) }},
		{"deleted with its folder", ErrFileGone, func(t *testing.T, path, _ string) { must(t, os.RemoveAll(filepath.Dir(path))) }},
		{"emptied", ErrFileGone, func(t *testing.T, path, _ string) { must(t, os.Truncate(path, 0)) }},
	}
}

// hidden is harm that shows when the file is opened.
func hidden() []harm {
	return []harm{
		{"overwritten at its beginning", ErrFileDamaged, func(t *testing.T, path, _ string) { overwrite(t, path, 0, 4096) }},
		{"cut short", ErrFileDamaged, func(t *testing.T, path, _ string) { must(t, os.Truncate(path, fileSize(path)/2)) }},
		{"garbled inside", ErrFileDamaged, func(t *testing.T, path, _ string) { overwrite(t, path, 4096, fileSize(path)) }},
		{"that of another list", ErrFileDamaged, func(t *testing.T, path, other string) {
			content, err := os.ReadFile(other)
			must(t, err)
			must(t, os.WriteFile(path, content, 0o600))
		}},
		{"without its note of where it stands", ErrFileDamaged, func(t *testing.T, path, _ string) { edit(t, path, "DELETE FROM bucket") }},
		{"robbed of a row", ErrRowsMissing, func(t *testing.T, path, _ string) {
			edit(t, path, "DELETE FROM server_contacts WHERE rowid = 7")
		}},
		{"robbed of all rows", ErrRowsMissing, func(t *testing.T, path, _ string) { edit(t, path, "DELETE FROM server_contacts") }},
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// overwrite puts noise into a file.
func overwrite(t *testing.T, path string, from, to int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	must(t, err)
	_, err = f.WriteAt(bytes.Repeat([]byte("garbled!"), int(to-from)/8), from)
	must(t, err)
	must(t, f.Close())
}

func edit(t *testing.T, path, statement string) {
	t.Helper()
	db := connectFunc(connect).handle(path, writing)
	_, err := db.Exec(statement)
	must(t, err)
	must(t, db.Close())
}

// TestLoss damages the files of lists. Whatever was done: the list is behind once it is found, it is said, and the
// other list is left alone.
func TestLoss(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, h := range append(seen(), hidden()...) {
		t.Run("finds a file at the start that was "+h.name, func(t *testing.T) {
			t.Parallel()
			m, b, rows := two(t)
			path, other := pathOf(t, m, b), pathOf(t, m, Bucket{ID: strings.Replace(b.ID, "a", "b", 1)})
			must(t, m.Close())
			h.do(t, path, other)
			m = mustOpen(t, m.Dir())
			defer m.Close()
			mustLose(t, m, b, h.why, h.name)
			mustRefill(t, m, b, rows)
			must(t, m.Close())
			again := mustOpen(t, m.Dir())
			defer again.Close()
			if lost := again.Losses(); len(lost) > 0 {
				t.Fatalf("it is still lost: %v", lost)
			}
		})
	}
	t.Run("finds a file that is open and was overwritten at its beginning", func(t *testing.T) {
		t.Parallel()
		m, b, rows := two(t)
		defer m.Close()
		overwrite(t, pathOf(t, m, b), 0, 4096)
		must(t, m.Look(ctx))
		mustLose(t, m, b, ErrFileDamaged, "overwritten")
		mustRefill(t, m, b, rows)
	})
	for _, h := range seen() {
		t.Run("finds a file while open that was "+h.name, func(t *testing.T) {
			t.Parallel()
			m, b, rows := two(t)
			defer m.Close()
			for range 2 { // with the file open, and without
				path := pathOf(t, m, b)
				h.do(t, path, "")
				if s, err := Inspect(ctx, m.Dir()); err != nil || s.Behind == 0 {
					t.Fatalf("the status knows nothing of it: %+v, %v", s, err)
				}
				must(t, m.Look(ctx))
				mustLose(t, m, b, h.why, h.name)
				mustRefill(t, m, b, rows)
				m.letGo(b.ID)
			}
		})
	}
	t.Run("finds a file while open that was replaced", func(t *testing.T) {
		t.Parallel()
		m, b, rows := two(t)
		defer m.Close()
		path := pathOf(t, m, b)
		content, err := os.ReadFile(path)
		must(t, err)
		must(t, os.WriteFile(path+"-other", content, 0o600))
		must(t, os.Rename(path+"-other", path))
		must(t, m.Look(ctx))
		mustLose(t, m, b, ErrFileGone, "replaced")
		mustRefill(t, m, b, rows)
	})
	for name, use := range map[string]func(t *testing.T, m *Mirror, b Bucket, rows [][]any) error{
		"read": func(_ *testing.T, m *Mirror, b Bucket, _ [][]any) error { _, err := m.RowsPosition(ctx, b); return err },
		"written": func(t *testing.T, m *Mirror, b Bucket, rows [][]any) error {
			_, err := m.ApplyRows(ctx, b, rowPage(t, rows, nil, "r3", false, "s2"), "r2")
			return err
		},
		"walked": func(_ *testing.T, m *Mirror, b Bucket, _ [][]any) error { return m.StartRowsWalk(ctx, b) },
		"erased": func(_ *testing.T, m *Mirror, b Bucket, _ [][]any) error {
			m.owe(b, m.files[b.ID].path, m.now(), true)
			if done, err := m.Settle(ctx); err != nil || !done {
				return errors.Join(errors.New("not settled"), err)
			}
			return ErrStale
		},
	} {
		t.Run("finds pages that were garbled when they are "+name, func(t *testing.T) {
			t.Parallel()
			m, b, rows := two(t)
			defer m.Close()
			f := m.files[b.ID]
			if done, err := truncate(ctx, f.db); err != nil || !done {
				t.Fatal(done, err)
			}
			// What SQLite has in memory would hide it.
			_, err := f.db.Exec("PRAGMA cache_size = 0; PRAGMA shrink_memory")
			must(t, err)
			overwrite(t, f.path, 4096, fileSize(f.path))
			if err := use(t, m, b, rows); !errors.Is(err, ErrStale) {
				t.Fatalf("got %v, want ErrStale", err)
			}
			mustLose(t, m, b, ErrFileDamaged, name)
			mustRefill(t, m, b, rows)
		})
	}
	t.Run("finds pages at the latest when they are written that were garbled while it was closed", func(t *testing.T) {
		t.Parallel()
		m, b, rows := two(t)
		path := pathOf(t, m, b)
		must(t, m.Close())
		overwrite(t, path, fileSize(path)/8*4, fileSize(path)/8*5)
		m = mustOpen(t, m.Dir())
		defer m.Close()
		if behind, err := m.Behind(ctx); err != nil {
			t.Fatal(err)
		} else if len(behind) == 0 {
			if _, err := m.ApplyRows(ctx, b, rowPage(t, rows, nil, "r3", false, "s1"), "r1+"); !errors.Is(err, ErrStale) {
				t.Fatalf("got %v, want ErrStale", err)
			}
		}
		mustLose(t, m, b, ErrFileDamaged, "")
		mustRefill(t, m, b, rows)
	})
	t.Run("takes an older copy of a file for what it is", func(t *testing.T) {
		t.Parallel()
		m, b, rows := two(t)
		path := pathOf(t, m, b)
		must(t, m.Close())
		old, err := os.ReadFile(path)
		must(t, err)
		m = mustOpen(t, m.Dir())
		at, err := m.RowsPosition(ctx, b)
		must(t, err)
		page := rowPage(t, rows[:1], nil, "r9", false, "s9")
		page.Rows = int64(len(rows))
		_, err = m.ApplyRows(ctx, b, page, at.Cursor)
		must(t, err)
		_, err = m.main.Exec(`UPDATE buckets SET state = 's9' WHERE id = ?`, b.ID)
		must(t, err)
		must(t, m.Close())
		must(t, os.WriteFile(path, old, 0o600))
		m = mustOpen(t, m.Dir())
		defer m.Close()
		if behind, err := m.Behind(ctx); err != nil || len(behind) != 1 || behind[0].ID != b.ID {
			t.Fatalf("behind: %v, %v", behind, err)
		}
		if now, err := m.RowsPosition(ctx, b); err != nil || now != at {
			t.Fatalf("it stands at %+v, %v", now, err)
		}
	})
	t.Run("finds a file that was cut short when it is used again, and not when another one is", func(t *testing.T) {
		t.Parallel()
		m := mustOpen(t, filepath.Join(t.TempDir(), "mirror"))
		defer m.Close()
		b := fill(t, m, newID(), 2000)
		f := m.files[b.ID]
		if done, err := truncate(ctx, f.db); err != nil || !done {
			t.Fatal(done, err)
		}
		must(t, os.Truncate(f.path, 4096)) // under a journal that closing would move into it
		_, err := f.db.Exec(`UPDATE bucket SET walked = walked + 1`)
		must(t, err)
		for i := range keptOpen {
			fill(t, m, fmt.Sprintf("c1900000-0000-7000-8000-0000000000%02d", i), 1)
		}
		if m.files[b.ID] != nil {
			t.Fatal("it is still open")
		}
		if _, err := m.RowsPosition(ctx, b); err != nil && !errors.Is(err, ErrStale) {
			t.Fatal(err)
		}
		mustLose(t, m, b, ErrFileDamaged, "cut short")
	})
	t.Run("ends where main.db is gone", func(t *testing.T) {
		t.Parallel()
		m, _, _ := two(t)
		defer m.Close()
		must(t, os.Remove(m.mainPath()))
		if err := m.Look(ctx); !errors.Is(err, ErrRemoved) {
			t.Fatalf("got %v, want ErrRemoved", err)
		}
	})
}

// two makes a mirror with two complete lists and returns the first, with its rows.
func two(t *testing.T) (*Mirror, Bucket, [][]any) {
	t.Helper()
	m := mustOpen(t, filepath.Join(t.TempDir(), "mirror"))
	t.Cleanup(func() { _ = m.Close() })
	fill(t, m, "b1900000-0000-7000-8000-000000000009", 300)
	b := fill(t, m, "a1900000-0000-7000-8000-000000000009", 0)
	var rows [][]any
	for range 300 {
		rows = append(rows, contact(newID(), "x", 1))
	}
	change(t, m, b, rows, nil, "r1", len(rows))
	return m, b, rows
}

func pathOf(t *testing.T, m *Mirror, b Bucket) string {
	t.Helper()
	path, ok := m.listPath(fileOf(t, m, b))
	if !ok {
		t.Fatal("it has no file")
	}
	return path
}

// mustLose fails unless exactly that list was found lost and is behind.
func mustLose(t *testing.T, m *Mirror, b Bucket, why error, how string) {
	t.Helper()
	both := how == "deleted with its folder"
	lost := m.Losses()
	if len(lost) == 2 && both && lost[0].ID != b.ID {
		lost[0], lost[1] = lost[1], lost[0]
	}
	if len(lost) != 1 && !both || len(lost) == 0 || lost[0].ID != b.ID || lost[0].Name == "" || lost[0].Why != why {
		t.Fatalf("lost %v, want %v", lost, why)
	}
	behind, err := m.Behind(context.Background())
	if err != nil || len(behind) != 1 && !both || behind[0].ID != b.ID {
		t.Fatalf("behind: %v, %v", behind, err)
	}
	var complete bool
	must(t, m.main.QueryRow("SELECT complete FROM contact_lists WHERE id = ?", b.ID).Scan(&complete))
	if complete {
		t.Fatal("it is still called complete")
	}
}

// mustRefill gives the list its rows as the server would.
func mustRefill(t *testing.T, m *Mirror, b Bucket, rows [][]any) {
	t.Helper()
	ctx := context.Background()
	at, err := m.RowsPosition(ctx, b)
	must(t, err)
	if at.Cursor != "" || !at.Walking {
		t.Fatalf("it stands at %+v", at)
	}
	_, err = m.ApplyRows(ctx, b, rowPage(t, rows, nil, "r2", false, "s1"), "")
	must(t, err)
	mustSettle(t, m)
	var n int
	must(t, m.files[b.ID].db.QueryRow("SELECT count(*) FROM server_contacts").Scan(&n))
	behind, err := m.Behind(ctx)
	if err != nil || n != len(rows) || len(behind) > 0 && behind[0].ID == b.ID {
		t.Fatalf("%d rows, behind %v, %v", n, behind, err)
	}
	if m.files[b.ID].kind != protocol.Contacts {
		t.Fatal("of another kind")
	}
}
