package syncclient

import (
	"context"
	"errors"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// A large list is not begun where it would leave too little of the disk: it is held back, the others go on, and once there
// is room it comes.

// estimate is what the rows of a bucket take, as the server said when there were so many.
type estimate struct{ rows, bytes int64 }

// of scales the estimate to as many rows as there are now.
func (e estimate) of(rows int64) int64 {
	if e.rows <= 0 {
		return e.bytes
	}
	return int64(float64(e.bytes) * float64(rows) / float64(e.rows))
}

// short reports whether a bucket was held back since the disk is too short for what is still to come of it.
func (f *Follower) short(ctx context.Context, b mirror.Bucket) (bool, error) {
	if b.Rows < f.fill.imageRows || f.fill.image != nil && f.fill.image.bucket == b.ID {
		return false, nil // what has come of an image has its room, and that it leads to too
	}
	known, ok := f.fill.sizes[b.ID]
	if !ok {
		found, err := f.server.Buckets(ctx, f.token, b.Global())
		switch {
		case protocol.CodeOf(err) == protocol.Unauthenticated, ctx.Err() != nil:
			return false, err
		case err == nil && len(found) > 0:
			known = estimate{found[0].Rows, found[0].Bytes}
		}
		f.fill.sizes[b.ID] = known
	}
	err := f.mirror.Room(ctx, b, known.of(b.Rows))
	var short *mirror.NoRoomError
	if !errors.As(err, &short) {
		delete(f.fill.lacking, b.ID)
		return false, err
	}
	f.fill.drop()
	h := hold{until: time.Now().Add(f.pace.tick), err: err}
	if f.fill.held[b.ID] = h; !f.fill.lacking[b.ID] { // said once, and not each time that it is looked at again
		f.fill.lacking[b.ID] = true
		f.tell(HeldBack{List: b.Name, Err: err})
	}
	return true, nil
}

// carryOut does what people have chosen to keep here, and not to.
func (f *Follower) carryOut(ctx context.Context) error {
	done, err := f.mirror.CarryOut(ctx)
	var told changes
	for _, c := range done {
		told.item(c.Global())
		told.of(rowKind(c.Kind), c.ID).Many = true
		f.fill.drop()
		delete(f.fill.held, c.ID)
		delete(f.fill.failures, c.ID)
		delete(f.fill.diverged, c.ID)
		delete(f.fill.paged, c.ID)
		delete(f.fill.sizes, c.ID)
		delete(f.fill.lacking, c.ID)
		f.fill.complete.note(c.Global(), "")
	}
	if len(done) > 0 {
		f.link.anew()
		f.tellChanges(told, false)
	}
	return err
}
