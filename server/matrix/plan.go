package matrix

import (
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/sharing"
)

// campaign is what plan looks at of one.
type campaign struct {
	ID       uuid.UUID
	Name     string
	Audience item.Audience
	Creator  *uuid.UUID
	// Seq is its position in the feed.
	Seq int64
}

// edge is what a person has of their own on a campaign.
type edge struct {
	// Level is empty where there is no edge.
	Level      access.Level
	RoundRobin bool
}

// verdict is what becomes of one pair.
type verdict struct {
	// Added and Removed are of access, Joined and Left of the rotation.
	Added, Removed, Joined, Left bool
	// Kept is that access was to be taken away and cannot be.
	Kept bool
}

// plan says what a pair has after a wish, which is whole. It is where the rules of the access window stand:
//
//   - Access is given where there is none, as edit; who has it by other ways gets no edge for it.
//   - Access is taken by an edge that says none, so that it does not come back when the campaign is opened to everyone;
//     who does not see the campaign anyway gets none. Owners and who made it keep it.
//   - Round robin stands on an edge that says edit, also for who has access by other ways or may only view: who is given
//     leads is to work on them.
func plan(v *sharing.Viewer, c campaign, has edge, w Wish) (edge, verdict) {
	sight := v.Explain(sharing.State{Creator: c.Creator, Audience: c.Audience, Edge: has.Level})
	after := has
	var said verdict
	switch {
	case is(w.Access, true) && sight.Level == access.LevelNone:
		after.Level, said.Added = access.LevelEdit, true
	case is(w.Access, false) && (sight.Reason == sharing.BecauseOwner || sight.Reason == sharing.BecauseCreator):
		said.Kept = true
	case is(w.Access, false) && sight.Level != access.LevelNone:
		after.Level, said.Removed = access.LevelNone, true
	}
	switch {
	case is(w.RoundRobin, true) && !has.RoundRobin:
		after.RoundRobin, said.Joined = true, true
		after.Level = access.LevelEdit // also of who may only view: they are to follow leads up
	case is(w.RoundRobin, false) && has.RoundRobin:
		after.RoundRobin, said.Left = false, true
	}
	return after, said
}
