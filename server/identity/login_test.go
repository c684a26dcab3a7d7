package identity_test

import (
	"context"
	"net/netip"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/sharing"
)

func TestLogIn(t *testing.T) {
	t.Run("opens the only account", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, signedUp := h.signUp(t, "ann@example.com")
			ticket, err := h.logIn(t, " Ann@EXAMPLE.com", goodPassword)
			if err != nil {
				t.Fatal(err)
			}
			if ticket.Session.Account != signedUp.Session.Account || ticket.Token == signedUp.Token {
				t.Errorf("opened %+v", ticket.Session)
			}
			h.as(t, ticket)
		})
	})
	t.Run("opens none of several, and the one that is named", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			_, bob := h.signUp(t, "bob@example.com")
			h.add(t, bob.Session.Account, "ann@example.com", collaborator.RoleMember)
			ticket, err := h.logIn(t, "ann@example.com", goodPassword)
			if err != nil || ticket.Session.Account != uuid.Nil {
				t.Fatalf("opened %v, %v", ticket.Session.Account, err)
			}
			ctx := h.as(t, ticket)
			if _, err := sharing.From(ctx); !fault.Is(err, fault.Denied) {
				t.Errorf("a person without an open account acts as someone: %v", err)
			}
			if choices, err := h.Choices(ctx); err != nil || len(choices) != 2 || choices[0].Account != ann.Session.Account {
				t.Errorf("choices are %+v, %v; the visited one comes first", choices, err)
			}
			for account, kind := range map[uuid.UUID]fault.Kind{bob.Session.Account: "", uuid.Must(uuid.NewV7()): fault.NotFound} {
				_, err := h.LogIn(t.Context(), identity.Credentials{Email: "ann@example.com", Password: goodPassword, Account: account}, identity.Device{})
				if kind == "" && err != nil || kind != "" && !fault.Is(err, kind) {
					t.Errorf("opening account %v: %v", account, err)
				}
			}
		})
	})
	t.Run("does the same work and gives the same answer for an unknown address and a wrong password", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			work := func(email string) (*fault.Fault, int64) {
				before := h.Hashes()
				_, err := h.logIn(t, email, "not the password")
				return refused(t, err, fault.Invalid, "password"), h.Hashes() - before
			}
			wrong, wrongWork := work("ann@example.com")
			unknown, unknownWork := work("nobody@example.com")
			if !reflect.DeepEqual(wrong, unknown) || wrongWork != 1 || unknownWork != 1 {
				t.Errorf("wrong: %+v after %d hashes; unknown: %+v after %d", wrong, wrongWork, unknown, unknownWork)
			}
		})
	})
	t.Run("never accepts the decoy's password", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			for _, password := range []string{"", "x", goodPassword} {
				_, err := h.logIn(t, "nobody@example.com", password)
				refused(t, err, fault.Invalid, "password")
			}
		})
	})
	t.Run("renews a hash whose cost has changed", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			h.open(identity.Config{Hash: argon2id.Params{Memory: 128, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}})
			for _, work := range []int64{2, 1} { // compared and made anew; compared
				before := h.Hashes()
				if _, err := h.logIn(t, "ann@example.com", goodPassword); err != nil {
					t.Fatal(err)
				}
				if n := h.Hashes() - before; n != work {
					t.Errorf("%d hashes, want %d", n, work)
				}
			}
		})
	})
}

func TestThrottle(t *testing.T) {
	t.Run("looks at no more than ten passwords of a name, however many are tried at once", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			before := h.Hashes()
			errs := make([]error, 40)
			var wg sync.WaitGroup
			for n := range errs {
				wg.Go(func() { _, errs[n] = h.logIn(t, "ann@example.com", "not the password") })
			}
			wg.Wait()
			looked := 0
			for _, err := range errs {
				switch {
				case fault.Is(err, fault.Invalid):
					looked++
				case !fault.Is(err, fault.Exhausted):
					t.Errorf("got %v", describe(err))
				}
			}
			if looked != 10 || h.Hashes()-before != 10 {
				t.Errorf("looked at %d passwords, hashed %d", looked, h.Hashes()-before)
			}
		})
	})
	t.Run("pauses longer each time, and refuses the right password meanwhile", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			for range 9 {
				_, err := h.logIn(t, "ann@example.com", "not the password")
				refused(t, err, fault.Invalid, "password")
			}
			for _, pause := range []time.Duration{1, 2, 4, 8, 15, 15} {
				_, err := h.logIn(t, "ann@example.com", "not the password")
				refused(t, err, fault.Invalid, "password")
				before := h.Hashes()
				_, err = h.logIn(t, "ann@example.com", goodPassword)
				f := refused(t, err, fault.Exhausted, "")
				if rest := pause*time.Minute - f.RetryAfter; rest < 0 || rest > 30*time.Second {
					t.Errorf("come back in %v, want about %v min", f.RetryAfter, pause)
				}
				if h.Hashes() != before {
					t.Error("a password was looked at during a pause")
				}
				h.clock.advance(pause * time.Minute)
			}
			if _, err := h.logIn(t, "ann@example.com", goodPassword); err != nil {
				t.Errorf("after the pause: %v", err)
			}
		})
	})
	t.Run("treats an unknown address alike", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			for range 10 {
				_, err := h.logIn(t, "nobody@example.com", "not the password")
				refused(t, err, fault.Invalid, "password")
			}
			_, err := h.logIn(t, "nobody@example.com", "not the password")
			refused(t, err, fault.Exhausted, "")
		})
	})
	t.Run("forgets the failures of a name after a success", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			for range 3 {
				for range 9 {
					_, err := h.logIn(t, "ann@example.com", "not the password")
					refused(t, err, fault.Invalid, "password")
				}
				if _, err := h.logIn(t, "ann@example.com", goodPassword); err != nil {
					t.Fatal(describe(err))
				}
			}
		})
	})
	t.Run("begins anew after its window", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			for range 3 {
				for range 9 {
					_, err := h.logIn(t, "nobody@example.com", "not the password")
					refused(t, err, fault.Invalid, "password")
				}
				h.clock.advance(time.Hour)
			}
		})
	})
	t.Run("counts a client over all names, IPv6 by network, and does not count what succeeds", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			from := func(addr string) context.Context {
				return caller.NewContext(t.Context(), caller.Caller{Address: netip.MustParseAddr(addr)}, nil)
			}
			try := func(ctx context.Context, email, password string) error {
				_, err := h.LogIn(ctx, identity.Credentials{Email: email, Password: password}, identity.Device{})
				return err
			}
			for n := range 99 {
				email := uuid.NewString() + "@example.com"
				refused(t, try(from("2001:db8::1"), email, "not the password"), fault.Invalid, "password")
				if n%10 == 0 {
					if err := try(from("2001:db8::2"), "ann@example.com", goodPassword); err != nil {
						t.Fatal(describe(err))
					}
				}
			}
			refused(t, try(from("2001:db8::3"), "last@example.com", "not the password"), fault.Invalid, "password")
			refused(t, try(from("2001:db8::ffff:4"), "ann@example.com", goodPassword), fault.Exhausted, "")
			if err := try(from("2001:db8:0:1::1"), "ann@example.com", goodPassword); err != nil {
				t.Errorf("another network is paused, too: %v", describe(err))
			}
			if err := try(from("::ffff:192.0.2.1"), "ann@example.com", goodPassword); err != nil {
				t.Errorf("another client is paused, too: %v", describe(err))
			}
		})
	})
}
