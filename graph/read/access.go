package read

import (
	"context"
	"unicode/utf8"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/ent/promise"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/fold"
	"github.com/partage-mail/partage/server/sharing"
)

// CampaignAccess is one line of the access window: what one person has on one campaign.
type CampaignAccess struct {
	Campaign *Campaign
	sharing.Sight
	// RoundRobin is whether the person is in the rotation.
	RoundRobin bool
}

// CanAccess is whether the person sees the campaign at least.
func (a *CampaignAccess) CanAccess() bool { return a.Level != access.LevelNone }

// MayRemove is whether access can be taken away.
func (a *CampaignAccess) MayRemove() bool {
	return a.Reason != sharing.BecauseOwner && a.Reason != sharing.BecauseCreator
}

// CampaignAccessConnection is a page of the access window.
type CampaignAccessConnection struct {
	*Page[*CampaignAccess]
	access, rotation func(context.Context) (int, error)
}

// AccessCount returns how many of the campaigns that match the person has access to.
func (c *CampaignAccessConnection) AccessCount(ctx context.Context) (int, error) {
	return c.access(ctx)
}

// RoundRobinCount returns how many of them have the person in their rotation.
func (c *CampaignAccessConnection) RoundRobinCount(ctx context.Context) (int, error) {
	return c.rotation(ctx)
}

// CampaignAccessEdge is a campaign on such a page.
type CampaignAccessEdge = Edge[*CampaignAccess]

// shortestSearch is how many letters the access window's search filters from (T2).
const shortestSearch = 2

// grants is what one person has of their own on campaigns: a collaborator's edges or an invitation's promises.
type grants interface {
	// eyes are the person's, as if they might come in.
	eyes() *sharing.Viewer
	// on returns what they have on some campaigns.
	on(ctx context.Context, c *ent.Client, campaigns []uuid.UUID) (map[uuid.UUID]grant, error)
	// sees restricts campaigns to those they have access to.
	sees() predicate.Item
	// rotates restricts campaigns to those whose rotation they are in.
	rotates() predicate.Item
}

type grant struct {
	level      access.Level
	roundRobin bool
}

// CampaignAccess reads a page of the access window of a person, by name: a collaborator or, with invited, an invitation
// that is not accepted yet. Only owners may.
func (r *Reader) CampaignAccess(ctx context.Context, person uuid.UUID, invited bool, search string, w Window) (*CampaignAccessConnection, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	if !v.Owner() {
		return nil, fault.New(fault.Denied, "Only an owner of the account sees and changes who has access to campaigns.")
	}
	if err := searchable(search); err != nil {
		return nil, err
	}
	g, err := r.grants(ctx, person, invited)
	if err != nil {
		return nil, err
	}
	q := r.store.Client().Item.Query().Where(item.KindEQ(item.KindCampaign))
	if key := fold.Fold(search); utf8.RuneCountInString(key) >= shortestSearch {
		q.Where(item.NameKeyContains(key))
	}
	from := r.source()
	type line struct {
		*ent.Item
		grant
	}
	p, err := page(ctx, r.sealer, listing[line, *CampaignAccess]{
		ordering: ordering{"campaign access of " + person.String(), byName.columns, false},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]line, error) {
			items, err := q.Clone().Where(apply).All(from.see(ctx))
			if err != nil {
				return nil, err
			}
			has, err := g.on(ctx, r.store.Client(), pointed(items, func(i *ent.Item) *uuid.UUID { return &i.ID }))
			lines := make([]line, len(items))
			for i, it := range items {
				lines[i] = line{it, has[it.ID]}
			}
			return lines, err
		},
		key: func(l line) []any { return []any{l.NameKey, l.ID} },
		present: func(lines []line) []*CampaignAccess {
			rows := make([]*ent.Item, len(lines))
			for i, l := range lines {
				rows[i] = l.Item
			}
			nodes := make([]*CampaignAccess, len(lines))
			for i, it := range newItems(from, rows) {
				sight := g.eyes().Explain(sharing.State{Creator: rows[i].CreatorID, Audience: rows[i].Audience, Edge: lines[i].level})
				nodes[i] = &CampaignAccess{it.(*Campaign), sight, lines[i].roundRobin}
			}
			return nodes
		},
		count: func(ctx context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
	if err != nil {
		return nil, err
	}
	return &CampaignAccessConnection{
		Page:     p,
		access:   func(ctx context.Context) (int, error) { return q.Clone().Where(g.sees()).Count(ctx) },
		rotation: func(ctx context.Context) (int, error) { return q.Clone().Where(g.rotates()).Count(ctx) },
	}, nil
}

// Campaigns returns campaigns that the viewer sees by their uuids, by name.
func (r *Reader) Campaigns(ctx context.Context, ids []uuid.UUID) ([]*Campaign, error) {
	rows, err := r.store.Client().Item.Query().Where(item.IDIn(ids...), item.KindEQ(item.KindCampaign)).Order(item.ByNameKey(), item.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	campaigns := make([]*Campaign, len(rows))
	for i, it := range newItems(r.source(), rows) {
		campaigns[i] = it.(*Campaign)
	}
	return campaigns, nil
}

// grants returns what a person has, or the NotFound fault.
func (r *Reader) grants(ctx context.Context, person uuid.UUID, invited bool) (grants, error) {
	if invited {
		row, err := r.store.Client().Invitation.Query().Where(invitation.ID(person), invitation.StateEQ(invitation.StatePending)).Only(ctx)
		if ent.IsNotFound(err) {
			return nil, fault.Missing("person")
		}
		return guest{row}, err
	}
	row, err := r.store.Client().Collaborator.Get(ctx, person)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("person")
	}
	return member{row}, err
}

// member is a collaborator in the access window.
type member struct{ *ent.Collaborator }

func (m member) eyes() *sharing.Viewer {
	v := sharing.Eyes(m.Collaborator)
	v.Out = false
	return v
}

func (m member) on(ctx context.Context, c *ent.Client, campaigns []uuid.UUID) (map[uuid.UUID]grant, error) {
	rows, err := c.Access.Query().Where(access.CollaboratorID(m.ID), access.ItemIDIn(campaigns...)).All(asOwner(ctx))
	has := make(map[uuid.UUID]grant, len(rows))
	for _, e := range rows {
		has[e.ItemID] = grant{e.Level, e.RoundRobin}
	}
	return has, err
}

func (m member) sees() predicate.Item {
	narrow, _ := m.eyes().Narrow("Item")
	return predicate.Item(narrow)
}

func (m member) rotates() predicate.Item {
	return ownOn(access.Table, access.FieldCollaboratorID, m.ID, sql.EQ(access.FieldRoundRobin, true))
}

// guest is an invitation in the access window.
type guest struct{ *ent.Invitation }

func (g guest) eyes() *sharing.Viewer {
	return &sharing.Viewer{Account: g.AccountID, Role: (&Invitation{Invitation: g.Invitation}).Role()}
}

func (g guest) on(ctx context.Context, c *ent.Client, campaigns []uuid.UUID) (map[uuid.UUID]grant, error) {
	rows, err := c.Promise.Query().Where(promise.InvitationID(g.ID), promise.ItemIDIn(campaigns...)).All(ctx)
	has := make(map[uuid.UUID]grant, len(rows))
	for _, p := range rows {
		has[p.ItemID] = grant{access.Level(p.Level), p.RoundRobin}
	}
	return has, err
}

func (g guest) sees() predicate.Item {
	if g.eyes().Owner() {
		return func(*sql.Selector) {}
	}
	promised := func(level *sql.Predicate) predicate.Item {
		return ownOn(promise.Table, promise.FieldInvitationID, g.ID, level)
	}
	return item.Or(
		promised(sql.NEQ(promise.FieldLevel, promise.LevelNone)),
		item.And(item.AudienceEQ(item.AudienceEveryone), item.Not(promised(sql.EQ(promise.FieldLevel, promise.LevelNone)))),
	)
}

func (g guest) rotates() predicate.Item {
	return ownOn(promise.Table, promise.FieldInvitationID, g.ID, sql.EQ(promise.FieldRoundRobin, true))
}

// ownOn restricts items to those on which a person has a row of a table that fits.
func ownOn(table, column string, person uuid.UUID, fits *sql.Predicate) predicate.Item {
	return func(s *sql.Selector) {
		b := sql.Dialect(s.Dialect())
		s.Where(sql.In(s.C(item.FieldID), b.Select("item_id").From(b.Table(table)).Where(sql.And(sql.EQ(column, person), fits))))
	}
}

func asOwner(ctx context.Context) context.Context {
	return viewer.System(ctx, "an owner is shown what others have on campaigns")
}
