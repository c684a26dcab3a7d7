package sharing

import (
	"context"
	"encoding/json"
	"fmt"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

// TakeRanks takes, in each of the campaigns, the next rank for a person who joins the rotation; it stands in
// the campaign's rotation_head then, and no other person gets it. A campaign named several times gives as many
// ranks, up to that one. The caller has locked the items.
func TakeRanks(ctx context.Context, tx *feed.Tx, campaigns []uuid.UUID) error {
	if len(campaigns) == 0 {
		return nil
	}
	list, err := json.Marshal(campaigns)
	if err != nil {
		return err
	}
	joined := `SELECT value AS id, count(*) AS n FROM json_each(?1) GROUP BY value`
	if tx.Dialect == dialect.Postgres {
		joined = `SELECT CAST(value AS uuid) AS id, count(*) AS n FROM jsonb_array_elements_text(CAST(?1 AS jsonb)) AS value GROUP BY value`
	}
	_, err = tx.ExecContext(ctx, store.Rebind(tx.Dialect, `UPDATE campaigns SET rotation_head = rotation_head + joined.n
		FROM (`+joined+`) AS joined WHERE campaigns.id = joined.id`), string(list))
	if err != nil {
		return fmt.Errorf("joining rotations: %w", err)
	}
	return nil
}
