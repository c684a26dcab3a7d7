package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/transport"
)

// Request is one line of a client.
type Request struct {
	// ID is a number or a string, which the answer repeats.
	ID json.RawMessage `json:"id"`
	// Do is status, sync, pause, resume, conflicts, resolve, watch or stop.
	Do string `json:"do"`
	// Key, Decision and Set are of resolve alone (Decision).
	Key      string         `json:"key,omitempty"`
	Decision string         `json:"decision,omitempty"`
	Set      map[string]any `json:"set,omitempty"`
}

// reply is the answer to a request.
type reply struct {
	ID        json.RawMessage `json:"id"`
	OK        bool            `json:"ok,omitempty"`
	Error     *Error          `json:"error,omitempty"`
	Wire      int             `json:"wire,omitempty"`
	Paused    *bool           `json:"paused,omitempty"`
	Status    any             `json:"status,omitempty"`
	Conflicts any             `json:"conflicts,omitempty"`
	Decided   int             `json:"decided,omitempty"`
}

// line returns the answer as it goes over the wire.
func (r reply) line() []byte {
	line, err := oneLine(r)
	if err != nil { // Answers gave what is no JSON
		line, _ = oneLine(reply{ID: r.ID, Error: errorOf(err)})
	}
	return line
}

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
	// SignedOut: the session has ended; the person must log in again.
	SignedOut Code = "SIGNED_OUT"
	// ServerFailed: the server cannot be reached, or does not answer as it should.
	ServerFailed Code = "SERVER"
	// Locked: the local copy is locked until the server answers.
	Locked Code = "LOCKED"
	// NoCopy: there is no local copy yet, or not any more.
	NoCopy Code = "NO_COPY"
	// NotFound: nothing that needs a person's eye has this key, or not any more.
	NotFound Code = "NOT_FOUND"
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

func errPaused() error {
	return &Error{Paused, "Syncing is paused; resume first."}
}

func errStopped() error {
	return &Error{Stopped, "The program is ending."}
}

// errorOf words any error for the wire.
func errorOf(err error) *Error {
	var told *Error
	if errors.As(err, &told) {
		return told
	}
	code := Failed
	switch {
	case errors.Is(err, context.Canceled):
		return errorOf(errStopped())
	case errors.Is(err, syncclient.ErrSignedOut):
		code = SignedOut
	case errors.Is(err, mirror.ErrLocked):
		code = Locked
	case errors.Is(err, mirror.ErrNone), errors.Is(err, syncclient.ErrErased):
		code = NoCopy
	case errors.Is(err, mirror.ErrGone):
		code = NotFound
	case errors.Is(err, mirror.ErrRefused):
		code = BadRequest
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

// parse reads a request. Where it is wrong, the request has the id as far as it could be read.
func parse(line []byte) (Request, error) {
	var r Request
	wrong := func(format string, args ...any) (Request, error) {
		var only struct {
			ID json.RawMessage `json:"id"`
		}
		_ = json.Unmarshal(line, &only)
		if !plain(only.ID) {
			only.ID = nil
		}
		return Request{ID: only.ID}, &Error{BadRequest, fmt.Sprintf(format, args...)}
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return wrong("The line is no request: %v.", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return wrong("The line has more than one JSON object.")
	}
	if !plain(r.ID) {
		return wrong("A request needs an id: a number, or a string of 100 characters at most.")
	}
	switch r.Do {
	case "status", "sync", "pause", "resume", "conflicts", "watch", "stop":
		if r.Key != "" || r.Decision != "" || r.Set != nil {
			return wrong("%s takes neither key nor decision nor set.", r.Do)
		}
	case "resolve":
		if r.Key == "" {
			return wrong("resolve needs the key of what is decided.")
		}
		if r.Decision != "mine" && r.Decision != "theirs" && r.Decision != "both" {
			return wrong("resolve needs a decision: mine, theirs or both.")
		}
	case "":
		return wrong("A request needs do: what is to be done.")
	default:
		return wrong("There is no request %.50q; there are status, sync, pause, resume, conflicts, resolve, watch and stop.", r.Do)
	}
	return r, nil
}

// plain reports whether an id is a number or a short string.
func plain(id json.RawMessage) bool {
	return len(id) > 0 && len(id) <= 102 && (id[0] == '"' || id[0] == '-' || id[0] >= '0' && id[0] <= '9')
}
