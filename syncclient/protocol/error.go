package protocol

import (
	"errors"
	"time"
)

// Code says what sort of refusal a typed answer of the server is.
type Code string

// The codes that a client acts on; any other is shown as it is.
const (
	// Unauthenticated: the session has ended, or there never was one.
	Unauthenticated Code = "UNAUTHENTICATED"
	// Forbidden: the person may not do this.
	Forbidden Code = "FORBIDDEN"
	// NotFound: it does not exist, or not for this person; the two look the same.
	NotFound Code = "NOT_FOUND"
	// BadInput: the request is wrong.
	BadInput Code = "BAD_USER_INPUT"
	// RateLimited: too much at once; RetryAfter says when to come back.
	RateLimited Code = "RATE_LIMITED"
	// TooComplex: the request asks for more than one request may.
	TooComplex Code = "QUERY_TOO_COMPLEX"
	// CursorExpired: the position can no longer be continued; walk again and sweep, never wipe.
	CursorExpired Code = "CURSOR_EXPIRED"
	// Unavailable: a part of the server does not answer now.
	Unavailable Code = "UNAVAILABLE"
	// Outdated: the server speaks other versions of the protocol than this client.
	Outdated Code = "UPGRADE_REQUIRED"
	// Internal: the server failed.
	Internal Code = "INTERNAL"
	// Invalid: the server does not understand the document; one of the two is too old.
	Invalid Code = "GRAPHQL_VALIDATION_FAILED"
)

// Error is a typed answer: it came from a Partage server, never from something between. Only such an answer may
// end a session or lead to a removal.
type Error struct {
	Code Code
	// Message is a sentence for a person.
	Message string
	// Reason is a detail for programs, such as LINEAGE for CursorExpired; may be empty.
	Reason string
	// RetryAfter is how long the server asks to wait; zero where it does not say.
	RetryAfter time.Duration
}

// Error returns the server's sentence.
func (e *Error) Error() string {
	if e.Message == "" {
		return "The server refused: " + string(e.Code) + "."
	}
	return e.Message
}

// CodeOf returns the code of the typed answer in err's chain, or "" where there is none.
func CodeOf(err error) Code {
	if e := AsError(err); e != nil {
		return e.Code
	}
	return ""
}

// AsError returns the typed answer in err's chain, or nil where there is none.
func AsError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
