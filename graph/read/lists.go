package read

import (
	"context"
	"strings"

	"entgo.io/ent/dialect/sql"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/server/fold"
	"github.com/partage-mail/partage/server/sharing"
)

// Archive says which items a list holds, as to the archive.
type Archive int

// The choices: what is in use, what is put aside, or both.
const (
	Current Archive = iota
	Archived
	Both
)

// Items says which items a list holds and how it is ordered.
type Items struct {
	// Kinds are the kinds wanted; none for all.
	Kinds []item.Kind
	// Search is part of a name; empty for all.
	Search string
	// Archive says which, as to the archive.
	Archive Archive
	// Order is how it is ordered.
	Order Order
}

// Order is how a list of items is ordered.
type Order int

// The orders: last changed first, or by name.
const (
	ByChange Order = iota
	ByName
)

var (
	byChange   = ordering{"items by change", []string{item.FieldSeq, item.FieldID}, true}
	byName     = ordering{"items by name", []string{item.FieldNameKey, item.FieldID}, false}
	byDeletion = ordering{"deleted items", []string{item.FieldDeletedAt, item.FieldID}, true}
)

// ListItems reads a page of items as nodes of the kind T.
func ListItems[T Item](ctx context.Context, r *Reader, which Items, w Window) (*Page[T], error) {
	q := r.store.Client().Item.Query()
	if len(which.Kinds) > 0 {
		q.Where(item.KindIn(which.Kinds...))
	}
	switch which.Archive {
	case Current:
		q.Where(item.ArchivedAt(0))
	case Archived:
		q.Where(item.ArchivedAtGT(0))
	}
	if which.Search != "" {
		q.Where(item.NameKeyContains(fold.Fold(which.Search)))
	}
	o := byChange
	if which.Order == ByName {
		o = byName
	}
	return listItems[T](ctx, r, q, o, w)
}

// DeletedItems reads a page of the items that the viewer may restore.
func (r *Reader) DeletedItems(ctx context.Context, w Window) (*Page[Item], error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	return listItems[Item](sharing.NewContext(ctx, v.Deleted()), r, r.store.Client().Item.Query().Where(predicate.Item(v.Disposes())), byDeletion, w)
}

func listItems[T Item](ctx context.Context, r *Reader, q *ent.ItemQuery, o ordering, w Window) (*Page[T], error) {
	return page(ctx, r.sealer, listing[*ent.Item, T]{
		ordering: o,
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.Item, error) {
			return q.Clone().Where(apply).All(ctx)
		},
		key: func(i *ent.Item) []any {
			switch o.columns[0] {
			case item.FieldSeq:
				return []any{i.Seq, i.ID}
			case item.FieldNameKey:
				return []any{i.NameKey, i.ID}
			default:
				return []any{int64(i.DeletedAt), i.ID}
			}
		},
		present: func(rows []*ent.Item) []T {
			nodes := make([]T, len(rows))
			for i, it := range newItems(r.source(), rows) {
				nodes[i] = it.(T)
			}
			return nodes
		},
		count: func(context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}

// Collaborators reads a page of the account's people by name.
func (r *Reader) Collaborators(ctx context.Context, search string, w Window) (*Page[*Collaborator], error) {
	q := r.store.Client().Collaborator.Query()
	if search != "" {
		q.Where(collaborator.Or(
			collaborator.EmailContainsFold(search),
			collaborator.FirstNameContainsFold(search),
			collaborator.LastNameContainsFold(search),
		))
	}
	return page(ctx, r.sealer, listing[*ent.Collaborator, *Collaborator]{
		ordering: ordering{"collaborators", []string{collaborator.FieldLastName, collaborator.FieldFirstName, collaborator.FieldID}, false},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.Collaborator, error) {
			return q.Clone().Where(apply).All(ctx)
		},
		key:     func(c *ent.Collaborator) []any { return []any{c.LastName, c.FirstName, c.ID} },
		present: as(func(c *ent.Collaborator) *Collaborator { return &Collaborator{c} }),
		count:   func(context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}

// Contacts reads a page of a list's contacts by address.
func (r *Reader) Contacts(ctx context.Context, of *ContactList, search string, w Window) (*Page[*Contact], error) {
	q := r.store.Client().Contact.Query().Where(contact.ListID(of.row.ID))
	if search != "" {
		q.Where(contact.Or(
			contact.EmailKeyContains(strings.ToLower(search)),
			contact.FirstNameContainsFold(search),
			contact.LastNameContainsFold(search),
		))
	}
	return page(ctx, r.sealer, listing[*ent.Contact, *Contact]{
		ordering: ordering{"contacts of " + of.ID(), []string{contact.FieldEmailKey, contact.FieldID}, false},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.Contact, error) {
			return q.Clone().Where(apply).All(ctx)
		},
		key:     func(c *ent.Contact) []any { return []any{c.EmailKey, c.ID} },
		present: as(func(c *ent.Contact) *Contact { return &Contact{c} }),
		count:   func(context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}

// Entries reads a page of a blacklist's entries by address or domain.
func (r *Reader) Entries(ctx context.Context, of *Blacklist, search string, w Window) (*Page[*BlacklistEntry], error) {
	q := r.store.Client().BlacklistEntry.Query().Where(blacklistentry.BlacklistID(of.row.ID))
	if search != "" {
		q.Where(blacklistentry.ValueKeyContains(strings.ToLower(search)))
	}
	return page(ctx, r.sealer, listing[*ent.BlacklistEntry, *BlacklistEntry]{
		ordering: ordering{"entries of " + of.ID(), []string{blacklistentry.FieldValueKey, blacklistentry.FieldID}, false},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.BlacklistEntry, error) {
			return q.Clone().Where(apply).All(ctx)
		},
		key:     func(e *ent.BlacklistEntry) []any { return []any{e.ValueKey, e.ID} },
		present: as(func(e *ent.BlacklistEntry) *BlacklistEntry { return &BlacklistEntry{e} }),
		count:   func(context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}

func as[R, T any](one func(R) T) func([]R) []T {
	return func(rows []R) []T {
		nodes := make([]T, len(rows))
		for i, row := range rows {
			nodes[i] = one(row)
		}
		return nodes
	}
}
