package mirror

import "testing"

// TestStatusLocked: what was not sent is counted in a locked copy, too, in all its files.
func TestStatusLocked(t *testing.T) {
	t.Parallel()
	m, campaign, _, main, list := setupEdits(t)
	run(t, main, `UPDATE campaigns SET subject = 'mine' WHERE id = ?`, campaign)
	run(t, list, `UPDATE contacts SET city = 'mine'`)
	before, err := Inspect(t.Context(), m.Dir())
	must(t, err)
	must(t, list.Close())
	must(t, main.Close())
	must(t, m.Lock(t.Context()))
	s, err := Inspect(t.Context(), m.Dir())
	if err != nil || !s.Locked || s.Edits != before.Edits || s.Edits < 2 {
		t.Errorf("%d edits before, %d after, locked %v: %v", before.Edits, s.Edits, s.Locked, err)
	}
}
