package read

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/fold"
	"github.com/partage-mail/partage/server/sharing"
)

// Lead is a lead as the API shows it. What it points at is loaded for all leads of the page at once.
type Lead struct {
	*ent.Lead
	page *leadPage
}

// IsNode marks the type as a Node.
func (*Lead) IsNode() {}

// ID returns the API's id.
func (l *Lead) ID() string { return GlobalID(LeadID, l.Lead.ID) }

// AssignedAt returns when its assignee was given it, nil while it waits.
func (l *Lead) AssignedAt() *instant.Instant { return moment(l.Lead.AssignedAt) }

// Campaign returns the campaign.
func (l *Lead) Campaign(ctx context.Context) (*Campaign, error) {
	campaigns, err := l.page.campaigns(ctx)
	if err == nil && campaigns[l.CampaignID] == nil { // taken from the viewer since the lead was read
		err = fault.Missing("campaign")
	}
	return campaigns[l.CampaignID], err
}

// Assignee returns who follows it up; nil while it waits, and where they were removed.
func (l *Lead) Assignee(ctx context.Context) (*Collaborator, error) {
	if l.AssigneeID == nil {
		return nil, nil
	}
	people, err := l.page.people(ctx)
	return people[*l.AssigneeID], err
}

// LeadField is a further field of a lead.
type LeadField struct{ Name, Value string }

// Fields returns the further fields by name.
func (l *Lead) Fields() ([]*LeadField, error) {
	var byName map[string]string
	if err := json.Unmarshal([]byte(l.Lead.Fields), &byName); err != nil {
		return nil, fmt.Errorf("read: fields of lead %s: %w", l.Lead.ID, err)
	}
	fields := make([]*LeadField, 0, len(byName))
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		fields = append(fields, &LeadField{name, byName[name]})
	}
	return fields, nil
}

// DuplicateOf returns the older lead that looks the same, nil where there is none or the viewer does not see it.
func (l *Lead) DuplicateOf(ctx context.Context) (*Lead, error) {
	if l.Lead.DuplicateOf == nil {
		return nil, nil
	}
	older, err := l.page.older(ctx)
	return older[*l.Lead.DuplicateOf], err
}

// leadPage is what the leads of one page point at.
type leadPage struct {
	campaigns func(context.Context) (map[uuid.UUID]*Campaign, error)
	people    func(context.Context) (map[uuid.UUID]*Collaborator, error)
	older     func(context.Context) (map[uuid.UUID]*Lead, error)
}

// newLeads returns the rows of one page as leads.
func (r *Reader) newLeads(rows []*ent.Lead) []*Lead {
	p := &leadPage{}
	p.campaigns = once(source{}, func(ctx context.Context) (map[uuid.UUID]*Campaign, error) {
		found, err := r.store.Client().Item.Query().Where(item.IDIn(named(rows, func(l *ent.Lead) *uuid.UUID { return &l.CampaignID })...)).All(ctx)
		campaigns := make(map[uuid.UUID]*Campaign, len(found))
		for i, it := range newItems(r.source(), found) {
			campaigns[found[i].ID], _ = it.(*Campaign)
		}
		return campaigns, err
	})
	p.people = once(source{}, func(ctx context.Context) (map[uuid.UUID]*Collaborator, error) {
		found, err := r.store.Client().Collaborator.Query().
			Where(collaborator.IDIn(named(rows, func(l *ent.Lead) *uuid.UUID { return l.AssigneeID })...)).All(ctx)
		people := make(map[uuid.UUID]*Collaborator, len(found))
		for _, c := range found {
			people[c.ID] = r.clock.person(c)
		}
		return people, err
	})
	p.older = once(source{}, func(ctx context.Context) (map[uuid.UUID]*Lead, error) {
		found, err := r.store.Client().Lead.Query().
			Where(lead.IDIn(named(rows, func(l *ent.Lead) *uuid.UUID { return l.DuplicateOf })...)).All(ctx)
		return byID(r.newLeads(found), func(l *Lead) uuid.UUID { return l.Lead.ID }), err
	})
	leads := make([]*Lead, len(rows))
	for i, row := range rows {
		leads[i] = &Lead{row, p}
	}
	return leads
}

// named returns the ids that leads point at, each once.
func named(rows []*ent.Lead, at func(*ent.Lead) *uuid.UUID) []uuid.UUID {
	ids := make(map[uuid.UUID]struct{})
	for _, row := range rows {
		if id := at(row); id != nil {
			ids[*id] = struct{}{}
		}
	}
	return slices.Collect(maps.Keys(ids))
}

// Lead returns a lead by its uuid, or the NotFound fault.
func (r *Reader) Lead(ctx context.Context, id uuid.UUID) (*Lead, error) {
	row, err := r.store.Client().Lead.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("lead")
	}
	if err != nil {
		return nil, err
	}
	return r.newLeads([]*ent.Lead{row})[0], nil
}

// LeadsByID returns those of some leads that the viewer sees, in the order of the ids, each once.
func (r *Reader) LeadsByID(ctx context.Context, ids []uuid.UUID) ([]*Lead, error) {
	rows, err := r.store.Client().Lead.Query().Where(lead.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	found := byID(r.newLeads(rows), func(l *Lead) uuid.UUID { return l.Lead.ID })
	leads := make([]*Lead, 0, len(rows))
	for _, id := range ids {
		if l := found[id]; l != nil {
			leads = append(leads, l)
			delete(found, id)
		}
	}
	return leads, nil
}

// LeadList says which leads a list holds. What is empty does not matter.
type LeadList struct {
	// Campaigns and Assignees have at most MaxNodes ids each.
	Campaigns, Assignees []uuid.UUID
	// Waiting is whether they wait for somebody: open, and followed up by nobody.
	Waiting *bool
	States  []lead.State
	// Search is part of a name, address or phone number.
	Search string
}

// Leads reads a page of leads, newest first.
func (r *Reader) Leads(ctx context.Context, which LeadList, w Window) (*Page[*Lead], error) {
	if err := searchable(which.Search); err != nil {
		return nil, err
	}
	if len(which.Campaigns) > MaxNodes || len(which.Assignees) > MaxNodes {
		return nil, fault.Field("filter", "At most %d campaigns and %d people at once.", MaxNodes, MaxNodes)
	}
	q, err := r.leads(ctx, which)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.sealer, listing[*ent.Lead, *Lead]{
		ordering: ordering{"leads", []string{lead.FieldID}, true}, // ids are in the order in which they came
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.Lead, error) {
			return q.Clone().Where(apply).All(ctx)
		},
		key:     func(l *ent.Lead) []any { return []any{l.ID} },
		present: r.newLeads,
		count:   func(ctx context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}

func (r *Reader) leads(ctx context.Context, which LeadList) (*ent.LeadQuery, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	q := r.store.Client().Lead.Query()
	if len(which.Campaigns) > 0 { // each of the conditions is what an index begins with
		q.Where(lead.CampaignIDIn(which.Campaigns...))
	} else {
		q.Where(lead.AccountID(v.Account))
	}
	if len(which.Assignees) > 0 {
		q.Where(lead.AssigneeIDIn(which.Assignees...))
	}
	if which.Waiting != nil {
		waits := lead.And(lead.AssigneeIDIsNil(), lead.StateIn(lead.StateNew, lead.StateInProgress))
		if !*which.Waiting {
			waits = lead.Not(waits)
		}
		q.Where(waits)
	}
	if len(which.States) > 0 {
		q.Where(lead.StateIn(which.States...))
	}
	if which.Search != "" {
		q.Where(lead.SearchKeyContains(fold.Fold(which.Search)))
	}
	return q, nil
}
