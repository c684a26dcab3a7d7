package graph

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/graph/model"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/followup"
)

func leadID(id string) (uuid.UUID, error) { return read.ParseIDAs(id, "lead", read.LeadID) }

// leadIDs returns the uuids of the leads that a command names. More than one takes are refused before each is looked at.
func leadIDs(ids []string) ([]uuid.UUID, error) {
	if len(ids) > followup.MostLeads {
		return nil, fault.Field("leads", "Name 1 to %d leads.", followup.MostLeads)
	}
	uuids := make([]uuid.UUID, len(ids))
	for i, id := range ids {
		var err error
		if uuids[i], err = leadID(id); err != nil {
			return nil, err
		}
	}
	return uuids, nil
}

func (r *Resolver) leads(ctx context.Context, filter *model.LeadFilter, w read.Window) (*read.LeadConnection, error) {
	var which read.LeadList
	if filter != nil {
		campaigns, err := itemIDs("campaigns", filter.Campaigns, item.KindCampaign)
		if err != nil {
			return nil, err
		}
		if campaigns != nil {
			which.Campaigns = *campaigns
		}
		for _, id := range filter.Assignees {
			person, err := read.ParseIDAs(id, "person", read.PersonID)
			if err != nil {
				return nil, err
			}
			which.Assignees = append(which.Assignees, person)
		}
		which.Waiting, which.States, which.Search = filter.Waiting, filter.States, text(filter.Search)
	}
	return r.Read.Leads(ctx, which, w)
}

func (r *Resolver) changeLead(ctx context.Context, in model.ChangeLeadInput) (*model.ChangeLeadPayload, error) {
	id, err := leadID(in.Lead)
	if err != nil {
		return nil, err
	}
	kept, err := r.Followup.Change(ctx, id, int64(in.BaseVersion),
		followup.Patch{Email: in.Email, Name: in.Name, Phone: in.Phone, Notes: in.Notes, State: in.State})
	l, errs, err := outcome(err, func() (*read.Lead, error) { return r.Read.Lead(ctx, id) })
	return &model.ChangeLeadPayload{Lead: l, Conflicts: conflicts(kept), Errors: errs}, err
}

// onLeads runs a command on leads and answers with those that the viewer still sees.
func (r *Resolver) onLeads(ctx context.Context, ids []string, command func([]uuid.UUID) error) (*model.LeadsPayload, error) {
	uuids, err := leadIDs(ids)
	if err == nil {
		err = command(uuids)
	}
	leads, errs, err := outcome(err, func() ([]*read.Lead, error) { return r.Read.LeadsByID(ctx, uuids) })
	if leads == nil {
		leads = []*read.Lead{}
	}
	return &model.LeadsPayload{Leads: leads, Errors: errs}, err
}

func (r *Resolver) reassignLeads(ctx context.Context, in model.ReassignLeadsInput) (*model.LeadsPayload, error) {
	return r.onLeads(ctx, in.Leads, func(ids []uuid.UUID) error {
		var assignee uuid.UUID
		if in.Assignee != nil {
			var err error
			if assignee, err = read.ParseIDAs(*in.Assignee, "person", read.PersonID); err != nil {
				return err
			}
			if assignee == uuid.Nil { // which a command takes for nobody
				return fault.Missing("person")
			}
		}
		return r.Followup.Reassign(ctx, ids, assignee)
	})
}

func (r *Resolver) deleteLeads(ctx context.Context, in model.DeleteLeadsInput) (*model.DeleteLeadsPayload, error) {
	ids, err := leadIDs(in.Leads)
	deleted := 0
	if err == nil {
		deleted, err = r.Followup.Delete(ctx, ids)
	}
	errs, err := mend(err)
	return &model.DeleteLeadsPayload{Deleted: deleted, Errors: errs}, err
}
