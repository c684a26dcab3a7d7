package architecture

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strconv"
	"strings"
)

// tell returns what the sources tell people, and the arguments of which that cannot be said.
func tell(all []source) (told []spoken, problems []string) {
	all = slices.DeleteFunc(slices.Clone(all), func(s source) bool {
		return s.test || s.generated || strings.HasPrefix(s.path, "syncclient/") || strings.HasPrefix(s.path, "server/servertest/")
	})
	tellers := said{
		"server/fault.New": {at: 1}, "server/fault.Field": {at: 1}, "server/fault.Missing": {at: 0, word: true}, "server/fault.Word": {at: 0, word: true},
	}
	for grown := true; grown; {
		grown = false
		for _, s := range all {
			grown = s.handOn(tellers) || grown
		}
	}
	for _, s := range all {
		for _, d := range s.syntax.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Type.Results != nil && written(f.Type.Results.List[0].Type) == "fault.Word" {
				for _, v := range returned([]source{s}, s.pkg, f.Name.Name) {
					told = append(told, spoken{v, s.at(f), true})
				}
			}
			s.told(d, tellers, func(e ast.Expr, a argument, within *ast.FuncDecl) {
				values, ok := s.values(all, e, within, tellers)
				if !ok {
					problems = append(problems, fmt.Sprintf("%s says %s, which is no literal", s.at(e), written(e)))
				}
				for _, v := range values {
					told = append(told, spoken{v, s.at(e), a.word})
				}
			})
		}
	}
	return told, problems
}

// handOn adds the functions of a file that hand an argument on, and reports whether there were new ones.
func (s source) handOn(tellers said) (grown bool) {
	for _, d := range s.syntax.Decls {
		s.told(d, tellers, func(e ast.Expr, a argument, within *ast.FuncDecl) {
			if i := parameter(within, e); i >= 0 {
				key := s.pkg + "." + within.Name.Name
				if _, known := tellers[key]; !known {
					tellers[key] = argument{i, a.word}
					grown = true
				}
			}
		})
	}
	return grown
}

// told visits the arguments that a declaration tells people.
func (s source) told(d ast.Decl, tellers said, visit func(e ast.Expr, a argument, within *ast.FuncDecl)) {
	within, _ := d.(*ast.FuncDecl)
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			for _, f := range s.callees(n.Fun) {
				if a, ok := tellers[f]; ok && a.at < len(n.Args) {
					visit(n.Args[a.at], a, within)
					break
				}
			}
		case *ast.CompositeLit:
			if written(n.Type) == "fault.Fault" || written(n.Type) == "Fault" && s.pkg == "server/fault" {
				for _, e := range n.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok && written(kv.Key) == "Message" && s.pkg != "server/fault" {
						visit(kv.Value, argument{}, within)
					}
				}
			}
		}
		return true
	})
}

// callees names the function that is called, by its package and name; a method in each package that it may be of.
func (s source) callees(f ast.Expr) (names []string) {
	switch f := f.(type) {
	case *ast.IndexExpr: // of one type of many
		return s.callees(f.X)
	case *ast.Ident:
		names = []string{s.pkg + "." + f.Name}
	case *ast.SelectorExpr:
		names = []string{s.pkg + "." + f.Sel.Name}
		x, named := f.X.(*ast.Ident)
		for _, i := range s.imports() {
			if named && path.Base(i) == x.Name {
				return []string{i + "." + f.Sel.Name}
			}
			if i != "server/fault" {
				names = append(names, i+"."+f.Sel.Name)
			}
		}
	}
	return names
}

// parameter returns which parameter of a function an expression is, or -1.
func parameter(f *ast.FuncDecl, e ast.Expr) int {
	name, ok := e.(*ast.Ident)
	if f == nil || !ok {
		return -1
	}
	i := 0
	for _, field := range f.Type.Params.List {
		for _, p := range field.Names {
			if p.Name == name.Name {
				return i
			}
			i++
		}
	}
	return -1
}

// values returns what an argument may be. What a function was handed is said where it is called.
func (s source) values(all []source, e ast.Expr, within *ast.FuncDecl, tellers said) ([]string, bool) {
	if v, ok := literal(e); ok {
		return []string{v}, true
	}
	if call, ok := e.(*ast.CallExpr); ok && written(call.Fun) == "string" { // a conversion
		return s.values(all, call.Args[0], within, tellers)
	}
	if within != nil && parameter(within, e) >= 0 {
		if _, hands := tellers[s.pkg+"."+within.Name.Name]; hands {
			return nil, true
		}
	}
	if pick, ok := e.(*ast.IndexExpr); ok {
		var of []string
		if table, ok := pick.X.(*ast.CompositeLit); ok {
			for _, entry := range table.Elts {
				if kv, ok := entry.(*ast.KeyValueExpr); ok {
					v, _ := literal(kv.Value)
					of = append(of, v)
				}
			}
		}
		return of, len(of) > 0
	}
	found, ok := computed()[s.pkg+" "+written(e)]
	var values []string
	for _, f := range found {
		if name, isFunction := strings.CutSuffix(f, "()"); isFunction {
			values = append(values, returned(all, s.pkg, name)...)
		} else {
			values = append(values, f)
		}
	}
	return values, ok
}

// returned are the strings that a function of a package returns.
func returned(all []source, pkg, name string) (values []string) {
	for _, s := range all {
		for _, d := range s.syntax.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || s.pkg != pkg || f.Name.Name != name {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if r, ok := n.(*ast.ReturnStmt); ok {
					for _, e := range r.Results {
						if v, ok := literal(e); ok && v != "" {
							values = append(values, v)
						}
					}
				}
				return true
			})
		}
	}
	return values
}

// written is a short expression as it stands in the code.
func written(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return written(e.X) + "." + e.Sel.Name
	case *ast.CallExpr:
		return written(e.Fun) + "(…)"
	case *ast.BasicLit:
		v, _ := strconv.Unquote(e.Value)
		return v
	}
	return fmt.Sprintf("%T", e)
}
