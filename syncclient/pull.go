package syncclient

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// pull asks for one page of the workspace's changes and writes it.
func (f *Follower) pull(ctx context.Context) trigger {
	f.hinted() // served by this pull
	f.fill.looked = time.Time{}
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
		_, err = f.apply(ctx, page, at)
	}
	if err != nil {
		return f.giveLocal(err)
	}
	f.backoff.Reset()
	if page.More {
		return more
	}
	f.fill.release()
	return drained
}

// apply writes a page of the workspace, and before it the rows that came along: one transaction for each list, and one
// for all the rest. It returns where the rows of each bucket end.
func (f *Follower) apply(ctx context.Context, page *protocol.ChangePage, at mirror.Position) (map[protocol.ID]string, error) {
	written, ends := f.writeAlong(ctx, page.Rows)
	var reached []mirror.Reached
	for _, w := range written {
		if !w.page.More {
			reached = append(reached, w.Reached)
		}
	}
	done, err := f.mirror.Apply(ctx, page, at.Cursor, reached...)
	if err == nil {
		if done.Removed > 0 {
			// A page of rows that was asked for before may be of what went.
			f.fill.cancel()
		}
		for _, id := range page.Removals {
			f.fill.forget(id)
		}
		if f.mirror.Pending() {
			f.send.due = true // what they wait for may have come
		}
		f.tell(WorkspacePage{Changed: done.Changed, Removed: done.Removed, Walking: at.Walking})
		f.tellChanges(pageChanges(page, done), at.Walking)
	}
	for _, w := range written {
		f.rowsWritten(w.Bucket, w.page, w.done, false, err == nil && slices.ContainsFunc(page.Buckets, w.isComplete))
	}
	return ends, err
}

// expire begins a walk in place: at once the first time, later where the server refuses again and again.
func (f *Follower) expire(ctx context.Context, err error) trigger {
	f.fill.cancel()
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
