package syncclient

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// await waits for something to do. Without the live connection it asks the server from time to time.
func (f *Follower) await(ctx context.Context) trigger {
	settled, err := f.mirror.Settle(ctx)
	if err != nil {
		return f.giveLocal(err)
	}
	wait := f.pace.tick/2 + rand.N(f.pace.tick/2)
	if !settled {
		wait = min(wait, f.pace.settle)
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return moved
	case <-f.wake:
		return moved
	case <-timer.C:
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
	timer := time.NewTimer(f.rest)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
	return rested
}
