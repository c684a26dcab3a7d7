package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Effect is what a change of the schema means for clients that were written before it.
type Effect string

const (
	// Breaks: what a client asks for, or how it reads the answer, may be wrong now.
	Breaks Effect = "breaks"
	// Surprises: answers may hold what a client has not been told of, or defaults mean something else.
	Surprises Effect = "surprises"
	// Adds: no client that was written before notices.
	Adds Effect = "adds"
)

// Change is one difference between two schemas.
type Change struct {
	Effect Effect
	// Where is the place, such as Campaign.lists or ItemKind.LEAD.
	Where string
	// What happened there.
	What string
}

// String is the change in one line.
func (c Change) String() string { return fmt.Sprintf("%-9s %s %s", c.Effect, c.Where, c.What) }

// Compare lists how a schema differs from the one before it, what breaks clients first. Descriptions do not
// count.
func Compare(before, after *ast.Schema) []Change {
	c := &comparison{}
	both(c, "", before.Types, after.Types, func(name string) Change { return Change{Breaks, name, "is gone"} },
		func(name string) Change { return Change{Adds, name, "is new"} }, c.definition)
	both(c, "@", before.Directives, after.Directives, func(name string) Change { return Change{Breaks, name, "is gone"} },
		func(name string) Change { return Change{Adds, name, "is new"} }, func(where string, was, is *ast.DirectiveDefinition) {
			c.arguments(where, was.Arguments, is.Arguments)
		})
	order := []Effect{Breaks, Surprises, Adds}
	slices.SortStableFunc(c.changes, func(a, b Change) int {
		if d := slices.Index(order, a.Effect) - slices.Index(order, b.Effect); d != 0 {
			return d
		}
		return strings.Compare(a.Where, b.Where)
	})
	return c.changes
}

type comparison struct{ changes []Change }

func (c *comparison) note(effect Effect, where, what string, args ...any) {
	c.changes = append(c.changes, Change{effect, where, fmt.Sprintf(what, args...)})
}

// both walks what two schemas call alike.
func both[T any](c *comparison, prefix string, before, after map[string]T, gone, added func(string) Change, same func(string, T, T)) {
	for name, was := range before {
		if is, ok := after[name]; ok {
			same(prefix+name, was, is)
		} else {
			c.changes = append(c.changes, gone(prefix+name))
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			c.changes = append(c.changes, added(prefix+name))
		}
	}
}

func (c *comparison) definition(where string, was, is *ast.Definition) {
	if was.Kind != is.Kind {
		c.note(Breaks, where, "was %s and is %s", strings.ToLower(string(was.Kind)), strings.ToLower(string(is.Kind)))
		return
	}
	missing := func(a, b []string) []string {
		return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
	}
	for _, name := range missing(was.Interfaces, is.Interfaces) {
		c.note(Breaks, where, "is no %s any more", name)
	}
	for _, name := range missing(is.Interfaces, was.Interfaces) {
		c.note(Surprises, where, "is also a %s", name)
	}
	for _, name := range missing(was.Types, is.Types) {
		c.note(Breaks, where, "can be no %s any more", name)
	}
	for _, name := range missing(is.Types, was.Types) {
		c.note(Surprises, where, "can also be a %s", name)
	}
	for _, v := range was.EnumValues {
		if is.EnumValues.ForName(v.Name) == nil {
			c.note(Breaks, where+"."+v.Name, "is gone")
		}
	}
	for _, v := range is.EnumValues {
		if was.EnumValues.ForName(v.Name) == nil {
			c.note(Surprises, where+"."+v.Name, "is new")
		}
	}
	c.fields(where, was, is)
}

func (c *comparison) fields(where string, was, is *ast.Definition) {
	input := was.Kind == ast.InputObject
	for _, f := range was.Fields {
		at := where + "." + f.Name
		now := is.Fields.ForName(f.Name)
		switch {
		case now == nil:
			c.note(Breaks, at, "is gone")
		case input:
			c.input(at, f.Type, now.Type, f.DefaultValue, now.DefaultValue)
		default:
			if !reads(f.Type, now.Type) {
				c.note(Breaks, at, "was %s and is %s", f.Type, now.Type)
			} else if f.Type.String() != now.Type.String() {
				c.note(Adds, at, "was %s and is %s", f.Type, now.Type)
			}
			c.arguments(at, f.Arguments, now.Arguments)
		}
	}
	for _, f := range is.Fields {
		switch at := where + "." + f.Name; {
		case was.Fields.ForName(f.Name) != nil || strings.HasPrefix(f.Name, "__"):
		case input && f.Type.NonNull && f.DefaultValue == nil:
			c.note(Breaks, at, "is new and must be given")
		default:
			c.note(Adds, at, "is new")
		}
	}
}

func (c *comparison) arguments(where string, was, is ast.ArgumentDefinitionList) {
	for _, a := range was {
		at := where + "(" + a.Name + ")"
		if now := is.ForName(a.Name); now == nil {
			c.note(Breaks, at, "is gone")
		} else {
			c.input(at, a.Type, now.Type, a.DefaultValue, now.DefaultValue)
		}
	}
	for _, a := range is {
		switch at := where + "(" + a.Name + ")"; {
		case was.ForName(a.Name) != nil:
		case a.Type.NonNull && a.DefaultValue == nil:
			c.note(Breaks, at, "is new and must be given")
		default:
			c.note(Adds, at, "is new")
		}
	}
}

// input compares what clients give.
func (c *comparison) input(at string, was, is *ast.Type, before, after *ast.Value) {
	switch {
	case !takes(was, is) && (after == nil || !sameButNull(was, is)):
		c.note(Breaks, at, "was %s and is %s", was, is)
	case was.String() != is.String():
		c.note(Adds, at, "was %s and is %s", was, is)
	}
	switch {
	case is.NonNull && before != nil && after == nil:
		c.note(Breaks, at, "must be given, and had a default")
	case before.String() != after.String():
		c.note(Surprises, at, "is by default %s and was %s", or(after), or(before))
	}
}

func or(v *ast.Value) string {
	if v == nil {
		return "nothing"
	}
	return v.String()
}

// reads reports whether whoever reads values of one type can read those of another: a promise of no nulls may
// be added and not taken back.
func reads(was, is *ast.Type) bool {
	if was.NonNull && !is.NonNull || (was.Elem == nil) != (is.Elem == nil) || was.NamedType != is.NamedType {
		return false
	}
	return was.Elem == nil || reads(was.Elem, is.Elem)
}

// takes reports whether what was given for one type can be given for another: the reverse of reads.
func takes(was, is *ast.Type) bool { return reads(is, was) }

// sameButNull reports whether two types differ in nothing but that the outermost may be left out.
func sameButNull(a, b *ast.Type) bool {
	x, y := *a, *b
	x.NonNull, y.NonNull = false, false
	return x.String() == y.String()
}
