package team_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/ent/rowtombstone"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/team"
)

// lead adds a lead of a campaign that a person follows up.
func (h *house) lead(t testing.TB, campaign, assignee uuid.UUID, state lead.State) (id uuid.UUID) {
	t.Helper()
	h.write(t, func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, campaign)
		if err != nil {
			return err
		}
		rows.Added(1)
		row, err := tx.Lead.Create().SetAccountID(h.account).SetCampaignID(campaign).SetAssigneeID(assignee).
			SetState(state).SetRowSeq(rows.Seq).SetAssignedAt(1).Save(ctx)
		if err == nil {
			id = row.ID
		}
		return err
	})
	return id
}

func (h *house) leadOf(t testing.TB, id uuid.UUID) *ent.Lead {
	t.Helper()
	row, err := h.store.Client().Lead.Get(h.system, id)
	must(t, err)
	return row
}

// left returns whom a lead left.
func (h *house) left(t testing.TB, id uuid.UUID) []uuid.UUID {
	t.Helper()
	rows, err := h.store.Client().RowTombstone.Query().Where(rowtombstone.RowID(id)).All(h.system)
	must(t, err)
	var people []uuid.UUID
	for _, r := range rows {
		people = append(people, r.CollaboratorID)
	}
	return people
}

// stage is two people with leads: of an open campaign, a restricted one and one in the bin.
type stage struct {
	bob, cat, dan            uuid.UUID
	open, restricted, binned uuid.UUID
	// leads of bob by campaign, and those that never move: won by bob, and of cat's.
	ofOpen, ofRestricted, ofBinned, won, ofCat uuid.UUID
}

func newStage(t *testing.T, h *house) stage {
	s := stage{
		bob: h.add(t, "bob", collaborator.RoleMember), cat: h.add(t, "cat", collaborator.RoleMember),
		dan:  h.add(t, "dan", collaborator.RoleMember),
		open: h.item(t, item.KindCampaign, "open", item.AudienceEveryone), restricted: h.item(t, item.KindCampaign, "restricted", item.AudienceRestricted),
		binned: h.item(t, item.KindCampaign, "binned", item.AudienceEveryone),
	}
	h.give(t, s.restricted, s.bob, access.LevelEdit, 1)
	s.ofOpen, s.ofRestricted = h.lead(t, s.open, s.bob, lead.StateNew), h.lead(t, s.restricted, s.bob, lead.StateInProgress)
	s.ofBinned, s.won = h.lead(t, s.binned, s.bob, lead.StateNew), h.lead(t, s.open, s.bob, lead.StateWon)
	s.ofCat = h.lead(t, s.open, s.cat, lead.StateNew)
	h.delete(t, s.binned)
	return s
}

func TestLeads(t *testing.T) {
	t.Run("wait for the rotation, stamped with their campaign's position", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			s := newStage(t, h)
			before := h.leadOf(t, s.ofOpen)
			_, lines := h.told(t, 0)
			n, err := h.Deactivate(h.owner, []uuid.UUID{s.bob}, team.Leads{To: team.LeadsToRotation})
			must(t, err)
			if n != 3 {
				t.Errorf("%d leads were handed over", n)
			}
			for _, id := range []uuid.UUID{s.ofOpen, s.ofRestricted, s.ofBinned} {
				l := h.leadOf(t, id)
				campaign, err := h.store.Client().Item.Get(h.system, l.CampaignID)
				must(t, err)
				if record, err := intake.ParseRecord(l.Decision); err != nil || record.Decision != intake.HandedOver || record.By != h.ann || record.To != uuid.Nil {
					t.Errorf("it was decided by %s, %v", l.Decision, err)
				}
				if left := h.left(t, id); !slices.Equal(left, []uuid.UUID{s.bob}) {
					t.Errorf("it left %v", left)
				}
				if l.AssigneeID != nil || l.AssignedAt != 0 || l.Version != 2 || l.RowSeq != campaign.RowsHead || l.ChangedAt == 0 {
					t.Errorf("became %v in %v", l, campaign)
				}
				if campaign.DeletedAt == 0 && campaign.RowsSeq != h.person(t, s.bob).Seq {
					t.Errorf("the account's feed does not tell that %v moved", campaign)
				}
			}
			for _, id := range []uuid.UUID{s.won, s.ofCat} {
				if l := h.leadOf(t, id); l.AssigneeID == nil || l.Version != 1 || len(h.left(t, id)) > 0 {
					t.Errorf("became %v", l)
				}
			}
			if l := h.leadOf(t, s.ofOpen); l.RowSeq <= before.RowSeq {
				t.Errorf("stayed at %d", l.RowSeq)
			}
			told, _ := h.told(t, lines)
			if !slices.Contains(told, `leads_handed_over {"count":"3","name":"bob Example","to":"rotation"}`) {
				t.Errorf("the history tells %q", told)
			}
		})
	})
	t.Run("go to a successor where they see the campaign", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			s := newStage(t, h)
			n, err := h.Remove(h.owner, []uuid.UUID{s.bob, s.cat}, team.Leads{To: team.LeadsToSuccessor, Successor: s.dan})
			must(t, err)
			if n != 4 {
				t.Errorf("%d leads were handed over", n)
			}
			for id, to := range map[uuid.UUID]*uuid.UUID{s.ofOpen: &s.dan, s.ofCat: &s.dan, s.ofRestricted: nil, s.ofBinned: nil, s.won: &s.bob} {
				l := h.leadOf(t, id)
				if (l.AssigneeID == nil) != (to == nil) || to != nil && *l.AssigneeID != *to || to == nil && l.AssignedAt != 0 {
					t.Errorf("became %v, not of %v", l, to)
				}
				if record, err := intake.ParseRecord(l.Decision); err != nil || id != s.won && (record.Decision != intake.HandedOver || (record.To == s.dan) != (to != nil)) {
					t.Errorf("it was decided by %s, %v", l.Decision, err)
				}
			}
		})
	})
	t.Run("stay with a person who is deactivated, where that is wanted", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			s := newStage(t, h)
			must(t, deactivate(h, s.bob))
			if l := h.leadOf(t, s.ofOpen); l.AssigneeID == nil || l.Version != 1 {
				t.Errorf("became %v", l)
			}
			n, err := h.Deactivate(h.owner, []uuid.UUID{s.bob}, team.Leads{To: team.LeadsToRotation}) // later
			must(t, err)
			if n != 3 {
				t.Errorf("%d leads were handed over", n)
			}
		})
	})
	t.Run("wait for the rotation when their person leaves", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			s := newStage(t, h)
			must(t, h.Leave(h.as(t, s.bob)))
			if l := h.leadOf(t, s.ofOpen); l.AssigneeID != nil {
				t.Errorf("became %v", l)
			}
		})
	})
	t.Run("are not handed to nobody, to those who go, to who is shut out or to strangers", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			s := newStage(t, h)
			must(t, deactivate(h, s.dan))
			for _, try := range []struct {
				leads team.Leads
				kind  fault.Kind
				field string
			}{
				{team.Leads{To: team.LeadsToSuccessor}, fault.Invalid, "successor"},
				{team.Leads{To: team.LeadsToRotation, Successor: s.cat}, fault.Invalid, "successor"},
				{team.Leads{To: team.LeadsToSuccessor, Successor: s.bob}, fault.Invalid, "successor"},
				{team.Leads{To: team.LeadsToSuccessor, Successor: s.dan}, fault.Invalid, "successor"},
				{team.Leads{To: team.LeadsToSuccessor, Successor: uuid.New()}, fault.NotFound, ""},
				{team.Leads{To: team.KeepLeads}, fault.Invalid, "openLeads"},
			} {
				_, err := h.Remove(h.owner, []uuid.UUID{s.bob}, try.leads)
				refused(t, err, try.kind, try.field)
			}
			if l := h.leadOf(t, s.ofOpen); l.Version != 1 || h.person(t, s.bob).RemovedAt != 0 {
				t.Errorf("what was refused left %v", l)
			}
		})
	})
}
