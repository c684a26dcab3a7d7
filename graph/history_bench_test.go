package graph_test

import (
	"context"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/seal"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkHistory reads the first hundred lines of a history of a million, and counts them, for each filter.
// Of a thousand lines 700 tell of sign-ins and one of a person who left; one actor in twenty did 5 %.
func BenchmarkHistory(b *testing.B) {
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := storetest.Open(b, name)
			sealer, err := seal.New(make([]byte, seal.KeySize))
			if err != nil {
				b.Fatal(err)
			}
			owner, began := fillHistory(b, s, 1_000_000)
			reader := read.New(s, sealer, nil)
			ctx := sharing.NewContext(b.Context(), owner)
			early, later := began.Add(100_000*time.Second), began.Add(100_050*time.Second)
			seven, nine := hundredth(7), hundredth(9)
			first := 100
			for _, c := range []struct {
				name  string
				which read.History
			}{
				{"all", read.History{}},
				{"verb often", read.History{Verbs: []audit.Verb{audit.LoggedIn}}},
				{"verb rare", read.History{Verbs: []audit.Verb{audit.Left}}},
				{"verbs", read.History{Verbs: []audit.Verb{audit.LoggedIn, audit.Left, audit.Granted}}},
				{"every verb", read.History{Verbs: audit.Verbs()}},
				{"actor", read.History{Actor: &seven}},
				{"person", read.History{Person: &seven}},
				{"item", read.History{Item: &seven}},
				{"nobody", read.History{Actor: &owner.User}},
				{"time", read.History{Since: &early, Until: &later}},
				{"verb and time", read.History{Verbs: []audit.Verb{audit.Left}, Until: &early}},
				{"actor and verb rare", read.History{Actor: &seven, Verbs: []audit.Verb{audit.Left}}},
				{"actor and person", read.History{Actor: &seven, Person: &nine}},
				{"actor and person that never met", read.History{Actor: &seven, Person: &owner.User}},
			} {
				b.Run(c.name, func(b *testing.B) {
					for b.Loop() {
						if _, err := reader.History(ctx, c.which, read.Window{First: &first}); err != nil {
							b.Fatal(err)
						}
					}
				})
				b.Run("count "+c.name, func(b *testing.B) {
					p, err := reader.History(ctx, c.which, read.Window{First: &first})
					if err != nil {
						b.Fatal(err)
					}
					for b.Loop() {
						if _, err := p.TotalCount(ctx); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}

// fillHistory makes an account with so many lines, one a second, without their hashes.
func fillHistory(b *testing.B, s *store.Store, n int) (*sharing.Viewer, instant.Instant) {
	b.Helper()
	v := &sharing.Viewer{Account: uuid.Must(uuid.NewV7()), Collaborator: uuid.New(), User: uuid.New(), Role: collaborator.RoleOwner}
	began := instant.Of(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	err := s.Write(viewer.System(b.Context(), "a benchmark"), func(ctx context.Context, tx *ent.Tx) error {
		if err := tx.Account.Create().SetID(v.Account).SetName("Test").SetHistoryCount(int64(n)).Exec(ctx); err != nil {
			return err
		}
		id := func(of string) string {
			return `'00000000-0000-7000-8000-0000000000' || substr('0' || (` + of + `), -2)`
		}
		numbers, row := `WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?3)`, `'00000000-0000-7000-8000-' || substr('00000000000' || n, -12)`
		if s.Dialect() == dialect.Postgres {
			id = func(of string) string {
				return `('00000000-0000-7000-8000-0000000000' || lpad((` + of + `)::text, 2, '0'))::uuid`
			}
			numbers, row = `WITH n AS (SELECT generate_series(1, CAST(?3 AS bigint)) AS n)`, `('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid`
		}
		_, err := tx.ExecContext(ctx, store.Rebind(s.Dialect(), numbers+` INSERT INTO audit_events
			(id, created_at, account_id, number, verb, actor_id, item_id, person_id, detail, hash)
			SELECT `+row+`, CAST(?2 AS bigint) + n * 1000000, ?1, n,
				CASE WHEN n % 1000 < 700 THEN 'logged_in' WHEN n % 1000 = 999 THEN 'left' WHEN n % 1000 < 900 THEN 'granted' ELSE 'exported' END,
				`+id(`n % 20`)+`, `+id(`n / 7 % 100`)+`, `+id(`n / 20 % 20`)+`, '{"item":"Customers","before":"absent","after":"view"}', ?4
			FROM n`), v.Account, int64(began), n, make([]byte, 32))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	if s.Dialect() == dialect.Postgres {
		rows, err := s.Client().QueryContext(b.Context(), `ANALYZE audit_events`)
		if err != nil {
			b.Fatal(err)
		}
		rows.Close()
	}
	return v, began
}

// hundredth is one of the ids of fillHistory.
func hundredth(n byte) uuid.UUID {
	return uuid.UUID{6: 0x70, 8: 0x80, 15: n/10<<4 | n%10}
}
