package mirror

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// TestRestored: a server that was put back to a backup comes to the same states with other rows, and knows nothing of
// what was made since.
func TestRestored(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	behind := func(t *testing.T, m *Mirror, want int) {
		t.Helper()
		if all, err := m.Behind(ctx); err != nil || len(all) != want {
			t.Errorf("behind: %v, %v", all, err)
		}
	}
	t.Run("asks each list once more, also where it is stopped before", func(t *testing.T) {
		m := setup(t)
		b := fill(t, m, newID(), 3)
		fill(t, m, newID(), 3)
		must(t, m.StartWalk(ctx))
		must(t, m.Close())
		m = mustOpen(t, m.Dir())
		defer m.Close()
		behind(t, m, 2)
		if _, err := m.ApplyRows(ctx, b, rowPage(t, nil, nil, "r2", false, "s1"), "r1"); err != nil {
			t.Fatal(err)
		}
		behind(t, m, 1)
	})
	t.Run("asks once more where a file says another state than main.db", func(t *testing.T) {
		m := setup(t)
		b := fill(t, m, newID(), 3)
		run(t, m.files[b.ID].db, `UPDATE bucket SET state = 's2'`) // killed before that was noted
		at, err := m.Position(ctx)
		must(t, err)
		page := protocol.ChangePage{Buckets: []protocol.Bucket{bucketOf(b.ID, "s2", 3)}, Next: at.Cursor + "."}
		must(t, m.Close())
		m = mustOpen(t, m.Dir())
		defer m.Close()
		if _, err := m.Apply(ctx, &page, at.Cursor); err != nil {
			t.Fatal(err)
		}
		behind(t, m, 1)
	})
	t.Run("takes no state for reached that the workspace had not told of", func(t *testing.T) {
		m := setup(t)
		b := fill(t, m, newID(), 3)
		page := rowPage(t, [][]any{contact(newID(), "lost life", 1)}, nil, "r2", false, "s2")
		page.Rows = 4
		if _, err := m.ApplyRows(ctx, b, page, "r1"); err != nil {
			t.Fatal(err)
		}
		applyPage(t, m, protocol.ChangePage{Buckets: []protocol.Bucket{bucketOf(b.ID, "s2", 3)}})
		behind(t, m, 1)
		page = rowPage(t, nil, nil, "r2", false, "s2")
		page.Rows = 4
		if _, err := m.ApplyRows(ctx, b, page, "r2"); err != nil {
			t.Fatal(err)
		}
		behind(t, m, 0)
	})
	t.Run("takes rows for reached that came with the page which tells", func(t *testing.T) {
		m := setup(t)
		b := fill(t, m, newID(), 3)
		page := rowPage(t, [][]any{contact(newID(), "new", 1)}, nil, "r2", false, "s2")
		page.Rows = 4
		done, err := m.WriteRows(ctx, b, page, "r1")
		must(t, err)
		at, err := m.Position(ctx)
		must(t, err)
		told := &protocol.ChangePage{Buckets: []protocol.Bucket{bucketOf(b.ID, "s2", 4)}, Next: at.Cursor + "."}
		if _, err := m.Apply(ctx, told, at.Cursor, Reached{b, done.Reached, 4}); err != nil {
			t.Fatal(err)
		}
		behind(t, m, 0)
	})
	t.Run("shows what was edited since over what is made again", func(t *testing.T) {
		m := setup(t)
		fill(t, m, newID(), 1)
		main := program(t, m, mainFile)
		run(t, main, `INSERT INTO contact_lists (name) VALUES ('one')`)
		must(t, m.Prepare(ctx))
		id := ask(t, main, `SELECT id FROM contact_lists WHERE name = 'one'`)
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{Version: 1})
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{listItem(id, "one")}, Buckets: []protocol.Bucket{bucketOf(id, "s1", 0)}})
		confirmed(t, m)
		run(t, main, `UPDATE contact_lists SET name = 'two' WHERE id = ?`, id)
		outgoing(t, m)
		answer(t, m, 2, protocol.Result{Version: 2})
		two := listItem(id, "two")
		two.Version = 2
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{two}})
		confirmed(t, m)
		run(t, main, `UPDATE contact_lists SET name = 'three' WHERE id = ?`, id)
		const seen = `SELECT name || (file IS NOT NULL) FROM contact_lists WHERE id = ?`
		if reborn, err := m.Compare(ctx, 0); err != nil || reborn != ByLoss {
			t.Fatal(reborn, err)
		}
		must(t, m.StartWalk(ctx))
		applyPage(t, m, protocol.ChangePage{})
		if got := ask(t, main, seen, id); got != "three1" {
			t.Errorf("the list is %q", got)
		}
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{Version: 1})
		if got := ask(t, main, seen, id); got != "three1" {
			t.Errorf("made again, the list is %q", got)
		}
		same(t, outgoing(t, m), `2 change list base 1 mine [] {"name":"two"}`)
		answer(t, m, 2, protocol.Result{Version: 2})
		same(t, outgoing(t, m), `3 change list base 2 mine [] {"name":"three"}`)
	})
	t.Run("leaves no file of a campaign that is made again", func(t *testing.T) {
		m := setup(t)
		applyPage(t, m, protocol.ChangePage{})
		main := program(t, m, mainFile)
		run(t, main, `INSERT INTO campaigns (name) VALUES ('Mine')`)
		b := Bucket{ID: ask(t, main, `SELECT id FROM campaigns`), Kind: protocol.Leads}
		outgoing(t, m)
		answer(t, m, 1, protocol.Result{Version: 1})
		tellLeads(t, m, b)
		if _, err := m.ApplyRows(ctx, b, leadPage(t, []string{newID()}, nil, "r1", false), ""); err != nil {
			t.Fatal(err)
		}
		confirmed(t, m)
		if reborn, err := m.Compare(ctx, 0); err != nil || reborn != ByLoss {
			t.Fatal(reborn, err)
		}
		must(t, m.StartWalk(ctx))
		applyPage(t, m, protocol.ChangePage{})
		if got := ask(t, main, `SELECT name FROM campaigns WHERE id = ?`, b.ID); got != "Mine" {
			t.Errorf("the campaign is %q", got)
		}
		mustHaveNoFiles(t, m)
	})
	t.Run("takes the leads away that nothing names when main.db was made anew", func(t *testing.T) {
		m, b, main := setupLeads(t, newID())
		must(t, main.Close())
		must(t, m.Rebuild(ctx))
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{campaignItem(b.ID, "Spring", "view", 4)}})
		mustHaveNoFiles(t, m)
	})
}

func mustHaveNoFiles(t *testing.T, m *Mirror) {
	t.Helper()
	left, err := os.ReadDir(filepath.Join(m.Dir(), listFolder))
	if err != nil || len(left) > 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
}
