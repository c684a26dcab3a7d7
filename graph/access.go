package graph

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/graph/model"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/matrix"
)

// personRef returns the uuid of a collaborator, or of an invitation that is not accepted yet.
func personRef(global string) (id uuid.UUID, invited bool, err error) {
	prefix, id, err := read.ParseID(global)
	if err != nil || prefix != read.PersonID && prefix != read.InvitationID {
		return uuid.Nil, false, fault.Missing("person")
	}
	return id, prefix == read.InvitationID, nil
}

// draftFor returns a draft for people that wishes nothing yet.
func draftFor(people ...string) (matrix.Draft, error) {
	d := matrix.Draft{Changes: make(map[uuid.UUID]matrix.Wish)}
	for _, person := range people {
		id, invited, err := personRef(person)
		if err != nil {
			return d, err
		}
		if invited {
			d.Invitations = append(d.Invitations, id)
		} else {
			d.People = append(d.People, id)
		}
	}
	return d, nil
}

func campaignIDs(list []string) ([]uuid.UUID, error) {
	ids := make([]uuid.UUID, len(list))
	for i, global := range list {
		var err error
		if ids[i], err = read.ParseIDAs(global, "campaign", read.CampaignID); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// setDraft is what setCampaignAccess wishes.
func setDraft(in model.SetCampaignAccessInput) (matrix.Draft, error) {
	d, err := draftFor(in.Collaborator)
	if err != nil {
		return d, err
	}
	if in.All != nil {
		d.All = &matrix.Wish{Access: in.All.CanAccess, RoundRobin: in.All.RoundRobin}
		if d.Except, err = campaignIDs(in.All.Except); err != nil {
			return d, err
		}
	}
	for _, c := range in.Changes {
		id, err := read.ParseIDAs(c.Campaign, "campaign", read.CampaignID)
		if err != nil {
			return d, err
		}
		if _, twice := d.Changes[id]; twice {
			return d, fault.Field("changes", "A campaign is named twice.")
		}
		d.Changes[id] = matrix.Wish{Access: c.CanAccess, RoundRobin: c.RoundRobin}
	}
	return d, nil
}

// grantDraft is what grantCampaignAccess wishes. It has no way to take anything away.
func grantDraft(in model.GrantCampaignAccessInput) (matrix.Draft, error) {
	d, err := draftFor(in.Collaborators...)
	if err != nil {
		return d, err
	}
	yes := true
	if in.All != nil {
		d.All = &matrix.Wish{Access: &yes}
		if in.All.RoundRobin {
			d.All.RoundRobin = &yes
		}
		if d.Except, err = campaignIDs(in.All.Except); err != nil {
			return d, err
		}
	}
	access, err := campaignIDs(in.Campaigns)
	if err != nil {
		return d, err
	}
	for _, id := range access {
		d.Changes[id] = matrix.Wish{Access: &yes}
	}
	rotation, err := campaignIDs(in.RoundRobin)
	if err != nil {
		return d, err
	}
	for _, id := range rotation {
		d.Changes[id] = matrix.Wish{Access: &yes, RoundRobin: &yes}
	}
	return d, nil
}

// asked is the outcome of asking for work; the zero id where there is nothing to do.
func (r *Resolver) asked(ctx context.Context, id uuid.UUID, err error) (*model.JobPayload, error) {
	job, errs, err := outcome(err, func() (*read.Job, error) {
		if id == uuid.Nil {
			return nil, nil
		}
		return r.Read.Job(ctx, id)
	})
	return &model.JobPayload{Job: job, Errors: errs}, err
}

func (r *Resolver) previewAccess(ctx context.Context, d matrix.Draft) (*model.CampaignAccessPreview, error) {
	p, err := r.Matrix.Preview(ctx, d)
	if err != nil {
		return nil, err
	}
	out := &model.CampaignAccessPreview{
		Total: int(p.Total), Counted: int(p.Counted), Added: int(p.Added), Removed: int(p.Removed),
		RoundRobinOn: int(p.Joined), RoundRobinOff: int(p.Left), Unchanged: int(p.Unchanged), Kept: int(p.Kept),
	}
	out.Sample, err = r.Read.Campaigns(ctx, p.Sample)
	return out, err
}

// onJob runs a command on the job of an input.
func (r *Resolver) onJob(ctx context.Context, in model.JobInput, do func(context.Context, uuid.UUID) (uuid.UUID, error)) (*model.JobPayload, error) {
	id, err := read.ParseIDAs(in.Job, "job", read.JobID)
	if err != nil {
		return nil, err
	}
	id, err = do(ctx, id)
	return r.asked(ctx, id, err)
}
