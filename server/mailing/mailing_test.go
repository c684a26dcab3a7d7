package mailing_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/mailing/mailtest"
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
			server := mailtest.Start(t, certificate, test.direct)
			d := newDesk(t, storetest.Open(t, "sqlite3"), mailing.Config{Server: test.scheme + server.Addr, RootCAs: pool})
			d.write(t, "ann@example.com")
			d.deliver(t, 1)
			if !server.Received()[0].TLS {
				t.Error("sent in the open")
			}
		})
	}
	t.Run("a certificate that nobody vouches for is refused", func(t *testing.T) {
		t.Parallel()
		certificate, _ := newCertificate(t)
		server := mailtest.Start(t, certificate, true)
		d := newDesk(t, storetest.Open(t, "sqlite3"), mailing.Config{Server: "smtps://" + server.Addr})
		d.write(t, "ann@example.com")
		d.deliver(t, 0)
		if row := d.only(t); !strings.Contains(row.LastError, "certificate") || len(server.Received()) != 0 {
			t.Errorf("left %+v", row)
		}
	})
}

func TestRun(t *testing.T) {
	t.Run("sends what it is woken for and ends with its context", func(t *testing.T) {
		each(t, func(t *testing.T, s *store.Store) {
			server := mailtest.Start(t, nil, false)
			arrived := make(chan struct{}, 1)
			server.Answer = func(stage string, _ int, _ string) error {
				if stage == "data" {
					arrived <- struct{}{}
				}
				return nil
			}
			d := newDesk(t, s, mailing.Config{Server: "smtp://" + server.Addr})
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
			server := mailtest.Start(t, nil, false)
			d.open(t, mailing.Config{Server: "smtp://" + server.Addr})
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
		for locale, words := range map[string][3]string{
			"en": {"Hello", "password", "7 days"}, "fr": {"Bonjour", "mot de passe", "7 jours"}, "": {"Hello", "password", "7 days"},
		} {
			to := mailing.Recipient{Email: "ann@example.com", Name: "<b>A\r\nBcc: x & y", Locale: locale}
			invitation := mailing.Invitation(to, mailing.Inviter{AccountName: "R&D <x>\r\nTo: y", Name: "Bob"}, link, 7*24*time.Hour)
			for i, m := range []mailing.Message{mailing.PasswordReset(to, link, time.Hour), mailing.PasswordChanged(to, link), invitation} {
				word := words[1]
				if i == 2 {
					word = words[2]
				}
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
					if strings.Contains(body, "{{") || strings.Contains(body, "<no value>") || !strings.Contains(body, link) || !strings.Contains(body, word) {
						t.Errorf("%s: %s", locale, body)
					}
				}
				if i == 2 && (!strings.Contains(k.HTML, "R&amp;D &lt;x&gt; To: y") || !strings.Contains(k.Subject, "Bob") || strings.Contains(k.Text, "login and comes to you")) {
					t.Errorf("%s: %s\n%s", locale, k.Subject, k.HTML)
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
