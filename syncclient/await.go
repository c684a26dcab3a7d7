package syncclient

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// await waits for something to do. Without the live connection it asks the server from time to time.
func (f *Follower) await(ctx context.Context) trigger {
	if err := f.goOn(ctx); err != nil {
		return f.giveLocal(err)
	}
	look := time.Now().Add(f.pace.tick/2 + rand.N(f.pace.tick/2))
	woken, err := f.pause(ctx, look, f.wake)
	if err != nil {
		return f.giveLocal(err)
	}
	if woken {
		return f.take(ctx)
	}
	if due, err := f.editsDue(ctx); err != nil {
		return f.giveLocal(err)
	} else if due {
		return edited
	}
	if err := f.mirror.Look(ctx); err != nil {
		return f.giveLocal(err)
	}
	held := len(f.fill.held)
	if f.fill.release(); len(f.fill.held) < held {
		return moved
	}
	if f.link.fresh(f.pace.safety) {
		return quiet
	}
	return f.poll(ctx)
}

// poll asks whether anything has changed.
func (f *Follower) poll(ctx context.Context) trigger {
	at, err := f.mirror.Position(ctx)
	if err != nil {
		return f.giveLocal(err)
	}
	changed, next, err := f.server.Poll(ctx, f.token, at.Cursor)
	switch code := protocol.CodeOf(err); {
	case err == nil && changed, code == protocol.CursorExpired, code == protocol.BadInput && at.Cursor != "": // the pull sees to it
		return moved
	case err != nil:
		return f.give(err)
	}
	f.link.polled()
	if _, err := f.mirror.Apply(ctx, &protocol.ChangePage{Next: next}, at.Cursor); err != nil {
		return f.giveLocal(err)
	}
	return quiet
}

// sleep waits until the rest is over.
func (f *Follower) sleep(ctx context.Context) trigger {
	_, err := f.pause(ctx, time.Now().Add(f.rest), nil)
	if err == nil && ctx.Err() == nil {
		err = f.keepLease(ctx)
	}
	if err != nil && !passing(err) {
		f.err = err
		return broken
	}
	return rested
}

// keepLease locks or erases the mirror where the account asks for that: the server has just been tried in vain.
func (f *Follower) keepLease(ctx context.Context) error {
	lease, err := f.mirror.Lease(ctx)
	switch {
	case err != nil:
		return err
	case lease == mirror.Over:
		f.fill.cancel()
		if err := f.mirror.Erase(ctx); err != nil {
			return err
		}
		f.tell(Erased{})
		return ErrErased
	case lease == mirror.Lapsed && !f.mirror.Locked():
		f.fill.cancel() // nothing may be writing into the folder that gets another name
		if f.mirror.Lock(ctx) != nil {
			return nil // a program has a file open, as on Windows: again after the next rest
		}
		f.tell(Locked{})
	}
	return nil
}

// unlock brings a locked mirror back, since the server has answered.
func (f *Follower) unlock(ctx context.Context) error {
	if !f.mirror.Locked() {
		return nil
	}
	if err := f.mirror.Unlock(ctx); err != nil {
		return err
	}
	f.tell(Unlocked{})
	return nil
}

// indexSlice is for how long a follower that has nothing else to do brings the full-text indexes up to date before it looks
// up, and indexOnce for how long Sync does before it ends; what is left then is done the next time.
const (
	indexSlice = 50 * time.Millisecond
	indexOnce  = 10 * time.Second
)

// index brings the full-text indexes up to date before Sync ends.
func (f *Follower) index(ctx context.Context) error {
	if _, err := f.mirror.Edited(ctx); err != nil { // which files have been written
		return err
	}
	_, err := f.mirror.Index(ctx, indexOnce)
	return err
}

// indexSome brings the full-text indexes up to date for a moment, and begins with that once a second at most: changes that
// come one by one are indexed together. True: there is more.
func (f *Follower) indexSome(ctx context.Context) (more bool, err error) {
	if time.Since(f.indexed) < f.pace.edits {
		return false, nil
	}
	if more, err = f.mirror.Index(ctx, indexSlice); !more {
		f.indexed = time.Now()
	}
	return more, err
}

// pause waits until a moment, and erases meanwhile what removals have left, once it is time. True: it ended early, since
// something woke it or a list was lost. While the follower is current it also ends early for edits (sender.due), and brings
// the full-text indexes up to date.
func (f *Follower) pause(ctx context.Context, until time.Time, wake <-chan struct{}) (bool, error) {
	for {
		settle, err := f.mirror.SettleDue(ctx, f.pace.settle)
		if err != nil || f.lost() {
			return true, err
		}
		wait := time.Until(until)
		if settle > 0 {
			wait = min(wait, settle)
		}
		if f.state == current {
			if due, err := f.editsDue(ctx); err != nil || due {
				return false, err
			}
			wait = min(wait, f.pace.edits)
			more, err := f.indexSome(ctx)
			if err != nil {
				return false, err
			}
			if more {
				wait = 0
			}
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return true, nil
		case <-wake:
			timer.Stop()
			return true, nil
		case <-timer.C:
		}
		if !time.Now().Before(until) {
			return false, nil
		}
	}
}
