package syncclient

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// withRows is a page of the workspace with a page of rows of a list.
func withRows(t *testing.T, page string, list int, from, rows string) string {
	t.Helper()
	var all map[string]map[string]map[string]any
	if err := json.Unmarshal([]byte(page), &all); err != nil {
		t.Fatal(err)
	}
	all["data"]["changes"]["rows"] = []map[string]any{{
		"bucket": protocol.Global(protocol.KindList, listID(list)), "from": from, "page": rows,
	}}
	out, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// delta is a hint with what a page says.
func delta(t *testing.T, from, page string) protocol.Hint {
	t.Helper()
	var said struct {
		Data struct{ Changes *protocol.ChangePage }
	}
	if err := json.Unmarshal([]byte(page), &said); err != nil {
		t.Fatal(err)
	}
	return protocol.Hint{Workspace: true, From: from, Delta: said.Data.Changes}
}

// TestRowsAlong: rows that come with a page of the workspace are asked for no more; where they do not fit, they are.
func TestRowsAlong(t *testing.T) {
	t.Parallel()
	moved := changesPage("3", false, map[int]string{1: "s3"})
	for name, c := range map[string]struct {
		page string
		asks int
	}{
		"fit":                             {withRows(t, moved, 1, "a", rowsPageOf(3, "c", false, "s3", "new", "newer")), 1},
		"are not all":                     {withRows(t, moved, 1, "a", rowsPageOf(3, "b", true, "s3", "new")), 2},
		"are of elsewhere":                {withRows(t, moved, 1, "x", rowsPageOf(3, "c", false, "s3", "wrong")), 2},
		"break off":                       {withRows(t, moved, 1, "a", strings.TrimSuffix(rowsPageOf(3, "c", false, "s3", "wrong"), "[]\n")), 2},
		"are of a list that is not there": {withRows(t, moved, 9, "a", rowsPageOf(3, "c", false, "s3", "wrong")), 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, want := filled()
			b := setup(t, s)
			mustSync(t, b)
			before := len(s.requests())
			s.changes["2"] = []string{c.page}
			s.rows[rowsOf(1, "a")] = []string{rowsPageOf(3, "c", false, "s3", "new", "newer")}
			s.rows[rowsOf(1, "b")] = []string{rowsPageOf(3, "c", false, "s3", "newer")}
			mustSync(t, b)
			want["list 1"] = []string{"new", "newer", "one"}
			mustHold(t, b, want)
			if asked := s.requests()[before:]; len(asked) != c.asks {
				t.Errorf("asked %v", asked)
			}
		})
	}
}

// TestTold: what comes along with hints is written without asking, where it continues what the mirror holds.
func TestTold(t *testing.T) {
	t.Parallel()
	type hints []protocol.Hint
	along := func(t *testing.T, from, next string) protocol.Hint {
		return delta(t, from, withRows(t, changesPage(next, false, map[int]string{1: "s3"}), 1, "a", rowsPageOf(3, "c", false, "s3", "new", "newer")))
	}
	for name, c := range map[string]struct {
		hints func(t *testing.T) hints
		asks  bool
	}{
		"one": {func(t *testing.T) hints { return hints{along(t, "2", "3")} }, false},
		"several in a row": {func(t *testing.T) hints {
			return hints{delta(t, "2", changesPage("2a", false, map[int]string{2: "s1"})), along(t, "2a", "3")}
		}, false},
		"one from elsewhere":        {func(t *testing.T) hints { return hints{along(t, "1", "3")} }, true},
		"one that does not move":    {func(t *testing.T) hints { return hints{delta(t, "2", changesPage("2", true, nil))} }, true},
		"one of which more follows": {func(t *testing.T) hints { return hints{delta(t, "2", changesPage("3", true, nil))} }, true},
		"one without a cursor":      {func(t *testing.T) hints { return hints{delta(t, "2", changesPage("", false, nil))} }, true},
		"a hint before":             {func(t *testing.T) hints { return hints{{Workspace: true}, along(t, "2", "3")} }, true},
		"a hint after":              {func(t *testing.T) hints { return hints{along(t, "2", "3"), {Workspace: true}} }, true},
		"one out of order":          {func(t *testing.T) hints { return hints{along(t, "2", "3"), along(t, "2", "3")} }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, want := filled()
			b := setup(t, s)
			mustSync(t, b)
			b.link.set(true)
			if err := b.goOn(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := <-b.link.stands; got.After != "2" || len(got.Held) != 2 {
				t.Fatalf("subscribes from %+v", got)
			}
			b.link.heard(protocol.Hint{}) // the first word of it
			for _, from := range []string{"2", "3"} {
				s.changes[from] = []string{changesPage("4", false, map[int]string{1: "s3"})}
			}
			s.rows[rowsOf(1, "a")] = []string{rowsPageOf(3, "c", false, "s3", "new", "newer")}
			s.changes["4"] = []string{changesPage("4", false, nil)}
			for _, h := range c.hints(t) {
				if b.link.heard(h) {
					b.hint()
				}
			}
			before := len(s.requests())
			b.state = current
			for b.state != current || len(b.wake) > 0 {
				if done, err := b.turn(t.Context()); done {
					t.Fatal(err)
				}
			}
			if asked := s.requests()[before:]; (len(asked) > 0) != c.asks {
				t.Errorf("asked %v", asked)
			}
			want["list 1"] = []string{"new", "newer", "one"}
			mustHold(t, b, want)
			if err := b.goOn(t.Context()); err != nil {
				t.Fatal(err)
			}
			if again := len(b.link.stands) > 0; again != c.asks {
				t.Errorf("subscribes anew: %v", again)
			}
		})
	}
	t.Run("waits longer and longer where a subscription brings hints alone", func(t *testing.T) {
		t.Parallel()
		l := link{stands: make(chan protocol.Stand, 1)}
		l.set(true)
		for _, subscribes := range []bool{true, false} {
			l.goOn(protocol.Stand{After: "1"})
			if got := len(l.stands) == 1; got != subscribes {
				t.Fatalf("it subscribes: %v, want %v", got, subscribes)
			}
			if subscribes {
				<-l.stands
				l.heard(protocol.Hint{Workspace: true})
			}
		}
	})
}
