package library

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
)

// Draft is a new item.
type Draft struct {
	// ID is the item's, made by whoever drafted it; zero makes one.
	ID uuid.UUID
	// Audience is who sees it without being named; empty is the account's default.
	Audience item.Audience
	Patch
}

// Create makes an item of the viewer's with the account's default audience. Faults: Denied where a member
// makes a campaign, Invalid, and NotFound on "lists" or "blacklists".
func (l *Library) Create(ctx context.Context, kind item.Kind, p Patch) (uuid.UUID, error) {
	return l.CreateDraft(ctx, kind, Draft{Patch: p})
}

// CreateDraft is Create of an item that brings its id and audience. A further fault is Invalid on "id" where the id
// is taken, by whatever and whomever.
func (l *Library) CreateDraft(ctx context.Context, kind item.Kind, d Draft) (uuid.UUID, error) {
	var id uuid.UUID
	err := l.write(ctx, func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer) error {
		if err := item.KindValidator(kind); err != nil {
			return err
		}
		if err := v.MayCreate(kind); err != nil {
			return err
		}
		texts, err := d.texts(kind)
		if err != nil {
			return err
		}
		if d.Name == nil {
			return fault.Field("name", "A name is missing.")
		}
		named := make(map[string]targets)
		for _, r := range references() {
			if ids := r.of(&d.Patch); ids != nil {
				if named[r.field], err = r.resolve(ctx, tx, *ids); err != nil {
					return err
				}
			}
		}
		id, err = create(ctx, tx, v, fresh{d.ID, d.Audience, kind, texts, named})
		return err
	})
	return id, err
}

// fresh is an item to be made.
type fresh struct {
	id       uuid.UUID
	audience item.Audience
	kind     item.Kind
	// texts are clean and hold a name.
	texts map[string]string
	// named is what a campaign names, by field.
	named map[string]targets
}

// create stores a new item of the viewer's.
func create(ctx context.Context, tx *feed.Tx, v *sharing.Viewer, f fresh) (uuid.UUID, error) {
	if f.audience == "" {
		account, err := tx.Client().Account.Get(ctx, v.Account)
		if err != nil {
			return uuid.Nil, fmt.Errorf("reading the account: %w", err)
		}
		f.audience = item.Audience(account.DefaultAudience)
	}
	row := tx.Item.Create().
		SetAccountID(tx.Account).
		SetKind(f.kind).
		SetName(f.texts["name"]).
		SetNameKey(nameKey(f.texts["name"])).
		SetAudience(f.audience).
		SetCreatorID(v.Collaborator).
		SetChangedByID(v.Collaborator).
		SetChangedAt(instant.Now())
	if f.id != uuid.Nil {
		if err := vacant(ctx, tx, f.id); err != nil {
			return uuid.Nil, err
		}
		row.SetID(f.id)
	}
	it, err := row.Save(ctx)
	switch {
	case ent.IsConstraintError(err) && f.id != uuid.Nil:
		return uuid.Nil, taken() // by another writer, at this moment
	case err != nil:
		return uuid.Nil, fmt.Errorf("making an item: %w", err)
	}
	tx.Appeared(it.ID)
	tx.Changed(it.ID)
	if err := creation(tx, f.kind, it.ID).write(ctx, f.kind, f.texts); err != nil {
		return uuid.Nil, err
	}
	for _, r := range references() {
		if len(f.named[r.field]) > 0 {
			if err := r.set(ctx, tx, it.ID, f.named[r.field], nil); err != nil {
				return uuid.Nil, err
			}
		}
	}
	return it.ID, nil
}

// vacant refuses an id that an item has, whoever sees it.
func vacant(ctx context.Context, tx *feed.Tx, id uuid.UUID) error {
	there, err := uuids(ctx, tx, `SELECT id FROM items WHERE id = ?`, id)
	if err == nil && len(there) > 0 {
		return taken()
	}
	return err
}

func taken() error { return fault.Field("id", "This id is taken. Make another one.") }
