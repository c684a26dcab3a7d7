package syncclient

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// sender is what a follower remembers of sending edits. A failure holds back edits alone: what comes down goes on.
type sender struct {
	backoff transport.Backoff
	until   time.Time // not before
	err     error     // of the last try; nil after a success
	looked  time.Time // for edits
	due     bool      // there may be something to send, or to carry out
}

// unstuck is for how long edits wait after an answer that trying again soon does not mend.
const unstuck = 10 * time.Minute

// push sends the next batch of edits, one at a time: its answer is written down before anything else is asked for, so
// that no page is applied which was read before the edits took effect.
func (f *Follower) push(ctx context.Context) trigger {
	if due, err := f.editsDue(ctx); err != nil {
		return f.giveLocal(err)
	} else if !due {
		return idle
	}
	if err := f.attend(ctx); err != nil {
		return f.giveLocal(err)
	}
	batch, err := f.mirror.Outgoing(ctx)
	if err != nil {
		return f.giveLocal(err)
	}
	if len(batch.Mutations) == 0 {
		f.send = sender{looked: f.send.looked}
		return idle
	}
	f.fill.drop()
	said, err := f.server.Push(ctx, f.token, batch)
	if ctx.Err() != nil {
		return idle
	}
	switch code := protocol.CodeOf(err); {
	case code == protocol.Unauthenticated:
		return f.give(err)
	case code == protocol.Forked:
		return f.rebirth(ctx, mirror.ByCopy)
	case err != nil:
		return f.holdEdits(err)
	}
	done, err := f.mirror.Answered(ctx, said.Results)
	if err != nil {
		return f.giveLocal(err)
	}
	f.tell(Pushed{Applied: done.Applied, Merged: done.Merged, Refused: done.Refused})
	if said.Last < batch.Acknowledged {
		return f.rebirth(ctx, mirror.ByLoss)
	}
	if len(said.Results) == 0 {
		return f.holdEdits(errors.New("the server took none of the edits"))
	}
	f.send = sender{looked: f.send.looked, due: true} // there may be more
	return sent
}

// editsDue reports whether there are edits to be sent now. It looks for them once in a while.
func (f *Follower) editsDue(ctx context.Context) (bool, error) {
	if !f.send.due && time.Since(f.send.looked) >= f.pace.edits {
		f.send.looked = time.Now()
		found, err := f.mirror.Edited(ctx)
		if err != nil {
			return false, err
		}
		f.send.due = found || f.send.err != nil
	}
	return f.send.due && !time.Now().Before(f.send.until), nil
}

// attend does what programs and people have asked for in the mirror.
func (f *Follower) attend(ctx context.Context) error {
	if _, err := f.mirror.Edited(ctx); err != nil { // which files have edits
		return err
	}
	if err := f.mirror.Resolve(ctx); err != nil {
		return err
	}
	return f.mirror.Prepare(ctx)
}

// holdEdits puts sending off.
func (f *Follower) holdEdits(err error) trigger {
	wait := f.send.backoff.Next(retryAfter(err))
	if !transport.Temporary(err) {
		wait = max(wait, unstuck)
	}
	f.send.until, f.send.err = time.Now().Add(wait), err
	f.tell(EditsWait{Err: err, For: wait})
	return idle
}

// rebirth goes on under a new replica id, where the server's numbers of this one are not the mirror's.
func (f *Follower) rebirth(ctx context.Context, why mirror.Reborn) trigger {
	if err := f.mirror.Rebirth(ctx); err != nil {
		return f.giveLocal(err)
	}
	return f.reborn(why)
}

func (f *Follower) reborn(why mirror.Reborn) trigger {
	f.tell(Reborn{Why: string(why)})
	f.send.due = true
	if wait := f.births.trip(string(why), time.Now()); wait > 0 {
		f.send.until = time.Now().Add(wait)
		f.send.err = fmt.Errorf("the server keeps forgetting this copy's edits (%s)", why)
	}
	return sent
}

func retryAfter(err error) time.Duration {
	if said := protocol.AsError(err); said != nil {
		return said.RetryAfter
	}
	return 0
}
