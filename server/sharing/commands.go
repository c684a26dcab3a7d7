package sharing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// Sharing holds the commands that say who sees an item. It is safe for concurrent use.
type Sharing struct{ feed *feed.Feed }

// New returns the commands over a feed.
func New(f *feed.Feed) *Sharing { return &Sharing{f} }

// SetAudience says who sees an item without being named. Only an owner or the item's creator may.
func (s *Sharing) SetAudience(ctx context.Context, id uuid.UUID, audience item.Audience) error {
	return s.govern(ctx, id, func(ctx context.Context, tx *feed.Tx, it *ent.Item) error {
		if it.Audience == audience {
			return nil
		}
		tx.Changed(id)
		tx.Sighted(id, string(it.Audience))
		return tx.Item.UpdateOneID(id).SetAudience(audience).Exec(ctx)
	})
}

// SetAccess gives one person a level of their own on an item. Only an owner or the item's creator may.
// On owners and the creator a level is kept and has no effect while they are that.
func (s *Sharing) SetAccess(ctx context.Context, id, person uuid.UUID, level access.Level) error {
	return s.govern(ctx, id, func(ctx context.Context, tx *feed.Tx, _ *ent.Item) error {
		known, err := tx.Collaborator.Query().
			Where(collaborator.ID(person), collaborator.AccountID(tx.Account)).Exist(ctx)
		if err != nil {
			return err
		}
		if !known {
			return fault.Missing("person")
		}
		edge, err := edgeOf(ctx, tx, id, person)
		switch {
		case err != nil:
			return err
		case edge == nil:
			tx.Granted(person, id, string(visibilityevent.BeforeAbsent))
			return tx.Access.Create().SetAccountID(tx.Account).SetCollaboratorID(person).SetItemID(id).
				SetLevel(level).Exec(ctx)
		case edge.Level == level:
			return nil
		}
		tx.Granted(person, id, string(edge.Level))
		change := tx.Access.UpdateOne(edge).SetLevel(level)
		if level == access.LevelNone {
			change.SetRoundRobin(false)
		}
		return change.Exec(ctx)
	})
}

// ClearAccess takes back a person's own level, so that the audience decides again. Only an owner or the
// item's creator may.
func (s *Sharing) ClearAccess(ctx context.Context, id, person uuid.UUID) error {
	return s.govern(ctx, id, func(ctx context.Context, tx *feed.Tx, _ *ent.Item) error {
		edge, err := edgeOf(ctx, tx, id, person)
		if err != nil || edge == nil {
			return err
		}
		tx.Granted(person, id, string(edge.Level))
		return tx.Access.DeleteOne(edge).Exec(ctx)
	})
}

// govern runs fn on an item, locked, whose visibility the viewer in the context may change.
func (s *Sharing) govern(ctx context.Context, id uuid.UUID, fn func(context.Context, *feed.Tx, *ent.Item) error) error {
	v, err := From(ctx)
	if err != nil {
		return err
	}
	return s.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		if err := Lock(ctx, tx, id); err != nil {
			return err
		}
		it, err := Governed(ctx, tx.Tx, id)
		if err != nil {
			return err
		}
		return fn(ctx, tx, it)
	})
}

// edgeOf returns the edge of any person on an item that the caller governs, or nil.
func edgeOf(ctx context.Context, tx *feed.Tx, id, person uuid.UUID) (*ent.Access, error) {
	edge, err := tx.Access.Query().Where(access.ItemID(id), access.CollaboratorID(person)).Only(ofEveryone(ctx))
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading an edge: %w", err)
	}
	return edge, nil
}
