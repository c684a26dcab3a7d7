package library

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/template"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/fold"
)

// textsOf returns the texts of an item that the viewer in the context sees, its name among them.
func textsOf(ctx context.Context, tx *feed.Tx, it *ent.Item) (map[string]string, error) {
	texts := map[string]string{"name": it.Name}
	switch it.Kind {
	case item.KindCampaign:
		c, err := tx.Campaign.Get(ctx, it.ID)
		if err != nil {
			return nil, fmt.Errorf("reading a campaign: %w", err)
		}
		texts["subject"], texts["preheader"], texts["format"], texts["body"] = c.Subject, c.Preheader, string(c.Format), c.Body
		texts["senderName"], texts["senderEmail"], texts["replyTo"] = c.SenderName, c.SenderEmail, c.ReplyTo
	case item.KindTemplate:
		t, err := tx.Template.Get(ctx, it.ID)
		if err != nil {
			return nil, fmt.Errorf("reading a template: %w", err)
		}
		texts["subject"], texts["preheader"], texts["format"], texts["body"] = t.Subject, t.Preheader, string(t.Format), t.Body
	case item.KindContactList:
		l, err := tx.ContactList.Get(ctx, it.ID)
		if err != nil {
			return nil, fmt.Errorf("reading a contact list: %w", err)
		}
		texts["description"] = l.Description
	case item.KindBlacklist:
		b, err := tx.Blacklist.Get(ctx, it.ID)
		if err != nil {
			return nil, fmt.Errorf("reading a blacklist: %w", err)
		}
		texts["description"] = b.Description
	}
	return texts, nil
}

// writer is a builder of content, of whatever kind.
type writer struct {
	mutation interface {
		SetField(name string, value ent.Value) error
	}
	exec func(context.Context) error
}

func creation(tx *feed.Tx, kind item.Kind, id uuid.UUID) writer {
	switch kind {
	case item.KindCampaign:
		c := tx.Campaign.Create().SetID(id).SetAccountID(tx.Account)
		return writer{c.Mutation(), c.Exec}
	case item.KindTemplate:
		c := tx.Template.Create().SetID(id).SetAccountID(tx.Account)
		return writer{c.Mutation(), c.Exec}
	case item.KindContactList:
		c := tx.ContactList.Create().SetID(id).SetAccountID(tx.Account)
		return writer{c.Mutation(), c.Exec}
	default:
		c := tx.Blacklist.Create().SetID(id).SetAccountID(tx.Account)
		return writer{c.Mutation(), c.Exec}
	}
}

func update(tx *feed.Tx, kind item.Kind, id uuid.UUID) writer {
	switch kind {
	case item.KindCampaign:
		u := tx.Campaign.UpdateOneID(id)
		return writer{u.Mutation(), u.Exec}
	case item.KindTemplate:
		u := tx.Template.UpdateOneID(id)
		return writer{u.Mutation(), u.Exec}
	case item.KindContactList:
		u := tx.ContactList.UpdateOneID(id)
		return writer{u.Mutation(), u.Exec}
	default:
		u := tx.Blacklist.UpdateOneID(id)
		return writer{u.Mutation(), u.Exec}
	}
}

// write sets the texts that the content of the kind has, and stores them.
func (w writer) write(ctx context.Context, kind item.Kind, texts map[string]string) error {
	for _, c := range columnsOf(kind) {
		text, set := texts[c.field]
		if !set {
			continue
		}
		var value ent.Value = text
		switch {
		case c.field == "format" && kind == item.KindCampaign:
			value = campaign.Format(text)
		case c.field == "format":
			value = template.Format(text)
		}
		if err := w.mutation.SetField(c.name, value); err != nil {
			return err
		}
	}
	if err := w.exec(ctx); err != nil {
		return fmt.Errorf("writing a %s: %w", noun(kind), err)
	}
	return nil
}

// nameKey is what search compares a name by.
func nameKey(name string) string {
	key := fold.Fold(name)
	for i := range key {
		if i > maxNameKey-4 {
			return key[:i]
		}
	}
	return key
}
