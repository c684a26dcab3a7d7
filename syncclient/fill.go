package syncclient

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// filler is what a follower remembers between pages of rows.
type filler struct {
	// held are the buckets that are not to be asked for now, by id.
	held map[string]hold
	// buckets has what is remembered of each, by id, until it goes or is chosen anew.
	buckets map[string]*bucketWork
	ahead   *ahead
	// image is the one that is on its way, and large from how many rows on they are asked for.
	image *imaging
	large int64
	// compareAfter is when the workspace may next be held against the server.
	compareAfter time.Time
	// looked is when the mirror's files were last seen to be there, since the last pull.
	looked time.Time
	// complete are the buckets whose rows came to their end.
	complete holding
}

// bucketWork is what a follower remembers of one bucket.
type bucketWork struct {
	breaker breaker
	// failures counts those in a row: one that fails lets others go first.
	failures int
	// paged: no image of it is asked for any more.
	paged bool
	// size is what it takes on the disk, nil before the server was asked; lacking: it is held back since there is too little.
	size    *estimate
	lacking bool
	// diverged is what its last page said where that showed that it differs from the server.
	diverged *claim
}

// of returns what is remembered of a bucket.
func (f *filler) of(id string) *bucketWork {
	w := f.buckets[id]
	if w == nil {
		w = &bucketWork{}
		f.buckets[id] = w
	}
	return w
}

// forget forgets a bucket, which goes or is chosen anew.
func (f *filler) forget(id protocol.ID) {
	if _, plain, err := id.Split(); err == nil {
		delete(f.buckets, plain)
		delete(f.held, plain)
	}
	f.complete.note(id, "")
}

// hold keeps one bucket back.
type hold struct {
	until time.Time
	// state is the bucket's when it was held; where it is not empty, another state ends the hold.
	state string
	err   error
}

// ahead is the request for a page of rows that is under way while the page before it is written.
type ahead struct {
	bucket string
	after  string
	cancel context.CancelFunc
	page   chan fetched
}

type fetched struct {
	page *protocol.RowPage
	err  error
}

// cancel forgets the page that was asked for ahead, and the work on an image: what has come of it stays.
func (f *filler) cancel() {
	if f.image != nil {
		f.image.stop()
		f.image = nil
	}
	if f.ahead != nil {
		f.ahead.cancel()
		f.ahead = nil
	}
}

// release ends the holds whose time has come.
func (f *filler) release() {
	for id, h := range f.held {
		if !time.Now().Before(h.until) {
			delete(f.held, id)
		}
	}
}

// why returns the reason of one hold.
func (f *filler) why() error {
	for _, h := range f.held {
		if h.err != nil {
			return h.err
		}
	}
	return errors.New("they keep changing")
}

// next returns the bucket to ask for next: the one whose page or image is under way, else the smallest that has failed
// least often.
func (f *filler) next(behind []mirror.Bucket) (mirror.Bucket, bool) {
	maps.DeleteFunc(f.held, func(id string, _ hold) bool {
		return !slices.ContainsFunc(behind, func(b mirror.Bucket) bool { return b.ID == id })
	})
	behind = slices.DeleteFunc(behind, func(b mirror.Bucket) bool {
		h, held := f.held[b.ID]
		if held && h.state != "" && h.state != b.State {
			delete(f.held, b.ID)
			return false
		}
		return held
	})
	if len(behind) == 0 {
		return mirror.Bucket{}, false
	}
	return slices.MinFunc(behind, func(a, b mirror.Bucket) int {
		return cmp.Or(
			-cmp.Compare(f.underWay(a), f.underWay(b)),
			cmp.Compare(f.of(a.ID).failures, f.of(b.ID).failures),
			cmp.Compare(a.Rows, b.Rows),
			cmp.Compare(a.ID, b.ID),
		)
	}), true
}

func (f *filler) underWay(b mirror.Bucket) int {
	if f.ahead != nil && f.ahead.bucket == b.ID || f.image != nil && f.image.bucket == b.ID {
		return 1
	}
	return 0
}

// fillOne asks for one page of rows of one list that is behind and writes it, while the next is on its way. Of a large list
// that is new here it takes a piece of the image.
func (f *Follower) fillOne(ctx context.Context) trigger {
	if f.hinted() {
		return f.take(ctx)
	}
	if due, err := f.editsDue(ctx); err != nil {
		return f.giveLocal(err)
	} else if due {
		return moved // by way of which they are sent
	}
	if _, err := f.mirror.SettleDue(ctx, f.pace.settle); err != nil {
		return f.giveLocal(err)
	}
	behind, err := f.mirror.Behind(ctx)
	if err != nil {
		return f.giveLocal(err)
	}
	b, ok := f.fill.next(behind)
	if !ok {
		f.fill.cancel()
		// Nothing is called up to date that is not there, or was not a moment ago.
		if time.Since(f.fill.looked) >= f.pace.edits {
			if err := f.mirror.Look(ctx); err != nil {
				return f.giveLocal(err)
			}
			f.fill.looked = time.Now()
		}
		settled, err := f.mirror.Confirm(ctx)
		f.tellChanges(rowsChanged(settled), false)
		if err != nil {
			return f.giveLocal(err)
		}
		if walk, err := f.holdAgainst(ctx); err != nil {
			return f.giveLocal(err)
		} else if walk {
			return moved
		}
		return full
	}
	if f.fill.image != nil && f.fill.image.bucket != b.ID {
		f.fill.cancel()
	}
	if said := f.fill.of(b.ID).diverged; said != nil {
		return f.repair(ctx, b, *said)
	}
	if short, err := f.short(ctx, b); err != nil {
		return f.giveRows(ctx, b, err)
	} else if short {
		return step
	}
	if in, yes, err := f.byImage(ctx, b); err != nil {
		return f.giveImage(ctx, b, err)
	} else if yes {
		return f.fillImage(ctx, b, in)
	}
	at, err := f.mirror.RowsPosition(ctx, b)
	if err != nil {
		return f.giveRows(ctx, b, err)
	}
	page, err := f.fetch(ctx, b, at.Cursor)
	if err != nil {
		return f.giveRows(ctx, b, err)
	}
	if page.More {
		f.fetchAhead(ctx, b, page.Next)
	}
	done, err := f.applyRows(ctx, b, page, at)
	if err != nil {
		f.fill.cancel()
		return f.giveRows(ctx, b, err)
	}
	if done.Reached != "" && done.Reached != b.State {
		// Newer than what the workspace told: it will tell. Until then there is nothing to ask for.
		f.fill.held[b.ID] = hold{until: time.Now().Add(f.pace.tick), state: b.State}
		return moved
	}
	return step
}

// applyRows writes a page of rows and tells of it.
func (f *Follower) applyRows(ctx context.Context, b mirror.Bucket, page *protocol.RowPage, at mirror.Position) (mirror.RowsApplied, error) {
	done, err := f.mirror.ApplyRows(ctx, b, page, at.Cursor)
	if err == nil {
		f.rowsWritten(b, page, done, at.Walking, done.Reached == b.State)
	}
	return done, err
}

// rowsWritten tells of a page of rows, and remembers how far the bucket has come.
func (f *Follower) rowsWritten(b mirror.Bucket, page *protocol.RowPage, done mirror.RowsApplied, walking, complete bool) {
	f.backoff.Reset()
	work := f.fill.of(b.ID)
	work.failures, work.diverged = 0, nil
	if done.Diverged { // fillOne repairs it
		work.diverged = &claim{page.State, page.Digest}
	}
	f.tell(RowsPage{
		Item: b.ID, Name: b.Name, Done: done.Done, Total: done.Total, Changed: done.Changed, Removed: done.Removed,
		Walking: walking, Complete: complete,
	})
	f.tellChanges(rowChanges(b, page, done, walking, complete), false)
	cursor := page.Next
	if page.More {
		cursor = ""
	}
	f.fill.complete.note(b.Global(), cursor)
}

// fetch returns the page of rows after a cursor: the one under way, if it is that one.
func (f *Follower) fetch(ctx context.Context, b mirror.Bucket, after string) (*protocol.RowPage, error) {
	if a := f.fill.ahead; a != nil && a.bucket == b.ID && a.after == after {
		f.fill.ahead = nil
		defer a.cancel()
		select {
		case got := <-a.page:
			return got.page, got.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	f.fill.cancel()
	return f.server.Rows(ctx, f.token, b.Global(), after, f.rowsPer)
}

// fetchAhead asks for a page of rows that will be wanted.
func (f *Follower) fetchAhead(ctx context.Context, b mirror.Bucket, after string) {
	ctx, cancel := context.WithCancel(ctx)
	a := &ahead{bucket: b.ID, after: after, cancel: cancel, page: make(chan fetched, 1)}
	bucket, first := b.Global(), f.rowsPer
	go func() {
		page, err := f.server.Rows(ctx, f.token, bucket, a.after, first)
		a.page <- fetched{page, err}
	}()
	f.fill.ahead = a
}

// giveRows turns a failure with one list into a trigger. What concerns that list alone holds it back, and the others
// go on.
func (f *Follower) giveRows(ctx context.Context, b mirror.Bucket, err error) trigger {
	f.fill.cancel()
	if ctx.Err() != nil {
		return moved
	}
	code := protocol.CodeOf(err)
	switch {
	case errors.Is(err, mirror.ErrGone), errors.Is(err, mirror.ErrStale):
		return moved
	case code == protocol.NotFound:
		f.hold(b, hold{until: time.Now().Add(f.pace.tick), state: b.State, err: err})
		return gone
	case code == protocol.CursorExpired, code == protocol.BadInput:
		return f.expireRows(ctx, b, err)
	case errors.Is(err, transport.ErrTooLarge) && f.rowsPer > 1:
		f.rowsPer /= 2
		return step
	case code == protocol.Unauthenticated, passing(err):
		return f.give(err)
	case errors.Is(err, mirror.ErrDamaged), errors.Is(err, mirror.ErrNewer), errors.Is(err, mirror.ErrForeign):
		f.err = err
		return broken
	}
	work := f.fill.of(b.ID)
	work.failures++
	if code != "" && !transport.Temporary(err) || work.failures >= patience {
		work.failures = 0
		f.hold(b, hold{until: time.Now().Add(10 * f.pace.tick), err: err})
		return step
	}
	f.err = fmt.Errorf("fetch %q: %w", b.Name, err)
	return f.give(f.err)
}

func (f *Follower) expireRows(ctx context.Context, b mirror.Bucket, err error) trigger {
	if err := f.mirror.StartRowsWalk(ctx, b); errors.Is(err, mirror.ErrStale) || errors.Is(err, mirror.ErrGone) {
		return moved // lost right now: it begins anew in any case
	} else if err != nil {
		return f.giveLocal(err)
	}
	reason := reasonOf(err)
	f.tell(WalkStarted{Reason: reason, Name: b.Name})
	f.slow(b, reason, err)
	return rowsExpired
}

// slow holds a bucket back that begins anew again and again.
func (f *Follower) slow(b mirror.Bucket, reason string, err error) {
	if wait := f.fill.of(b.ID).breaker.trip(reason, time.Now()); wait > 0 {
		f.hold(b, hold{until: time.Now().Add(wait), err: err})
	}
}

func (f *Follower) hold(b mirror.Bucket, h hold) {
	f.fill.held[b.ID] = h
	f.tell(HeldBack{Name: b.Name, Err: h.err})
}

// giveLocal turns a failure of the mirror into a trigger.
func (f *Follower) giveLocal(err error) trigger {
	if passing(err) {
		return f.give(err)
	}
	f.err = err
	return broken
}

// passing reports whether a failure of the mirror may pass by itself.
func passing(err error) bool {
	return errors.Is(err, mirror.ErrDiskFull) || errors.Is(err, mirror.ErrBusy)
}
