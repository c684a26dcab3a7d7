package mailing_test

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/mail"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/mailing/mailtest"
	"github.com/partage-mail/partage/server/store"
)

func TestDeliver(t *testing.T) {
	t.Run("sends text and HTML in a real conversation", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := mailtest.Start(t, nil, false)
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.Addr})
			d.write(t, "Zoé.Ann@Müller.example")
			d.deliver(t, 1)
			d.deliver(t, 0)
			got := server.Received()
			if len(got) != 1 {
				t.Fatalf("received %d mails", len(got))
			}
			m := got[0]
			if m.From != "partage@example.com" || m.To != "Zoé.Ann@xn--mller-kva.example" {
				t.Errorf("from %q to %q", m.From, m.To)
			}
			subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
			if err != nil || subject != "Set a new password for Partage" || m.Header.Get("Auto-Submitted") != "auto-generated" ||
				!strings.HasSuffix(m.Header.Get("Message-Id"), "@example.com>") || m.Header.Get("Date") == "" {
				t.Errorf("headers %v, %v", m.Header, err)
			}
			for kind, words := range map[string]string{"text/plain": "Hello Ann,", "text/html": "Hello Ann,</p>"} {
				part := m.Part(t, kind)
				if !strings.Contains(part, words) || !strings.Contains(part, link) {
					t.Errorf("%s is %s", kind, part)
				}
			}
			if row := d.only(t); row.State != mail.StateSent || row.TextBody != "" || row.HTMLBody != "" || row.Tries != 1 {
				t.Errorf("left %+v", row)
			}
		})
	})
	t.Run("tries again after a refusal for now, with the same Message-ID", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := mailtest.Start(t, nil, false)
			var ids []string
			server.Answer = func(stage string, n int, _ string) error {
				switch {
				case stage == "rcpt" && n == 1:
					return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}
				case stage == "data" && n == 2:
					return &smtp.SMTPError{Code: 452, Message: "disk full"}
				case stage == "data" && n == 3:
					return mailtest.ErrDrop
				}
				return nil
			}
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.Addr, Timeout: 5 * time.Second})
			d.write(t, "ann@example.com")
			for n, words := range []string{"greylisted", "disk full", ""} {
				d.deliver(t, 0)
				if row := d.only(t); row.State != mail.StateWaiting || row.Tries != n+1 || !strings.Contains(row.LastError, words) {
					t.Fatalf("after try %d: %+v", n+1, row)
				}
				d.deliver(t, 0) // not yet
				d.advance(17 * time.Second << n)
			}
			d.deliver(t, 1)
			for _, m := range append(server.Dropped(), server.Received()...) {
				ids = append(ids, m.Header.Get("Message-Id"))
			}
			if len(ids) != 2 || ids[0] != ids[1] {
				t.Errorf("one mail went out as %v", ids)
			}
		})
	})
	t.Run("gives up what is refused for good, and goes on with the rest", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := mailtest.Start(t, nil, false)
			server.Answer = func(stage string, _ int, to string) error {
				if stage == "rcpt" && to == "gone@example.com" {
					return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
				}
				return nil
			}
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.Addr})
			d.write(t, "gone@example.com", "ann@example.com")
			d.deliver(t, 1)
			d.advance(24 * time.Hour)
			d.deliver(t, 0)
			row, err := s.Client().Mail.Query().Where(mail.Recipient("gone@example.com")).Only(viewer.System(t.Context(), "test"))
			if err != nil || row.State != mail.StateFailed || !strings.Contains(row.LastError, "no such user") || row.TextBody != "" {
				t.Errorf("left %+v, %v", row, err)
			}
		})
	})
	t.Run("keeps waiting where the sender or the login is refused", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := mailtest.Start(t, nil, false)
			server.Answer = func(stage string, _ int, _ string) error {
				if stage == "mail" {
					return &smtp.SMTPError{Code: 553, Message: "sender not allowed"}
				}
				return nil
			}
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.Addr})
			d.write(t, "ann@example.com")
			d.deliver(t, 0)
			if row := d.only(t); row.State != mail.StateWaiting || !strings.Contains(row.LastError, "sender not allowed") {
				t.Errorf("left %+v", row)
			}
			server.Answer = nil
			d.open(t, mailing.Config{Server: "smtp://partage:wrong@" + server.Addr})
			d.advance(time.Minute)
			d.deliver(t, 0)
			if row := d.only(t); row.State != mail.StateWaiting || strings.Contains(row.LastError, "wrong@") {
				t.Errorf("left %+v", row)
			}
			d.open(t, mailing.Config{Server: "smtp://partage:p%40ss%3Aword@" + server.Addr})
			d.advance(2 * time.Minute)
			d.deliver(t, 1)
			if user := server.Received()[0].User; user != "partage" {
				t.Errorf("signed in as %q", user)
			}
		})
	})
	t.Run("gives up after twelve tries", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			d := newDesk(t, s, mailing.Config{Server: "smtp://127.0.0.1:1"})
			d.write(t, "ann@example.com")
			waited := time.Duration(0)
			for range 11 {
				d.deliver(t, 0)
				row := d.only(t)
				wait := row.NextTryAt.Time().Sub(d.now()) + time.Second
				d.advance(wait)
				waited += wait
				if row.State != mail.StateWaiting {
					t.Fatalf("gave up after %v: %+v", waited, row)
				}
			}
			d.deliver(t, 0)
			if row := d.only(t); row.State != mail.StateFailed || waited < 3*time.Hour || waited > 6*time.Hour {
				t.Errorf("after %v: %+v", waited, row)
			}
		})
	})
	t.Run("waits for no server that hangs", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + silent(t), Timeout: 50 * time.Millisecond})
			d.write(t, "ann@example.com", "bob@example.com")
			d.deliver(t, 0)
			n, err := s.Client().Mail.Query().Where(mail.Tries(1), mail.StateEQ(mail.StateWaiting), mail.LastErrorNEQ("")).
				Count(viewer.System(t.Context(), "test"))
			if err != nil || n != 2 {
				t.Errorf("%d mails wait, %v", n, err)
			}
		})
	})
	t.Run("sends each mail once from many nodes", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := mailtest.Start(t, nil, false)
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.Addr})
			var to []string
			for n := range 60 {
				to = append(to, fmt.Sprintf("n%d@example.com", n))
			}
			d.write(t, to...)
			var wg sync.WaitGroup
			var sent atomic.Int64
			for range 4 {
				wg.Go(func() {
					n, err := d.Deliver(t.Context())
					if err != nil {
						t.Error(err)
					}
					sent.Add(int64(n))
				})
			}
			wg.Wait()
			seen := map[string]int{}
			for _, m := range server.Received() {
				seen[m.To]++
			}
			if sent.Load() != 60 || len(seen) != 60 || len(server.Received()) != 60 {
				t.Errorf("sent %d, received %d for %d people", sent.Load(), len(server.Received()), len(seen))
			}
		})
	})
	t.Run("takes over from a node that died with a mail in its hands", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := mailtest.Start(t, nil, false)
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.Addr})
			d.write(t, "ann@example.com")
			// What a claim leaves in the database when nothing comes after it.
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				_, err := tx.ExecContext(ctx, store.Rebind(s.Dialect(), `UPDATE mails SET tries = 1, next_try_at = next_try_at + ?`),
					int64(5*time.Minute/time.Microsecond))
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			d.deliver(t, 0)
			d.advance(5*time.Minute + time.Second)
			d.deliver(t, 1)
		})
	})
	t.Run("settles what was accepted even while it is told to stop", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := mailtest.Start(t, nil, false)
			ctx, cancel := context.WithCancel(t.Context())
			server.Answer = func(stage string, n int, _ string) error {
				if stage == "mail" && n == 2 {
					cancel()
				}
				return nil
			}
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.Addr, Timeout: 5 * time.Second})
			d.write(t, "a@example.com", "b@example.com", "c@example.com")
			_, err := d.Deliver(ctx)
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			d.advance(time.Hour)
			if _, err := d.Deliver(t.Context()); err != nil {
				t.Fatal(err)
			}
			seen := map[string]int{}
			for _, m := range server.Received() {
				seen[m.To]++
			}
			if len(seen) != 3 || seen["a@example.com"] != 1 {
				t.Errorf("received %v", seen)
			}
		})
	})
}
