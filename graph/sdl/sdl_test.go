package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// TestFile fails where the file is not what the schema makes, and says what the difference means for clients.
func TestFile(t *testing.T) {
	t.Chdir("../..")
	schema, err := load()
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	if string(committed) == format(schema) {
		return
	}
	before, err := gqlparser.LoadSchema(&ast.Source{Name: target, Input: string(committed)})
	if err != nil {
		t.Fatalf("%s: %v", target, err)
	}
	for _, c := range Compare(before, schema) {
		t.Log(c)
	}
	t.Errorf("%s is not what graph/schema makes; see above what has changed and run go generate ./graph/sdl", target)
}

// TestDescriptions fails where something of the schema has no description.
func TestDescriptions(t *testing.T) {
	t.Chdir("../..")
	schema, err := load()
	if err != nil {
		t.Fatal(err)
	}
	described := func(where, description string) {
		if strings.TrimSpace(description) == "" {
			t.Errorf("%s has no description", where)
		}
	}
	arguments := func(where string, list ast.ArgumentDefinitionList) {
		for _, a := range list {
			described(where+"("+a.Name+")", a.Description)
		}
	}
	for name, d := range schema.Types {
		if d.BuiltIn {
			continue
		}
		described(name, d.Description)
		for _, f := range d.Fields {
			if !strings.HasPrefix(f.Name, "__") {
				described(name+"."+f.Name, f.Description)
				arguments(name+"."+f.Name, f.Arguments)
			}
		}
		for _, v := range d.EnumValues {
			described(name+"."+v.Name, v.Description)
		}
	}
	for name, d := range schema.Directives {
		if !builtIn(d) {
			described("@"+name, d.Description)
			arguments("@"+name, d.Arguments)
		}
	}
}

func builtIn(d *ast.DirectiveDefinition) bool { return d.Position.Src.BuiltIn }

// TestCompare lists changes of a schema and what is said of each.
func TestCompare(t *testing.T) {
	const base = `
		interface Named { name: String }
		interface Aged { age: Int }
		type Query { cat(id: ID!, kind: Kind = TAME, tags: [String!]): Cat, cats: [Cat!]!, any: Pet }
		type Cat implements Named { name: String, lives: Int!, owner: Cat }
		type Dog { bone: Int }
		union Pet = Cat | Dog
		enum Kind { TAME WILD }
		input Wish { name: String!, lives: Int, kind: Kind! = TAME }
		type Mutation { wish(in: Wish): Cat }
		scalar Moment`
	for change, test := range map[string]struct{ from, to, want string }{
		"nothing":                      {"", "", ""},
		"a description":                {"type Dog", `"Barks." type Dog`, ""},
		"a field is gone":              {"lives: Int!, owner: Cat }", "lives: Int! }", "breaks Cat.owner is gone"},
		"a field is new":               {"owner: Cat }", "owner: Cat, age: Int }", "adds Cat.age is new"},
		"a field of another type":      {"lives: Int!, owner", "lives: String!, owner", "breaks Cat.lives was Int! and is String!"},
		"a field that may be null":     {"lives: Int!, owner", "lives: Int, owner", "breaks Cat.lives was Int! and is Int"},
		"a field that is never null":   {"owner: Cat }", "owner: Cat! }", "adds Cat.owner was Cat and is Cat!"},
		"elements that may be null":    {"cats: [Cat!]!", "cats: [Cat]!", "breaks Query.cats was [Cat!]! and is [Cat]!"},
		"one instead of many":          {"cats: [Cat!]!", "cats: Cat!", "breaks Query.cats was [Cat!]! and is Cat!"},
		"an argument is gone":          {"id: ID!, kind", "kind", "breaks Query.cat(id) is gone"},
		"an argument is new":           {"id: ID!, kind", "id: ID!, fur: String, kind", "adds Query.cat(fur) is new"},
		"an argument that is needed":   {"id: ID!, kind", "id: ID!, fur: String!, kind", "breaks Query.cat(fur) is new and must be given"},
		"an argument more is taken":    {"id: ID!, kind", "id: ID, kind", "adds Query.cat(id) was ID! and is ID"},
		"an argument less is taken":    {"tags: [String!]", "tags: [String!]!", "breaks Query.cat(tags) was [String!] and is [String!]!"},
		"another default":              {"kind: Kind = TAME", "kind: Kind = WILD", "surprises Query.cat(kind) is by default WILD and was TAME"},
		"no default":                   {"kind: Kind = TAME", "kind: Kind", "surprises Query.cat(kind) is by default nothing and was TAME"},
		"no null, but a default":       {"kind: Kind = TAME", "kind: Kind! = TAME", "adds Query.cat(kind) was Kind and is Kind!"},
		"a needed field had a default": {"kind: Kind! = TAME", "kind: Kind!", "breaks Wish.kind must be given, and had a default"},
		"an input field is gone":       {"lives: Int, kind", "kind", "breaks Wish.lives is gone"},
		"an input field is new":        {"lives: Int, kind", "lives: Int, fur: String, kind", "adds Wish.fur is new"},
		"an input field that is needed": {"lives: Int, kind", "lives: Int, fur: String!, kind",
			"breaks Wish.fur is new and must be given"},
		"an input field of another type": {"lives: Int, kind", "lives: String, kind", "breaks Wish.lives was Int and is String"},
		"a value is gone":                {"TAME WILD", "TAME", "breaks Kind.WILD is gone"},
		"a value is new":                 {"TAME WILD", "TAME WILD LOST", "surprises Kind.LOST is new"},
		"a member is gone":               {"= Cat | Dog", "= Cat", "breaks Pet can be no Dog any more"},
		"a member is new":                {"= Cat | Dog", "= Cat | Dog | Query", "surprises Pet can also be a Query"},
		"an interface is gone":           {"type Cat implements Named", "type Cat", "breaks Cat is no Named any more"},
		"an interface is new":            {"type Dog {", "type Dog implements Aged { age: Int", "surprises Dog is also a Aged; adds Dog.age is new"},
		"a type is gone":                 {"scalar Moment", "", "breaks Moment is gone"},
		"a type is new":                  {"scalar Moment", "scalar Moment scalar Day", "adds Day is new"},
		"another kind of type":           {"scalar Moment", "type Moment { at: Int }", "breaks Moment was scalar and is object"},
	} {
		t.Run(change, func(t *testing.T) {
			if !strings.Contains(base, test.from) {
				t.Fatalf("%q is not in the schema", test.from)
			}
			var lines []string
			for _, c := range Compare(parse(t, base), parse(t, strings.Replace(base, test.from, test.to, 1))) {
				lines = append(lines, strings.Join(strings.Fields(c.String()), " "))
			}
			if d := cmp.Diff(test.want, strings.Join(lines, "; ")); d != "" {
				t.Error(d)
			}
		})
	}
}

func parse(t *testing.T, text string) *ast.Schema {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "test", Input: text})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
