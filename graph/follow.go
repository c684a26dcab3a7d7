package graph

import (
	"context"

	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/sharing"
)

// follow sends a hint at once and then one whenever something that the viewer may see has changed. Rights
// are looked at again for each. What changes while a hint waits to be read goes into the next one.
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
		for {
			select {
			case <-ctx.Done():
				return
			case <-woken:
			}
			now, err := r.Identity.Refresh(ctx)
			if err != nil {
				return
			}
			hint, head, err := r.Read.Hint(now, seq)
			if err != nil {
				return
			}
			seq = head
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
