package identity_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestLive holds that a live connection finds that its session has ended, in whatever way it did.
func TestLive(t *testing.T) {
	endings := map[string]func(t *testing.T, h *house, account, bob uuid.UUID, ticket identity.Ticket) error{
		"LogOut": func(t *testing.T, h *house, _, _ uuid.UUID, ticket identity.Ticket) error {
			_, err := h.LogOut(h.as(t, ticket))
			return err
		},
		"EndSession": func(t *testing.T, h *house, _, _ uuid.UUID, ticket identity.Ticket) error {
			other, err := h.logIn(t, "bob@example.com", goodPassword)
			if err != nil {
				return err
			}
			return h.EndSession(h.as(t, other), ticket.Session.ID)
		},
		"ChangePassword": func(t *testing.T, h *house, _, _ uuid.UUID, _ identity.Ticket) error {
			other, err := h.logIn(t, "bob@example.com", goodPassword)
			if err != nil {
				return err
			}
			return h.ChangePassword(h.as(t, other), goodPassword, betterPassword)
		},
		"ResetPassword": func(t *testing.T, h *house, _, _ uuid.UUID, _ identity.Ticket) error {
			if err := h.RequestPasswordReset(t.Context(), "bob@example.com"); err != nil {
				return err
			}
			return h.ResetPassword(t.Context(), h.resetToken(t, "bob@example.com"), betterPassword)
		},
		"being shut out": func(t *testing.T, h *house, account, bob uuid.UUID, _ identity.Ticket) error {
			return h.shutOut(t, account, bob)
		},
	}
	for name, end := range endings {
		t.Run(name+" ends a live connection", func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				_, ann := h.signUp(t, "ann@example.com")
				bob := h.add(t, ann.Session.Account, "bob@example.com", collaborator.RoleMember)
				ticket, err := h.logIn(t, "bob@example.com", goodPassword)
				if err != nil {
					t.Fatal(err)
				}
				live := h.as(t, ticket)
				if err := h.Live(live); err != nil {
					t.Fatal(err)
				}
				if err := end(t, h, ann.Session.Account, bob, ticket); err != nil {
					t.Fatal(describe(err))
				}
				if f := refused(t, h.Live(live), fault.Unauthenticated, ""); f.Reason != identity.Ended {
					t.Errorf("reason %q", f.Reason)
				}
			})
		})
	}
	t.Run("expiry ends a live connection", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			live, _ := h.signUp(t, "ann@example.com")
			h.clock.advance(identity.IdleLife + time.Minute)
			refused(t, h.Live(live), fault.Unauthenticated, "")
		})
	})
	t.Run("nobody is not live", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			refused(t, h.Live(t.Context()), fault.Unauthenticated, "")
		})
	})
}

func TestClean(t *testing.T) {
	t.Run("deletes what has expired and nothing else", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			_, err := h.logIn(t, "nobody@example.com", "not the password")
			refused(t, err, fault.Invalid, "password")
			if err := h.RequestPasswordReset(t.Context(), "ann@example.com"); err != nil {
				t.Fatal(err)
			}
			if n, err := h.Clean(t.Context()); err != nil || n != 0 {
				t.Errorf("deleted %d, %v", n, err)
			}
			for _, step := range []struct {
				wait    time.Duration
				deleted int
			}{{time.Hour + time.Second, 3}, {identity.IdleLife, 1}} { // two counts and a link; the session
				h.clock.advance(step.wait)
				if n, err := h.Clean(t.Context()); err != nil || n != step.deleted {
					t.Errorf("after %v deleted %d, %v", step.wait, n, err)
				}
			}
			if h.count(t, "users") != 1 {
				t.Error("a person is gone")
			}
		})
	})
	t.Run("works through any number in batches", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, storetest.Open(t, "sqlite3"), identity.Config{})
		for n := range 11 {
			_, ann := h.signUp(t, fmt.Sprintf("ann%d@example.com", n))
			for range 99 {
				if _, err := h.OpenAccount(h.as(t, ann), ann.Session.Account, identity.Device{}); err != nil {
					t.Fatal(err)
				}
			}
		}
		h.clock.advance(identity.IdleLife + time.Second)
		if n, err := h.Clean(t.Context()); err != nil || n != 1100 {
			t.Errorf("deleted %d, %v", n, err)
		}
	})
}

func BenchmarkAuthenticate(b *testing.B) {
	for _, dialectName := range []string{"sqlite3", "postgres"} {
		b.Run(dialectName, func(b *testing.B) {
			h := newHouse(b, storetest.Open(b, dialectName), identity.Config{})
			_, ann := h.signUp(b, "ann@example.com")
			for b.Loop() {
				if _, err := h.Authenticate(b.Context(), ann.Token); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkLogIn(b *testing.B) {
	h := newHouse(b, storetest.Open(b, "sqlite3"), identity.Config{})
	h.signUp(b, "ann@example.com")
	cost := identity.Config{}
	cost.Hash.Memory, cost.Hash.Iterations, cost.Hash.Parallelism, cost.Hash.SaltLength, cost.Hash.KeyLength = 19*1024, 2, 1, 16, 32
	h.open(cost)
	for b.Loop() {
		if _, err := h.logIn(b, "ann@example.com", goodPassword); err != nil {
			b.Fatal(err)
		}
	}
}
