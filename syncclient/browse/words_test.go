package browse

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// TestWords: everything that the program says, it says in French, too.
func TestWords(t *testing.T) {
	there := french()
	t.Run("has a French text for each English one", func(t *testing.T) {
		said := texts(t)
		for _, text := range said {
			if _, ok := there[text]; !ok && strings.ContainsFunc(text, unicode.IsLetter) {
				t.Errorf("no French for %q", text)
			}
		}
		if len(said) < 100 {
			t.Fatalf("found %d texts only", len(said))
		}
		for english := range there {
			if !slices.Contains(said, english) {
				t.Errorf("%q is not said any more", english)
			}
		}
	})
	t.Run("has the same values in both", func(t *testing.T) {
		for english, french := range there {
			if verbs(english) != verbs(french) {
				t.Errorf("%q and %q", english, french)
			}
		}
	})
	t.Run("is chosen by the environment", func(t *testing.T) {
		for _, test := range []struct {
			environ string
			want    string
		}{
			{"LANG=fr_FR.UTF-8", "Retour"}, {"LANG=en_US.UTF-8", ""}, {"LC_ALL=C LANG=fr_FR.UTF-8", ""}, {"LC_ALL= LANG=fr_CH", "Retour"}, {"", ""},
		} {
			w := wordsFor(strings.Fields(test.environ))
			if got := w.t("back") != "back"; got != (test.want != "") {
				t.Errorf("%q: %q", test.environ, w.t("back"))
			}
		}
	})
	t.Run("counts as the language does", func(t *testing.T) {
		w := words{there}
		if got := w.n(0, "%d found", "%d found") + w.n(2, "%d edit waits", "%d edits wait"); got != "résultats : 02 modifications à envoyer" {
			t.Error(got)
		}
	})
}

func verbs(text string) string {
	var found []string
	for i := range len(text) - 1 {
		if text[i] == '%' {
			found = append(found, text[i:i+2])
		}
	}
	return strings.Join(found, " ")
}

// texts are the literals that reach t, f and n, in calls or by way of keys, columns and inputs, and the names of values.
func texts(t *testing.T) []string {
	t.Helper()
	var all []string
	add := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, text)
		}
	}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok {
					switch {
					case (f.Sel.Name == "t" || f.Sel.Name == "f") && len(n.Args) > 0:
						add(n.Args[0])
					case f.Sel.Name == "n" && len(n.Args) == 3:
						add(n.Args[1])
						add(n.Args[2])
					case f.Sel.Name == "busyText" || f.Sel.Name == "side":
						add(n.Args[0])
					}
				}
			case *ast.CompositeLit:
				composite(n, add)
			case *ast.FuncDecl:
				if slices.Contains([]string{"explain", "label", "kinds"}, n.Name.Name) {
					ast.Inspect(n, func(m ast.Node) bool {
						if r, ok := m.(*ast.ReturnStmt); ok {
							for _, e := range r.Results {
								add(e)
							}
						}
						return true
					})
				}
			}
			return true
		})
	}
	for _, k := range append(items(), rows()...) {
		all = append(all, "New "+k.one, k.one)
		for _, in := range k.inputs {
			all = append(all, in.label)
			all = append(all, in.choices...)
		}
		for _, column := range []string{"archived", "lists", "blacklists", "fields", "source", "assignee", "kind"} {
			all = append(all, k.label(column))
		}
	}
	all = append(all, "owner", "manager", "member", "draft", "sending", "sent", "mine", "theirs", "both", "everyone in the account",
		"only those who are named", "Server", "Email", "Password", "Campaigns", "Templates", "Lists", "Blacklists", "Needs you",
		"%s contact", "%s contacts", "%s entry", "%s entries", "%s lead", "%s leads", "not added", "change refused", "not deleted", "yes", "no")
	slices.Sort(all)
	return slices.Compact(all)
}

// composite finds the texts of keys, columns, and of lists and tables of texts.
func composite(n *ast.CompositeLit, add func(ast.Expr)) {
	name := ""
	switch kind := n.Type.(type) {
	case *ast.Ident:
		name = kind.Name
	case *ast.ArrayType:
		if of, ok := kind.Elt.(*ast.Ident); ok {
			name = "[]" + of.Name
		}
	}
	switch name {
	case "key":
		add(n.Elts[1])
	case "[]key":
		for _, e := range n.Elts {
			if one, ok := e.(*ast.CompositeLit); ok && one.Type == nil {
				add(one.Elts[1])
			}
		}
	case "column":
		titleOf(n, add)
	case "[]column":
		for _, e := range n.Elts {
			if one, ok := e.(*ast.CompositeLit); ok {
				titleOf(one, add)
			}
		}
	}
}

func titleOf(n *ast.CompositeLit, add func(ast.Expr)) {
	for _, e := range n.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if name, ok := pair.Key.(*ast.Ident); ok && name.Name == "title" {
				add(pair.Value)
			}
		}
	}
}
