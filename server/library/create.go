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

// Create makes an item of the viewer's with the account's default audience. Faults: Denied where a member
// makes a campaign, Invalid, and NotFound on "lists" or "blacklists".
func (l *Library) Create(ctx context.Context, kind item.Kind, p Patch) (uuid.UUID, error) {
	var id uuid.UUID
	err := l.write(ctx, func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer) error {
		if err := item.KindValidator(kind); err != nil {
			return err
		}
		if err := v.MayCreate(kind); err != nil {
			return err
		}
		texts, err := p.texts(kind)
		if err != nil {
			return err
		}
		if p.Name == nil {
			return fault.Field("name", "A name is missing.")
		}
		named := make(map[string]targets)
		for _, r := range references() {
			if ids := r.of(&p); ids != nil {
				if named[r.field], err = r.resolve(ctx, tx, *ids); err != nil {
					return err
				}
			}
		}
		account, err := tx.Client().Account.Get(ctx, v.Account)
		if err != nil {
			return fmt.Errorf("reading the account: %w", err)
		}
		id, err = create(ctx, tx, v, account, kind, texts, named)
		return err
	})
	return id, err
}

// create stores a new item of the viewer's. The texts are clean and hold a name.
func create(ctx context.Context, tx *feed.Tx, v *sharing.Viewer, account *ent.Account, kind item.Kind, texts map[string]string, named map[string]targets) (uuid.UUID, error) {
	it, err := tx.Item.Create().
		SetAccountID(tx.Account).
		SetKind(kind).
		SetName(texts["name"]).
		SetNameKey(nameKey(texts["name"])).
		SetAudience(item.Audience(account.DefaultAudience)).
		SetCreatorID(v.Collaborator).
		SetChangedByID(v.Collaborator).
		SetChangedAt(instant.Now()).
		Save(ctx)
	if err != nil {
		return uuid.Nil, fmt.Errorf("making an item: %w", err)
	}
	tx.Appeared(it.ID)
	tx.Changed(it.ID)
	if err := creation(tx, kind, it.ID).write(ctx, kind, texts); err != nil {
		return uuid.Nil, err
	}
	for _, r := range references() {
		if len(named[r.field]) > 0 {
			if err := r.set(ctx, tx, it.ID, named[r.field], nil); err != nil {
				return uuid.Nil, err
			}
		}
	}
	return it.ID, nil
}
