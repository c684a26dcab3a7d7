package team

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/session"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/sharing"
)

// Deactivate shuts people out of the account: their sessions there end with the commit and do not come back.
// Their items stay, and so do their access and their place in rotations, for a return. It returns how many
// open leads left them. Whoever is deactivated already stays so, and their leads go, too.
func (t *Team) Deactivate(ctx context.Context, ids []uuid.UUID, leads Leads) (handed int, err error) {
	err = t.onGoing(ctx, ids, leads, func(ctx context.Context, d *deed, people []*ent.Collaborator) error {
		for _, p := range people {
			if p.Status == collaborator.StatusDeactivated {
				continue
			}
			err := d.Collaborator.UpdateOne(p).SetStatus(collaborator.StatusDeactivated).
				SetSight(identity.NewSight(p.Sight)).AddVersion(1).Exec(ctx)
			if err != nil {
				return fmt.Errorf("deactivating a person: %w", err)
			}
			d.PersonChanged(p.ID)
			d.note(audit.Deactivated, p, nil)
		}
		return d.endSessions(ctx, people)
	}, &handed)
	return handed, err
}

// Remove takes people out of the account: as Deactivate, and their access goes. Who comes back by an
// invitation begins anew. Their leads cannot stay with them.
func (t *Team) Remove(ctx context.Context, ids []uuid.UUID, leads Leads) (handed int, err error) {
	err = t.onGoing(ctx, ids, leads, func(ctx context.Context, d *deed, people []*ent.Collaborator) error {
		if leads.To == KeepLeads {
			return fault.Field("openLeads", "Leads cannot stay with a person who is removed: hand them to the rotation or to a successor.")
		}
		return d.remove(ctx, people, audit.Removed)
	}, &handed)
	return handed, err
}

// Leave takes the viewer in the context out of the account, whatever their role. Their open leads wait for the
// rotation. Their session ends: they sign in again to open another account.
func (t *Team) Leave(ctx context.Context) error {
	v, err := sharing.From(ctx)
	if err != nil {
		return err
	}
	me := []uuid.UUID{v.Collaborator}
	return t.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		d := &deed{tx, v, t.instant()}
		h := handover{deed: d, from: me, Leads: Leads{To: LeadsToRotation}}
		if err := h.lock(ctx); err != nil {
			return err
		}
		held, err := d.lock(ctx, me)
		if err != nil {
			return err
		}
		p, ok := held[v.Collaborator]
		if !ok {
			return fault.Missing("account") // they were removed a moment ago
		}
		if _, err := h.do(ctx, []*ent.Collaborator{p}); err != nil {
			return err
		}
		if err := d.remove(ctx, []*ent.Collaborator{p}, audit.Left); err != nil {
			return err
		}
		return d.keepOwner(ctx)
	})
}

// onGoing runs fn on people who go, after their leads are handed over. handed is how many those were.
func (t *Team) onGoing(ctx context.Context, ids []uuid.UUID, leads Leads, fn func(context.Context, *deed, []*ent.Collaborator) error, handed *int) error {
	return t.owning(ctx, func(ctx context.Context, d *deed) error {
		*handed = 0
		if err := count(ids); err != nil {
			return err
		}
		h := handover{deed: d, from: ids, Leads: leads}
		if err := h.lock(ctx); err != nil {
			return err
		}
		people, err := d.hold(ctx, h.held()...)
		if err != nil {
			return err
		}
		if people, err = h.check(people); err != nil {
			return err
		}
		if *handed, err = h.do(ctx, people); err != nil {
			return err
		}
		if err := fn(ctx, d, people); err != nil {
			return err
		}
		return d.keepOwner(ctx)
	})
}

// remove takes people out, with their sessions and edges.
func (d *deed) remove(ctx context.Context, people []*ent.Collaborator, verb audit.Verb) error {
	for _, p := range people {
		err := d.Collaborator.UpdateOne(p).SetRemovedAt(d.now).SetSight(identity.NewSight(p.Sight)).AddVersion(1).Exec(ctx)
		if err != nil {
			return fmt.Errorf("removing a person: %w", err)
		}
		d.PersonChanged(p.ID)
		d.note(verb, p, map[string]string{"email": p.Email, "role": string(p.Role)})
	}
	if err := d.endSessions(ctx, people); err != nil {
		return err
	}
	theirs := access.CollaboratorIDIn(idsOf(people)...)
	edges, err := d.Access.Query().Where(theirs).Select(access.FieldCollaboratorID, access.FieldItemID, access.FieldLevel).All(ofThoseWhoGo(ctx))
	if err != nil {
		return fmt.Errorf("reading edges: %w", err)
	}
	for _, e := range edges {
		d.Granted(e.CollaboratorID, e.ItemID, visibilityevent.Before(e.Level))
	}
	if _, err := d.Access.Delete().Where(theirs).Exec(ctx); err != nil {
		return fmt.Errorf("deleting edges: %w", err)
	}
	return nil
}

func (d *deed) endSessions(ctx context.Context, people []*ent.Collaborator) error {
	_, err := d.Session.Delete().Where(session.CollaboratorIDIn(idsOf(people)...)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("ending sessions: %w", err)
	}
	return nil
}

func idsOf(people []*ent.Collaborator) []uuid.UUID {
	ids := make([]uuid.UUID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	return ids
}

// ofThoseWhoGo lets a query of edges see those of other people, also on items in the bin. The caller has
// checked that the viewer may take them out.
func ofThoseWhoGo(ctx context.Context) context.Context {
	return viewer.System(ctx, "the edges of a person who leaves the account go with them")
}
