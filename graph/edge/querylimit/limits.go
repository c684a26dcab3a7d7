// Package querylimit says whether a GraphQL document asks for more than one request may.
//
// It looks twice. Precheck looks at the bare syntax tree before validation: it takes time linear in the
// document and refuses what would make validation or execution take more, such as fragments that spread
// into ever more fragments or the same field repeated without end. Budget looks at the validated
// operation with its variables before execution: it demands page sizes and multiplies them down the
// tree, so that what is counted is what would be read. Both only read the document and are safe for
// concurrent use.
//
// Refusals are of type *gqlerror.Error, hold a *fault.Fault (TooComplex where a limit is exceeded,
// Invalid where something is missing or wrong) and name the place in the document.
package querylimit

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partage-mail/partage/server/fault"
)

// Limits of the syntax tree. They count what the text holds, except where expanded: there a fragment
// counts at each place that spreads it.
type Limits struct {
	// Operations in the document.
	Operations int
	// Fragments defined in the document.
	Fragments int
	// Depth to which fields nest, expanded.
	Depth int
	// Selections (fields, spreads, inline fragments), expanded, of each operation and of each fragment
	// for itself.
	Selections int
	// Repeats of one response name at one place of the answer, expanded.
	Repeats int
	// Spreads of fragments at one place of the answer, expanded.
	Spreads int
	// Aliases in the document.
	Aliases int
	// Variables of one operation.
	Variables int
	// Arguments of one field or directive.
	Arguments int
	// Directives at one place.
	Directives int
	// Name is the longest name of anything, in bytes.
	Name int
	// ValueDepth to which lists and objects nest in a literal value.
	ValueDepth int
}

// DefaultLimits leave room for an introspection query and for pages of a dashboard composed of many
// fragments.
func DefaultLimits() Limits {
	return Limits{
		Operations: 10,
		Fragments:  50,
		Depth:      20,
		Selections: 2000,
		Repeats:    50,
		Spreads:    200,
		Aliases:    100,
		Variables:  100,
		Arguments:  50,
		Directives: 4,
		Name:       128,
		ValueDepth: 8,
	}
}

// refuse returns f with its place in the document.
func refuse(at *ast.Position, f *fault.Fault) *gqlerror.Error {
	e := &gqlerror.Error{Err: f, Message: f.Message}
	if at != nil {
		e.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
	return e
}

func tooComplex(at *ast.Position, format string, args ...any) *gqlerror.Error {
	return refuse(at, fault.New(fault.TooComplex, format, args...))
}

func invalid(at *ast.Position, format string, args ...any) *gqlerror.Error {
	return refuse(at, fault.New(fault.Invalid, format, args...))
}
