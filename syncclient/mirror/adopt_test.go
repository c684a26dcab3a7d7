package mirror

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// inside returns all that a bucket's file says, but for where it came from.
func inside(t *testing.T, m *Mirror, b Bucket) []string {
	t.Helper()
	f, err := m.file(context.Background(), b)
	must(t, err)
	all, err := column(context.Background(), f.db, fmt.Sprintf(`
		SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema
		UNION ALL SELECT concat_ws(' ', state, walking, walk, walked, rows, removed, digest, repaired_at) FROM bucket
		UNION ALL SELECT concat_ws(' ', %s, walk) FROM %s
		UNION ALL SELECT 'mode ' || journal_mode FROM pragma_journal_mode
		UNION ALL SELECT 'mark ' || application_id || ' ' || user_version FROM pragma_application_id, pragma_user_version
		ORDER BY 1`, f.hashed(), f.table))
	must(t, err)
	return all
}

func TestAdoptImage(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("is as if the rows had come in pages", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		rows := contactRows(500, "one")
		byImage, byPages := tell(t, m, protocol.KindList, protocol.Contacts, 500), tell(t, m, protocol.KindList, protocol.Contacts, 500)
		done, err := adopt(t, m, byImage, imageOf(t, protocol.Contacts, rows))
		must(t, err)
		if want := (RowsApplied{Changed: 500, Done: 500, Total: 500, Reached: "s1"}); done != want {
			t.Fatalf("got %+v", done)
		}
		_, err = m.ApplyRows(ctx, byPages, rowPage(t, rows, nil, "after image", false, "s1"), "")
		must(t, err)
		if diff := cmp.Diff(inside(t, m, byPages), inside(t, m, byImage)); diff != "" {
			t.Fatalf("-pages +image:\n%s", diff)
		}
		behind, err := m.Behind(ctx)
		must(t, err)
		if len(behind) > 0 {
			t.Fatalf("behind: %v", behind)
		}
		var complete int
		must(t, m.main.QueryRow(`SELECT complete FROM contact_lists WHERE id = ?`, byImage.ID).Scan(&complete))
		info, err := os.Stat(filepath.Join(m.dir, fileOf(t, m, byImage)))
		must(t, err)
		if complete != 1 || info.Mode().Perm() != 0o600 {
			t.Fatalf("complete %d, mode %v", complete, info.Mode())
		}
		same(t, inLists(t, m), ".db", ".db-shm", ".db-wal")

		// What follows finds it as any other file: rows, edits, the next start.
		at, err := m.RowsPosition(ctx, byImage)
		must(t, err)
		page := rowPage(t, contactRows(1, "two"), []string{rows[0][0].(string)}, "r2", false, "s2")
		page.Rows = 500
		applied, err := m.ApplyRows(ctx, byImage, page, at.Cursor)
		must(t, err)
		if at.Cursor != "after image" || applied.Removed != 1 {
			t.Fatalf("at %+v, %+v", at, applied)
		}
		run(t, program(t, m, fileOf(t, m, byImage)), `UPDATE contacts SET city = 'Paris' WHERE email = 'one1@example.com'`)
		must(t, m.Close())
		m = mustOpen(t, m.Dir())
		defer m.Close()
		if lost := m.Losses(); len(lost) > 0 {
			t.Fatalf("lost %v", lost)
		}
		count, err := m.Count(ctx, byImage)
		must(t, err)
		var digest string
		must(t, m.files[byImage.ID].db.QueryRow(`SELECT digest FROM bucket`).Scan(&digest))
		if total := count.Parts.Total(); total.String() != digest || total.Count != 500 {
			t.Fatalf("%s is noted, and %s there", digest, total)
		}
	})
	t.Run("is behind where the workspace has told of more", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		b := tell(t, m, protocol.KindList, protocol.Contacts, 500)
		r := imageOf(t, protocol.Contacts, contactRows(400, "one"))
		r.said.State = "s0"
		_, err := adopt(t, m, b, r)
		must(t, err)
		behind, err := m.Behind(ctx)
		must(t, err)
		if len(behind) != 1 || behind[0].Rows != 500 {
			t.Fatalf("behind: %v", behind)
		}
	})
	t.Run("takes entries and leads", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		entry := []any{newID(), "domain", "spam.example", "manual", "", 1, 1700000000000000, 1700000000000001}
		_, err := adopt(t, m, tell(t, m, protocol.KindBlacklist, protocol.Entries, 1), imageOf(t, protocol.Entries, [][]any{entry}))
		must(t, err)
		lead := []any{newID(), newID(), 1700000000000000, "a@example.com", "A", "", "form", "{}", "new", "", 1, 1700000000000000, 1700000000000001}
		_, err = adopt(t, m, tell(t, m, protocol.KindCampaign, protocol.Leads, 1), imageOf(t, protocol.Leads, [][]any{lead}))
		must(t, err)
	})
	t.Run("goes on where a process was killed", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		b := tell(t, m, protocol.KindList, protocol.Contacts, 500)
		r := imageOf(t, protocol.Contacts, contactRows(500, "one"))
		start(t, m, b, r, 700)
		must(t, m.Close())
		m = mustOpen(t, m.Dir())
		defer m.Close()
		in, wanted, err := m.Incoming(ctx, b)
		must(t, err)
		if !wanted || in.Whole() || in.Length-in.Have != 700 || in.Image != r.said || in.ETag != `"1"` {
			t.Fatalf("%v %+v", wanted, in)
		}
		in.Next = "a fresh cursor"
		must(t, m.StartImage(ctx, b, in))
		must(t, m.AppendImage(ctx, b, in.Have, r.packed[in.Have:]))
		image, err := unpacked(ctx, m, b)
		must(t, err)
		_, err = m.AdoptImage(ctx, image)
		must(t, err)
		if at, err := m.RowsPosition(ctx, b); err != nil || at.Cursor != "a fresh cursor" {
			t.Fatal(at, err)
		}
		if _, wanted, err := m.Incoming(ctx, b); err != nil || wanted {
			t.Fatal(wanted, err)
		}
	})
	t.Run("is dropped where everything is compared anew", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		b := tell(t, m, protocol.KindList, protocol.Contacts, 500)
		start(t, m, b, imageOf(t, protocol.Contacts, contactRows(500, "one")), 0)
		must(t, m.StartWalk(ctx))
		done, err := m.Settle(ctx)
		must(t, err)
		in, wanted, err := m.Incoming(ctx, b)
		must(t, err)
		if found := inLists(t, m); !done || len(found) > 0 || !wanted || in.ETag != "" {
			t.Fatalf("left: %v, %v %+v", found, wanted, in)
		}
	})
	t.Run("is refused where a file was made meanwhile", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		b := tell(t, m, protocol.KindList, protocol.Contacts, 500)
		start(t, m, b, imageOf(t, protocol.Contacts, contactRows(500, "one")), 0)
		image, err := unpacked(ctx, m, b)
		must(t, err)
		_, err = m.RowsPosition(ctx, b)
		must(t, err)
		if _, err := m.AdoptImage(ctx, image); err == nil {
			t.Fatal("it was adopted")
		}
		_, err = m.Settle(ctx)
		must(t, err)
		same(t, inLists(t, m), ".db", ".db-shm", ".db-wal")
	})
}

// TestImageGone takes a list away at every stage of its image: nothing of it is left.
func TestImageGone(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	type stage struct {
		missing  int // bytes
		unpacked bool
	}
	stages := map[string]stage{"while it comes": {missing: 9}, "when it has come": {}, "before it was adopted": {unpacked: true}}
	ways := map[string]func(t *testing.T, m *Mirror, b Bucket){
		"by name": func(t *testing.T, m *Mirror, b Bucket) {
			applyPage(t, m, protocol.ChangePage{Removals: []protocol.ID{b.Global()}})
		},
		"by a walk": func(t *testing.T, m *Mirror, b Bucket) {
			must(t, m.StartWalk(ctx))
			applyPage(t, m, protocol.ChangePage{})
		},
	}
	for name, at := range stages {
		for way, take := range ways {
			t.Run(name+", "+way, func(t *testing.T) {
				t.Parallel()
				m := setup(t)
				b := tell(t, m, protocol.KindList, protocol.Contacts, 500)
				start(t, m, b, imageOf(t, protocol.Contacts, contactRows(500, "one")), at.missing)
				var image *Image
				if at.unpacked {
					var err error
					image, err = unpacked(ctx, m, b)
					must(t, err)
				}
				take(t, m, b)
				if image != nil {
					if _, err := m.AdoptImage(ctx, image); err == nil {
						t.Fatal("it was adopted")
					}
				}
				if err := m.AppendImage(ctx, b, 0, []byte("more")); err != ErrGone {
					t.Fatalf("appending: %v", err)
				}
				if err := m.StartImage(ctx, b, Incoming{ETag: "x"}); err == nil {
					t.Fatal("another one was begun")
				}
				if found := inLists(t, m); len(found) > 0 {
					t.Fatalf("left: %v", found)
				}
				if done, err := m.Settle(ctx); err != nil || !done {
					t.Fatal(done, err)
				}
				if found := scan(t, m.Dir(), []string{b.Name, "after image"}); len(found) > 0 {
					t.Fatalf("left: %v", found)
				}
			})
		}
	}
}
