package changes

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
)

// maxHinted is how many buckets a hint names.
const maxHinted = 100

// Hint says what a follower should pull. It carries no data.
type Hint struct {
	// Workspace is whether the workspace has something new for the viewer.
	Workspace bool
	// Buckets are items whose rows moved, at most 100. All are visible.
	Buckets []uuid.UUID
}

// Head returns the account's change number in the snapshot, to be passed to Since later.
func (c *Changes) Head(ctx context.Context, tx *ent.Tx, dialect string) (int64, error) {
	l, err := c.newLook(ctx, tx, dialect)
	if err != nil {
		return 0, err
	}
	return l.account.seq, nil
}

// Since says what of the changes after the number seq concerns the viewer in the context, and the number
// they reach to. What the viewer may not see leaves no trace in the hint.
func (c *Changes) Since(ctx context.Context, tx *ent.Tx, dialect string, seq int64) (Hint, int64, error) {
	l, err := c.newLook(ctx, tx, dialect)
	if err != nil {
		return Hint{}, seq, err
	}
	if l.account.seq < seq { // restored from a backup: the cursor will tell
		return Hint{Workspace: true}, l.account.seq, nil
	}
	from := l.tag(last(seq), 0)
	page, _, err := l.workspace(ctx, from, maxHinted)
	if err != nil {
		return Hint{}, seq, err
	}
	h := Hint{Buckets: page.Buckets[:min(len(page.Buckets), maxHinted)]}
	h.Workspace = !page.Empty()
	return h, l.account.seq, nil
}
