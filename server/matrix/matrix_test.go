package matrix_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/ent/jobfailure"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/matrix"
)

func TestSet(t *testing.T) {
	each(t, func(p *place) {
		ann := p.person(collaborator.RoleMember)
		open, closed := p.campaigns(4, item.AudienceEveryone), p.campaigns(4, item.AudienceRestricted)
		own := p.made(1, item.AudienceRestricted, &ann)[0]

		j := p.job(p.matrix.Set(p.Owner, one(ann, given(), closed[0], closed[1], open[0])))
		if j.State != job.StateDone || j.Done != 3 || j.Total != 3 || j.Outcome != `{"added":2,"unchanged":1}` {
			p.Errorf("the job is %v", j)
		}
		p.check(ann, map[uuid.UUID]string{closed[0]: "edit", closed[1]: "edit", closed[2]: "none", open[0]: "edit"})
		if n := p.Store.Client().Access.Query().Where(access.CollaboratorID(ann)).CountX(p.System); n != 2 {
			p.Errorf("%d edges: an edge is an exception", n)
		}

		// Round robin ticks access (T4), also where the campaign is open.
		p.job(p.matrix.Set(p.Owner, one(ann, rotation(), closed[2], open[1], own)))
		p.check(ann, map[uuid.UUID]string{closed[2]: "edit+", open[1]: "edit+", own: "edit+"})
		// Access without round robin leaves the rotation as it is; no access ends it; who made it keeps it.
		j = p.job(p.matrix.Set(p.Owner, one(ann, nothing(), closed[2], open[1], open[2], own)))
		p.check(ann, map[uuid.UUID]string{closed[2]: "none", open[1]: "none", open[2]: "none", own: "edit"})
		failures := p.Store.Client().JobFailure.Query().Where(jobfailure.JobID(j.ID)).AllX(p.System)
		if j.Done != 3 || j.Failed != 1 || len(failures) != 1 || fault.Kept(failures[0].Label).Message != "campaign 0" ||
			fault.Kept(failures[0].Reason).Message != "Ann member made this campaign and keeps it." {
			p.Errorf("the job is %v with failures %v", j, failures)
		}
		// All of them, but one, and one that is named otherwise.
		d := one(ann, rotation(), closed[3])
		d.All, d.Except = &matrix.Wish{Access: no()}, []uuid.UUID{closed[0]}
		j = p.job(p.matrix.Set(p.Owner, d))
		p.check(ann, map[uuid.UUID]string{closed[0]: "edit", closed[1]: "none", closed[3]: "edit+", open[0]: "none", open[3]: "none", own: "edit"})
		if j.Total != 8 || j.Done != 8 || j.Failed != 0 {
			p.Errorf("the job is %v", j)
		}
		d = matrix.Draft{People: []uuid.UUID{ann}, All: &matrix.Wish{RoundRobin: yes()}}
		p.job(p.matrix.Set(p.Owner, d))
		for _, c := range slices.Concat(open, closed, []uuid.UUID{own}) {
			p.check(ann, map[uuid.UUID]string{c: "edit+"})
		}
		p.job(p.matrix.Set(p.Owner, one(ann, onlyOut(), open[0])))
		p.check(ann, map[uuid.UUID]string{open[0]: "edit"})
	})
}

func TestRefusals(t *testing.T) {
	each(t, func(p *place) {
		ann, owner := p.person(collaborator.RoleMember), p.person(collaborator.RoleOwner)
		c := p.campaigns(1, item.AudienceRestricted)[0]
		gone := p.campaigns(1, item.AudienceRestricted)[0]
		p.Write(p, func(ctx context.Context, tx *feed.Tx) error {
			tx.Sighted(gone, item.AudienceRestricted)
			tx.Changed(gone)
			return tx.Item.UpdateOneID(gone).SetDeletedAt(1).Exec(ctx)
		})
		for _, who := range []context.Context{p.Manager, p.Member} {
			if _, err := p.matrix.Set(who, one(ann, given(), c)); !fault.Is(err, fault.Denied) {
				p.Errorf("not an owner: %v", err)
			}
			if _, err := p.matrix.Preview(who, one(ann, given(), c)); !fault.Is(err, fault.Denied) {
				p.Errorf("not an owner: %v", err)
			}
		}
		both := matrix.Draft{People: []uuid.UUID{ann, owner}, Changes: map[uuid.UUID]matrix.Wish{c: nothing()}}
		for name, try := range map[string]struct {
			draft matrix.Draft
			kind  fault.Kind
		}{
			"an unknown person":          {one(uuid.New(), given(), c), fault.NotFound},
			"an unknown campaign":        {one(ann, given(), uuid.New()), fault.NotFound},
			"a deleted campaign":         {one(ann, given(), gone), fault.NotFound},
			"access of an owner away":    {one(owner, nothing(), c), fault.Invalid},
			"round robin without access": {one(ann, matrix.Wish{Access: no(), RoundRobin: yes()}, c), fault.Invalid},
			"no wish":                    {one(ann, matrix.Wish{}, c), fault.Invalid},
			"nobody":                     {matrix.Draft{All: ptr(given())}, fault.Invalid},
		} {
			if _, err := p.matrix.Set(p.Owner, try.draft); !fault.Is(err, try.kind) {
				p.Errorf("%s: %v", name, err)
			}
			if _, err := p.matrix.Preview(p.Owner, try.draft); !fault.Is(err, try.kind) {
				p.Errorf("previewing %s: %v", name, err)
			}
		}
		if _, err := p.matrix.Set(p.Owner, both); !fault.Is(err, fault.Invalid) {
			p.Errorf("several people: %v", err)
		}
		for _, d := range []matrix.Draft{both, {People: []uuid.UUID{ann}, All: ptr(onlyOut())}} {
			if _, err := p.matrix.Grant(p.Owner, d); !fault.Is(err, fault.Invalid) {
				p.Errorf("a removal in bulk: %v", err)
			}
		}
		if id, err := p.matrix.Set(p.Owner, one(ann, given())); err != nil || id != uuid.Nil {
			p.Errorf("a draft about nothing: %v %v", id, err)
		}
		// The database holds the rule, too (T4).
		err := p.Feed.Write(p.System, p.ID, func(ctx context.Context, tx *feed.Tx) error {
			tx.Granted(ann, c, "absent")
			return tx.Access.Create().SetAccountID(p.ID).SetCollaboratorID(ann).SetItemID(c).SetLevel(access.LevelNone).SetRoundRobin(true).Exec(ctx)
		})
		if err == nil {
			p.Error("the database takes round robin without access")
		}
	})
}

func TestGrant(t *testing.T) {
	each(t, func(p *place) {
		people := make([]uuid.UUID, 5)
		for i := range people {
			people[i] = p.person(collaborator.RoleMember)
		}
		closed := p.campaigns(4, item.AudienceRestricted)
		p.job(p.matrix.Set(p.Owner, one(people[0], rotation(), closed[0])))
		d := matrix.Draft{People: people, Changes: map[uuid.UUID]matrix.Wish{closed[0]: given(), closed[1]: rotation()}}
		j := p.job(p.matrix.Grant(p.Owner, d))
		if j.Outcome != `{"added":9,"round_robin_on":5,"unchanged":1}` {
			p.Errorf("the job is %v", j)
		}
		p.check(people[0], map[uuid.UUID]string{closed[0]: "edit+", closed[1]: "edit+", closed[2]: "none"})
		p.check(people[4], map[uuid.UUID]string{closed[0]: "edit", closed[1]: "edit+", closed[2]: "none"})
		ranks := make(map[int64]bool)
		for _, e := range p.Store.Client().Access.Query().Where(access.ItemID(closed[1])).AllX(p.System) {
			ranks[e.RotationRank] = true
		}
		if head := p.Store.Client().Campaign.GetX(p.System, closed[1]).RotationHead; len(ranks) != 5 || ranks[0] || head != 5 {
			p.Errorf("ranks %v of %d", ranks, head)
		}
		p.job(p.matrix.Grant(p.Owner, matrix.Draft{People: people[1:2], All: ptr(rotation()), Except: closed[2:3]}))
		p.check(people[1], map[uuid.UUID]string{closed[0]: "edit+", closed[1]: "edit+", closed[2]: "none", closed[3]: "edit+"})
	})
}

// TestLaterWins holds that of two wishes about a pair the one confirmed later holds, whichever is applied first.
func TestLaterWins(t *testing.T) {
	each(t, func(p *place) {
		ann := p.person(collaborator.RoleMember)
		c := p.campaigns(5, item.AudienceRestricted)
		first, err := p.matrix.Set(p.Owner, one(ann, rotation(), c...))
		if err != nil {
			p.Fatal(err)
		}
		// By hand, while the job waits: what is confirmed later.
		must(p, p.sharing.SetAccess(p.Owner, c[0], ann, access.LevelView))
		must(p, p.sharing.SetAccess(p.Owner, c[1], ann, access.LevelView))
		must(p, p.sharing.ClearAccess(p.Owner, c[1], ann))
		second, err := p.matrix.Set(p.Owner, one(ann, nothing(), c[2], c[1]))
		if err != nil {
			p.Fatal(err)
		}
		must(p, p.sharing.SetAccess(p.Owner, c[1], ann, access.LevelView))
		j := p.job(first, nil)
		if j.Outcome != `{"added":3,"changed_since":2,"round_robin_on":3}` {
			p.Errorf("the first job is %v", j)
		}
		if j = p.job(second, nil); j.Outcome != `{"changed_since":1,"removed":1,"round_robin_off":1}` {
			p.Errorf("the second job is %v", j)
		}
		p.check(ann, map[uuid.UUID]string{c[0]: "view", c[1]: "view", c[2]: "none", c[3]: "edit+", c[4]: "edit+"})
		lines := p.Store.Client().AuditEvent.Query().Where(auditevent.ItemID(c[2])).Order(auditevent.ByNumber()).AllX(p.System)
		var verbs []string
		for _, l := range lines {
			verbs = append(verbs, l.Verb)
		}
		want := []string{string(audit.Granted), string(audit.RotationJoined), string(audit.Revoked), string(audit.RotationLeft)}
		if !slices.Equal(verbs, want) {
			p.Errorf("the history tells %v", verbs)
		}
	})
}

// TestRetryRight holds that who is an owner no more does not have an old job done.
func TestRetryRight(t *testing.T) {
	each(t, func(p *place) {
		eve := p.Person(p, collaborator.RoleOwner)
		who := librarytest.Collaborator(p, eve)
		c := p.campaigns(2, item.AudienceRestricted)
		id, err := p.matrix.Set(eve, one(who, rotation(), c...))
		must(p, err)
		must(p, p.queue.Cancel(eve, id))
		p.Write(p, func(ctx context.Context, tx *feed.Tx) error {
			tx.PersonChanged(who)
			return tx.Collaborator.UpdateOneID(who).SetRole(collaborator.RoleMember).Exec(ctx)
		})
		if _, err := p.queue.Retry(eve, id); !fault.Is(err, fault.Denied) {
			p.Errorf("retried by who was an owner: %v", err)
		}
		p.drain()
		p.check(who, map[uuid.UUID]string{c[0]: "none", c[1]: "none"})
	})
}

// TestFailures has jobs about what goes away meanwhile.
func TestFailures(t *testing.T) {
	each(t, func(p *place) {
		ann, bob := p.person(collaborator.RoleMember), p.person(collaborator.RoleMember)
		c := p.campaigns(3, item.AudienceRestricted)
		id, err := p.matrix.Grant(p.Owner, matrix.Draft{People: []uuid.UUID{ann, bob}, Changes: map[uuid.UUID]matrix.Wish{c[0]: given(), c[1]: given()}})
		if err != nil {
			p.Fatal(err)
		}
		dead := func(when int64) {
			p.Write(p, func(ctx context.Context, tx *feed.Tx) error {
				tx.Sighted(c[0], item.AudienceRestricted)
				tx.Changed(c[0])
				return tx.Item.UpdateOneID(c[0]).SetDeletedAt(instant.Instant(when)).Exec(ctx)
			})
		}
		dead(1)
		j := p.job(id, nil)
		if j.State != job.StateDone || j.Done != 2 || j.Failed != 2 {
			p.Errorf("the job is %v", j)
		}
		dead(0)
		if j = p.job(p.queue.Retry(p.Owner, id)); j.Done != 2 || j.Failed != 0 || j.Outcome != `{"added":2}` {
			p.Errorf("the retry is %v", j)
		}
		p.check(ann, map[uuid.UUID]string{c[0]: "edit", c[1]: "edit"})
		p.check(bob, map[uuid.UUID]string{c[0]: "edit", c[1]: "edit"})

		id, err = p.matrix.Set(p.Owner, one(bob, given(), c[2]))
		if err != nil {
			p.Fatal(err)
		}
		p.Write(p, func(ctx context.Context, tx *feed.Tx) error {
			tx.PersonChanged(bob)
			return tx.Collaborator.UpdateOneID(bob).SetRemovedAt(1).Exec(ctx)
		})
		if j = p.job(id, nil); j.Done != 1 || j.Outcome != `{"gone":1}` {
			p.Errorf("about somebody who left: %v", j)
		}
	})
}

// TestPreview holds that a preview says what the job then does.
func TestPreview(t *testing.T) {
	each(t, func(p *place) {
		ann := p.person(collaborator.RoleManager)
		c := slices.Concat(p.campaigns(5, item.AudienceRestricted), p.campaigns(5, item.AudienceEveryone), p.made(2, item.AudienceRestricted, &ann))
		p.job(p.matrix.Set(p.Owner, one(ann, rotation(), c[0], c[6], c[11])))
		d := one(ann, rotation(), c[1], c[7])
		d.All, d.Except = &matrix.Wish{Access: no()}, c[2:3]
		seen, err := p.matrix.Preview(p.Owner, d)
		if err != nil {
			p.Fatal(err)
		}
		want := matrix.Preview{Total: 11, Counted: 11, Tally: matrix.Tally{Added: 1, Removed: 5, Joined: 2, Left: 3, Unchanged: 2, Kept: 2}}
		if sampled := len(seen.Sample); sampled != 8 {
			p.Errorf("%d campaigns are named", sampled)
		}
		if seen.Sample = nil; seen.Total != want.Total || seen.Counted != want.Counted || seen.Tally != want.Tally {
			p.Errorf("the preview is %+v", seen)
		}
		j := p.job(p.matrix.Set(p.Owner, d))
		if j.Outcome != `{"added":1,"kept":2,"removed":5,"round_robin_off":3,"round_robin_on":2,"unchanged":2}` {
			p.Errorf("the job is %v", j)
		}
	})
}

func must(p *place, err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *place) edge(person, campaign uuid.UUID) *ent.Access {
	p.Helper()
	e, err := p.Store.Client().Access.Query().Where(access.CollaboratorID(person), access.ItemID(campaign)).Only(p.System)
	if err != nil {
		p.Fatal(err)
	}
	return e
}
