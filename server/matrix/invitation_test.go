package matrix_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/promise"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/matrix"
)

func TestInvitation(t *testing.T) {
	each(t, func(p *place) {
		guest := p.invited(invitation.RoleMember)
		closed, open := p.campaigns(3, item.AudienceRestricted), p.campaigns(2, item.AudienceEveryone)
		d := matrix.Draft{Invitations: []uuid.UUID{guest}, Changes: map[uuid.UUID]matrix.Wish{closed[0]: rotation(), closed[1]: given(), open[0]: nothing(), open[1]: given()}}
		j := p.job(p.matrix.Set(p.Owner, d))
		if j.Outcome != `{"added":2,"removed":1,"round_robin_on":1,"unchanged":1}` {
			p.Errorf("the job is %v", j)
		}
		levels := func() map[uuid.UUID]string {
			m := make(map[uuid.UUID]string)
			for _, row := range p.Store.Client().Promise.Query().Where(promise.InvitationID(guest)).AllX(p.System) {
				m[row.ItemID] = string(row.Level)
				if row.RoundRobin {
					m[row.ItemID] += "+"
				}
			}
			return m
		}
		if got := levels(); len(got) != 3 || got[closed[0]] != "edit+" || got[closed[1]] != "edit" || got[open[0]] != "none" {
			p.Errorf("promised %v", got)
		}
		more := p.job(p.matrix.Set(p.Owner, matrix.Draft{Invitations: []uuid.UUID{guest}, Changes: map[uuid.UUID]matrix.Wish{closed[0]: onlyOut(), closed[2]: rotation()}}))
		if got := levels(); got[closed[0]] != "edit" || got[closed[2]] != "edit+" {
			p.Errorf("promised %v", got)
		}
		p.job(p.matrix.Undo(p.Owner, more.ID))
		if got := levels(); len(got) != 3 || got[closed[0]] != "edit+" {
			p.Errorf("after the undo promised %v", got)
		}
	})
}

// TestAccepted has an invitation accepted while a job about it waits: who has joined is given what was wished, over
// what their invitation had given them.
func TestAccepted(t *testing.T) {
	each(t, func(p *place) {
		guest := p.invited(invitation.RoleMember)
		c := p.campaigns(3, item.AudienceRestricted)
		id, err := p.matrix.Set(p.Owner, matrix.Draft{Invitations: []uuid.UUID{guest}, Changes: map[uuid.UUID]matrix.Wish{c[0]: rotation(), c[1]: nothing(), c[2]: given()}})
		must(p, err)
		joined := uuid.Must(uuid.NewV7())
		p.Write(p, func(ctx context.Context, tx *feed.Tx) error {
			inv, err := tx.Invitation.Get(p.System, guest)
			if err != nil {
				return err
			}
			u, err := tx.User.Create().SetEmail(inv.Email).SetEmailKey(inv.EmailKey).SetPasswordHash("").SetFirstName("G").SetLastName("G").Save(ctx)
			if err != nil {
				return err
			}
			err = tx.Collaborator.Create().SetID(joined).SetAccountID(p.ID).SetUserID(u.ID).SetEmail(inv.Email).SetFirstName("G").SetLastName("G").Exec(ctx)
			if err != nil {
				return err
			}
			tx.PersonChanged(joined)
			tx.ByJob = feed.ByInvitation
			for _, campaign := range c[:2] { // what the invitation promised
				tx.Granted(joined, campaign, "absent")
				err := tx.Access.Create().SetAccountID(p.ID).SetCollaboratorID(joined).SetItemID(campaign).SetLevel(access.LevelView).Exec(ctx)
				if err != nil {
					return err
				}
			}
			return tx.Invitation.UpdateOneID(guest).SetState(invitation.StateAccepted).Exec(ctx)
		})
		if j := p.job(id, nil); j.Done != 3 || j.Outcome != `{"added":1,"removed":1,"round_robin_on":1}` {
			p.Errorf("the job is %v", j)
		}
		p.check(joined, map[uuid.UUID]string{c[0]: "edit+", c[1]: "none", c[2]: "edit"})
		if _, err := p.matrix.Set(p.Owner, matrix.Draft{Invitations: []uuid.UUID{guest}, All: ptr(given())}); !fault.Is(err, fault.NotFound) {
			p.Errorf("an invitation that was accepted: %v", err)
		}
	})
}

// TestInvitationByHand holds that what somebody changes of an invitation by hand, after a job about it was confirmed, stays.
func TestInvitationByHand(t *testing.T) {
	each(t, func(p *place) {
		guest := p.invited(invitation.RoleMember)
		c := p.campaigns(2, item.AudienceRestricted)
		d := matrix.Draft{Invitations: []uuid.UUID{guest}, Changes: map[uuid.UUID]matrix.Wish{c[0]: rotation(), c[1]: given()}}
		first, err := p.matrix.Set(p.Owner, d)
		must(p, err)
		p.Write(p, func(ctx context.Context, tx *feed.Tx) error {
			return tx.Invitation.UpdateOneID(guest).SetAccessAfterJob(p.Store.Client().Account.GetX(p.System, p.ID).JobCount).Exec(ctx)
		})
		second, err := p.matrix.Set(p.Owner, matrix.Draft{Invitations: []uuid.UUID{guest}, Changes: map[uuid.UUID]matrix.Wish{c[1]: given()}})
		must(p, err)
		if j := p.job(first, nil); j.Outcome != `{"changed_since":2}` {
			p.Errorf("the job before is %v", j)
		}
		if j := p.job(second, nil); j.Outcome != `{"added":1}` {
			p.Errorf("the job after is %v", j)
		}
	})
}
