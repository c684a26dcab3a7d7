package querylimit

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Budget bounds what one operation may read. It is counted before running, from the sizes of pages that
// the operation asks for, multiplied down the tree.
//
// A field with the arguments first and last is a connection: exactly one of the two must be given, from 1
// to Connection. A field with first alone is a page of the change feed, from 1 to Feed; its lists hold that
// many objects together. A list with the argument ids holds as many objects as ids are given, at most
// Connection. Any other list is taken to hold List objects.
type Budget struct {
	// Nodes is how many objects of types that implement Node may be read in all.
	Nodes int64
	// Cost is the most that all fields may cost in all: a field of objects costs 1 for each object it may
	// hold, a plain value nothing, unless Weights says otherwise.
	Cost int64
	// Connection is the largest page of a connection.
	Connection int
	// Feed is the largest page of the change feed.
	Feed int
	// List is the assumed size of a list whose size no argument says.
	List int
	// Introspection is the cost of __schema and of __type.
	Introspection int64
	// Weights are costs of single fields by "Type.field", where they differ from the rule of Cost.
	Weights map[string]int64
}

// DefaultBudget allows a page of 100 with pages of 100 in it, or a page of 500 changes with all that
// belongs to an item.
func DefaultBudget() Budget {
	return Budget{Nodes: 10_500, Cost: 30_000, Connection: 100, Feed: 500, List: 5, Introspection: 1000}
}

// Usage is what an operation may read at most.
type Usage struct{ Nodes, Cost int64 }

// Check returns what op may read, and an error where that is beyond the budget or a page size is missing
// or out of range. The document must have passed validation against schema, and variables are those of
// the operation after coercion. Conditions of @skip and @include are not looked at.
func (b *Budget) Check(schema *ast.Schema, op *ast.OperationDefinition, variables map[string]any) (Usage, *gqlerror.Error) {
	root := map[ast.Operation]*ast.Definition{
		ast.Query: schema.Query, ast.Mutation: schema.Mutation, ast.Subscription: schema.Subscription,
	}[op.Operation]
	c := count{Budget: b, schema: schema, variables: variables, fields: map[fieldKey]Usage{}}
	usage, err := c.object(op.SelectionSet, root, 0)
	if err != nil {
		return usage, err
	}
	if usage.Nodes > b.Nodes {
		return usage, tooComplex(op.Position, "This could read %s objects; one request may read %d. Ask for smaller pages or fewer levels.", amount(usage.Nodes), b.Nodes)
	}
	if usage.Cost > b.Cost {
		return usage, tooComplex(op.Position, "This could cost %s; one request may cost %d. Ask for smaller pages or fewer fields.", amount(usage.Cost), b.Cost)
	}
	return usage, nil
}

type count struct {
	*Budget
	schema    *ast.Schema
	variables map[string]any
	// fields remembers each field by the type it is read on and the page it stands in, so that a fragment
	// spread in many places is counted once.
	fields map[fieldKey]Usage
}

type fieldKey struct {
	field  *ast.Field
	parent *ast.Definition
	page   int
}

// object returns what one object of type t costs to read with a selection set, the object itself not
// counted. page is how many elements the lists of the object hold together where it is a page, else 0. Of
// an interface or union it is the most that any of its types costs.
func (c *count) object(set ast.SelectionSet, t *ast.Definition, page int) (Usage, *gqlerror.Error) {
	if t.Kind == ast.Object {
		lists := map[string]Usage{}
		sum, err := c.selections(set, t, page, lists)
		var most Usage
		for _, list := range lists {
			most = most.max(list)
		}
		return sum.plus(most), err
	}
	var most Usage
	for _, possible := range c.schema.GetPossibleTypes(t) {
		u, err := c.object(set, possible, page)
		if err != nil {
			return u, err
		}
		most = most.max(u)
	}
	return most, nil
}

// selections sums the fields that apply to the object type t. What the lists of a page cost is put into
// lists by name, since they share the page's elements; aliases of one list do not.
func (c *count) selections(set ast.SelectionSet, t *ast.Definition, page int, lists map[string]Usage) (Usage, *gqlerror.Error) {
	var sum Usage
	for _, s := range set {
		var u Usage
		var err *gqlerror.Error
		switch s := s.(type) {
		case *ast.Field:
			u, err = c.field(s, t, page)
			if d := t.Fields.ForName(s.Name); page > 0 && d != nil && d.Type.Elem != nil {
				lists[s.Name] = lists[s.Name].plus(u)
				u = Usage{}
			}
		case *ast.InlineFragment:
			if c.applies(s.TypeCondition, t) {
				u, err = c.selections(s.SelectionSet, t, page, lists)
			}
		case *ast.FragmentSpread:
			if c.applies(s.Definition.TypeCondition, t) {
				u, err = c.selections(s.Definition.SelectionSet, t, page, lists)
			}
		}
		if err != nil {
			return sum, err
		}
		sum = sum.plus(u)
	}
	return sum, nil
}

func (c *count) field(f *ast.Field, parent *ast.Definition, page int) (Usage, *gqlerror.Error) {
	switch f.Name {
	case "__typename":
		return Usage{}, nil
	case "__schema", "__type":
		return Usage{Cost: c.Introspection}, nil
	}
	key := fieldKey{f, parent, page}
	if u, ok := c.fields[key]; ok {
		return u, nil
	}
	d := parent.Fields.ForName(f.Name)
	t := c.schema.Types[d.Type.Name()]
	size, childPage, err := c.size(f, d, page)
	if err != nil {
		return Usage{}, err
	}
	var each Usage
	var weight int64
	if t.IsCompositeType() {
		if each, err = c.object(f.SelectionSet, t, childPage); err != nil {
			return Usage{}, err
		}
		weight = 1
		if t.Name == "Node" || slices.Contains(t.Interfaces, "Node") {
			each.Nodes = add(each.Nodes, 1)
		}
	}
	if w, ok := c.Weights[parent.Name+"."+f.Name]; ok {
		weight = w
	}
	if skip, ok := c.argument(f, d, "skip"); ok { // rows that are passed over are read, too
		if n, ok := wholeNumber(skip); ok && n > 0 {
			weight = add(weight, n/skipped)
		}
	}
	u := Usage{Nodes: multiply(each.Nodes, size), Cost: multiply(add(each.Cost, weight), size)}
	c.fields[key] = u
	return u, nil
}

// skipped is how many rows that are passed over cost as much as one that is returned.
const skipped = 1_000

// size returns how many values the field holds, and, where it is a page, how many elements the lists in
// it hold together.
func (c *count) size(f *ast.Field, d *ast.FieldDefinition, page int) (size int64, childPage int, err *gqlerror.Error) {
	first, last := d.Arguments.ForName("first"), d.Arguments.ForName("last")
	switch {
	case first != nil && last != nil:
		childPage, err = c.connection(f, d)
		return 1, childPage, err
	case first != nil:
		childPage, err = c.feed(f, d)
		return 1, childPage, err
	case d.Type.Elem == nil:
		return 1, 0, nil
	case page > 0:
		return int64(page), 0, nil
	}
	if ids, ok := c.argument(f, d, "ids"); ok {
		list, _ := ids.([]any)
		if len(list) > c.Connection {
			return 0, 0, invalid(f.Position, "%q takes at most %d ids.", f.Name, c.Connection)
		}
		return int64(max(1, len(list))), 0, nil
	}
	return int64(c.List), 0, nil
}

func (c *count) connection(f *ast.Field, d *ast.FieldDefinition) (int, *gqlerror.Error) {
	first, hasFirst := c.argument(f, d, "first")
	last, hasLast := c.argument(f, d, "last")
	if hasFirst == hasLast {
		return 0, invalid(f.Position, "%q needs either \"first\" or \"last\", from 1 to %d.", f.Name, c.Connection)
	}
	if hasFirst {
		return c.within(f, "first", first, c.Connection)
	}
	return c.within(f, "last", last, c.Connection)
}

func (c *count) feed(f *ast.Field, d *ast.FieldDefinition) (int, *gqlerror.Error) {
	first, ok := c.argument(f, d, "first")
	if !ok {
		return 0, invalid(f.Position, "%q needs \"first\", from 1 to %d.", f.Name, c.Feed)
	}
	return c.within(f, "first", first, c.Feed)
}

func (c *count) within(f *ast.Field, argument string, value any, most int) (int, *gqlerror.Error) {
	n, ok := wholeNumber(value)
	if !ok || n < 1 || n > int64(most) {
		return 0, invalid(f.Position, "%q of %q must be from 1 to %d.", argument, f.Name, most)
	}
	return int(n), nil
}

// argument returns the value of an argument, its default where it is left out, and false where that leaves
// null or nothing.
func (c *count) argument(f *ast.Field, d *ast.FieldDefinition, name string) (any, bool) {
	definition := d.Arguments.ForName(name)
	if definition == nil {
		return nil, false
	}
	value := definition.DefaultValue
	if given := f.Arguments.ForName(name); given != nil {
		if _, set := c.variables[given.Value.Raw]; set || given.Value.Kind != ast.Variable {
			value = given.Value
		}
	}
	v, err := value.Value(c.variables)
	return v, err == nil && v != nil
}

// applies reports whether a fragment on the type named condition reads objects of type t.
func (c *count) applies(condition string, t *ast.Definition) bool {
	if condition == "" || condition == t.Name {
		return true
	}
	return slices.ContainsFunc(c.schema.GetImplements(t), func(d *ast.Definition) bool {
		return d.Name == condition
	})
}
