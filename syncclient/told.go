package syncclient

import (
	"context"
	"slices"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// goOn has the live connection bring what changes from where the mirror stands.
func (f *Follower) goOn(ctx context.Context) error {
	at, err := f.mirror.Position(ctx)
	if err == nil && !at.Walking {
		f.link.goOn(protocol.Stand{After: at.Cursor, Held: f.fill.complete.all()})
	}
	return err
}

// take applies what has come along with hints. Where it does not continue what the mirror holds, or anything else is
// not as expected, it is nothing but a hint, and what changed is pulled.
func (f *Follower) take(ctx context.Context) trigger {
	deltas := f.link.takeDeltas()
	if len(deltas) == 0 {
		return moved
	}
	for _, h := range deltas {
		if !f.applyDelta(ctx, h) {
			return moved
		}
	}
	return told
}

func (f *Follower) applyDelta(ctx context.Context, h protocol.Hint) bool {
	at, err := f.mirror.Position(ctx)
	if err != nil || at.Walking || at.Cursor != h.From || h.Delta.More || h.Delta.Check(h.From) != nil {
		return false
	}
	if f.apply(ctx, h.Delta, h.From, false) != nil {
		return false
	}
	f.link.moved(h.Delta.Next, f.applyCame(ctx, h.Delta.Rows))
	return true
}

// applyCame writes rows that came with a page of the workspace, and returns where each bucket's end. Those that do not
// continue what the mirror holds, or cannot be written, are left to be asked for.
func (f *Follower) applyCame(ctx context.Context, came []protocol.BucketRows) map[protocol.ID]string {
	if len(came) == 0 {
		return nil
	}
	behind, err := f.mirror.Behind(ctx)
	if err != nil {
		return nil
	}
	ends := make(map[protocol.ID]string, len(came))
	for i := range came {
		page, err := came[i].Parse()
		if err != nil {
			continue
		}
		ends[came[i].Bucket] = page.Next
		n := slices.IndexFunc(behind, func(b mirror.Bucket) bool { return b.Global() == came[i].Bucket })
		if n < 0 {
			continue
		}
		at, err := f.mirror.RowsPosition(ctx, behind[n])
		if err != nil || at.Walking || at.Cursor != came[i].From {
			continue
		}
		_, _ = f.applyRows(ctx, behind[n], page, at) // whatever is the matter shows when the rest is asked for
	}
	return ends
}
