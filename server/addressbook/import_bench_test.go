package addressbook_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkImport measures an import beside its reference (TARGETS.md, W8): the same rows, made ready before,
// by bulk upserts of 10,000 a statement, each committed. They take turns in one run, each into a list of its
// own; it prints the rows a second of both and their ratio. The last figure is the same file once more, of
// which nothing is new.
func BenchmarkImport(b *testing.B) {
	const n = 100_000
	var file strings.Builder
	file.WriteString("Email,First name,Last name,Company,City,Plan,Phone\n")
	rows := make([][]any, n)
	for i := range n {
		// As in a real file: in no order of addresses.
		email := fmt.Sprintf("%s.%d@example.com", strings.ToLower(uuid.NewSHA1(uuid.Nil, fmt.Append(nil, i)).String()[:8]), i)
		fmt.Fprintf(&file, "%s,Zoé,Lefèvre %d,\"Padilla, Pratt and Moore\",Mclaughlinfurt,Pro,001-717-619-%d\n", email, i, i)
		rows[i] = []any{"", email, "Zoé", fmt.Sprint("Lefèvre ", i), "Padilla, Pratt and Moore", "Mclaughlinfurt",
			fmt.Sprintf(`{"Phone":"001-717-619-%d","Plan":"Pro"}`, i)}
	}
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(name, func(b *testing.B) {
			u := setup(b, storetest.Open(b, name))
			var imported, upserted, again time.Duration
			for range b.N {
				list := u.list(b)
				load := func() time.Duration {
					start := time.Now()
					if _, err := u.Import(u.Member, list, strings.NewReader(file.String()), nil); err != nil {
						b.Fatal(err)
					}
					return time.Since(start)
				}
				imported += load()
				again += load()
				upserted += u.upsert(b, u.list(b), rows)
			}
			rate := func(d time.Duration) float64 { return float64(b.N) * n / d.Seconds() }
			b.ReportMetric(rate(imported), "rows/s")
			b.ReportMetric(rate(upserted), "reference-rows/s")
			b.ReportMetric(rate(again), "unchanged-rows/s")
			b.ReportMetric(upserted.Seconds()/imported.Seconds(), "ratio")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// upsert is the reference. It takes no change numbers and checks nothing.
func (b *bundle) upsert(tb testing.TB, list uuid.UUID, rows [][]any) (took time.Duration) {
	tb.Helper()
	id, from := `value ->> 0`, `jsonb_each(CAST(?1 AS text))`
	if b.Store.Dialect() == dialect.Postgres {
		id, from = `(value ->> 0)::uuid`, `jsonb_array_elements(?1::jsonb) AS value`
	}
	query := store.Rebind(b.Store.Dialect(), `INSERT INTO contacts (id, email, email_key, first_name, last_name, company, city, fields,
			account_id, list_id, row_seq, created_at, changed_at, state, version, field_versions)
		SELECT `+id+`, value ->> 1, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
			?2, ?3, 1, CAST(?4 AS bigint), CAST(?4 AS bigint), 'subscribed', 1, '' FROM `+from+` WHERE true
		ON CONFLICT (list_id, email_key) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name,
			company = excluded.company, city = excluded.city, fields = excluded.fields, row_seq = excluded.row_seq, changed_at = excluded.changed_at`)
	for i := 0; i < len(rows); i += 10_000 {
		part := rows[i : i+10_000]
		for _, row := range part {
			row[0] = uuid.Must(uuid.NewV7())
		}
		text, err := json.Marshal(part)
		if err != nil {
			tb.Fatal(err)
		}
		start := time.Now()
		b.Write(tb, func(ctx context.Context, tx *feed.Tx) error {
			_, err := tx.ExecContext(ctx, query, string(text), b.ID, list, time.Now().UnixMicro())
			return err
		})
		took += time.Since(start)
	}
	return took
}

// BenchmarkReadCSV is the part of an import that touches no database.
func BenchmarkReadCSV(b *testing.B) {
	var file strings.Builder
	file.WriteString("Email,First name,Last name,Company,City,Plan,Phone\n")
	for i := range 10_000 {
		fmt.Fprintf(&file, "zoe.%d@example.com,Zoé,Lefèvre %d,\"Padilla, Pratt and Moore\",Mclaughlinfurt,Pro,001-717-619-%d\n", i, i, i)
	}
	for range b.N {
		c, err := addressbook.ReadCSV(strings.NewReader(file.String()))
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range c.Rows() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/row")
}
