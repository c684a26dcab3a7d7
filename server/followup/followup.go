// Package followup is the work on leads that have come in: what is known of them, how far they are, who follows them
// up, and that they go.
//
// A command on many leads does all of it or, on any fault, nothing. Leads are changed by whoever sees them and may
// change their campaign; what they do not see is NotFound, as if it were not there. A lead that leaves its assignee
// leaves a tombstone for them, so that a desktop which holds only its person's own leads lets go of it (feed.Rows).
//
// How leads come in, and whose turn it is, is package intake's; what becomes of them when a person goes, package
// team's.
package followup

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
)

// MostLeads is how many leads one command takes.
const MostLeads = 1000

// Desk holds the commands on leads. They act for the collaborator in the context and are safe for concurrent use.
type Desk struct{ feed *feed.Feed }

// New returns the commands over a feed.
func New(f *feed.Feed) *Desk { return &Desk{f} }

// work is a transaction on some leads of the viewer's, whose campaigns are locked.
type work struct {
	*feed.Tx
	viewer *sharing.Viewer
	now    instant.Instant
	leads  []*ent.Lead
	// campaigns are those of the leads, in the order of their ids.
	campaigns []*ent.Item
}

// on runs fn in a transaction on leads that the viewer in the context sees, of campaigns that they may change.
func (d *Desk) on(ctx context.Context, ids []uuid.UUID, fn func(context.Context, *work) error) error {
	v, err := sharing.From(ctx)
	if err != nil {
		return err
	}
	if len(ids) < 1 || len(ids) > MostLeads {
		return fault.Field("leads", "Name 1 to %d leads.", MostLeads)
	}
	ids = slices.Clone(ids)
	slices.SortFunc(ids, compareIDs)
	ids = slices.Compact(ids)
	return d.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		w := &work{Tx: tx, viewer: v, now: instant.Now()}
		if err := w.open(ctx, ids); err != nil {
			return err
		}
		return fn(ctx, w)
	})
}

// open reads the leads and locks their campaigns. Who may not change one of these is refused.
func (w *work) open(ctx context.Context, ids []uuid.UUID) error {
	if err := w.read(ctx, ids); err != nil {
		return err
	}
	campaigns := make([]uuid.UUID, len(w.leads))
	for i, l := range w.leads {
		campaigns[i] = l.CampaignID
	}
	slices.SortFunc(campaigns, compareIDs)
	campaigns = slices.Compact(campaigns)
	lock := w.Item.Query().Where(item.IDIn(campaigns...)).Order(item.ByID())
	if w.Dialect == dialect.Postgres { // SQLite has one writer
		lock.ForUpdate(sql.WithLockClause("FOR NO KEY UPDATE"))
	}
	var err error
	if w.campaigns, err = lock.All(ctx); err != nil {
		return fmt.Errorf("locking campaigns: %w", err)
	}
	if len(w.campaigns) != len(campaigns) {
		return fault.Missing("lead")
	}
	if w.Dialect == dialect.Postgres { // another writer may have held the campaigns
		if err := w.read(ctx, ids); err != nil {
			return err
		}
	}
	return w.mayChange(ctx, campaigns)
}

// read reads the leads as the viewer, or answers the NotFound fault where one is not there for them.
func (w *work) read(ctx context.Context, ids []uuid.UUID) (err error) {
	if w.leads, err = w.Lead.Query().Where(lead.IDIn(ids...)).Order(lead.ByID()).All(ctx); err != nil {
		return fmt.Errorf("reading leads: %w", err)
	}
	if len(w.leads) != len(ids) {
		return fault.Missing("lead")
	}
	return nil
}

// mayChange refuses a viewer who may only look at one of the campaigns.
func (w *work) mayChange(ctx context.Context, campaigns []uuid.UUID) error {
	edges, err := w.Access.Query().Where(access.CollaboratorID(w.viewer.Collaborator), access.ItemIDIn(campaigns...)).All(ctx)
	if err != nil {
		return fmt.Errorf("reading edges: %w", err)
	}
	levels := make(map[uuid.UUID]access.Level, len(edges))
	for _, e := range edges {
		levels[e.ItemID] = e.Level
	}
	for _, it := range w.campaigns {
		state := sharing.State{Creator: it.CreatorID, Audience: it.Audience, Edge: levels[it.ID]}
		if w.viewer.Level(state) != access.LevelEdit {
			return fault.New(fault.Denied, "You may look at this campaign and not change it.")
		}
	}
	return nil
}

// each runs fn for every campaign with those of the leads that are its own and that which keeps, and the change of
// its rows. Campaigns without any are left alone.
func (w *work) each(ctx context.Context, which func(*ent.Lead) bool, fn func(it *ent.Item, rows *feed.Rows, leads []*ent.Lead) error) error {
	of := make(map[uuid.UUID][]*ent.Lead)
	for _, l := range w.leads {
		if which(l) {
			of[l.CampaignID] = append(of[l.CampaignID], l)
		}
	}
	for _, it := range w.campaigns {
		if len(of[it.ID]) == 0 {
			continue
		}
		rows, err := w.Rows(ctx, it.ID)
		if err != nil {
			return err
		}
		if err := fn(it, rows, of[it.ID]); err != nil {
			return err
		}
	}
	return nil
}

// leave tells those who followed the leads up that they do not any more.
func leave(ctx context.Context, rows *feed.Rows, leads []*ent.Lead) error {
	of := make(map[uuid.UUID][]uuid.UUID)
	for _, l := range leads {
		if l.AssigneeID != nil {
			of[*l.AssigneeID] = append(of[*l.AssigneeID], l.ID)
		}
	}
	for person, ids := range of {
		if err := rows.Left(ctx, person, ids...); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) note(verb audit.Verb, it *ent.Item, person uuid.UUID, count string) {
	w.Note(audit.Line{Verb: verb, Actor: w.viewer.Collaborator, Item: it.ID, Person: person,
		Detail: map[string]string{"item": it.Name, "count": count}})
}

func idsOf(leads []*ent.Lead) []uuid.UUID {
	ids := make([]uuid.UUID, len(leads))
	for i, l := range leads {
		ids[i] = l.ID
	}
	return ids
}

func compareIDs(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }
