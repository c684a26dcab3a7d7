package mirror

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

func TestOpen(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("refuses a second writer", func(t *testing.T) {
		m := setup(t)
		if _, err := Open(ctx, m.Dir(), identity()); !errors.Is(err, ErrInUse) {
			t.Fatalf("got %v, want ErrInUse", err)
		}
		if !InUse(m.Dir()) {
			t.Fatal("the mirror does not look in use")
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		if InUse(m.Dir()) {
			t.Fatal("a closed mirror looks in use")
		}
	})
	t.Run("refuses another account", func(t *testing.T) {
		m := setup(t)
		m.Close()
		other := identity()
		other.Account = newID()
		if _, err := Open(ctx, m.Dir(), other); !errors.Is(err, ErrForeign) {
			t.Fatalf("got %v, want ErrForeign", err)
		}
	})
	t.Run("refuses a newer version", func(t *testing.T) {
		m := setup(t)
		if _, err := m.main.Exec("PRAGMA user_version = 99"); err != nil {
			t.Fatal(err)
		}
		m.Close()
		if _, err := Open(ctx, m.Dir(), identity()); !errors.Is(err, ErrNewer) {
			t.Fatalf("got %v, want ErrNewer", err)
		}
		if _, err := Inspect(ctx, m.Dir()); !errors.Is(err, ErrNewer) {
			t.Fatalf("inspect: got %v, want ErrNewer", err)
		}
	})
	t.Run("keeps everything for its owner only", func(t *testing.T) {
		m := setup(t)
		fill(t, m, newID(), 10)
		err := filepath.WalkDir(m.Dir(), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			if info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s has mode %v", path, info.Mode())
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	t.Run("begins a list anew whose file has vanished", func(t *testing.T) {
		m := setup(t)
		id := newID()
		b := fill(t, m, id, 10)
		file := m.files[id].path
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		m = mustOpen(t, m.Dir())
		defer m.Close()
		if _, err := m.main.Exec(`UPDATE buckets SET state = 'moved'`); err != nil {
			t.Fatal(err)
		}
		at, err := m.RowsPosition(ctx, b)
		if err != nil || at.Cursor != "" || !at.Walking {
			t.Fatalf("got %+v, %v", at, err)
		}
	})
}

// fill gives the mirror one list with n contacts, complete.
func fill(t failer, m *Mirror, id string, n int) Bucket {
	t.Helper()
	ctx := context.Background()
	at, err := m.Position(ctx)
	if err != nil {
		t.Fatalf("%v", err)
	}
	page := &protocol.ChangePage{
		Items: []protocol.Item{listItem(id, "list "+id)}, Buckets: []protocol.Bucket{bucketOf(id, "s1", int64(n))}, Next: at.Cursor + "x",
	}
	if _, err := m.Apply(ctx, page, at.Cursor); err != nil {
		t.Fatalf("%v", err)
	}
	behind, err := m.Behind(ctx)
	if err != nil || len(behind) != 1 || behind[0].ID != id {
		t.Fatalf("behind: %v, %v", behind, err)
	}
	var rows [][]any
	for i := range n {
		rows = append(rows, contact(newID(), fmt.Sprintf("sentinel%d-%s", i, id), 1))
	}
	if _, err := m.ApplyRows(ctx, behind[0], rowPage(t, rows, nil, "r1", false, "s1"), ""); err != nil {
		t.Fatalf("%v", err)
	}
	return behind[0]
}

func TestApply(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("refuses a page for another position", func(t *testing.T) {
		m := setup(t)
		if _, err := m.Apply(ctx, &protocol.ChangePage{Next: "b"}, "a"); !errors.Is(err, ErrStale) {
			t.Fatalf("got %v, want ErrStale", err)
		}
	})
	t.Run("keeps nothing of a page that fails", func(t *testing.T) {
		m := setup(t)
		page := &protocol.ChangePage{Items: []protocol.Item{listItem(newID(), "good"), {ID: "campaign_no-uuid"}}, Next: "a"}
		if _, err := m.Apply(ctx, page, ""); err == nil {
			t.Fatal("a page with a wrong id was applied")
		}
		if n := count(t, m, "contact_lists"); n != 0 {
			t.Fatalf("%d lists of it were kept", n)
		}
	})
	t.Run("passes over kinds of newer servers", func(t *testing.T) {
		m := setup(t)
		page := &protocol.ChangePage{
			Items:    []protocol.Item{{ID: protocol.Global("newsfeed", newID()), Name: "x"}},
			Buckets:  []protocol.Bucket{{ID: protocol.Global("newsfeed", newID()), Kind: "posts", State: "s"}},
			Removals: []protocol.ID{protocol.Global("newsfeed", newID())}, Next: "a",
		}
		if _, err := m.Apply(ctx, page, ""); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("tells of buckets only once their item is there", func(t *testing.T) {
		m := setup(t)
		id := newID()
		if _, err := m.Apply(ctx, &protocol.ChangePage{Buckets: []protocol.Bucket{bucketOf(id, "s1", 5)}, Next: "a", More: true}, ""); err != nil {
			t.Fatal(err)
		}
		if behind, err := m.Behind(ctx); err != nil || len(behind) != 0 {
			t.Fatalf("behind: %v, %v", behind, err)
		}
		if _, err := m.Apply(ctx, &protocol.ChangePage{Items: []protocol.Item{listItem(id, "late")}, Next: "b"}, "a"); err != nil {
			t.Fatal(err)
		}
		if behind, err := m.Behind(ctx); err != nil || len(behind) != 1 || behind[0].Name != "late" || behind[0].Rows != 5 {
			t.Fatalf("behind: %v, %v", behind, err)
		}
	})
	t.Run("refuses the settings of another account", func(t *testing.T) {
		m := setup(t)
		page := &protocol.ChangePage{Account: &protocol.Account{ID: protocol.Global(protocol.KindAccount, newID())}, Next: "a"}
		if _, err := m.Apply(ctx, page, ""); err == nil {
			t.Fatal("they were applied")
		}
	})
}

func count(t failer, m *Mirror, table string) int {
	t.Helper()
	var n int
	if err := m.main.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
		t.Fatalf("count: %v", err)
	}
	return n
}

func TestApplyRows(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	good := contact(newID(), "x", 1)
	for name, page := range map[string]*protocol.RowPage{
		"fewer rows than told": func() *protocol.RowPage {
			p := rowPage(t, [][]any{good}, nil, "r2", false, "s2")
			p.Count = 2
			return p
		}(),
		"a row that is too short":     rowPage(t, [][]any{good, good[:5]}, nil, "r2", false, "s2"),
		"a row of wrong types":        rowPage(t, [][]any{append(append([]any{}, good[:8]...), "one", "two", "three")}, nil, "r2", false, "s2"),
		"text where an array belongs": {RowHeader: rowPage(t, nil, nil, "r2", false, "s2").RowHeader, Upserts: []byte(`[{"id":1,`), Removed: []byte("[]")},
		"rows of the other kind": func() *protocol.RowPage {
			p := rowPage(t, nil, nil, "r2", false, "s2")
			p.Kind = protocol.Entries
			return p
		}(),
	} {
		t.Run("keeps nothing of a page with "+name, func(t *testing.T) {
			m := setup(t)
			b := fill(t, m, newID(), 3)
			if _, err := m.ApplyRows(ctx, b, page, "r1"); err == nil {
				t.Fatal("it was applied")
			}
			at, err := m.RowsPosition(ctx, b)
			if err != nil || at.Cursor != "r1" {
				t.Fatalf("cursor %q, %v", at.Cursor, err)
			}
			var n int
			if err := m.files[b.ID].db.QueryRow("SELECT count(*) FROM server_contacts").Scan(&n); err != nil || n != 3 {
				t.Fatalf("%d rows, %v", n, err)
			}
		})
	}
	t.Run("is behind between two pages, also where the server goes back to what was reached", func(t *testing.T) {
		m := setup(t)
		b := fill(t, m, newID(), 3)
		at, _ := m.Position(ctx)
		if _, err := m.Apply(ctx, &protocol.ChangePage{Buckets: []protocol.Bucket{bucketOf(b.ID, "s2", 4)}, Next: "moved"}, at.Cursor); err != nil {
			t.Fatal(err)
		}
		page := rowPage(t, [][]any{contact(newID(), "half", 1)}, nil, "r2", true, "s2")
		page.Rows = 4
		if _, err := m.ApplyRows(ctx, b, page, "r1"); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Apply(ctx, &protocol.ChangePage{Buckets: []protocol.Bucket{bucketOf(b.ID, "s1", 3)}, Next: "back"}, "moved"); err != nil {
			t.Fatal(err)
		}
		if behind, err := m.Behind(ctx); err != nil || len(behind) != 1 {
			t.Fatalf("behind: %v, %v", behind, err)
		}
	})
	t.Run("drops a page that comes after the list has gone", func(t *testing.T) {
		m := setup(t)
		b := fill(t, m, newID(), 3)
		if _, err := m.Apply(ctx, &protocol.ChangePage{Removals: []protocol.ID{b.Global()}, Next: "y"}, "x"); err != nil {
			t.Fatal(err)
		}
		if _, err := m.ApplyRows(ctx, b, rowPage(t, [][]any{good}, nil, "r2", false, "s2"), "r1"); !errors.Is(err, ErrGone) {
			t.Fatalf("got %v, want ErrGone", err)
		}
	})
	t.Run("drops a page that comes after the list was taken away and given again", func(t *testing.T) {
		m := setup(t)
		b := fill(t, m, newID(), 3)
		page := &protocol.ChangePage{Removals: []protocol.ID{b.Global()}, Next: "y"}
		if _, err := m.Apply(ctx, page, "x"); err != nil {
			t.Fatal(err)
		}
		page = &protocol.ChangePage{Items: []protocol.Item{listItem(b.ID, "again")}, Buckets: []protocol.Bucket{bucketOf(b.ID, "s1", 3)}, Next: "z"}
		if _, err := m.Apply(ctx, page, "y"); err != nil {
			t.Fatal(err)
		}
		if _, err := m.ApplyRows(ctx, b, rowPage(t, [][]any{good}, nil, "r2", false, "s2"), "r1"); !errors.Is(err, ErrStale) {
			t.Fatalf("got %v, want ErrStale", err)
		}
	})
	t.Run("reads columns in any order and passes over new ones", func(t *testing.T) {
		m := setup(t)
		b := fill(t, m, newID(), 0)
		p := rowPage(t, [][]any{{"new", 7, 5, 6, "subscribed", "{}", "Lyon", "Co", "Last", "First", "a@b.c", newID()}}, nil, "r2", false, "s2")
		p.Columns = []string{"mood", "changed_at", "version", "created_at", "state", "fields", "city", "company", "last_name", "first_name", "email", "id"}
		if _, err := m.ApplyRows(ctx, b, p, "r1"); err != nil {
			t.Fatal(err)
		}
		var city string
		var version, changed int64
		if err := m.files[b.ID].db.QueryRow("SELECT city, version, changed_at FROM contacts").Scan(&city, &version, &changed); err != nil {
			t.Fatal(err)
		}
		if city != "Lyon" || version != 5 || changed != 7 {
			t.Fatalf("got %s, %d, %d", city, version, changed)
		}
	})
}

// fileOf returns the name that main.db has for a bucket's file.
func fileOf(t failer, m *Mirror, b Bucket) string {
	t.Helper()
	var name string
	if err := m.main.QueryRow("SELECT file FROM contact_lists WHERE id = ?", b.ID).Scan(&name); err != nil {
		t.Fatalf("%v", err)
	}
	return name
}

func TestErase(t *testing.T) {
	t.Parallel()
	m := setup(t)
	fill(t, m, newID(), 5)
	if err := Erase(m.Dir()); !errors.Is(err, ErrInUse) {
		t.Fatalf("got %v, want ErrInUse", err)
	}
	m.Close()
	if err := Erase(m.Dir()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(m.Dir()); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("the folder is still there: %v", err)
	}
	if err := Erase(m.Dir()); err != nil {
		t.Fatalf("a second time: %v", err)
	}
}

func TestInspect(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	m := setup(t)
	id := newID()
	fill(t, m, id, 5)
	for _, running := range []bool{true, false} {
		t.Run(fmt.Sprintf("reads while another has it open: %v", running), func(t *testing.T) {
			if !running {
				if err := m.Close(); err != nil {
					t.Fatal(err)
				}
			}
			s, err := Inspect(ctx, m.Dir())
			if err != nil {
				t.Fatal(err)
			}
			if len(s.Lists) != 1 || s.Lists[0].Rows != 5 || !s.Lists[0].Complete || s.Lists[0].File == "" || s.Behind != 0 || s.Walking {
				t.Fatalf("got %+v", s)
			}
		})
	}
	if _, err := Inspect(ctx, t.TempDir()); !errors.Is(err, ErrNone) {
		t.Fatalf("got %v, want ErrNone", err)
	}
}

// TestShell reads the mirror as SCHEMA.md tells other programs to, with SQLite's own shell.
func TestShell(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("the sqlite3 shell is not installed")
	}
	m := setup(t)
	b := fill(t, m, newID(), 7)
	out, err := exec.Command(shell, "-readonly", m.mainPath(),
		fmt.Sprintf("ATTACH 'file:%s?mode=ro' AS list; SELECT count(*) FROM list.contacts;", filepath.Join(m.Dir(), fileOf(t, m, b)))).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "7" {
		t.Fatalf("%s, %v", out, err)
	}
}
