package push

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
)

// apply does what a mutation says, in the transaction that the context has joined.
func (p *Push) apply(ctx context.Context, content map[string]any) (Result, error) {
	c, err := read(content)
	if err != nil {
		return Result{}, err
	}
	if kind, ok := itemKind(c.kind); ok {
		if c.item != uuid.Nil {
			return Result{}, fault.Field("item", "Only rows are of an item.")
		}
		return p.item(ctx, kind, c)
	}
	var row func(context.Context, change) (Result, error)
	switch c.kind {
	case "contact":
		row = p.contact
	case "entry":
		row = p.entry
	case "lead":
		row = p.lead
	default:
		return Result{}, fault.Field("kind", "There is no such kind.")
	}
	if c.item == uuid.Nil {
		return Result{}, fault.Field("item", "A row names the item that it is of.")
	}
	return row(ctx, c)
}

func itemKind(kind string) (item.Kind, bool) {
	switch kind {
	case "campaign":
		return item.KindCampaign, true
	case "template":
		return item.KindTemplate, true
	case "list":
		return item.KindContactList, true
	case "blacklist":
		return item.KindBlacklist, true
	}
	return "", false
}
