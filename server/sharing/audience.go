package sharing

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/viewer"
)

// Reason says why a person sees an item.
type Reason string

// The reasons, the strongest first.
const (
	BecauseOwner    Reason = "owner"
	BecauseCreator  Reason = "creator"
	BecauseAdded    Reason = "added"
	BecauseEveryone Reason = "everyone"
)

// Sight is one person who sees an item, how much of it, and why.
type Sight struct {
	Collaborator uuid.UUID
	Level        access.Level
	Reason       Reason
}

// WhoSees lists the active people who see an item, by name. Only an owner or the item's creator may ask.
func WhoSees(ctx context.Context, tx *ent.Tx, id uuid.UUID) ([]Sight, error) {
	it, err := Governed(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	edges, err := tx.Access.Query().Where(access.ItemID(id)).All(ofEveryone(ctx))
	if err != nil {
		return nil, err
	}
	levels := make(map[uuid.UUID]access.Level, len(edges))
	for _, e := range edges {
		levels[e.CollaboratorID] = e.Level
	}
	people, err := tx.Collaborator.Query().
		Where(collaborator.AccountID(it.AccountID), collaborator.StatusEQ(collaborator.StatusActive)).
		Order(collaborator.ByLastName(), collaborator.ByFirstName(), collaborator.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	var seen []Sight
	for _, p := range people {
		eyes := &Viewer{Account: it.AccountID, Collaborator: p.ID, Role: p.Role}
		level := eyes.Level(State{Creator: it.CreatorID, Audience: it.Audience, Edge: levels[p.ID]})
		if level == access.LevelNone {
			continue
		}
		s := Sight{Collaborator: p.ID, Level: level, Reason: BecauseEveryone}
		switch {
		case eyes.Owner():
			s.Reason = BecauseOwner
		case eyes.made(it.CreatorID):
			s.Reason = BecauseCreator
		case levels[p.ID] != "":
			s.Reason = BecauseAdded
		}
		seen = append(seen, s)
	}
	return seen, nil
}

// ofEveryone lets a query of edges see those of other people. The caller has checked that the viewer
// governs the item.
func ofEveryone(ctx context.Context) context.Context {
	return viewer.System(ctx, "an owner or creator looks at all edges of one item")
}
