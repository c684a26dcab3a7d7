package team_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/ledger"
	"github.com/partage-mail/partage/server/team"
)

func TestChange(t *testing.T) {
	t.Run("gives several people a role and rights, and tells of each", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			bob, cat := h.add(t, "bob", collaborator.RoleMember), h.add(t, "cat", collaborator.RoleManager)
			_, n := h.told(t, 0)
			must(t, h.Change(h.owner, []uuid.UUID{bob, cat, bob}, team.Change{Role: new(collaborator.RoleManager), CanSend: new(true), CanExport: new(true)}))
			for _, id := range []uuid.UUID{bob, cat} {
				if p := h.person(t, id); p.Role != collaborator.RoleManager || !p.CanSend || !p.CanExport || p.Version != 2 {
					t.Errorf("became %v", p)
				}
			}
			must(t, h.Change(h.owner, []uuid.UUID{bob}, team.Change{CanSend: new(false), CanExport: new(true)}))
			must(t, h.Change(h.owner, []uuid.UUID{bob}, team.Change{}))
			if p := h.person(t, bob); p.CanSend || p.Version != 3 {
				t.Errorf("became %v", p)
			}
			lines, _ := h.told(t, n)
			want := []string{
				`role_changed {"after":"manager","before":"member","name":"bob Example"}`,
				`rights_changed {"after":"yes","before":"no","name":"bob Example","right":"send"}`,
				`rights_changed {"after":"yes","before":"no","name":"bob Example","right":"export"}`,
				`rights_changed {"after":"yes","before":"no","name":"cat Example","right":"send"}`,
				`rights_changed {"after":"yes","before":"no","name":"cat Example","right":"export"}`,
				`rights_changed {"after":"no","before":"yes","name":"bob Example","right":"send"}`,
			}
			if !slices.Equal(lines, want) {
				t.Errorf("the history tells %q", lines)
			}
		})
	})
	t.Run("gives several people sending credits, and none to who comes back", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			bob, cat := h.add(t, "bob", collaborator.RoleMember), h.add(t, "cat", collaborator.RoleOwner)
			none, unlimited := ledger.Allowance{Period: collaborator.CreditPeriodNone}, ledger.Allowance{Period: collaborator.CreditPeriodUnlimited}
			month := ledger.Allowance{Period: collaborator.CreditPeriodMonth, Amount: 5000}
			credits := func(id uuid.UUID, want ledger.Allowance, version int64) {
				t.Helper()
				if p := h.person(t, id); ledger.Of(p) != want || p.Version != version {
					t.Errorf("%v has %s", p, ledger.Of(p))
				}
			}
			credits(bob, none, 1)
			credits(cat, unlimited, 1)
			_, n := h.told(t, 0)
			must(t, h.Change(h.owner, []uuid.UUID{bob, cat}, team.Change{Credits: &month}))
			must(t, h.Change(h.owner, []uuid.UUID{bob, cat}, team.Change{Credits: &month}))
			credits(bob, month, 2)
			credits(cat, month, 2)
			must(t, h.Change(h.owner, []uuid.UUID{bob, cat}, team.Change{Credits: &none}))
			must(t, h.Change(h.owner, []uuid.UUID{cat}, team.Change{Role: new(collaborator.RoleMember), Credits: &unlimited}))
			credits(bob, none, 3)
			credits(cat, unlimited, 4)
			lines, _ := h.told(t, n)
			want := []string{
				`rights_changed {"after":"5000 month","before":"none","name":"bob Example","right":"credits"}`,
				`rights_changed {"after":"5000 month","before":"unlimited","name":"cat Example","right":"credits"}`,
				`rights_changed {"after":"none","before":"5000 month","name":"bob Example","right":"credits"}`,
				`rights_changed {"after":"none","before":"5000 month","name":"cat Example","right":"credits"}`,
				`role_changed {"after":"member","before":"owner","name":"cat Example"}`,
				`rights_changed {"after":"unlimited","before":"none","name":"cat Example","right":"credits"}`,
			}
			if !slices.Equal(lines, want) {
				t.Errorf("the history tells %q", lines)
			}
			refused(t, h.Change(h.owner, []uuid.UUID{bob}, team.Change{CanSend: new(true), Credits: &ledger.Allowance{Period: month.Period}}), fault.Invalid, "credits")
			credits(bob, none, 3)

			_, err := h.Remove(h.owner, []uuid.UUID{cat}, team.Leads{To: team.LeadsToRotation})
			must(t, err)
			h.add(t, "cat", collaborator.RoleMember)
			if p := h.person(t, cat); ledger.Of(p) != none {
				t.Errorf("back with %s", ledger.Of(p))
			}
		})
	})
	t.Run("ends positions in the feed across the owner boundary only", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			bob := h.add(t, "bob", collaborator.RoleMember)
			live, _ := h.signIn(t, "bob@example.com", h.account)
			for _, step := range []struct {
				to    collaborator.Role
				sight bool
			}{{collaborator.RoleManager, false}, {collaborator.RoleOwner, true}, {collaborator.RoleMember, true}} {
				before := h.person(t, bob)
				must(t, h.Change(h.owner, []uuid.UUID{bob}, team.Change{Role: new(step.to)}))
				after := h.person(t, bob)
				if after.Role != step.to || (after.Sight != before.Sight) != step.sight || after.Seq <= before.Seq {
					t.Errorf("to %s: from %v to %v", step.to, before, after)
				}
				if f := refused(t, h.identity.Live(live), fault.Unavailable, ""); f.Reason != identity.StandingChanged {
					t.Errorf("a live connection learns %q", f.Reason)
				}
				var err error
				if live, err = h.identity.Refresh(live); err != nil {
					t.Fatal(err)
				}
			}
		})
	})
}

// TestOwnersOnly tries every command as everybody who is no owner, and with people who are not there.
func TestOwnersOnly(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bob, cat := h.add(t, "bob", collaborator.RoleManager), h.add(t, "cat", collaborator.RoleMember)
		elsewhere, err := h.identity.Found(t.Context(), identity.Founder{
			Email: "zoe@example.com", Password: goodPassword, FirstName: "Zoe", LastName: "Example", AccountName: "Elsewhere",
		})
		must(t, err)
		inv, err := h.Invite(h.owner, guest("new@example.com"))
		must(t, err)
		before := h.person(t, cat)
		onPeople := map[string]func(context.Context, []uuid.UUID) error{
			"Change": func(ctx context.Context, ids []uuid.UUID) error {
				return h.Change(ctx, ids, team.Change{Role: new(collaborator.RoleOwner)})
			},
			"Reactivate": h.Reactivate,
			"Deactivate": func(ctx context.Context, ids []uuid.UUID) error {
				_, err := h.Deactivate(ctx, ids, team.Leads{To: team.KeepLeads})
				return err
			},
			"Remove": func(ctx context.Context, ids []uuid.UUID) error {
				_, err := h.Remove(ctx, ids, team.Leads{To: team.LeadsToRotation})
				return err
			},
		}
		others := map[string]func(context.Context) error{
			"Invite":           func(ctx context.Context) error { _, err := h.Invite(ctx, guest("other@example.com")); return err },
			"ChangeInvitation": func(ctx context.Context) error { return h.ChangeInvitation(ctx, inv, team.InvitationChange{}) },
			"Resend":           func(ctx context.Context) error { return h.Resend(ctx, inv) },
			"Withdraw":         func(ctx context.Context) error { return h.Withdraw(ctx, inv) },
			"InviteAll": func(ctx context.Context) error {
				_, err := h.InviteAll(ctx, "email,first name,last name\na@example.com,A,A\n", true)
				return err
			},
			"ChangeAccount": func(ctx context.Context) error { return h.ChangeAccount(ctx, team.Settings{Name: new("Mine")}) },
		}
		for name, command := range onPeople {
			others[name] = func(ctx context.Context) error { return command(ctx, []uuid.UUID{cat}) }
			// People who are not there, all or none.
			for _, ids := range [][]uuid.UUID{{cat, elsewhere.Collaborator}, {cat, uuid.New()}, {uuid.Nil}} {
				if f := refused(t, command(h.owner, ids), fault.NotFound, ""); f.Message != fault.Missing("person").Message {
					t.Errorf("%s answers %q", name, f.Message)
				}
			}
			refused(t, command(h.owner, nil), fault.Invalid, "collaborators")
			refused(t, command(h.owner, make([]uuid.UUID, team.MostPeople+1)), fault.Invalid, "collaborators")
		}
		stranger := h.as(t, elsewhere.Collaborator)
		for name, command := range others {
			for _, id := range []uuid.UUID{bob, cat} {
				if f := refused(t, command(h.as(t, id)), fault.Denied, ""); f.Message != "Only an owner of the account does this." {
					t.Errorf("%s answers %q", name, f.Message)
				}
			}
			refused(t, command(t.Context()), fault.Unauthenticated, "")
			if name != "Invite" && name != "InviteAll" && name != "ChangeAccount" {
				refused(t, command(stranger), fault.NotFound, "")
			}
		}
		// An owner who was demoted after they were let in.
		was := h.add(t, "was", collaborator.RoleOwner)
		late := h.as(t, was)
		must(t, h.Change(h.owner, []uuid.UUID{was}, team.Change{Role: new(collaborator.RoleMember)}))
		_, lines := h.told(t, 0)
		for name, command := range others {
			if f := refused(t, command(late), fault.Denied, ""); f.Message != "You are no owner of the account any more." {
				t.Errorf("%s answers %q", name, f.Message)
			}
		}
		if told, _ := h.told(t, lines); len(told) > 0 || h.mails(t) != 1 {
			t.Errorf("what was refused left %q and %d mails", told, h.mails(t))
		}
		if after := h.person(t, cat); after.Version != before.Version || after.Seq != before.Seq {
			t.Errorf("what was refused changed %v to %v", before, after)
		}
	})
}

func guest(email string) team.Invitee {
	return team.Invitee{FirstName: "New", LastName: "Person", Email: email}
}
