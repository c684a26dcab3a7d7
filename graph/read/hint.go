package read

import (
	"context"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/sharing"
)

// ChangeHint says what a follower should pull, or brings it.
type ChangeHint struct {
	Workspace bool
	Buckets   []string
	// From is the cursor that Delta follows; nil without one.
	From  *string
	Delta *ChangePage
}

// Trail is what a follower has been told of. It is for one goroutine.
type Trail struct {
	seq int64 // hints reach to this number of the account's
	// sent is the cursor that the follower has, at one that stands for the same and costs less to read on from; empty
	// for a follower that wants hints alone, or has lost track.
	sent, at string
	held     []*Held
}

// hinted is how many buckets a hint names, and how many entries of the workspace a delta may have.
const hinted = 100

// Follow begins a trail: from a cursor and buckets that the follower holds, or from now, for hints alone, where the
// cursor is empty.
func (r *Reader) Follow(ctx context.Context, after string, held []*Held) (*Trail, error) {
	if err := checkHeld(held); err != nil {
		return nil, err
	}
	t := &Trail{sent: after, at: after, held: held}
	err := r.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
		t.seq, err = r.changes.Head(ctx, tx, r.store.Dialect())
		return err
	})
	return t, err
}

// Next says what has changed for the follower since the last call, all of it read in one snapshot: nil for nothing. as
// returns the context that acts as the follower with the rights that they have in that snapshot. Where the trail is a
// cursor's, small changes come with the hint; where they have no room, or the cursor cannot be continued, the hint comes
// alone and so do all later ones.
func (r *Reader) Next(ctx context.Context, as func(context.Context, *ent.Tx) (context.Context, error), t *Trail) (hint *ChangeHint, err error) {
	err = r.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
		ctx, err := as(ctx, tx)
		if err != nil {
			return err
		}
		look, err := r.changes.Look(ctx, tx, r.store.Dialect())
		if err != nil {
			return err
		}
		if t.at != "" {
			hint, err = r.delta(ctx, tx, look, t)
		} else {
			hint, err = r.plain(ctx, tx, t)
		}
		return err
	})
	return hint, err
}

// plain returns a hint alone. Owners see what others have on items, too: whatever changes in the account is one for them.
func (r *Reader) plain(ctx context.Context, tx *ent.Tx, t *Trail) (*ChangeHint, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	h, head, err := r.changes.Since(ctx, tx, r.store.Dialect(), t.seq)
	if err != nil {
		return nil, err
	}
	moved := h.Workspace || v.Owner() && head != t.seq
	hint := &ChangeHint{Workspace: true, Buckets: []string{}}
	if len(h.Buckets) > 0 {
		rows, err := tx.Item.Query().Where(item.IDIn(h.Buckets...)).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			hint.Buckets = append(hint.Buckets, ItemID(row.Kind, row.ID))
		}
	}
	if t.seq = head; !moved {
		return nil, nil
	}
	return hint, nil
}

// delta returns a hint with what changed since the trail's cursor, or alone, which ends the cursor.
func (r *Reader) delta(ctx context.Context, tx *ent.Tx, look *changes.Look, t *Trail) (*ChangeHint, error) {
	hint := &ChangeHint{Workspace: true, Buckets: []string{}}
	page, err := look.Workspace(ctx, t.at, hinted)
	if fault.Is(err, fault.CursorExpired) || fault.Is(err, fault.Invalid) {
		t.lose()
		return hint, nil
	}
	if err != nil {
		return nil, err
	}
	if page.Empty() {
		t.at, t.seq = page.Next, page.Head
		return nil, nil
	}
	p, err := r.changePage(ctx, tx, look, page)
	if err != nil {
		return nil, err
	}
	for _, b := range p.Buckets[:min(len(p.Buckets), hinted)] {
		hint.Buckets = append(hint.Buckets, b.ID())
	}
	room := inlineBytes - p.weight(ctx)
	if page.More || room < 0 {
		t.seq = page.Head
		t.lose()
		return hint, nil
	}
	fits, err := r.addRows(ctx, tx, look, p, page, t.held, rowsRoom{bytes: room, rows: hinted, escaped: true})
	if err != nil {
		return nil, err
	}
	if t.seq = page.Head; !fits {
		t.lose()
		return hint, nil
	}
	from := t.sent
	hint.From, hint.Delta = &from, p
	t.sent, t.at = page.Next, page.Next
	t.move(p.Rows)
	return hint, nil
}

// lose makes the trail one of hints alone.
func (t *Trail) lose() { t.sent, t.at, t.held = "", "", nil }

// move notes which rows the follower is being sent.
func (t *Trail) move(sent []*BucketRows) {
	for _, rows := range sent {
		for i := range t.held {
			if t.held[i].Bucket == rows.Bucket {
				t.held[i].After = rows.next
			}
		}
	}
}
