package team_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/team"
)

// item makes an item of the account that ann made.
func (h *house) item(t testing.TB, kind item.Kind, name string, audience item.Audience) (id uuid.UUID) {
	t.Helper()
	h.write(t, func(ctx context.Context, tx *feed.Tx) error {
		row, err := tx.Item.Create().SetAccountID(h.account).SetKind(kind).SetName(name).SetNameKey(name).
			SetAudience(audience).SetCreatorID(h.ann).Save(ctx)
		if err != nil {
			return err
		}
		id = row.ID
		tx.Changed(id)
		tx.Appeared(id)
		if kind == item.KindCampaign {
			return tx.Campaign.Create().SetID(id).SetAccountID(h.account).Exec(ctx)
		}
		return tx.ContactList.Create().SetID(id).SetAccountID(h.account).Exec(ctx)
	})
	return id
}

// give lets a person view or edit an item, with round robin where a rank is given.
func (h *house) give(t testing.TB, id, person uuid.UUID, level access.Level, rank int64) {
	t.Helper()
	h.write(t, func(ctx context.Context, tx *feed.Tx) error {
		tx.Granted(person, id, "absent")
		if rank > 0 {
			if err := tx.Campaign.UpdateOneID(id).SetRotationHead(rank).Exec(ctx); err != nil {
				return err
			}
		}
		return tx.Access.Create().SetAccountID(h.account).SetItemID(id).SetCollaboratorID(person).SetLevel(level).
			SetRoundRobin(rank > 0).SetRotationRank(rank).Exec(ctx)
	})
}

func deactivate(h *house, ids ...uuid.UUID) error {
	_, err := h.Deactivate(h.owner, ids, team.Leads{To: team.KeepLeads})
	return err
}

func remove(h *house, ids ...uuid.UUID) error {
	_, err := h.Remove(h.owner, ids, team.Leads{To: team.LeadsToRotation})
	return err
}

func TestDeactivate(t *testing.T) {
	t.Run("ends the people's sessions in that account for good, and no others", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			bob := h.add(t, "bob", collaborator.RoleMember)
			elsewhere, err := h.identity.Found(t.Context(), identity.Founder{
				Email: "zoe@example.com", Password: goodPassword, FirstName: "Zoe", LastName: "Example", AccountName: "Elsewhere",
			})
			must(t, err)
			here := h.account
			h.account = elsewhere.Account
			hat := h.add(t, "bob", collaborator.RoleMember)
			h.account = here
			live, token := h.signIn(t, "bob@example.com", here)
			other, _ := h.signIn(t, "bob@example.com", elsewhere.Account)
			before, lines := h.person(t, bob), 0
			_, lines = h.told(t, 0)
			must(t, deactivate(h, bob))
			after := h.person(t, bob)
			if after.Status != collaborator.StatusDeactivated || after.Sight == before.Sight || after.Version != before.Version+1 || after.Seq <= before.Seq {
				t.Errorf("went from %v to %v", before, after)
			}
			refusedToken(t, h, token)
			if f := refused(t, h.identity.Live(live), fault.Unauthenticated, ""); f.Reason != identity.Ended {
				t.Errorf("reason %q", f.Reason)
			}
			must(t, h.identity.Live(other))
			must(t, deactivate(h, bob)) // again, for nothing
			if again := h.person(t, bob); again.Version != after.Version || again.Seq != after.Seq {
				t.Errorf("%v became %v", after, again)
			}
			must(t, h.Reactivate(h.owner, []uuid.UUID{bob}))
			must(t, h.Reactivate(h.owner, []uuid.UUID{bob}))
			if again := h.person(t, bob); again.Status != collaborator.StatusActive || again.Sight == after.Sight || again.Seq <= after.Seq || again.Version != 3 {
				t.Errorf("came back as %v", again)
			}
			refusedToken(t, h, token)
			h.signIn(t, "bob@example.com", here)
			if told, _ := h.told(t, lines); !slices.Equal(told, []string{
				`deactivated {"name":"bob Example"}`, `reactivated {"name":"bob Example"}`, `logged_in {"device":""}`,
			}) {
				t.Errorf("the history tells %q", told)
			}
			if p := h.person(t, hat); p.Version != 1 {
				t.Errorf("in the other account they became %v", p)
			}
		})
	})
	t.Run("keeps access and places in rotations", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			bob := h.add(t, "bob", collaborator.RoleMember)
			campaign := h.item(t, item.KindCampaign, "spring", item.AudienceRestricted)
			h.give(t, campaign, bob, access.LevelEdit, 7)
			must(t, deactivate(h, bob))
			edge, err := h.store.Client().Access.Query().Where(access.CollaboratorID(bob)).Only(h.system)
			must(t, err)
			if !edge.RoundRobin || edge.RotationRank != 7 || edge.Level != access.LevelEdit {
				t.Errorf("the edge became %v", edge)
			}
		})
	})
}

func TestRemove(t *testing.T) {
	t.Run("takes people out with their sessions and edges, and lets them come back anew", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			bob, cat := h.add(t, "bob", collaborator.RoleManager), h.add(t, "cat", collaborator.RoleMember)
			list := h.item(t, item.KindContactList, "list", item.AudienceRestricted)
			bin := h.item(t, item.KindContactList, "bin", item.AudienceRestricted)
			for _, id := range []uuid.UUID{list, bin} {
				h.give(t, id, bob, access.LevelView, 0)
				h.give(t, id, cat, access.LevelEdit, 0)
			}
			h.delete(t, bin)
			_, token := h.signIn(t, "bob@example.com", h.account)
			before := h.person(t, bob)
			_, lines := h.told(t, 0)
			must(t, remove(h, bob))
			after := h.person(t, bob)
			if after.RemovedAt == 0 || after.Sight == before.Sight || after.Seq <= before.Seq {
				t.Errorf("went from %v to %v", before, after)
			}
			refusedToken(t, h, token)
			refused(t, remove(h, bob), fault.NotFound, "")
			if left, err := h.store.Client().Access.Query().Where(access.CollaboratorID(bob)).Count(h.system); err != nil || left != 0 {
				t.Errorf("%d edges are left, %v", left, err)
			}
			if left, err := h.store.Client().Access.Query().Where(access.CollaboratorID(cat)).Count(h.system); err != nil || left != 2 {
				t.Errorf("others have %d edges left, %v", left, err)
			}
			if told, _ := h.told(t, lines); !slices.Equal(told, []string{`removed {"email":"bob@example.com","name":"bob Example","role":"manager"}`}) {
				t.Errorf("the history tells %q", told)
			}
			if back := h.add(t, "bob", collaborator.RoleMember); back != bob {
				t.Errorf("came back as %v, was %v", back, bob)
			}
			if again := h.person(t, bob); again.Sight == after.Sight || again.Role != collaborator.RoleMember || again.RemovedAt != 0 {
				t.Errorf("came back as %v", again)
			}
			if seen, err := h.store.Client().Item.Query().Count(h.as(t, bob)); err != nil || seen != 0 {
				t.Errorf("they see %d items again, %v", seen, err)
			}
		})
	})
}

func TestLeave(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bob := h.add(t, "bob", collaborator.RoleMember)
		ctx, token := h.signIn(t, "bob@example.com", h.account)
		_, lines := h.told(t, 0)
		must(t, h.Leave(ctx))
		if h.person(t, bob).RemovedAt == 0 {
			t.Error("they are still in")
		}
		refusedToken(t, h, token)
		refused(t, h.Leave(ctx), fault.NotFound, "")
		refused(t, h.Leave(t.Context()), fault.Unauthenticated, "")
		refused(t, h.Leave(h.owner), fault.Conflict, "")
		if told, _ := h.told(t, lines); !slices.Equal(told, []string{`left {"email":"bob@example.com","name":"bob Example","role":"member"}`}) {
			t.Errorf("the history tells %q", told)
		}
	})
}

// delete puts an item into the bin.
func (h *house) delete(t testing.TB, id uuid.UUID) {
	t.Helper()
	h.write(t, func(ctx context.Context, tx *feed.Tx) error {
		tx.Changed(id)
		tx.Sighted(id, "restricted")
		return tx.Item.UpdateOneID(id).SetDeletedAt(1).Exec(ctx)
	})
}

func refusedToken(t testing.TB, h *house, token string) {
	t.Helper()
	_, err := h.identity.Authenticate(t.Context(), token)
	refused(t, err, fault.Unauthenticated, "")
}
