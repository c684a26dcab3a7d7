package generated

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"testing"

	"github.com/99designs/gqlgen/graphql"
)

func TestMarshalSlice(t *testing.T) {
	refused := errors.New("refused")
	ctx := graphql.WithOperationContext(context.Background(), &graphql.OperationContext{
		RecoverFunc: func(context.Context, any) error { return refused },
	})
	ctx = graphql.WithResponseContext(ctx, graphql.DefaultErrorPresenter, func(context.Context, any) error { return refused })
	number := func(ctx context.Context, i int) graphql.Marshaler {
		return graphql.MarshalString(strconv.Itoa(*graphql.GetFieldContext(ctx).Index + 10*i))
	}
	t.Run("keeps the order and tells each element its place", func(t *testing.T) {
		var out bytes.Buffer
		marshalSlice(ctx, 3, 0, false, number).MarshalGQL(&out)
		if out.String() != `["0","11","22"]` {
			t.Errorf("wrote %s", &out)
		}
	})
	t.Run("is an error where an element panics", func(t *testing.T) {
		list := marshalSlice(ctx, 3, 0, false, func(_ context.Context, i int) graphql.Marshaler {
			if i == 1 {
				panic("the sky fell")
			}
			return graphql.Null
		})
		if errs := graphql.GetErrors(ctx); list != nil || len(errs) != 1 || !errors.Is(errs[0], refused) || errs[0].Path.String() != "[1]" {
			t.Errorf("made %v with %v", list, errs)
		}
	})
}
