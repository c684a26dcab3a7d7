package graph

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/session"
	"github.com/partage-mail/partage/graph/model"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
)

// signedIn turns the ticket of a command into the payload: the token or a cookie, and the viewer as the
// new session sees itself.
func (r *Resolver) signedIn(ctx context.Context, t identity.Ticket, err error) (*model.SignInPayload, error) {
	errs, err := mend(err)
	if err != nil || len(errs) > 0 {
		return &model.SignInPayload{Errors: errs}, err
	}
	p := &model.SignInPayload{Errors: errs}
	if t.Session.Carrier == session.CarrierCookie {
		// The cookie outlives the first expiry: use moves that on, and the server is the judge.
		expires := t.Session.CreatedAt.Add(identity.LongestLife).Time()
		if err := caller.SetSession(ctx, t.Token, expires); err != nil {
			return nil, err
		}
	} else {
		p.Token = &t.Token
	}
	ctx, err = r.Identity.Authenticate(ctx, t.Token)
	if err != nil {
		return nil, err
	}
	p.Viewer, err = r.viewer(ctx)
	return p, err
}

func (r *Resolver) signUp(ctx context.Context, in model.SignUpInput) (*model.SignInPayload, error) {
	t, err := r.Identity.SignUp(ctx, identity.Founder{
		Email: in.Email, Password: in.Password, FirstName: in.FirstName, LastName: in.LastName,
		AccountName: in.AccountName, Locale: string(in.Locale),
	}, identity.Device{Name: in.Device, Carrier: in.Carrier})
	return r.signedIn(ctx, t, err)
}

func (r *Resolver) logIn(ctx context.Context, in model.LogInInput) (*model.SignInPayload, error) {
	c := identity.Credentials{Email: in.Email, Password: in.Password, Apart: !in.OpenOnly}
	if in.Account != nil {
		id, err := accountID(*in.Account)
		if err != nil {
			return nil, err
		}
		c.Account = id
	}
	t, err := r.Identity.LogIn(ctx, c, identity.Device{Name: in.Device, Carrier: in.Carrier})
	return r.signedIn(ctx, t, err)
}

func (r *Resolver) openAccount(ctx context.Context, in model.OpenAccountInput) (*model.SignInPayload, error) {
	id, err := accountID(in.Account)
	if err != nil {
		return nil, err
	}
	t, err := r.Identity.OpenAccount(ctx, id, identity.Device{Name: in.Device, Carrier: in.Carrier})
	return r.signedIn(ctx, t, err)
}

func accountID(id string) (uuid.UUID, error) { return read.ParseIDAs(id, "account", read.AccountID) }

// viewer returns who is looking, or the Unauthenticated fault.
func (r *Resolver) viewer(ctx context.Context) (*model.Viewer, error) {
	s, ok := identity.SessionFrom(ctx)
	if !ok {
		return nil, fault.New(fault.Unauthenticated, "Sign in first.")
	}
	me, err := r.Read.Me(ctx)
	if err != nil {
		return nil, err
	}
	account, collaborator, err := r.Read.Here(ctx)
	if err != nil {
		return nil, err
	}
	asking := identity.Listed{Session: s, Current: true}
	if account != nil {
		asking.AccountName = account.Name
	}
	return &model.Viewer{
		User: me, Session: shown(asking), Account: account, Collaborator: collaborator,
		As: func(request context.Context) context.Context { return identity.Adopt(request, ctx) },
	}, nil
}

func (r *Resolver) accounts(ctx context.Context) ([]*model.AccountChoice, error) {
	choices, err := r.Identity.Choices(ctx)
	list := make([]*model.AccountChoice, len(choices))
	for i, c := range choices {
		list[i] = &model.AccountChoice{
			Account:     &model.AccountName{ID: read.GlobalID(read.AccountID, c.Account), Name: c.Name},
			Role:        c.Role,
			LastVisitAt: moment(c.LastVisitAt),
		}
	}
	return list, err
}

func (r *Resolver) sessions(ctx context.Context) ([]*model.Session, error) {
	live, err := r.Identity.Sessions(ctx)
	return listed(live), err
}

// listed returns sessions as the API shows them; nil where they are not shown.
func listed(live []identity.Listed) []*model.Session {
	if live == nil {
		return nil
	}
	list := make([]*model.Session, len(live))
	for i, s := range live {
		list[i] = shown(s)
	}
	return list
}

// shown returns a session as the API shows it.
func shown(s identity.Listed) *model.Session {
	m := &model.Session{
		ID: read.GlobalID(read.SessionID, s.ID), Device: s.Device, Current: s.Current,
		CreatedAt: s.CreatedAt, LastUsedAt: s.LastUsedAt, ExpiresAt: s.ExpiresAt,
	}
	if s.Account != uuid.Nil {
		m.Account = &model.AccountName{ID: read.GlobalID(read.AccountID, s.Account), Name: s.AccountName}
	}
	return m
}

func moment(i instant.Instant) *instant.Instant {
	if i == 0 {
		return nil
	}
	return &i
}
