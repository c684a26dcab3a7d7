package team_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/session"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/team"
)

func (h *house) edge(t testing.TB, person, id uuid.UUID) (level access.Level, roundRobin bool, rank int64) {
	t.Helper()
	row, err := h.store.Client().Access.Query().Where(access.CollaboratorID(person), access.ItemID(id)).Only(h.system)
	must(t, err)
	return row.Level, row.RoundRobin, row.RotationRank
}

func TestAccept(t *testing.T) {
	t.Run("makes a login on the way and gives what was promised", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			bob := h.add(t, "bob", collaborator.RoleMember)
			campaign, gone := h.item(t, item.KindCampaign, "spring", item.AudienceRestricted), h.item(t, item.KindCampaign, "gone", item.AudienceRestricted)
			list := h.item(t, item.KindContactList, "list", item.AudienceRestricted)
			h.give(t, campaign, bob, access.LevelEdit, 4)
			who := guest("new@example.com")
			who.Role, who.CanExport = collaborator.RoleManager, true
			who.Access = []team.Promise{{campaign, access.LevelEdit, true}, {gone, access.LevelEdit, true}, {list, access.LevelView, false}}
			_, err := h.Invite(h.owner, who)
			must(t, err)
			h.delete(t, gone)
			token := h.link(t, "new@example.com")
			link, err := h.Link(t.Context(), token)
			must(t, err)
			if link != (team.Link{"Example", "Ann Example", "new@example.com", "New", "Person", collaborator.RoleManager, false}) {
				t.Errorf("the link tells %+v", link)
			}
			_, lines := h.told(t, 0)
			ticket, err := h.Accept(t.Context(), team.Acceptance{
				Token: token, Password: goodPassword, LastName: "Newman", Locale: "fr", Device: identity.Device{Name: "laptop", Carrier: session.CarrierCookie},
			})
			must(t, err)
			ctx, err := h.identity.Authenticate(t.Context(), ticket.Token)
			must(t, err)
			id := ticket.Session.Collaborator
			if ticket.Session.Account != h.account || ticket.Session.Carrier != session.CarrierCookie {
				t.Errorf("began %+v", ticket.Session)
			}
			p := h.person(t, id)
			if p.FirstName != "New" || p.LastName != "Newman" || p.Role != collaborator.RoleManager || p.CanSend || !p.CanExport || p.LastVisitAt == 0 {
				t.Errorf("joined as %v", p)
			}
			if level, turn, rank := h.edge(t, id, campaign); level != access.LevelEdit || !turn || rank != 5 {
				t.Errorf("on the campaign: %v %v %d", level, turn, rank)
			}
			if level, turn, rank := h.edge(t, id, list); level != access.LevelView || turn || rank != 0 {
				t.Errorf("on the list: %v %v %d", level, turn, rank)
			}
			if n, err := h.store.Client().Item.Query().Count(ctx); err != nil || n != 2 {
				t.Errorf("they see %d items, %v", n, err)
			}
			told, _ := h.told(t, lines)
			slices.Sort(told)
			if !slices.Equal(told, []string{
				`granted {"after":"edit","before":"absent","by":"invitation","item":"spring"}`,
				`granted {"after":"view","before":"absent","by":"invitation","item":"list"}`,
				`joined {"email":"new@example.com","name":"New Newman","role":"manager"}`,
				`logged_in {"device":"laptop"}`,
			}) {
				t.Errorf("the history tells %q", told)
			}
			_, err = h.Accept(ctx, team.Acceptance{Token: token})
			refused(t, err, fault.NotFound, "")
			h.signIn(t, "new@example.com", h.account)
			user, err := p.QueryUser().Only(h.system)
			must(t, err)
			if user.Locale != "fr" {
				t.Errorf("their language is %s", user.Locale)
			}
		})
	})
	t.Run("joins the signed-in person whose address it was sent to", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			elsewhere, err := h.identity.Found(t.Context(), identity.Founder{
				Email: "zoe@example.com", Password: goodPassword, FirstName: "Zoé", LastName: "Example", AccountName: "Elsewhere",
			})
			must(t, err)
			_, err = h.Invite(h.owner, guest("ZOE@example.com"))
			must(t, err)
			token := h.link(t, "ZOE@example.com")
			if link, err := h.Link(t.Context(), token); err != nil || !link.HasLogin {
				t.Errorf("the link tells %+v, %v", link, err)
			}
			hers, cookie := h.signIn(t, "zoe@example.com", elsewhere.Account)
			anns, _ := h.signIn(t, "ann@example.com", h.account)
			_, err = h.Accept(t.Context(), team.Acceptance{Token: token, Password: "another secret of somebody"})
			if f := refused(t, err, fault.Unauthenticated, ""); !strings.Contains(f.Message, "ZOE@example.com has a login") {
				t.Errorf("answered %q", f.Message)
			}
			_, err = h.Accept(anns, team.Acceptance{Token: token})
			if f := refused(t, err, fault.Denied, ""); !strings.Contains(f.Message, "was sent to ZOE@example.com") {
				t.Errorf("answered %q", f.Message)
			}
			ticket, err := h.Accept(hers, team.Acceptance{Token: token, FirstName: "Someone"})
			must(t, err)
			if p := h.person(t, ticket.Session.Collaborator); p.FirstName != "Zoé" || p.AccountID != h.account || ticket.Session.User != elsewhere.User {
				t.Errorf("joined as %v", p)
			}
			if _, err := h.identity.Authenticate(t.Context(), cookie); err != nil {
				t.Errorf("the asking session ended: %v", err)
			}
			h.signIn(t, "zoe@example.com", elsewhere.Account) // the password stayed
		})
	})
	t.Run("makes a login whoever is signed in, if they give it a password", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, err := h.Invite(h.owner, guest("new@example.com"))
			must(t, err)
			anns, _ := h.signIn(t, "ann@example.com", h.account)
			token := h.link(t, "new@example.com")
			_, err = h.Accept(anns, team.Acceptance{Token: token})
			refused(t, err, fault.Denied, "")
			_, err = h.Accept(t.Context(), team.Acceptance{Token: token})
			refused(t, err, fault.Invalid, "password")
			_, err = h.Accept(t.Context(), team.Acceptance{Token: token, Password: "short"})
			refused(t, err, fault.Invalid, "password")
			ticket, err := h.Accept(anns, team.Acceptance{Token: token, Password: goodPassword})
			must(t, err)
			if ticket.Session.Collaborator == h.ann {
				t.Error("ann got a second session")
			}
		})
	})
	t.Run("lets one of several in who accept at once", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, err := h.Invite(h.owner, guest("new@example.com"))
			must(t, err)
			token := h.link(t, "new@example.com")
			var wg sync.WaitGroup
			errs := make([]error, 6)
			for i := range errs {
				wg.Go(func() { _, errs[i] = h.Accept(t.Context(), team.Acceptance{Token: token, Password: goodPassword}) })
			}
			wg.Wait()
			in := 0
			for _, err := range errs {
				// Whoever looks after the first has joined finds the login, and is asked to sign in.
				if err == nil {
					in++
				} else if !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Unauthenticated) {
					t.Errorf("answered %v", describe(err))
				}
			}
			if in != 1 {
				t.Errorf("%d were let in", in)
			}
		})
	})
	t.Run("lets nobody in by a login that somebody else makes at the same moment", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			for n := range 20 {
				email := fmt.Sprintf("new%d@example.com", n)
				_, err := h.Invite(h.owner, guest(email))
				must(t, err)
				token := h.link(t, email)
				var accepting, signingUp error
				var wg sync.WaitGroup
				wg.Go(func() {
					_, accepting = h.Accept(t.Context(), team.Acceptance{Token: token, Password: goodPassword})
				})
				wg.Go(func() {
					_, signingUp = h.identity.SignUp(t.Context(), identity.Founder{
						Email: email, Password: "a secret of somebody else", FirstName: "Sly", LastName: "Fox", AccountName: "Fox",
					}, identity.Device{})
				})
				wg.Wait()
				if (accepting == nil) == (signingUp == nil) {
					t.Fatalf("accepting: %v, signing up: %v", describe(accepting), describe(signingUp))
				}
				if accepting != nil && !fault.Is(accepting, fault.Unauthenticated) && !fault.Is(accepting, fault.Conflict) {
					t.Errorf("answered %v", describe(accepting))
				}
			}
		})
	})
	t.Run("gives those who join a rotation at once ranks of their own", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			campaign := h.item(t, item.KindCampaign, "spring", item.AudienceRestricted)
			emails := []string{"a@example.com", "b@example.com", "c@example.com", "d@example.com"}
			for _, email := range emails {
				who := guest(email)
				who.Access = []team.Promise{{campaign, access.LevelEdit, true}}
				_, err := h.Invite(h.owner, who)
				must(t, err)
			}
			var wg sync.WaitGroup
			for _, email := range emails {
				token := h.link(t, email)
				wg.Go(func() {
					if _, err := h.Accept(t.Context(), team.Acceptance{Token: token, Password: goodPassword}); err != nil {
						t.Errorf("%s: %v", email, describe(err))
					}
				})
			}
			wg.Wait()
			var ranks []int64
			must(t, h.store.Client().Access.Query().Where(access.ItemID(campaign)).Order(access.ByRotationRank()).
				Select(access.FieldRotationRank).Scan(h.system, &ranks))
			if !slices.Equal(ranks, []int64{1, 2, 3, 4}) {
				t.Errorf("the ranks are %v", ranks)
			}
		})
	})
	t.Run("brings back who was removed, with what the new invitation says", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			bob := h.add(t, "bob", collaborator.RoleOwner)
			ctx, _ := h.signIn(t, "bob@example.com", h.account)
			must(t, remove(h, bob))
			_, err := h.Invite(h.owner, guest("bob@example.com"))
			must(t, err)
			token := h.link(t, "bob@example.com")
			_, err = h.Accept(ctx, team.Acceptance{Token: token})
			refused(t, err, fault.Unauthenticated, "") // that session ended with the removal
			fresh, _ := h.signIn(t, "bob@example.com", uuid.Nil)
			ticket, err := h.Accept(fresh, team.Acceptance{Token: token})
			must(t, err)
			if p := h.person(t, bob); ticket.Session.Collaborator != bob || p.Role != collaborator.RoleMember || p.RemovedAt != 0 {
				t.Errorf("came back as %v", p)
			}
		})
	})
	t.Run("tells nothing of a link that is no good", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			id, err := h.Invite(h.owner, guest("new@example.com"))
			must(t, err)
			expired := h.link(t, "new@example.com")
			h.advance(team.LinkLife)
			used, withdrawn := h.used(t), h.withdrawn(t)
			seen := make(map[string]bool)
			for _, token := range []string{expired, used, withdrawn, "", "pti_", "pti_" + strings.Repeat("A", 43), "ptr_" + expired[4:], strings.Repeat("x", 5000)} {
				_, err := h.Link(t.Context(), token)
				seen[refused(t, err, fault.NotFound, "").Message] = true
				for _, ctx := range []context.Context{t.Context(), h.owner} {
					_, err = h.Accept(ctx, team.Acceptance{Token: token, Password: goodPassword})
					seen[refused(t, err, fault.NotFound, "").Message] = true
				}
			}
			if len(seen) != 1 {
				t.Errorf("the answers are %v", seen)
			}
			if inv := h.invitation(t, id); inv.State != "pending" {
				t.Errorf("became %v", inv)
			}
		})
	})
}

// used returns the token of an invitation that was accepted.
func (h *house) used(t testing.TB) string {
	t.Helper()
	_, err := h.Invite(h.owner, guest("used@example.com"))
	must(t, err)
	token := h.link(t, "used@example.com")
	_, err = h.Accept(t.Context(), team.Acceptance{Token: token, Password: goodPassword})
	must(t, err)
	return token
}

// withdrawn returns the token of an invitation that was withdrawn.
func (h *house) withdrawn(t testing.TB) string {
	t.Helper()
	id, err := h.Invite(h.owner, guest("withdrawn@example.com"))
	must(t, err)
	token := h.link(t, "withdrawn@example.com")
	must(t, h.Withdraw(h.owner, id))
	return token
}
