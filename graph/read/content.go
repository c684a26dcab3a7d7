package read

import (
	"context"
	"fmt"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/server/render"
)

// content returns the campaign's own row without its body.
func (c *Campaign) content(ctx context.Context) (*ent.Campaign, error) {
	all, err := c.siblings.campaigns(ctx)
	return found(all[c.row.ID], err)
}

// Subject returns the subject line.
func (c *Campaign) Subject(ctx context.Context) (string, error) {
	row, err := c.content(ctx)
	return row.Subject, err
}

// Preheader returns the text that inboxes show after the subject.
func (c *Campaign) Preheader(ctx context.Context) (string, error) {
	row, err := c.content(ctx)
	return row.Preheader, err
}

// SenderName returns the name of the sender.
func (c *Campaign) SenderName(ctx context.Context) (string, error) {
	row, err := c.content(ctx)
	return row.SenderName, err
}

// SenderEmail returns the address of the sender.
func (c *Campaign) SenderEmail(ctx context.Context) (string, error) {
	row, err := c.content(ctx)
	return row.SenderEmail, err
}

// ReplyTo returns the address that answers go to.
func (c *Campaign) ReplyTo(ctx context.Context) (string, error) {
	row, err := c.content(ctx)
	return row.ReplyTo, err
}

// Format returns the language of the body.
func (c *Campaign) Format(ctx context.Context) (campaign.Format, error) {
	row, err := c.content(ctx)
	return row.Format, err
}

// State returns whether the campaign has been sent.
func (c *Campaign) State(ctx context.Context) (campaign.State, error) {
	row, err := c.content(ctx)
	return row.State, err
}

// Body returns the body byte for byte.
func (c *Campaign) Body(ctx context.Context) (string, error) {
	bodies, err := c.siblings.bodies(ctx)
	return bodies[c.row.ID], err
}

// Lists returns the contact lists it goes to, of those the viewer may see.
func (c *Campaign) Lists(ctx context.Context) ([]*ContactList, error) {
	refs, err := c.siblings.references(ctx)
	if err != nil {
		return nil, err
	}
	return itemsAs[*ContactList](refs.lists.visible[c.row.ID]), nil
}

// ListsRestricted returns whether it also goes to lists that the viewer may not see.
func (c *Campaign) ListsRestricted(ctx context.Context) (bool, error) {
	refs, err := c.siblings.references(ctx)
	if err != nil {
		return false, err
	}
	return refs.lists.restricted[c.row.ID], nil
}

// Blacklists returns the blacklists it respects, of those the viewer may see.
func (c *Campaign) Blacklists(ctx context.Context) ([]*Blacklist, error) {
	refs, err := c.siblings.references(ctx)
	if err != nil {
		return nil, err
	}
	return itemsAs[*Blacklist](refs.blacklists.visible[c.row.ID]), nil
}

// BlacklistsRestricted returns whether it also respects blacklists that the viewer may not see.
func (c *Campaign) BlacklistsRestricted(ctx context.Context) (bool, error) {
	refs, err := c.siblings.references(ctx)
	if err != nil {
		return false, err
	}
	return refs.blacklists.restricted[c.row.ID], nil
}

// Source returns the mail as its author wrote it, to be rendered.
func (c *Campaign) Source(ctx context.Context) (render.Source, error) {
	row, err := c.content(ctx)
	if err != nil {
		return render.Source{}, err
	}
	body, err := c.Body(ctx)
	return render.Source{
		Format: render.Format(row.Format), Subject: row.Subject, Preheader: row.Preheader, Body: body,
		Sender: render.Sender{Name: row.SenderName, Email: row.SenderEmail, ReplyTo: row.ReplyTo},
	}, err
}

// content returns the template's own row without its body.
func (t *Template) content(ctx context.Context) (*ent.Template, error) {
	all, err := t.siblings.templates(ctx)
	return found(all[t.row.ID], err)
}

// Subject returns the subject line to begin with.
func (t *Template) Subject(ctx context.Context) (string, error) {
	row, err := t.content(ctx)
	return row.Subject, err
}

// Preheader returns the preheader to begin with.
func (t *Template) Preheader(ctx context.Context) (string, error) {
	row, err := t.content(ctx)
	return row.Preheader, err
}

// Format returns the language of the body.
func (t *Template) Format(ctx context.Context) (campaign.Format, error) {
	row, err := t.content(ctx)
	return campaign.Format(row.Format), err
}

// Body returns the body byte for byte.
func (t *Template) Body(ctx context.Context) (string, error) {
	bodies, err := t.siblings.bodies(ctx)
	return bodies[t.row.ID], err
}

// Source returns the mail as its author wrote it, to be rendered.
func (t *Template) Source(ctx context.Context) (render.Source, error) {
	row, err := t.content(ctx)
	if err != nil {
		return render.Source{}, err
	}
	body, err := t.Body(ctx)
	return render.Source{Format: render.Format(row.Format), Subject: row.Subject, Preheader: row.Preheader, Body: body}, err
}

// Description returns the list's free text.
func (l *ContactList) Description(ctx context.Context) (string, error) {
	all, err := l.siblings.lists(ctx)
	row, err := found(all[l.row.ID], err)
	return row.Description, err
}

// ContactCount returns how many contacts the list has.
func (l *ContactList) ContactCount() int64 { return l.row.RowsCount }

// Description returns the blacklist's free text.
func (b *Blacklist) Description(ctx context.Context) (string, error) {
	all, err := b.siblings.blacklists(ctx)
	row, err := found(all[b.row.ID], err)
	return row.Description, err
}

// EntryCount returns how many entries the blacklist has.
func (b *Blacklist) EntryCount() int64 { return b.row.RowsCount }

// found turns an item whose content row has gone between two queries into an empty one and an error, so
// that the field methods stay one line.
func found[T any](row *T, err error) (*T, error) {
	if row == nil {
		row = new(T)
		if err == nil {
			err = fmt.Errorf("read: an item lost its content while it was read")
		}
	}
	return row, err
}
