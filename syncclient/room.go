package syncclient

import (
	"context"
	"errors"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// A large list is not begun where it would leave too little of the disk: it is held back, the others go on, and once there
// is room it comes.

// estimate is what the rows of a bucket take, as the server said when there were so many.
type estimate struct{ rows, bytes int64 }

// of scales the estimate to as many rows as there are now; 0 where it is not known.
func (e *estimate) of(rows int64) int64 {
	switch {
	case e == nil:
		return 0
	case e.rows <= 0:
		return e.bytes
	}
	return int64(float64(e.bytes) * float64(rows) / float64(e.rows))
}

// short reports whether a bucket was held back since the disk is too short for what is still to come of it.
func (f *Follower) short(ctx context.Context, b mirror.Bucket) (bool, error) {
	if b.Rows < f.fill.large || f.fill.image != nil && f.fill.image.bucket == b.ID {
		return false, nil // what has come of an image has its room, and that it leads to too
	}
	work := f.fill.of(b.ID)
	if work.size == nil {
		found, err := f.server.Buckets(ctx, f.token, b.Global())
		if protocol.CodeOf(err) == protocol.Unauthenticated || transport.Temporary(err) || ctx.Err() != nil {
			return false, err
		}
		work.size = &estimate{} // a server that cannot say is not asked again
		if err == nil && len(found) > 0 {
			work.size = &estimate{found[0].Rows, found[0].Bytes}
		}
	}
	err := f.mirror.Room(ctx, b, work.size.of(b.Rows))
	var short *mirror.NoRoomError
	if !errors.As(err, &short) {
		work.lacking = false
		return false, err
	}
	f.fill.cancel()
	h := hold{until: time.Now().Add(f.pace.tick), err: err}
	if f.fill.held[b.ID] = h; !work.lacking { // said once, and not each time that it is looked at again
		work.lacking = true
		f.tell(HeldBack{Name: b.Name, Err: err})
	}
	return true, nil
}
