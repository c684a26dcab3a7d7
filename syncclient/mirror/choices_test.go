package mirror

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// setupChoice is a mirror with a complete list of three contacts.
func setupChoice(t *testing.T) (*Mirror, Bucket) {
	t.Helper()
	m, _, b, main, list := setupEdits(t)
	must(t, errors.Join(main.Close(), list.Close()))
	return m, b
}

func drop(t *testing.T, m *Mirror, b Bucket) {
	t.Helper()
	must(t, Edit(m.Dir()).Drop(t.Context(), b.ID))
}

func keep(t *testing.T, m *Mirror, b Bucket) {
	t.Helper()
	must(t, Edit(m.Dir()).Keep(t.Context(), b.ID))
}

// carriedOut carries out what was chosen, and fails unless that is about so many lists, without those that wait.
func carriedOut(t *testing.T, m *Mirror, want int) {
	t.Helper()
	done, err := m.CarryOut(t.Context())
	done = slices.DeleteFunc(done, func(c Chosen) bool { return c.Waits })
	if err != nil || len(done) != want {
		t.Fatalf("carried out %v, %v", done, err)
	}
}

// stands says how a list stands: kept, complete, file, and whether main.db has it as behind.
func stands(t *testing.T, m *Mirror, b Bucket) string {
	t.Helper()
	db := program(t, m, mainFile)
	defer db.Close()
	return ask(t, db, `SELECT concat_ws(' ', iif(l.kept, 'kept', 'not kept'), iif(complete, 'complete', 'not complete'), iif(file IS NULL, 'no file', 'file'),
		iif(b.reached = b.state, 'reached', 'behind')) FROM contact_lists l JOIN buckets b ON b.id = l.id WHERE l.id = ?`, b.ID)
}

func mustStand(t *testing.T, m *Mirror, b Bucket, want string) {
	t.Helper()
	if got := stands(t, m, b); got != want {
		t.Fatalf("the list is %s, and not %s", got, want)
	}
}

const (
	here = "kept complete file reached"
	gone = "not kept not complete no file reached"
)

// TestChoices: what is not kept goes with its file and is not asked for, and comes anew when it is to be kept again.
func TestChoices(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("drop, and keep again", func(t *testing.T) {
		m, b := setupChoice(t)
		mustStand(t, m, b, here)
		file := fileOf(t, m, b)
		if found, err := m.Edited(ctx); err != nil || found {
			t.Fatalf("there is something to do: %v, %v", found, err)
		}
		drop(t, m, b)
		mustStand(t, m, b, "not kept complete file reached") // until whoever keeps the mirror gets to it
		if found, err := m.Edited(ctx); err != nil || !found {
			t.Fatalf("the choice was not noticed: %v, %v", found, err)
		}
		carriedOut(t, m, 1)
		mustStand(t, m, b, gone)
		if _, err := os.Stat(filepath.Join(m.Dir(), file)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("its file is there: %v", err)
		}
		if found, err := m.Edited(ctx); err != nil || found {
			t.Fatalf("there is something to do: %v, %v", found, err)
		}
		if all, err := m.Behind(ctx); err != nil || len(all) > 0 {
			t.Errorf("behind are %v, %v", all, err)
		}
		if all, err := m.Buckets(ctx); err != nil || len(all) > 0 {
			t.Errorf("compared are %v, %v", all, err)
		}
		if _, err := m.RowsPosition(ctx, b); !errors.Is(err, ErrGone) {
			t.Errorf("where it stands: %v", err)
		}
		if _, _, err := m.Incoming(ctx, b); !errors.Is(err, ErrGone) {
			t.Errorf("its image: %v", err)
		}
		drop(t, m, b)
		carriedOut(t, m, 0)

		keep(t, m, b)
		carriedOut(t, m, 1)
		mustStand(t, m, b, "kept not complete no file behind")
		mustRefill(t, m, b, contactRows(3, "anew"))
		mustStand(t, m, b, here)
		keep(t, m, b)
		carriedOut(t, m, 0)
	})
	t.Run("stays as it was chosen, whatever the server tells", func(t *testing.T) {
		m, b := setupChoice(t)
		drop(t, m, b)
		carriedOut(t, m, 1)
		told := protocol.ChangePage{Items: []protocol.Item{listItem(b.ID, "renamed")}, Buckets: []protocol.Bucket{bucketOf(b.ID, "s9", 12)}}
		applyPage(t, m, told)
		mustStand(t, m, b, gone)
		must(t, m.StartWalk(ctx))
		mustStand(t, m, b, gone)
		applyPage(t, m, told)
		mustStand(t, m, b, gone)
		must(t, m.Close())
		again := mustOpen(t, m.Dir())
		defer again.Close()
		mustStand(t, again, b, gone)
		s, err := Inspect(ctx, m.Dir())
		if err != nil || s.Behind != 0 || s.Lists[0].Kept || s.Lists[0].Rows != 12 {
			t.Errorf("its status is %+v, %v", s, err)
		}
	})
	t.Run("goes with the list, and is not there when it comes back", func(t *testing.T) {
		for name, take := range map[string]func(*testing.T, *Mirror, Bucket){
			"removed": func(t *testing.T, m *Mirror, b Bucket) {
				applyPage(t, m, protocol.ChangePage{Removals: []protocol.ID{b.Global()}})
			},
			"not named by a walk": func(t *testing.T, m *Mirror, _ Bucket) {
				must(t, m.StartWalk(ctx))
				applyPage(t, m, protocol.ChangePage{})
			},
		} {
			t.Run(name, func(t *testing.T) {
				m, b := setupChoice(t)
				drop(t, m, b)
				carriedOut(t, m, 1)
				take(t, m, b)
				applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{listItem(b.ID, "back")}, Buckets: []protocol.Bucket{bucketOf(b.ID, "s9", 3)}})
				mustStand(t, m, b, "kept not complete no file behind")
			})
		}
	})
	t.Run("before the list has come", func(t *testing.T) {
		m := setup(t)
		b := Bucket{ID: newID(), Kind: protocol.Contacts}
		drop(t, m, b)
		other := Bucket{ID: newID(), Kind: protocol.Contacts}
		drop(t, m, other) // which the person will not see
		carriedOut(t, m, 2)
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{listItem(b.ID, "list")}, Buckets: []protocol.Bucket{bucketOf(b.ID, "s1", 3)}})
		mustStand(t, m, b, gone)
		s, err := Inspect(ctx, m.Dir())
		if err != nil || len(s.NotKept) != 1 {
			t.Errorf("not kept are %v, %v", s.NotKept, err)
		}
	})
	t.Run("in the midst of pages, and of an image", func(t *testing.T) {
		m := setup(t)
		b := Bucket{ID: newID(), Kind: protocol.Contacts}
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{listItem(b.ID, "list")}, Buckets: []protocol.Bucket{bucketOf(b.ID, "s1", 9)}})
		at, err := m.RowsPosition(ctx, b)
		must(t, err)
		_, err = m.ApplyRows(ctx, b, rowPage(t, [][]any{contact(newID(), "some", 1)}, nil, "r1", true, "s1"), at.Cursor)
		must(t, err)
		drop(t, m, b)
		carriedOut(t, m, 1)
		_, err = m.ApplyRows(ctx, b, rowPage(t, [][]any{contact(newID(), "more", 1)}, nil, "r2", false, "s1"), "r1")
		if !errors.Is(err, ErrGone) {
			t.Fatalf("the page that was under way: %v", err)
		}
		mustStand(t, m, b, gone)

		keep(t, m, b)
		carriedOut(t, m, 1)
		raw := imageOf(t, protocol.Contacts, [][]any{contact(newID(), "image", 1)})
		start(t, m, b, raw, 0)
		unpacking, err := m.Unpacking(ctx, b)
		must(t, err)
		made, err := unpacking.Run(ctx)
		must(t, err)
		drop(t, m, b)
		carriedOut(t, m, 1)
		if _, err := m.AdoptImage(ctx, made); !errors.Is(err, ErrGone) && !errors.Is(err, ErrStale) {
			t.Fatalf("the image that was being made: %v", err)
		}
		mustStand(t, m, b, gone)
		if left := inLists(t, m); len(left) > 0 {
			t.Errorf("left are %v", left)
		}
	})
	t.Run("outlives main.db", func(t *testing.T) {
		m, b := setupChoice(t)
		drop(t, m, b)
		carriedOut(t, m, 1)
		must(t, unlink(m.mainPath()))
		must(t, m.Rebuild(ctx))
		carriedOut(t, m, 1)
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{listItem(b.ID, "list")}, Buckets: []protocol.Bucket{bucketOf(b.ID, "s2", 3)}})
		mustStand(t, m, b, gone)
	})
	t.Run("outlives main.db before it was carried out", func(t *testing.T) {
		m, b := setupChoice(t)
		drop(t, m, b)
		must(t, unlink(m.mainPath()))
		must(t, m.Rebuild(ctx))
		applyPage(t, m, protocol.ChangePage{Items: []protocol.Item{listItem(b.ID, "list")}, Buckets: []protocol.Bucket{bucketOf(b.ID, "s2", 3)}})
		carriedOut(t, m, 1)
		mustStand(t, m, b, gone)
		if left := inLists(t, m); len(left) > 0 {
			t.Errorf("left are %v", left)
		}
	})
}
