package matrix_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/matrix"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// place is an account whose jobs run when the test says so.
type place struct {
	testing.TB
	*librarytest.Account
	queue   *jobs.Queue
	matrix  *matrix.Matrix
	sharing *sharing.Sharing
	// ahead is how far the queue's clock is.
	ahead time.Duration
}

func newPlace(tb testing.TB, s *store.Store, size int) *place {
	p := &place{TB: tb, Account: librarytest.New(tb, s)}
	p.queue = jobs.New(s, p.Feed, fanout.New(), jobs.Config{Now: func() time.Time { return time.Now().Add(p.ahead) }, Log: slog.New(slog.NewTextHandler(tb.Output(), nil))})
	p.matrix = matrix.Sized(matrix.New(s, p.Feed, p.queue), size)
	p.sharing = sharing.New(p.Feed)
	return p
}

// each runs a test on every database, with transactions of very few pairs and of many.
func each(t *testing.T, f func(p *place)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, size := range []int{3, 10_000} {
			t.Run(fmt.Sprintf("%d a step", size), func(t *testing.T) { f(newPlace(t, s, size)) })
		}
	})
}

func (p *place) drain() {
	p.Helper()
	p.ahead += 2 * time.Minute // claims of those who were killed have ended
	if err := p.queue.Drain(p.System); err != nil {
		p.Fatal(err)
	}
}

// job runs a job that was asked for to its end and returns it.
func (p *place) job(id uuid.UUID, err error) *ent.Job {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
	p.drain()
	j, err := p.Store.Client().Job.Get(p.System, id)
	if err != nil {
		p.Fatal(err)
	}
	return j
}

// campaigns makes campaigns, of nobody.
func (p *place) campaigns(n int, audience item.Audience) []uuid.UUID {
	p.Helper()
	return p.made(n, audience, nil)
}

func (p *place) made(n int, audience item.Audience, creator *uuid.UUID) []uuid.UUID {
	p.Helper()
	ids := make([]uuid.UUID, n)
	for i := range ids {
		ids[i] = uuid.Must(uuid.NewV7())
	}
	p.Write(p, func(ctx context.Context, tx *feed.Tx) error {
		for i, id := range ids {
			tx.Changed(id)
			tx.Appeared(id)
			name := fmt.Sprintf("campaign %d", i)
			err := tx.Item.Create().SetID(id).SetAccountID(p.ID).SetKind(item.KindCampaign).SetName(name).SetNameKey(name).
				SetAudience(audience).SetNillableCreatorID(creator).Exec(ctx)
			if err != nil {
				return err
			}
			if err := tx.Campaign.Create().SetID(id).SetAccountID(p.ID).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return ids
}

// person adds a person and returns who they are.
func (p *place) person(role collaborator.Role) uuid.UUID {
	p.Helper()
	return librarytest.Collaborator(p, p.Person(p, role))
}

func (p *place) invited(role invitation.Role) uuid.UUID {
	p.Helper()
	id := uuid.Must(uuid.NewV7())
	p.Write(p, func(ctx context.Context, tx *feed.Tx) error {
		address := id.String() + "@example.com"
		return tx.Invitation.Create().SetID(id).SetAccountID(p.ID).SetEmail(address).SetEmailKey(address).SetFirstName("Guest").
			SetLastName("G").SetRole(role).SetTokenHash(id[:]).Exec(ctx)
	})
	return id
}

// has says what a person has on a campaign: their level, and "+" in the rotation.
func (p *place) has(person, campaign uuid.UUID) string {
	p.Helper()
	who, err := p.Store.Client().Collaborator.Get(p.System, person)
	if err != nil {
		p.Fatal(err)
	}
	sights, err := sharing.Sights(p.System, p.Store.Client(), p.Item(p, campaign), []*ent.Collaborator{who})
	if err != nil {
		p.Fatal(err)
	}
	e, err := p.Store.Client().Access.Query().Where(access.CollaboratorID(person), access.ItemID(campaign)).Only(p.System)
	if err != nil && !ent.IsNotFound(err) {
		p.Fatal(err)
	}
	if e != nil && e.RoundRobin {
		return string(sights[0].Level) + "+"
	}
	return string(sights[0].Level)
}

func (p *place) check(person uuid.UUID, want map[uuid.UUID]string) {
	p.Helper()
	for campaign, w := range want {
		if got := p.has(person, campaign); got != w {
			p.Errorf("on %s they have %q instead of %q", campaign, got, w)
		}
	}
}

func yes() *bool { b := true; return &b }
func no() *bool  { return new(bool) }

// one is a draft that wishes the same for some campaigns.
func one(person uuid.UUID, w matrix.Wish, campaigns ...uuid.UUID) matrix.Draft {
	d := matrix.Draft{People: []uuid.UUID{person}, Changes: make(map[uuid.UUID]matrix.Wish)}
	for _, c := range campaigns {
		d.Changes[c] = w
	}
	return d
}

// The wishes of the tests.
func given() matrix.Wish    { return matrix.Wish{Access: yes()} }
func rotation() matrix.Wish { return matrix.Wish{RoundRobin: yes()} }
func nothing() matrix.Wish  { return matrix.Wish{Access: no()} }
func onlyOut() matrix.Wish  { return matrix.Wish{RoundRobin: no()} }

func ptr[T any](v T) *T { return &v }
