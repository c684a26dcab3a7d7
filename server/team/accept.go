package team

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
)

// Link is what an invitation's link tells whoever opens it.
type Link struct {
	AccountName string
	// InviterName is empty where they are gone.
	InviterName string
	// Email is whom it was sent to.
	Email               string
	FirstName, LastName string
	Role                collaborator.Role
	// HasLogin is whether the address has a login.
	HasLogin bool
}

// Link reads an invitation by its token. Nobody needs to be signed in. A link that is used, withdrawn, expired or
// unknown is the same NotFound fault.
func (t *Team) Link(ctx context.Context, token string) (Link, error) {
	inv, login, err := t.open(ctx, token)
	if err != nil {
		return Link{}, err
	}
	l := Link{
		AccountName: inv.Edges.Account.Name, Email: inv.Email, FirstName: inv.FirstName, LastName: inv.LastName,
		Role: collaborator.Role(inv.Role), HasLogin: login != nil,
	}
	if by := inv.Edges.Inviter; by != nil && by.RemovedAt == 0 {
		l.InviterName = nameOf(by)
	}
	return l, nil
}

// Acceptance is how somebody accepts an invitation.
type Acceptance struct {
	Token string
	// Password makes a new login; empty for a signed-in person.
	Password string
	// FirstName and LastName are of a new login; as the inviter wrote them where empty.
	FirstName, LastName string
	// Locale is the language of a new login, "en" or "fr"; empty means "en".
	Locale string
	Device identity.Device
}

// Accept lets the person whom an invitation was sent to into the account, with what it promises, and begins a
// session there, all in one transaction. Where their address has a login they are signed in with it; otherwise
// they make one. Of several who accept at once one does. The faults of a link are those of Link.
func (t *Team) Accept(ctx context.Context, a Acceptance) (identity.Ticket, error) {
	inv, login, err := t.open(ctx, a.Token)
	if err != nil {
		return identity.Ticket{}, err
	}
	j, err := t.joiner(ctx, inv, login, a)
	if err != nil {
		return identity.Ticket{}, err
	}
	var ticket identity.Ticket
	err = t.feed.Write(ctx, inv.AccountID, func(ctx context.Context, tx *feed.Tx) error {
		if err := lockRotations(ctx, tx, inv.ID); err != nil { // items come before invitations
			return err
		}
		inv, err := claim(ctx, tx, inv.ID, t.usable(inv.TokenHash))
		if err != nil {
			return err
		}
		joined := j
		joined.Role, joined.CanSend, joined.CanExport = collaborator.Role(inv.Role), inv.CanSend, inv.CanExport
		person, err := identity.AddCollaborator(ctx, tx, joined)
		if err != nil {
			return err
		}
		if err := confirmLogin(ctx, tx, person, login, j); err != nil {
			return err
		}
		if err := keep(asGuest(ctx), tx, inv, person); err != nil {
			return err
		}
		ticket, err = t.identity.Begin(ctx, tx, person, a.Device)
		return err
	})
	return ticket, err
}

// joiner returns who joins: the signed-in person, or somebody with a new login.
func (t *Team) joiner(ctx context.Context, inv *ent.Invitation, login *ent.User, a Acceptance) (identity.Joiner, error) {
	me, signedIn := identity.SessionFrom(ctx)
	j := identity.Joiner{Email: inv.Email, FirstName: inv.FirstName, LastName: inv.LastName, Locale: a.Locale}
	switch {
	case login != nil && !signedIn:
		return j, hasLogin(inv.Email)
	case login != nil && me.User != login.ID, login == nil && signedIn && a.Password == "":
		return j, fault.New(fault.Denied, "This invitation was sent to %s. Sign in with that address, or sign out, to accept it.", inv.Email)
	case login != nil:
		j.FirstName, j.LastName = login.FirstName, login.LastName
		return j, nil
	case a.Password == "":
		return j, fault.Field("password", "Choose a password for your new login.")
	}
	if a.FirstName != "" {
		j.FirstName = a.FirstName
	}
	if a.LastName != "" {
		j.LastName = a.LastName
	}
	var err error
	j.PasswordHash, err = t.identity.HashPassword(ctx, inv.Email, a.Password)
	return j, err
}

// confirmLogin refuses a person whose login is not the one that was looked at, or made, for this acceptance:
// somebody else may have signed up with the address a moment ago.
func confirmLogin(ctx context.Context, tx *feed.Tx, person uuid.UUID, login *ent.User, j identity.Joiner) error {
	row, err := tx.Collaborator.Query().Where(collaborator.ID(person)).WithUser().Only(asGuest(ctx))
	if err != nil {
		return fmt.Errorf("reading who has joined: %w", err)
	}
	if login != nil && row.UserID == login.ID || login == nil && row.Edges.User.PasswordHash == j.PasswordHash {
		return nil
	}
	return hasLogin(j.Email)
}

func hasLogin(email string) *fault.Fault {
	return fault.New(fault.Unauthenticated, "%s has a login already. Sign in with it first, then accept the invitation.", email)
}

// open returns the invitation of a link that works, with its account and inviter, and the login of its address;
// nil where it has none.
func (t *Team) open(ctx context.Context, token string) (*ent.Invitation, *ent.User, error) {
	ctx = asGuest(ctx)
	hash, ok := identity.HashToken(tokenPrefix, token)
	if !ok {
		return nil, nil, spentLink()
	}
	inv, err := t.store.Client().Invitation.Query().Where(t.usable(hash)).WithAccount().WithInviter().Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil, spentLink()
	}
	if err != nil {
		return nil, nil, fmt.Errorf("reading an invitation: %w", err)
	}
	login, err := t.store.Client().User.Query().Where(user.EmailKey(inv.EmailKey)).Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return nil, nil, fmt.Errorf("looking for a login: %w", err)
	}
	return inv, login, nil
}

// usable is the condition on an invitation whose link works.
func (t *Team) usable(hash []byte) predicate.Invitation {
	return invitation.And(invitation.TokenHash(hash), invitation.StateEQ(invitation.StatePending), invitation.ExpiresAtGT(t.instant()))
}

// claim marks an invitation accepted and returns it as it is then; of several only one gets it.
func claim(ctx context.Context, tx *feed.Tx, id uuid.UUID, usable predicate.Invitation) (*ent.Invitation, error) {
	n, err := tx.Invitation.Update().Where(invitation.ID(id), usable).SetState(invitation.StateAccepted).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("accepting an invitation: %w", err)
	}
	if n == 0 {
		return nil, spentLink()
	}
	inv, err := tx.Invitation.Get(asGuest(ctx), id)
	if err != nil {
		return nil, fmt.Errorf("reading an invitation: %w", err)
	}
	return inv, nil
}

func spentLink() *fault.Fault {
	return fault.New(fault.NotFound, "This invitation was used already, was withdrawn or has expired. Ask whoever invited you to send a new one.")
}

// asGuest lets whoever holds an invitation's link into the account it is for.
func asGuest(ctx context.Context) context.Context {
	return viewer.System(ctx, "who holds an invitation's link is let in, and is nobody in the account yet")
}
