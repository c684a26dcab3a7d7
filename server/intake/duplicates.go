package intake

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

// look finds for each lead the one that came in before with its idempotency key, and the oldest open one of its
// campaign with the same address or phone number. Each is a step or two into an index.
func look(ctx context.Context, tx *feed.Tx, all []*arrival) error {
	asked := make([][4]string, len(all))
	for i, a := range all {
		asked[i] = [4]string{a.campaign.String(), a.Email.Key, a.phoneKey, a.Request}
	}
	campaign, from, number := `asked.value ->> 0`, `json_each(?1) AS asked`, `asked.key`
	before := `LEFT JOIN leads r ON %s`
	if tx.Dialect == dialect.Postgres {
		campaign, from, number = `(asked.value ->> 0)::uuid`, `jsonb_array_elements(CAST(?1 AS jsonb)) WITH ORDINALITY AS asked(value, n)`, `asked.n - 1`
		// One step into the index for each, whatever the statistics say of a table that is being filled.
		before = `LEFT JOIN LATERAL (SELECT * FROM leads r WHERE %s LIMIT 1) AS r ON true`
	}
	before = fmt.Sprintf(before, `r.campaign_id = `+campaign+` AND r.request_key = asked.value ->> 3 AND r.request_key <> ''`)
	// The conditions are in the words of the partial indexes.
	oldest := func(column, key string) string {
		return `(SELECT l.id FROM leads l WHERE l.campaign_id = ` + campaign + ` AND l.` + column + ` = ` + key + ` AND l.` + column + ` <> ''
			AND l.state IN ('new', 'in_progress') ORDER BY l.id LIMIT 1)`
	}
	rows, err := tx.QueryContext(ctx, store.Rebind(tx.Dialect, `SELECT `+number+`, r.id, r.request_hash, `+oldest("email_key", "asked.value ->> 1")+`, `+
		oldest("phone_key", "asked.value ->> 2")+` FROM `+from+` `+before), list(asked))
	if err != nil {
		return fmt.Errorf("looking for leads like these: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var i int
		var before earlier
		var byEmail, byPhone uuid.NullUUID
		if err := rows.Scan(&i, &before.id, &before.hash, &byEmail, &byPhone); err != nil {
			return fmt.Errorf("looking for leads like these: %w", err)
		}
		all[i].before, all[i].duplicate = before, older(byEmail, byPhone)
	}
	return rows.Err()
}

// markAmong marks leads that look like one before them, where they look like none that is stored.
func markAmong(fresh []*arrival) {
	type key struct {
		campaign uuid.UUID
		kind     byte
		text     string
	}
	first := make(map[key]uuid.UUID)
	for _, a := range fresh {
		for _, k := range []key{{a.campaign, 'e', a.Email.Key}, {a.campaign, 'p', a.phoneKey}} {
			if k.text == "" {
				continue
			}
			if id, seen := first[k]; !seen {
				first[k] = a.id
			} else if !a.duplicate.Valid {
				a.duplicate = uuid.NullUUID{UUID: id, Valid: true}
			}
		}
	}
}

// older returns the one that came first, of those there are: ids are in the order of coming.
func older(a, b uuid.NullUUID) uuid.NullUUID {
	if !a.Valid || b.Valid && compareIDs(b.UUID, a.UUID) < 0 {
		return b
	}
	return a
}
