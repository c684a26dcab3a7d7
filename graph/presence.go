package graph

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/sharing"
)

// lookAgain is how far apart the looks at rights of one who has an item open are at least, while the account changes.
const lookAgain = time.Second

// lookSpacing is how far apart they are while others come and go.
const lookSpacing = 200 * time.Millisecond

// alsoOpen says who else has an item open, at once and whenever that is another answer, and has the others told of the
// viewer meanwhile. Rights are looked at again for each answer and whenever the account has changed: a viewer who no
// longer sees the item is told so, which ends it, and somebody else who does not is not told of. Whether the connection
// may go on is decided where that is decided for follow.
func (r *Resolver) alsoOpen(ctx context.Context, id uuid.UUID) (<-chan *read.AlsoOpen, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	came, deaf := r.Broker.Listen(id)
	changed, deafer := r.Broker.Listen(v.Account)
	end := func() { deaf(); deafer() }
	if _, err := r.Read.AlsoOpen(ctx, id, nil); err != nil { // before anybody is told of the viewer
		end()
		return nil, err
	}
	leave := r.Presence.Open(id, v.Collaborator)
	answers := make(chan *read.AlsoOpen)
	go func() {
		defer end()
		defer leave()
		defer close(answers)
		var sent *read.AlsoOpen
		var looked time.Time
		for due := time.After(0); ; {
			select {
			case <-ctx.Done():
				return
			case <-came:
				if wait := lookSpacing - time.Since(looked); wait > 0 {
					due = time.After(wait)
					continue
				}
			case <-due:
			case <-changed:
				if due == nil {
					due = time.After(lookAgain)
				}
				continue
			}
			due, looked = nil, time.Now()
			also, err := r.whoElse(ctx, id)
			switch {
			case fault.Is(err, fault.NotFound):
				also = &read.AlsoOpen{Over: err}
			case err != nil:
				due = time.After(followAgain)
				continue
			case also.Same(sent):
				continue
			}
			select {
			case answers <- also:
			case <-ctx.Done():
				return
			}
			if sent = also; also.Over != nil {
				return
			}
		}
	}()
	return answers, nil
}

// whoElse reads who else has an item open, with everybody's rights as they are now.
func (r *Resolver) whoElse(ctx context.Context, id uuid.UUID) (*read.AlsoOpen, error) {
	if _, err := r.turns.take(ctx); err != nil {
		return nil, err
	}
	defer r.turns.give()
	now, err := r.Identity.Refresh(ctx)
	if err != nil {
		return nil, err
	}
	return r.Read.AlsoOpen(now, id, r.Presence.Who(id))
}
