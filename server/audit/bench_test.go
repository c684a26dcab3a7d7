package audit_test

import (
	"context"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkCheck reads a history of 100,000 lines.
func BenchmarkCheck(b *testing.B) {
	benchEach(b, func(b *testing.B, k *book) {
		const n = 100_000
		account := k.account(b, 0)
		for range n / 10_000 {
			k.write(b, func(ctx context.Context, tx *ent.Tx) error {
				return audit.Append(ctx, tx, k.Dialect(), account, lines(10_000)...)
			})
		}
		for b.Loop() {
			if r := k.check(b, account); !r.Intact() || r.Lines != n {
				b.Fatalf("%+v", r)
			}
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "lines/s")
	})
}

// BenchmarkAppend is a small transaction, without a line of the history and with one.
func BenchmarkAppend(b *testing.B) {
	benchEach(b, func(b *testing.B, k *book) {
		account := k.account(b, 100)
		ten := make([]audit.Line, 10)
		for i := range ten {
			ten[i] = audit.Line{Verb: audit.Granted, Actor: account, Item: account, Person: uuid.New(), Detail: map[string]string{"name": "Customers", "level": "edit"}}
		}
		for name, all := range map[string][]audit.Line{"none": nil, "one": ten[:1], "ten": ten} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					k.write(b, func(ctx context.Context, tx *ent.Tx) error {
						if err := tx.Account.UpdateOneID(account).AddSeq(1).Exec(ctx); err != nil {
							return err
						}
						return audit.Append(ctx, tx, k.Dialect(), account, all...)
					})
				}
			})
		}
	})
}

func benchEach(b *testing.B, f func(b *testing.B, k *book)) {
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(name, func(b *testing.B) {
			f(b, &book{storetest.Open(b, name), viewer.System(b.Context(), "a test looks at what is stored")})
		})
	}
}
