package door_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/sharing"
)

// house is a server with an account and a campaign whose leads come in by a form.
type house struct {
	*servertest.Server
	*librarytest.Account
	campaign uuid.UUID
	key      string
}

func newHouse(tb testing.TB, s *servertest.Server) *house {
	tb.Helper()
	h := &house{Server: s, Account: librarytest.New(tb, s.App.Store)}
	h.campaign = h.newCampaign(tb)
	h.newKey(tb)
	return h
}

func (h *house) newCampaign(tb testing.TB) uuid.UUID {
	tb.Helper()
	id, err := library.New(h.Account.Feed).Create(h.Owner, item.KindCampaign, library.Patch{Name: new("Spring")})
	if err != nil {
		tb.Fatal(err)
	}
	return id
}

func (h *house) newKey(tb testing.TB) {
	tb.Helper()
	key, err := h.Intake.RotateKey(h.Owner, h.campaign)
	if err != nil {
		tb.Fatal(err)
	}
	h.key = key
}

// people adds members to the account and to the rotation.
func (h *house) people(tb testing.TB, n int) []uuid.UUID {
	tb.Helper()
	ids := make([]uuid.UUID, n)
	for i := range ids {
		ids[i] = librarytest.Collaborator(tb, h.Person(tb, collaborator.RoleMember))
		h.join(tb, ids[i])
	}
	return ids
}

// join puts a person into the rotation, behind all others.
func (h *house) join(tb testing.TB, person uuid.UUID) {
	tb.Helper()
	h.Write(tb, func(ctx context.Context, tx *feed.Tx) error {
		if _, err := tx.Rows(ctx, h.campaign); err != nil { // the lock
			return err
		}
		if err := sharing.TakeRanks(ctx, tx, []uuid.UUID{h.campaign}); err != nil {
			return err
		}
		c, err := tx.Campaign.Get(ctx, h.campaign)
		if err != nil {
			return err
		}
		edge := access.And(access.ItemID(h.campaign), access.CollaboratorID(person))
		n, err := tx.Access.Update().Where(edge).SetRoundRobin(true).SetRotationRank(c.RotationHead).Save(ctx)
		if err != nil || n > 0 {
			return err
		}
		tx.Granted(person, h.campaign, visibilityevent.BeforeAbsent)
		return tx.Access.Create().SetAccountID(h.ID).SetItemID(h.campaign).SetCollaboratorID(person).SetLevel(access.LevelEdit).
			SetRoundRobin(true).SetRotationRank(c.RotationHead).Exec(ctx)
	})
}
