package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
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
	// Do is what is asked: one of those that fieldsOf knows.
	Do string `json:"do"`
	// Key and Decision are of resolve (Decision).
	Key      string `json:"key,omitempty"`
	Decision string `json:"decision,omitempty"`
	// Set is of resolve and edit.
	Set map[string]any `json:"set,omitempty"`
	// Op, Kind and Row are of edit (Edit).
	Op   string `json:"op,omitempty"`
	Kind string `json:"kind,omitempty"`
	Row  string `json:"row,omitempty"`
	// List is of edit, keep, drop and rows, After, First and Search of rows (RowsOf).
	List   string `json:"list,omitempty"`
	After  string `json:"after,omitempty"`
	First  int    `json:"first,omitempty"`
	Search string `json:"search,omitempty"`
}

// fieldsOf returns the fields that a request may have beside id and do; false where there is no such request.
func fieldsOf(do string) ([]string, bool) {
	switch do {
	case "status", "sync", "pause", "resume", "conflicts", "watch", "stop":
		return nil, true
	case "lists":
		return nil, true
	case "keep", "drop":
		return []string{"list"}, true
	case "rows":
		return []string{"list", "after", "first", "search"}, true
	case "resolve":
		return []string{"key", "decision", "set"}, true
	case "edit":
		return []string{"op", "kind", "list", "row", "set"}, true
	}
	return nil, false
}

// given returns the fields that a request has.
func (r Request) given() (names []string) {
	for _, f := range []struct {
		name string
		has  bool
	}{
		{"key", r.Key != ""}, {"decision", r.Decision != ""}, {"set", r.Set != nil},
		{"op", r.Op != ""}, {"kind", r.Kind != ""}, {"row", r.Row != ""},
		{"list", r.List != ""}, {"after", r.After != ""}, {"first", r.First != 0}, {"search", r.Search != ""},
	} {
		if f.has {
			names = append(names, f.name)
		}
	}
	return names
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
	Row       string          `json:"row,omitempty"`
	Lists     any             `json:"lists,omitempty"`
	Page      any             `json:"page,omitempty"`
}

// line returns the answer as it goes over the wire.
func (r reply) line() []byte {
	line, err := oneLine(r)
	if err != nil { // Answers gave what is no JSON
		line, _ = oneLine(reply{ID: r.ID, Error: ErrorOf(err)})
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
	// NotFound: nothing that needs a person's eye has this key, or there is no such row, or not any more.
	NotFound Code = "NOT_FOUND"
	// Refused: the local copy does not take the edit; the message says why.
	Refused Code = "REFUSED"
	// InUse: another program keeps the local copy up to date.
	InUse Code = "IN_USE"
	// NoRoom: the disk is too short for the list.
	NoRoom Code = "NO_ROOM"
	// Unsent: edits of the list have not been sent, or wait for a decision, so it stays.
	Unsent Code = "UNSENT"
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
	switch {
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
	case errors.Is(err, mirror.ErrInUse):
		code = InUse
	case errors.Is(err, mirror.ErrNoRoom):
		code = NoRoom
	case errors.Is(err, mirror.ErrUnsent), errors.Is(err, mirror.ErrUndecided):
		code = Unsent
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
	if r.Do == "" {
		return wrong("A request needs do: what is to be done.")
	}
	may, known := fieldsOf(r.Do)
	if !known {
		return wrong("There is no request %.50q.", r.Do)
	}
	for _, name := range r.given() {
		if !slices.Contains(may, name) {
			return wrong("%s takes no %s.", r.Do, name)
		}
	}
	if err := r.sound(); err != "" {
		return wrong("%s", err)
	}
	return r, nil
}

// sound says what is missing in a request; nothing where it is well.
func (r Request) sound() string {
	switch {
	case r.Do == "resolve" && r.Key == "":
		return "resolve needs the key of what is decided."
	case r.Do == "resolve" && r.Decision != "mine" && r.Decision != "theirs" && r.Decision != "both":
		return "resolve needs a decision: mine, theirs or both."
	case r.Do == "edit":
		return r.edit().sound()
	case (r.Do == "keep" || r.Do == "drop" || r.Do == "rows") && r.List == "":
		return r.Do + " needs the list: the id of a list, blacklist or campaign."
	case r.First < 0 || r.First > 100:
		return "rows has 1 to 100 rows on a page."
	}
	return ""
}

// plain reports whether an id is a number or a short string.
func plain(id json.RawMessage) bool {
	return len(id) > 0 && len(id) <= 102 && (id[0] == '"' || id[0] == '-' || id[0] >= '0' && id[0] <= '9')
}
