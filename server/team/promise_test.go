package team_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/promise"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/team"
)

// campaigns makes many campaigns of the account that ann made.
func (h *house) campaigns(t testing.TB, n int) []uuid.UUID {
	t.Helper()
	ids := make([]uuid.UUID, n)
	for i := range ids {
		ids[i] = uuid.Must(uuid.NewV7())
	}
	h.write(t, func(ctx context.Context, tx *feed.Tx) error {
		for some := range slices.Chunk(ids, 500) {
			var items []*ent.ItemCreate
			var contents []*ent.CampaignCreate
			for _, id := range some {
				name := "campaign " + id.String()
				items = append(items, tx.Item.Create().SetID(id).SetAccountID(h.account).SetKind(item.KindCampaign).
					SetName(name).SetNameKey(name).SetAudience(item.AudienceRestricted).SetCreatorID(h.ann))
				contents = append(contents, tx.Campaign.Create().SetID(id).SetAccountID(h.account).SetRotationHead(7))
				tx.Changed(id)
				tx.Appeared(id)
			}
			if err := tx.Item.CreateBulk(items...).Exec(ctx); err != nil {
				return err
			}
			if err := tx.Campaign.CreateBulk(contents...).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return ids
}

func TestPromises(t *testing.T) {
	t.Run("beyond what an invitation names are kept, the next rank of each rotation with them", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			const many = team.MostPromises + 500
			cat := h.add(t, "cat", collaborator.RoleMember)
			campaigns := h.campaigns(t, many)
			h.give(t, campaigns[0], cat, access.LevelEdit, 9)
			id, err := h.Invite(h.owner, guest("new@example.com"))
			must(t, err)
			h.write(t, func(ctx context.Context, tx *feed.Tx) error { // as a job of the access window does
				for some := range slices.Chunk(campaigns, 500) {
					var rows []*ent.PromiseCreate
					for i, campaign := range some {
						rows = append(rows, tx.Promise.Create().SetAccountID(h.account).SetInvitationID(id).SetItemID(campaign).
							SetLevel(promise.LevelEdit).SetRoundRobin(i%2 == 0))
					}
					if err := tx.Promise.CreateBulk(rows...).Exec(ctx); err != nil {
						return err
					}
				}
				return nil
			})
			h.delete(t, campaigns[many-1])
			_, lines := h.told(t, 0)
			ticket, err := h.Accept(t.Context(), team.Acceptance{Token: h.link(t, "new@example.com"), Password: goodPassword})
			must(t, err)
			person := ticket.Session.Collaborator
			edges, err := h.store.Client().Access.Query().Where(access.CollaboratorID(person)).All(h.system)
			must(t, err)
			if len(edges) != many-1 {
				t.Fatalf("%d edges were given", len(edges))
			}
			byItem := make(map[uuid.UUID]*ent.Access, len(edges))
			for _, e := range edges {
				byItem[e.ItemID] = e
			}
			rotations := 0
			for i, campaign := range campaigns[:many-1] {
				e, rank := byItem[campaign], int64(0)
				if i%2 == 0 {
					rotations++
					rank = 8
				}
				if i == 0 {
					rank = 10 // after cat
				}
				if e == nil || e.Level != access.LevelEdit || e.RoundRobin != (rank > 0) || e.RotationRank != rank || e.AccountID != h.account {
					t.Fatalf("on campaign %d they have %v, not rank %d", i, e, rank)
				}
				if head := h.store.Client().Campaign.GetX(h.system, campaign).RotationHead; rank > 0 && head != rank {
					t.Fatalf("campaign %d goes on with rank %d", i, head)
				}
			}
			seen, err := h.store.Client().VisibilityEvent.Query().Where(visibilityevent.CollaboratorID(person)).Count(h.system)
			must(t, err)
			left, err := h.store.Client().Promise.Query().Count(h.system)
			must(t, err)
			if seen != many-1 || left != 0 {
				t.Errorf("%d grants are in the log, %d promises are left", seen, left)
			}
			told, _ := h.told(t, lines)
			told = slices.DeleteFunc(told, func(line string) bool { return !strings.HasPrefix(line, "access_changed") })
			want := fmt.Sprintf(`access_changed {"added":"%d","by":"invitation","joined":"%d","removed":"0"}`, many-1, rotations)
			if !slices.Equal(told, []string{want}) {
				t.Errorf("the history tells %q, not %q", told, want)
			}
		})
	})
}
