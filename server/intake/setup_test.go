package intake_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// desk is an account with a campaign whose leads come in.
type desk struct {
	*librarytest.Account
	*intake.Intake
	queue    *jobs.Queue
	broker   *fanout.Broker
	campaign uuid.UUID
	key      string
	clock    time.Time
}

func setup(tb testing.TB, s *store.Store) *desk {
	tb.Helper()
	d := &desk{Account: librarytest.New(tb, s), clock: time.Now()}
	d.restart()
	d.campaign = d.newCampaign(tb)
	d.newKey(tb)
	return d
}

// restart gives up all that the process knows.
func (d *desk) restart() {
	d.broker = fanout.New()
	d.queue = jobs.New(d.Store, d.Feed, d.broker, jobs.Config{})
	d.Intake = intake.New(d.Store, d.Feed, d.queue, intake.Config{PublicURL: "https://partage.example/", Now: func() time.Time { return d.clock }})
}

func (d *desk) newCampaign(tb testing.TB) uuid.UUID {
	tb.Helper()
	id, err := library.New(d.Feed).Create(d.Owner, item.KindCampaign, library.Patch{Name: new("Spring")})
	if err != nil {
		tb.Fatal(err)
	}
	return id
}

func (d *desk) newKey(tb testing.TB) {
	tb.Helper()
	key, err := d.RotateKey(d.Owner, d.campaign)
	if err != nil {
		tb.Fatal(err)
	}
	d.key = key
}

// join puts a person into the rotation of the campaign, behind all others.
func (d *desk) join(tb testing.TB, person uuid.UUID) {
	tb.Helper()
	d.Write(tb, func(ctx context.Context, tx *feed.Tx) error {
		if _, err := tx.Rows(ctx, d.campaign); err != nil { // the lock
			return err
		}
		if err := sharing.TakeRanks(ctx, tx, []uuid.UUID{d.campaign}); err != nil {
			return err
		}
		c, err := tx.Campaign.Get(ctx, d.campaign)
		if err != nil {
			return err
		}
		edge := access.And(access.ItemID(d.campaign), access.CollaboratorID(person))
		n, err := tx.Access.Update().Where(edge).SetRoundRobin(true).SetRotationRank(c.RotationHead).Save(ctx)
		if err != nil || n > 0 {
			return err
		}
		tx.Granted(person, d.campaign, visibilityevent.BeforeAbsent)
		return tx.Access.Create().SetAccountID(d.ID).SetItemID(d.campaign).SetCollaboratorID(person).SetLevel(access.LevelEdit).
			SetRoundRobin(true).SetRotationRank(c.RotationHead).Exec(ctx)
	})
}

// leave takes a person out of the rotation.
func (d *desk) leave(tb testing.TB, person uuid.UUID) {
	tb.Helper()
	d.Write(tb, func(ctx context.Context, tx *feed.Tx) error {
		if _, err := tx.Rows(ctx, d.campaign); err != nil {
			return err
		}
		return tx.Access.Update().Where(access.ItemID(d.campaign), access.CollaboratorID(person)).SetRoundRobin(false).Exec(ctx)
	})
}

// status deactivates a person, or has them come back.
func (d *desk) status(tb testing.TB, person uuid.UUID, to collaborator.Status) {
	tb.Helper()
	d.Write(tb, func(ctx context.Context, tx *feed.Tx) error {
		tx.PersonChanged(person)
		return tx.Collaborator.UpdateOneID(person).SetStatus(to).Exec(ctx)
	})
}

// people adds members to the account and to the rotation.
func (d *desk) people(tb testing.TB, n int) []uuid.UUID {
	tb.Helper()
	ids := make([]uuid.UUID, n)
	for i := range ids {
		ids[i] = librarytest.Collaborator(tb, d.Person(tb, collaborator.RoleMember))
		d.join(tb, ids[i])
	}
	return ids
}

// post brings a lead in by the form.
func (d *desk) post(l intake.Lead) (intake.Received, error) {
	f, err := d.Form(context.Background(), d.key)
	if err != nil {
		return intake.Received{}, err
	}
	return d.Post(context.Background(), f, l)
}

func (d *desk) mustPost(tb testing.TB, l intake.Lead) *ent.Lead {
	tb.Helper()
	got, err := d.post(l)
	if err != nil {
		tb.Fatal(err)
	}
	return d.lead(tb, got.ID)
}

func (d *desk) lead(tb testing.TB, id uuid.UUID) *ent.Lead {
	tb.Helper()
	l, err := d.Store.Client().Lead.Get(d.System, id)
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

// leads returns the campaign's leads in the order in which they came.
func (d *desk) leads(tb testing.TB) []*ent.Lead {
	tb.Helper()
	all, err := d.Store.Client().Lead.Query().Where(lead.CampaignID(d.campaign)).Order(lead.ByID()).All(d.System)
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

// refused fails the test unless err is a fault of the kind, on the field.
func refused(tb testing.TB, err error, kind fault.Kind, field string) {
	tb.Helper()
	if f := fault.As(err); f == nil || f.Kind != kind || f.Field != field {
		tb.Errorf("answered %v (%+v) instead of %s on %q", err, f, kind, field)
	}
}

// close ends the work on a lead.
func (d *desk) close(tb testing.TB, id uuid.UUID) {
	tb.Helper()
	d.Write(tb, func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, d.campaign)
		if err != nil {
			return err
		}
		return tx.Lead.UpdateOneID(id).SetState(lead.StateWon).SetRowSeq(rows.Seq).Exec(ctx)
	})
}

// finish runs the account's jobs until one has ended, and returns it.
func (d *desk) finish(t *testing.T, id uuid.UUID) *ent.Job {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	moved, deaf := d.broker.Listen(id)
	defer deaf()
	go func() { done <- d.queue.Run(ctx) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	for {
		j := d.Store.Client().Job.GetX(d.System, id)
		if j.State != job.StateQueued && j.State != job.StateRunning {
			return j
		}
		<-moved
	}
}
