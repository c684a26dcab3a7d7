package read

import (
	"context"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/fold"
	"github.com/partage-mail/partage/server/sharing"
)

// Invitation is someone who was asked to join the account. What is not on its own row is loaded for all of a page
// at once.
type Invitation struct {
	*ent.Invitation
	page *invitations
}

// IsNode marks the type as a Node.
func (*Invitation) IsNode() {}

// ID returns the API's id.
func (i *Invitation) ID() string { return GlobalID(InvitationID, i.Invitation.ID) }

// Role returns the role they will have.
func (i *Invitation) Role() collaborator.Role { return collaborator.Role(i.Invitation.Role) }

// Expired is whether the link has ended.
func (i *Invitation) Expired() bool { return i.ExpiresAt <= instant.Now() }

// InvitedBy returns who asked, nil where they are gone.
func (i *Invitation) InvitedBy(ctx context.Context) (*Collaborator, error) {
	if i.Invitation.InvitedBy == nil {
		return nil, nil
	}
	people, err := i.page.people(ctx)
	return people[*i.Invitation.InvitedBy], err
}

// Access returns what they are given when they accept, on items that the viewer sees.
func (i *Invitation) Access(ctx context.Context) ([]*PromisedAccess, error) {
	items, err := i.page.items(ctx)
	if err != nil {
		return nil, err
	}
	promised := []*PromisedAccess{}
	for _, p := range i.Promises {
		if it, ok := items[p.Item]; ok {
			promised = append(promised, &PromisedAccess{it, access.Level(p.Level), p.RoundRobin})
		}
	}
	return promised, nil
}

// PromisedAccess is access that an invitation gives when it is accepted.
type PromisedAccess struct {
	Item       Item
	Level      access.Level
	RoundRobin bool
}

// The connection of invitations.
type (
	InvitationConnection = Page[*Invitation]
	InvitationEdge       = Edge[*Invitation]
)

// invitations are those of one page.
type invitations struct {
	people func(context.Context) (map[uuid.UUID]*Collaborator, error)
	items  func(context.Context) (map[uuid.UUID]Item, error)
}

func newInvitations(from source, rows []*ent.Invitation) []*Invitation {
	p := &invitations{
		people: once(from, func(ctx context.Context) (map[uuid.UUID]*Collaborator, error) { return inviters(ctx, from, rows) }),
		items:  once(from, func(ctx context.Context) (map[uuid.UUID]Item, error) { return promisedItems(ctx, from, rows) }),
	}
	list := make([]*Invitation, len(rows))
	for i, row := range rows {
		list[i] = &Invitation{row, p}
	}
	return list
}

func inviters(ctx context.Context, from source, rows []*ent.Invitation) (map[uuid.UUID]*Collaborator, error) {
	var ids []uuid.UUID
	for _, row := range rows {
		if row.InvitedBy != nil {
			ids = append(ids, *row.InvitedBy)
		}
	}
	found, err := from.Collaborator.Query().Where(collaborator.IDIn(ids...)).All(ctx)
	people := make(map[uuid.UUID]*Collaborator, len(found))
	for _, row := range found {
		people[row.ID] = &Collaborator{row}
	}
	return people, err
}

func promisedItems(ctx context.Context, from source, rows []*ent.Invitation) (map[uuid.UUID]Item, error) {
	const most = 500 // ids in one query
	var ids []uuid.UUID
	for _, row := range rows {
		for _, p := range row.Promises {
			ids = append(ids, p.Item)
		}
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	ids = slices.Compact(ids)
	var found []*ent.Item
	for some := range slices.Chunk(ids, most) {
		rows, err := from.Item.Query().Where(item.IDIn(some...)).All(ctx)
		if err != nil {
			return nil, err
		}
		found = append(found, rows...)
	}
	items := make(map[uuid.UUID]Item, len(found))
	for i, it := range newItems(from, found) {
		items[found[i].ID] = it
	}
	return items, nil
}

// Invitations reads a page of the invitations that are not accepted yet, by name. Only owners may.
func (r *Reader) Invitations(ctx context.Context, search string, role *collaborator.Role, w Window) (*Page[*Invitation], error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	if !v.Owner() {
		return nil, fault.New(fault.Denied, "Only an owner of the account sees its invitations.")
	}
	if err := searchable(search); err != nil {
		return nil, err
	}
	q := r.store.Client().Invitation.Query().Where(invitation.StateEQ(invitation.StatePending))
	if search != "" {
		q.Where(invitation.SearchKeyContains(fold.Fold(search)))
	}
	if role != nil {
		q.Where(invitation.RoleEQ(invitation.Role(*role)))
	}
	return page(ctx, r.sealer, listing[*ent.Invitation, *Invitation]{
		ordering: ordering{"invitations", []string{invitation.FieldSearchKey, invitation.FieldID}, false},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.Invitation, error) {
			return q.Clone().Where(apply).All(ctx)
		},
		key:     func(i *ent.Invitation) []any { return []any{i.SearchKey, i.ID} },
		present: func(rows []*ent.Invitation) []*Invitation { return newInvitations(r.source(), rows) },
		count:   func(ctx context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}

// Invitation returns a pending invitation by its uuid, or the NotFound fault.
func (r *Reader) Invitation(ctx context.Context, id uuid.UUID) (*Invitation, error) {
	row, err := r.store.Client().Invitation.Query().
		Where(invitation.ID(id), invitation.StateEQ(invitation.StatePending)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("invitation")
	}
	if err != nil {
		return nil, err
	}
	return newInvitations(r.source(), []*ent.Invitation{row})[0], nil
}
