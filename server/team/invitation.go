package team

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/throttle"
)

const (
	// LinkLife is for how long the link of an invitation works.
	LinkLife = 7 * 24 * time.Hour
	// resendEvery is how long to wait before an invitation is sent again.
	resendEvery = time.Minute

	tokenPrefix = "pti_"
)

// mailsOfAccount bounds what strangers are sent in an account's name: a full file a day.
func mailsOfAccount() throttle.Limit {
	return throttle.Limit{Kind: "invitations of account", Free: MostPeople, Window: 24 * time.Hour}
}

// Invitee is someone who is asked to join, and what they are given when they do.
type Invitee struct {
	FirstName, LastName, Email string
	// Role is what they may do in general; empty means member.
	Role               collaborator.Role
	CanSend, CanExport bool
	Access             []Promise
}

// Invite asks someone by mail to join the account. An address whose person is in the account, or has an
// invitation already, is a Conflict on the field email.
func (t *Team) Invite(ctx context.Context, who Invitee) (id uuid.UUID, err error) {
	err = t.owning(ctx, func(ctx context.Context, d *deed) error {
		if _, err := d.hold(ctx); err != nil {
			return err
		}
		g, err := checkInvitee(who)
		if err != nil {
			return err
		}
		if err := d.checked(ctx, who.Access); err != nil {
			return err
		}
		g.promises = who.Access
		known, err := d.known(ctx, g.email.Key)
		if err != nil {
			return err
		}
		if refusal := known[g.email.Key].refusal(); refusal != nil {
			return refusal
		}
		ids, err := t.send(ctx, d, []guest{g})
		if err != nil {
			return err
		}
		id = ids[0]
		return nil
	})
	if err == nil {
		t.mailing.Wake()
	}
	return id, err
}

// InvitationChange is what becomes of a pending invitation; what is nil stays.
type InvitationChange struct {
	FirstName, LastName *string
	Role                *collaborator.Role
	CanSend, CanExport  *bool
	Access              *[]Promise
}

// ChangeInvitation changes what a pending invitation gives. Its link stays, and no mail goes out.
func (t *Team) ChangeInvitation(ctx context.Context, id uuid.UUID, c InvitationChange) error {
	return t.onInvitation(ctx, id, func(ctx context.Context, d *deed, inv *ent.Invitation) error {
		u := d.Invitation.UpdateOne(inv)
		first, last := inv.FirstName, inv.LastName
		var errs [2]error
		if c.FirstName != nil {
			first, errs[0] = identity.CheckName("firstName", "The first name", *c.FirstName)
		}
		if c.LastName != nil {
			last, errs[1] = identity.CheckName("lastName", "The last name", *c.LastName)
		}
		if err := errors.Join(errs[:]...); err != nil {
			return err
		}
		differs := d.tell(inv, "name", inv.FirstName+" "+inv.LastName, first+" "+last)
		u.SetFirstName(first).SetLastName(last).SetSearchKey(identity.SearchKey(first, last, inv.Email))
		if c.Role != nil {
			differs = d.tell(inv, "role", string(inv.Role), string(*c.Role)) || differs
			u.SetRole(invitation.Role(*c.Role))
		}
		if c.CanSend != nil {
			differs = d.tell(inv, "send", yesNo(inv.CanSend), yesNo(*c.CanSend)) || differs
			u.SetCanSend(*c.CanSend)
		}
		if c.CanExport != nil {
			differs = d.tell(inv, "export", yesNo(inv.CanExport), yesNo(*c.CanExport)) || differs
			u.SetCanExport(*c.CanExport)
		}
		if c.Access != nil {
			if err := d.checked(ctx, *c.Access); err != nil {
				return err
			}
			before, changed, err := d.replace(ctx, inv, *c.Access)
			if err != nil {
				return err
			}
			if changed {
				differs = true
				d.Note(d.line(audit.InvitationChanged, inv, map[string]string{"field": "access",
					"before": strconv.Itoa(before), "after": strconv.Itoa(len(*c.Access))}))
			}
		}
		if !differs {
			return nil
		}
		return u.Exec(ctx)
	})
}

// tell notes that a value of an invitation changes, if it does, and says whether.
func (d *deed) tell(inv *ent.Invitation, field, before, after string) bool {
	if before != after {
		d.Note(d.line(audit.InvitationChanged, inv, map[string]string{"field": field, "before": before, "after": after}))
	}
	return before != after
}

// Resend sends an invitation's mail again with a new link; the old one ends. Within a minute of the last mail
// it is Exhausted.
func (t *Team) Resend(ctx context.Context, id uuid.UUID) error {
	err := t.onInvitation(ctx, id, func(ctx context.Context, d *deed, inv *ent.Invitation) error {
		if wait := resendEvery - d.now.Sub(inv.SentAt); wait > 0 {
			f := fault.New(fault.Exhausted, "This invitation was sent a moment ago. Try again in a minute.")
			f.RetryAfter = wait
			return f
		}
		if err := t.throttle.Draw(ctx, d.Tx.Tx, mailsOfAccount().Of(d.Account.String()), 1, "invitations"); err != nil {
			return err
		}
		token, hash := identity.NewToken(tokenPrefix)
		err := d.Invitation.UpdateOne(inv).SetTokenHash(hash).SetSentAt(d.now).SetExpiresAt(d.now.Add(LinkLife)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("renewing an invitation: %w", err)
		}
		d.Note(d.line(audit.InvitationResent, inv, nil))
		letter, err := t.letters(ctx, d)
		if err != nil {
			return err
		}
		return t.mailing.Write(ctx, d.Tx.Tx, letter(inv.Email, inv.FirstName, token))
	})
	if err == nil {
		t.mailing.Wake()
	}
	return err
}

// Withdraw ends an invitation and its link.
func (t *Team) Withdraw(ctx context.Context, id uuid.UUID) error {
	return t.onInvitation(ctx, id, func(ctx context.Context, d *deed, inv *ent.Invitation) error {
		d.Note(d.line(audit.InvitationWithdrawn, inv, nil))
		return d.Invitation.UpdateOne(inv).SetState(invitation.StateWithdrawn).Exec(ctx)
	})
}

// onInvitation runs fn on a pending invitation of the owner's account, locked.
func (t *Team) onInvitation(ctx context.Context, id uuid.UUID, fn func(context.Context, *deed, *ent.Invitation) error) error {
	return t.owning(ctx, func(ctx context.Context, d *deed) error {
		if _, err := d.hold(ctx); err != nil {
			return err
		}
		q := d.Invitation.Query().Where(invitation.ID(id), invitation.StateEQ(invitation.StatePending))
		if d.Dialect == dialect.Postgres {
			q.ForUpdate(sql.WithLockClause("FOR NO KEY UPDATE"))
		}
		inv, err := q.Only(ctx)
		if ent.IsNotFound(err) {
			return fault.Missing("invitation")
		}
		if err != nil {
			return fmt.Errorf("reading an invitation: %w", err)
		}
		return fn(ctx, d, inv)
	})
}

// line is a line of the history about an invitation.
func (d *deed) line(verb audit.Verb, inv *ent.Invitation, detail map[string]string) audit.Line {
	if detail == nil {
		detail = make(map[string]string)
	}
	detail["email"], detail["name"] = inv.Email, inv.FirstName+" "+inv.LastName
	return audit.Line{Verb: verb, Actor: d.viewer.Collaborator, Detail: detail}
}

// letters returns what writes the mail of an invitation with its link.
func (t *Team) letters(ctx context.Context, d *deed) (func(email, firstName, token string) mailing.Message, error) {
	acc, err := d.Tx.Tx.Account.Get(ctx, d.Account)
	if err != nil {
		return nil, fmt.Errorf("reading the account: %w", err)
	}
	me, err := d.Collaborator.Get(ctx, d.viewer.Collaborator)
	if err != nil {
		return nil, fmt.Errorf("reading who invites: %w", err)
	}
	return func(email, firstName, token string) mailing.Message {
		to := mailing.Recipient{Email: email, Name: firstName, Locale: string(acc.Locale)}
		return mailing.Invitation(to, mailing.Inviter{Account: acc.ID, AccountName: acc.Name, Name: nameOf(me)}, t.link(token), LinkLife)
	}, nil
}

// link puts the token behind the #, so that neither the server's log nor a proxy's ever holds it.
func (t *Team) link(token string) string { return t.base + "/invitation#token=" + token }
