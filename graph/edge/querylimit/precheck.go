package querylimit

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Precheck reports the first thing in doc that is beyond the limits, or nil. The document comes straight
// from the parser, which must have bounded its tokens and nesting. It also refuses cycles of fragments
// and fragments of the same name, without which the limits would say nothing, and @defer, which no
// transport of ours can answer.
//
// work is the number of elements looked at, at most a constant times the size of the document plus
// Limits.Selections for each operation and fragment; it serves as a measure of the document's weight.
func Precheck(doc *ast.QueryDocument, limits Limits) (work int, err *gqlerror.Error) {
	c := precheck{limits: limits, fragments: make(map[string]*fragment, min(len(doc.Fragments), limits.Fragments))}
	err = c.document(doc)
	return c.work, err
}

type precheck struct {
	limits    Limits
	work      int
	aliases   int
	fragments map[string]*fragment
}

// fragment is a definition with what it comes to when all that it spreads is put in its place.
type fragment struct {
	definition *ast.FragmentDefinition
	state      state
	size       extent
}

type state int

const (
	untouched state = iota
	underway
	measured
)

func (c *precheck) document(doc *ast.QueryDocument) *gqlerror.Error {
	if n := len(doc.Operations); n > c.limits.Operations {
		return tooComplex(doc.Operations[n-1].Position, "A document may hold at most %d operations.", c.limits.Operations)
	}
	if n := len(doc.Fragments); n > c.limits.Fragments {
		return tooComplex(doc.Fragments[n-1].Position, "A document may define at most %d fragments.", c.limits.Fragments)
	}
	for _, f := range doc.Fragments {
		if err := c.names(f.Position, f.Name, f.TypeCondition); err != nil {
			return err
		}
		if c.fragments[f.Name] != nil {
			return invalid(f.Position, "There are two fragments named %q.", f.Name)
		}
		c.fragments[f.Name] = &fragment{definition: f}
	}
	for _, o := range doc.Operations {
		if err := c.operation(o); err != nil {
			return err
		}
	}
	for _, f := range doc.Fragments {
		if err := c.directives(f.Directives); err != nil {
			return err
		}
		if err := c.selections(f.SelectionSet); err != nil {
			return err
		}
	}
	return c.expanded(doc)
}

func (c *precheck) operation(o *ast.OperationDefinition) *gqlerror.Error {
	if len(o.VariableDefinitions) > c.limits.Variables {
		return tooComplex(o.Position, "An operation may have at most %d variables.", c.limits.Variables)
	}
	if err := c.names(o.Position, o.Name); err != nil {
		return err
	}
	for _, v := range o.VariableDefinitions {
		if err := c.names(v.Position, v.Variable, v.Type.Name()); err != nil {
			return err
		}
		if err := c.value(v.DefaultValue, 0); err != nil {
			return err
		}
		if err := c.directives(v.Directives); err != nil {
			return err
		}
	}
	if err := c.directives(o.Directives); err != nil {
		return err
	}
	return c.selections(o.SelectionSet)
}

func (c *precheck) selections(set ast.SelectionSet) *gqlerror.Error {
	for _, s := range set {
		c.work++
		var directives ast.DirectiveList
		var children ast.SelectionSet
		var err *gqlerror.Error
		switch s := s.(type) {
		case *ast.Field:
			if err = c.names(s.Position, s.Name, s.Alias); err != nil {
				return err
			}
			if s.Alias != s.Name {
				if c.aliases++; c.aliases > c.limits.Aliases {
					return tooComplex(s.Position, "A document may have at most %d aliases.", c.limits.Aliases)
				}
			}
			err = c.arguments(s.Arguments)
			directives, children = s.Directives, s.SelectionSet
		case *ast.InlineFragment:
			err = c.names(s.Position, s.TypeCondition)
			directives, children = s.Directives, s.SelectionSet
		case *ast.FragmentSpread:
			err = c.names(s.Position, s.Name)
			directives = s.Directives
		}
		if err != nil {
			return err
		}
		if err := c.directives(directives); err != nil {
			return err
		}
		if err := c.selections(children); err != nil {
			return err
		}
	}
	return nil
}

func (c *precheck) directives(list ast.DirectiveList) *gqlerror.Error {
	if n := len(list); n > c.limits.Directives {
		return tooComplex(list[n-1].Position, "One place may have at most %d directives.", c.limits.Directives)
	}
	for _, d := range list {
		c.work++
		if err := c.names(d.Position, d.Name); err != nil {
			return err
		}
		if d.Name == "defer" {
			return invalid(d.Position, "The directive @defer is not supported.")
		}
		if err := c.arguments(d.Arguments); err != nil {
			return err
		}
	}
	return nil
}

func (c *precheck) arguments(list ast.ArgumentList) *gqlerror.Error {
	if n := len(list); n > c.limits.Arguments {
		return tooComplex(list[n-1].Position, "A field or directive may have at most %d arguments.", c.limits.Arguments)
	}
	for _, a := range list {
		c.work++
		if err := c.names(a.Position, a.Name); err != nil {
			return err
		}
		if err := c.value(a.Value, 0); err != nil {
			return err
		}
	}
	return nil
}

func (c *precheck) value(v *ast.Value, depth int) *gqlerror.Error {
	if v == nil {
		return nil
	}
	c.work++
	if v.Kind == ast.ListValue || v.Kind == ast.ObjectValue {
		if depth++; depth > c.limits.ValueDepth {
			return tooComplex(v.Position, "A value may nest at most %d deep.", c.limits.ValueDepth)
		}
	}
	if v.Kind == ast.Variable || v.Kind == ast.EnumValue {
		if err := c.names(v.Position, v.Raw); err != nil {
			return err
		}
	}
	for _, child := range v.Children {
		if err := c.names(child.Position, child.Name); err != nil {
			return err
		}
		if err := c.value(child.Value, depth); err != nil {
			return err
		}
	}
	return nil
}

// names bounds what validation quotes in its messages, which it writes once for each pair of fields that
// do not go together.
func (c *precheck) names(at *ast.Position, names ...string) *gqlerror.Error {
	for _, name := range names {
		if len(name) > c.limits.Name {
			return tooComplex(at, "A name may have at most %d characters.", c.limits.Name)
		}
	}
	return nil
}
