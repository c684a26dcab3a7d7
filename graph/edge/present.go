package edge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
)

// internal is the code of what is our own mistake. It is no fault.Kind, so that nobody makes one on purpose.
const internal = "INTERNAL"

// presenter is the one place where an error becomes what a client reads: a fault its sentence and code,
// any other error a fixed sentence with the request's id, under which it is logged.
type presenter struct {
	log   *slog.Logger
	most  int
	count func(code string)
}

// report counts the errors of one answer; resolvers that run at the same time share it.
type report struct{ presented atomic.Int64 }

type reportKey struct{}

// withReport begins a new answer.
func withReport(ctx context.Context) context.Context {
	return context.WithValue(ctx, reportKey{}, &report{})
}

// present returns err for the client, or nil where the answer already holds as many errors as it may: the
// executor compares each error with all before it, so more would cost their square.
func (p *presenter) present(ctx context.Context, err error) *gqlerror.Error {
	r, _ := ctx.Value(reportKey{}).(*report)
	if r == nil {
		r = &report{}
	}
	if r.presented.Add(1) > int64(p.most) {
		return nil
	}
	out := &gqlerror.Error{}
	if e := (*gqlerror.Error)(nil); errors.As(err, &e) {
		out.Path, out.Locations = e.Path, e.Locations
		if e.Err != nil {
			err = e.Err // without the place, which is told for itself
		}
	}
	if out.Path == nil && graphql.HasOperationContext(ctx) {
		out.Path = graphql.GetPath(ctx)
	}
	f := asFault(err)
	if f == nil && ctx.Err() != nil {
		f = asFault(ctx.Err()) // drivers have errors of their own for being interrupted
	}
	if f == nil {
		f = p.unexpected(ctx, err, out)
	}
	out.Message = f.In(caller.Locale(ctx))
	out.Extensions = map[string]any{"code": string(f.Kind)}
	if f.Reason != "" {
		out.Extensions["reason"] = f.Reason
	}
	if f.Field != "" {
		out.Extensions["field"] = f.Field
	}
	if f.RetryAfter > 0 {
		out.Extensions["retryAfterSeconds"] = int(math.Ceil(f.RetryAfter.Seconds()))
	}
	if f.Kind == internal {
		out.Extensions["requestId"] = caller.From(ctx).RequestID
	}
	p.count(string(f.Kind))
	return out
}

// closing returns the errors of an answer with a last one that says so where some were left out.
func (p *presenter) closing(ctx context.Context, errs gqlerror.List) gqlerror.List {
	r, _ := ctx.Value(reportKey{}).(*report)
	if r == nil || len(errs) == 0 || r.presented.Load() <= int64(p.most) {
		return errs
	}
	return append(errs, &gqlerror.Error{
		Message:    fault.New(fault.Invalid, "There are more errors, which were left out.").In(caller.Locale(ctx)),
		Extensions: map[string]any{"code": errs[0].Extensions["code"]},
	})
}

// unexpected logs what is no fault and returns what may be said of it.
func (p *presenter) unexpected(ctx context.Context, err error, at *gqlerror.Error) *fault.Fault {
	id := caller.From(ctx).RequestID
	var panicked *panicError
	attributes := []any{"request", id, "path", at.Path.String(), "error", err}
	if errors.As(err, &panicked) {
		attributes = append(attributes, "stack", string(panicked.stack))
	}
	p.log.ErrorContext(ctx, "graphql: internal error", attributes...)
	return fault.New(internal, "Something went wrong on our side. If it happens again, report it with the id %q.", id)
}

// asFault returns the fault in err, made up where the request ran out of time or was given up.
func asFault(err error) *fault.Fault {
	if f := fault.As(err); f != nil {
		return f
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		f := fault.New(fault.Unavailable, "The request took too long and was stopped. Ask for less, or try again.")
		f.Reason, f.RetryAfter = "TIMEOUT", time.Second
		return f
	case errors.Is(err, context.Canceled):
		return fault.New(fault.Unavailable, "The request was given up.")
	}
	return nil
}

// panicError is what a resolver panicked with.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// recovered is the executor's way from a panic to an error.
func recovered(_ context.Context, v any) error { return &panicError{v, debug.Stack()} }

// statusOf returns the HTTP status of a refusal.
func statusOf(kind fault.Kind) int {
	switch kind {
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Denied:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict, fault.Forked:
		return http.StatusConflict
	case fault.Outdated:
		return http.StatusUpgradeRequired
	case fault.Exhausted:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	case internal:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}
