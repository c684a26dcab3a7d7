package team

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/ledger"
)

// Change is what becomes of people's role and rights; what is nil stays.
type Change struct {
	Role      *collaborator.Role
	CanSend   *bool
	CanExport *bool
	Credits   *ledger.Allowance
}

// Change gives people another role or other rights. Whoever becomes or ceases to be an owner sees other things as
// a whole: their positions in the feed end.
func (t *Team) Change(ctx context.Context, ids []uuid.UUID, c Change) error {
	return t.onPeople(ctx, ids, func(ctx context.Context, d *deed, people []*ent.Collaborator) error {
		if c.Credits != nil {
			if err := c.Credits.Check(); err != nil {
				return err
			}
		}
		for _, p := range people {
			if err := d.change(ctx, p, c); err != nil {
				return err
			}
		}
		return d.keepOwner(ctx)
	})
}

// Reactivate lets deactivated people in again, called as they call themselves by now. They sign in anew.
func (t *Team) Reactivate(ctx context.Context, ids []uuid.UUID) error {
	return t.onPeople(ctx, ids, func(ctx context.Context, d *deed, people []*ent.Collaborator) error {
		for _, p := range people {
			if p.Status == collaborator.StatusActive {
				continue
			}
			err := d.Collaborator.UpdateOne(p).SetStatus(collaborator.StatusActive).
				SetSight(identity.NewSight(p.Sight)).AddVersion(1).Exec(ctx)
			if err != nil {
				return fmt.Errorf("reactivating a person: %w", err)
			}
			d.PersonChanged(p.ID)
			d.note(audit.Reactivated, p, nil)
			if err := identity.CallByLogin(ctx, d.Tx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// onPeople runs fn on people of the owner's account, held.
func (t *Team) onPeople(ctx context.Context, ids []uuid.UUID, fn func(context.Context, *deed, []*ent.Collaborator) error) error {
	return t.owning(ctx, func(ctx context.Context, d *deed) error {
		if err := count(ids); err != nil {
			return err
		}
		people, err := d.hold(ctx, ids...)
		if err != nil {
			return err
		}
		return fn(ctx, d, people)
	})
}

func (d *deed) change(ctx context.Context, p *ent.Collaborator, c Change) error {
	u, differs := d.Collaborator.UpdateOne(p), false
	if c.Role != nil && *c.Role != p.Role {
		differs = true
		u.SetRole(*c.Role)
		if p.Role == collaborator.RoleOwner || *c.Role == collaborator.RoleOwner {
			u.SetSight(identity.NewSight(p.Sight))
		}
		d.note(audit.RoleChanged, p, map[string]string{"before": string(p.Role), "after": string(*c.Role)})
	}
	if c.CanSend != nil && *c.CanSend != p.CanSend {
		differs = true
		u.SetCanSend(*c.CanSend)
		d.note(audit.RightsChanged, p, map[string]string{"right": "send", "before": yesNo(p.CanSend), "after": yesNo(*c.CanSend)})
	}
	if c.CanExport != nil && *c.CanExport != p.CanExport {
		differs = true
		u.SetCanExport(*c.CanExport)
		d.note(audit.RightsChanged, p, map[string]string{"right": "export", "before": yesNo(p.CanExport), "after": yesNo(*c.CanExport)})
	}
	if had := ledger.Of(p); c.Credits != nil && *c.Credits != had {
		differs = true
		u.SetCreditPeriod(c.Credits.Period).SetCreditAmount(c.Credits.Amount)
		d.note(audit.RightsChanged, p, map[string]string{"right": "credits", "before": had.String(), "after": c.Credits.String()})
	}
	if !differs {
		return nil
	}
	d.PersonChanged(p.ID)
	if err := u.AddVersion(1).Exec(ctx); err != nil {
		return fmt.Errorf("changing a person: %w", err)
	}
	return nil
}

// note writes a line about a person into the history, with their name as it is now.
func (d *deed) note(verb audit.Verb, p *ent.Collaborator, detail map[string]string) {
	if detail == nil {
		detail = make(map[string]string)
	}
	detail["name"] = nameOf(p)
	d.Note(audit.Line{Verb: verb, Actor: d.viewer.Collaborator, Person: p.ID, Detail: detail})
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
