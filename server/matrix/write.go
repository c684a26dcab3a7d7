package matrix

import (
	"context"
	"database/sql"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// writeEdges stores what collaborators have. The campaigns are locked, so that their positions, which go on the edges,
// stay what they are.
func writeEdges(ctx context.Context, tx *feed.Tx, changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	ranks, err := takeRanks(ctx, tx, changes)
	if err != nil {
		return err
	}
	events := make([]feed.Edge, len(changes))
	var rows [][7]any
	var ended [][2]uuid.UUID
	for i, c := range changes {
		events[i] = feed.Edge{Person: c.person.ID, Item: c.campaign.ID, Before: before(c.before), RoundRobin: c.before.RoundRobin}
		if c.after.Level == "" {
			ended = append(ended, [2]uuid.UUID{c.person.ID, c.campaign.ID})
			continue
		}
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		rows = append(rows, [7]any{id, c.person.ID, c.campaign.ID, c.after.Level, c.after.RoundRobin, ranks[i], c.campaign.Seq})
	}
	tx.Regranted(events)
	if err := endEdges(ctx, tx, ended); err != nil || len(rows) == 0 {
		return err
	}
	values := `value ->> 0, ?2, ?3, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, 0, value ->> 6 FROM json_each(?1)`
	if tx.Dialect == dialect.Postgres {
		values = `(value ->> 0)::uuid, ?2, ?3, (value ->> 1)::uuid, (value ->> 2)::uuid, value ->> 3, (value ->> 4)::boolean,
			(value ->> 5)::bigint, 0, (value ->> 6)::bigint FROM json_array_elements(CAST(?1 AS json))`
	}
	// Who leaves a rotation keeps the rank, for an undo; who joins it again by a wish gets a new one.
	return exec(ctx, tx, `INSERT INTO access (id, created_at, account_id, collaborator_id, item_id, level, round_robin, rotation_rank, last_lead_at, item_seq)
		SELECT `+values+` WHERE true ON CONFLICT (item_id, collaborator_id) DO UPDATE SET
			level = excluded.level, round_robin = excluded.round_robin, item_seq = excluded.item_seq,
			rotation_rank = CASE WHEN excluded.rotation_rank > 0 THEN excluded.rotation_rank ELSE access.rotation_rank END`,
		store.List(rows), int64(instant.Now()), tx.Account)
}

func before(e edge) visibilityevent.Before {
	if e.Level == "" {
		return visibilityevent.BeforeAbsent
	}
	return visibilityevent.Before(e.Level)
}

func endEdges(ctx context.Context, tx *feed.Tx, ended [][2]uuid.UUID) error {
	if len(ended) == 0 {
		return nil
	}
	query := `DELETE FROM access WHERE (collaborator_id, item_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?1))`
	if tx.Dialect == dialect.Postgres {
		query = `DELETE FROM access WHERE (collaborator_id, item_id) IN
			(SELECT (value ->> 0)::uuid, (value ->> 1)::uuid FROM json_array_elements(CAST(?1 AS json)))`
	}
	return exec(ctx, tx, query, store.List(ended))
}

// ranked reports whether the change takes a new rank: who comes back by an undo has the old one, if the edge was kept.
func (c change) ranked() bool { return c.Joined && (!c.restores || c.before.Level == "") }

// takeRanks gives those who join a rotation their ranks, in the order of the changes; 0 for the others.
func takeRanks(ctx context.Context, tx *feed.Tx, changes []change) ([]int64, error) {
	ranks := make([]int64, len(changes))
	var joins []uuid.UUID
	for _, c := range changes {
		if c.ranked() {
			joins = append(joins, c.campaign.ID)
		}
	}
	if len(joins) == 0 {
		return ranks, nil
	}
	if err := sharing.TakeRanks(ctx, tx, joins); err != nil {
		return nil, err
	}
	l := looker{tx.Tx, tx.Dialect, tx.Account}
	heads := make(map[uuid.UUID]int64)
	err := l.each(ctx, `SELECT id, rotation_head FROM campaigns WHERE id IN (`+store.IDs(l.dialect, "?1")+`)`, func(rows *sql.Rows) error {
		var id uuid.UUID
		var head int64
		err := rows.Scan(&id, &head)
		heads[id] = head
		return err
	}, store.List(joins))
	if err != nil {
		return nil, err
	}
	for _, id := range joins {
		heads[id]-- // to the rank before the first that was taken
	}
	for i, c := range changes {
		if c.ranked() {
			heads[c.campaign.ID]++
			ranks[i] = heads[c.campaign.ID]
		}
	}
	return ranks, nil
}

// writePromises stores what those invited are to have. Each keeps what it was before the job, for an undo.
func writePromises(ctx context.Context, tx *feed.Tx, changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	rows := make([][5]any, len(changes))
	for i, c := range changes {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		rows[i] = [5]any{id, c.person.ID, c.campaign.ID, c.after.Level, c.after.RoundRobin}
	}
	values := `value ->> 0, ?2, ?3, value ->> 1, value ->> 2, value ->> 3, value ->> 4, ?4, 'absent', false FROM json_each(?1)`
	if tx.Dialect == dialect.Postgres {
		values = `(value ->> 0)::uuid, ?2, ?3, (value ->> 1)::uuid, (value ->> 2)::uuid, value ->> 3, (value ->> 4)::boolean, ?4, 'absent', false
			FROM json_array_elements(CAST(?1 AS json))`
	}
	return exec(ctx, tx, `INSERT INTO promises (id, created_at, account_id, invitation_id, item_id, level, round_robin, job_number, before, before_round_robin)
		SELECT `+values+` WHERE true ON CONFLICT (invitation_id, item_id) DO UPDATE SET
			before = promises.level, before_round_robin = promises.round_robin,
			level = excluded.level, round_robin = excluded.round_robin, job_number = excluded.job_number`,
		store.List(rows), int64(instant.Now()), tx.Account, tx.ByJob)
}
