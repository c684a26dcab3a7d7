package architecture

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"
)

//go:embed imports.txt
var importTable string

// row is a package of imports.txt.
type row struct {
	name       string
	leaf, test bool
	may        []string
	why        string
}

func TestImports(t *testing.T) {
	t.Run("are those of the table", func(t *testing.T) {
		rows, found := parseTable(importTable)
		expect(t, append(found, checkImports(rows, sources(t))...))
	})
	const table = "server/app: server/store\n\tWhy.\nserver/store:\n\tWhy.\nleaf server/fault:\n\tWhy.\ntests server/apptest: server/app\n\tWhy.\n"
	rows, found := parseTable(table)
	expect(t, found)
	refuses := func(name, file, imported string, want ...string) {
		t.Run("refuse "+name, func(t *testing.T) {
			text := fmt.Sprintf("package p\n\nimport (\n_ %q\n_ %q\n)\n", module+imported, module+"server/fault")
			used := append(invented(t, "server/app/x.go", importing("server/store")), invented(t, "server/apptest/x.go", importing("server/app"))...)
			expect(t, checkImports(rows, append(used, invented(t, file, text)...)), want...)
		})
	}
	refuses("a package that is not in the table", "server/new/new.go", "server/store", "server/new is not in imports.txt")
	refuses("an import that is not in the table", "server/store/store.go", "server/app", "server/store/store.go imports server/app")
	refuses("test support in the product", "server/app/app.go", "server/apptest", "server/app/app.go imports server/apptest")
	refuses("the server in a test of the client", "syncclient/x_test.go", "server/store",
		"syncclient/x_test.go imports server/store", "syncclient/x_test.go imports server/fault")
	t.Run("refuse a line of the table that is not needed", func(t *testing.T) {
		expect(t, checkImports(rows, nil), "server/app may import server/store", "server/apptest may import server/app")
	})
	t.Run("refuse a table that runs in circles or gives no reason", func(t *testing.T) {
		_, found := parseTable("a: b\n\tWhy.\nb: a\n")
		expect(t, found, "b may import a, which does not stand below it", "b has no reason")
	})
}

// parseTable reads the table and finds what is wrong with it.
func parseTable(text string) (rows []row, found []string) {
	for line := range strings.Lines(text) {
		switch name, list, _ := strings.Cut(strings.TrimSpace(line), ":"); {
		case name == "" || name[0] == '#':
		case line[0] == ' ' || line[0] == '\t':
			rows[len(rows)-1].why = line
		default:
			r := row{may: strings.Fields(list)}
			if r.name, r.leaf = strings.CutPrefix(name, "leaf "); !r.leaf {
				r.name, r.test = strings.CutPrefix(name, "tests ")
			}
			rows = append(rows, r)
		}
	}
	for i, r := range rows {
		if r.why == "" {
			found = append(found, r.name+" has no reason in imports.txt")
		}
		for _, m := range r.may {
			if at := slices.IndexFunc(rows, func(b row) bool { return b.name == m }); at <= i && !r.test {
				found = append(found, fmt.Sprintf("imports.txt: %s may import %s, which does not stand below it", r.name, m))
			}
		}
	}
	return rows, found
}

// checkImports finds imports that the rows do not allow, and what they allow without need.
func checkImports(rows []row, all []source) (found []string) {
	byName, needed := map[string]row{}, map[string]bool{}
	for _, r := range rows {
		byName[r.name] = r
	}
	// rowOf finds the row of a package; the packages of entities share one.
	rowOf := func(pkg string) (row, bool) {
		r, ok := byName[pkg]
		if name, in := strings.CutPrefix(pkg, "ent/"); !ok && in && !strings.Contains(name, "/") {
			r, ok = byName["ent/*"]
		}
		return r, ok
	}
	for _, s := range all {
		if s.test {
			found = append(found, checkClientTest(s)...)
			continue
		}
		r, ok := rowOf(s.pkg)
		if !ok {
			if !needed[s.pkg] {
				found = append(found, fmt.Sprintf("%s is not in imports.txt: say there what it may import, and why", s.pkg))
			}
			needed[s.pkg] = true
			continue
		}
		for _, imported := range s.imports() {
			i, ok := rowOf(imported)
			once := needed[r.name+" "+i.name]
			needed[r.name+" "+i.name] = true
			if once || ok && (i.name == r.name || slices.Contains(r.may, i.name) || i.leaf && !strings.HasPrefix(s.pkg, "syncclient")) {
				continue
			}
			found = append(found, fmt.Sprintf("%s imports %s, which imports.txt does not let %s", s.path, imported, r.name))
		}
	}
	for _, r := range rows {
		for _, m := range r.may {
			if !needed[r.name+" "+m] {
				found = append(found, fmt.Sprintf("imports.txt: %s may import %s, and does not", r.name, m))
			}
		}
	}
	return found
}

// checkClientTest finds imports by which a test of the sync client would know the server otherwise than by
// its protocol. clienttest has the tests of both together, and the program is tried as people use it.
func checkClientTest(s source) (found []string) {
	together := s.pkg == "syncclient/clienttest" || s.pkg == "syncclient/cmd/partage-sync"
	if !strings.HasPrefix(s.pkg, "syncclient") || together {
		return nil
	}
	for _, imported := range s.imports() {
		if !strings.HasPrefix(imported, "syncclient") {
			found = append(found, fmt.Sprintf("%s imports %s: the client knows the server by its protocol alone", s.path, imported))
		}
	}
	return found
}

func importing(pkg string) string { return fmt.Sprintf("package p\n\nimport _ %q\n", module+pkg) }
