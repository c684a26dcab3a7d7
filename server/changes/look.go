package changes

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
)

// Look is one reading of several streams in one snapshot, for one viewer. It is for one goroutine.
type Look struct{ look look }

// Look begins a reading for the viewer in the context, in the snapshot tx.
func (c *Changes) Look(ctx context.Context, tx *ent.Tx, dialect string) (*Look, error) {
	l, err := c.newLook(ctx, tx, dialect)
	if err != nil {
		return nil, err
	}
	return &Look{*l}, nil
}

// Workspace is Changes.Workspace.
func (l *Look) Workspace(ctx context.Context, token string, first int) (*Page, error) {
	look := l.look
	return look.changes.pageOf(ctx, &look, token, first)
}

// Rows is Changes.Rows. Where several look at the same page, one reads it for all.
func (l *Look) Rows(ctx context.Context, id uuid.UUID, token string, first int) (*Span, error) {
	look := l.look
	return look.changes.spanOf(ctx, &look, id, token, first, look.cutShared)
}

// Items returns those of the items that the viewer sees, by id.
func (l *Look) Items(ctx context.Context, ids ...uuid.UUID) (map[uuid.UUID]*ent.Item, error) {
	return l.look.visible(ctx, ids...)
}

// Buckets returns how the rows of items stand for the viewer, who sees them.
func (l *Look) Buckets(ctx context.Context, items ...*ent.Item) (map[uuid.UUID]Bucket, error) {
	return l.look.buckets(ctx, items...)
}

// visible reads those of the items that the viewer sees, unless they are known.
func (l *look) visible(ctx context.Context, ids ...uuid.UUID) (map[uuid.UUID]*ent.Item, error) {
	var unknown []uuid.UUID
	for _, id := range ids {
		if l.items[id] == nil {
			unknown = append(unknown, id)
		}
	}
	if len(unknown) > 0 {
		found, err := l.Item.Query().Where(item.IDIn(unknown...)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading items: %w", err)
		}
		for _, it := range found {
			l.items[it.ID] = it
		}
	}
	return l.items, nil
}
