package graph

import (
	"context"
	"time"

	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/sharing"
)

// followAgain is how long follow waits after the database did not answer.
const followAgain = time.Second

// follow sends a hint at once and then one whenever something that the viewer may see has changed. Rights
// are looked at again for each. What changes while a hint waits to be read goes into the next one.
//
// Once begun, it ends with its connection only. Whether that may go on is decided in one place, the
// connection's own look at its session, which closes it with a code that says why: the session is over, the
// rights are others, or the database does not answer for too long. Until then a hint that could not be read is
// tried again; ended here, the client would hear that there is no more to come, and not why.
func (r *Resolver) follow(ctx context.Context) (<-chan *read.ChangeHint, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	woken, stop := r.Broker.Listen(v.Account)
	seq, err := r.Read.Head(ctx)
	if err != nil {
		stop()
		return nil, err
	}
	hints := make(chan *read.ChangeHint, 1)
	hints <- &read.ChangeHint{Workspace: true, Buckets: []string{}}
	go func() {
		defer stop()
		defer close(hints)
		var again <-chan time.Time
		for {
			select {
			case <-ctx.Done():
				return
			case <-woken:
			case <-again:
			}
			hint, head, err := r.hint(ctx, seq)
			if err != nil {
				again = time.After(followAgain)
				continue
			}
			seq, again = head, nil
			if !hint.Workspace {
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

// hint says what has changed since a number, with the viewer's rights as they are now.
func (r *Resolver) hint(ctx context.Context, since int64) (*read.ChangeHint, int64, error) {
	now, err := r.Identity.Refresh(ctx)
	if err != nil {
		return nil, since, err
	}
	return r.Read.Hint(now, since)
}
