package changes

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
)

// Whole is all rows of an item as they stood in one snapshot, the same for everyone who sees all of them. A copy of them
// goes on from there (GoOn).
type Whole struct {
	Item uuid.UUID
	Kind item.Kind
	// Epoch and Head name the state of the rows, which are so many.
	Epoch, Head, Rows int64
	// Seq is the account's change number in the snapshot, and Nonce that of its commit.
	Seq, Nonce int64
}

// State is that of the bucket.
func (w *Whole) State() string { return state(w.Epoch, w.Head) }

// All says how all rows of an item stand, as a page that has none of them, for the viewer in the context, in the snapshot
// tx; nil where they see their own alone. The fault is that of Rows.
func (c *Changes) All(ctx context.Context, tx *ent.Tx, dialect string, id uuid.UUID) (*Span, error) {
	s, err := c.bucketOf(ctx, tx, dialect, id)
	if err != nil || s.whose != uuid.Nil {
		return nil, err
	}
	return s, nil
}

// GoOn returns the cursor with which the viewer in the context reads what has changed since w, in the snapshot tx. The
// faults are those of Rows: CursorExpired, too, where somebody who held these rows all the while would have to begin
// anew. Above all that is who did not see the item when they stood so: what is gone since they are not to see.
func (c *Changes) GoOn(ctx context.Context, tx *ent.Tx, dialect string, w *Whole) (next string, err error) {
	l, err := c.newLook(ctx, tx, dialect)
	if err != nil {
		return "", err
	}
	s, err := l.span(ctx, w.Item)
	if err != nil {
		return "", err
	}
	// Who came, or was given another role, since then may not have seen the item whatever its own log says.
	me, err := l.Collaborator.Query().Where(collaborator.ID(l.viewer.Collaborator)).Only(ctx)
	if err != nil {
		return "", fmt.Errorf("reading who asks: %w", err)
	}
	if me.Seq > w.Seq {
		return "", expired("RIGHTS", "Your rights have changed; read again from the start.")
	}
	from := *l
	from.enter(s)
	at := from.tag(last(w.Head), w.Head)
	at.epoch, at.head, at.nonce = from.account.epoch^w.Epoch, w.Seq, w.Nonce
	next = c.seal(l.viewer, w.Item, at)
	_, err = c.spanOf(ctx, l, w.Item, next, 1, func(context.Context, *Span, int) error { return nil })
	return next, err
}
