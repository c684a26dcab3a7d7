package architecture

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// variables are the package-level variables that are not plainly constants, each with the reason why it may
// be one. What needs no entry: errors made by errors.New, or another package's under the same name, compiled regular expressions, embedded files, and
// the assertion that a type has an interface's methods.
func variables() map[string]string {
	return map[string]string{
		"graph/read.prefixOf":                 "a table that nothing writes to",
		"graph/read.byChange":                 "an ordering, never assigned again",
		"graph/read.byName":                   "an ordering, never assigned again",
		"graph/read.byDeletion":               "an ordering, never assigned again",
		"server/changes.tables":               "a table that nothing writes to",
		"server/render.mjmlTurn":              "a lock around a variable of gomjml's package, which only a variable of ours can guard",
		"server/store/storetest.migratedFile": "made once in a test binary, then only read",
		"server/store/storetest.postgres":     "a server takes seconds to start; tests share nothing in it",
		"server/syncapi.zstds":                "a pool: it keeps memory, not state",
		"server/syncapi.gzips":                "a pool: it keeps memory, not state",
	}
}

func TestState(t *testing.T) {
	t.Run("is held in values only", func(t *testing.T) {
		expect(t, checkState(variables(), sources(t)))
	})
	refuses := func(name, text string, want ...string) {
		t.Run("refuses "+name, func(t *testing.T) {
			expect(t, checkState(nil, invented(t, "server/x/x.go", "package x\n"+text)), want...)
		})
	}
	refuses("a variable", "var count int", "server/x/x.go:2 has a package-level variable count")
	refuses("a variable among constants", "var (\n_ io.Reader = x{}\nErrA = errors.New(\"a\")\nErrB = y.ErrB\ncache = map[string]int{}\n)", "variable cache")
	refuses("an error under another name", "var ErrA = y.ErrB", "variable ErrA")
	refuses("an init", "func init() {}", "server/x/x.go:2 has an init")
	refuses("a sleep", "func f() {\ntime.Sleep(1)\n}", "server/x/x.go:3 sleeps")
	t.Run("refuses an entry that is not needed", func(t *testing.T) {
		expect(t, checkState(map[string]string{"server/x.y": "why"}, nil), "server/x.y is not there")
	})
}

// checkState finds hand-written code that works at a distance: variables of packages, code that runs by
// being imported, and waiting for time to pass where something could be waited for.
func checkState(allowed map[string]string, all []source) (found []string) {
	needed := map[string]bool{}
	for _, s := range all {
		if s.generated {
			continue
		}
		for _, d := range s.syntax.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.Name == "init" {
					found = append(found, s.at(d)+" has an init: code that runs by being imported")
				}
			case *ast.GenDecl:
				for _, name := range mutable(d) {
					key := s.pkg + "." + name.Name
					if needed[key] = true; allowed[key] == "" {
						found = append(found, fmt.Sprintf("%s has a package-level variable %s: hold it in a value", s.at(name), name.Name))
					}
				}
			}
		}
		s.calls("time", "Sleep", func(call *ast.CallExpr) {
			found = append(found, s.at(call)+" sleeps: wait for what it waits for")
		})
	}
	for key := range allowed {
		if !needed[key] {
			found = append(found, key+" is not there, or no more; take it off the list")
		}
	}
	return found
}

// mutable returns the variables of a declaration that are not plainly constants.
func mutable(d *ast.GenDecl) (names []*ast.Ident) {
	if d.Tok != token.VAR {
		return nil
	}
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		if embedded(d.Doc) || embedded(v.Doc) {
			continue
		}
		for i, name := range v.Names {
			if name.Name != "_" && (i >= len(v.Values) || !constant(v.Values[i]) && !sameError(name, v.Values[i])) {
				names = append(names, name)
			}
		}
	}
	return names
}

func embedded(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, c := range doc.List {
		if strings.HasPrefix(c.Text, "//go:embed ") {
			return true
		}
	}
	return false
}

// sameError reports whether an error is that of another package under the same name.
func sameError(name *ast.Ident, value ast.Expr) bool {
	of, ok := value.(*ast.SelectorExpr)
	return ok && of.Sel.Name == name.Name && strings.HasPrefix(name.Name, "Err")
}

// constant reports whether a value cannot change once it is made.
func constant(value ast.Expr) bool {
	call, ok := value.(*ast.CallExpr)
	if !ok {
		return false
	}
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := f.X.(*ast.Ident)
	if !ok {
		return false
	}
	switch x.Name + "." + f.Sel.Name {
	case "errors.New", "fmt.Errorf", "regexp.MustCompile":
		return true
	}
	return false
}
