package syncclient

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
)

// await waits for something to do. Without the live connection it asks the server from time to time.
func (f *Follower) await(ctx context.Context) trigger {
	look := time.Now().Add(f.pace.tick/2 + rand.N(f.pace.tick/2))
	woken, err := f.pause(ctx, look, f.wake)
	if err != nil {
		return f.giveLocal(err)
	}
	if woken {
		return moved
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
	switch {
	case err == nil && changed, protocol.CodeOf(err) == protocol.CursorExpired:
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
	if err != nil && !errors.Is(err, mirror.ErrDiskFull) {
		f.err = err
		return broken
	}
	return rested
}

// pause waits until a moment, and erases meanwhile what removals have left, once it is time. True: it ended early, since
// something woke it or a list was lost.
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
