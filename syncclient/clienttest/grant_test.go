package clienttest

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/matrix"
	"github.com/partage-mail/partage/server/servertest"
)

// TestGrant gives access to many campaigns by a job, undoes it and takes some away: every desktop holds the result, one
// that followed meanwhile and one that comes later.
func TestGrant(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		early := w.desk(w.chloe)
		early.sync()
		yes, no := true, false
		wish := matrix.Draft{People: []uuid.UUID{w.chloe.collaborator}}
		var campaigns []uuid.UUID
		for i := range 300 {
			id, err := w.Library.Create(w.anna.ctx, item.KindCampaign, library.Patch{
				Name: ptr(fmt.Sprintf("Campaign %d", i)), Subject: ptr(fmt.Sprintf("subject of %d", i)),
			})
			must(t, err)
			must(t, w.Sharing.SetAudience(w.anna.ctx, id, item.AudienceRestricted))
			campaigns = append(campaigns, id)
		}
		early.sync()
		w.same(w.chloe, early)
		given := w.work(w.Matrix.Grant(w.anna.ctx, only(wish, campaigns[:200], matrix.Wish{Access: &yes, RoundRobin: &yes})))
		early.sync()
		late := w.desk(w.chloe)
		late.sync()
		w.same(w.chloe, early)
		w.same(w.chloe, late)
		if n := len(w.served(w.chloe)); n < 200 {
			t.Errorf("%d rows are served", n)
		}
		w.work(w.Matrix.Set(w.anna.ctx, only(wish, campaigns[100:250], matrix.Wish{Access: &no})))
		early.sync()
		w.same(w.chloe, early)
		w.work(w.Matrix.Undo(w.anna.ctx, given))
		early.sync()
		late.sync()
		w.same(w.chloe, early)
		w.same(w.chloe, late)
		if found := servertest.Scan(t, early.follower.Folder(), "subject of 7"); len(found) > 0 {
			t.Errorf("what was taken away is still in %v", found)
		}
	})
}

// only is a draft that wishes the same for some campaigns.
func only(d matrix.Draft, campaigns []uuid.UUID, wish matrix.Wish) matrix.Draft {
	d.Changes = make(map[uuid.UUID]matrix.Wish)
	for _, id := range campaigns {
		d.Changes[id] = wish
	}
	return d
}

// work waits until a job that was asked for is done, and returns its id.
func (w *world) work(id uuid.UUID, err error) uuid.UUID {
	w.tb.Helper()
	must(w.tb, err)
	ctx := viewer.System(w.tb.Context(), "a test waits for a job")
	woken, stop := w.Broker.Listen(id)
	defer stop()
	for {
		j, err := w.Store.Client().Job.Get(ctx, id)
		must(w.tb, err)
		if j.State == job.StateDone && j.Failed == 0 {
			return id
		}
		if j.FinishedAt > 0 {
			w.tb.Fatalf("the job came to nothing: %v", j)
		}
		select {
		case <-ctx.Done():
			w.tb.Fatal("the job was not done in time")
		case <-woken:
		}
	}
}
