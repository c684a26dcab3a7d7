package identity_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/store/storetest"
)

const betterPassword = "another long secret"

func TestChangePassword(t *testing.T) {
	t.Run("ends the other sessions, voids links and tells the person", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			ctx, ann := h.signUp(t, "ann@example.com")
			other, err := h.logIn(t, "ann@example.com", goodPassword)
			if err != nil {
				t.Fatal(err)
			}
			if err := h.RequestPasswordReset(t.Context(), "ann@example.com"); err != nil {
				t.Fatal(err)
			}
			if err := h.ChangePassword(ctx, goodPassword, betterPassword); err != nil {
				t.Fatal(describe(err))
			}
			h.as(t, ann)
			if _, err := h.Authenticate(t.Context(), other.Token); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("another session goes on: %v", err)
			}
			refused(t, h.ResetPassword(t.Context(), h.resetToken(t, "ann@example.com"), "a third long secret"), fault.Invalid, "token")
			if _, err := h.logIn(t, "ann@example.com", goodPassword); !fault.Is(err, fault.Invalid) {
				t.Errorf("the old password works: %v", err)
			}
			if _, err := h.logIn(t, "ann@example.com", betterPassword); err != nil {
				t.Errorf("the new password does not: %v", err)
			}
			mails, err := h.mailing.Outbox(t.Context(), 1)
			if err != nil || len(mails) != 1 || !strings.Contains(mails[0].Text, "was just changed") {
				t.Errorf("the person was told %+v, %v", mails, err)
			}
		})
	})
	t.Run("refuses a wrong old password, a poor new one, and too many tries", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			ctx, _ := h.signUp(t, "ann@example.com")
			refused(t, h.ChangePassword(t.Context(), goodPassword, betterPassword), fault.Unauthenticated, "")
			refused(t, h.ChangePassword(ctx, goodPassword, "short"), fault.Invalid, "newPassword")
			refused(t, h.ChangePassword(ctx, goodPassword, "Ann@example.com"), fault.Invalid, "newPassword")
			refused(t, h.ChangePassword(ctx, goodPassword, goodPassword), fault.Invalid, "newPassword")
			for range 10 {
				refused(t, h.ChangePassword(ctx, "not the password", betterPassword), fault.Invalid, "oldPassword")
			}
			refused(t, h.ChangePassword(ctx, goodPassword, betterPassword), fault.Exhausted, "")
			if _, err := h.logIn(t, "ann@example.com", goodPassword); err != nil {
				t.Errorf("a stolen session shuts its owner out: %v", describe(err))
			}
		})
	})
	t.Run("lets one of two at once win", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			ctx, _ := h.signUp(t, "ann@example.com")
			var wg sync.WaitGroup
			errs := make([]error, 4)
			for n := range errs {
				wg.Go(func() { errs[n] = h.ChangePassword(ctx, goodPassword, betterPassword+strings.Repeat("!", n)) })
			}
			wg.Wait()
			works := 0
			for n, err := range errs {
				_, wrong := h.logIn(t, "ann@example.com", betterPassword+strings.Repeat("!", n))
				if (err == nil) != (wrong == nil) {
					t.Errorf("change %d said %v, login says %v", n, describe(err), describe(wrong))
				}
				if err == nil {
					works++
				}
			}
			if works != 1 {
				t.Errorf("%d changes were acknowledged", works)
			}
		})
	})
}

func TestResetPassword(t *testing.T) {
	t.Run("works once under twenty tries at once, and ends every session", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			if err := h.RequestPasswordReset(t.Context(), "ANN@example.com"); err != nil {
				t.Fatal(err)
			}
			token := h.resetToken(t, "ann@example.com")
			errs := make([]error, 20)
			var wg sync.WaitGroup
			for n := range errs {
				wg.Go(func() { errs[n] = h.ResetPassword(t.Context(), token, betterPassword) })
			}
			wg.Wait()
			worked := 0
			for _, err := range errs {
				if err == nil {
					worked++
					continue
				}
				refused(t, err, fault.Invalid, "token")
			}
			if worked != 1 {
				t.Errorf("the link worked %d times", worked)
			}
			if _, err := h.Authenticate(t.Context(), ann.Token); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("a session goes on: %v", err)
			}
			if _, err := h.logIn(t, "ann@example.com", betterPassword); err != nil {
				t.Errorf("the new password does not work: %v", describe(err))
			}
		})
	})
	t.Run("leaves no session that began with the old password at the same moment", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			if err := h.RequestPasswordReset(t.Context(), "ann@example.com"); err != nil {
				t.Fatal(err)
			}
			token := h.resetToken(t, "ann@example.com")
			var mu sync.Mutex
			var tickets []identity.Ticket
			var wg sync.WaitGroup
			for range 6 {
				wg.Go(func() {
					for {
						ticket, err := h.logIn(t, "ann@example.com", goodPassword)
						if err != nil {
							return
						}
						mu.Lock()
						tickets = append(tickets, ticket)
						mu.Unlock()
					}
				})
			}
			err := h.ResetPassword(t.Context(), token, betterPassword)
			wg.Wait()
			if err != nil {
				t.Fatal(describe(err))
			}
			for _, ticket := range tickets {
				if _, err := h.Authenticate(t.Context(), ticket.Token); !fault.Is(err, fault.Unauthenticated) {
					t.Errorf("a session goes on: %v", err)
				}
			}
			if _, err := h.logIn(t, "ann@example.com", goodPassword); err == nil {
				t.Error("the old password is back")
			}
		})
	})
	t.Run("refuses links that are old, replaced or made up, before any work", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			request := func() string {
				if err := h.RequestPasswordReset(t.Context(), "ann@example.com"); err != nil {
					t.Fatal(describe(err))
				}
				return h.resetToken(t, "ann@example.com")
			}
			replaced := request()
			old := request()
			h.clock.advance(identity.ResetLife + time.Second)
			before := h.Hashes()
			for _, token := range []string{"", replaced, old, ann.Token, "ptr_" + strings.Repeat("A", 43), "ptr_x"} {
				refused(t, h.ResetPassword(t.Context(), token, betterPassword), fault.Invalid, "token")
			}
			if h.Hashes() != before {
				t.Error("work was done for a link that is no good")
			}
			h.as(t, ann)
		})
	})
	t.Run("keeps the link for a password that is refused", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			if err := h.RequestPasswordReset(t.Context(), "ann@example.com"); err != nil {
				t.Fatal(err)
			}
			token := h.resetToken(t, "ann@example.com")
			refused(t, h.ResetPassword(t.Context(), token, "password123"), fault.Invalid, "newPassword")
			refused(t, h.ResetPassword(t.Context(), token, "ann@example.com"), fault.Invalid, "newPassword")
			if err := h.ResetPassword(t.Context(), token, betterPassword); err != nil {
				t.Error(describe(err))
			}
		})
	})
	t.Run("lets a person in who was paused", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			for range 10 {
				_, err := h.logIn(t, "ann@example.com", "not the password")
				refused(t, err, fault.Invalid, "password")
			}
			if err := h.RequestPasswordReset(t.Context(), "ann@example.com"); err != nil {
				t.Fatal(err)
			}
			if err := h.ResetPassword(t.Context(), h.resetToken(t, "ann@example.com"), betterPassword); err != nil {
				t.Fatal(describe(err))
			}
			if _, err := h.logIn(t, "ann@example.com", betterPassword); err != nil {
				t.Error(describe(err))
			}
		})
	})
}

func TestRequestPasswordReset(t *testing.T) {
	t.Run("answers alike for an unknown address, and writes to known ones only", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.signUp(t, "ann@example.com")
			for n := range 6 {
				known := h.RequestPasswordReset(t.Context(), "ann@example.com")
				unknown := h.RequestPasswordReset(t.Context(), "nobody@example.com")
				if n < 5 && (known != nil || unknown != nil) {
					t.Fatalf("request %d: %v, %v", n, describe(known), describe(unknown))
				}
				if n == 5 {
					a, b := *refused(t, known, fault.Exhausted, ""), *refused(t, unknown, fault.Exhausted, "")
					if a.Message != b.Message {
						t.Errorf("answers differ: %q, %q", a.Message, b.Message)
					}
				}
			}
			refused(t, h.RequestPasswordReset(t.Context(), "nobody"), fault.Invalid, "email")
			mails, err := h.mailing.Outbox(t.Context(), 100)
			if err != nil || len(mails) != 5 || h.count(t, "one_time_tokens") != 1 {
				t.Errorf("%d mails, %d links, %v", len(mails), h.count(t, "one_time_tokens"), err)
			}
			for _, m := range mails {
				if m.Recipient != "ann@example.com" {
					t.Errorf("wrote to %s", m.Recipient)
				}
			}
		})
	})
	t.Run("writes in the person's language", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, storetest.Open(t, "sqlite3"), identity.Config{})
		f := founder("zoe@example.com")
		f.FirstName, f.Locale = "Zoé", "fr"
		if _, err := h.SignUp(t.Context(), f, identity.Device{}); err != nil {
			t.Fatal(err)
		}
		if err := h.RequestPasswordReset(t.Context(), "zoe@example.com"); err != nil {
			t.Fatal(err)
		}
		mails, err := h.mailing.Outbox(t.Context(), 1)
		if err != nil || len(mails) != 1 || !strings.Contains(mails[0].Text, "Bonjour Zoé,") ||
			!strings.Contains(mails[0].Text, "https://mail.example.com/reset-password#token=ptr_") {
			t.Errorf("wrote %+v, %v", mails, err)
		}
	})
}
