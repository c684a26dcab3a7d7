package read

import (
	"context"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
)

// Changes reads a page of the workspace's changes, and with it rows of the held buckets that it names, and how far the
// replica's writes have come if one is named. The page and all its contents are read in one snapshot, that of the head
// in its cursors.
func (r *Reader) Changes(ctx context.Context, after string, first int, held []*Held, replica string) (*ChangePage, error) {
	if first < 1 || first > changes.MaxPage {
		return nil, fault.Field("first", "A page has 1 to %d entries.", changes.MaxPage)
	}
	if err := checkHeld(held); err != nil {
		return nil, err
	}
	var p *ChangePage
	err := r.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
		look, err := r.changes.Look(ctx, tx, r.store.Dialect())
		if err != nil {
			return err
		}
		page, err := look.Workspace(ctx, after, first)
		if err != nil {
			return err
		}
		if p, err = r.changePage(ctx, tx, look, page); err != nil {
			return err
		}
		if p.LastMutation, err = r.lastMutation(ctx, tx, replica); err != nil {
			return err
		}
		_, err = r.addRows(ctx, tx, look, p, page, held, rowsRoom{bytes: maxRowsBytes, rows: rowsOfBucket})
		return err
	})
	return p, err
}

// changePage reads the contents of a page.
func (r *Reader) changePage(ctx context.Context, tx *ent.Tx, look *changes.Look, page *changes.Page) (*ChangePage, error) {
	p := &ChangePage{Removals: []string{}, Rows: []*BucketRows{}, Next: page.Next, More: page.More}
	for _, gone := range page.Removed {
		id := GlobalID(PersonID, gone.ID)
		if !gone.Person {
			id = ItemID(gone.Kind, gone.ID)
		}
		p.Removals = append(p.Removals, id)
	}
	return p, r.fill(ctx, tx, look, p, page)
}
