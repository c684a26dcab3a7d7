package read

import (
	"context"
	"fmt"
	"sync"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/server/sharing"
)

// PersonItem is an item and what one person may do with it.
type PersonItem struct {
	Item Item
	sharing.Sight
}

// PersonItemEdge is an item on a page of what one person sees.
type PersonItemEdge = Edge[*PersonItem]

// PersonItemConnection is a page of what one person sees.
type PersonItemConnection struct {
	*Page[*PersonItem]
	counts func() (*ItemCounts, error)
}

// Counts returns how many of each kind they see, of those that match whatever their kind.
func (c *PersonItemConnection) Counts() (*ItemCounts, error) { return c.counts() }

// ItemCounts are how many items there are of each kind.
type ItemCounts struct{ Campaigns, Templates, ContactLists, Blacklists int }

// PersonItems reads a page of the items that a person sees: for owners and the person, nil to others.
func (r *Reader) PersonItems(ctx context.Context, of *Collaborator, which Items, w Window) (*PersonItemConnection, error) {
	v, err := sharing.From(ctx)
	if err != nil || !concerns(v, of) {
		return nil, err
	}
	if err := searchable(which.Search); err != nil {
		return nil, err
	}
	eyes := sharing.Eyes(of.Collaborator)
	sees := predicate.Item(func(s *sql.Selector) { s.Where(sql.False()) })
	if narrow, ok := eyes.Narrow("Item"); ok {
		sees = predicate.Item(narrow)
	}
	q := r.store.Client().Item.Query().Where(sees).Where(which.predicates()...)
	counts := sync.OnceValues(func() (*ItemCounts, error) { return r.countKinds(ctx, eyes, sees, which) })
	l := itemList[Item](r.source(), q, which.ordering())
	if eyes.Out {
		l.rows = func(context.Context, func(*sql.Selector)) ([]*ent.Item, error) { return nil, nil }
	} else if which.fast(eyes) {
		l = newest(r, eyes, l, which)
	}
	p, err := page(ctx, r.sealer, r.sighted(v, eyes, of, l), w)
	if err != nil {
		return nil, err
	}
	p.total = func(context.Context) (int, error) {
		c, err := counts()
		if err != nil {
			return 0, err
		}
		return c.of(which.kinds()), nil
	}
	return &PersonItemConnection{p, counts}, nil
}

// concerns is whether what a person has of their own is the viewer's business.
func concerns(v *sharing.Viewer, of *Collaborator) bool {
	return v.Owner() || v.Collaborator == of.Collaborator.ID
}

// sightedItem is a row of what a person sees, with what they have on it of their own.
type sightedItem struct {
	*ent.Item
	edge access.Level
}

// sighted is a list of items with what a person may do with each. What they have of their own is read once a page.
func (r *Reader) sighted(v, eyes *sharing.Viewer, of *Collaborator, l listing[*ent.Item, Item]) listing[sightedItem, *PersonItem] {
	with := func(ctx context.Context, items []*ent.Item, err error) ([]sightedItem, error) {
		if err != nil || len(items) == 0 {
			return nil, err
		}
		if of.Collaborator.ID != v.Collaborator {
			ctx = asOwner(ctx)
		}
		ids := pointed(items, func(i *ent.Item) *uuid.UUID { return &i.ID })
		edges, err := r.store.Client().Access.Query().Where(access.CollaboratorID(of.Collaborator.ID), access.ItemIDIn(ids...)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading what a person has on items: %w", err)
		}
		own := byID(edges, func(e *ent.Access) uuid.UUID { return e.ItemID })
		rows := make([]sightedItem, len(items))
		for i, it := range items {
			rows[i].Item = it
			if e := own[it.ID]; e != nil {
				rows[i].edge = e.Level
			}
		}
		return rows, nil
	}
	s := listing[sightedItem, *PersonItem]{
		ordering: ordering{l.name + " seen by " + of.ID(), l.columns, l.desc},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]sightedItem, error) {
			items, err := l.rows(ctx, apply)
			return with(ctx, items, err)
		},
		key: func(s sightedItem) []any { return l.key(s.Item) },
		present: func(rows []sightedItem) []*PersonItem {
			items := make([]*ent.Item, len(rows))
			for i, row := range rows {
				items[i] = row.Item
			}
			nodes := make([]*PersonItem, len(rows))
			for i, it := range newItems(r.source(), items) {
				state := sharing.State{Creator: items[i].CreatorID, Audience: items[i].Audience, Edge: rows[i].edge}
				nodes[i] = &PersonItem{it, eyes.Explain(state)}
			}
			return nodes
		},
	}
	if l.forward != nil {
		s.forward = func(ctx context.Context, after []any, n int) ([]sightedItem, error) {
			items, err := l.forward(ctx, after, n)
			return with(ctx, items, err)
		}
	}
	return s
}

// countKinds counts what a person sees of each kind, whatever kinds are wanted.
func (r *Reader) countKinds(ctx context.Context, eyes *sharing.Viewer, sees predicate.Item, which Items) (*ItemCounts, error) {
	which.Kinds = nil
	c := &ItemCounts{}
	if !eyes.Owner() && which.Search == "" {
		for _, kind := range which.kinds() {
			n, err := eyes.Count(ctx, r.store.Client(), r.store.Dialect(), kind, which.only())
			if err != nil {
				return nil, err
			}
			*c.kind(kind) = n
		}
		return c, nil
	}
	var found []struct {
		Kind  item.Kind `json:"kind"`
		Count int       `json:"count"`
	}
	err := r.store.Client().Item.Query().Where(sees).Where(which.predicates()...).
		GroupBy(item.FieldKind).Aggregate(ent.Count()).Scan(ctx, &found)
	if err != nil {
		return nil, fmt.Errorf("counting items: %w", err)
	}
	for _, f := range found {
		*c.kind(f.Kind) = f.Count
	}
	return c, nil
}

func (c *ItemCounts) kind(k item.Kind) *int {
	switch k {
	case item.KindCampaign:
		return &c.Campaigns
	case item.KindTemplate:
		return &c.Templates
	case item.KindContactList:
		return &c.ContactLists
	default:
		return &c.Blacklists
	}
}

// of adds up those of the kinds wanted.
func (c *ItemCounts) of(kinds []item.Kind) (n int) {
	for _, k := range kinds {
		n += *c.kind(k)
	}
	return n
}
