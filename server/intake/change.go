package intake

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
)

// RotationChange is what changes of a rotation; nil stays.
type RotationChange struct {
	// Paused is whether leads wait.
	Paused *bool
	// Order is everyone in the rotation, in the new order.
	Order []uuid.UUID
}

// ChangeRotation pauses a rotation or lets it go on, and puts its people in another order. By an owner. Faults:
// NotFound, Denied, Invalid, and Conflict where the people named are not those in the rotation.
func (in *Intake) ChangeRotation(ctx context.Context, campaign uuid.UUID, change RotationChange) error {
	return in.on(ctx, campaign, own, func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer, it *ent.Item) error {
		c, err := in.open(ctx, tx, campaign)
		if err != nil {
			return err
		}
		note := func(verb audit.Verb) {
			tx.Changed(campaign) // whoever looks at the rotation is to see it
			tx.Note(audit.Line{Verb: verb, Actor: v.Collaborator, Item: campaign, Detail: map[string]string{"item": it.Name}})
		}
		update := tx.Campaign.UpdateOneID(campaign)
		if change.Paused != nil && *change.Paused != c.Paused {
			update.SetRotationPaused(*change.Paused)
			note(map[bool]audit.Verb{true: audit.RotationPaused, false: audit.RotationResumed}[*change.Paused])
		}
		if change.Order != nil {
			moved, err := reorder(ctx, tx, campaign, c, change.Order)
			if err != nil {
				return err
			}
			if moved {
				update.SetRotationHead(c.head).SetRotationAt(c.At)
				note(audit.RotationReordered)
			}
		}
		return update.Exec(ctx)
	})
}

// reorder gives the people of a rotation fresh ranks, unless they stand in that order already.
func reorder(ctx context.Context, tx *feed.Tx, campaign uuid.UUID, c *campaignState, order []uuid.UUID) (moved bool, err error) {
	now := make([]uuid.UUID, len(c.Members))
	for i, m := range c.Members {
		now[i] = m.Person
	}
	if slices.Equal(now, order) {
		return false, nil
	}
	if !slices.Equal(slices.SortedFunc(slices.Values(now), compareIDs), slices.SortedFunc(slices.Values(order), compareIDs)) {
		f := fault.New(fault.Conflict, "These are not the people of the rotation as it is now. Look at it again, and name each once.")
		f.Field = "order"
		return false, f
	}
	c.head = c.Reorder(order, c.head)
	ranks := make([][2]any, len(c.Members))
	for i, m := range c.Members {
		ranks[i] = [2]any{m.Person, m.Rank}
	}
	query := `UPDATE access SET rotation_rank = place.value ->> 1 FROM json_each(?1) AS place
		WHERE access.item_id = ?2 AND access.collaborator_id = place.value ->> 0`
	if tx.Dialect == dialect.Postgres {
		query = `UPDATE access SET rotation_rank = (place.value ->> 1)::bigint FROM jsonb_array_elements(CAST(?1 AS jsonb)) AS place(value)
			WHERE access.item_id = ?2 AND access.collaborator_id = (place.value ->> 0)::uuid`
	}
	if err := exec(ctx, tx, query, list(ranks), campaign); err != nil {
		return false, fmt.Errorf("giving ranks: %w", err)
	}
	return true, nil
}

// SetAway says that a person is away until a moment, or is back (zero): rotations pass them over meanwhile. By an
// owner, or the person. Faults: NotFound, Denied, Invalid.
func (in *Intake) SetAway(ctx context.Context, person uuid.UUID, until instant.Instant) error {
	v, err := sharing.From(ctx)
	if err != nil {
		return err
	}
	return in.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		query := tx.Collaborator.Query().Where(collaborator.ID(person))
		if tx.Dialect == dialect.Postgres {
			query.ForUpdate(sql.WithLockClause("FOR NO KEY UPDATE"))
		}
		p, err := query.Only(ctx)
		switch {
		case ent.IsNotFound(err):
			return fault.Missing("person")
		case err != nil:
			return fmt.Errorf("reading a person: %w", err)
		case person != v.Collaborator && !v.Owner():
			return fault.New(fault.Denied, "Only an owner says this of somebody else.")
		case until != 0 && until <= in.instant():
			return fault.Field("until", "Name a moment that is still to come, or none to say that they are back.")
		case until == p.AwayUntil, until == 0 && p.AwayUntil <= in.instant():
			return nil
		}
		detail, verb := map[string]string{"name": p.FirstName + " " + p.LastName}, audit.CameBack
		if until != 0 {
			verb, detail["until"] = audit.WentAway, until.Time().Format(time.RFC3339)
		}
		tx.PersonChanged(person)
		tx.Note(audit.Line{Verb: verb, Actor: v.Collaborator, Person: person, Detail: detail})
		return tx.Collaborator.UpdateOneID(person).SetAwayUntil(until).AddVersion(1).Exec(ctx)
	})
}
