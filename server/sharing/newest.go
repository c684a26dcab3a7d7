package sharing

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/store"
)

// Place is an item and its place among those last changed first.
type Place struct {
	ID  uuid.UUID
	Seq int64
}

// Newest finds the next n items of a kind that the viewer sees, last changed first, after a place (nil
// from the start). only is a further condition on items as i, such as i.archived_at = 0; empty for all.
//
// It is the rule of visibility.go once more, for speed: each way in which a person comes to see an item is
// a branch that an index has in order, so that the cost follows n and not how many items or edges there
// are. It finds candidates: the caller reads them through the ORM, which decides. It is not for owners: they
// see everything, in the order of one index.
func (v *Viewer) Newest(ctx context.Context, c *ent.Client, d string, kind item.Kind, after *Place, n int, only string) ([]Place, error) {
	open := `SELECT i.id AS id, i.seq AS seq FROM items i WHERE i.account_id = ?1 AND i.audience = 'everyone'
		AND i.kind = ?3 AND i.deleted_at = 0 AND NOT EXISTS (SELECT 1 FROM access a WHERE a.item_id = i.id AND a.collaborator_id = ?2)`
	// An edge whose item has moved since is passed over: the item is in the branch after this. Both databases
	// are made to walk along the edges: their planners take the join for one that leaves next to nothing.
	given := `SELECT i.id AS id, i.seq AS seq FROM access a CROSS JOIN items i WHERE i.id = a.item_id AND i.seq = a.item_seq
		AND i.kind = ?3 AND i.deleted_at = 0 AND a.collaborator_id = ?2 AND a.level <> 'none'`
	if d == dialect.Postgres {
		given = `SELECT i.id AS id, i.seq AS seq FROM access a CROSS JOIN LATERAL (SELECT id, seq, archived_at FROM items
			WHERE id = a.item_id AND seq = a.item_seq AND kind = ?3 AND deleted_at = 0 OFFSET 0) AS i
			WHERE a.collaborator_id = ?2 AND a.level <> 'none'`
	}
	settled, err := edgesSettled(ctx, c, v.Account)
	if err != nil {
		return nil, err
	}
	moved := `SELECT i.id AS id, i.seq AS seq FROM items i WHERE i.account_id = ?1 AND i.kind = ?3 AND i.deleted_at = 0
		AND i.seq > ` + strconv.FormatInt(settled, 10) + ` AND EXISTS (SELECT 1 FROM access a WHERE a.item_id = i.id AND a.collaborator_id = ?2 AND a.level <> 'none')`
	made := `SELECT i.id AS id, i.seq AS seq FROM items i WHERE i.creator_id = ?2 AND i.kind = ?3 AND i.deleted_at = 0`
	args := []any{v.Account, v.Collaborator, string(kind), n}
	if after != nil {
		args = append(args, after.Seq, after.ID)
	}
	var branches []string
	for _, b := range []struct{ query, seq, id string }{
		{open, "i.seq", "i.id"}, {given, "a.item_seq", "a.item_id"}, {moved, "i.seq", "i.id"}, {made, "i.seq", "i.id"},
	} {
		q := b.query
		if only != "" {
			q += " AND " + only
		}
		if after != nil {
			q += fmt.Sprintf(" AND (%s, %s) < (?5, ?6)", b.seq, b.id)
		}
		branches = append(branches, fmt.Sprintf("SELECT id, seq FROM (%s ORDER BY %s DESC, %s DESC LIMIT ?4) AS branch", q, b.seq, b.id))
	}
	query := "SELECT id, seq FROM (" + strings.Join(branches, " UNION ") + ") AS seen ORDER BY seq DESC, id DESC LIMIT ?4"
	rows, err := c.QueryContext(ctx, store.Rebind(d, query), args...)
	if err != nil {
		return nil, fmt.Errorf("finding the newest items: %w", err)
	}
	defer rows.Close()
	found := make([]Place, 0, n)
	for rows.Next() {
		var p Place
		if err := rows.Scan(&p.ID, &p.Seq); err != nil {
			return nil, err
		}
		found = append(found, p)
	}
	return found, rows.Err()
}

// edgesSettled returns the position up to which edges carry that of their items (see feed.Settle). It goes
// into the query as a number: PostgreSQL plans for the few items above it only if it sees it.
func edgesSettled(ctx context.Context, c *ent.Client, id uuid.UUID) (int64, error) {
	acc, err := c.Account.Query().Where(account.ID(id)).Select(account.FieldEdgesSeq).Only(ctx)
	if err != nil {
		return 0, fmt.Errorf("reading what is settled: %w", err)
	}
	return acc.EdgesSeq, nil
}
