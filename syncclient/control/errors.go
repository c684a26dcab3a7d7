package control

import (
	"context"
	"errors"
	"unicode"
	"unicode/utf8"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/transport"
)

// Code says to programs what went wrong.
type Code string

// Codes of errors.
const (
	// BadRequest: the request is wrong; the message says how.
	BadRequest Code = "BAD_REQUEST"
	// TooLarge: the line is longer than a request may be.
	TooLarge Code = "TOO_LARGE"
	// Busy: too many connections, or too many requests that wait.
	Busy Code = "BUSY"
	// Paused: there is no sync while it is paused.
	Paused Code = "PAUSED"
	// Stopped: the program is ending.
	Stopped Code = "STOPPED"
	// SignedOut: the session has ended; the person must sign in again.
	SignedOut Code = "SIGNED_OUT"
	// ServerFailed: the server cannot be reached, or does not answer as it should.
	ServerFailed Code = "SERVER"
	// Locked: the local copy is locked until the server answers.
	Locked Code = "LOCKED"
	// NoCopy: there is no local copy yet, or not any more.
	NoCopy Code = "NO_COPY"
	// NotFound: nothing that needs a person's eye has this key, or there is no such row, or not any more.
	NotFound Code = "NOT_FOUND"
	// Refused: the local copy does not take the edit; the message says why.
	Refused Code = "REFUSED"
	// InUse: another program keeps the local copy up to date, or one of an older version, which does not know what is asked.
	InUse Code = "IN_USE"
	// NoRoom: the disk is too short for the list.
	NoRoom Code = "NO_ROOM"
	// Unsent: edits of the list have not been sent, so it stays.
	Unsent Code = "UNSENT"
	// Undecided: edits of the list wait for a person's decision, so it stays.
	Undecided Code = "UNDECIDED"
	// NotKept: the list is not kept on this computer.
	NotKept Code = "NOT_KEPT"
	// Failed: anything else.
	Failed Code = "FAILED"
)

// Error is what a client is told of a failure.
type Error struct {
	Code Code `json:"code"`
	// Message is a sentence for a person.
	Message string `json:"message"`
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

func errTooLarge() *Error {
	return &Error{TooLarge, "A request may have 1 MiB at most."}
}

func errPaused() error {
	return &Error{Paused, "Syncing is paused; resume first."}
}

func errStopped() error {
	return &Error{Stopped, "The program is ending."}
}

// ErrorOf words an error for programs, and for the person who is shown its message. Its code is one of those above.
func ErrorOf(err error) *Error {
	var told *Error
	if errors.As(err, &told) {
		return told
	}
	code := Failed
	var wrong syncclient.ArgumentError
	switch {
	case errors.As(err, &wrong):
		code = BadRequest
	case errors.Is(err, context.Canceled):
		return ErrorOf(errStopped())
	case errors.Is(err, syncclient.ErrSignedOut):
		code = SignedOut
	case errors.Is(err, mirror.ErrLocked):
		code = Locked
	case errors.Is(err, mirror.ErrNone), errors.Is(err, syncclient.ErrErased):
		code = NoCopy
	case errors.Is(err, mirror.ErrGone), errors.Is(err, syncclient.ErrNoAccount):
		code = NotFound
	case errors.Is(err, mirror.ErrInUse), errors.Is(err, mirror.ErrOlder):
		code = InUse
	case errors.Is(err, mirror.ErrNoRoom):
		code = NoRoom
	case errors.Is(err, mirror.ErrUnsent):
		code = Unsent
	case errors.Is(err, mirror.ErrUndecided):
		code = Undecided
	case errors.Is(err, mirror.ErrNotKept):
		code = NotKept
	case errors.Is(err, mirror.ErrRefused):
		code = Refused
	case transport.FromServer(err):
		code = ServerFailed
	}
	return &Error{code, Sentence(err)}
}

// Sentence words an error for a person; nothing where there is none.
func Sentence(err error) string {
	if err == nil || err.Error() == "" {
		return ""
	}
	text := err.Error()
	first, n := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[n:]
	if last := text[len(text)-1]; last != '.' && last != '!' && last != '?' {
		text += "."
	}
	return text
}
