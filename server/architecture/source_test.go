package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// root is the module's, as seen from this folder, where go test runs.
const root = "../.."

// module is what the paths of its packages begin with.
const module = "github.com/partage-mail/partage/"

// source is a Go file of the module.
type source struct {
	path      string // from the module's root, with slashes
	pkg       string // its folder
	generated bool
	test      bool // compiled for tests alone, by its name
	fset      *token.FileSet
	syntax    *ast.File // of a generated file only the imports
}

// sources reads every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	walk(t, func(name string) {
		if path.Ext(name) == ".go" {
			all = append(all, parse(t, name, nil))
		}
	})
	if len(all) < 100 {
		t.Fatalf("found only %d Go files: the rules would hold of nothing", len(all))
	}
	return all
}

// walk visits every file of the module, but for what Go's tools ignore too.
func walk(t *testing.T, visit func(name string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case name == ".":
		case d.IsDir() && (base[0] == '.' || base[0] == '_' || base == "testdata" || base == "partage-data" || base == "node_modules"):
			return fs.SkipDir
		case !d.IsDir():
			visit(name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// invented is a file that is not there, to show a rule something that breaks it.
func invented(t *testing.T, name, text string) []source {
	t.Helper()
	return []source{parse(t, name, text)}
}

// parse reads a file: from the disk, or from text where that is not nil.
func parse(t *testing.T, name string, text any) source {
	t.Helper()
	s := source{path: name, pkg: path.Dir(name), test: strings.HasSuffix(name, "_test.go"), fset: token.NewFileSet()}
	file := filepath.Join(root, filepath.FromSlash(name))
	read := func(mode parser.Mode) {
		var err error
		if s.syntax, err = parser.ParseFile(s.fset, file, text, parser.ParseComments|parser.SkipObjectResolution|mode); err != nil {
			t.Fatal(err)
		}
	}
	if read(parser.ImportsOnly); ast.IsGenerated(s.syntax) {
		s.generated = true
		return s
	}
	read(0)
	return s
}

// imports returns the packages of this module that the file imports, named by their folders.
func (s source) imports() []string {
	var own []string
	for _, i := range s.syntax.Imports {
		full, err := strconv.Unquote(i.Path.Value)
		if name, ok := strings.CutPrefix(full, module); ok && err == nil {
			own = append(own, name)
		}
	}
	return own
}

// at names a place in the file.
func (s source) at(n ast.Node) string {
	return s.path + ":" + strconv.Itoa(s.fset.Position(n.Pos()).Line)
}

// calls visits each call of pkg.name, such as time.Sleep, where the package goes by its own name.
func (s source) calls(pkg, name string, visit func(*ast.CallExpr)) {
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if f, ok := call.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == name {
				if x, ok := f.X.(*ast.Ident); ok && x.Name == pkg {
					visit(call)
				}
			}
		}
		return true
	})
}

// expect fails unless the findings are exactly those wanted, in any order.
func expect(t *testing.T, found []string, want ...string) {
	t.Helper()
	for _, w := range want {
		if i := indexOf(found, w); i >= 0 {
			found = append(found[:i:i], found[i+1:]...)
			continue
		}
		t.Errorf("was not found: %s", w)
	}
	for _, f := range found {
		t.Error(f)
	}
}

func indexOf(found []string, part string) int {
	for i, f := range found {
		if strings.Contains(f, part) {
			return i
		}
	}
	return -1
}
