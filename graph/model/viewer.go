package model

import (
	"context"

	"github.com/partage-mail/partage/graph/read"
)

// Viewer is who is looking: the person, and the account their session has opened.
type Viewer struct {
	User         *read.User
	Session      *Session
	Account      *read.Account
	Collaborator *read.Collaborator

	// As returns a context that acts as the viewer. After a sign-in that is not who made the request.
	As func(context.Context) context.Context
}
