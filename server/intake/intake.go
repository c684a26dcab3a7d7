// Package intake takes leads in and deals them out: from forms and integrations, over the API, and from files, in
// turn to the people who have round robin on.
//
// It guarantees:
//
//   - Leads of a campaign go strictly round ([Rotation]), whatever runs at once on however many nodes: the state of a
//     rotation is in the database, changed in the transaction that stores the lead, under the lock of the campaign.
//   - A lead that was acknowledged is stored, with whoever follows it up or the reason why it waits. Brought in again
//     with the same idempotency key it changes nothing.
//   - Whoever is away, deactivated or gone at the moment of a commit is given nothing by it.
//   - What looks like an open lead of the campaign is marked, never dropped.
//
// It leaves to others what becomes of leads afterwards (package followup), and who is in a rotation (package matrix).
// Package door has the HTTP side. DESIGN.md has the order of locks, the batching and what a kill does.
package intake

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// Config is what an intake is told. Its zero value works but for the address of forms.
type Config struct {
	// PublicURL is where the server is reached; the addresses of forms begin with it.
	PublicURL string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Intake holds the commands on incoming leads and rotations. It is safe for concurrent use.
type Intake struct {
	store *store.Store
	feed  *feed.Feed
	queue *jobs.Queue
	base  string
	now   func() time.Time
	forms forms

	mu    sync.Mutex
	lines map[uuid.UUID]*line // by account; those where somebody writes
}

// New returns an intake over its parts and has the queue do the jobs that are its own.
func New(s *store.Store, f *feed.Feed, q *jobs.Queue, c Config) *Intake {
	in := &Intake{store: s, feed: f, queue: q, base: c.PublicURL, now: c.Now, lines: make(map[uuid.UUID]*line)}
	if in.now == nil {
		in.now = time.Now
	}
	q.Handle(jobs.LeadAssignment, in.assignStep, mayRepeat(mayDeal))
	q.Handle(jobs.LeadImport, in.importStep, mayRepeat(mayChange))
	return in
}

func (in *Intake) instant() instant.Instant { return instant.Of(in.now()) }

// on runs fn in a transaction on a campaign that the viewer in the context sees, locked, if they may do what may
// asks for.
func (in *Intake) on(ctx context.Context, campaign uuid.UUID, may func(*sharing.Viewer, access.Level) error,
	fn func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer, it *ent.Item) error) error {
	v, err := sharing.From(ctx)
	if err != nil {
		return err
	}
	return in.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		err := sharing.Lock(ctx, tx, campaign)
		var it *ent.Item
		var level access.Level
		if err == nil {
			it, level, err = sharing.LevelOn(ctx, tx.Tx, campaign)
		}
		if fault.Is(err, fault.NotFound) || err == nil && it.Kind != item.KindCampaign {
			return fault.Missing("campaign")
		}
		if err != nil {
			return err
		}
		if err := may(v, level); err != nil {
			return err
		}
		return fn(ctx, tx, v, it)
	})
}

// mayRepeat has a job done again by whoever may ask for it now.
func mayRepeat(may func(*sharing.Viewer, access.Level) error) jobs.Right {
	return func(ctx context.Context, tx *feed.Tx, row *ent.Job) error {
		if row.ItemID == nil {
			return fault.Missing("campaign")
		}
		return allowed(ctx, tx, *row.ItemID, may)
	}
}

// allowed answers nil where the person in the context may still do something with a campaign.
func allowed(ctx context.Context, tx *feed.Tx, campaign uuid.UUID, may func(*sharing.Viewer, access.Level) error) error {
	v, err := sharing.From(ctx)
	if err != nil {
		return err
	}
	_, level, err := sharing.LevelOn(ctx, tx.Tx, campaign)
	if err != nil {
		return err
	}
	return may(v, level)
}

// asAsker returns a context of whoever asked for a job, as they are now. Where they are gone, or may not come in, it is
// the Denied fault, which ends the job.
func asAsker(ctx context.Context, tx *feed.Tx, j jobs.Job) (context.Context, error) {
	who, err := tx.Collaborator.Query().Where(collaborator.ID(j.AskedBy)).WithAccount().
		Only(viewer.System(ctx, "a job goes on as long as whoever asked for it may do that"))
	if err != nil && !ent.IsNotFound(err) {
		return nil, fmt.Errorf("reading who asked for a job: %w", err)
	}
	if err != nil || sharing.Eyes(who).Out {
		return nil, fault.New(fault.Denied, "Whoever asked for this is not in the account any more.")
	}
	return sharing.NewContext(ctx, sharing.Eyes(who)), nil
}

// stillAllowed answers nil where whoever asked for a job may still do what it does.
func stillAllowed(ctx context.Context, tx *feed.Tx, j jobs.Job, may func(*sharing.Viewer, access.Level) error) error {
	as, err := asAsker(ctx, tx, j)
	if err != nil {
		return err
	}
	return allowed(as, tx, j.Item, may)
}

// mayChange is whoever may change the campaign.
func mayChange(_ *sharing.Viewer, level access.Level) error {
	if level != access.LevelEdit {
		return fault.New(fault.Denied, "You may look at this campaign and not change it.")
	}
	return nil
}

// MaySettle is whoever may change the campaign's settings.
func MaySettle(v *sharing.Viewer, level access.Level) error {
	if err := mayChange(v, level); err != nil {
		return err
	}
	if v.Role == collaborator.RoleMember {
		return fault.New(fault.Denied, "Members do not change the settings of campaigns; ask a manager or an owner.")
	}
	return nil
}

// mayDeal is whoever may change the campaign and sees all its leads.
func mayDeal(v *sharing.Viewer, level access.Level) error {
	if err := mayChange(v, level); err != nil {
		return err
	}
	return SeesAll(v)
}

// SeesAll refuses a viewer who is shown their own leads only.
func SeesAll(v *sharing.Viewer) error {
	if v.OwnLeads {
		return fault.New(fault.Denied, "You are shown your own leads only; this is for those who see all of a campaign's.")
	}
	return nil
}

// own is an owner of the account.
func own(v *sharing.Viewer, _ access.Level) error {
	if !v.Owner() {
		return fault.New(fault.Denied, "Only an owner of the account does this.")
	}
	return nil
}
