package graph_test

import (
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/partage-mail/partage/graph/generated"
)

// TestScenariosCoverTheSchema fails where a field of Query, Mutation or Subscription has no scene that shows
// for whom it works, one where something is denied, or one of somebody who is not signed in.
func TestScenariosCoverTheSchema(t *testing.T) {
	shown := make(map[string]map[string]bool)
	for file, st := range stories(t) {
		for _, sc := range st.Scenes {
			for _, step := range flat(sc.steps()) {
				note(t, shown, file, step)
			}
		}
	}
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation, schema.Subscription} {
		for _, field := range root.Fields {
			name := root.Name + "." + field.Name
			for _, what := range []string{"somebody for whom it works", "somebody to whom something is denied", "nobody"} {
				if field.Name[0] != '_' && !shown[name][what] {
					t.Errorf("no scene shows %s with %s", name, what)
				}
			}
		}
	}
}

// flat returns steps with those inside them.
func flat(steps []step) []step {
	var all []step
	for _, st := range steps {
		all = append(all, st)
		for _, ev := range st.Events {
			all = append(all, flat(ev.After)...)
		}
	}
	return all
}

func note(t *testing.T, shown map[string]map[string]bool, file string, st step) {
	t.Helper()
	if st.Then != "" || st.Mail != nil {
		return
	}
	doc, err := parser.ParseQuery(&ast.Source{Name: file, Input: st.Query})
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for _, op := range doc.Operations {
		for _, selection := range op.SelectionSet {
			field, ok := selection.(*ast.Field)
			if !ok {
				continue
			}
			name := map[ast.Operation]string{ast.Query: "Query.", ast.Mutation: "Mutation.", ast.Subscription: "Subscription."}[op.Operation] + field.Name
			if shown[name] == nil {
				shown[name] = make(map[string]bool)
			}
			switch {
			case st.Denied != "":
				shown[name]["somebody to whom something is denied"] = true
			case len(st.Errors) == 0 && st.Closed == "":
				shown[name]["somebody for whom it works"] = true
			}
			if st.As == "nobody" {
				shown[name]["nobody"] = true
			}
		}
	}
}
