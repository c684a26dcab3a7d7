// Package matrix is the campaign access of people: who has access to which campaigns, and who is in their
// rotations, for many people and many campaigns at once (T2–T10).
//
// A draft says what is wished: for single campaigns, for all of the account, or both. A preview says what it would
// change; confirmed, it is a job that applies it in transactions of some thousand pairs of a person and a campaign. It
// guarantees:
//
//   - Only owners change anything, and round robin never stands without access: plan never says so, and the
//     database would not take it.
//   - Of two wishes about one pair the one confirmed later holds, whichever is applied first: what somebody changed by
//     hand after a job was confirmed stays.
//   - Undoing a job restores what it changed where nothing has changed it since.
//   - Whoever has access by other ways (the campaign is open to everyone, they made it, they are owners) is given
//     no edge: an edge is an exception.
//
// For an invitation that is not accepted yet the same is kept as promises, and given when it is accepted.
package matrix

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// Matrix holds the commands. It is safe for concurrent use.
type Matrix struct {
	store *store.Store
	feed  *feed.Feed
	queue *jobs.Queue
	// size is how many pairs one transaction looks at.
	size int
}

// New returns the commands, and has the queue's jobs of campaign access done by them.
func New(s *store.Store, f *feed.Feed, q *jobs.Queue) *Matrix {
	m := &Matrix{store: s, feed: f, queue: q, size: 10_000}
	if s.Dialect() == dialect.SQLite {
		m.size = 4_000 // about a tenth of a second, in which nobody else writes
	}
	q.Handle(jobs.CampaignAccess, m.step, func(ctx context.Context, tx *feed.Tx, _ *ent.Job) error {
		v, err := owner(ctx)
		if err != nil {
			return err
		}
		return holdOwner(ctx, tx, v)
	})
	return m
}

// owner returns the viewer in the context if they are an owner, and the Denied fault otherwise (T8).
func owner(ctx context.Context) (*sharing.Viewer, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	if !v.Owner() {
		return nil, denied()
	}
	return v, nil
}

func denied() error {
	return fault.New(fault.Denied, "Only an owner of the account changes who has access to campaigns.")
}

// holdOwner keeps the viewer an owner until the transaction ends, or answers the Denied fault.
func holdOwner(ctx context.Context, tx *feed.Tx, v *sharing.Viewer) error {
	q := tx.Collaborator.Query().Where(collaborator.ID(v.Collaborator))
	if tx.Dialect == dialect.Postgres {
		q.ForShare()
	}
	me, err := q.Only(ctx)
	if ent.IsNotFound(err) {
		return denied()
	}
	if err != nil {
		return fmt.Errorf("reading who acts: %w", err)
	}
	if now := sharing.Eyes(me); now.Out || !now.Owner() {
		return denied()
	}
	return nil
}

// Set confirms a draft about one person, and returns the job that applies it; the zero id where the draft names no
// campaign at all. Faults: Denied, NotFound for a person or a campaign, Invalid.
func (m *Matrix) Set(ctx context.Context, d Draft) (uuid.UUID, error) {
	if len(d.People)+len(d.Invitations) > 1 {
		return uuid.Nil, fault.Field("collaborator", "Access is changed for one person at a time; several are only given more.")
	}
	return m.confirm(ctx, d)
}

// Grant confirms a draft about several people that only adds (T7, T10). It is otherwise as Set.
func (m *Matrix) Grant(ctx context.Context, d Draft) (uuid.UUID, error) {
	if err := d.onlyAdds(); err != nil {
		return uuid.Nil, err
	}
	return m.confirm(ctx, d)
}

func (m *Matrix) confirm(ctx context.Context, d Draft) (id uuid.UUID, err error) {
	v, err := owner(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	d = d.distinct()
	if err := d.check(); err != nil {
		return uuid.Nil, err
	}
	err = m.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		if err := holdOwner(ctx, tx, v); err != nil {
			return err
		}
		look := looker{tx.Tx, tx.Dialect, tx.Account}
		whom, err := look.named(ctx, d)
		if err != nil {
			return err
		}
		if err := d.removable(whom); err != nil {
			return err
		}
		total, err := look.total(ctx, d)
		if err != nil {
			return err
		}
		if id = uuid.Nil; total == 0 {
			return nil
		}
		if total > MostPairs {
			return fault.New(fault.Invalid, "This is about %d pairs of a person and a campaign; up to %d can be changed at once.", total, MostPairs)
		}
		d.Label = d.label(whom)
		id, err = m.queue.Add(ctx, tx, jobs.Request{Kind: jobs.CampaignAccess, AskedBy: v.Collaborator, What: d, Total: total})
		if err != nil {
			return err
		}
		return tellAsked(ctx, tx, v, id, d, whom)
	})
	if err == nil {
		m.queue.Wake()
	}
	return id, err
}
