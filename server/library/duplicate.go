package library

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
)

// Duplicate copies an item that the viewer sees. The copy is the viewer's, with the account's default
// audience, and is called name, or as the old one with "(copy)". A campaign's copy is a draft and names the
// lists and blacklists that the viewer sees; a list's copy has a copy of each row. Faults: NotFound; Denied
// where a member copies a campaign; Invalid for a name, and for a list of more than 100,000 rows.
func (l *Library) Duplicate(ctx context.Context, id uuid.UUID, name *string) (uuid.UUID, error) {
	var made uuid.UUID
	err := l.write(ctx, func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer) error {
		if err := sharing.Lock(ctx, tx, id); err != nil {
			return err
		}
		it, err := sharing.Visible(ctx, tx.Item, id)
		if err != nil {
			return err
		}
		if err := v.MayCreate(it.Kind); err != nil {
			return err
		}
		texts, err := textsOf(ctx, tx, it)
		if err != nil {
			return err
		}
		account, err := tx.Client().Account.Get(ctx, v.Account)
		if err != nil {
			return fmt.Errorf("reading the account: %w", err)
		}
		if texts["name"] = copyName(it.Name, account.Locale); name != nil {
			if texts["name"], err = cleaned("name", *name); err != nil {
				return err
			}
		}
		named, err := namedBy(ctx, tx, it)
		if err != nil {
			return err
		}
		if made, err = create(ctx, tx, v, fresh{kind: it.Kind, texts: texts, named: named}); err != nil {
			return err
		}
		return copyRows(ctx, tx, it, made)
	})
	return made, err
}

// namedBy returns what the item names, if it is a campaign, by field.
func namedBy(ctx context.Context, tx *feed.Tx, it *ent.Item) (map[string]targets, error) {
	named := make(map[string]targets)
	if it.Kind != item.KindCampaign {
		return named, nil
	}
	for _, r := range references() {
		found, err := r.current(ctx, tx, it.ID)
		if err != nil {
			return nil, err
		}
		named[r.field] = found
	}
	return named, nil
}

// copyName marks a name as that of a copy, in the account's language.
func copyName(name string, locale account.Locale) string {
	mark := " (copy)"
	if locale == account.LocaleFr {
		mark = " (copie)"
	}
	runes := []rune(name)
	runes = runes[:min(len(runes), maxName-len(mark))]
	return strings.TrimSpace(string(runes)) + mark
}
