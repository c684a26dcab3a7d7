package graph

import (
	"context"
	"time"

	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/sharing"
)

const (
	// followAgain is how long follow waits after the database did not answer.
	followAgain = time.Second
	// followSpacing is how far apart the hints of one follower are while more followers want theirs than can be served
	// within busyAfter.
	followSpacing = 200 * time.Millisecond
	busyAfter     = 40 * time.Millisecond
)

// follow sends a hint at once and then one whenever something that the viewer may see has changed; with a cursor,
// what changed comes along (read.Reader.Next). Rights are looked at again for each. What changes while a hint waits to
// be read goes into the next one, and so does what changes while the server is busy with others' hints.
//
// Once begun, it ends with its connection only. Whether that may go on is decided in one place, the
// connection's own look at its session, which closes it with a code that says why: the session is over, the
// rights are others, or the database does not answer for too long. Until then a hint that could not be read is
// tried again; ended here, the client would hear that there is no more to come, and not why.
func (r *Resolver) follow(ctx context.Context, after string, held []*read.Held) (<-chan *read.ChangeHint, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	woken, stop := r.Broker.Listen(v.Account)
	trail, err := r.Read.Follow(ctx, after, held)
	if err != nil {
		stop()
		return nil, err
	}
	hints := make(chan *read.ChangeHint, 1)
	go func() {
		defer stop()
		defer close(hints)
		// The first one comes in any case: by it the follower knows that later ones will.
		first := &read.ChangeHint{Workspace: after == "", Buckets: []string{}}
		due, rest := time.After(0), (<-chan time.Time)(nil)
		for {
			select {
			case <-ctx.Done():
				return
			case <-woken:
			case <-due:
			}
			if rest != nil {
				select {
				case <-ctx.Done():
					return
				case <-rest:
				}
			}
			hint, busy, err := r.hint(ctx, trail)
			if err != nil {
				due = time.After(followAgain)
				continue
			}
			if rest, due = nil, nil; busy {
				rest = time.After(followSpacing)
			}
			if hint == nil {
				hint = first
			}
			if first = nil; hint == nil {
				continue
			}
			select {
			case hints <- hint:
			case <-ctx.Done():
				return
			}
		}
	}()
	return hints, nil
}

// hint says what has changed since the last one, with the viewer's rights as they are now, and whether others had to
// wait for theirs.
func (r *Resolver) hint(ctx context.Context, trail *read.Trail) (hint *read.ChangeHint, busy bool, err error) {
	waited, err := r.turns.take(ctx)
	if err != nil {
		return nil, false, err
	}
	defer r.turns.give()
	hint, err = r.Read.Next(ctx, r.Identity.Within, trail)
	return hint, waited > busyAfter, err
}
