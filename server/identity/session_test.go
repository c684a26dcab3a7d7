package identity_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/session"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/sharing"
)

func TestAuthenticate(t *testing.T) {
	t.Run("refuses what is no live token", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			ctx, ticket := h.signUp(t, "ann@example.com")
			if err := h.RequestPasswordReset(ctx, "ann@example.com"); err != nil {
				t.Fatal(err)
			}
			for _, token := range []string{
				"", "pts_", "x", ticket.Token + "x", ticket.Token[:46], strings.ToUpper(ticket.Token),
				strings.TrimPrefix(ticket.Token, "pts_"), h.resetToken(t, "ann@example.com"),
				"pts_" + strings.Repeat("A", 43), ticket.Session.ID.String(),
			} {
				_, err := h.Authenticate(t.Context(), token)
				if f := refused(t, err, fault.Unauthenticated, ""); f.Reason != identity.Ended {
					t.Errorf("%q: reason %q", token, f.Reason)
				}
			}
		})
	})
	t.Run("stores no token", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ticket := h.signUp(t, "ann@example.com")
			rows, err := h.store.Client().QueryContext(t.Context(), `SELECT token_hash FROM sessions`)
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			for rows.Next() {
				var hash []byte
				if err := rows.Scan(&hash); err != nil || len(hash) != 32 || strings.Contains(ticket.Token, string(hash)) {
					t.Errorf("stored %x, %v", hash, err)
				}
			}
		})
	})
	t.Run("opens the account of the token and no other", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			annCtx, ann := h.signUp(t, "ann@example.com")
			_, bob := h.signUp(t, "bob@example.com")
			h.add(t, bob.Session.Account, "ann@example.com", collaborator.RoleMember)
			other, err := h.OpenAccount(annCtx, bob.Session.Account, identity.Device{})
			if err != nil {
				t.Fatal(err)
			}
			for token, want := range map[identity.Ticket]collaborator.Role{ann: collaborator.RoleOwner, other: collaborator.RoleMember} {
				ctx := h.as(t, token)
				v, err := sharing.From(ctx)
				if err != nil || v.Account != token.Session.Account || v.Role != want {
					t.Errorf("acts as %+v, %v", v, err)
				}
				accounts, err := h.store.Client().Account.Query().IDs(ctx)
				if err != nil || len(accounts) != 1 || accounts[0] != token.Session.Account {
					t.Errorf("sees accounts %v, %v", accounts, err)
				}
			}
		})
	})
	t.Run("looks at the person's standing itself, whatever became of their sessions", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			for name, change := range map[string]func(*ent.CollaboratorUpdateOne){
				"deactivated": func(u *ent.CollaboratorUpdateOne) { u.SetStatus(collaborator.StatusDeactivated).SetRemovedAt(0) },
				"removed":     func(u *ent.CollaboratorUpdateOne) { u.SetStatus(collaborator.StatusActive).SetRemovedAt(1) },
			} {
				err := h.within(t.Context(), ann.Session.Account, func(ctx context.Context, tx *feed.Tx) error {
					u := tx.Collaborator.UpdateOneID(ann.Session.Collaborator)
					change(u)
					tx.PersonChanged(ann.Session.Collaborator)
					return u.Exec(ctx)
				})
				if err != nil {
					t.Fatal(err)
				}
				if _, err := h.Authenticate(t.Context(), ann.Token); !fault.Is(err, fault.Unauthenticated) {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	})
	t.Run("ends what was not used for thirty days, and anything after half a year", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, idle := h.signUp(t, "ann@example.com")
			used, err := h.logIn(t, "ann@example.com", goodPassword)
			if err != nil {
				t.Fatal(err)
			}
			stop := h.run(t)
			defer stop()
			const step = 20 * 24 * time.Hour
			for n := 1; n <= 9; n++ {
				h.clock.advance(step - time.Minute)
				_, err := h.Authenticate(t.Context(), used.Token)
				if err != nil {
					t.Fatalf("after %v of use: %v", time.Duration(n)*step, err)
				}
				h.untilNoted(t, used)
			}
			choices, err := h.Choices(h.as(t, used))
			if err != nil || len(choices) != 1 || h.clock.now().Sub(choices[0].LastVisitAt.Time()) > time.Hour {
				t.Errorf("they were not there: %+v %v", choices, err)
			}
			_, err = h.Authenticate(t.Context(), idle.Token)
			refused(t, err, fault.Unauthenticated, "")
			h.clock.advance(10 * time.Minute)
			_, err = h.Authenticate(t.Context(), used.Token)
			refused(t, err, fault.Unauthenticated, "")
		})
	})
}

// run runs the house's background work and returns what stops it.
func (h *house) run(t testing.TB) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- h.Run(ctx) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	}
}

// untilNoted waits until the use of a session is written.
func (h *house) untilNoted(t testing.TB, ticket identity.Ticket) {
	t.Helper()
	for {
		ctx, err := h.Authenticate(t.Context(), ticket.Token)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := identity.SessionFrom(ctx)
		if h.clock.now().Sub(s.LastUsedAt.Time()) < time.Hour {
			return
		}
		if t.Context().Err() != nil {
			t.Fatal("the use of a session is not noted")
		}
	}
}

func TestSessions(t *testing.T) {
	t.Run("lists one's own, and says which one asks", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "bob@example.com")
			_, first := h.signUp(t, "ann@example.com")
			h.clock.advance(time.Minute)
			second, err := h.logIn(t, "ann@example.com", goodPassword)
			if err != nil {
				t.Fatal(err)
			}
			list, err := h.Sessions(h.as(t, second))
			if err != nil || len(list) != 2 {
				t.Fatalf("%+v, %v", list, err)
			}
			if list[0].ID != second.Session.ID || !list[0].Current || list[1].ID != first.Session.ID || list[1].Current ||
				list[1].Device != "laptop" || list[1].AccountName != "Example" || list[1].Account != first.Session.Account {
				t.Errorf("%+v", list)
			}
		})
	})
	t.Run("have room for as many as are listed: the one used least lately ends for another", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, first := h.signUp(t, "ann@example.com")
			last := first
			for range 101 {
				h.clock.advance(time.Minute)
				next, err := h.OpenAccount(h.as(t, last), first.Session.Account, identity.Device{Name: "phone"})
				if err != nil {
					t.Fatal(err)
				}
				last = next
			}
			list, err := h.Sessions(h.as(t, last))
			if err != nil || len(list) != 100 || !list[0].Current {
				t.Errorf("%d sessions are listed, %v", len(list), err)
			}
			if _, err := h.Authenticate(t.Context(), first.Token); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("the first one goes on, out of sight: %v", err)
			}
		})
	})
	t.Run("end one by one", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			ctx, ann := h.signUp(t, "ann@example.com")
			bobCtx, bob := h.signUp(t, "bob@example.com")
			refused(t, h.EndSession(bobCtx, ann.Session.ID), fault.NotFound, "")
			refused(t, h.EndSession(bobCtx, uuid.New()), fault.NotFound, "")
			refused(t, h.EndSession(t.Context(), ann.Session.ID), fault.Unauthenticated, "")
			other, err := h.logIn(t, "ann@example.com", goodPassword)
			if err != nil {
				t.Fatal(err)
			}
			if err := h.EndSession(ctx, other.Session.ID); err != nil {
				t.Fatal(err)
			}
			if _, err := h.Authenticate(t.Context(), other.Token); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("an ended session goes on: %v", err)
			}
			for _, want := range []bool{true, false} {
				if was, err := h.LogOut(ctx); err != nil || was != want {
					t.Errorf("logging out: %v, %v", was, err)
				}
			}
			if was, err := h.LogOut(t.Context()); err != nil || was {
				t.Errorf("logging out without a session: %v, %v", was, err)
			}
			h.as(t, bob)
		})
	})
}

// TestOwnersEndSessions holds that an owner sees and ends what people have open in the account, and nothing else.
func TestOwnersEndSessions(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		annCtx, ann := h.signUp(t, "ann@example.com")
		bobCtx, bobs := h.signUp(t, "bob@example.com") // an account of his own
		bob := h.add(t, ann.Session.Account, "bob@example.com", collaborator.RoleManager)
		here, err := h.OpenAccount(bobCtx, ann.Session.Account, identity.Device{Name: "telephone"})
		if err != nil {
			t.Fatal(err)
		}
		list, err := h.SessionsOf(annCtx, bob)
		if err != nil || len(list) != 1 || list[0].ID != here.Session.ID || list[0].Device != "telephone" || list[0].Current {
			t.Fatalf("the owner sees %+v, %v", list, err)
		}
		if list, err := h.SessionsOf(h.as(t, here), bob); err != nil || len(list) != 1 || !list[0].Current {
			t.Fatalf("he sees %+v, %v", list, err)
		}
		if list, err := h.SessionsOf(h.as(t, here), ann.Session.Collaborator); err != nil || list != nil {
			t.Fatalf("of the owner he sees %+v, %v", list, err)
		}
		if list, err := h.SessionsOf(annCtx, bobs.Session.Collaborator); err != nil || len(list) != 0 {
			t.Fatalf("of another account the owner sees %+v, %v", list, err)
		}
		refused(t, h.EndSession(h.as(t, here), ann.Session.ID), fault.NotFound, "")
		refused(t, h.EndSession(annCtx, bobs.Session.ID), fault.NotFound, "")
		live, before := h.as(t, here), h.count(t, "audit_events")
		if err := h.EndSession(annCtx, here.Session.ID); err != nil {
			t.Fatal(err)
		}
		if f := refused(t, h.Live(live), fault.Unauthenticated, ""); f.Reason != identity.Ended {
			t.Errorf("reason %q", f.Reason)
		}
		if n := h.count(t, "audit_events") - before; n != 1 {
			t.Errorf("the history has %d lines of it", n)
		}
		refused(t, h.EndSession(annCtx, here.Session.ID), fault.NotFound, "")
		if err := h.Live(bobCtx); err != nil {
			t.Errorf("what he has open elsewhere: %v", err)
		}
	})
}

func TestOpenAccount(t *testing.T) {
	t.Run("leaves the asking session as it is", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			ctx, ann := h.signUp(t, "ann@example.com")
			again, err := h.OpenAccount(ctx, ann.Session.Account, identity.Device{})
			if err != nil || again.Session.ID == ann.Session.ID || again.Session.Device != "laptop" {
				t.Fatalf("%+v, %v", again, err)
			}
			h.as(t, ann)
			if err := h.EndSession(ctx, ann.Session.ID); err != nil {
				t.Fatal(err)
			}
			h.as(t, again)
			_, err = h.OpenAccount(ctx, ann.Session.Account, identity.Device{})
			if f := refused(t, err, fault.Unauthenticated, ""); f.Reason != identity.Ended {
				t.Errorf("an ended session opens an account: %v", f)
			}
		})
	})
	t.Run("replaces a cookie by a cookie, as logging in does", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			cookie := identity.Device{Name: "browser", Carrier: session.CarrierCookie}
			ctx := t.Context()
			var last identity.Ticket
			for n, begin := range []func() (identity.Ticket, error){
				func() (identity.Ticket, error) { return h.SignUp(ctx, founder("bob@example.com"), cookie) },
				func() (identity.Ticket, error) {
					return h.LogIn(ctx, identity.Credentials{Email: "ann@example.com", Password: goodPassword}, cookie)
				},
				func() (identity.Ticket, error) { return h.OpenAccount(ctx, last.Session.Account, cookie) },
			} {
				next, err := begin()
				if err != nil {
					t.Fatal(describe(err))
				}
				if n > 0 {
					if _, err := h.Authenticate(t.Context(), last.Token); !fault.Is(err, fault.Unauthenticated) {
						t.Errorf("step %d: the cookie that the browser forgot goes on: %v", n, err)
					}
				}
				last, ctx = next, h.as(t, next)
			}
			bearer, err := h.OpenAccount(ctx, last.Session.Account, identity.Device{})
			if err != nil {
				t.Fatal(describe(err))
			}
			h.as(t, last)
			h.as(t, bearer)
		})
	})
	t.Run("tells nothing of accounts that are not one's own or closed to one", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			ctx, _ := h.signUp(t, "ann@example.com")
			_, bob := h.signUp(t, "bob@example.com")
			var seen []*fault.Fault
			open := func(account uuid.UUID) {
				_, err := h.OpenAccount(ctx, account, identity.Device{})
				seen = append(seen, refused(t, err, fault.NotFound, ""))
			}
			open(uuid.Nil)
			open(uuid.Must(uuid.NewV7()))
			open(bob.Session.Account)
			id := h.add(t, bob.Session.Account, "ann@example.com", collaborator.RoleMember)
			if _, err := h.OpenAccount(ctx, bob.Session.Account, identity.Device{}); err != nil {
				t.Fatal(err)
			}
			if err := h.shutOut(t, bob.Session.Account, id); err != nil {
				t.Fatal(err)
			}
			open(bob.Session.Account)
			for _, other := range seen[1:] {
				if !reflect.DeepEqual(seen[0], other) {
					t.Errorf("answers differ: %+v and %+v", seen[0], other)
				}
			}
			if choices, err := h.Choices(ctx); err != nil || len(choices) != 1 {
				t.Errorf("offered %+v, %v", choices, err)
			}
		})
	})
}
