package read

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/blacklist"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/contactlist"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/template"
	"github.com/partage-mail/partage/server/sharing"
)

// source is where rows are read: the plain client, or that of a transaction.
type source struct {
	*ent.Client
	dialect string
	clock   clock
	// deleted is whether the rows are of deleted items, whose content is read with eyes for those.
	deleted bool
}

// see returns the context to read the content of the source's items with.
func (s source) see(ctx context.Context) context.Context {
	if v, err := sharing.From(ctx); err == nil && s.deleted {
		return sharing.NewContext(ctx, v.Deleted())
	}
	return ctx
}

// siblings are the items of one page. A field that is not on the items' own rows is loaded with one query
// for all of them, however many ask: a page costs the same number of queries whatever its length.
type siblings struct {
	source
	rows []*ent.Item

	levels     func(context.Context) (map[uuid.UUID]access.Level, error)
	people     func(context.Context) (map[uuid.UUID]*Collaborator, error)
	campaigns  func(context.Context) (map[uuid.UUID]*ent.Campaign, error)
	templates  func(context.Context) (map[uuid.UUID]*ent.Template, error)
	lists      func(context.Context) (map[uuid.UUID]*ent.ContactList, error)
	blacklists func(context.Context) (map[uuid.UUID]*ent.Blacklist, error)
	bodies     func(context.Context) (map[uuid.UUID]string, error)
	references func(context.Context) (*references, error)
}

// newItems returns the rows of one page as items that load together. The client is that of the
// transaction the rows were read in, or the plain one.
func newItems(from source, rows []*ent.Item) []Item {
	s := &siblings{source: from, rows: rows}
	s.levels = once(from, s.loadLevels)
	s.people = once(from, s.loadPeople)
	s.bodies = once(from, s.loadBodies)
	// What a deleted campaign points at is alive, or not to be seen.
	s.references = once(source{}, s.loadReferences)
	s.campaigns = once(from, func(ctx context.Context) (map[uuid.UUID]*ent.Campaign, error) {
		found, err := s.Campaign.Query().Where(campaign.IDIn(s.ids(item.KindCampaign)...)).
			Select(without(campaign.Columns, campaign.FieldBody)...).All(ctx)
		return byID(found, func(c *ent.Campaign) uuid.UUID { return c.ID }), err
	})
	s.templates = once(from, func(ctx context.Context) (map[uuid.UUID]*ent.Template, error) {
		found, err := s.Template.Query().Where(template.IDIn(s.ids(item.KindTemplate)...)).
			Select(without(template.Columns, template.FieldBody)...).All(ctx)
		return byID(found, func(t *ent.Template) uuid.UUID { return t.ID }), err
	})
	s.lists = once(from, func(ctx context.Context) (map[uuid.UUID]*ent.ContactList, error) {
		found, err := s.ContactList.Query().Where(contactlist.IDIn(s.ids(item.KindContactList)...)).All(ctx)
		return byID(found, func(l *ent.ContactList) uuid.UUID { return l.ID }), err
	})
	s.blacklists = once(from, func(ctx context.Context) (map[uuid.UUID]*ent.Blacklist, error) {
		found, err := s.Blacklist.Query().Where(blacklist.IDIn(s.ids(item.KindBlacklist)...)).All(ctx)
		return byID(found, func(b *ent.Blacklist) uuid.UUID { return b.ID }), err
	})
	items := make([]Item, len(rows))
	for i, row := range rows {
		items[i] = present(&header{row, s})
	}
	return items
}

// ids returns the ids of the siblings of a kind.
func (s *siblings) ids(kind item.Kind) []uuid.UUID {
	var ids []uuid.UUID
	for _, row := range s.rows {
		if row.Kind == kind {
			ids = append(ids, row.ID)
		}
	}
	return ids
}

func (s *siblings) loadLevels(ctx context.Context) (map[uuid.UUID]access.Level, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(s.rows))
	for i, row := range s.rows {
		ids[i] = row.ID
	}
	levels := make(map[uuid.UUID]access.Level, len(ids))
	if !v.Owner() {
		edges, err := s.Access.Query().Where(access.ItemIDIn(ids...)).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, e := range edges {
			levels[e.ItemID] = e.Level
		}
	}
	for _, row := range s.rows {
		levels[row.ID] = v.Level(sharing.State{Creator: row.CreatorID, Audience: row.Audience, Edge: levels[row.ID]})
	}
	return levels, nil
}

func (s *siblings) loadPeople(ctx context.Context) (map[uuid.UUID]*Collaborator, error) {
	named := make(map[uuid.UUID]struct{})
	for _, row := range s.rows {
		for _, id := range []*uuid.UUID{row.CreatorID, row.ChangedByID} {
			if id != nil {
				named[*id] = struct{}{}
			}
		}
	}
	found, err := s.Collaborator.Query().Where(collaborator.IDIn(slices.Collect(maps.Keys(named))...)).All(ctx)
	if err != nil {
		return nil, err
	}
	people := make(map[uuid.UUID]*Collaborator, len(found))
	for _, c := range found {
		people[c.ID] = s.clock.person(c)
	}
	return people, nil
}

func (s *siblings) loadBodies(ctx context.Context) (map[uuid.UUID]string, error) {
	bodies := make(map[uuid.UUID]string)
	if ids := s.ids(item.KindCampaign); len(ids) > 0 {
		found, err := s.Campaign.Query().Where(campaign.IDIn(ids...)).
			Select(campaign.FieldID, campaign.FieldBody).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			bodies[c.ID] = c.Body
		}
	}
	if ids := s.ids(item.KindTemplate); len(ids) > 0 {
		found, err := s.Template.Query().Where(template.IDIn(ids...)).
			Select(template.FieldID, template.FieldBody).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, t := range found {
			bodies[t.ID] = t.Body
		}
	}
	return bodies, nil
}

// once makes a loader that runs at the first call and answers all of them.
func once[T any](from source, load func(context.Context) (T, error)) func(context.Context) (T, error) {
	var (
		do  sync.Once
		v   T
		err error
	)
	return func(ctx context.Context) (T, error) {
		do.Do(func() { v, err = load(from.see(ctx)) })
		return v, err
	}
}

func byID[T any](found []T, id func(T) uuid.UUID) map[uuid.UUID]T {
	m := make(map[uuid.UUID]T, len(found))
	for _, f := range found {
		m[id(f)] = f
	}
	return m
}

func without(columns []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(columns), func(c string) bool { return c == one })
}
