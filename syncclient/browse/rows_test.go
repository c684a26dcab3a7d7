package browse

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

func TestList(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1000)
	d := w.desk()
	d.press("3", "enter")
	d.sees("1,000 contacts", "c000000@example.com", "row 1", "Zoé Lefèvre")
	held := func() (n int) {
		t.Helper()
		d.look(func(a *app) { n = len(a.top().(*list).rows) })
		return n
	}
	t.Run("reads on while one goes down, and forgets what is far above", func(t *testing.T) {
		for range 60 {
			d.press("pgdown")
			for busy := true; busy; {
				d.look(func(a *app) { busy = a.top().(*list).busy })
			}
		}
		if n := held(); n > windowSize {
			t.Errorf("holds %d rows", n)
		}
	})
	t.Run("goes to the end and back to the beginning", func(t *testing.T) {
		d.press("G")
		d.sees("c000999@example.com", "row 1,000")
		d.press("up")
		d.sees("row 999")
		for range 12 {
			d.press("pgup")
		}
		d.press("home")
		d.sees("c000000@example.com", "row 1")
		if n := held(); n > windowSize {
			t.Errorf("holds %d rows", n)
		}
	})
	t.Run("edits at once, without contact", func(t *testing.T) {
		d.press("e")
		d.sees("Edit", "c000000@example.com")
		d.press("down", "down", "down", "down")
		d.types(" 5e")
		d.press("enter")
		d.sees("Saved here", "Paris 5e", "↑ waiting", "1 edit waits")
	})
	t.Run("says why an edit is refused, and loses nothing of it", func(t *testing.T) {
		d.press("e", "ctrl+u", "enter")
		d.sees("An email address is missing.", "Zoé")
		d.press("esc")
		d.sees("Give up what you wrote?")
		d.press("n")
		d.types("zoe@example.com")
		d.press("enter")
		d.sees("Saved here")
	})
	t.Run("chooses from few values, and adds further fields", func(t *testing.T) {
		d.press("G")
		d.sees("▸ zoe@example.com")
		d.press("e", "up", "up")
		d.sees("‹ subscribed ›")
		d.press("right")
		d.sees("‹ unsubscribed ›")
		d.press("ctrl+n")
		d.types("size")
		d.press("enter")
		d.types("XL")
		d.press("enter")
		d.sees("unsubscribed", "Saved here")
		d.press("enter")
		d.sees("size", "XL")
		d.press("esc")
		var row record
		d.look(func(a *app) { row = a.top().(*list).chosen() })
		if fields := row.text("fields"); fields != `{"vip":"yes","size":"XL"}` && fields != `{"size":"XL","vip":"yes"}` {
			t.Errorf("further fields are %s", fields)
		}
	})
	t.Run("shows all of a row", func(t *testing.T) {
		d.press("enter")
		d.sees("size", "XL", "Changed", "↑ waiting")
		d.press("esc")
	})
	t.Run("adds and deletes", func(t *testing.T) {
		d.press("n")
		d.sees("New contact")
		d.types("aaa@example.com")
		d.press("enter")
		d.sees("Saved here")
		d.press("home")
		d.sees("aaa@example.com")
		d.press("d")
		d.sees("Delete “aaa@example.com”?")
		d.press("y")
		d.lacks("aaa@example.com")
	})
}

func TestSearch(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 300)
	d := w.desk()
	d.press("3", "enter", "/")
	t.Run("finds by the beginning of an address before the index is there", func(t *testing.T) {
		d.types("c00029")
		d.sees("10 found so far", "c000299@example.com")
		d.press("ctrl+u")
	})
	w.index()
	t.Run("finds by any word, with accents folded, as one types", func(t *testing.T) {
		d.types("lefev")
		d.sees("the first 200")
		d.types("re c000123")
		d.sees("1 found", "c000123@example.com")
		d.lacks("so far")
	})
	t.Run("shows all again", func(t *testing.T) {
		d.press("esc")
		d.sees("300 contacts", "c000000@example.com")
	})
	t.Run("takes any text for words", func(t *testing.T) {
		d.press("/")
		for _, text := range []string{`"`, "*", "a OR", "-", "'; DROP TABLE x", "NEAR/2", "é"} {
			d.types(text)
			d.sees("found")
			d.press("ctrl+u")
		}
	})
}

// TestRowsOrder: a page of rows is read along an index, not sorted out of all of them.
func TestRowsOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 10)
	folder := w.mirror.Dir()
	info, err := readListInfo(t.Context(), folder, kindOf(protocol.KindList), w.list)
	must(t, err)
	k := kindOf(protocol.KindContact)
	for _, test := range []struct {
		name string
		at   place
		back bool
	}{
		{"from the first", place{}, false}, {"from the last", place{}, true}, {"behind a row", place{"c5", id(), true}, false}, {"before a row", place{"c5", id(), true}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			statement, args := rowsStatement(k, test.at, test.back, pageSize)
			must(t, read(t.Context(), folder, info.file, func(tx *sql.Tx) error {
				plan, err := query(t.Context(), tx, "EXPLAIN QUERY PLAN "+statement, args...)
				var lines []string
				for _, p := range plan {
					lines = append(lines, p.text("detail"))
				}
				text := strings.Join(lines, "\n")
				if !strings.Contains(text, "r USING INDEX contacts_email") {
					t.Errorf("not along the index of addresses:\n%s", text)
				}
				return err
			}))
		})
	}
	t.Run("comes whole and once, from both ends, edited rows among the others", func(t *testing.T) {
		editor := w.client.Editor(&w.login, w.login.Accounts[0])
		all, err := readRows(t.Context(), folder, info.file, k, place{}, false, 100)
		must(t, err)
		must(t, editor.Change(t.Context(), protocol.KindContact, w.list, all[7].text("id"), map[string]any{"email": "B@example.com"}))
		_, err = editor.Create(t.Context(), protocol.KindContact, w.list, map[string]any{"email": "d@example.com"})
		must(t, err)
		for _, back := range []bool{false, true} {
			var got []string
			for at := (place{}); ; {
				rows, err := readRows(t.Context(), folder, info.file, k, at, back, 3)
				must(t, err)
				if len(rows) == 0 {
					break
				}
				for _, r := range rows {
					got = append(got, strings.TrimSuffix(r.text("email"), "@example.com"))
				}
				if at = placeOf(k, rows[len(rows)-1]); back {
					at = placeOf(k, rows[0])
				}
			}
			want := 11
			if len(got) != want || !back && (got[0] != "B" || got[10] != "d") {
				t.Errorf("back %v: %v", back, got)
			}
		}
	})
}

func TestWindow(t *testing.T) {
	t.Parallel()
	var page []record
	for i := range pageSize {
		page = append(page, record{"id": fmt.Sprint(i)})
	}
	w := window{start: true}
	for range 9 {
		w.below(page)
		w.at = len(w.rows) - 1
	}
	if len(w.rows) != windowSize || w.first != 6*pageSize || w.start || w.end {
		t.Errorf("after nine pages down: %d rows from %d", len(w.rows), w.first)
	}
	w.at = 0
	w.above(page)
	if len(w.rows) != windowSize || w.first != 5*pageSize || w.at != pageSize {
		t.Errorf("after one up: %d rows from %d at %d", len(w.rows), w.first, w.at)
	}
}
