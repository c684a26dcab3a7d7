package mirror

import (
	"testing"
)

// TestTally holds the sum that a file keeps of its rows against the rows, page by page.
func TestTally(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	m := setup(t)
	defer m.Close()
	b := fill(t, m, newID(), 5)
	f, err := m.file(ctx, b)
	must(t, err)
	kept := func() (sum string) {
		t.Helper()
		must(t, f.db.QueryRow(`SELECT digest FROM bucket`).Scan(&sum))
		counted, err := m.Count(ctx, b)
		must(t, err)
		if is := counted.Parts.Total().String(); is != sum {
			t.Errorf("kept is %s, the rows come to %s", sum, is)
		}
		return sum
	}
	ids, err := column(ctx, f.db, `SELECT id FROM server_contacts ORDER BY id`)
	must(t, err)
	seen := map[string]bool{kept(): true}
	for i, step := range []struct {
		rows [][]any
		gone []string
	}{
		{rows: [][]any{contact(newID(), "new", 1)}},
		{rows: [][]any{contact(ids[0], "changed", 2)}},
		{gone: ids[1:2]},
		{rows: [][]any{contact(ids[2], "changed\x00", 2), contact(newID(), "newer", 1)}, gone: ids[3:5]},
		{gone: []string{newID()}},
	} {
		at, err := m.RowsPosition(ctx, b)
		must(t, err)
		_, err = m.ApplyRows(ctx, b, rowPage(t, step.rows, step.gone, at.Cursor+"+", false, at.Cursor+"s"), at.Cursor)
		must(t, err)
		if sum := kept(); seen[sum] != (i == 4) { // the last one changes nothing
			t.Errorf("step %d: %s", i, sum)
		} else {
			seen[sum] = true
		}
	}
}
