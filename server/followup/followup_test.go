package followup_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/ent/rowtombstone"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/followup"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/merge"
	"github.com/partage-mail/partage/server/store"
)

// office is an account whose people follow leads up.
type office struct {
	*librarytest.Account
	*followup.Desk
	owner, manager, member uuid.UUID
}

func each(t *testing.T, f func(t *testing.T, o *office)) {
	t.Helper()
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		a := librarytest.New(t, s)
		f(t, &office{a, followup.New(a.Feed), librarytest.Collaborator(t, a.Owner), librarytest.Collaborator(t, a.Manager), librarytest.Collaborator(t, a.Member)})
	})
}

func (o *office) campaign(t testing.TB, name string) uuid.UUID {
	t.Helper()
	id, err := library.New(o.Feed).Create(o.Owner, item.KindCampaign, library.Patch{Name: &name})
	must(t, err)
	return id
}

// receive adds n leads to a campaign, given to a person or, with the zero id, waiting.
func (o *office) receive(t testing.TB, campaign, assignee uuid.UUID, n int) []uuid.UUID {
	t.Helper()
	ids := make([]uuid.UUID, n)
	o.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, campaign)
		if err != nil {
			return err
		}
		rows.Added(n)
		leads := make([]*ent.LeadCreate, n)
		for i := range ids {
			ids[i] = uuid.Must(uuid.NewV7())
			leads[i] = tx.Lead.Create().SetID(ids[i]).SetAccountID(o.ID).SetCampaignID(campaign).SetName("Ada").SetRowSeq(rows.Seq)
			if assignee != uuid.Nil {
				leads[i].SetAssigneeID(assignee).SetAssignedAt(1)
			}
		}
		for some := range slices.Chunk(leads, 500) {
			if err := tx.Lead.CreateBulk(some...).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return ids
}

func (o *office) lead(t testing.TB, id uuid.UUID) *ent.Lead {
	t.Helper()
	row, err := o.Store.Client().Lead.Get(o.System, id)
	must(t, err)
	return row
}

// told returns what the history has told of leads.
func (o *office) told(t testing.TB) []string {
	t.Helper()
	rows, err := o.Store.Client().AuditEvent.Query().Where(auditevent.AccountID(o.ID), auditevent.VerbHasPrefix("leads_")).
		Order(auditevent.ByNumber()).All(o.System)
	must(t, err)
	var lines []string
	for _, r := range rows {
		lines = append(lines, r.Verb+" "+r.Detail)
	}
	return lines
}

// left returns to whom tombstones of a lead are, the zero id for everyone.
func (o *office) left(t testing.TB, id uuid.UUID) []uuid.UUID {
	t.Helper()
	rows, err := o.Store.Client().RowTombstone.Query().Where(rowtombstone.RowID(id)).Order(rowtombstone.ByRowSeq(), rowtombstone.ByCollaboratorID()).All(o.System)
	must(t, err)
	var whose []uuid.UUID
	for _, r := range rows {
		whose = append(whose, r.CollaboratorID)
	}
	return whose
}

func TestChange(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		spring := o.campaign(t, "spring")
		id := o.receive(t, spring, o.member, 1)[0]
		_, err := o.Change(o.Member, id, 1, followup.Patch{
			Name: new(" Ada\tLovelace "), Email: new("Ada@Example.com"), Phone: new("+33 (0)1 23-45"), Notes: new("one\r\ntwo\x00"),
		})
		must(t, err)
		l := o.lead(t, id)
		if l.Name != "Ada Lovelace" || l.Email != "Ada@Example.com" || l.EmailKey != "ada@example.com" || l.PhoneKey != "33012345" ||
			l.Notes != "one\ntwo" || l.SearchKey != "ada lovelace ada@example.com +33 (0)1 23-45" || l.Version != 2 || l.ChangedAt == 0 {
			t.Errorf("became %v", l)
		}
		conflicts, err := o.Change(o.Manager, id, 1, followup.Patch{Name: new("Ida"), State: new(lead.StateWon)})
		must(t, err)
		if !slices.Equal(conflicts, []merge.Conflict{{Field: "name", Yours: "Ida", Theirs: "Ada Lovelace"}}) {
			t.Errorf("conflicts: %v", conflicts)
		}
		if l := o.lead(t, id); l.Name != "Ada Lovelace" || l.State != lead.StateWon || l.Version != 3 {
			t.Errorf("became %v", l)
		}
		must(t, o.SetState(o.Manager, []uuid.UUID{id}, lead.StateLost))
		conflicts, err = o.Change(o.Member, id, 3, followup.Patch{State: new(lead.StateNew)})
		must(t, err)
		if len(conflicts) != 1 || o.lead(t, id).State != lead.StateLost {
			t.Errorf("a state that was set for many is overwritten: %v", conflicts)
		}
		seq := o.Seq(t)
		_, err = o.Change(o.Member, id, 4, followup.Patch{Notes: new("one\ntwo")})
		must(t, err)
		if o.Seq(t) != seq || o.lead(t, id).Version != 4 {
			t.Error("a change of nothing changes something")
		}
		for field, p := range map[string]followup.Patch{
			"email": {Email: new("nowhere")}, "name": {Name: new(fmt.Sprintf("%0201d", 1))},
			"notes": {Notes: new(fmt.Sprintf("%020001d", 1))}, "state": {State: new(lead.State("gone"))},
		} {
			_, err := o.Change(o.Member, id, 4, p)
			refused(t, err, fault.Invalid, field)
		}
		_, err = o.Change(o.Member, id, 4, followup.Patch{Name: new(""), Email: new(""), Phone: new("")})
		refused(t, err, fault.Invalid, "email")
	})
}

func TestReassign(t *testing.T) {
	t.Run("gives a thousand leads of many campaigns to a person, and tells those who had them", func(t *testing.T) {
		each(t, func(t *testing.T, o *office) {
			var all []uuid.UUID
			for i := range 10 {
				c := o.campaign(t, fmt.Sprintf("campaign %d", i))
				all = append(all, o.receive(t, c, o.manager, 60)...)
				all = append(all, o.receive(t, c, uuid.Nil, 40)...)
			}
			must(t, o.Reassign(o.Owner, all, o.member))
			for i, id := range all {
				l := o.lead(t, id)
				record, err := intake.ParseRecord(l.Decision)
				must(t, err)
				if *l.AssigneeID != o.member || l.AssignedAt <= 1 || l.Version != 2 || record.Decision != intake.ByHand || record.By != o.owner || record.To != o.member {
					t.Fatalf("became %v", l)
				}
				if had := i%100 < 60; had != slices.Equal(o.left(t, id), []uuid.UUID{o.manager}) {
					t.Fatalf("it left %v", o.left(t, id))
				}
			}
			if told := o.told(t); len(told) != 10 || told[0] != `leads_reassigned {"count":"100","item":"campaign 0"}` {
				t.Errorf("the history tells %q", told)
			}
			seq := o.Seq(t)
			must(t, o.Reassign(o.Owner, all, o.member)) // who has them already
			if o.Seq(t) != seq {
				t.Error("giving them what they have changes something")
			}
			must(t, o.Reassign(o.Member, all[:2], uuid.Nil))
			if l := o.lead(t, all[0]); l.AssigneeID != nil || l.AssignedAt != 0 || !slices.Equal(o.left(t, l.ID), []uuid.UUID{o.manager, o.member}) {
				t.Errorf("became %v", l)
			}
			refused(t, o.Reassign(o.Owner, append(all, uuid.New()), o.member), fault.Invalid, "leads")
			refused(t, o.Reassign(o.Owner, nil, o.member), fault.Invalid, "leads")
		})
	})
	t.Run("does nothing where one of them cannot be given", func(t *testing.T) {
		each(t, func(t *testing.T, o *office) {
			spring, looked, secret := o.campaign(t, "spring"), o.campaign(t, "looked"), o.campaign(t, "secret")
			a, b, c := o.receive(t, spring, uuid.Nil, 1)[0], o.receive(t, looked, uuid.Nil, 1)[0], o.receive(t, secret, uuid.Nil, 1)[0]
			o.Give(t, o.Member, looked, access.LevelView)
			o.Give(t, o.Member, secret, access.LevelNone)
			shut := librarytest.Collaborator(t, o.Person(t, collaborator.RoleMember))
			o.Write(t, func(ctx context.Context, tx *feed.Tx) error {
				tx.PersonChanged(shut)
				return tx.Collaborator.UpdateOneID(shut).SetStatus(collaborator.StatusDeactivated).Exec(ctx)
			})
			refused(t, o.Reassign(o.Member, []uuid.UUID{a, b}, o.member), fault.Denied, "")
			refused(t, o.Reassign(o.Member, []uuid.UUID{a, c}, o.member), fault.NotFound, "")
			refused(t, o.Reassign(o.Owner, []uuid.UUID{a, c}, o.member), fault.Invalid, "assignee")
			refused(t, o.Reassign(o.Owner, []uuid.UUID{a}, shut), fault.Invalid, "assignee")
			refused(t, o.Reassign(o.Owner, []uuid.UUID{a}, uuid.New()), fault.NotFound, "")
			refused(t, o.SetState(o.Member, []uuid.UUID{a, b}, lead.StateWon), fault.Denied, "")
			refused(t, o.SetState(o.Member, []uuid.UUID{a, c}, lead.StateWon), fault.NotFound, "")
			_, err := o.Delete(o.Member, []uuid.UUID{a})
			refused(t, err, fault.Denied, "")
			o.Give(t, o.Manager, looked, access.LevelView)
			_, err = o.Delete(o.Manager, []uuid.UUID{a, b})
			refused(t, err, fault.Denied, "")
			for _, id := range []uuid.UUID{a, b, c} {
				if l := o.lead(t, id); l.AssigneeID != nil || l.Version != 1 || len(o.left(t, id)) > 0 {
					t.Errorf("what was refused left %v", l)
				}
			}
			if told := o.told(t); len(told) > 0 {
				t.Errorf("the history tells %q", told)
			}
		})
	})
	t.Run("leaves each lead with one person where several give it at once", func(t *testing.T) {
		each(t, func(t *testing.T, o *office) {
			spring, autumn := o.campaign(t, "spring"), o.campaign(t, "autumn")
			leads := append(o.receive(t, spring, o.owner, 5), o.receive(t, autumn, o.owner, 5)...)
			var wg sync.WaitGroup
			for i, to := range []uuid.UUID{o.member, o.manager, o.owner, o.member, uuid.Nil, o.manager} {
				some := slices.Clone(leads)
				if i%2 == 0 {
					slices.Reverse(some)
				}
				wg.Go(func() {
					if err := o.Reassign(o.Owner, some, to); err != nil {
						t.Errorf("answered %v", err)
					}
				})
			}
			wg.Wait()
			for _, id := range leads {
				l := o.lead(t, id)
				left := o.left(t, id)
				if int64(len(left)) > l.Version-1 || left[0] != o.owner {
					t.Errorf("%v left %v", l, left)
				}
			}
		})
	})
}

func TestDelete(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		spring := o.campaign(t, "spring")
		followed, waiting := o.receive(t, spring, o.member, 2), o.receive(t, spring, uuid.Nil, 1)
		n, err := o.Delete(o.Manager, []uuid.UUID{followed[0], waiting[0], followed[0]})
		must(t, err)
		left, err := o.Store.Client().Lead.Query().IDs(o.System)
		must(t, err)
		if n != 2 || !slices.Equal(left, followed[1:]) || o.Item(t, spring).RowsCount != 1 {
			t.Errorf("%d were deleted, %v are left of %v", n, left, o.Item(t, spring))
		}
		if !slices.Equal(o.left(t, followed[0]), []uuid.UUID{uuid.Nil, o.member}) || !slices.Equal(o.left(t, waiting[0]), []uuid.UUID{uuid.Nil}) {
			t.Errorf("they left %v and %v", o.left(t, followed[0]), o.left(t, waiting[0]))
		}
		if told := o.told(t); !slices.Equal(told, []string{`leads_deleted {"count":"2","item":"spring"}`}) {
			t.Errorf("the history tells %q", told)
		}
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t testing.TB, err error, kind fault.Kind, field string) {
	t.Helper()
	if f := fault.As(err); f == nil || f.Kind != kind || f.Field != field {
		t.Fatalf("got %v, want %s about %q", err, kind, field)
	}
}
