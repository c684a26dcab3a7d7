package edge

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partage-mail/partage/server/fault"
)

// operation is one that has passed every check and may run.
type operation struct {
	server *Server
	ctx    context.Context
	cancel context.CancelFunc
	inner  *graphql.OperationContext
}

// prepare checks a request in the order of the package's description. What it refuses is ready to be
// encoded. The operation's end must be called.
func (s *Server) prepare(ctx context.Context, r request, header http.Header) (*operation, gqlerror.List) {
	ctx = withReport(ctx)
	o := &operation{server: s}
	if errs := o.check(ctx, r, header); len(errs) > 0 {
		return nil, s.presentAll(ctx, errs)
	}
	return o, nil
}

func (o *operation) check(ctx context.Context, r request, header http.Header) gqlerror.List {
	s := o.server
	doc, errs := s.admit(ctx, r.query)
	if len(errs) > 0 {
		return errs
	}
	op, refused := pick(doc, r.operationName)
	if refused == nil {
		refused = checkVariables(s.schema.Schema(), op, r.variables)
	}
	if refused != nil {
		return gqlerror.List{refused}
	}
	ctx = graphql.StartOperationTrace(withDocument(ctx, doc))
	now := graphql.Now()
	inner, errs := o.server.exec.CreateOperationContext(ctx, &graphql.RawParams{
		Query: r.query, OperationName: r.operationName, Variables: r.variables, Headers: header,
		ReadTime: graphql.TraceTiming{Start: now, End: now},
	})
	if len(errs) > 0 {
		return blame(errs) // only the coercion of variables is left to fail
	}
	if _, refused = s.limits.Budget.Check(s.schema.Schema(), op, inner.Variables); refused != nil {
		return gqlerror.List{refused}
	}
	_, signedIn := s.config.Session(ctx)
	inner.DisableIntrospection = !signedIn
	o.ctx, o.inner = graphql.WithOperationContext(ctx, inner), inner
	if op.Operation == ast.Subscription {
		o.ctx, o.cancel = context.WithCancel(o.ctx)
	} else {
		o.ctx, o.cancel = context.WithTimeout(o.ctx, s.limits.Timeout)
	}
	return nil
}

// isSubscription reports whether the operation answers more than once.
func (o *operation) isSubscription() bool { return o.inner.Operation.Operation == ast.Subscription }

// kind names the operation for metrics.
func (o *operation) kind() string { return string(o.inner.Operation.Operation) }

// end stops what is left of the operation.
func (o *operation) end() { o.cancel() }

// run executes the operation and hands each answer to send, until there are no more or send returns false.
func (o *operation) run(send func(*graphql.Response) bool) {
	responses, ctx := o.server.exec.DispatchOperation(o.ctx, o.inner)
	for {
		// Each answer has its own count of errors.
		ctx := withReport(ctx)
		response := responses(ctx)
		if response == nil {
			if !o.isSubscription() && ctx.Err() != nil {
				send(&graphql.Response{Errors: o.server.presentAll(ctx, gqlerror.List{gqlerror.Wrap(ctx.Err())})})
			}
			return
		}
		response.Errors = o.server.presenter.closing(ctx, response.Errors)
		if !send(response) || !o.isSubscription() {
			return
		}
	}
}

// presentAll presents refusals, as many as one answer may tell.
func (s *Server) presentAll(ctx context.Context, errs gqlerror.List) gqlerror.List {
	var presented gqlerror.List
	for _, e := range errs {
		if p := s.presenter.present(ctx, e); p != nil {
			presented = append(presented, p)
		}
	}
	return s.presenter.closing(ctx, presented)
}

// pick returns the operation of the document that is asked for.
func pick(doc *ast.QueryDocument, name string) (*ast.OperationDefinition, *gqlerror.Error) {
	if op := doc.Operations.ForName(name); op != nil {
		return op, nil
	}
	if name == "" {
		return nil, refusal(nil, fault.Field("operationName", "The document holds %d operations: say which one with \"operationName\".", len(doc.Operations)))
	}
	return nil, refusal(nil, fault.Field("operationName", "The document holds no operation named %q.", clip(name)))
}
