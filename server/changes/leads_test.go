package changes_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/ent"
	entaccount "github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	entlead "github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/followup"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestLeadCopies plays random histories of leads that come, go round and go, among people who see all of a campaign's
// leads and people who see their own, who become the one or the other. Each copy holds what its person may see, and
// no page, dense form or removal names a lead that they never could.
func TestLeadCopies(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		b.limitBytes(100)
		rapid.Check(t, func(t *rapid.T) { playLeads(t, b) })
	})
}

func playLeads(t *rapid.T, b *bundle) {
	a := b.newAccount(t, 3)
	var copies []*copied
	for _, p := range a.model.people {
		copies = append(copies, newCopy(a, p))
	}
	campaigns := []*thing{a.create(item.KindCampaign, a.owner(), true), a.create(item.KindCampaign, a.owner(), true)}
	list := a.create(item.KindContactList, a.owner(), true)
	a.addRows(list, 2)
	alive := func() *thing {
		c := pick(t, "campaign", campaigns)
		if c.dead || !a.model.has(c.id) {
			t.Skip("it is in the bin")
		}
		return c
	}
	// who sees a campaign, or nobody.
	follower := func(c *thing) uuid.UUID {
		people := []uuid.UUID{uuid.Nil}
		for _, p := range a.model.people {
			if c.level(p) != "none" {
				people = append(people, p.id)
			}
		}
		return pick(t, "follower", people)
	}
	some := func(c *thing) []uuid.UUID {
		if len(c.leads) == 0 {
			t.Skip("no leads")
		}
		all := slices.SortedFunc(maps.Keys(c.leads), compareIDs)
		from := rapid.IntRange(0, len(all)-1).Draw(t, "from")
		return all[from:min(len(all), from+rapid.IntRange(1, 3).Draw(t, "n"))]
	}
	reassign := func(*rapid.T) { c := alive(); a.reassign(c, follower(c), some(c)...) }
	pull := func(t *rapid.T) {
		c := pick(t, "copy", copies)
		c.pull(rapid.IntRange(1, 4).Draw(t, "size"), rapid.IntRange(0, 5).Draw(t, "lost") == 0)
	}
	pullRows := func(t *rapid.T) {
		c := pick(t, "copy", copies)
		if len(c.states) == 0 {
			t.Skip("no buckets")
		}
		id := pick(t, "bucket", slices.Sorted(maps.Keys(c.states)))
		c.pullRows(id, rapid.IntRange(1, 4).Draw(t, "size"), rapid.IntRange(0, 5).Draw(t, "lost") == 0)
	}
	t.Repeat(map[string]func(*rapid.T){
		"":          func(*rapid.T) { a.model.remember() },
		"receive":   func(t *rapid.T) { c := alive(); a.receive(c, follower(c), rapid.IntRange(1, 3).Draw(t, "n")) },
		"reassign":  reassign,
		"reassign2": reassign,
		"state":     func(*rapid.T) { c := alive(); a.setState(c, some(c)...) },
		"delete":    func(*rapid.T) { c := alive(); a.deleteLeads(c, some(c)...) },
		"setting":   func(t *rapid.T) { a.setMemberLeads(rapid.Bool().Draw(t, "own")) },
		"role": func(t *rapid.T) {
			p := pick(t, "person", a.model.people[1:])
			a.setRole(p, rapid.SampledFrom([]collaborator.Role{"member", "manager", "owner"}).Draw(t, "role"))
		},
		"access": func(t *rapid.T) {
			a.setAccess(alive(), pick(t, "person", a.model.people), rapid.SampledFrom([]string{"none", "view", "edit"}).Draw(t, "level"))
		},
		"bin": func(t *rapid.T) {
			if c := pick(t, "campaign", campaigns); a.model.has(c.id) {
				a.setDead(c, !c.dead)
			}
		},
		"forget": func(t *rapid.T) {
			if rapid.IntRange(0, 3).Draw(t, "now") > 0 {
				t.Skip("not now")
			}
			a.forget()
		},
		"pull": pull, "pull2": pull, "pull rows": pullRows, "pull rows2": pullRows,
		"compare": func(t *rapid.T) {
			c := pick(t, "copy", copies)
			c.drain(rapid.IntRange(1, 5).Draw(t, "size"))
			compare(t, a, c)
		},
	})
	for _, c := range copies {
		c.drain(3)
		compare(t, a, c)
		fresh := newCopy(a, c.p)
		fresh.drain(100)
		compare(t, a, fresh)
	}
}

// TestLeads shows that what is somebody else's lead is nothing to whoever sees their own.
func TestLeads(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		t.Run("are of those alone who follow them up: what happens to others leaves no trace", func(t *testing.T) { quiet(t, b) })
		t.Run("stay with a person whom they left and came back to", func(t *testing.T) { back(t, b) })
		t.Run("of others do not cut a page", func(t *testing.T) { uncut(t, b) })
		t.Run("cost nothing where a campaign never had one", func(t *testing.T) {
			a := b.newAccount(t, 1)
			a.create(item.KindCampaign, a.owner(), true)
			for _, own := range []bool{false, true} {
				a.setMemberLeads(own)
				for _, p := range a.model.people {
					if page := a.page(p, ""); len(page.Buckets) > 0 {
						t.Errorf("a campaign that never had a lead has the bucket %v", page.Buckets)
					}
				}
			}
		})
		t.Run("end no cursor of other rows where who sees them changes", func(t *testing.T) {
			a := b.newAccount(t, 1)
			list := a.create(item.KindContactList, a.owner(), true)
			a.addRows(list, 1)
			a.model.remember()
			c := newCopy(a, a.model.people[1])
			c.drain(10)
			a.setMemberLeads(true)
			cursor := c.rows[list.id.String()].cursor
			c.pullRows(list.id.String(), 10, false)
			if s := c.rows[list.id.String()]; cursor == "" || s.walking {
				t.Error("the contacts are read again from the start")
			}
		})
	})
}

func quiet(t *testing.T, b *bundle) {
	a := b.newAccount(t, 2)
	mine, theirs := a.model.people[1], a.model.people[2]
	campaign, other := a.create(item.KindCampaign, a.owner(), true), a.create(item.KindCampaign, a.owner(), true)
	a.setMemberLeads(true)
	a.receive(campaign, mine.id, 2)
	a.model.remember()
	c, all := newCopy(a, mine), newCopy(a, a.owner())
	c.drain(10)
	all.drain(10)
	ids := slices.SortedFunc(maps.Keys(campaign.leads), compareIDs)
	for name, happens := range map[string]func(){
		"a lead of theirs comes": func() { a.receive(campaign, theirs.id, 1) },
		"a lead comes and waits": func() { a.receive(campaign, uuid.Nil, 1) },
		"the first lead of a campaign comes": func() {
			a.receive(other, theirs.id, 1)
		},
		"their lead changes": func() {
			a.receive(campaign, theirs.id, 1)
			a.model.remember()
			l := slices.SortedFunc(maps.Keys(campaign.leads), compareIDs)
			i := slices.IndexFunc(l, func(id uuid.UUID) bool { return campaign.leads[id].assignee == theirs.id })
			a.setState(campaign, l[i])
			a.reassign(campaign, uuid.Nil, l[i])
			a.deleteLeads(campaign, l[i])
		},
	} {
		before := a.bucket(mine, campaign)
		happens()
		a.model.remember()
		if page := a.page(mine, c.items.cursor); !emptyPage(page) {
			t.Errorf("%s: they are told %+v", name, page)
		}
		if after := a.bucket(mine, campaign); after != before || after.Rows != 2 {
			t.Errorf("%s: the bucket goes from %v to %v", name, before, after)
		}
		if page := a.page(a.owner(), all.items.cursor); emptyPage(page) {
			t.Errorf("%s: who sees all is told nothing", name)
		}
	}
	if page := a.page(mine, ""); !slices.Equal(page.Buckets, []uuid.UUID{campaign.id}) {
		t.Errorf("a walk names the buckets %v, not that of %s alone", page.Buckets, campaign.id)
	}
	a.reassign(campaign, theirs.id, ids[0])
	a.model.remember()
	if page := a.page(mine, c.items.cursor); !slices.Equal(page.Buckets, []uuid.UUID{campaign.id}) {
		t.Errorf("that a lead left them is told as %+v", page)
	}
	for _, c := range []*copied{c, all} {
		c.drain(10)
		compare(t, a, c)
	}
}

// back has a lead leave a person and come back between two pages: the tombstone is beyond the first of them.
func back(t *testing.T, b *bundle) {
	a := b.newAccount(t, 2)
	mine, theirs := a.model.people[1], a.model.people[2]
	campaign := a.create(item.KindCampaign, a.owner(), true)
	a.setMemberLeads(true)
	a.receive(campaign, mine.id, 2)
	a.model.remember()
	c := newCopy(a, mine)
	c.drain(10)
	ids := slices.SortedFunc(maps.Keys(campaign.leads), compareIDs)
	for range 2 {
		a.reassign(campaign, theirs.id, ids...)
		a.reassign(campaign, mine.id, ids[0])
		a.model.remember()
		c.drain(10)
		compare(t, a, c)
		a.reassign(campaign, mine.id, ids[1])
		a.reassign(campaign, theirs.id, ids...)
		a.reassign(campaign, mine.id, ids...)
		c.drain(1)
		compare(t, a, c)
	}
}

// uncut reads pages of one row while others' leads come and go.
func uncut(t *testing.T, b *bundle) {
	a := b.newAccount(t, 2)
	mine, theirs := a.model.people[1], a.model.people[2]
	campaign := a.create(item.KindCampaign, a.owner(), true)
	a.setMemberLeads(true)
	a.receive(campaign, mine.id, 1)
	a.model.remember()
	c := newCopy(a, mine)
	c.drain(10)
	own := slices.Collect(maps.Keys(campaign.leads))
	a.receive(campaign, theirs.id, 6)
	all := slices.SortedFunc(maps.Keys(campaign.leads), compareIDs)
	others := slices.DeleteFunc(all, func(id uuid.UUID) bool { return id == own[0] })
	a.reassign(campaign, uuid.Nil, others[:3]...)
	a.deleteLeads(campaign, others[:4]...)
	a.setState(campaign, own...)
	a.must(a.store.Snapshot(a.as(mine), func(ctx context.Context, tx *ent.Tx) error {
		span, err := a.changes.Rows(ctx, tx, a.store.Dialect(), campaign.id, c.rows[campaign.id.String()].cursor, 1)
		if err == nil && span.More {
			t.Error("a page of the one lead that changed says that more follows")
		}
		return err
	}))
}

func emptyPage(p *changes.Page) bool {
	return len(p.Items)+len(p.Removed)+len(p.People)+len(p.Buckets) == 0 && !p.Settings
}

// page reads a page of the workspace as a person.
func (a *account) page(p *person, after string) (page *changes.Page) {
	a.t.Helper()
	a.must(a.store.Snapshot(a.as(p), func(ctx context.Context, tx *ent.Tx) (err error) {
		page, err = a.changes.Workspace(ctx, tx, a.store.Dialect(), after, 100)
		return err
	}))
	return page
}

// bucket says how a campaign's leads stand for a person.
func (a *account) bucket(p *person, campaign *thing) (bucket changes.Bucket) {
	a.t.Helper()
	a.must(a.store.Snapshot(a.as(p), func(ctx context.Context, tx *ent.Tx) error {
		span, err := a.changes.Rows(ctx, tx, a.store.Dialect(), campaign.id, "", 10)
		if err == nil {
			bucket = span.Bucket
		}
		return err
	}))
	return bucket
}

// receive adds n leads to a campaign in one transaction, given to a person or waiting (the zero id).
func (a *account) receive(campaign *thing, assignee uuid.UUID, n int) {
	var ids []uuid.UUID
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		ids = nil
		rows, err := tx.Rows(ctx, campaign.id)
		if err != nil {
			return err
		}
		builders := make([]*ent.LeadCreate, n)
		for i := range builders {
			id := uuid.Must(uuid.NewV7())
			ids = append(ids, id)
			builders[i] = tx.Lead.Create().SetID(id).SetAccountID(a.id).SetCampaignID(campaign.id).SetName("x").SetRowSeq(rows.Seq)
			if assignee != uuid.Nil {
				builders[i].SetAssigneeID(assignee).SetAssignedAt(1)
			}
		}
		rows.Added(n)
		return tx.Lead.CreateBulk(builders...).Exec(ctx)
	})
	for _, id := range ids {
		campaign.leads[id] = &lead{1, assignee}
	}
}

func (a *account) desk() *followup.Desk { return followup.New(a.feed) }

func (a *account) reassign(campaign *thing, assignee uuid.UUID, ids ...uuid.UUID) {
	a.must(a.desk().Reassign(a.as(a.owner()), ids, assignee))
	for _, id := range ids {
		if l := campaign.leads[id]; l.assignee != assignee {
			l.assignee = assignee
			l.version++
		}
	}
}

func (a *account) setState(campaign *thing, ids ...uuid.UUID) {
	state := entlead.StateWon
	if campaign.leads[ids[0]].version%2 == 0 {
		state = entlead.StateLost
	}
	a.must(a.desk().SetState(a.as(a.owner()), ids, state))
	rows, err := a.store.Client().Lead.Query().Where(entlead.IDIn(ids...)).All(system())
	a.must(err)
	for _, row := range rows {
		campaign.leads[row.ID].version = row.Version
	}
}

func (a *account) deleteLeads(campaign *thing, ids ...uuid.UUID) {
	_, err := a.desk().Delete(a.as(a.owner()), ids)
	a.must(err)
	for _, id := range ids {
		delete(campaign.leads, id)
	}
}

// setMemberLeads changes which leads members see, as team.ChangeAccount does.
func (a *account) setMemberLeads(own bool) {
	setting := entaccount.MemberLeadsAll
	if own {
		setting = entaccount.MemberLeadsOwn
	}
	if own == a.model.own {
		return
	}
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		tx.SettingsChanged()
		return tx.Tx.Account.UpdateOneID(a.id).SetMemberLeads(setting).SetLeadsEpoch(rand.Int64()).AddVersion(1).Exec(ctx)
	})
	a.model.own = own
}

// setRole gives a person another role, as team.Change does.
func (a *account) setRole(p *person, role collaborator.Role) {
	if p == a.owner() {
		return
	}
	sight := int64(0)
	if owner := role == collaborator.RoleOwner; owner != p.owner {
		sight = 1
	}
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		tx.PersonChanged(p.id)
		return tx.Collaborator.UpdateOneID(p.id).SetRole(role).AddSight(sight).Exec(ctx)
	})
	p.owner, p.manager = role == collaborator.RoleOwner, role == collaborator.RoleManager
}
