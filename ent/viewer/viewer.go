// Package viewer says who is looking.
//
// It is the leaf on which the generated ORM and the one visibility rule meet: ent's policies ask the
// viewer in the context how to narrow a query, and package sharing answers. A context without a viewer
// sees nothing and changes nothing.
package viewer

import (
	"context"

	"entgo.io/ent/dialect/sql"
)

// Narrowing restricts a query to the rows its viewer may see. nil means every row.
type Narrowing func(*sql.Selector)

// Viewer decides what a query may return.
type Viewer interface {
	// Narrow returns how queries of the entity (an ent schema name such as "Item") are restricted.
	// ok is false where this viewer may not read the entity at all.
	Narrow(entity string) (n Narrowing, ok bool)
}

type viewerKey struct{}
type writingKey struct{}

// NewContext returns a context whose queries are made by v.
func NewContext(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// FromContext returns the viewer of the context, or nil where nobody is looking.
func FromContext(ctx context.Context) Viewer {
	v, _ := ctx.Value(viewerKey{}).(Viewer)
	return v
}

// System returns a context that sees every row of every account. The reason is for the reader of the
// code: a test counts the calls and holds their number, so that each one is looked at.
func System(ctx context.Context, reason string) context.Context {
	return NewContext(ctx, system{reason})
}

type system struct{ reason string }

func (system) Narrow(string) (Narrowing, bool) { return nil, true }

// Writing returns a context in which the generated builders may change rows. Only the function that
// owns a transaction calls it: a write outside of one would have no change number.
func Writing(ctx context.Context) context.Context {
	return context.WithValue(ctx, writingKey{}, true)
}

// IsWriting reports whether the context belongs to a writing transaction.
func IsWriting(ctx context.Context) bool {
	w, _ := ctx.Value(writingKey{}).(bool)
	return w
}
