package mailing

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/mail"
	"github.com/partage-mail/partage/server/store"
)

const (
	// poll is how often Run looks without being woken: mails of other nodes and second tries.
	poll = 5 * time.Second
	// batch is how many mails are claimed at once. They are sent one after the other.
	batch = 10
	// tries is how often a mail is tried: the waits between add up to about four hours.
	tries = 12
	// firstWait is the wait after the first refusal; it doubles with each, up to lastWait.
	firstWait = 15 * time.Second
	lastWait  = time.Hour
)

// lease is for how long a claim keeps other nodes away: longer than a batch can take.
func (m *Mailing) lease() time.Duration { return m.relay.timeout*(batch+2) + time.Minute }

// Run sends mails until ctx ends, and then returns nil. A database that does not answer is logged and
// asked again.
func (m *Mailing) Run(ctx context.Context) error {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	clean := time.NewTicker(time.Hour)
	defer clean.Stop()
	m.step(ctx, m.Clean)
	for {
		if m.relay != nil {
			m.step(ctx, m.Deliver)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-m.woken:
		case <-clean.C:
			m.step(ctx, m.Clean)
		}
	}
}

func (m *Mailing) step(ctx context.Context, f func(context.Context) (int, error)) {
	if _, err := f(ctx); err != nil && ctx.Err() == nil {
		m.log.ErrorContext(ctx, "mailing is held up", "error", err)
	}
}

// Deliver tries every mail that is due once, and returns how many the server accepted. Run calls it.
func (m *Mailing) Deliver(ctx context.Context) (sent int, err error) {
	for ctx.Err() == nil {
		claims, err := m.claim(ctx)
		if err != nil || len(claims) == 0 {
			return sent, err
		}
		n, err := m.sendAll(ctx, claims)
		sent += n
		if err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// claimed is a mail that this node may send until the lease ends.
type claimed struct {
	id    uuid.UUID
	tries int
	envelope
}

// claim takes mails that are due: it counts the try and moves the next one to the end of the lease.
func (m *Mailing) claim(ctx context.Context) ([]claimed, error) {
	due, err := m.due(ctx)
	if err != nil || !due {
		return nil, err
	}
	skip := ""
	if m.store.Dialect() == dialect.Postgres {
		skip = " FOR UPDATE SKIP LOCKED"
	}
	query := store.Rebind(m.store.Dialect(), `UPDATE mails SET tries = tries + 1, next_try_at = ? WHERE id IN (
		SELECT id FROM mails WHERE state = 'waiting' AND next_try_at <= ? ORDER BY next_try_at, id LIMIT ?`+skip+`)
		RETURNING id, tries, recipient, subject, text_body, html_body`)
	var claims []claimed
	err = m.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		claims = nil
		now := m.instant()
		rows, err := tx.QueryContext(ctx, query, int64(now.Add(m.lease())), int64(now), batch)
		if err != nil {
			return fmt.Errorf("claiming mails: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var c claimed
			if err := rows.Scan(&c.id, &c.tries, &c.recipient, &c.subject, &c.text, &c.html); err != nil {
				return fmt.Errorf("claiming mails: %w", err)
			}
			c.envelope.id = c.id.String()
			claims = append(claims, c)
		}
		return rows.Err()
	})
	return claims, err
}

// due reports whether there is anything to claim; it only reads.
func (m *Mailing) due(ctx context.Context) (due bool, err error) {
	rows, err := m.store.Client().QueryContext(ctx, store.Rebind(m.store.Dialect(),
		`SELECT 1 FROM mails WHERE state = 'waiting' AND next_try_at <= ? LIMIT 1`), int64(m.instant()))
	if err != nil {
		return false, fmt.Errorf("looking for mails: %w", err)
	}
	defer rows.Close()
	due = rows.Next()
	return due, rows.Err()
}

// sendAll sends a batch over one connection and settles each mail. It returns how many were accepted;
// the error is the database's.
func (m *Mailing) sendAll(ctx context.Context, claims []claimed) (sent int, err error) {
	conn, cause := m.relay.connect(ctx)
	if cause == nil {
		defer func() { conn.close() }()
	}
	for i, c := range claims {
		if cause == nil {
			err := m.relay.send(conn, c.envelope)
			if serr := m.settle(ctx, c, err); serr != nil {
				return sent, serr
			}
			switch {
			case err == nil:
				sent++
			case broken(err):
				cause = err // and the rest of the batch waits
			}
			continue
		}
		if err := m.settle(ctx, c, cause); err != nil {
			return sent, fmt.Errorf("%d mails stay claimed: %w", len(claims)-i, err)
		}
	}
	return sent, nil
}

// settle writes down what became of a try. A claim that has run out meanwhile is another node's to settle.
func (m *Mailing) settle(ctx context.Context, c claimed, cause error) error {
	// What the server has accepted is written down even where the node is told to stop.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err := m.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		u := tx.Mail.Update().Where(mail.ID(c.id), mail.Tries(c.tries), mail.StateEQ(mail.StateWaiting))
		switch {
		case cause == nil:
			u.SetState(mail.StateSent).SetLastError("").SetTextBody("").SetHTMLBody("").SetNextTryAt(m.instant())
		case lasting(cause), c.tries >= tries:
			u.SetState(mail.StateFailed).SetLastError(clip(cause)).SetTextBody("").SetHTMLBody("")
		default:
			u.SetLastError(clip(cause)).SetNextTryAt(m.instant().Add(wait(c.tries)))
		}
		return u.Exec(ctx)
	})
	if err != nil {
		return fmt.Errorf("settling mail %s: %w", c.id, err)
	}
	if cause != nil {
		m.log.WarnContext(ctx, "a mail was not accepted", "mail", c.id, "try", c.tries,
			"final", lasting(cause) || c.tries >= tries, slog.String("error", clip(cause)))
	}
	return nil
}

// wait returns how long to wait after the nth try: it doubles, and a tenth of it is random so that
// mails that failed together come apart.
func wait(n int) time.Duration {
	d := min(firstWait<<(n-1), lastWait)
	return d + rand.N(d/10)
}

// clip bounds what is kept of an error.
func clip(err error) string {
	const most = 300
	s := []rune(err.Error())
	if len(s) > most {
		s = append(s[:most], '…')
	}
	return string(s)
}
