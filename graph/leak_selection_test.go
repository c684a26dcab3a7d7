package graph_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// selection writes requests that ask for everything there is: each field of a type, and of what it leads to. So a
// field that is new in the schema is asked for without anybody thinking of it.
type selection struct {
	*ast.Schema
	unknown []string // arguments that it cannot fill
}

// of returns the selection set of a type. Each thing with an id that is entered costs one of hops; where none is
// left it is asked for its type only.
func (s *selection) of(typ *ast.Definition, hops int, inside ...string) string {
	if slices.Contains(inside, typ.Name) {
		return ""
	}
	inside = append(inside, typ.Name)
	if s.node(typ) {
		if hops == 0 {
			return "{ __typename }"
		}
		hops--
		inside = []string{typ.Name}
	}
	var b strings.Builder
	b.WriteString("{ __typename ")
	if typ.IsAbstractType() {
		for _, one := range s.GetPossibleTypes(typ) {
			fmt.Fprintf(&b, "... on %s { %s } ", one.Name, s.fields(one, hops, inside, strings.ToLower(one.Name)))
		}
	} else {
		b.WriteString(s.fields(typ, hops, inside, ""))
	}
	return b.String() + "}"
}

func (s *selection) node(typ *ast.Definition) bool {
	return typ.Name == "Item" || typ.Name == "Node" || slices.Contains(typ.Interfaces, "Node")
}

// fields asks for each field of a type. Two types of one place may have fields of one name and of different types:
// those get another name.
func (s *selection) fields(typ *ast.Definition, hops int, inside []string, alias string) string {
	var b strings.Builder
	for _, f := range typ.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		below := ""
		if d := s.Types[f.Type.Name()]; d.IsCompositeType() {
			if below = s.of(d, hops, inside...); below == "" {
				continue
			}
		}
		name := f.Name
		if alias != "" && slices.Contains([]string{"state", "kind", "value", "reason", "fields", "items", "access"}, f.Name) {
			name = alias + "_" + f.Name + ": " + f.Name
		}
		fmt.Fprintf(&b, "%s%s %s ", name, s.arguments(typ, f), below)
	}
	return b.String()
}

// arguments fills what a field below the root needs to be asked.
func (s *selection) arguments(typ *ast.Definition, f *ast.FieldDefinition) string {
	var filled []string
	for _, a := range f.Arguments {
		switch {
		case a.Name == "first":
			filled = append(filled, "first: 3")
		case a.Type.NonNull && a.DefaultValue == nil:
			s.unknown = append(s.unknown, fmt.Sprintf("%s.%s(%s:)", typ.Name, f.Name, a.Name))
		}
	}
	if len(filled) == 0 {
		return ""
	}
	return "(" + strings.Join(filled, ", ") + ")"
}
