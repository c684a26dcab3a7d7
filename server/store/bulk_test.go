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

// The columns of a contact that come from the list of rows, as the SELECT over it names them.
const (
	target     = "INSERT INTO contacts (id, created_at, account_id, list_id, email, email_key, first_name, city) "
	byPosition = "SELECT value ->> 0, 0, ?2, ?3, value ->> 1, value ->> 1, value ->> 2, value ->> 3 FROM "
	byName     = "SELECT value ->> 'i', 0, ?2, ?3, value ->> 'e', value ->> 'e', value ->> 'f', value ->> 'c' FROM "
	castToUUID = "SELECT (value ->> 0)::uuid, 0, ?2::uuid, ?3::uuid, value ->> 1, value ->> 1, value ->> 2, value ->> 3 FROM "
	asRecord   = "SELECT i, 0, ?2::uuid, ?3::uuid, e, e, f, c FROM "
)

type contactRow struct {
	ID    uuid.UUID `json:"i"`
	Email string    `json:"e"`
	First string    `json:"f"`
	City  string    `json:"c"`
}

// BenchmarkBulk compares ways to insert 5,000 rows at once; DESIGN.md has what they cost.
func BenchmarkBulk(b *testing.B) {
	rows := make([]contactRow, 5000)
	arrays := make([][]any, len(rows))
	for i := range rows {
		r := contactRow{uuid.Must(uuid.NewV7()), fmt.Sprintf("person%d@example.org", i), "Ada", "Saint-Étienne"}
		rows[i], arrays[i] = r, []any{r.ID, r.Email, r.First, r.City}
	}
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		s := storetest.Open(b, d)
		w := mustCreate(b, s)
		run := func(name string, insert func(context.Context, *ent.Tx) error) {
			b.Run(d+"/"+name, func(b *testing.B) {
				for b.Loop() {
					err := s.Write(b.Context(), func(ctx context.Context, tx *ent.Tx) error {
						if _, err := tx.ExecContext(ctx, "DELETE FROM contacts"); err != nil {
							return err
						}
						return insert(ctx, tx)
					})
					if err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		one := func(name, query string, list any) {
			run(name, func(ctx context.Context, tx *ent.Tx) error {
				text, err := json.Marshal(list)
				if err == nil {
					_, err = tx.ExecContext(ctx, store.Rebind(d, target+query), string(text), w.account, w.list)
				}
				return err
			})
		}
		if d == dialect.SQLite {
			one("json_each arrays", byPosition+"json_each(?1)", arrays)
			one("jsonb_each arrays", byPosition+"jsonb_each(?1)", arrays)
			one("json_each objects", byName+"json_each(?1)", rows)
			one("jsonb_each objects", byName+"jsonb_each(?1)", rows)
		} else {
			one("json_array_elements", castToUUID+"json_array_elements(?1::json) AS value", arrays)
			one("jsonb_array_elements", castToUUID+"jsonb_array_elements(?1::jsonb) AS value", arrays)
			one("json_to_recordset", asRecord+"json_to_recordset(?1::json) AS r (i uuid, e text, f text, c text)", rows)
			one("jsonb_to_recordset", asRecord+"jsonb_to_recordset(?1::jsonb) AS r (i uuid, e text, f text, c text)", rows)
		}
		const chunk = 500
		run("VALUES", func(ctx context.Context, tx *ent.Tx) error {
			query := store.Rebind(d, target+"VALUES "+strings.Repeat("(?, 0, ?, ?, ?, ?, ?, ?), ", chunk-1)+"(?, 0, ?, ?, ?, ?, ?, ?)")
			for from := 0; from < len(rows); from += chunk {
				var args []any
				for _, r := range rows[from : from+chunk] {
					args = append(args, r.ID, w.account, w.list, r.Email, r.Email, r.First, r.City)
				}
				if _, err := tx.ExecContext(ctx, query, args...); err != nil {
					return err
				}
			}
			return nil
		})
		run("CreateBulk", func(ctx context.Context, tx *ent.Tx) error {
			for from := 0; from < len(rows); from += chunk {
				var builders []*ent.ContactCreate
				for _, r := range rows[from : from+chunk] {
					builders = append(builders, tx.Contact.Create().SetID(r.ID).SetAccountID(w.account).SetListID(w.list).
						SetEmail(r.Email).SetEmailKey(r.Email).SetFirstName(r.First).SetCity(r.City))
				}
				if err := tx.Contact.CreateBulk(builders...).Exec(ctx); err != nil {
					return err
				}
			}
			return nil
		})
	}
}
