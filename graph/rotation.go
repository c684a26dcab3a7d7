package graph

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/graph/model"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/intake"
)

func (r *Resolver) receiveLead(ctx context.Context, in model.ReceiveLeadInput) (*model.LeadPayload, error) {
	campaign, err := itemID(in.Campaign, item.KindCampaign)
	if err != nil {
		return nil, err
	}
	l := intake.Lead{
		Email: in.Email, Name: in.Name, Phone: in.Phone, Source: in.Source,
		Fields: make(map[string]string, len(in.Fields)), RequestKey: in.IdempotencyKey,
	}
	for _, f := range in.Fields {
		if _, twice := l.Fields[f.Name]; twice {
			err = fault.Field("fields", "The field %q is named twice.", f.Name)
		}
		l.Fields[f.Name] = f.Value
	}
	var got intake.Received
	if err == nil {
		got, err = r.Intake.Receive(ctx, campaign, l)
	}
	lead, errs, err := outcome(err, func() (*read.Lead, error) {
		l, err := r.Read.Lead(ctx, got.ID)
		if fault.Is(err, fault.NotFound) { // it is somebody else's, and the viewer is shown their own
			return nil, nil
		}
		return l, err
	})
	return &model.LeadPayload{Lead: lead, Repeated: got.Repeated, Errors: errs}, err
}

func (r *Resolver) assignWaitingLeads(ctx context.Context, in model.AssignWaitingLeadsInput) (*model.AssignWaitingLeadsPayload, error) {
	campaign, err := itemID(in.Campaign, item.KindCampaign)
	if err != nil {
		return nil, err
	}
	dealt, err := r.Intake.AssignWaiting(ctx, campaign)
	rotation, errs, err := outcome(err, func() (*read.Rotation, error) { return r.Read.Rotation(ctx, campaign) })
	p := &model.AssignWaitingLeadsPayload{Assigned: dealt.Assigned, Rotation: rotation, Errors: errs}
	if err == nil && dealt.Job != uuid.Nil {
		p.Job, err = r.Read.Job(ctx, dealt.Job)
	}
	return p, err
}

func (r *Resolver) changeRotation(ctx context.Context, in model.ChangeRotationInput) (*model.RotationPayload, error) {
	campaign, err := itemID(in.Campaign, item.KindCampaign)
	if err != nil {
		return nil, err
	}
	change := intake.RotationChange{Paused: in.Paused}
	if in.Order != nil {
		if change.Order, err = personIDs(in.Order); err != nil {
			return nil, err
		}
	}
	rotation, errs, err := outcome(r.Intake.ChangeRotation(ctx, campaign, change), func() (*read.Rotation, error) {
		return r.Read.Rotation(ctx, campaign)
	})
	return &model.RotationPayload{Rotation: rotation, Errors: errs}, err
}

func (r *Resolver) setAway(ctx context.Context, in model.SetAwayInput) (*model.SetAwayPayload, error) {
	ids, err := personIDs([]string{in.Collaborator})
	if err != nil {
		return nil, err
	}
	var until instant.Instant
	if in.Until != nil {
		until = *in.Until
	}
	people, errs, err := outcome(r.Intake.SetAway(ctx, ids[0], until), func() ([]*read.Collaborator, error) {
		return r.Read.CollaboratorsByID(ctx, ids)
	})
	p := &model.SetAwayPayload{Errors: errs}
	if len(people) > 0 {
		p.Collaborator = people[0]
	}
	return p, err
}

func (r *Resolver) rotateLeadKey(ctx context.Context, in model.RotateLeadKeyInput) (*model.RotateLeadKeyPayload, error) {
	campaign, err := itemID(in.Campaign, item.KindCampaign)
	if err != nil {
		return nil, err
	}
	key, err := r.Intake.RotateKey(ctx, campaign)
	form, errs, err := outcome(err, func() (*read.LeadForm, error) { return r.Read.LeadForm(ctx, campaign) })
	p := &model.RotateLeadKeyPayload{Form: form, Errors: errs}
	if key != "" {
		url := r.Intake.Address(key)
		p.Key, p.URL = &key, &url
	}
	return p, err
}

func (r *Resolver) setLeadOrigins(ctx context.Context, in model.SetLeadOriginsInput) (*model.LeadFormPayload, error) {
	campaign, err := itemID(in.Campaign, item.KindCampaign)
	if err != nil {
		return nil, err
	}
	form, errs, err := outcome(r.Intake.SetOrigins(ctx, campaign, in.Origins), func() (*read.LeadForm, error) {
		return r.Read.LeadForm(ctx, campaign)
	})
	return &model.LeadFormPayload{Form: form, Errors: errs}, err
}
