package generated

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// marshalSlice marshals the elements of a list one after the other, in place of gqlgen's function that takes
// the same arguments (see graph/serial). An element that panics makes the list null and the panic an error.
func marshalSlice(ctx context.Context, length int, _ int64, _ bool, element func(ctx context.Context, i int) graphql.Marshaler) graphql.Array {
	list := make(graphql.Array, length)
	for i := range list {
		ctx := graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i})
		ok := false
		if list[i], ok = marshalElement(ctx, i, element); !ok {
			return nil
		}
	}
	return list
}

func marshalElement(ctx context.Context, i int, element func(ctx context.Context, i int) graphql.Marshaler) (m graphql.Marshaler, ok bool) {
	defer func() {
		if v := recover(); v != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, v))
		}
	}()
	return element(ctx, i), true
}
