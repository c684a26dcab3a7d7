package querylimit

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// extent is what a selection set comes to with every fragment put in its place.
type extent struct {
	selections int
	depth      int
}

// expanded checks what depends on where fragments are spread. Each fragment is measured once, and what it
// comes to is added wherever it is spread, so that doubling at each level costs nothing to see.
func (c *precheck) expanded(doc *ast.QueryDocument) *gqlerror.Error {
	var roots []ast.SelectionSet
	for _, f := range doc.Fragments {
		if _, err := c.fragment(f.Name, f.Position); err != nil {
			return err
		}
		roots = append(roots, f.SelectionSet)
	}
	for _, o := range doc.Operations {
		size, err := c.extent(o.SelectionSet)
		if err == nil {
			err = c.within(size, o.Position)
		}
		if err != nil {
			return err
		}
		roots = append(roots, o.SelectionSet)
	}
	// From here on each root is known to be small even when written out.
	for _, root := range roots {
		if err := c.repeats([]ast.SelectionSet{root}); err != nil {
			return err
		}
	}
	return nil
}

func (c *precheck) fragment(name string, at *ast.Position) (extent, *gqlerror.Error) {
	f := c.fragments[name]
	if f == nil {
		return extent{}, nil // validation says so
	}
	switch f.state {
	case measured:
		return f.size, nil
	case underway:
		return extent{}, invalid(at, "The fragment %q spreads itself.", name)
	}
	f.state = underway
	size, err := c.extent(f.definition.SelectionSet)
	if err == nil {
		err = c.within(size, f.definition.Position)
	}
	if err != nil {
		return extent{}, err
	}
	f.state, f.size = measured, size
	return size, nil
}

func (c *precheck) within(size extent, at *ast.Position) *gqlerror.Error {
	if size.depth > c.limits.Depth {
		return tooComplex(at, "Fields may nest at most %d deep.", c.limits.Depth)
	}
	if size.selections > c.limits.Selections {
		return tooComplex(at, "An operation may select at most %d fields, counting a fragment wherever it is spread.", c.limits.Selections)
	}
	return nil
}

func (c *precheck) extent(set ast.SelectionSet) (extent, *gqlerror.Error) {
	var sum extent
	for _, s := range set {
		c.work++
		var child extent
		var err *gqlerror.Error
		switch s := s.(type) {
		case *ast.Field:
			child, err = c.extent(s.SelectionSet)
			child.depth++
		case *ast.InlineFragment:
			child, err = c.extent(s.SelectionSet)
		case *ast.FragmentSpread:
			child, err = c.fragment(s.Name, s.Position)
		}
		if err != nil {
			return extent{}, err
		}
		// Every summand is at most the limit or the size of the text: this cannot overflow.
		sum.selections += 1 + child.selections
		sum.depth = max(sum.depth, child.depth)
	}
	return sum, nil
}

// repeats bounds how many fields share one response name at one place of the answer, and how many
// fragments are spread there: validation compares them in pairs. sets are the selection sets that merge at this place.
func (c *precheck) repeats(sets []ast.SelectionSet) *gqlerror.Error {
	places := map[string]*place{}
	var names []*place
	spreads := 0
	var collect func(ast.SelectionSet) *gqlerror.Error
	collect = func(set ast.SelectionSet) *gqlerror.Error {
		for _, s := range set {
			c.work++
			var err *gqlerror.Error
			switch s := s.(type) {
			case *ast.Field:
				p := places[s.Alias]
				if p == nil {
					p = &place{}
					places[s.Alias] = p
					names = append(names, p)
				}
				if p.fields++; p.fields > c.limits.Repeats {
					return tooComplex(s.Position, "%q may stand at most %d times at one place.", s.Alias, c.limits.Repeats)
				}
				if len(s.SelectionSet) > 0 {
					p.sets = append(p.sets, s.SelectionSet)
				}
			case *ast.InlineFragment:
				err = collect(s.SelectionSet)
			case *ast.FragmentSpread:
				if spreads++; spreads > c.limits.Spreads {
					return tooComplex(s.Position, "Fragments may be spread at most %d times at one place.", c.limits.Spreads)
				}
				if f := c.fragments[s.Name]; f != nil {
					err = collect(f.definition.SelectionSet)
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	for _, set := range sets {
		if err := collect(set); err != nil {
			return err
		}
	}
	for _, p := range names {
		if err := c.repeats(p.sets); err != nil {
			return err
		}
	}
	return nil
}

// place is one response name at one place of the answer.
type place struct {
	fields int
	sets   []ast.SelectionSet
}
