package read

import (
	"context"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
)

// ChangeHint says what a follower should pull.
type ChangeHint struct {
	Workspace bool
	Buckets   []string
}

// Hint says what of the changes after the number seq concerns the viewer in the context, as ids of the
// API, and the number they reach to.
func (r *Reader) Hint(ctx context.Context, seq int64) (*ChangeHint, int64, error) {
	hint := &ChangeHint{Buckets: []string{}}
	err := r.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
		h, head, err := r.changes.Since(ctx, tx, r.store.Dialect(), seq)
		if err != nil {
			return err
		}
		seq, hint.Workspace = head, h.Workspace
		if len(h.Buckets) == 0 {
			return nil
		}
		rows, err := tx.Item.Query().Where(item.IDIn(h.Buckets...)).All(ctx)
		for _, row := range rows {
			hint.Buckets = append(hint.Buckets, ItemID(row.Kind, row.ID))
		}
		return err
	})
	return hint, seq, err
}

// Head returns the account's change number.
func (r *Reader) Head(ctx context.Context) (seq int64, err error) {
	err = r.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
		seq, err = r.changes.Head(ctx, tx, r.store.Dialect())
		return err
	})
	return seq, err
}
