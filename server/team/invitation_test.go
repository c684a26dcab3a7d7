package team_test

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/promise"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/team"
)

func (h *house) invitation(t testing.TB, id uuid.UUID) *ent.Invitation {
	t.Helper()
	inv, err := h.store.Client().Invitation.Get(h.system, id)
	must(t, err)
	return inv
}

// promised returns what an invitation promises, by item.
func (h *house) promised(t testing.TB, id uuid.UUID) map[uuid.UUID]*ent.Promise {
	t.Helper()
	rows, err := h.store.Client().Promise.Query().Where(promise.InvitationID(id)).All(h.system)
	must(t, err)
	byItem := make(map[uuid.UUID]*ent.Promise, len(rows))
	for _, row := range rows {
		byItem[row.ItemID] = row
	}
	return byItem
}

func TestInvite(t *testing.T) {
	t.Run("stores what is promised, mails a link in the account's language and tells of it", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			must(t, h.ChangeAccount(h.owner, team.Settings{Locale: new(account.LocaleFr)}))
			campaign := h.item(t, item.KindCampaign, "spring", item.AudienceRestricted)
			list := h.item(t, item.KindContactList, "list", item.AudienceEveryone)
			_, lines := h.told(t, 0)
			id, err := h.Invite(h.owner, team.Invitee{
				FirstName: " Élodie ", LastName: "Durand", Email: " Elodie@Example.com ", Role: collaborator.RoleManager, CanSend: true,
				Access: []team.Promise{{Item: campaign, Level: access.LevelEdit, RoundRobin: true}, {Item: list, Level: access.LevelView}},
			})
			must(t, err)
			inv, token, promised := h.invitation(t, id), h.link(t, "Elodie@Example.com"), h.promised(t, id)
			if inv.FirstName != "Élodie" || inv.EmailKey != "elodie@example.com" || inv.Role != "manager" || !inv.CanSend || inv.CanExport ||
				*inv.InvitedBy != h.ann || inv.ExpiresAt != inv.SentAt.Add(team.LinkLife) {
				t.Errorf("stored %v", inv)
			}
			if len(promised) != 2 || !promised[campaign].RoundRobin || promised[campaign].Level != promise.LevelEdit ||
				promised[list].RoundRobin || promised[list].Level != promise.LevelView {
				t.Errorf("promised %v", promised)
			}
			if hash := sha256.Sum256([]byte(token)); !bytes.Equal(hash[:], inv.TokenHash) {
				t.Error("the link is not that of the invitation")
			}
			mails, err := h.mailing.Outbox(t.Context(), 1)
			must(t, err)
			for _, part := range []string{"Bonjour Élodie", "Ann Example", "« Example »", "7 jours", token} {
				if !strings.Contains(mails[0].Text, part) || !strings.Contains(mails[0].HTML, part) {
					t.Errorf("the mail lacks %q: %s", part, mails[0].Text)
				}
			}
			told, _ := h.told(t, lines)
			if !slices.Equal(told, []string{`invited {"email":"Elodie@Example.com","name":"Élodie Durand","role":"manager"}`}) {
				t.Errorf("the history tells %q", told)
			}
		})
	})
	t.Run("refuses whom the account knows, and says what to do instead", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			bob, cat := h.add(t, "bob", collaborator.RoleMember), h.add(t, "cat", collaborator.RoleMember)
			_, err := h.Invite(h.owner, guest("new@example.com"))
			must(t, err)
			must(t, deactivate(h, bob))
			for email, words := range map[string]string{
				"ANN@example.com": "in the account already", "bob@example.com": "Reactivate", "New@Example.com": "Send that one again",
			} {
				_, err := h.Invite(h.owner, guest(email))
				if f := refused(t, err, fault.Conflict, "email"); !strings.Contains(f.Message, words) {
					t.Errorf("%s is answered %q", email, f.Message)
				}
			}
			must(t, remove(h, cat))
			_, err = h.Invite(h.owner, guest("cat@example.com")) // who was removed comes back
			must(t, err)
		})
	})
	t.Run("refuses what cannot be promised", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			list, gone := h.item(t, item.KindContactList, "list", item.AudienceEveryone), h.item(t, item.KindContactList, "gone", item.AudienceRestricted)
			h.delete(t, gone)
			for name, try := range map[string]struct {
				who   func(*team.Invitee)
				kind  fault.Kind
				field string
			}{
				"no address":            {func(i *team.Invitee) { i.Email = "nowhere" }, fault.Invalid, "email"},
				"no first name":         {func(i *team.Invitee) { i.FirstName = " " }, fault.Invalid, "firstName"},
				"a name of controls":    {func(i *team.Invitee) { i.LastName = "a\nb" }, fault.Invalid, "lastName"},
				"an item there is not":  {func(i *team.Invitee) { i.Access = []team.Promise{{uuid.New(), access.LevelView, false}} }, fault.NotFound, ""},
				"an item in the bin":    {func(i *team.Invitee) { i.Access = []team.Promise{{gone, access.LevelView, false}} }, fault.NotFound, ""},
				"the level none":        {func(i *team.Invitee) { i.Access = []team.Promise{{list, access.LevelNone, false}} }, fault.Invalid, "access"},
				"a rotation of a list":  {func(i *team.Invitee) { i.Access = []team.Promise{{list, access.LevelEdit, true}} }, fault.Invalid, "access"},
				"an item twice":         {func(i *team.Invitee) { i.Access = slices.Repeat([]team.Promise{{list, access.LevelEdit, false}}, 2) }, fault.Invalid, "access"},
				"more than can be told": {func(i *team.Invitee) { i.Access = make([]team.Promise, team.MostPromises+1) }, fault.Invalid, "access"},
			} {
				who := guest("new@example.com")
				try.who(&who)
				_, err := h.Invite(h.owner, who)
				f := fault.As(err)
				if f == nil || f.Kind != try.kind || f.Field != try.field {
					t.Errorf("%s is answered %v", name, describe(err))
				}
			}
			if h.mails(t) != 0 {
				t.Error("a mail went out")
			}
		})
	})
	t.Run("takes one of several who invite the same address at once", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			var wg sync.WaitGroup
			errs := make([]error, 6)
			for i := range errs {
				wg.Go(func() { _, errs[i] = h.Invite(h.owner, guest("new@example.com")) })
			}
			wg.Wait()
			taken := 0
			for _, err := range errs {
				if err == nil {
					taken++
				} else {
					refused(t, err, fault.Conflict, "email")
				}
			}
			if taken != 1 || h.mails(t) != 1 {
				t.Errorf("%d were taken, %d mails written", taken, h.mails(t))
			}
		})
	})
}

func TestChangeInvitation(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		list := h.item(t, item.KindContactList, "list", item.AudienceEveryone)
		id, err := h.Invite(h.owner, guest("new@example.com"))
		must(t, err)
		before := h.invitation(t, id)
		_, lines := h.told(t, 0)
		must(t, h.ChangeInvitation(h.owner, id, team.InvitationChange{
			FirstName: new("Nina"), Role: new(collaborator.RoleOwner), CanExport: new(true),
			Access: &[]team.Promise{{Item: list, Level: access.LevelView}},
		}))
		must(t, h.ChangeInvitation(h.owner, id, team.InvitationChange{FirstName: new("Nina"), CanSend: new(false)}))
		after := h.invitation(t, id)
		if after.FirstName != "Nina" || after.LastName != "Person" || after.Role != "owner" || after.CanSend || !after.CanExport || len(h.promised(t, id)) != 1 {
			t.Errorf("became %v", after)
		}
		if !bytes.Equal(after.TokenHash, before.TokenHash) || after.SearchKey != identity.SearchKey("Nina", "Person", "new@example.com") || h.mails(t) != 1 {
			t.Errorf("%v became %v, with %d mails", before, after, h.mails(t))
		}
		told, _ := h.told(t, lines)
		if len(told) != 4 || !slices.Contains(told, `invitation_changed {"after":"owner","before":"member","email":"new@example.com","field":"role","name":"New Person"}`) {
			t.Errorf("the history tells %q", told)
		}
		refused(t, h.ChangeInvitation(h.owner, id, team.InvitationChange{LastName: new("")}), fault.Invalid, "lastName")
		refused(t, h.ChangeInvitation(h.owner, uuid.New(), team.InvitationChange{}), fault.NotFound, "")
	})
}

func TestResend(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id, err := h.Invite(h.owner, guest("new@example.com"))
		must(t, err)
		first := h.link(t, "new@example.com")
		if f := refused(t, h.Resend(h.owner, id), fault.Exhausted, ""); f.RetryAfter <= 0 || f.RetryAfter > time.Minute {
			t.Errorf("come back after %v", f.RetryAfter)
		}
		h.advance(team.LinkLife + time.Minute) // also one that has expired
		_, err = h.Link(t.Context(), first)
		refused(t, err, fault.NotFound, "")
		must(t, h.Resend(h.owner, id))
		second := h.link(t, "new@example.com")
		if second == first || h.mails(t) != 2 {
			t.Error("the link stayed")
		}
		_, err = h.Link(t.Context(), first)
		refused(t, err, fault.NotFound, "")
		_, err = h.Link(t.Context(), second)
		must(t, err)
		refused(t, h.Resend(h.owner, id), fault.Exhausted, "")
	})
}

func TestWithdraw(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id, err := h.Invite(h.owner, guest("new@example.com"))
		must(t, err)
		token := h.link(t, "new@example.com")
		must(t, h.Withdraw(h.owner, id))
		for name, err := range map[string]error{
			"Withdraw": h.Withdraw(h.owner, id), "Resend": h.Resend(h.owner, id),
			"ChangeInvitation": h.ChangeInvitation(h.owner, id, team.InvitationChange{}),
		} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s is answered %v", name, describe(err))
			}
		}
		_, err = h.Link(t.Context(), token)
		refused(t, err, fault.NotFound, "")
		_, err = h.Invite(h.owner, guest("new@example.com")) // anew
		must(t, err)
		if n, err := h.store.Client().Invitation.Query().Where(invitation.StateEQ(invitation.StatePending)).Count(h.system); err != nil || n != 1 {
			t.Errorf("%d are pending, %v", n, err)
		}
	})
}
