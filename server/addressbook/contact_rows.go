package addressbook

import (
	"context"
	"fmt"
	"strconv"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

// Rows travel to the database many at a time, as one JSON array of arrays: what each element is stands in
// these lists.
const (
	insertElements = `value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, `
	digestElements = `value ->> 9, value ->> 10`
	contactValues  = `email, email_key, first_name, last_name, company, city, fields, state`
)

// insertContacts stores new contacts of a list at their first version. The caller has counted them in rows
// and made sure that none of their addresses is in the list.
func insertContacts(ctx context.Context, tx *feed.Tx, list uuid.UUID, rows *feed.Rows, contacts []*stored) error {
	if len(contacts) == 0 {
		return nil
	}
	elements, from := insertElements+digestElements, `jsonb_each(CAST(?1 AS text))`
	if tx.Dialect == dialect.Postgres {
		elements = `(value ->> 0)::uuid` + insertElements[len(`value ->> 0`):] + `(value ->> 9)::bigint, (value ->> 10)::bigint`
		from = `jsonb_array_elements(?1::jsonb) AS value`
	}
	now := instant.Now()
	for _, c := range contacts {
		c.created, c.version = now, 1
	}
	values := encode(contacts, rows, now, false)
	query := `INSERT INTO contacts (id, ` + contactValues + `, digest_a, digest_b, account_id, list_id, row_seq, created_at, changed_at, version, field_versions)
		SELECT ` + elements + `, ?2, ?3, CAST(?4 AS bigint), CAST(?5 AS bigint), CAST(?5 AS bigint), 1, '' FROM ` + from
	_, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, query), values, tx.Account, list, rows.Seq, int64(now))
	if err != nil {
		return fmt.Errorf("storing contacts: %w", err)
	}
	return nil
}

// updateContacts stores contacts of a list as they have become.
func updateContacts(ctx context.Context, tx *feed.Tx, rows *feed.Rows, contacts []*stored) error {
	if len(contacts) == 0 {
		return nil
	}
	id, number, from := `value ->> 0`, ``, `jsonb_each(CAST(?1 AS text))`
	if tx.Dialect == dialect.Postgres {
		id, number, from = `(value ->> 0)::uuid`, `::bigint`, `jsonb_array_elements(?1::jsonb) AS value`
	}
	now := instant.Now()
	query := `UPDATE contacts SET email = value ->> 1, email_key = value ->> 2, first_name = value ->> 3, last_name = value ->> 4,
		company = value ->> 5, city = value ->> 6, fields = value ->> 7, state = value ->> 8,
		digest_a = (value ->> 9)` + number + `, digest_b = (value ->> 10)` + number + `,
		version = (value ->> 11)` + number + `, field_versions = value ->> 12, row_seq = ?2, changed_at = ?3
		FROM ` + from + ` WHERE contacts.id = ` + id
	_, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, query), encode(contacts, rows, now, true), rows.Seq, int64(now))
	if err != nil {
		return fmt.Errorf("changing contacts: %w", err)
	}
	return nil
}

// encode writes contacts, as they are from now on, as the JSON that the statements read, and records their digests.
func encode(contacts []*stored, rows *feed.Rows, now instant.Instant, history bool) string {
	out := make([]byte, 0, 400*len(contacts))
	var hashed digest.Values
	out = append(out, '[')
	for i, c := range contacts {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, '[', '"')
		out = append(out, c.id.String()...)
		out = append(out, '"')
		for _, text := range []string{
			c.Email.Written, c.Email.Key, c.FirstName, c.LastName, c.Company, c.City, c.Fields, string(c.state),
		} {
			out = appendString(append(out, ','), text)
		}
		before := c.digest
		c.digest = c.digestAt(now, &hashed)
		rows.Wrote(before, c.digest)
		a, b := c.digest.Columns()
		out = strconv.AppendInt(append(out, ','), a, 10)
		out = strconv.AppendInt(append(out, ','), b, 10)
		if history {
			out = strconv.AppendInt(append(out, ','), c.version, 10)
			out = appendString(append(out, ','), c.history)
		}
		out = append(out, ']')
	}
	return string(append(out, ']'))
}

// findContacts returns the contacts of a list that have one of the addresses, by address key.
func findContacts(ctx context.Context, tx *feed.Tx, list uuid.UUID, keys []string) (map[string]*stored, error) {
	found := make(map[string]*stored)
	rows, err := tx.QueryContext(ctx, among(tx.Dialect, `SELECT id, version, field_versions, created_at, digest_a, digest_b, `+contactValues, `contacts`, `list_id`, `email_key`),
		list, encodeStrings(keys))
	if err != nil {
		return nil, fmt.Errorf("looking for contacts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		s := &stored{}
		var a, b int64
		err := rows.Scan(&s.id, &s.version, &s.history, &s.created, &a, &b, &s.Email.Written, &s.Email.Key,
			&s.FirstName, &s.LastName, &s.Company, &s.City, &s.Fields, &s.state)
		if err != nil {
			return nil, fmt.Errorf("looking for contacts: %w", err)
		}
		s.digest = digest.Stored(a, b)
		found[s.Email.Key] = s
	}
	return found, rows.Err()
}

// among completes a query of the rows of one parent (?1) that have one of many keys (?2, JSON). On
// PostgreSQL every key is one step into the index, whatever its statistics say of a table that is being
// filled.
func among(dialectName, query, table, parent, key string) string {
	if dialectName == dialect.Postgres {
		return query + ` FROM jsonb_array_elements_text($2::jsonb) AS wanted(wanted_key) CROSS JOIN LATERAL
			(SELECT * FROM ` + table + ` WHERE ` + parent + ` = $1 AND ` + key + ` = wanted_key LIMIT 1) AS found`
	}
	return query + ` FROM ` + table + ` WHERE ` + parent + ` = ?1 AND ` + key + ` IN (SELECT value FROM json_each(?2))`
}

func encodeStrings(list []string) string {
	out := []byte{'['}
	for i, s := range list {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendString(out, s)
	}
	return string(append(out, ']'))
}

// newIDs returns ids for new rows, in ascending order.
func newIDs(n int) ([]uuid.UUID, error) {
	ids := make([]uuid.UUID, n)
	for i := range ids {
		id, err := uuid.NewV7()
		if err != nil {
			return nil, fmt.Errorf("making an id: %w", err)
		}
		ids[i] = id
	}
	return ids, nil
}
