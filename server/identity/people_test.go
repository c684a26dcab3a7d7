package identity_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
)

// shutOut closes the account to a person, as package team does.
func (h *house) shutOut(t testing.TB, account, id uuid.UUID) error {
	return h.within(t.Context(), account, func(ctx context.Context, tx *feed.Tx) error {
		tx.PersonChanged(id)
		return tx.Collaborator.UpdateOneID(id).SetStatus(collaborator.StatusDeactivated).Exec(ctx)
	})
}

// state is what the feed shows of a person, and their sight.
type state struct {
	role    collaborator.Role
	status  collaborator.Status
	version int64
	seq     int64
	sight   int64
}

func (h *house) state(t testing.TB, id uuid.UUID) state {
	t.Helper()
	c, err := h.store.Client().Collaborator.Get(viewer.System(t.Context(), "test"), id)
	if err != nil {
		t.Fatal(err)
	}
	return state{c.Role, c.Status, c.Version, c.Seq, c.Sight}
}

func TestAddCollaborator(t *testing.T) {
	t.Run("never changes the password of a login that exists", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			h.signUp(t, "bob@example.com")
			hash, err := h.HashPassword(t.Context(), "bob@example.com", betterPassword)
			if err != nil {
				t.Fatal(err)
			}
			join := func() error {
				return h.within(t.Context(), ann.Session.Account, func(ctx context.Context, tx *feed.Tx) error {
					_, err := identity.AddCollaborator(ctx, tx, identity.Joiner{Email: "BOB@example.com", FirstName: "B", LastName: "C", PasswordHash: hash})
					return err
				})
			}
			if err := join(); err != nil {
				t.Fatal(describe(err))
			}
			if _, err := h.logIn(t, "bob@example.com", betterPassword); err == nil {
				t.Error("the joiner's password works")
			}
			if _, err := h.logIn(t, "bob@example.com", goodPassword); err != nil {
				t.Errorf("the person's own does not: %v", describe(err))
			}
			refused(t, join(), fault.Conflict, "email")
		})
	})
	t.Run("needs a password where there is no login", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			err := h.within(t.Context(), ann.Session.Account, func(ctx context.Context, tx *feed.Tx) error {
				_, err := identity.AddCollaborator(ctx, tx, identity.Joiner{Email: "new@example.com", FirstName: "N", LastName: "N"})
				return err
			})
			refused(t, err, fault.Invalid, "email")
		})
	})
	t.Run("brings back who was removed, as the same collaborator with new eyes", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			id := h.add(t, ann.Session.Account, "bob@example.com", collaborator.RoleManager)
			before := h.state(t, id)
			err := h.within(t.Context(), ann.Session.Account, func(ctx context.Context, tx *feed.Tx) error {
				tx.PersonChanged(id)
				return tx.Collaborator.UpdateOneID(id).SetRemovedAt(1).Exec(ctx)
			})
			if err != nil {
				t.Fatal(err)
			}
			if ticket, err := h.logIn(t, "bob@example.com", goodPassword); err != nil || ticket.Session.Account != uuid.Nil {
				t.Fatalf("a person who was removed opened %v, %v", ticket.Session.Account, err)
			}
			if again := h.add(t, ann.Session.Account, "bob@example.com", collaborator.RoleMember); again != id {
				t.Errorf("came back as %v, was %v", again, id)
			}
			if after := h.state(t, id); after.sight == before.sight || after.role != collaborator.RoleMember || after.seq <= before.seq {
				t.Errorf("came back as %+v, was %+v", after, before)
			}
		})
	})
}

func TestSearchKey(t *testing.T) {
	t.Parallel()
	key := identity.SearchKey("Élodie", "D’Œuvre", "Elodie.D@Example.com")
	for _, part := range []string{"elodie d'oeuvre", "d'oeuvre elodie", "elodie.d@example.com"} {
		if !strings.Contains(key, part) {
			t.Errorf("%q does not hold %q", key, part)
		}
	}
	if strings.Contains(key, "elodie elodie") {
		t.Errorf("%q is found by what stands in two parts of it", key)
	}
	if long := identity.SearchKey(strings.Repeat("ﷺ", 100), strings.Repeat("ﷺ", 100), "a@example.com"); len([]rune(long)) > 1500 {
		t.Errorf("%d characters do not fit", len([]rune(long)))
	}
}

func TestHistory(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, ann := h.signUp(t, "ann@example.com")
		if _, err := h.logIn(t, "ann@example.com", goodPassword); err != nil {
			t.Fatal(err)
		}
		if _, err := h.OpenAccount(ctx, ann.Session.Account, identity.Device{Name: "phone"}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.logIn(t, "ann@example.com", "a wrong password"); err == nil {
			t.Fatal("a wrong password is taken")
		}
		rows, err := h.store.Client().AuditEvent.Query().Order(auditevent.ByNumber()).All(viewer.System(t.Context(), "test"))
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, r := range rows {
			if r.AccountID != ann.Session.Account || r.ActorID == nil || *r.ActorID != ann.Session.Collaborator {
				t.Errorf("%+v is not of the person in the account", r)
			}
			told = append(told, r.Verb+" "+r.Detail)
		}
		want := []string{
			`joined {"email":"ann@example.com","name":"Ann Example","role":"owner"}`,
			`logged_in {"device":"laptop"}`, `logged_in {"device":""}`, `logged_in {"device":"phone"}`,
		}
		if !slices.Equal(told, want) {
			t.Errorf("the history tells %q", told)
		}
	})
}
