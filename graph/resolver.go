// Package graph is the GraphQL API: its resolvers translate.
//
// A mutation turns its input into a command of a capability package and reads the outcome again as the
// viewer; a query asks package read. Nothing here decides who may see or do what.
package graph

import (
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/followup"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/matrix"
	"github.com/partage-mail/partage/server/presence"
	"github.com/partage-mail/partage/server/presigned"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/team"
)

// Resolver holds what resolvers call.
type Resolver struct {
	Read        *read.Reader
	Addresses   *presigned.Addresses
	Identity    *identity.Identity
	Team        *team.Team
	Sharing     *sharing.Sharing
	Jobs        *jobs.Queue
	Matrix      *matrix.Matrix
	Library     *library.Library
	Addressbook *addressbook.Book
	Intake      *intake.Intake
	Followup    *followup.Desk
	Broker      *fanout.Broker
	Presence    *presence.Presence
	// OutboxShown is whether mails are kept and shown instead of sent.
	OutboxShown bool

	turns turns
}
