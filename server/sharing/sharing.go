// Package sharing decides who may see and change what, and changes it.
//
// The rule stands in visibility.go: as a pure function for one person and one item, and as the predicate
// that narrows every query the ORM makes for a person. Both deny by default. people.go has it once more from
// the item's side, for the list of who sees it, and newest.go for speed; DESIGN.md says which tests hold the
// forms together. The commands of the package change what the rule looks at, record the change in the
// account's visibility log, so that desktops learn what they may no longer hold, and in its history.
package sharing

import (
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
)

// Viewer is one collaborator looking at their account. It implements the viewer of the ORM's policies.
type Viewer struct {
	// Account is the account looked at.
	Account uuid.UUID
	// Collaborator is the person in that account.
	Collaborator uuid.UUID
	// User is the person as such.
	User uuid.UUID
	// Role is the person's role at the time of the request.
	Role collaborator.Role
	// Sight is the collaborator's epoch of sight, which positions in the feed are bound to.
	Sight int64
	// OwnLeads is whether they see, of the leads of a campaign that they see, only those they follow up.
	OwnLeads bool
	// LeadsEpoch is, for those whom the account's setting of that concerns, the epoch of the setting: positions
	// in the feed are bound to it, too. It is 0 for others.
	LeadsEpoch int64
	// Out is whether the person may not come in: deactivated, or removed from the account. Whoever asks
	// never is; it is for looking with the eyes of somebody else.
	Out bool

	deleted bool
}

// Eyes returns a person as a viewer, whether they may come in or not. Where the person was read without their account
// (WithAccount), a member sees their own leads only.
func Eyes(c *ent.Collaborator) *Viewer {
	v := &Viewer{
		Account: c.AccountID, Collaborator: c.ID, User: c.UserID, Role: c.Role, Sight: c.Sight,
		Out: c.Status != collaborator.StatusActive || c.RemovedAt != 0,
	}
	if acc := c.Edges.Account; acc != nil {
		v.Limit(acc.MemberLeads, acc.LeadsEpoch)
	} else {
		v.Limit(account.MemberLeadsOwn, 0)
	}
	return v
}

// Limit applies the account's setting of which leads members see, and its epoch, to a viewer whose role is set.
func (v *Viewer) Limit(setting account.MemberLeads, epoch int64) {
	if v.Role == collaborator.RoleMember {
		v.OwnLeads, v.LeadsEpoch = setting != account.MemberLeadsAll, epoch
	}
}

// Owner reports whether the viewer is an owner of the account.
func (v *Viewer) Owner() bool { return v.Role == collaborator.RoleOwner }

// made reports whether an item with the creator is the viewer's own.
func (v *Viewer) made(creator *uuid.UUID) bool { return creator != nil && *creator == v.Collaborator }

// Deleted returns a viewer with the same eyes who looks at deleted items instead of live ones.
func (v *Viewer) Deleted() *Viewer {
	d := *v
	d.deleted = true
	return &d
}

// State is what the rule looks at: one item and one person's edge on it.
type State struct {
	// Creator is who made the item; nil where nobody is known to have.
	Creator *uuid.UUID
	// Audience is the item's audience.
	Audience item.Audience
	// Edge is the level of the person's edge; empty where there is none.
	Edge access.Level
	// Dead is true before the item's creation and after its deletion.
	Dead bool
}
