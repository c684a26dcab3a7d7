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

// pull asks for one page of the workspace's changes and writes it.
func (f *Follower) pull(ctx context.Context) trigger {
	f.hinted() // served by this pull
	at, err := f.mirror.Position(ctx)
	if err != nil {
		return f.giveLocal(err)
	}
	replica, err := f.mirror.Replica(ctx)
	if err != nil {
		return f.giveLocal(err)
	}
	page, err := f.server.Changes(ctx, f.token, at.Cursor, f.perPage, f.fill.complete.likely(f.link.takeNamed()), replica)
	switch code := protocol.CodeOf(err); {
	case err == nil:
	case code == protocol.CursorExpired, code == protocol.BadInput && at.Cursor != "":
		return f.expire(ctx, err)
	case (errors.Is(err, transport.ErrTooLarge) || code == protocol.TooComplex) && f.perPage > 1:
		f.perPage /= 2
		return moved
	default:
		return f.give(err)
	}
	if err := f.unlock(ctx); err != nil {
		return f.giveLocal(err)
	}
	if page.LastMutation != nil { // before the page: what is to be sent again is not what was taken away
		why, err := f.mirror.Compare(ctx, *page.LastMutation)
		if err != nil {
			return f.giveLocal(err)
		}
		if why != mirror.NotReborn {
			f.reborn(why)
		}
	}
	if page.Empty() && page.Next == at.Cursor && !at.Walking {
		err = f.mirror.Contact(ctx)
	} else {
		err = f.apply(ctx, page, at.Cursor, at.Walking)
	}
	if err != nil {
		return f.giveLocal(err)
	}
	f.applyCame(ctx, page.Rows)
	f.backoff.Reset()
	if page.More {
		return more
	}
	f.fill.release()
	return drained
}

func (f *Follower) apply(ctx context.Context, page *protocol.ChangePage, after string, walking bool) error {
	done, err := f.mirror.Apply(ctx, page, after)
	if err != nil {
		return err
	}
	if done.Removed > 0 {
		// A page of rows that was asked for before may be of what went.
		f.fill.drop()
	}
	if f.mirror.Pending() {
		f.send.due = true // what they wait for may have come
	}
	f.tell(WorkspacePage{Changed: done.Changed, Removed: done.Removed, Walking: walking})
	return nil
}

// expire begins a walk in place: at once the first time, later where the server refuses again and again.
func (f *Follower) expire(ctx context.Context, err error) trigger {
	f.fill.drop()
	reason := reasonOf(err)
	if err := f.mirror.StartWalk(ctx); err != nil {
		return f.giveLocal(err)
	}
	f.tell(WalkStarted{Reason: reason})
	if wait := f.breaker.trip(reason, time.Now()); wait > 0 {
		f.err = fmt.Errorf("the server keeps asking to start again (%s): %w", reason, err)
		f.rest = f.backoff.Next(wait)
		return trouble
	}
	return expired
}

func reasonOf(err error) string {
	if said := protocol.AsError(err); said != nil && said.Reason != "" {
		return said.Reason
	}
	return string(protocol.CodeOf(err))
}
