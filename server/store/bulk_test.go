package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkBulk compares ways to pass 5,000 rows to one INSERT and 1,000 ids to one SELECT; DESIGN.md has
// what they cost.
func BenchmarkBulk(b *testing.B) {
	const rows, ids = 5000, 1000
	columns := "(id, created_at, account_id, list_id, email, email_key, first_name, last_name, company, city)"
	inserts := map[string]map[string]string{
		dialect.SQLite: {
			"json_each, arrays":   "SELECT value ->> 0, 0, ?2, ?3, value ->> 1, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?1)",
			"jsonb_each, arrays":  "SELECT value ->> 0, 0, ?2, ?3, value ->> 1, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM jsonb_each(?1)",
			"json_each, objects":  "SELECT value ->> 'a', 0, ?2, ?3, value ->> 'b', value ->> 'b', value ->> 'c', value ->> 'd', value ->> 'e', value ->> 'f' FROM json_each(?1)",
			"jsonb_each, objects": "SELECT value ->> 'a', 0, ?2, ?3, value ->> 'b', value ->> 'b', value ->> 'c', value ->> 'd', value ->> 'e', value ->> 'f' FROM jsonb_each(?1)",
		},
		dialect.Postgres: {
			"json_array_elements":  "SELECT (value ->> 0)::uuid, 0, $2::uuid, $3::uuid, value ->> 1, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_array_elements($1::json) AS value",
			"jsonb_array_elements": "SELECT (value ->> 0)::uuid, 0, $2::uuid, $3::uuid, value ->> 1, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM jsonb_array_elements($1::jsonb) AS value",
			"json_to_recordset":    "SELECT a, 0, $2::uuid, $3::uuid, b, b, c, d, e, f FROM json_to_recordset($1::json) AS r (a uuid, b text, c text, d text, e text, f text)",
			"jsonb_to_recordset":   "SELECT a, 0, $2::uuid, $3::uuid, b, b, c, d, e, f FROM jsonb_to_recordset($1::jsonb) AS r (a uuid, b text, c text, d text, e text, f text)",
		},
	}
	selects := map[string]map[string]string{
		dialect.SQLite: {
			"json_each":  "SELECT count(*) FROM contacts WHERE id IN (SELECT value FROM json_each(?))",
			"jsonb_each": "SELECT count(*) FROM contacts WHERE id IN (SELECT value FROM jsonb_each(?))",
		},
		dialect.Postgres: {
			"json_array_elements_text":  "SELECT count(*) FROM contacts WHERE id IN (SELECT value::uuid FROM json_array_elements_text($1::json) AS value)",
			"jsonb_array_elements_text": "SELECT count(*) FROM contacts WHERE id IN (SELECT value::uuid FROM jsonb_array_elements_text($1::jsonb) AS value)",
		},
	}
	row := func(i int) []string {
		return []string{uuid.Must(uuid.NewV7()).String(), fmt.Sprintf("person%d@example.org", i), "Ada", "Byron", "Courgette & Fils", "Saint-Étienne"}
	}
	arrays := func() string {
		var all [][]string
		for i := range rows {
			all = append(all, row(i))
		}
		text, _ := json.Marshal(all)
		return string(text)
	}
	objects := func() string {
		var all []map[string]string
		for i := range rows {
			r := row(i)
			all = append(all, map[string]string{"a": r[0], "b": r[1], "c": r[2], "d": r[3], "e": r[4], "f": r[5]})
		}
		text, _ := json.Marshal(all)
		return string(text)
	}
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		s := storetest.Open(b, d)
		w := mustCreate(b, s)
		insert := func(b *testing.B, name string, run func(ctx context.Context, tx *ent.Tx) error) {
			b.Run(d+"/insert/"+name, func(b *testing.B) {
				for b.Loop() {
					err := s.Write(b.Context(), func(ctx context.Context, tx *ent.Tx) error {
						if _, err := tx.ExecContext(ctx, "DELETE FROM contacts"); err != nil {
							return err
						}
						return run(ctx, tx)
					})
					if err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*rows), "µs/row")
			})
		}
		insert(b, "nothing", func(context.Context, *ent.Tx) error { return nil })
		insert(b, "VALUES", func(ctx context.Context, tx *ent.Tx) error {
			const chunk = 500
			for from := 0; from < rows; from += chunk {
				var q strings.Builder
				q.WriteString("INSERT INTO contacts " + columns + " VALUES ")
				var args []any
				for i := range chunk {
					if i > 0 {
						q.WriteByte(',')
					}
					q.WriteString("(?, 0, ?, ?, ?, ?, ?, ?, ?, ?)")
					r := row(from + i)
					args = append(args, r[0], w.account, w.list, r[1], r[1], r[2], r[3], r[4], r[5])
				}
				if _, err := tx.ExecContext(ctx, store.Rebind(d, q.String()), args...); err != nil {
					return err
				}
			}
			return nil
		})
		insert(b, "ent CreateBulk", func(ctx context.Context, tx *ent.Tx) error {
			var all []*ent.ContactCreate
			for i := range rows {
				r := row(i)
				all = append(all, tx.Contact.Create().SetAccountID(w.account).SetListID(w.list).SetEmail(r[1]).SetEmailKey(r[1]).
					SetFirstName(r[2]).SetLastName(r[3]).SetCompany(r[4]).SetCity(r[5]))
				if len(all) == 500 {
					if err := tx.Contact.CreateBulk(all...).Exec(ctx); err != nil {
						return err
					}
					all = all[:0]
				}
			}
			return nil
		})
		if d == dialect.Postgres {
			insert(b, "unnest", func(ctx context.Context, tx *ent.Tx) error {
				var c [6][]string
				for i := range rows {
					for j, v := range row(i) {
						c[j] = append(c[j], v)
					}
				}
				_, err := tx.ExecContext(ctx, "INSERT INTO contacts "+columns+" SELECT a, 0, $7::uuid, $8::uuid, b, b, c, d, e, f FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS t(a, b, c, d, e, f)",
					c[0], c[1], c[2], c[3], c[4], c[5], w.account, w.list)
				return err
			})
		}
		for name, query := range inserts[d] {
			rows := arrays
			if strings.Contains(query, "'a'") || strings.Contains(query, "recordset") {
				rows = objects
			}
			insert(b, name, func(ctx context.Context, tx *ent.Tx) error {
				_, err := tx.ExecContext(ctx, "INSERT INTO contacts "+columns+" "+query, rows(), w.account, w.list)
				return err
			})
		}
		var stored []string
		r, err := s.Client().QueryContext(b.Context(), "SELECT id FROM contacts LIMIT 1000")
		if err != nil {
			b.Fatal(err)
		}
		for r.Next() {
			var id string
			if err := r.Scan(&id); err != nil {
				b.Fatal(err)
			}
			stored = append(stored, id)
		}
		r.Close()
		text, _ := json.Marshal(stored)
		sel := func(name, query string, args ...any) {
			b.Run(d+"/select/"+name, func(b *testing.B) {
				for b.Loop() {
					r, err := s.Client().QueryContext(b.Context(), query, args...)
					if err != nil {
						b.Fatal(err)
					}
					var n int
					r.Next()
					_ = r.Scan(&n)
					r.Close()
					if n != ids {
						b.Fatal(n)
					}
				}
			})
		}
		for name, query := range selects[d] {
			sel(name, query, string(text))
		}
		if d == dialect.Postgres {
			sel("any", "SELECT count(*) FROM contacts WHERE id = ANY($1::uuid[])", stored)
		}
		var many []any
		for _, id := range stored {
			many = append(many, id)
		}
		sel("IN (?, …)", store.Rebind(d, "SELECT count(*) FROM contacts WHERE id IN (?"+strings.Repeat(",?", ids-1)+")"), many...)
	}
}
