package mailing_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
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
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

const link = "https://mail.example.com/reset-password#token=ptr_abc"

// desk is a mailing over a fresh database with a clock that tests move.
type desk struct {
	*mailing.Mailing
	store  *store.Store
	offset *atomic.Int64
}

func (d *desk) now() time.Time           { return time.Now().Add(time.Duration(d.offset.Load())) }
func (d *desk) advance(by time.Duration) { d.offset.Add(int64(by)) }

func newDesk(t *testing.T, s *store.Store, c mailing.Config) *desk {
	t.Helper()
	d := &desk{store: s, offset: &atomic.Int64{}}
	d.open(t, c)
	return d
}

func (d *desk) open(t *testing.T, c mailing.Config) {
	t.Helper()
	c.Now = d.now
	if c.From == "" {
		c.From = "Partage <partage@example.com>"
	}
	var err error
	if d.Mailing, err = mailing.New(d.store, c); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) write(t *testing.T, to ...string) {
	t.Helper()
	err := d.store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		for _, email := range to {
			m := mailing.PasswordReset(mailing.Recipient{Email: email, Name: "Ann"}, link, time.Hour)
			if err := d.Write(ctx, tx, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (d *desk) deliver(t *testing.T, want int) {
	t.Helper()
	if n, err := d.Deliver(t.Context()); err != nil || n != want {
		t.Fatalf("delivered %d, %v, want %d", n, err, want)
	}
}

// only returns the one mail of the database.
func (d *desk) only(t *testing.T) *ent.Mail {
	t.Helper()
	m, err := d.store.Client().Mail.Query().Only(viewer.System(t.Context(), "test"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func each(t *testing.T, f func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
		f(t, s)
	})
}

func TestDeliver(t *testing.T) {
	t.Run("sends text and HTML in a real conversation", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := newSink(t, nil, false)
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.addr})
			d.write(t, "Zoé.Ann@Müller.example")
			d.deliver(t, 1)
			d.deliver(t, 0)
			got := server.received()
			if len(got) != 1 {
				t.Fatalf("received %d mails", len(got))
			}
			m := got[0]
			if m.from != "partage@example.com" || m.to != "Zoé.Ann@xn--mller-kva.example" {
				t.Errorf("from %q to %q", m.from, m.to)
			}
			subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
			if err != nil || subject != "Set a new password for Partage" || m.Header.Get("Auto-Submitted") != "auto-generated" ||
				!strings.HasSuffix(m.Header.Get("Message-Id"), "@example.com>") || m.Header.Get("Date") == "" {
				t.Errorf("headers %v, %v", m.Header, err)
			}
			for kind, words := range map[string]string{"text/plain": "Hello Ann,", "text/html": "Hello Ann,</p>"} {
				part := partOf(t, m, kind)
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
			server := newSink(t, nil, false)
			var ids []string
			server.answer = func(stage string, n int, _ string) error {
				switch {
				case stage == "rcpt" && n == 1:
					return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}
				case stage == "data" && n == 2:
					return &smtp.SMTPError{Code: 452, Message: "disk full"}
				case stage == "data" && n == 3:
					return errDrop
				}
				return nil
			}
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.addr, Timeout: 5 * time.Second})
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
			for _, m := range append(server.dropped, server.received()...) {
				ids = append(ids, m.Header.Get("Message-Id"))
			}
			if len(ids) != 2 || ids[0] != ids[1] {
				t.Errorf("one mail went out as %v", ids)
			}
		})
	})
	t.Run("gives up what is refused for good, and goes on with the rest", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := newSink(t, nil, false)
			server.answer = func(stage string, _ int, to string) error {
				if stage == "rcpt" && to == "gone@example.com" {
					return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
				}
				return nil
			}
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.addr})
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
			server := newSink(t, nil, false)
			server.answer = func(stage string, _ int, _ string) error {
				if stage == "mail" {
					return &smtp.SMTPError{Code: 553, Message: "sender not allowed"}
				}
				return nil
			}
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.addr})
			d.write(t, "ann@example.com")
			d.deliver(t, 0)
			if row := d.only(t); row.State != mail.StateWaiting || !strings.Contains(row.LastError, "sender not allowed") {
				t.Errorf("left %+v", row)
			}
			server.answer = nil
			d.open(t, mailing.Config{Server: "smtp://partage:wrong@" + server.addr})
			d.advance(time.Minute)
			d.deliver(t, 0)
			if row := d.only(t); row.State != mail.StateWaiting || strings.Contains(row.LastError, "wrong@") {
				t.Errorf("left %+v", row)
			}
			d.open(t, mailing.Config{Server: "smtp://partage:p%40ss%3Aword@" + server.addr})
			d.advance(2 * time.Minute)
			d.deliver(t, 1)
			if user := server.received()[0].user; user != "partage" {
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
			server := newSink(t, nil, false)
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.addr})
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
			for _, m := range server.received() {
				seen[m.to]++
			}
			if sent.Load() != 60 || len(seen) != 60 || len(server.received()) != 60 {
				t.Errorf("sent %d, received %d for %d people", sent.Load(), len(server.received()), len(seen))
			}
		})
	})
	t.Run("takes over from a node that died with a mail in its hands", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := newSink(t, nil, false)
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.addr})
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
			server := newSink(t, nil, false)
			ctx, cancel := context.WithCancel(t.Context())
			server.answer = func(stage string, n int, _ string) error {
				if stage == "mail" && n == 2 {
					cancel()
				}
				return nil
			}
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.addr, Timeout: 5 * time.Second})
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
			for _, m := range server.received() {
				seen[m.to]++
			}
			if len(seen) != 3 || seen["a@example.com"] != 1 {
				t.Errorf("received %v", seen)
			}
		})
	})
}

func TestEncryption(t *testing.T) {
	for name, test := range map[string]struct {
		scheme          string
		offered, direct bool
	}{
		"smtp encrypts where the server offers it": {"smtp://", true, false},
		"smtps encrypts from the first byte":       {"smtps://partage:p%40ss%3Aword@", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			certificate, pool := newCertificate(t)
			server := newSink(t, certificate, test.direct)
			d := newDesk(t, storetest.Open(t, "sqlite3"), mailing.Config{Server: test.scheme + server.addr, RootCAs: pool})
			d.write(t, "ann@example.com")
			d.deliver(t, 1)
			if !server.received()[0].tls {
				t.Error("sent in the open")
			}
		})
	}
	t.Run("a certificate that nobody vouches for is refused", func(t *testing.T) {
		t.Parallel()
		certificate, _ := newCertificate(t)
		server := newSink(t, certificate, true)
		d := newDesk(t, storetest.Open(t, "sqlite3"), mailing.Config{Server: "smtps://" + server.addr})
		d.write(t, "ann@example.com")
		d.deliver(t, 0)
		if row := d.only(t); !strings.Contains(row.LastError, "certificate") || len(server.received()) != 0 {
			t.Errorf("left %+v", row)
		}
	})
}

func TestRun(t *testing.T) {
	t.Run("sends what it is woken for and ends with its context", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := newSink(t, nil, false)
			arrived := make(chan struct{}, 1)
			server.answer = func(stage string, _ int, _ string) error {
				if stage == "data" {
					arrived <- struct{}{}
				}
				return nil
			}
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.addr})
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- d.Run(ctx) }()
			for range 3 {
				d.write(t, "ann@example.com")
				d.Wake()
				<-arrived
			}
			cancel()
			if err := <-done; err != nil {
				t.Errorf("Run: %v", err)
			}
		})
	})
}

func TestOutbox(t *testing.T) {
	t.Run("holds the mails of a server without SMTP, newest first, for a week", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			d := newDesk(t, s, mailing.Config{})
			if d.Sends() {
				t.Error("it claims to send")
			}
			d.write(t, "first@example.com")
			d.write(t, "second@example.com")
			kept, err := d.Outbox(t.Context(), 10)
			if err != nil || len(kept) != 2 || kept[0].Recipient != "second@example.com" || !strings.Contains(kept[0].Text, link) {
				t.Fatalf("%+v, %v", kept, err)
			}
			if one, ok, err := d.KeptMail(t.Context(), kept[1].ID); err != nil || !ok || one != kept[1] {
				t.Errorf("%+v, %v, %v", one, ok, err)
			}
			d.advance(6 * 24 * time.Hour)
			if n, err := d.Clean(t.Context()); err != nil || n != 0 {
				t.Errorf("deleted %d, %v", n, err)
			}
			d.advance(2 * 24 * time.Hour)
			if n, err := d.Clean(t.Context()); err != nil || n != 2 {
				t.Errorf("deleted %d, %v", n, err)
			}
			if _, ok, err := d.KeptMail(t.Context(), kept[1].ID); err != nil || ok {
				t.Errorf("still there: %v, %v", ok, err)
			}
		})
	})
	t.Run("is not sent later, once there is a mail server", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			d := newDesk(t, s, mailing.Config{})
			d.write(t, "ann@example.com")
			server := newSink(t, nil, false)
			d.open(t, mailing.Config{Server: "smtp://" + server.addr})
			d.deliver(t, 0)
		})
	})
}

func TestWrite(t *testing.T) {
	t.Run("leaves nothing where the transaction fails", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			d := newDesk(t, s, mailing.Config{})
			failure := errors.New("no")
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				m := mailing.PasswordChanged(mailing.Recipient{Email: "ann@example.com"}, link)
				return errors.Join(d.Write(ctx, tx, m), failure)
			})
			if !errors.Is(err, failure) {
				t.Fatal(err)
			}
			if kept, err := d.Outbox(t.Context(), 10); err != nil || len(kept) != 0 {
				t.Errorf("%+v, %v", kept, err)
			}
		})
	})
	t.Run("says the same in text and HTML, in both languages, and escapes what people wrote", func(t *testing.T) {
		t.Parallel()
		d := newDesk(t, storetest.Open(t, "sqlite3"), mailing.Config{})
		for locale, words := range map[string][2]string{"en": {"Hello", "password"}, "fr": {"Bonjour", "mot de passe"}, "": {"Hello", "password"}} {
			to := mailing.Recipient{Email: "ann@example.com", Name: "<b>A\r\nBcc: x & y", Locale: locale}
			for _, m := range []mailing.Message{mailing.PasswordReset(to, link, time.Hour), mailing.PasswordChanged(to, link)} {
				err := d.store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error { return d.Write(ctx, tx, m) })
				if err != nil {
					t.Fatal(err)
				}
				kept, err := d.Outbox(t.Context(), 1)
				if err != nil {
					t.Fatal(err)
				}
				k := kept[0]
				if !strings.Contains(k.Text, words[0]+" <b>A Bcc: x & y,") || !strings.Contains(k.HTML, words[0]+" &lt;b&gt;A Bcc: x &amp; y,") {
					t.Errorf("%s: %s\n%s", locale, k.Text, k.HTML)
				}
				for _, body := range []string{k.Text, k.HTML} {
					if strings.Contains(body, "{{") || strings.Contains(body, "<no value>") || !strings.Contains(body, link) || !strings.Contains(body, words[1]) {
						t.Errorf("%s: %s", locale, body)
					}
				}
				if k.Subject == "" || strings.ContainsAny(k.Subject, "\r\n{") {
					t.Errorf("subject %q", k.Subject)
				}
			}
		}
	})
}

func TestConfig(t *testing.T) {
	t.Parallel()
	for _, c := range []mailing.Config{
		{Server: "mail.example.com", From: "a@example.com"},
		{Server: "http://user:s3cret@mail.example.com", From: "a@example.com"},
		{Server: "smtp://user:s3cret@", From: "a@example.com"},
		{Server: "smtp://user:s3cret@mail.example.com:99999", From: "a@example.com"},
		{Server: "smtp://user:s3cret@mail.example.com:x", From: "a@example.com"},
		{Server: "smtp://user:s3cret%zz@mail.example.com", From: "a@example.com"},
		{Server: "smtp://user:s3cret@mail.example.com/inbox", From: "a@example.com"},
		{Server: "smtp://user:s3cret@mail.example.com"},
		{Server: "smtp://user:s3cret@mail.example.com", From: "a@localhost"},
	} {
		_, err := mailing.New(nil, c)
		if err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// partOf returns the decoded part of a mail that has the content type.
func partOf(t *testing.T, m received, kind string) string {
	t.Helper()
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(strings.NewReader(m.body), params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			t.Fatalf("no part %s: %v", kind, err)
		}
		if !strings.HasPrefix(p.Header.Get("Content-Type"), kind) {
			continue
		}
		text, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(string(text), "\r\n", "\n")
	}
}
