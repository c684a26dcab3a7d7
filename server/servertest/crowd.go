package servertest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/store"
)

// Crowd is a large account for measurements: campaigns that few people see.
type Crowd struct {
	Account uuid.UUID
	People  []uuid.UUID
	Users   []uuid.UUID
}

// CrowdSize says how large.
type CrowdSize struct {
	// People work in the account; the first is its owner.
	People int
	// Campaigns are there, of which the first Open are for everyone and the others restricted.
	Campaigns, Open int
	// Edges each person but the owner has on restricted campaigns.
	Edges int
}

// NewCrowd fills a store with an account of the size. It writes rows directly, without change numbers of
// their own: it is for measuring reads.
func NewCrowd(tb testing.TB, s *store.Store, n CrowdSize) Crowd {
	tb.Helper()
	c := Crowd{Account: numbered(1, 0)}
	ctx := viewer.System(context.Background(), "a measurement makes its rows")
	id := func(kind int, n string) string {
		if s.Dialect() == dialect.Postgres {
			return fmt.Sprintf("format('%08x-0000-7000-8000-%%s', lpad(to_hex(%s), 12, '0'))::uuid", kind, n)
		}
		return fmt.Sprintf("printf('%08x-0000-7000-8000-%%012x', %s)", kind, n)
	}
	numbers := "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d) "
	if s.Dialect() == dialect.Postgres {
		numbers = "WITH n(i) AS (SELECT generate_series(0, %d - 1)) "
	}
	insert := func(rows int, into, columns, format string, args ...any) string {
		return "INSERT INTO " + into + " (" + columns + ") " + fmt.Sprintf(numbers, rows) + "SELECT " + fmt.Sprintf(format, args...)
	}
	account := id(1, "0")
	restricted := fmt.Sprintf("%d + ((i / %d) * 613 + (i %% %d) * 89) %% %d", n.Open, max(n.Edges, 1), max(n.Edges, 1), max(n.Campaigns-n.Open, 1))
	statements := []string{
		"INSERT INTO accounts (id, created_at, name, default_audience, locale, time_zone, version, settings_seq, seq, edges_seq, horizon, epoch) VALUES (" +
			account + ", 1, 'Crowd', 'everyone', 'en', 'UTC', 1, 1, 1000000, 1000000, 0, 7)",
		insert(n.People, "users", "id, created_at, email, email_key, password_hash, first_name, last_name, locale, totp_secret",
			"%s, 1, 'p' || i || '@example.com', 'p' || i || '@example.com', '-', 'P', 'Q', 'en', '' FROM n", id(2, "i")),
		insert(n.People, "collaborators", "id, created_at, account_id, user_id, email, first_name, last_name, search_key, role, status, can_send, can_export, version, seq, sight, last_visit_at, away_until, removed_at",
			"%s, 1, %s, %s, 'p' || i || '@example.com', 'P', 'Q', 'q p p' || i || '@example.com', CASE WHEN i = 0 THEN 'owner' ELSE 'member' END, 'active', false, false, 1, i + 1, 1, 0, 0, 0 FROM n", id(3, "i"), account, id(2, "i")),
		// Positions are spread, so that neither open campaigns nor anyone's own are next to each other.
		insert(n.Campaigns, "items", "id, created_at, account_id, kind, name, name_key, audience, creator_id, version, seq, rows_seq, rows_epoch, rows_head, rows_floor, rows_count, changed_at, archived_at, deleted_at",
			"%s, 1, %s, 'campaign', 'Campaign ' || i, 'campaign ' || i, CASE WHEN i < %d THEN 'everyone' ELSE 'restricted' END, %s, 1, (i * 7919) %% %d + 1, 0, 1, 0, 0, 0, 1, 0, 0 FROM n",
			id(4, "i"), account, n.Open, id(3, "0"), n.Campaigns),
		insert(n.Campaigns, "campaigns", "id, created_at, account_id, subject, preheader, sender_name, sender_email, reply_to, format, body, state, lead_key_made_at, rotation_head, rotation_at, rotation_paused",
			"%s, 1, %s, 'Subject ' || i, '', '', '', '', 'html', '<p>Hello</p>', 'draft', 0, 0, 0, false FROM n", id(4, "i"), account),
		insert((n.People-1)*n.Edges, "access", "id, created_at, account_id, collaborator_id, item_id, level, round_robin, rotation_rank, last_lead_at, item_seq",
			"%s, 1, %s, %s, %s, 'edit', false, 0, 0, ((%s) * 7919) %% %d + 1 FROM n", id(5, "i"), account,
			id(3, fmt.Sprintf("i / %d + 1", max(n.Edges, 1))),
			// Strides of a prime over the restricted campaigns: a person's are all different.
			id(4, restricted), restricted, n.Campaigns),
	}
	err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		for _, text := range statements {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return fmt.Errorf("%.60s…: %w", text, err)
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatalf("filling a crowd: %v", err)
	}
	if s.Dialect() == dialect.Postgres { // what its autovacuum does by itself, in time
		err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
			_, err := tx.ExecContext(ctx, "ANALYZE")
			return err
		})
		if err != nil {
			tb.Fatalf("analyzing a crowd: %v", err)
		}
	}
	for i := range n.People {
		c.People, c.Users = append(c.People, numbered(3, i)), append(c.Users, numbered(2, i))
	}
	return c
}

// numbered is the id that the statements give to the n-th row of a kind.
func numbered(kind, n int) uuid.UUID {
	return uuid.MustParse(fmt.Sprintf("%08x-0000-7000-8000-%012x", kind, n))
}

// Token begins a session of the i-th person and returns its token.
func (c Crowd) Token(tb testing.TB, s *store.Store, i int) string {
	tb.Helper()
	token := fmt.Sprintf("pts_%043d", i)
	hash := sha256.Sum256([]byte(token))
	ctx := viewer.System(context.Background(), "a measurement signs people in")
	err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		now := instant.Now()
		return tx.Session.Create().SetUserID(c.Users[i]).SetCollaboratorID(c.People[i]).SetTokenHash(hash[:]).
			SetLastUsedAt(now).SetExpiresAt(now.Add(time.Hour)).Exec(ctx)
	})
	if err != nil {
		tb.Fatalf("signing a person in: %v", err)
	}
	return token
}
