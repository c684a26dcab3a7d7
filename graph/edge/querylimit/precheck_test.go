package querylimit_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/partage-mail/partage/graph/edge/querylimit"
	"github.com/partage-mail/partage/server/fault"
)

func parse(t testing.TB, query string) *ast.QueryDocument {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// doubling returns n fragments that each spread the next one twice: 2^n fields when written out.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString("{ ...F0 }")
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on Q { a { ...F%d } b { ...F%d } }", i, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on Q { c }", n)
	return b.String()
}

// chain returns fragments that nest n+1 fields by spreading each other.
func chain(n int) string {
	var b strings.Builder
	b.WriteString("{ ...F0 }")
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on Q { a { ...F%d } }", i, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on Q { c }", n)
	return b.String()
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestPrecheckAllows(t *testing.T) {
	for name, query := range map[string]string{
		"an empty-looking query":        `{ a }`,
		"the deepest nesting":           strings.Repeat("{ a ", 20) + strings.Repeat("}", 20),
		"as many aliases as may be":     "{" + numbered(" a%d: x", 100) + "}",
		"as many selections as may be":  "{" + numbered(" a%d", 2000) + "}",
		"as many repeats as may be":     "{" + strings.Repeat(" a", 50) + "}",
		"repeats at different places":   "{ x { " + strings.Repeat("a ", 40) + "} y { " + strings.Repeat("a ", 40) + "} }",
		"nesting by fragments":          chain(19),
		"fragments in fragments":        `{ ...A ...B } fragment A on Q { a { ...B } } fragment B on Q { b }`,
		"an unknown fragment":           `{ ...Unknown }`,
		"doubling that stays small":     doubling(6),
		"several operations":            numbered(" query Q%d { a }", 10),
		"values as deep as may be":      `{ a(x: [[[[[[[[1]]]]]]]]) }`,
		"conditions at the same place":  `{ a @skip(if: false) @include(if: true) }`,
		"a long text":                   `{ a(x: "` + strings.Repeat("x", 1<<20) + `") }`,
		"a fragment used in two places": `{ x { ...A } y { ...A } } fragment A on Q { a b c }`,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := querylimit.Precheck(parse(t, query), querylimit.DefaultLimits()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestPrecheckRefuses(t *testing.T) {
	const complexity, wrong = fault.TooComplex, fault.Invalid
	for name, test := range map[string]struct {
		query   string
		kind    fault.Kind
		message string
	}{
		"deep nesting":                            {strings.Repeat("{ a ", 21) + strings.Repeat("}", 21), complexity, "Fields may nest at most 20 deep."},
		"deep nesting through fragments":          {chain(20), complexity, "Fields may nest at most 20 deep."},
		"many aliases":                            {"{" + numbered(" a%d: x", 101) + "}", complexity, "A document may have at most 100 aliases."},
		"aliases spread over operations":          {"query A {" + numbered(" a%d: x", 60) + "} query B {" + numbered(" a%d: x", 60) + "}", complexity, "A document may have at most 100 aliases."},
		"a wide query":                            {"{" + numbered(" a%d", 2001) + "}", complexity, "An operation may select at most 2000 fields, counting a fragment wherever it is spread."},
		"doubling fragments":                      {doubling(49), complexity, "An operation may select at most 2000 fields, counting a fragment wherever it is spread."},
		"doubling fragments that nothing spreads": {strings.Replace(doubling(18), "{ ...F0 }", "{ a }", 1), complexity, "An operation may select at most 2000 fields, counting a fragment wherever it is spread."},
		"one field again and again":               {"{" + strings.Repeat(" a", 51) + "}", complexity, `"a" may stand at most 50 times at one place.`},
		"one field again within its repeats":      {"{" + strings.Repeat(" a { b { c c c c } }", 13) + "}", complexity, `"c" may stand at most 50 times at one place.`},
		"one field again by fragments":            {"{" + strings.Repeat(" ...A", 51) + "} fragment A on Q { a }", complexity, `"a" may stand at most 50 times at one place.`},
		"one field again by inline fragments":     {"{" + strings.Repeat(" ... { a }", 51) + "}", complexity, `"a" may stand at most 50 times at one place.`},
		"many spreads at one place":               {"{" + numbered(" ...A%d", 201) + "}", complexity, "Fragments may be spread at most 200 times at one place."},
		"many fragments":                          {"{ a }" + numbered(" fragment F%d on Q { a }", 51), complexity, "A document may define at most 50 fragments."},
		"many operations":                         {numbered(" query Q%d { a }", 11), complexity, "A document may hold at most 10 operations."},
		"many variables":                          {"query(" + numbered(" $v%d: Int", 101) + ") { a }", complexity, "An operation may have at most 100 variables."},
		"many arguments":                          {"{ a(" + numbered(" x%d: 1", 51) + ") }", complexity, "A field or directive may have at most 50 arguments."},
		"many arguments of a directive":           {"{ a @x(" + numbered(" x%d: 1", 51) + ") }", complexity, "A field or directive may have at most 50 arguments."},
		"a flood of directives on a field":        {"{ a" + strings.Repeat(" @skip(if: false)", 5) + "}", complexity, "One place may have at most 4 directives."},
		"a flood of directives on a query":        {"query" + strings.Repeat(" @x", 5) + "{ a }", complexity, "One place may have at most 4 directives."},
		"a flood of directives on a variable":     {"query($a: Int" + strings.Repeat(" @x", 5) + ") { a }", complexity, "One place may have at most 4 directives."},
		"a flood of directives on a spread":       {"{ ...A" + strings.Repeat(" @x", 5) + "} fragment A on Q { a }", complexity, "One place may have at most 4 directives."},
		"a flood of directives on a fragment":     {"{ ...A } fragment A on Q" + strings.Repeat(" @x", 5) + "{ a }", complexity, "One place may have at most 4 directives."},
		"deep values":                             {`{ a(x: [[[[[[[[[1]]]]]]]]]) }`, complexity, "A value may nest at most 8 deep."},
		"deep objects":                            {"{ a(x: " + strings.Repeat("{y: ", 9) + "1" + strings.Repeat("}", 9) + ") }", complexity, "A value may nest at most 8 deep."},
		"a deep default":                          {"query($x: T = " + strings.Repeat("[", 9) + strings.Repeat("]", 9) + ") { a }", complexity, "A value may nest at most 8 deep."},
		"a long name":                             {"{ " + strings.Repeat("a", 129) + " }", complexity, "A name may have at most 128 characters."},
		"a long alias":                            {"{ " + strings.Repeat("a", 129) + ": b }", complexity, "A name may have at most 128 characters."},
		"a long type":                             {"{ ... on " + strings.Repeat("a", 129) + " { b } }", complexity, "A name may have at most 128 characters."},
		"a long variable":                         {"{ a(x: $" + strings.Repeat("a", 129) + ") }", complexity, "A name may have at most 128 characters."},
		"a fragment in itself":                    {`{ ...A } fragment A on Q { ...A }`, wrong, `The fragment "A" spreads itself.`},
		"a cycle of fragments":                    {`{ ...A } fragment A on Q { x { ...B } } fragment B on Q { ... { ...A } }`, wrong, `The fragment "A" spreads itself.`},
		"a cycle that nothing spreads":            {`{ a } fragment A on Q { ...B } fragment B on Q { ...A }`, wrong, `The fragment "A" spreads itself.`},
		"a fragment's name twice":                 {`{ ...A } fragment A on Q { a } fragment A on Q { b }`, wrong, `There are two fragments named "A".`},
		"defer":                                   {`{ ... @defer { a } }`, wrong, "The directive @defer is not supported."},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := querylimit.Precheck(parse(t, test.query), querylimit.DefaultLimits())
			if err == nil {
				t.Fatal("it was allowed")
			}
			if !fault.Is(err, test.kind) || err.Message != test.message || len(err.Locations) != 1 {
				t.Errorf("got %v %q at %v", fault.As(err), err.Message, err.Locations)
			}
		})
	}
}

// TestPrecheckIsLinear counts elements looked at, not time: ten times the text may cost ten times the
// work and no more.
func TestPrecheckIsLinear(t *testing.T) {
	limits := querylimit.DefaultLimits()
	unbounded := limits
	for _, n := range []*int{
		&unbounded.Operations, &unbounded.Fragments, &unbounded.Depth, &unbounded.Aliases, &unbounded.Variables,
		&unbounded.Arguments, &unbounded.Directives, &unbounded.ValueDepth,
	} {
		*n = 1 << 40
	}
	for name, text := range map[string]func(n int) string{
		"wide":       func(n int) string { return "{" + numbered(" a%d", n) + "}" },
		"repeated":   func(n int) string { return "{" + strings.Repeat(" a", n) + "}" },
		"aliases":    func(n int) string { return "{" + numbered(" a%d: b(x: 1)", n) + "}" },
		"deep":       func(n int) string { return strings.Repeat("{ a ", min(n, 900)) + strings.Repeat("}", min(n, 900)) },
		"fragments":  func(n int) string { return "{ ...F0 }" + numbered(" fragment F%d on Q { a }", n) },
		"doubling":   doubling,
		"directives": func(n int) string { return "{ a" + strings.Repeat(" @x", n) + "}" },
		"values":     func(n int) string { return "{ a(x: [" + strings.Repeat(" 1", n) + "]) }" },
		"operations": func(n int) string { return numbered(" query Q%d { a b c }", n) },
		"variables":  func(n int) string { return "query(" + numbered(" $v%d: [Int] = [1 2]", n) + ") { a }" },
	} {
		t.Run(name, func(t *testing.T) {
			for _, l := range []querylimit.Limits{limits, unbounded} {
				for _, n := range []int{1000, 10_000} {
					query := text(n)
					work, _ := querylimit.Precheck(parse(t, query), l)
					// Each element takes at least two bytes of text, and is looked at no more than three times.
					if most := 2*len(query) + l.Selections; work > most {
						t.Errorf("%d bytes took %d steps, more than %d", len(query), work, most)
					}
				}
			}
		})
	}
}

func FuzzPrecheck(f *testing.F) {
	for _, seed := range []string{
		`query A($x: [Int!] = [1], $y: T = {a: "b"}) @d { a: b(x: $x, y: {z: [1.5, null, true, E]}) @skip(if: $s) { ...F ... on Q { c } } }`,
		`{ ...F } fragment F on Q { ...G } fragment G on Q { ...F }`, `subscription { a } mutation { b }`, doubling(3), `{ a a a { b } a { b } }`,
	} {
		f.Add(seed)
	}
	limits := querylimit.DefaultLimits()
	f.Fuzz(func(t *testing.T, query string) {
		doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, 10_000)
		if err != nil {
			return
		}
		work, refusal := querylimit.Precheck(doc, limits)
		if most := 3*len(query) + (len(doc.Operations)+len(doc.Fragments)+1)*limits.Selections; work > most {
			t.Errorf("%d steps for %d bytes", work, len(query))
		}
		if refusal != nil && fault.As(refusal) == nil {
			t.Errorf("refusal without a fault: %v", refusal)
		}
	})
}
