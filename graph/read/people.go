package read

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/fold"
	"github.com/partage-mail/partage/server/ledger"
	"github.com/partage-mail/partage/server/sharing"
)

// Collaborator is a person in an account.
type Collaborator struct {
	*ent.Collaborator
	clock clock
}

// IsNode marks the type as a Node.
func (*Collaborator) IsNode() {}

// ID returns the API's id.
func (c *Collaborator) ID() string { return GlobalID(PersonID, c.Collaborator.ID) }

// LastVisitAt returns when the person was last in the account, to within five minutes: to owners and to themselves, nil to others.
func (c *Collaborator) LastVisitAt(ctx context.Context) (*instant.Instant, error) {
	v, err := sharing.From(ctx)
	if err != nil || !concerns(v, c) {
		return nil, err
	}
	return moment(c.Collaborator.LastVisitAt), nil
}

// Credits returns the person's sending credits: to owners and to themselves, nil to others.
func (c *Collaborator) Credits(ctx context.Context) (*ledger.Allowance, error) {
	v, err := sharing.From(ctx)
	if err != nil || !concerns(v, c) {
		return nil, err
	}
	return new(ledger.Of(c.Collaborator)), nil
}

// AwayUntil returns until when rotations pass the person over, nil if they do not.
func (c *Collaborator) AwayUntil() *instant.Instant {
	if c.Collaborator.AwayUntil <= c.clock() {
		return nil // they are back
	}
	return &c.Collaborator.AwayUntil
}

// User is a person who signs in.
type User struct{ *ent.User }

// IsNode marks the type as a Node.
func (*User) IsNode() {}

// ID returns the API's id.
func (u *User) ID() string { return GlobalID(UserID, u.User.ID) }

// Account is a workspace.
type Account struct{ *ent.Account }

// IsNode marks the type as a Node.
func (*Account) IsNode() {}

// ID returns the API's id.
func (a *Account) ID() string { return GlobalID(AccountID, a.Account.ID) }

// Locale returns the language of the mails it sends to its people.
func (a *Account) Locale() user.Locale { return user.Locale(a.Account.Locale) }

// DefaultAudience returns the audience that new items get.
func (a *Account) DefaultAudience() item.Audience { return item.Audience(a.Account.DefaultAudience) }

// People says which people a list holds.
type People struct {
	// Search is part of a name or address; empty for all.
	Search string
	// Role and Status are theirs; nil for any.
	Role   *collaborator.Role
	Status *collaborator.Status
}

// Collaborators reads a page of the account's people by name.
func (r *Reader) Collaborators(ctx context.Context, which People, w Window) (*Page[*Collaborator], error) {
	if err := searchable(which.Search); err != nil {
		return nil, err
	}
	q := r.store.Client().Collaborator.Query()
	if which.Search != "" {
		q.Where(collaborator.SearchKeyContains(fold.Fold(which.Search)))
	}
	if which.Role != nil {
		q.Where(collaborator.RoleEQ(*which.Role))
	}
	if which.Status != nil {
		q.Where(collaborator.StatusEQ(*which.Status))
	}
	return page(ctx, r.sealer, listing[*ent.Collaborator, *Collaborator]{
		ordering: ordering{"collaborators", []string{collaborator.FieldSearchKey, collaborator.FieldID}, false},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.Collaborator, error) {
			return q.Clone().Where(apply).All(ctx)
		},
		key:     func(c *ent.Collaborator) []any { return []any{c.SearchKey, c.ID} },
		present: as(r.clock.person),
		count:   func(ctx context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}

// CollaboratorsByID returns people in the order of their ids, each once, or the NotFound fault where one is not
// there.
func (r *Reader) CollaboratorsByID(ctx context.Context, ids []uuid.UUID) ([]*Collaborator, error) {
	rows, err := r.store.Client().Collaborator.Query().Where(collaborator.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	found := byID(rows, func(c *ent.Collaborator) uuid.UUID { return c.ID })
	people := make([]*Collaborator, 0, len(ids))
	for _, id := range ids {
		row, ok := found[id]
		if !ok {
			return nil, fault.Missing("person")
		}
		if row != nil {
			people = append(people, r.clock.person(row))
			found[id] = nil
		}
	}
	return people, nil
}
