package feed

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/store"
)

// Some people see of a campaign's leads only those that they follow up. For them the leads of a campaign are a set of
// rows of their own: what enters it has its assignee, what leaves it leaves a tombstone with the person's id (Left),
// and where it stands is told by lead_positions, which every numbered transaction keeps for whoever it concerns.

// Left leaves tombstones for leads that the transaction takes from a person: given to somebody else, to nobody, or
// deleted, which besides is told with Removed.
func (r *Rows) Left(ctx context.Context, person uuid.UUID, leads ...uuid.UUID) error {
	if len(leads) == 0 {
		return nil
	}
	r.people[person] = struct{}{}
	return r.bury(ctx, person, leads)
}

// bury leaves tombstones; the zero person is everyone who sees all rows.
func (r *Rows) bury(ctx context.Context, person uuid.UUID, ids []uuid.UUID) error {
	for some := range slices.Chunk(ids, batch) {
		builders := make([]*ent.RowTombstoneCreate, len(some))
		for i, id := range some {
			builders[i] = r.tx.RowTombstone.Create().SetAccountID(r.tx.Account).SetItemID(r.item).
				SetRowID(id).SetRowSeq(r.Seq).SetCollaboratorID(person)
		}
		if err := r.tx.RowTombstone.CreateBulk(builders...).Exec(ctx); err != nil {
			return fmt.Errorf("leaving tombstones: %w", err)
		}
	}
	return nil
}

// follow adds to the people whose leads moved those whom the leads that were written are with now. It runs before the
// account is locked.
func (t *Tx) follow(ctx context.Context) error {
	for _, id := range sorted(t.rows) {
		r := t.rows[id]
		if r.kind != item.KindCampaign {
			continue
		}
		rows, err := t.QueryContext(ctx, store.Rebind(t.Dialect, `SELECT DISTINCT assignee_id FROM leads
			WHERE campaign_id = ? AND row_seq = ? AND assignee_id IS NOT NULL`), id, r.Seq)
		if err != nil {
			return fmt.Errorf("finding whose leads moved: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var person uuid.UUID
			if err := rows.Scan(&person); err != nil {
				return err
			}
			r.people[person] = struct{}{}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
	}
	return nil
}

// stampLeads moves the position of the leads of everyone concerned.
func (t *Tx) stampLeads(ctx context.Context, seq int64) error {
	from := `SELECT value ->> 0, ?2, ?3, value ->> 1, value ->> 2, ?4, value ->> 3 FROM json_each(?1) WHERE true`
	if t.Dialect == dialect.Postgres {
		from = `SELECT (value ->> 0)::uuid, ?2, ?3, (value ->> 1)::uuid, (value ->> 2)::uuid, ?4, (value ->> 3)::bigint
			FROM json_array_elements(CAST(?1 AS json))`
	}
	var positions [][4]any
	for _, campaign := range sorted(t.rows) {
		for _, person := range slices.SortedFunc(maps.Keys(t.rows[campaign].people), compareIDs) {
			id, err := uuid.NewV7()
			if err != nil {
				return err
			}
			positions = append(positions, [4]any{id, campaign, person, t.rows[campaign].Seq})
		}
	}
	for some := range slices.Chunk(positions, logBatch) {
		err := t.exec(ctx, `INSERT INTO lead_positions (id, created_at, account_id, campaign_id, collaborator_id, seq, row_seq) `+from+`
			ON CONFLICT (campaign_id, collaborator_id) DO UPDATE SET seq = excluded.seq, row_seq = excluded.row_seq`,
			asJSON(some), int64(instant.Now()), t.Account, seq)
		if err != nil {
			return fmt.Errorf("stamping leads: %w", err)
		}
	}
	return nil
}
