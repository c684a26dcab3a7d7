package push

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
)

// acknowledge notes which answers have reached the replica, and returns the number of its last mutation.
func (p *Push) acknowledge(ctx context.Context, v *sharing.Viewer, r Request) (last int64, err error) {
	err = p.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		rep, err := lock(ctx, tx, v.Collaborator, r.Replica)
		if err != nil {
			return err
		}
		if _, err := p.standing(ctx, tx.Tx); err != nil {
			return err
		}
		last = rep.last
		return rep.acknowledge(ctx, tx, r.Acknowledged)
	})
	return last, err
}

// settle settles one mutation and returns its result, nil where its number does not follow on the replica's last.
//
// A refusal has undone what its command wrote, and with it the whole transaction. It is stored by another one, which
// begins from the start: whatever came in between, such as the same mutation in another request, is seen.
func (p *Push) settle(ctx context.Context, v *sharing.Viewer, replica uuid.UUID, m Mutation) (*Result, error) {
	hash, err := m.hash()
	if err != nil {
		return nil, err
	}
	var result *Result
	attempt := func(effect func(context.Context, *feed.Tx) (Result, error)) error {
		return p.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
			result = nil
			rep, err := lock(ctx, tx, v.Collaborator, replica)
			if err != nil {
				return err
			}
			ctx, err = p.standing(ctx, tx.Tx) // after the lock, which may have been waited for
			switch {
			case err != nil:
				return err
			case m.Number > rep.last+1:
				return nil
			case m.Number <= rep.last:
				result, err = rep.remembered(ctx, tx, m, hash)
				return err
			}
			if result, err = rep.claim(ctx, tx, m, hash); err != nil || result != nil {
				return err
			}
			settled, err := effect(ctx, tx)
			if err != nil {
				return err
			}
			settled.Number = m.Number
			result = &settled
			return rep.store(ctx, tx, m.Number, settled)
		})
	}
	err = attempt(func(ctx context.Context, tx *feed.Tx) (Result, error) {
		settled, err := p.apply(feed.Joining(ctx, tx), m.Content)
		if f := fault.As(err); f != nil && final(f.Kind) {
			return settled, &refusal{f}
		}
		return settled, err
	})
	var refused *refusal
	if errors.As(err, &refused) {
		err = attempt(func(context.Context, *feed.Tx) (Result, error) { return refused.result(), nil })
	}
	if err != nil {
		return nil, err
	}
	return result, nil
}

// final reports whether a fault of a command of the kind is a refusal; others may pass.
func final(kind fault.Kind) bool {
	switch kind {
	case fault.NotFound, fault.Denied, fault.Invalid, fault.Conflict:
		return true
	}
	return false
}
