package read

import (
	"context"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/promise"
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
func (i *Invitation) Expired() bool { return i.ExpiresAt <= i.page.clock() }

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
	promises, err := i.page.promises(ctx)
	if err != nil {
		return nil, err
	}
	items, err := i.page.items(ctx)
	if err != nil {
		return nil, err
	}
	promised := []*PromisedAccess{}
	for _, p := range promises[i.Invitation.ID] {
		if it, ok := items[p.ItemID]; ok {
			promised = append(promised, &PromisedAccess{it, access.Level(p.Level), p.RoundRobin})
		}
	}
	return promised, nil
}

// AccessCount returns how many items it gives access to.
func (i *Invitation) AccessCount(ctx context.Context) (int, error) {
	counts, err := i.page.counts(ctx)
	return counts[i.Invitation.ID], err
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
	clock    clock
	people   func(context.Context) (map[uuid.UUID]*Collaborator, error)
	promises func(context.Context) (map[uuid.UUID][]*ent.Promise, error)
	items    func(context.Context) (map[uuid.UUID]Item, error)
	counts   func(context.Context) (map[uuid.UUID]int, error)
}

// mostPromises is how many of an invitation's promises are shown.
const mostPromises = 1000

func newInvitations(from source, rows []*ent.Invitation) []*Invitation {
	p := &invitations{clock: from.clock}
	p.people = once(from, func(ctx context.Context) (map[uuid.UUID]*Collaborator, error) { return inviters(ctx, from, rows) })
	p.promises = once(from, func(ctx context.Context) (map[uuid.UUID][]*ent.Promise, error) { return promisesOf(ctx, from, rows) })
	p.items = once(from, func(ctx context.Context) (map[uuid.UUID]Item, error) {
		promises, err := p.promises(ctx)
		if err != nil {
			return nil, err
		}
		return promisedItems(ctx, from, promises)
	})
	p.counts = once(from, func(ctx context.Context) (map[uuid.UUID]int, error) { return promiseCounts(ctx, from, rows) })
	list := make([]*Invitation, len(rows))
	for i, row := range rows {
		list[i] = &Invitation{row, p}
	}
	return list
}

func promisesOf(ctx context.Context, from source, rows []*ent.Invitation) (map[uuid.UUID][]*ent.Promise, error) {
	promises := make(map[uuid.UUID][]*ent.Promise, len(rows))
	for _, row := range rows {
		found, err := from.Promise.Query().Where(promise.InvitationID(row.ID), promise.LevelNEQ(promise.LevelNone)).
			Order(promise.ByID()).Limit(mostPromises).All(ctx)
		if err != nil {
			return nil, err
		}
		promises[row.ID] = found
	}
	return promises, nil
}

func promiseCounts(ctx context.Context, from source, rows []*ent.Invitation) (map[uuid.UUID]int, error) {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	var found []struct {
		Invitation uuid.UUID `json:"invitation_id"`
		Count      int       `json:"count"`
	}
	err := from.Promise.Query().Where(promise.InvitationIDIn(ids...), promise.LevelNEQ(promise.LevelNone)).
		GroupBy(promise.FieldInvitationID).Aggregate(ent.Count()).Scan(ctx, &found)
	counts := make(map[uuid.UUID]int, len(found))
	for _, f := range found {
		counts[f.Invitation] = f.Count
	}
	return counts, err
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
		people[row.ID] = from.clock.person(row)
	}
	return people, err
}

func promisedItems(ctx context.Context, from source, promises map[uuid.UUID][]*ent.Promise) (map[uuid.UUID]Item, error) {
	const most = 500 // ids in one query
	var ids []uuid.UUID
	for _, of := range promises {
		for _, p := range of {
			ids = append(ids, p.ItemID)
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
