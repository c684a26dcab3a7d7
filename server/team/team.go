// Package team is the people of an account: their roles and rights, who comes and who goes, and the
// invitations that are on their way.
//
// # What it guarantees
//
//   - Only an owner changes people, invitations and the account's settings. That they are one is looked at again
//     inside the transaction, so that an owner who is demoted at the same moment changes nothing more.
//   - A command takes several people at once, all of them or, on any fault, none.
//   - An account has an active owner at all times, whatever runs at once.
//   - Whoever is deactivated or removed, or leaves, has no session in the account from the commit on.
//   - An invitation's link works once, for a week; the database holds only its hash. What the invitation promises
//     is given in the transaction that accepts it.
//   - Each command leaves its lines in the account's history, without secrets.
//
// # What it leaves to others
//
// Passwords, sessions and the row of a person who joins are package identity's, what a person sees is
// package sharing's. How waiting leads are dealt out is for the rotation. DESIGN.md has the order of locks.
package team

import (
	"context"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/throttle"
)

// MostPeople is how many people one command takes.
const MostPeople = 1000

// Config is what a team is told. Its zero value works but for the links in mails.
type Config struct {
	// PublicURL is where people reach the server; links in mails begin with it.
	PublicURL string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Team holds the commands on an account's people. They act for the collaborator in the context and are safe
// for concurrent use.
type Team struct {
	store    *store.Store
	feed     *feed.Feed
	identity *identity.Identity
	mailing  *mailing.Mailing
	throttle *throttle.Throttle
	base     string
	now      func() time.Time
}

// New returns the commands over their parts.
func New(s *store.Store, f *feed.Feed, i *identity.Identity, m *mailing.Mailing, c Config) *Team {
	t := &Team{store: s, feed: f, identity: i, mailing: m, base: strings.TrimRight(c.PublicURL, "/"), now: c.Now}
	if t.now == nil {
		t.now = time.Now
	}
	t.throttle = throttle.New(s.Dialect(), t.instant)
	return t
}

func (t *Team) instant() instant.Instant { return instant.Of(t.now()) }

// deed is a transaction of an owner on their account's people.
type deed struct {
	*feed.Tx
	viewer *sharing.Viewer
	now    instant.Instant
}

// owning runs fn in a transaction of the owner in the context.
func (t *Team) owning(ctx context.Context, fn func(context.Context, *deed) error) error {
	v, err := owner(ctx)
	if err != nil {
		return err
	}
	return t.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		return fn(ctx, &deed{tx, v, t.instant()})
	})
}

// owner returns the viewer in the context if they are an owner.
func owner(ctx context.Context) (*sharing.Viewer, error) {
	v, err := sharing.From(ctx)
	if err == nil && !v.Owner() {
		err = fault.New(fault.Denied, "Only an owner of the account does this.")
	}
	return v, err
}

// hold returns people of the account by their ids, each once and in the order given, or the NotFound fault where
// one of them is none. They and the one who acts stay as they are until the transaction ends, and who acts
// is an owner now.
func (d *deed) hold(ctx context.Context, ids ...uuid.UUID) ([]*ent.Collaborator, error) {
	held, err := d.lock(ctx, append(slices.Clone(ids), d.viewer.Collaborator))
	if err != nil {
		return nil, err
	}
	if me := held[d.viewer.Collaborator]; me == nil || !activeOwner(me) {
		return nil, fault.New(fault.Denied, "You are no owner of the account any more.")
	}
	people := make([]*ent.Collaborator, 0, len(ids))
	for _, id := range ids {
		p, ok := held[id]
		if !ok {
			return nil, fault.Missing("person")
		}
		if !slices.Contains(people, p) {
			people = append(people, p)
		}
	}
	return people, nil
}

// lock returns people of the account by id, those who are there, and keeps other writers off them. The rows are
// locked in the order of their ids, as everywhere.
func (d *deed) lock(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*ent.Collaborator, error) {
	q := d.Collaborator.Query().Where(collaborator.IDIn(ids...)).Order(collaborator.ByID())
	if d.Dialect == dialect.Postgres {
		q.ForUpdate(sql.WithLockClause("FOR NO KEY UPDATE"))
	}
	rows, err := q.All(ctx)
	held := make(map[uuid.UUID]*ent.Collaborator, len(rows))
	for _, row := range rows {
		held[row.ID] = row
	}
	return held, err
}

// keepOwner refuses what was done where no active owner is left. Until the transaction ends no other one gets
// past this point, so that two owners cannot demote each other at once.
func (d *deed) keepOwner(ctx context.Context) error {
	if d.Dialect == dialect.Postgres { // SQLite has one writer
		_, err := d.Tx.Tx.Account.Query().Where(account.ID(d.Account)).
			ForUpdate(sql.WithLockClause("FOR NO KEY UPDATE")).OnlyID(ctx)
		if err != nil {
			return err
		}
	}
	left, err := d.Collaborator.Query().Where(collaborator.RoleEQ(collaborator.RoleOwner),
		collaborator.StatusEQ(collaborator.StatusActive), collaborator.RemovedAt(0)).Exist(ctx)
	if err == nil && !left {
		err = fault.New(fault.Conflict, "An account needs an active owner. Make someone else an owner first.")
	}
	return err
}

func activeOwner(p *ent.Collaborator) bool {
	return p.Role == collaborator.RoleOwner && p.Status == collaborator.StatusActive
}

// count refuses no people and too many.
func count(ids []uuid.UUID) error {
	if len(ids) < 1 || len(ids) > MostPeople {
		return fault.Field("collaborators", "Name 1 to %d people.", MostPeople)
	}
	return nil
}

func nameOf(p *ent.Collaborator) string { return p.FirstName + " " + p.LastName }
