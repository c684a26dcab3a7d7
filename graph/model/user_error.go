package model

import (
	"context"

	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
)

// UserError is what a person can mend.
type UserError struct {
	Code  UserErrorCode
	Field *string
	Fault *fault.Fault
}

// Message says it in the language in which the request is answered.
func (e *UserError) Message(ctx context.Context) string { return e.Fault.In(caller.Locale(ctx)) }
