package graph

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/graph/model"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/team"
)

// personIDs returns the uuids of people, or the NotFound fault.
func personIDs(ids []string) ([]uuid.UUID, error) {
	uuids := make([]uuid.UUID, len(ids))
	for i, id := range ids {
		u, err := read.ParseIDAs(id, "person", read.PersonID)
		if err != nil {
			return nil, err
		}
		uuids[i] = u
	}
	return uuids, nil
}

func invitationID(id string) (uuid.UUID, error) {
	return read.ParseIDAs(id, "invitation", read.InvitationID)
}

// onPeople runs a command on people and returns them as they are then.
func (r *Resolver) onPeople(ctx context.Context, ids []string, command func([]uuid.UUID) error) (*model.PeoplePayload, error) {
	people, err := personIDs(ids)
	if err != nil {
		return nil, err
	}
	found, errs, err := outcome(command(people), func() ([]*read.Collaborator, error) { return r.Read.CollaboratorsByID(ctx, people) })
	return &model.PeoplePayload{Collaborators: found, Errors: errs}, err
}

func openLeads(to team.OpenLeads, successor *string) (team.Leads, error) {
	l := team.Leads{To: to}
	if successor == nil {
		return l, nil
	}
	var err error
	l.Successor, err = read.ParseIDAs(*successor, "person", read.PersonID)
	return l, err
}

func (r *Resolver) deactivatePeople(ctx context.Context, in model.DeactivatePeopleInput) (*model.DeactivatePeoplePayload, error) {
	leads, err := openLeads(in.OpenLeads, in.Successor)
	if err != nil {
		return nil, err
	}
	handed := 0
	p, err := r.onPeople(ctx, in.Collaborators, func(ids []uuid.UUID) (err error) {
		handed, err = r.Team.Deactivate(ctx, ids, leads)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &model.DeactivatePeoplePayload{Collaborators: p.Collaborators, LeadsHandedOver: handed, Errors: p.Errors}, nil
}

func (r *Resolver) removePeople(ctx context.Context, in model.RemovePeopleInput) (*model.RemovePeoplePayload, error) {
	leads, err := openLeads(in.OpenLeads, in.Successor)
	if err != nil {
		return nil, err
	}
	people, err := personIDs(in.Collaborators)
	if err != nil {
		return nil, err
	}
	handed, err := r.Team.Remove(ctx, people, leads)
	gone, errs, err := outcome(err, func() ([]string, error) { return in.Collaborators, nil })
	return &model.RemovePeoplePayload{RemovedIds: gone, LeadsHandedOver: handed, Errors: errs}, err
}

// promises returns the access that an input names; nil where it is left out.
func promises(in []*model.PromisedAccessInput) (*[]team.Promise, error) {
	if in == nil {
		return nil, nil
	}
	list := make([]team.Promise, len(in))
	for i, p := range in {
		id, err := read.ParseItemID(p.Item)
		if err != nil {
			return nil, err
		}
		list[i] = team.Promise{Item: id, Level: p.Level, RoundRobin: p.RoundRobin}
	}
	return &list, nil
}

func (r *Resolver) invite(ctx context.Context, in model.InviteInput) (*model.InvitationPayload, error) {
	who := team.Invitee{
		FirstName: in.FirstName, LastName: in.LastName, Email: in.Email,
		Role: in.Role, CanSend: in.CanSend, CanExport: in.CanExport,
	}
	access, err := promises(in.Access)
	if err != nil {
		return nil, err
	}
	if access != nil {
		who.Access = *access
	}
	id, err := r.Team.Invite(ctx, who)
	return r.invitation(ctx, id, err)
}

func (r *Resolver) changeInvitation(ctx context.Context, in model.ChangeInvitationInput) (*model.InvitationPayload, error) {
	id, err := invitationID(in.Invitation)
	if err != nil {
		return nil, err
	}
	access, err := promises(in.Access)
	if err != nil {
		return nil, err
	}
	return r.invitation(ctx, id, r.Team.ChangeInvitation(ctx, id, team.InvitationChange{
		FirstName: in.FirstName, LastName: in.LastName, Role: in.Role, CanSend: in.CanSend, CanExport: in.CanExport, Access: access,
	}))
}

// invitation is the outcome of a command on one.
func (r *Resolver) invitation(ctx context.Context, id uuid.UUID, err error) (*model.InvitationPayload, error) {
	inv, errs, err := outcome(err, func() (*read.Invitation, error) { return r.Read.Invitation(ctx, id) })
	return &model.InvitationPayload{Invitation: inv, Errors: errs}, err
}

func (r *Resolver) invitePeople(ctx context.Context, in model.InvitePeopleInput) (*model.InvitePeoplePayload, error) {
	lines, err := r.Team.InviteAll(ctx, in.CSV, in.DryRun)
	errs, err := mend(err)
	p := &model.InvitePeoplePayload{Lines: make([]*model.InviteLine, len(lines)), Errors: errs}
	for i, l := range lines {
		p.Lines[i] = &model.InviteLine{Line: l.Line, Email: l.Email, Outcome: l.Outcome, Message: fault.Say(l.Why, caller.Locale(ctx))}
		if l.Outcome == team.Invited {
			p.Invited++
		}
	}
	return p, err
}

func (r *Resolver) invitationLink(ctx context.Context, token string) (*model.InvitationLink, error) {
	l, err := r.Team.Link(ctx, token)
	return &model.InvitationLink{
		AccountName: l.AccountName, InviterName: l.InviterName, Email: l.Email,
		FirstName: l.FirstName, LastName: l.LastName, Role: l.Role, HasLogin: l.HasLogin,
	}, err
}

func (r *Resolver) acceptInvitation(ctx context.Context, in model.AcceptInvitationInput) (*model.SignInPayload, error) {
	t, err := r.Team.Accept(ctx, team.Acceptance{
		Token: in.Token, Password: text(in.Password), FirstName: text(in.FirstName), LastName: text(in.LastName),
		Locale: string(in.Locale), Device: identity.Device{Name: in.Device, Carrier: in.Carrier},
	})
	return r.signedIn(ctx, t, err)
}

func (r *Resolver) changeAccount(ctx context.Context, in model.ChangeAccountInput) (*model.ChangeAccountPayload, error) {
	s := team.Settings{
		Name: in.Name, TimeZone: in.TimeZone, MemberLeads: in.MemberLeads,
		DesktopLockDays: in.DesktopLockDays, DesktopEraseDays: in.DesktopEraseDays,
	}
	if in.DefaultAudience != nil {
		a := account.DefaultAudience(*in.DefaultAudience)
		s.DefaultAudience = &a
	}
	if in.Locale != nil {
		l := account.Locale(*in.Locale)
		s.Locale = &l
	}
	acc, errs, err := outcome(r.Team.ChangeAccount(ctx, s), func() (*read.Account, error) {
		acc, _, err := r.Read.Here(ctx)
		return acc, err
	})
	return &model.ChangeAccountPayload{Account: acc, Errors: errs}, err
}
