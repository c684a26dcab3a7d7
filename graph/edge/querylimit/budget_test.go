package querylimit_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/partage-mail/partage/graph/edge/querylimit"
	"github.com/partage-mail/partage/server/fault"
)

// schema is the API's own.
func schema(t testing.TB) *ast.Schema {
	t.Helper()
	files, err := filepath.Glob("../../schema/*.graphqls")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schema: %v", err)
	}
	var sources []*ast.Source
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	s, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func operation(t testing.TB, s *ast.Schema, query string) *ast.OperationDefinition {
	t.Helper()
	doc := parse(t, query)
	if _, err := querylimit.Precheck(doc, querylimit.DefaultLimits()); err != nil {
		t.Fatal(err)
	}
	if errs := validator.ValidateWithRules(s, doc, rules.NewDefaultRules()); len(errs) > 0 {
		t.Fatal(errs)
	}
	return doc.Operations[0]
}

func TestBudgetCounts(t *testing.T) {
	s := schema(t)
	budget := querylimit.DefaultBudget()
	budget.Weights = map[string]int64{"Campaign.preview": 50, "Campaign.body": 3, "Viewer.user": 0, "Mutation.logIn": 15_000}
	for name, test := range map[string]struct {
		query     string
		variables map[string]any
		want      querylimit.Usage
	}{
		"plain values cost nothing":           {query: `{ viewer { user { id email } } }`, want: querylimit.Usage{Nodes: 1, Cost: 1}},
		"__typename costs nothing":            {query: `{ __typename viewer { __typename session { id } } }`, want: querylimit.Usage{Cost: 2}},
		"a list without a size is taken as 5": {query: `{ viewer { sessions { id } accounts { role } } }`, want: querylimit.Usage{Cost: 11}},
		"a page counts what it may hold": {query: `{ campaigns(first: 50) { edges { node { id } } pageInfo { endCursor } totalCount } }`,
			want: querylimit.Usage{Nodes: 50, Cost: 1 + 50 + 50 + 1}},
		"rows that are passed over": {query: `{ campaigns(first: 7, skip: 90999) { edges { node { id } } } }`, want: querylimit.Usage{Nodes: 7, Cost: 15 + 90}},
		"a last page too":           {query: `{ campaigns(last: 7) { edges { node { id } } } }`, want: querylimit.Usage{Nodes: 7, Cost: 15}},
		"a variable's page":         {query: `query($n: Int) { campaigns(first: $n) { edges { cursor } } }`, variables: map[string]any{"n": int64(7)}, want: querylimit.Usage{Cost: 8}},
		"a variable as JSON":        {query: `query($n: Int!) { campaigns(first: $n) { edges { cursor } } }`, variables: map[string]any{"n": json.Number("7")}, want: querylimit.Usage{Cost: 8}},
		"a page's list by aliases":  {query: `{ campaigns(first: 5) { a: edges { cursor } b: edges { cursor } } }`, want: querylimit.Usage{Cost: 11}},
		"a page in a page": {query: `{ contactLists(first: 10) { edges { node { contacts(first: 20) { edges { node { id } } } } } } }`,
			want: querylimit.Usage{Nodes: 10 + 200, Cost: 1 + 10 + 10 + 10 + 200 + 200}},
		"as many nodes as ids": {query: `{ nodes(ids: ["a", "b", "c"]) { id } }`, want: querylimit.Usage{Nodes: 3, Cost: 3}},
		"ids in a variable":    {query: `query($i: [ID!]!) { nodes(ids: $i) { id } }`, variables: map[string]any{"i": []any{"a", "b"}}, want: querylimit.Usage{Nodes: 2, Cost: 2}},
		"an interface costs its dearest type": {query: `{ node(id: "x") { id ... on Campaign { preview { html } body } ... on Template { preview { html } } ... on User { email } } }`,
			want: querylimit.Usage{Nodes: 1, Cost: 54}},
		"fragments apply by interface": {query: `{ node(id: "x") { ...I ... on Item { creator { id } } } } fragment I on Item { changedBy { id } }`,
			want: querylimit.Usage{Nodes: 3, Cost: 3}},
		"the feed's lists share its page": {query: `{ changes(first: 100) { items { id creator { id } } collaborators { id } buckets { id } removals account { id } } }`,
			want: querylimit.Usage{Nodes: 201, Cost: 202}},
		"the feed's default page": {query: `{ changes { items { id } } }`, want: querylimit.Usage{Nodes: 200, Cost: 201}},
		"a default page by a variable left out": {query: `query($n: Int! = 3) { changes(first: $n) { items { id } } }`,
			variables: map[string]any{"n": int64(3)}, want: querylimit.Usage{Nodes: 3, Cost: 4}},
		"introspection":                {query: `{ __schema { types { name } } __type(name: "Q") { name } }`, want: querylimit.Usage{Cost: 2000}},
		"a mutation that costs much":   {query: `mutation { logIn(input: {email: "a", password: "b"}) { token } }`, want: querylimit.Usage{Cost: 15_000}},
		"a subscription":               {query: `subscription { changed { workspace } }`, want: querylimit.Usage{Cost: 1}},
		"what a client walks, in full": {query: clientWalk, want: querylimit.Usage{Nodes: 6501, Cost: 8002}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := budget.Check(s, operation(t, s, test.query), test.variables)
			if err != nil || got != test.want {
				t.Errorf("got %+v, %v, not %+v", got, err, test.want)
			}
		})
	}
}

// clientWalk asks for the largest page of the feed with all that a mirror keeps of it.
const clientWalk = `{ changes(first: 500) {
	account { id name } removals next more buckets { id state rows }
	collaborators { id email role }
	items { id name creator { id } changedBy { id }
		... on Campaign { subject body lists { id } blacklists { id } }
		... on Template { subject body } ... on ContactList { description } ... on Blacklist { description } }
} }`

func TestBudgetRefuses(t *testing.T) {
	s := schema(t)
	budget := querylimit.DefaultBudget()
	budget.Weights = map[string]int64{"Mutation.logIn": 15_001, "Campaign.preview": 50}
	for name, test := range map[string]struct {
		query     string
		variables map[string]any
		kind      fault.Kind
		message   string
	}{
		"no page size":          {`{ campaigns { totalCount } }`, nil, fault.Invalid, `"campaigns" needs either "first" or "last", from 1 to 100.`},
		"both page sizes":       {`{ campaigns(first: 1, last: 1) { totalCount } }`, nil, fault.Invalid, `"campaigns" needs either "first" or "last", from 1 to 100.`},
		"null":                  {`{ campaigns(first: null) { totalCount } }`, nil, fault.Invalid, `"campaigns" needs either "first" or "last", from 1 to 100.`},
		"a variable left out":   {`query($n: Int) { campaigns(first: $n) { totalCount } }`, nil, fault.Invalid, `"campaigns" needs either "first" or "last", from 1 to 100.`},
		"zero":                  {`{ campaigns(first: 0) { totalCount } }`, nil, fault.Invalid, `"first" of "campaigns" must be from 1 to 100.`},
		"a negative":            {`{ campaigns(last: -1) { totalCount } }`, nil, fault.Invalid, `"last" of "campaigns" must be from 1 to 100.`},
		"101":                   {`{ campaigns(first: 101) { totalCount } }`, nil, fault.Invalid, `"first" of "campaigns" must be from 1 to 100.`},
		"101 by a variable":     {`query($n: Int) { campaigns(first: $n) { totalCount } }`, map[string]any{"n": int64(101)}, fault.Invalid, `"first" of "campaigns" must be from 1 to 100.`},
		"a nested page without": {`{ contactLists(first: 1) { edges { node { contacts { totalCount } } } } }`, nil, fault.Invalid, `"contacts" needs either "first" or "last", from 1 to 100.`},
		"a page in a fragment":  {`{ ...F } fragment F on Query { campaigns { totalCount } }`, nil, fault.Invalid, `"campaigns" needs either "first" or "last", from 1 to 100.`},
		"a page of one type":    {`{ node(id: "x") { ... on Blacklist { entries { totalCount } } } }`, nil, fault.Invalid, `"entries" needs either "first" or "last", from 1 to 100.`},
		"501 changes":           {`{ changes(first: 501) { next } }`, nil, fault.Invalid, `"first" of "changes" must be from 1 to 500.`},
		"no changes":            {`{ bucketChanges(bucket: "x", first: 0) { next } }`, nil, fault.Invalid, `"first" of "bucketChanges" must be from 1 to 500.`},
		"101 ids":               {`{ nodes(ids: [` + strings.Repeat(`"x" `, 101) + `]) { id } }`, nil, fault.Invalid, `"nodes" takes at most 100 ids.`},
		"pages in pages":        {`{ contactLists(first: 100) { edges { node { contacts(first: 100) { edges { node { id } } } creator { id } changedBy { id } } } } campaigns(first: 100) { edges { node { lists { id } } } } }`, nil, fault.TooComplex, "This could read 10900 objects; one request may read 10500. Ask for smaller pages or fewer levels."},
		"pages by aliases": {`{` + numbered(` a%d: campaigns(first: 100) { edges { node { lists { id } } } }`, 20) + `}`, nil, fault.TooComplex,
			"This could read 12000 objects; one request may read 10500. Ask for smaller pages or fewer levels."},
		"many ids of deep things": {`{` + numbered(` a%d: nodes(ids: ["a" "b"]) { ... on Campaign { lists { contacts(first: 100) { edges { node { id } } } } } }`, 11) + `}`, nil, fault.TooComplex,
			"This could read 11132 objects; one request may read 10500. Ask for smaller pages or fewer levels."},
		"dear fields of many": {`{` + numbered(` a%d: campaigns(first: 100) { edges { node { preview { html } } } }`, 6) + `}`, nil, fault.TooComplex,
			"This could cost 31206; one request may cost 30000. Ask for smaller pages or fewer fields."},
		"two sign-ins": {`mutation { a: logIn(input: {email: "a", password: "b"}) { token } b: logIn(input: {email: "a", password: "b"}) { token } }`, nil, fault.TooComplex,
			"This could cost 30002; one request may cost 30000. Ask for smaller pages or fewer fields."},
		"introspection again and again": {`{` + numbered(` a%d: __schema { types { name } }`, 31) + `}`, nil, fault.TooComplex,
			"This could cost 31000; one request may cost 30000. Ask for smaller pages or fewer fields."},
		"beyond any number": {deepPages(18), nil, fault.TooComplex, "This could read more than a billion objects; one request may read 10500. Ask for smaller pages or fewer levels."},
	} {
		t.Run(name, func(t *testing.T) {
			schema := s
			if strings.HasPrefix(test.query, "{ self") {
				schema = gqlparser.MustLoadSchema(&ast.Source{Input: `interface Node { id: ID! } type Query implements Node { id: ID! self(first: Int, last: Int): Page } type Page { nodes: [Query!]! }`})
			}
			_, err := budget.Check(schema, operation(t, schema, test.query), test.variables)
			if err == nil {
				t.Fatal("it was allowed")
			}
			if !fault.Is(err, test.kind) || err.Message != test.message || len(err.Locations) != 1 {
				t.Errorf("got %v %q at %v", fault.As(err), err.Message, err.Locations)
			}
		})
	}
}

// deepPages multiplies 100 by itself n/2 times, beyond 64 bits.
func deepPages(n int) string {
	return strings.Repeat("{ self(first: 100) { nodes ", n/2) + "{ id }" + strings.Repeat("} }", n/2)
}
