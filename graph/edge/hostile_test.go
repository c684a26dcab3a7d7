package edge_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// hostile are documents made to take long: the first ones as large as a request may be, the others just
// within every limit, where validation has the most to compare.
func hostile() map[string]string {
	const size = 1_900_000 // as JSON, in which some characters take two
	fill := func(s string) string {
		return strings.Repeat(s, size/(len(s)+strings.Count(s, `"`)+strings.Count(s, "\n")))
	}
	var web strings.Builder // every fragment spreads all later ones next to a field that all share
	web.WriteString("{ ...F0 }")
	for i := range 50 {
		fmt.Fprintf(&web, " fragment F%d on Query { viewer { user { id } }", i)
		for j := i + 1; j < min(50, i+3); j++ {
			fmt.Fprintf(&web, " ...F%d", j)
		}
		web.WriteString(" }")
	}
	var flat strings.Builder // many fragments at one place, each with fields of its own
	flat.WriteString("{" + repeat(" ...F%d", 49) + repeat(" ...F%d", 49) + repeat(" ...F%d", 49) + repeat(" ...F%d", 49) + "}")
	for i := range 49 {
		fmt.Fprintf(&flat, " fragment F%d on Query { u%d: node(id: 1) { id } v%d: node(id: 1) { id } }", i, i, i)
	}
	nest := func(field string, n int, inner string) string {
		return strings.Repeat(field+" { ", n) + inner + strings.Repeat(" }", n)
	}
	return map[string]string{
		"spaces":                 fill(" ") + "{ viewer { user { id } } }",
		"commas":                 fill(","),
		"fields":                 "{" + fill(" a") + "}",
		"aliases":                "{" + fill(" a:b") + "}",
		"braces":                 fill("{a"),
		"brackets":               "{ a(x: " + fill("["),
		"types":                  "query($a: " + fill("["),
		"objects":                "{ a(x: " + fill("{a:"),
		"inline fragments":       "{" + fill(" ...{a"),
		"spreads":                "{" + fill(" ...A") + "} fragment A on Query { a }",
		"fragments":              "{ a }" + fill(" fragment A on B{c}"),
		"operations":             fill("query A{a} "),
		"directives":             "{ a" + fill(" @b"),
		"arguments":              "{ a(" + fill("b:1 "),
		"variables":              "query(" + fill("$a:B "),
		"strings":                "{ a(x: [" + fill(`"" `) + "]) }",
		"block strings":          "{ a(x: [" + fill(`"""a""" `) + "]) }",
		"quotes":                 "{ a(x: " + fill(`""`),
		"one block string":       `{ a(x: """` + fill("\n ") + `""") }`,
		"one name":               "{ " + fill("a") + " }",
		"one number":             "{ a(x: " + fill("9") + ") }",
		"one string":             `{ node(id: "` + fill("a") + `") { id } }`,
		"one wrong string":       `{ campaigns(first: "` + fill("a") + `") { totalCount } }`,
		"one comment":            "{ viewer { user { id } } } #" + fill("a"),
		"comments":               fill("#\n"),
		"byte order marks":       fill("\ufeff"),
		"a web of fragments":     web.String(),
		"fragments side by side": flat.String(),
		"repeats of repeats":     "{" + strings.Repeat(" viewer { user {"+strings.Repeat(" id", 6)+" } }", 8) + strings.Repeat(" viewer { user { email } session { id } }", 42) + "}",
		"conflicts":              "{" + strings.Repeat(" x: viewer { user { id } }", 25) + strings.Repeat(" x: node(id: 1) { id }", 25) + "}",
		"conflicts everywhere":   "{ viewer {" + repeat(" s%[1]d: session { id } s%[1]d: user { id }", 49) + "} }",
		"many wrong fields":      "{" + repeat(" w%d", 1999) + "}",
		"wrong fields deep":      "{" + nest("a", 18, strings.Repeat("b ", 50)) + "}",
		"inline fragments deep":  "{" + nest("... on Query", 900, "viewer { user { id } }") + "}",
		"long lists":             "{ nodes(ids: [" + strings.Repeat("1 ", 9000) + "]) { id } }",
		"long lists of wrong":    "{ nodes(ids: [" + strings.Repeat("A ", 9000) + "]) { id } }",
		"long inputs":            "mutation { createContact(input: {" + strings.Repeat("email: 1 ", 3000) + "}) { contact { id } } }",
		"wide lists repeated":    "{" + strings.Repeat(" nodes(ids: ["+strings.Repeat("1 ", 180)+"]) { id }", 50) + "}",
	}
}

// TestHostileDocuments holds that each is answered. The time is no measure, only far from what a document
// takes that gets past the checks: without them several of these take minutes.
func TestHostileDocuments(t *testing.T) {
	f := setup(t)
	f.answers.fields["nodes"] = func(context.Context, map[string]any) (any, error) { return nil, nil }
	f.answers.fields["node"] = f.answers.fields["nodes"]
	for name, document := range hostile() {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), sessionKey{}, "s-anna"), 20*time.Second)
			defer cancel()
			r := httptest.NewRequest("POST", "/", strings.NewReader(query(document))).WithContext(ctx)
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			start := time.Now()
			f.edge.ServeHTTP(w, r)
			if ctx.Err() != nil {
				t.Error(ctx.Err())
			}
			t.Logf("%v: %.200s", time.Since(start), w.Body)
		})
	}
}
