package mirror

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// waiting is what the file of a list, or main.db, says of its index.
func waiting(t *testing.T, m *Mirror, b Bucket) string {
	t.Helper()
	db := m.main
	if b.ID != "" {
		f, err := m.file(context.Background(), b)
		must(t, err)
		db = f.db
	}
	return ask(t, db, `SELECT complete || ' ' || waiting FROM searchable`)
}

func TestIndex(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("takes no more bytes at once than a batch has, and at least one text", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		for _, halves := range []int{5, 1, 3, 3} { // of a sixteenth of a batch each
			body := strings.Repeat("word ", halves*bytesAtOnce/16/5)
			run(t, program(t, m, mainFile), `INSERT INTO templates (name, body) VALUES ('x', '`+body+`')`)
		}
		run(t, program(t, m, mainFile), `INSERT INTO templates (name, body) VALUES ('x', '`+strings.Repeat("word ", bytesAtOnce/4)+`')`)
		var left []string
		for more := true; more; {
			var err error
			more, err = m.indexSome(ctx, Bucket{})
			must(t, err)
			left = append(left, waiting(t, m, Bucket{}))
		}
		if len(left) != 3 { // what fits together, what is larger than a batch, and a look that finds nothing
			t.Errorf("left is %v", left)
		}
		var rows [][]any
		for range 40 {
			rows = append(rows, rowOf(newID(), newID()+"@example.com", "a", "", "", "", `{"x":"`+strings.Repeat("y", bytesAtOnce/16)+`"}`))
		}
		b := tell(t, m, protocol.KindList, protocol.Contacts, 40)
		_, err := m.ApplyRows(ctx, b, rowPage(t, rows, nil, "a", false, "s1"), "")
		must(t, err)
		for _, want := range []string{"0 25", "0 10", "1 0"} {
			_, err := m.indexSome(ctx, b)
			must(t, err)
			if got := waiting(t, m, b); got != want {
				t.Errorf("there wait %s, not %s", got, want)
			}
		}
	})
	t.Run("waits for the first fill, says how many rows wait, and goes on where it was killed", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		const n = 2*rowsAtOnce + 10
		var rows [][]any
		for i := range n {
			rows = append(rows, rowOf(newID(), fmt.Sprintf("p%d@example.com", i), fmt.Sprintf("first%d", i), "", "", "", "{}"))
		}
		b := tell(t, m, protocol.KindList, protocol.Contacts, n)
		page := rowPage(t, rows[:rowsAtOnce], nil, "a", true, "s1")
		_, err := m.ApplyRows(ctx, b, page, "")
		must(t, err)
		indexAll(t, m)
		if got := waiting(t, m, b); got != fmt.Sprint("0 ", rowsAtOnce) {
			t.Fatal("while the first fill is under way:", got)
		}
		if got := ask(t, m.files[b.ID].db, `SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'server_contacts'`); got != "0" {
			t.Error("the first fill is slowed down by triggers:", got)
		}
		page = rowPage(t, rows[rowsAtOnce:], nil, "b", false, "s1")
		page.Rows = n
		_, err = m.ApplyRows(ctx, b, page, "a")
		must(t, err)
		if more, err := m.Index(ctx, 0); err != nil || !more {
			t.Fatal(more, err)
		}
		for turn := 0; ; turn++ {
			killed := filepath.Join(t.TempDir(), "copy")
			must(t, copyFolder(m.Dir(), killed))
			again := mustOpen(t, killed)
			f, err := Search(ctx, killed, Query{Text: "first", Item: b.ID, Limit: n})
			must(t, err)
			if want := min((turn+1)*rowsAtOnce, n); len(f.Hits) < min(turn*rowsAtOnce, n) || len(f.Hits) > want {
				t.Fatalf("after %d batches %d rows are found", turn+1, len(f.Hits))
			}
			indexAll(t, again)
			if got := found(t, again, b.ID, "first"); len(got) != n {
				t.Fatalf("%d rows are found", len(got))
			}
			must(t, again.Close())
			more, err := m.Index(ctx, 0)
			must(t, err)
			if !more {
				break
			}
		}
		if got := waiting(t, m, b); got != "1 0" {
			t.Error(got)
		}
		for i := range rows { // more than a batch is noted
			rows[i][2] = "second"
		}
		change(t, m, b, rows, nil, "b", n)
		if got := waiting(t, m, b); got != fmt.Sprint("0 ", n) {
			t.Error(got)
		}
		indexAll(t, m)
		if a, b := found(t, m, b.ID, "first"), found(t, m, b.ID, "second"); len(a) != 0 || len(b) != n {
			t.Errorf("%d rows are found by what they said, %d by what they say", len(a), len(b))
		}
	})
	t.Run("holds what is edited here, and lets go of what is taken back", func(t *testing.T) {
		t.Parallel()
		m, campaign, b, main, list := setupEdits(t)
		indexAll(t, m)
		run(t, main, `UPDATE campaigns SET subject = 'Nouveauté' WHERE id = ?`, campaign)
		run(t, list, `UPDATE contacts SET city = 'Besançon' WHERE email LIKE 'sentinel1-%'`)
		run(t, list, `INSERT INTO contacts (id, email, last_name) VALUES ('01900000-0000-7000-8000-00000000000a', 'new@example.com', 'Crêpe')`)
		if got := waiting(t, m, b); got != "0 2" {
			t.Error("before they are seen:", got)
		}
		noticed(t, m)
		indexAll(t, m)
		for in, text := range map[string]string{"": "nouveaute", b.ID: "besancon"} {
			if got := found(t, m, in, text); len(got) != 1 {
				t.Errorf("%s: %v", text, got)
			}
		}
		if got := found(t, m, b.ID, "crepe"); len(got) != 1 {
			t.Error(got)
		}
		run(t, list, `DELETE FROM contacts WHERE last_name = 'Crêpe'`)
		run(t, list, `DELETE FROM contacts WHERE city = 'Besançon'`)
		noticed(t, m)
		indexAll(t, m)
		for _, text := range []string{"crepe", "besancon", "sentinel1"} {
			if got := found(t, m, b.ID, text); len(got) != 0 {
				t.Errorf("%s: %v", text, got)
			}
		}
	})
	t.Run("holds a list that was made here and the server does not know", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		main := program(t, m, mainFile)
		id := "01900000-0000-7000-8000-00000000000c"
		run(t, main, `INSERT INTO contact_lists (id, name) VALUES (?, 'Neuf')`, id)
		must(t, m.Prepare(ctx))
		file := program(t, m, ask(t, main, `SELECT file FROM contact_lists WHERE id = ?`, id))
		run(t, file, `INSERT INTO contacts (email, city) VALUES ('a@example.com', 'Besançon')`)
		noticed(t, m)
		indexAll(t, m)
		if a, b := found(t, m, "", "neuf"), found(t, m, id, "besancon"); len(a) != 1 || len(b) != 1 {
			t.Error(a, b)
		}
	})
	t.Run("is made of an image that was adopted", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		b, _ := adopted(t, m)
		if got := found(t, m, b.ID, "first"); len(got) == 0 {
			t.Error("nothing is found")
		}
	})
	t.Run("is made anew with a file that was lost", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		b := withRows(t, m, rowOf(newID(), "a@example.com", "Loïc", "", "", "", "{}"))
		indexAll(t, m)
		must(t, m.lose(ctx, b, ErrFileDamaged))
		m.unindexed[b.ID] = b
		indexAll(t, m)
		if got := ask(t, m.main, `SELECT file FROM contact_lists WHERE id = ?`, b.ID); got != "" {
			t.Error("a file was made, and an image is not asked for any more:", got)
		}
		_, err := m.ApplyRows(ctx, b, rowPage(t, [][]any{rowOf(newID(), "b@example.com", "Loïs", "", "", "", "{}")}, nil, "n", false, "s1"), "")
		must(t, err)
		indexAll(t, m)
		if a, b := found(t, m, b.ID, "loic"), found(t, m, b.ID, "lois"); len(a) != 0 || len(b) != 1 {
			t.Error(a, b)
		}
	})
	t.Run("is made anew with main.db", func(t *testing.T) {
		t.Parallel()
		m, _, b, main, _ := setupEdits(t)
		run(t, main, `INSERT INTO templates (name) VALUES ('Crêpe')`)
		indexAll(t, m)
		must(t, m.Rebuild(ctx))
		noticed(t, m)
		indexAll(t, m)
		if a, b := found(t, m, "", "crepe"), found(t, m, "", b.Name); len(a) != 1 || len(b) != 0 {
			t.Error(a, b)
		}
	})
	t.Run("is made anew where it is damaged", func(t *testing.T) {
		t.Parallel()
		m, campaign, b, _, list := setupEdits(t)
		indexAll(t, m)
		run(t, list, `UPDATE contacts SET city = 'Besançon'`)
		run(t, list, `INSERT INTO contacts (email, city) VALUES ('sentinel@example.com', 'Besançon')`)
		noticed(t, m)
		indexAll(t, m)
		run(t, m.main, `UPDATE search_segdir SET root = x'ffff'`)
		run(t, m.files[b.ID].db, `UPDATE search_segdir SET root = x'ffff'`)
		applyPage(t, m, protocol.ChangePage{Removals: []protocol.ID{protocol.Global(protocol.KindCampaign, campaign)}})
		at, err := m.RowsPosition(ctx, b)
		must(t, err)
		change(t, m, b, nil, []string{ask(t, list, `SELECT min(id) FROM contacts`)}, at.Cursor, 2)
		mustSettle(t, m)
		indexAll(t, m)
		if a, b := found(t, m, "", "list"), found(t, m, b.ID, "besancon sentinel"); len(a) != 1 || len(b) != 3 {
			t.Error(a, b)
		}
		if lost := m.Losses(); len(lost) != 0 {
			t.Error("the list is fetched again:", lost)
		}
	})
	t.Run("leaves for later what a program is in the way of", func(t *testing.T) {
		t.Parallel()
		m, _, b, _, list := setupEdits(t)
		now := time.Now()
		m.now = func() time.Time { return now }
		run(t, list, `UPDATE contacts SET city = 'Besançon'`)
		noticed(t, m)
		conn, err := list.Conn(ctx)
		must(t, err)
		_, err = conn.ExecContext(ctx, `BEGIN IMMEDIATE`)
		must(t, err)
		for range 3 {
			if more, err := m.Index(ctx, time.Hour); err != nil || more {
				t.Fatal(more, err)
			}
		}
		_, err = conn.ExecContext(ctx, `COMMIT`)
		must(t, err)
		must(t, conn.Close())
		now = now.Add(retry)
		indexAll(t, m)
		if got := found(t, m, b.ID, "besancon"); len(got) != 3 {
			t.Error(got)
		}
	})
	t.Run("asks no full-text search of the programs that edit", func(t *testing.T) {
		t.Parallel()
		m, _, b, _, _ := setupEdits(t)
		for _, db := range []string{"", b.ID} {
			of := m.main
			if db != "" {
				of = m.files[db].db
			}
			all, err := column(ctx, of, `SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND (tbl_name NOT LIKE 'server_%' OR sql NOT LIKE '%DELETE ON server_%')`)
			must(t, err)
			if len(all) < 5 {
				t.Fatal("no triggers", all)
			}
			for _, text := range all {
				if strings.Contains(text, " search") || strings.Contains(text, " indexed") {
					t.Error(text)
				}
			}
		}
	})
	t.Run("is not moved by what is not searched", func(t *testing.T) {
		t.Parallel()
		m := setup(t)
		id := newID()
		row := rowOf(id, "a@example.com", "Loïc", "", "", "", "{}")
		b := withRows(t, m, row)
		indexAll(t, m)
		row[7], row[8] = "unsubscribed", 2
		at, err := m.RowsPosition(ctx, b)
		must(t, err)
		change(t, m, b, [][]any{row}, nil, at.Cursor, 1)
		if got := waiting(t, m, b); got != "1 0" {
			t.Error(got)
		}
	})
}

// adopted is a list that came as an image and was indexed.
func adopted(t *testing.T, m *Mirror) (Bucket, []string) {
	t.Helper()
	ctx := context.Background()
	rows := benchRows(50)
	b := tell(t, m, protocol.KindList, protocol.Contacts, len(rows))
	start(t, m, b, imageOf(t, protocol.Contacts, rows), 0)
	image, err := unpacked(ctx, m, b)
	must(t, err)
	_, err = m.AdoptImage(ctx, image)
	must(t, err)
	indexAll(t, m)
	var ids []string
	for _, r := range rows {
		ids = append(ids, r[0].(string))
	}
	slices.Sort(ids)
	if got := found(t, m, b.ID, "example"); !slices.Equal(got, ids) {
		t.Errorf("%d of %d rows are found", len(got), len(ids))
	}
	return b, ids
}
