package library

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/merge"
	"github.com/partage-mail/partage/server/sharing"
)

// Change sets fields of an item of the kind, on the version base that the viewer saw. Fields that others
// have changed since stay as they are and are returned; the others are taken. A body and its format stand or fall
// together. Faults: NotFound, also for an item of another kind; Denied where the viewer may only look, or is a member
// and the patch changes who a campaign is from or goes to; Invalid; Conflict where the campaign is being sent or has
// been sent.
func (l *Library) Change(ctx context.Context, kind item.Kind, id uuid.UUID, base int64, p Patch) ([]merge.Conflict, error) {
	out, err := l.change(ctx, kind, id, p, func(it *ent.Item) (*merge.Merge, error) {
		return merge.New(it.Version, base, it.FieldVersions)
	})
	return out.Conflicts, err
}

// ChangeLate is Change by somebody who had no contact to the server when they made it.
func (l *Library) ChangeLate(ctx context.Context, kind item.Kind, id uuid.UUID, base merge.Base, p Patch) (merge.Outcome, error) {
	return l.change(ctx, kind, id, p, func(it *ent.Item) (*merge.Merge, error) {
		return merge.Late(it.Version, it.ChangedAt, base, it.FieldVersions), nil
	})
}

func (l *Library) change(ctx context.Context, kind item.Kind, id uuid.UUID, p Patch, on func(*ent.Item) (*merge.Merge, error)) (out merge.Outcome, err error) {
	err = l.write(ctx, func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer) error {
		it, err := editable(ctx, tx, kind, id)
		if err != nil {
			return err
		}
		c, err := begin(ctx, tx, it, p, on)
		if err != nil {
			return err
		}
		if out = (merge.Outcome{Version: c.Made(), Conflicts: c.conflicts()}); len(c.Changed()) == 0 {
			return nil
		}
		return c.save(ctx, tx, v)
	})
	if err != nil {
		return merge.Outcome{}, err
	}
	return out, nil
}

// change is a patch that has been merged with the item as it is.
type change struct {
	*merge.Merge
	item *ent.Item
	// texts are those that were taken.
	texts map[string]string
	// yours and theirs are what the patch names and what the campaign names, by field.
	yours, theirs map[string]targets
}

func begin(ctx context.Context, tx *feed.Tx, it *ent.Item, p Patch, on func(*ent.Item) (*merge.Merge, error)) (*change, error) {
	texts, err := p.texts(it.Kind)
	if err != nil {
		return nil, err
	}
	m, err := on(it)
	if err != nil {
		return nil, err
	}
	current, err := textsOf(ctx, tx, it)
	if err != nil {
		return nil, err
	}
	m.Bind(map[string]string{"format": current["format"], "body": current["body"]})
	c := &change{m, it, make(map[string]string), make(map[string]targets), make(map[string]targets)}
	for _, column := range append([]column{{field: "name"}}, columnsOf(it.Kind)...) {
		text, set := texts[column.field]
		if set && m.Take(column.field, text, current[column.field]) {
			c.texts[column.field] = text
		}
	}
	for _, r := range references() {
		ids := r.of(&p)
		if ids == nil {
			continue
		}
		if c.yours[r.field], err = r.resolve(ctx, tx, *ids); err != nil {
			return nil, err
		}
		if c.theirs[r.field], err = r.current(ctx, tx, it.ID); err != nil {
			return nil, err
		}
		m.Take(r.field, c.yours[r.field].key(), c.theirs[r.field].key())
	}
	return c, nil
}

// conflicts returns the fields that were not taken, with names for a person in place of ids.
func (c *change) conflicts() []merge.Conflict {
	conflicts := c.Conflicts()
	for i, conflict := range conflicts {
		if yours, ok := c.yours[conflict.Field]; ok {
			conflicts[i].Yours, conflicts[i].Theirs = yours.names(), c.theirs[conflict.Field].names()
		}
	}
	return conflicts
}

func (c *change) save(ctx context.Context, tx *feed.Tx, v *sharing.Viewer) error {
	id, changed := c.item.ID, c.Changed()
	if !slices.Equal(changed, []string{"name"}) {
		if err := open(ctx, tx, c.item); err != nil {
			return err
		}
	}
	if slices.ContainsFunc(changed, addressing) {
		if err := v.MayAddress(c.item); err != nil {
			return err
		}
	}
	tx.Changed(id)
	u := tx.Item.UpdateOneID(id).
		SetVersion(c.Version()).
		SetFieldVersions(c.Versions()).
		SetChangedByID(v.Collaborator).
		SetChangedAt(instant.Now())
	if name, ok := c.texts["name"]; ok {
		u.SetName(name).SetNameKey(nameKey(name))
		delete(c.texts, "name")
	}
	if err := u.Exec(ctx); err != nil {
		return fmt.Errorf("changing an item: %w", err)
	}
	if len(c.texts) > 0 {
		if err := update(tx, c.item.Kind, id).write(ctx, c.item.Kind, c.texts); err != nil {
			return err
		}
	}
	for _, r := range references() {
		if slices.Contains(changed, r.field) {
			if err := r.set(ctx, tx, id, c.yours[r.field], c.theirs[r.field]); err != nil {
				return err
			}
		}
	}
	return nil
}

// addressing says whether a field is one that only campaigns have, and says who one is from or goes to.
func addressing(field string) bool {
	return slices.Contains([]string{"senderName", "senderEmail", "replyTo", "lists", "blacklists"}, field)
}

// open refuses to change the content of a campaign that has left the draft.
func open(ctx context.Context, tx *feed.Tx, it *ent.Item) error {
	if it.Kind != item.KindCampaign {
		return nil
	}
	c, err := tx.Campaign.Query().Where(campaign.ID(it.ID)).
		Select(campaign.FieldID, campaign.FieldState).Only(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("reading a campaign's state: %w", err)
	case c.State == campaign.StateSending:
		return fault.New(fault.Conflict, "This campaign is being sent; its content no longer changes.")
	case c.State == campaign.StateSent:
		return fault.New(fault.Conflict, "This campaign has been sent; its content no longer changes. Duplicate it to go on.")
	}
	return nil
}

// editable returns an item of the kind that the viewer may change, locked until the transaction ends.
func editable(ctx context.Context, tx *feed.Tx, kind item.Kind, id uuid.UUID) (*ent.Item, error) {
	if err := sharing.Lock(ctx, tx, id); err != nil {
		return nil, missing(err, kind)
	}
	it, err := sharing.Editable(ctx, tx.Tx, id)
	if err != nil {
		return nil, missing(err, kind)
	}
	if it.Kind != kind {
		return nil, fault.Missing(noun(kind))
	}
	return it, nil
}

// missing words a NotFound fault alike for what does not exist, is not visible, or is of another kind.
func missing(err error, kind item.Kind) error {
	if fault.Is(err, fault.NotFound) {
		return fault.Missing(noun(kind))
	}
	return err
}
