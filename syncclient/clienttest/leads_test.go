package clienttest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/followup"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/server/team"
	"github.com/partage-mail/partage/syncclient"
)

func orNull(id *uuid.UUID) any {
	if id == nil {
		return nil
	}
	return *id
}

// leadsOf returns the leads of a campaign that a person who sees it is to be shown, by what the account and the person
// are now.
func (w *world) leadsOf(p person, campaign uuid.UUID) []*ent.Lead {
	w.tb.Helper()
	system := viewer.System(context.Background(), "a test compares")
	acc, err := w.Store.Client().Account.Get(system, w.account)
	must(w.tb, err)
	who, err := w.Store.Client().Collaborator.Get(system, p.collaborator)
	must(w.tb, err)
	q := w.Store.Client().Lead.Query().Where(lead.CampaignID(campaign))
	if acc.MemberLeads == account.MemberLeadsOwn && who.Role == collaborator.RoleMember {
		q.Where(lead.AssigneeID(p.collaborator))
	}
	leads, err := q.All(system)
	must(w.tb, err)
	return leads
}

// receive adds a lead to a campaign, given to a person or, with the zero id, waiting. Its texts begin with a mark of its
// own.
func (w *world) receive(campaign, assignee uuid.UUID) uuid.UUID {
	w.tb.Helper()
	id := uuid.Must(uuid.NewV7())
	err := w.Feed.Write(viewer.System(context.Background(), "a test receives a lead"), w.account, func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, campaign)
		if err != nil {
			return err
		}
		rows.Added(1)
		mark := markOf(id)
		l := tx.Lead.Create().SetID(id).SetAccountID(w.account).SetCampaignID(campaign).SetEmail(mark + "@example.com").SetName(mark + " Zoë 🙂\n").
			SetPhone(mark).SetSource(mark).SetNotes(mark).SetFields(`{"city":"` + mark + `"}`).SetRowSeq(rows.Seq).SetChangedAt(instant.Now())
		if assignee != uuid.Nil {
			l.SetAssigneeID(assignee).SetAssignedAt(instant.Now())
		}
		return l.Exec(ctx)
	})
	must(w.tb, err)
	return id
}

func markOf(id uuid.UUID) string { return fmt.Sprintf("MARK%x", id[8:]) }

func (w *world) campaign(name string) uuid.UUID {
	w.tb.Helper()
	id, err := w.Library.Create(w.anna.ctx, item.KindCampaign, library.Patch{Name: &name})
	must(w.tb, err)
	return id
}

func (w *world) memberLeads(setting account.MemberLeads) error {
	return w.Team.ChangeAccount(w.anna.ctx, team.Settings{MemberLeads: &setting})
}

// TestLeads mirrors leads as they come, go round and go, to somebody who sees all and to a member who becomes limited
// to their own: no byte of another lead is in any of the member's files.
func TestLeads(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		spring, autumn := w.campaign("spring"), w.campaign("autumn")
		w.campaign("without leads")
		anna, chloe := w.anna.collaborator, w.chloe.collaborator
		var all, ofChloe []uuid.UUID
		for range 3 {
			mine := w.receive(spring, chloe)
			ofChloe = append(ofChloe, mine)
			all = append(all, mine, w.receive(spring, anna), w.receive(spring, uuid.Nil), w.receive(autumn, anna))
		}
		ofAnna := func() uuid.UUID { id := w.receive(spring, anna); all = append(all, id); return id }
		desks := map[*person]*desk{&w.anna: w.desk(w.anna), &w.chloe: w.desk(w.chloe)}
		give := func(to uuid.UUID, ids ...uuid.UUID) func() error {
			return func() error { return w.Followup.Reassign(w.anna.ctx, ids, to) }
		}
		for _, step := range []struct {
			name   string
			change func() error
		}{
			{"the first fill", func() error { return nil }},
			{"a lead comes", func() error { ofAnna(); return nil }},
			{"members see their own", func() error { return w.memberLeads(account.MemberLeadsOwn) }},
			{"another one comes", func() error { ofAnna(); return nil }},
			{"one of hers goes to somebody else", give(anna, ofChloe[0])},
			{"one of hers waits", give(uuid.Nil, ofChloe[1])},
			{"she gets another campaign's", give(chloe, all[3])},
			{"it leaves her and comes back", func() error {
				must(t, give(anna, all[3])())
				return give(chloe, all[3])()
			}},
			{"one of hers changes", func() error {
				_, err := w.Followup.Change(w.anna.ctx, ofChloe[2], 1, followup.Patch{Notes: ptr("called\nagain")})
				return err
			}},
			{"two are deleted, one of them hers", func() error {
				_, err := w.Followup.Delete(w.anna.ctx, []uuid.UUID{all[1], ofChloe[2]})
				return err
			}},
			{"members see all", func() error { return w.memberLeads(account.MemberLeadsAll) }},
			{"and then again their own", func() error { return w.memberLeads(account.MemberLeadsOwn) }},
			{"she gets some", give(chloe, all[1+4], all[2+4])},
			{"a campaign is revoked", func() error { return w.Sharing.SetAccess(w.anna.ctx, spring, chloe, access.LevelNone) }},
			{"and given back", func() error { return w.Sharing.ClearAccess(w.anna.ctx, spring, chloe) }},
			{"she becomes a manager", func() error {
				return w.Team.Change(w.anna.ctx, []uuid.UUID{chloe}, team.Change{Role: ptr(collaborator.RoleManager)})
			}},
			{"and a member again", func() error {
				return w.Team.Change(w.anna.ctx, []uuid.UUID{chloe}, team.Change{Role: ptr(collaborator.RoleMember)})
			}},
			{"a campaign is deleted", func() error { return w.Library.Delete(w.anna.ctx, autumn) }},
			{"and restored", func() error { return w.Library.Restore(w.anna.ctx, autumn) }},
		} {
			must(t, step.change())
			for p, d := range desks {
				must(t, d.follower.Close()) // a program that runs would begin the same walk twice only after a minute
				d.open()
				d.sync()
				d.agrees()
				seen := map[uuid.UUID]bool{}
				for _, campaign := range []uuid.UUID{spring, autumn} {
					if there, err := w.Store.Client().Item.Query().Where(item.ID(campaign)).Exist(w.as(p.email, w.account)); err != nil || !there {
						must(t, err)
						continue
					}
					for _, l := range w.leadsOf(*p, campaign) {
						seen[l.ID] = true
					}
				}
				var texts []string
				for _, id := range all {
					texts = append(texts, markOf(id), id.String())
				}
				found := servertest.Scan(t, d.follower.Folder(), texts...)
				for _, id := range all {
					stands := slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, markOf(id)) || strings.HasPrefix(f, id.String()) })
					if seen[id] != stands {
						t.Fatalf("%s: that %s sees a lead is %v, and what stands there is %v", step.name, p.email, seen[id], found)
					}
				}
				w.same(*p, d)
			}
		}
	})
}

// TestLeadsWhileFollowing has a program that runs learn at once that its person is limited to their own leads.
func TestLeadsWhileFollowing(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		spring := w.campaign("spring")
		w.receive(spring, w.chloe.collaborator)
		w.receive(spring, w.anna.collaborator)
		d := w.desk(w.chloe)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		ended := d.follow(ctx)
		at := d.await(d.await(0, isConnected), isUpToDate)
		w.same(w.chloe, d)
		must(t, w.memberLeads(account.MemberLeadsOwn))
		at = d.await(at, func(e syncclient.Event) bool {
			walk, ok := e.(syncclient.WalkStarted)
			return ok && walk.Reason == "RIGHTS" && walk.Name == ""
		})
		at = d.await(at, isUpToDate)
		w.same(w.chloe, d)
		w.receive(spring, w.chloe.collaborator)
		d.await(at, func(e syncclient.Event) bool {
			page, ok := e.(syncclient.RowsPage)
			return ok && page.Changed == 1 && page.Complete
		})
		cancel()
		if err := <-ended; err != nil {
			t.Fatalf("an interrupted run ended with %v", err)
		}
	})
}

// TestLeadsReopened closes a mirror and opens it again: nothing of it is fetched again.
func TestLeadsReopened(t *testing.T) {
	w := populate(t, servertest.Start(t, storetest.Config(t, dialect.SQLite)))
	w.receive(w.campaign("spring"), w.chloe.collaborator)
	d := w.desk(w.chloe)
	d.sync()
	before := mirrored(t, d.follower.Folder())
	must(t, d.follower.Close())
	d.open()
	if after := mirrored(t, d.follower.Folder()); !slices.Equal(before, after) {
		t.Errorf("reopened, the mirror holds\n%v instead of\n%v", after, before)
	}
	d.sync()
	w.same(w.chloe, d)
}
