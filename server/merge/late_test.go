package merge_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/partage-mail/partage/server/merge"
)

func TestBase(t *testing.T) {
	for name, c := range map[string]struct {
		base    merge.Base
		version int64 // made at 20
		want    bool
	}{
		"is up to date at its version":                      {merge.Base{Version: 4}, 4, true},
		"is not below":                                      {merge.Base{Version: 3}, 4, false},
		"is with all that came since":                       {merge.Base{Version: 2, Own: []int64{4, 3}}, 4, true},
		"is not with some of it":                            {merge.Base{Version: 2, Own: []int64{4, 7}}, 4, false},
		"is not with one named twice":                       {merge.Base{Version: 2, Own: []int64{4, 4}}, 4, false},
		"is above, where the row's server was restored":     {merge.Base{Version: 9}, 4, true},
		"is above and made later, and so of another life":   {merge.Base{Version: 9, At: 10}, 4, false},
		"is the same made later, and so of another life":    {merge.Base{Version: 4, At: 10}, 4, false},
		"is the same made later, by the same hand":          {merge.Base{Version: 4, At: 10, Own: []int64{4}}, 4, true},
		"is the same made then":                             {merge.Base{Version: 4, At: 20}, 4, true},
		"is with its own that came since, made later":       {merge.Base{Version: 3, At: 10, Own: []int64{4}}, 4, true},
		"is above, and the row is from before":              {merge.Base{Version: 9, At: 30}, 4, true},
		"is not far below, whatever it takes to count that": {merge.Base{Version: 1, Own: []int64{2}}, 1 << 60, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.base.UpToDate(c.version, 20); got != c.want {
				t.Errorf("up to date: %v", got)
			}
		})
	}
}

// TestLate holds a late merge against what it means: a field is kept from the change if a version after the base, and
// not the hand's own, set it to something else; fields that are bound, if one of them was.
func TestLate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		version := rapid.Int64Range(1, 8).Draw(t, "version")
		base := merge.Base{
			Version: rapid.Int64Range(0, 10).Draw(t, "base"),
			Own:     rapid.SliceOfN(rapid.Int64Range(1, 9), 0, 4).Draw(t, "own"),
		}
		fields := []string{"a", "b", "c", "d"} // c and d are bound
		versions, yours, theirs := map[string]int64{}, map[string]string{}, map[string]string{}
		for _, f := range fields {
			versions[f] = rapid.Int64Range(1, version).Draw(t, "version of "+f)
			yours[f] = rapid.SampledFrom([]string{"x", "y"}).Draw(t, "yours of "+f)
			theirs[f] = "x"
		}
		m := merge.Late(version, 0, base, versions)
		m.Bind(map[string]string{"c": theirs["c"], "d": theirs["d"]})
		moved := func(f string) bool { return versions[f] > base.Version && !slices.Contains(base.Own, versions[f]) }
		taken := 0
		for _, f := range fields {
			free := !moved(f)
			if f > "b" {
				free = !moved("c") && !moved("d")
			}
			want := yours[f] != theirs[f] && free
			if m.Take(f, yours[f], theirs[f]) != want {
				t.Fatalf("%s of version %d is taken: %v", f, versions[f], !want)
			}
			if want {
				taken++
			}
			conflict := slices.ContainsFunc(m.Conflicts(), func(c merge.Conflict) bool { return c.Field == f })
			if conflict != (yours[f] != theirs[f] && !free) {
				t.Fatalf("%s is a conflict: %v", f, conflict)
			}
		}
		if after := m.Version(); after != version+int64(min(taken, 1)) {
			t.Fatalf("from version %d to %d", version, after)
		}
	})
}

// TestSeen has rows of version 4, made at 20, of which a field and what it is bound to were changed last in that version.
func TestSeen(t *testing.T) {
	saw := func(value string) map[string]string { return map[string]string{"a": merge.Digest(value)} }
	for name, c := range map[string]struct {
		base merge.Base
		want bool
	}{
		"a value that was seen is written over":                  {merge.Base{Version: 4, At: 10, Seen: saw("x")}, true},
		"another one is a conflict, though its version was seen": {merge.Base{Version: 4, At: 10, Seen: saw("w")}, false},
		"or one above it":              {merge.Base{Version: 9, At: 10, Seen: saw("w")}, false},
		"but not one of the same hand": {merge.Base{Version: 3, At: 10, Own: []int64{4}, Seen: saw("w")}, true},
		"nor one from before what was seen, which the server forgot": {merge.Base{Version: 9, At: 20, Seen: saw("w")}, true},
		"nor where nothing is said of it":                            {merge.Base{Version: 4, At: 10}, true},
		"a later version is a conflict, whatever was seen":           {merge.Base{Version: 3, At: 10, Seen: saw("x")}, false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, bound := range []bool{false, true} {
				m := merge.Late(4, 20, c.base, map[string]int64{"a": 4, "b": 4})
				field := "a"
				if bound {
					m.Bind(map[string]string{"a": "x", "b": "x"})
					field = "b"
				}
				if got := m.Take(field, "y", "x"); got != c.want {
					t.Errorf("taken: %v (bound: %v)", got, bound)
				}
			}
		})
	}
}
