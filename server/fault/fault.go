// Package fault is the vocabulary of errors that a person may read.
//
// A fault is made where the decision is made, carries one sentence for a person and a kind for a
// program, and is translated once at each edge (graph and httpd). Any other error is internal: the
// edges log it and show none of it.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of refusal a fault is. The edges map it to a GraphQL code and an HTTP status.
type Kind string

const (
	// Unauthenticated: nobody is signed in, or the session has ended.
	Unauthenticated Kind = "UNAUTHENTICATED"
	// NotFound: it does not exist, or not for this viewer. The two look the same on purpose.
	NotFound Kind = "NOT_FOUND"
	// Denied: the viewer sees it and may not do this to it.
	Denied Kind = "FORBIDDEN"
	// Invalid: the input is wrong; Field says where.
	Invalid Kind = "BAD_USER_INPUT"
	// Conflict: the state has moved on, or the name is taken.
	Conflict Kind = "CONFLICT"
	// Forked: a replica numbers its writes as no one replica can; its files were copied or restored.
	Forked Kind = "FORKED"
	// Exhausted: too many tries or too much at once; RetryAfter says when to come back.
	Exhausted Kind = "RATE_LIMITED"
	// TooComplex: a query asks for more than one request may.
	TooComplex Kind = "QUERY_TOO_COMPLEX"
	// CursorExpired: the position can no longer be continued; walk again from the start and sweep.
	CursorExpired Kind = "CURSOR_EXPIRED"
	// Outdated: the client speaks a version of the protocol that this server does not, or not any more.
	Outdated Kind = "UPGRADE_REQUIRED"
	// Unavailable: a part that is needed does not answer; the same call may succeed later.
	Unavailable Kind = "UNAVAILABLE"
)

// Fault is an error that may be shown to the person who caused it.
type Fault struct {
	Kind Kind
	// Field is the path of the input at fault, such as "email"; empty where no single input is.
	Field string
	// Message is one sentence in English, without internals. In says it in other languages.
	Message string
	// RetryAfter is how long to wait before the next try; zero where waiting does not help.
	RetryAfter time.Duration
	// Reason is a machine-readable detail of the kind, such as LINEAGE for CursorExpired; may be empty.
	Reason string

	// format and args are what Message was made of.
	format string
	args   []any
}

// Error returns the sentence for a person.
func (f *Fault) Error() string { return f.Message }

// New returns a fault of a kind with a formatted sentence. Its French stands in package french, under the format. An
// argument that is a Word or a Fault is said in the sentence's language, any other as it is.
func New(kind Kind, format string, args ...any) *Fault {
	return &Fault{Kind: kind, Message: fmt.Sprintf(format, args...), format: format, args: args}
}

// Field returns an Invalid fault that blames one input field.
func Field(field, format string, args ...any) *Fault {
	f := New(Invalid, format, args...)
	f.Field = field
	return f
}

// Missing returns the NotFound fault for a noun ("campaign"), worded alike for absent and invisible things.
func Missing(noun string) *Fault {
	return New(NotFound, "There is no such %s, or it is not shared with you.", Word(noun))
}

// As returns the fault in err's chain, or nil where there is none.
func As(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// Is reports whether err is a fault of the given kind.
func Is(err error, kind Kind) bool {
	f := As(err)
	return f != nil && f.Kind == kind
}
