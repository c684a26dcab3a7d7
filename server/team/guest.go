package team

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/mailing"
)

// guest is an Invitee whose words were checked.
type guest struct {
	Invitee
	email    address.Address
	promises []Promise
}

func checkInvitee(who Invitee) (guest, error) {
	g := guest{Invitee: who}
	var errs [3]error
	g.email, errs[0] = identity.CheckEmail("email", who.Email)
	g.FirstName, errs[1] = identity.CheckName("firstName", "The first name", who.FirstName)
	g.LastName, errs[2] = identity.CheckName("lastName", "The last name", who.LastName)
	if g.Role == "" {
		g.Role = collaborator.RoleMember
	}
	return g, errors.Join(errs[:]...)
}

// standing is what an address is in an account.
type standing int

const (
	stranger standing = iota
	inside
	shutOut
	invited
)

// refusal is why an address of the standing cannot be invited; nil for strangers.
func (s standing) refusal() error {
	var f *fault.Fault
	switch s {
	case inside:
		f = fault.New(fault.Conflict, "This person is in the account already.")
	case shutOut:
		f = fault.New(fault.Conflict, "This person is in the account and deactivated. Reactivate them instead.")
	case invited:
		f = alreadyInvited()
	default:
		return nil
	}
	f.Field = "email"
	return f
}

func alreadyInvited() *fault.Fault {
	f := fault.New(fault.Conflict, "This person has an invitation already. Send that one again, or withdraw it first.")
	f.Field = "email"
	return f
}

// known returns what addresses, by their keys, are in the account; strangers are left out.
func (d *deed) known(ctx context.Context, keys ...string) (map[string]standing, error) {
	found := make(map[string]standing)
	for some := range slices.Chunk(keys, batch) {
		people, err := d.Collaborator.Query().Where(collaborator.HasUserWith(user.EmailKeyIn(some...))).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("looking for people by address: %w", err)
		}
		for _, p := range people {
			a, err := address.Parse(p.Email)
			if err != nil {
				return nil, fmt.Errorf("reading the address of a person: %w", err)
			}
			if found[a.Key] = inside; p.Status == collaborator.StatusDeactivated {
				found[a.Key] = shutOut
			}
		}
		pending, err := d.Invitation.Query().Where(invitation.EmailKeyIn(some...), invitation.StateEQ(invitation.StatePending)).
			Select(invitation.FieldEmailKey).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("looking for invitations by address: %w", err)
		}
		for _, inv := range pending {
			found[inv.EmailKey] = invited
		}
	}
	return found, nil
}

// send stores invitations of guests who are strangers, writes their mails, and returns the ids. The caller wakes
// the mailing after the commit.
func (t *Team) send(ctx context.Context, d *deed, guests []guest) ([]uuid.UUID, error) {
	if err := t.throttle.Draw(ctx, d.Tx.Tx, mailsOfAccount().Of(d.Account.String()), len(guests), "invitations"); err != nil {
		return nil, err
	}
	letter, err := t.letters(ctx, d)
	if err != nil {
		return nil, err
	}
	rows := make([]*ent.InvitationCreate, len(guests))
	mails := make([]mailing.Message, len(guests))
	for i, g := range guests {
		token, hash := identity.NewToken(tokenPrefix)
		rows[i] = d.Invitation.Create().SetAccountID(d.Account).SetInvitedBy(d.viewer.Collaborator).
			SetEmail(g.email.Written).SetEmailKey(g.email.Key).SetFirstName(g.FirstName).SetLastName(g.LastName).
			SetSearchKey(identity.SearchKey(g.FirstName, g.LastName, g.email.Written)).
			SetRole(invitation.Role(g.Role)).SetCanSend(g.CanSend).SetCanExport(g.CanExport).
			SetTokenHash(hash).SetSentAt(d.now).SetExpiresAt(d.now.Add(LinkLife))
		mails[i] = letter(g.email.Written, g.FirstName, token)
		d.Note(audit.Line{Verb: audit.Invited, Actor: d.viewer.Collaborator, Detail: map[string]string{
			"email": g.email.Written, "name": g.FirstName + " " + g.LastName, "role": string(g.Role),
		}})
	}
	var ids []uuid.UUID
	for some := range slices.Chunk(rows, batch) {
		made, err := d.Invitation.CreateBulk(some...).Save(ctx)
		if ent.IsConstraintError(err) {
			return nil, alreadyInvited() // by someone who was a moment faster
		}
		if err != nil {
			return nil, fmt.Errorf("storing invitations: %w", err)
		}
		for _, inv := range made {
			ids = append(ids, inv.ID)
		}
	}
	for i, g := range guests {
		if err := d.store(ctx, ids[i], g.promises); err != nil {
			return nil, err
		}
	}
	return ids, t.mailing.Write(ctx, d.Tx.Tx, mails...)
}
