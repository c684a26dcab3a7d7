package sharing

import "github.com/partage-mail/partage/ent/access"

// Sight is how much of an item a person sees, and why.
type Sight struct {
	Level  access.Level
	Reason Reason
}

// Reason says why a person sees an item, or does not.
type Reason string

// The reasons to see it, the strongest first, and those not to.
const (
	BecauseOwner    Reason = "owner"
	BecauseCreator  Reason = "creator"
	BecauseAdded    Reason = "added"
	BecauseEveryone Reason = "everyone"

	BecauseRemoved     Reason = "removed"     // from the item, whatever its audience
	BecauseNotAdded    Reason = "not_added"   // to an item that is restricted
	BecauseDeactivated Reason = "deactivated" // may not come in at all
	BecauseDead        Reason = "dead"        // the item is deleted or not there yet; nobody is told of it
)
