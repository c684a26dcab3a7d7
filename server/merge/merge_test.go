package merge_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/merge"
)

// row is the smallest thing that can be merged.
type row struct {
	version  int64
	values   map[string]string
	versions map[string]int64
}

func newRow() *row {
	return &row{version: 1, values: map[string]string{"a": "", "b": "", "c": "", "d": ""}}
}

func (r *row) clone() *row {
	return &row{r.version, maps.Clone(r.values), maps.Clone(r.versions)}
}

// patch is a change as someone makes it: on what they saw, and some fields.
type patch struct {
	base   int64
	values map[string]string
}

func (r *row) apply(t interface{ Fatal(...any) }, p patch) []merge.Conflict {
	m, err := merge.New(r.version, p.base, r.versions)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range slices.Sorted(maps.Keys(p.values)) {
		if m.Take(field, p.values[field], r.values[field]) {
			r.values[field] = p.values[field]
		}
	}
	if len(m.Changed()) > 0 {
		r.version, r.versions = m.Version(), m.Versions()
	}
	return m.Conflicts()
}

func TestMerge(t *testing.T) {
	t.Run("takes a field that nobody has changed since", func(t *testing.T) {
		r := newRow()
		r.apply(t, patch{1, map[string]string{"a": "1"}})
		got := r.apply(t, patch{1, map[string]string{"b": "2"}})
		if got != nil || r.values["a"] != "1" || r.values["b"] != "2" || r.version != 3 {
			t.Errorf("conflicts %v, row %+v", got, r)
		}
	})
	t.Run("keeps the first of two changes of a field and tells the second", func(t *testing.T) {
		r := newRow()
		r.apply(t, patch{1, map[string]string{"a": "1"}})
		got := r.apply(t, patch{1, map[string]string{"a": "2"}})
		if diff := cmp.Diff([]merge.Conflict{{Field: "a", Yours: "2", Theirs: "1"}}, got); diff != "" {
			t.Error(diff)
		}
		if r.values["a"] != "1" || r.version != 2 {
			t.Errorf("row %+v", r)
		}
	})
	t.Run("sees no conflict where both say the same", func(t *testing.T) {
		r := newRow()
		r.apply(t, patch{1, map[string]string{"a": "1"}})
		if got := r.apply(t, patch{1, map[string]string{"a": "1"}}); got != nil || r.version != 2 {
			t.Errorf("conflicts %v, row %+v", got, r)
		}
	})
	t.Run("takes one field and refuses the other of one change", func(t *testing.T) {
		r := newRow()
		r.apply(t, patch{1, map[string]string{"a": "1"}})
		got := r.apply(t, patch{1, map[string]string{"a": "2", "b": "2"}})
		if len(got) != 1 || r.values["a"] != "1" || r.values["b"] != "2" || r.version != 3 {
			t.Errorf("conflicts %v, row %+v", got, r)
		}
	})
	t.Run("moves nothing where nothing changes", func(t *testing.T) {
		m, err := merge.New(5, 5, map[string]int64{"a": 3})
		if err != nil {
			t.Fatal(err)
		}
		m.Take("a", "x", "x")
		if m.Changed() != nil || m.Version() != 5 || !maps.Equal(m.Versions(), map[string]int64{"a": 3}) {
			t.Errorf("%+v", m)
		}
	})
	t.Run("leaves the given versions alone", func(t *testing.T) {
		before := map[string]int64{"a": 2}
		m, err := merge.New(2, 2, before)
		if err != nil {
			t.Fatal(err)
		}
		m.Take("a", "x", "y")
		if m.Versions()["a"] != 3 || before["a"] != 2 {
			t.Errorf("after %v, before %v", m.Versions(), before)
		}
	})
	t.Run("lets a caller overrule it both ways", func(t *testing.T) {
		m, err := merge.New(4, 2, map[string]int64{"a": 4})
		if err != nil {
			t.Fatal(err)
		}
		if m.UpToDate() {
			t.Error("2 is not 4")
		}
		m.Set("a")
		m.Refuse("b", "x", "y")
		if m.Versions()["a"] != 5 || len(m.Conflicts()) != 1 {
			t.Errorf("%+v", m)
		}
	})
	for _, base := range []int64{-1, 0, 4, 1 << 62} {
		t.Run(fmt.Sprintf("refuses base %d of version 3", base), func(t *testing.T) {
			_, err := merge.New(3, base, nil)
			if f := fault.As(err); f == nil || f.Kind != fault.Invalid || f.Field != "baseVersion" {
				t.Errorf("got %v", err)
			}
		})
	}
}

func patches(base int64, fields ...string) *rapid.Generator[patch] {
	return rapid.Custom(func(t *rapid.T) patch {
		values := rapid.MapOfN(rapid.SampledFrom(fields), rapid.SampledFrom([]string{"", "x", "y", "z"}), 1, len(fields))
		return patch{base, values.Draw(t, "values")}
	})
}

// TestMergeProperties checks what people rely on for any changes.
func TestMergeProperties(t *testing.T) {
	t.Run("changes of different fields never meet and their order does not matter", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			start := newRow()
			for range rapid.IntRange(0, 3).Draw(t, "history") {
				start.apply(t, patches(start.version, "a", "b", "c", "d").Draw(t, "before"))
			}
			one := patches(start.version, "a", "b").Draw(t, "one")
			two := patches(start.version, "c", "d").Draw(t, "two")
			first, second := start.clone(), start.clone()
			conflicts := slices.Concat(first.apply(t, one), first.apply(t, two), second.apply(t, two), second.apply(t, one))
			if len(conflicts) > 0 {
				t.Fatalf("conflicts %v", conflicts)
			}
			if diff := cmp.Diff(first.values, second.values); diff != "" {
				t.Fatalf("the order matters:\n%s", diff)
			}
			for field, want := range one.values {
				if first.values[field] != want {
					t.Fatalf("%s was lost: %+v", field, first)
				}
			}
		})
	})
	t.Run("each value is taken, there already, or reported, and only where somebody came between", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			r := newRow()
			history := []*row{nil, r.clone()} // by version
			for range rapid.IntRange(1, 12).Draw(t, "changes") {
				p := patches(rapid.Int64Range(1, r.version).Draw(t, "base"), "a", "b", "c", "d").Draw(t, "patch")
				before := r.clone()
				conflicts := make(map[string]merge.Conflict)
				for _, c := range r.apply(t, p) {
					conflicts[c.Field] = c
				}
				for field, yours := range p.values {
					theirs := before.values[field]
					touched := false
					for v := p.base + 1; v <= before.version; v++ {
						touched = touched || history[v].values[field] != history[v-1].values[field]
					}
					c, refused := conflicts[field]
					switch {
					case refused && (!touched || yours == theirs || c.Yours != yours || c.Theirs != theirs || r.values[field] != theirs):
						t.Fatalf("conflict %+v of %q and %q, touched %v", c, yours, theirs, touched)
					case !refused && r.values[field] != yours:
						t.Fatalf("%s was lost without a word", field)
					case !refused && touched && yours != theirs:
						t.Fatalf("%s overwrote what somebody set since", field)
					}
				}
				for field := range r.values {
					if _, named := p.values[field]; !named && r.values[field] != before.values[field] {
						t.Fatalf("%s changed unasked", field)
					}
				}
				switch moved := !maps.Equal(r.values, before.values); {
				case moved && r.version != before.version+1, !moved && r.version != before.version:
					t.Fatalf("version %d after %d, moved %v", r.version, before.version, moved)
				case moved:
					history = append(history, r.clone())
				}
			}
		})
	})
}
