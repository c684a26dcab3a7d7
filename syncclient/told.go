package syncclient

import (
	"context"

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
	ends, err := f.apply(ctx, h.Delta, at)
	if err != nil {
		return false
	}
	f.link.moved(h.Delta.Next, ends)
	return true
}

// along is a page of rows that came along with a page of the workspace, and was written.
type along struct {
	mirror.Reached
	page *protocol.RowPage
	done mirror.RowsApplied
}

// isComplete reports whether the rows are as the server says that they are.
func (a along) isComplete(b protocol.Bucket) bool {
	return b.ID == a.Bucket.Global() && b.State == a.State
}

// writeAlong writes rows that came along with a page of the workspace, and returns where each bucket's end. Those that do
// not continue what the mirror holds, or cannot be written, are left to be asked for: whatever is the matter shows then.
func (f *Follower) writeAlong(ctx context.Context, came []protocol.BucketRows) (written []along, ends map[protocol.ID]string) {
	ends = make(map[protocol.ID]string, len(came))
	for i := range came {
		page, err := came[i].Parse()
		if err != nil {
			continue
		}
		ends[came[i].Bucket] = page.Next
		_, id, err := came[i].Bucket.Split()
		if err != nil {
			continue
		}
		b, err := f.mirror.Bucket(ctx, id)
		if err != nil {
			continue
		}
		at, err := f.mirror.RowsPosition(ctx, b)
		if err != nil || at.Walking || at.Cursor != came[i].From {
			continue
		}
		done, err := f.mirror.WriteRows(ctx, b, page, at.Cursor)
		if err != nil {
			continue
		}
		written = append(written, along{mirror.Reached{Bucket: b, State: done.Reached, Rows: page.Rows}, page, done})
	}
	return written, ends
}
