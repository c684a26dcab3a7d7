package sharing

import (
	"bytes"
	"context"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// MostPeople is how many people one command takes.
const MostPeople = 1000

// batch is how many edges one statement inserts: few enough for the parameters that SQLite takes.
const batch = 500

// Sharing holds the commands that say who sees an item. Only an owner or the item's creator may run them:
// to who does not see the item they answer the NotFound fault, to others who do, Denied. They are safe for
// concurrent use.
type Sharing struct{ feed *feed.Feed }

// New returns the commands over a feed.
func New(f *feed.Feed) *Sharing { return &Sharing{f} }

// SetAudience says who sees an item without being named.
func (s *Sharing) SetAudience(ctx context.Context, id uuid.UUID, audience item.Audience) error {
	return s.govern(ctx, id, func(ctx context.Context, g governing) error {
		if g.item.Audience == audience {
			return nil
		}
		g.Changed(id)
		g.Sighted(id, g.item.Audience)
		g.note(audit.AudienceChanged, uuid.Nil, string(g.item.Audience), string(audience))
		return g.Item.UpdateOneID(id).SetAudience(audience).Exec(ctx)
	})
}

// SetAccess gives one person a level of their own on an item, none to remove them. On owners and the
// creator a level is kept and has no effect while they are that.
func (s *Sharing) SetAccess(ctx context.Context, id, person uuid.UUID, level access.Level) error {
	return s.govern(ctx, id, func(ctx context.Context, g governing) error {
		people, err := g.people(ctx, []uuid.UUID{person})
		if err != nil {
			return err
		}
		return g.give(ctx, people, level)
	})
}

// Add gives people the level view or edit on an item, all of them or, on any fault, none.
func (s *Sharing) Add(ctx context.Context, id uuid.UUID, people []uuid.UUID, level access.Level) error {
	return s.govern(ctx, id, func(ctx context.Context, g governing) error {
		found, err := g.people(ctx, people)
		if err != nil {
			return err
		}
		if level == access.LevelNone {
			return fault.Field("level", "To take people off an item, remove them.")
		}
		return g.give(ctx, found, level)
	})
}

// Remove takes people off an item, all of them or, on any fault, none. It leaves each an edge that says
// none, so that they do not come back when the item is opened to everyone, and ends their part in the
// rotation of a campaign. Owners and the creator keep the item: to name one is an Invalid fault.
func (s *Sharing) Remove(ctx context.Context, id uuid.UUID, people []uuid.UUID) error {
	return s.govern(ctx, id, func(ctx context.Context, g governing) error {
		found, err := g.people(ctx, people)
		if err != nil {
			return err
		}
		keep := slices.DeleteFunc(slices.Clone(found), func(p *ent.Collaborator) bool { return Eyes(p).MayGovern(g.item) != nil })
		if len(keep) > 0 {
			return fault.Field("collaborators", "Owners and the item's creator keep it: %s cannot be removed.", named(keep))
		}
		return g.give(ctx, found, access.LevelNone)
	})
}

// ClearAccess takes back a person's own level, so that the audience decides again.
func (s *Sharing) ClearAccess(ctx context.Context, id, person uuid.UUID) error {
	return s.govern(ctx, id, func(ctx context.Context, g governing) error {
		edges, err := edgesOf(ctx, g.Access, id, []uuid.UUID{person})
		edge := edges[person]
		if err != nil || edge == nil {
			return err
		}
		g.Granted(person, id, visibilityevent.Before(edge.Level))
		g.note(audit.AccessCleared, person, string(edge.Level), "")
		return g.Access.DeleteOne(edge).Exec(ctx)
	})
}

// governing is a transaction on one item, locked, by somebody who may say who sees it.
type governing struct {
	*feed.Tx
	viewer *Viewer
	item   *ent.Item
}

func (s *Sharing) govern(ctx context.Context, id uuid.UUID, fn func(context.Context, governing) error) error {
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
		return fn(ctx, governing{tx, v, it})
	})
}

// people returns people of the account, each once, or the NotFound fault where one of them is none. They
// stay what they are until the transaction ends: nobody leaves or becomes an owner meanwhile.
func (g governing) people(ctx context.Context, ids []uuid.UUID) ([]*ent.Collaborator, error) {
	if len(ids) < 1 || len(ids) > MostPeople {
		return nil, fault.Field("collaborators", "Name 1 to %d people.", MostPeople)
	}
	ids = slices.Compact(slices.SortedFunc(slices.Values(ids), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }))
	q := g.Collaborator.Query().Where(collaborator.IDIn(ids...)).Order(collaborator.ByID())
	if g.Dialect == dialect.Postgres {
		q.ForShare()
	}
	found, err := q.All(ctx)
	if err == nil && len(found) < len(ids) {
		err = fault.Missing("person")
	}
	return found, err
}

// give gives people a level of their own, with as many statements for many as for one.
func (g governing) give(ctx context.Context, people []*ent.Collaborator, level access.Level) error {
	edges, err := edgesOf(ctx, g.Access, g.item.ID, idsOf(people))
	if err != nil {
		return err
	}
	verb := audit.Granted
	if level == access.LevelNone {
		verb = audit.Revoked
	}
	var missing []*ent.AccessCreate
	var changed []uuid.UUID
	for _, p := range people {
		before := visibilityevent.BeforeAbsent
		switch edge := edges[p.ID]; {
		case edge == nil:
			missing = append(missing, g.Access.Create().SetAccountID(g.Account).SetCollaboratorID(p.ID).SetItemID(g.item.ID).SetLevel(level))
		case edge.Level == level:
			continue
		default:
			before, changed = visibilityevent.Before(edge.Level), append(changed, edge.ID)
		}
		g.Granted(p.ID, g.item.ID, before)
		g.note(verb, p.ID, string(before), string(level))
	}
	for some := range slices.Chunk(missing, batch) {
		if err := g.Access.CreateBulk(some...).Exec(ctx); err != nil {
			return err
		}
	}
	if len(changed) == 0 {
		return nil
	}
	change := g.Access.Update().Where(access.IDIn(changed...)).SetLevel(level)
	if level != access.LevelEdit { // who may not change the campaign cannot follow its leads up
		change.SetRoundRobin(false)
	}
	return change.Exec(ctx)
}

// note writes a line of the history: the item's name as it is now, and what was before and after.
func (g governing) note(verb audit.Verb, person uuid.UUID, before, after string) {
	detail := map[string]string{"item": g.item.Name, "before": before}
	if after != "" {
		detail["after"] = after
	}
	g.Note(audit.Line{Verb: verb, Actor: g.viewer.Collaborator, Item: g.item.ID, Person: person, Detail: detail})
}
