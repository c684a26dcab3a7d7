package push

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/merge"
)

// State is what became of a mutation.
type State string

// The states.
const (
	// Applied: all of it was taken.
	Applied State = "applied"
	// Merged: some of it was not taken, or it went into a row that was there.
	Merged State = "merged"
	// Refused: none of it was taken.
	Refused State = "refused"
)

// Result is what became of a mutation, as it is answered and stored.
type Result struct {
	Number int64 `json:"number,omitempty"`
	State  State `json:"state"`
	// Version is the one of the row that it made; 0 where it changed nothing, or the row is gone.
	Version int64 `json:"version,omitempty"`
	// Code and Message say why it was refused, Field which of its inputs is at fault.
	Code    string `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
	Field   string `json:"field,omitempty"`
	// Conflicts are the fields that were not taken.
	Conflicts []string `json:"conflicts,omitempty"`
	// Into is the row that took a new one in; nil where none did.
	Into *uuid.UUID `json:"into,omitempty"`
}

// outcome is the result of a command that ran.
func outcome(out merge.Outcome) Result {
	r := Result{State: Applied, Version: out.Version}
	for _, c := range out.Conflicts {
		r.Conflicts = append(r.Conflicts, column(c.Field))
	}
	slices.Sort(r.Conflicts)
	if len(r.Conflicts) > 0 {
		r.State = Merged
	}
	return r
}

// encode writes a result as it is stored.
func (r Result) encode() (string, error) {
	r.Number = 0
	text, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("writing a result: %w", err)
	}
	return string(text), nil
}

// resultOf reads what was stored, for the number under which it is answered.
func resultOf(text string, number int64) (*Result, error) {
	r := &Result{}
	if err := json.Unmarshal([]byte(text), r); err != nil {
		return nil, fmt.Errorf("reading a result: %w", err)
	}
	r.Number = number
	return r, nil
}

// refusal is a fault of a command that stays.
type refusal struct{ *fault.Fault }

// Unwrap returns the fault.
func (r *refusal) Unwrap() error { return r.Fault }

func (r *refusal) result() Result {
	code := string(r.Kind)
	switch r.Reason {
	case merge.Changed, merge.OnlineOnly:
		code = r.Reason
	}
	return Result{State: Refused, Code: code, Message: r.Message, Field: column(r.Fault.Field)}
}

// names are the fields that the API and the mirror call differently, in this order.
func names() [][2]string {
	return [][2]string{
		{"firstName", "first_name"}, {"lastName", "last_name"},
		{"senderName", "sender_name"}, {"senderEmail", "sender_email"}, {"replyTo", "reply_to"},
	}
}

// column returns what the mirror calls a field of the API.
func column(field string) string {
	for _, n := range names() {
		if n[0] == field {
			return n[1]
		}
	}
	return field
}

// fieldOf returns what the API calls a field of the mirror.
func fieldOf(column string) string {
	for _, n := range names() {
		if n[1] == column {
			return n[0]
		}
	}
	return column
}
