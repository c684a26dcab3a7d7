package push

import (
	"context"

	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/merge"
)

// item creates, changes or deletes an item.
func (p *Push) item(ctx context.Context, kind item.Kind, c change) (Result, error) {
	if c.op == "delete" {
		if err := c.fields.end(); err != nil {
			return Result{}, err
		}
		return Result{State: Applied}, p.library.DeleteLate(ctx, kind, c.id, c.base)
	}
	patch, touched := itemPatch(kind, c.fields)
	archived := c.fields.flag("archived")
	audience := c.fields.text("audience")
	if err := c.fields.end(); err != nil {
		return Result{}, err
	}
	if c.op == "create" {
		draft := library.Draft{ID: c.id, Patch: patch}
		if audience != nil {
			if draft.Audience = item.Audience(*audience); item.AudienceValidator(draft.Audience) != nil {
				return Result{}, fault.Field("audience", "There is no such audience.")
			}
		}
		if _, err := p.library.CreateDraft(ctx, kind, draft); err != nil {
			return Result{}, err
		}
		if archived == nil {
			return Result{State: Applied, Version: 1}, nil
		}
		return Result{State: Applied, Version: 1}, p.library.SetArchived(ctx, kind, c.id, *archived)
	}
	if audience != nil {
		return Result{}, fault.Field("audience", "Who sees an item is changed in the dashboard.")
	}
	var out merge.Outcome
	var err error
	if archived != nil {
		if err := p.library.SetArchived(ctx, kind, c.id, *archived); err != nil {
			return Result{}, err
		}
	}
	if touched || archived == nil {
		out, err = p.library.ChangeLate(ctx, kind, c.id, c.base, patch)
	}
	return outcome(out), err
}

// itemPatch takes the fields of a kind; touched is false where there are none.
func itemPatch(kind item.Kind, o *object) (patch library.Patch, touched bool) {
	before := len(o.left)
	patch.Name = o.text("name")
	switch kind {
	case item.KindCampaign, item.KindTemplate:
		patch.Subject, patch.Preheader = o.text("subject"), o.text("preheader")
		patch.Format, patch.Body = (*campaign.Format)(o.text("format")), o.text("body")
	default:
		patch.Description = o.text("description")
	}
	if kind == item.KindCampaign {
		patch.SenderName, patch.SenderEmail, patch.ReplyTo = o.text("sender_name"), o.text("sender_email"), o.text("reply_to")
		patch.Lists, patch.Blacklists = o.ids("lists"), o.ids("blacklists")
	}
	return patch, len(o.left) < before
}
