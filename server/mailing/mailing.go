// Package mailing writes the messages that Partage itself sends to one person, and sends them.
//
// A message is written in the transaction that causes it ([Mailing.Write]): it goes out if and only if
// that transaction commits. [Mailing.Run] sends what is due over SMTP. Several nodes may run it: a mail
// is claimed in the database before it is sent, so that two nodes do not send it twice. After a crash
// between the server's acceptance and our note of it, a mail is sent once more with the same Message-ID.
// A mail that is refused for now is tried again for about four hours; one that is refused for good is
// kept as failed with the server's words.
//
// The body of a mail may hold a link that opens a login. It is deleted once the mail is sent or given
// up; without a mail server it is kept for the local outbox for a week, and links live much shorter.
//
// Campaigns are not sent by this package.
package mailing

import (
	"context"
	"crypto/x509"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/mail"
	"github.com/partage-mail/partage/server/store"
)

// Config says how mail leaves the server. The zero value keeps every mail for the local outbox.
type Config struct {
	// Server is smtp://[user:password@]host[:port] or smtps://…; empty where there is none. With
	// smtp:// the connection is encrypted if the server offers it, and must be if a password is sent to
	// another machine.
	Server string
	// From is the sender, such as "Partage <partage@example.com>"; needed where Server is set.
	From string
	// RootCAs are the authorities that the mail server's certificate is checked against; nil means the
	// machine's own.
	RootCAs *x509.CertPool
	// Timeout bounds each connection and each message; 0 means 20 seconds.
	Timeout time.Duration
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Log receives what no caller waits for: refused and delayed mails; nil discards it.
	Log *slog.Logger
}

// Mailing writes and sends mails. It is safe for concurrent use.
type Mailing struct {
	store *store.Store
	relay *relay // nil where there is no mail server
	paper paper
	now   func() time.Time
	log   *slog.Logger
	woken chan struct{}
}

// New returns a mailing over the store. An error names what is wrong in the Config, without its password.
func New(s *store.Store, c Config) (*Mailing, error) {
	m := &Mailing{store: s, now: c.Now, log: c.Log, woken: make(chan struct{}, 1)}
	if m.now == nil {
		m.now = time.Now
	}
	if m.log == nil {
		m.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if m.paper, err = newPaper(); err != nil || c.Server == "" {
		return m, err
	}
	m.relay, err = newRelay(c)
	return m, err
}

// Sends reports whether a mail server is configured. If not, mails are kept for the local outbox.
func (m *Mailing) Sends() bool { return m.relay != nil }

// Write stores messages in the caller's transaction. They are sent after the commit: at once if the caller
// then calls Wake, within seconds otherwise.
func (m *Mailing) Write(ctx context.Context, tx *ent.Tx, messages ...Message) error {
	const most = 500 // in one statement
	for some := range slices.Chunk(messages, most) {
		rows := make([]*ent.MailCreate, len(some))
		for i, msg := range some {
			l, err := m.paper.render(msg)
			if err != nil {
				return err
			}
			rows[i] = tx.Mail.Create().
				SetRecipient(msg.to.Email).SetSubject(l.subject).SetTextBody(l.text).SetHTMLBody(l.html).
				SetNextTryAt(m.instant())
			if msg.account != uuid.Nil {
				rows[i].SetAccountID(msg.account)
			}
			if m.relay == nil {
				rows[i].SetState(mail.StateKept)
			}
		}
		if err := tx.Mail.CreateBulk(rows...).Exec(ctx); err != nil {
			return fmt.Errorf("writing mails: %w", err)
		}
	}
	return nil
}

// Wake has Run look for mails now. Call it after the commit of a transaction that wrote one.
func (m *Mailing) Wake() {
	select {
	case m.woken <- struct{}{}:
	default:
	}
}

func (m *Mailing) instant() instant.Instant { return instant.Of(m.now()) }
