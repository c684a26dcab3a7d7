package sharing

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/store"
)

// Place is an item and its place among those last changed first.
type Place struct {
	ID  uuid.UUID
	Seq int64
	// Item is what a list shows of it: its row without name_key, field_versions and the positions of its
	// rows. It is nil in a place that only says where to go on.
	Item *ent.Item
	// Level is what the viewer may do with it.
	Level access.Level
}

// Newest reads the next n items of a kind that the viewer sees, last changed first, after a place (nil from
// the start). only is a further condition on items as i, such as i.archived_at = 0; empty for all.
//
// It is the rule of visibility.go once more, for speed: each way in which a person comes to see an item is
// a branch that an index has in order, so that the cost follows n and not how many items or edges there
// are. What a branch says of an item, with the item's own row, is put before the rule; tests hold what it
// finds to what the ORM finds. It is not for owners: they see everything, in the order of one index.
func (v *Viewer) Newest(ctx context.Context, c *ent.Client, d string, kind item.Kind, after *Place, n int, only string) ([]Place, error) {
	if v.Out || v.deleted {
		return nil, nil
	}
	args := []any{v.Account, v.Collaborator}
	if after != nil {
		args = append(args, after.Seq, after.ID)
	}
	rows, err := c.QueryContext(ctx, store.Rebind(d, newestQuery(d, kind, after != nil, n, only)), args...)
	if err != nil {
		return nil, fmt.Errorf("finding the newest items: %w", err)
	}
	defer rows.Close()
	found := make([]Place, 0, n)
	for rows.Next() {
		i := &ent.Item{AccountID: v.Account, Kind: kind}
		var creator, changedBy uuid.NullUUID
		var edge access.Level
		err := rows.Scan(&i.ID, &i.Seq, &i.CreatedAt, &i.Name, &i.Audience, &creator, &changedBy,
			&i.Version, &i.RowsCount, &i.ChangedAt, &i.ArchivedAt, &edge)
		if err != nil {
			return nil, fmt.Errorf("finding the newest items: %w", err)
		}
		i.CreatorID, i.ChangedByID = pointer(creator), pointer(changedBy)
		level := v.Level(State{Creator: i.CreatorID, Audience: i.Audience, Edge: edge})
		if level == access.LevelNone {
			return nil, fmt.Errorf("the list of the newest items holds %s, which %s does not see", i.ID, v.Collaborator)
		}
		found = append(found, Place{i.ID, i.Seq, i, level})
	}
	return found, rows.Err()
}

// Count counts the items of a kind that the viewer sees, by the same branches: its cost follows what they see and not what
// there is. It is not for owners either.
func (v *Viewer) Count(ctx context.Context, c *ent.Client, d string, kind item.Kind, only string) (n int, err error) {
	if v.Out || v.deleted {
		return 0, nil
	}
	rows, err := c.QueryContext(ctx, store.Rebind(d, countQuery(d, kind, only)), v.Account, v.Collaborator)
	if err != nil {
		return 0, fmt.Errorf("counting items: %w", err)
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, errors.Join(err, rows.Err())
}

// branch is one way in which a person comes to see an item.
type branch struct{ id, seq, edge, from string }

// branches are the ways to see items of a kind, of which no two hold the same item. The kind stands in the text, as does the
// length of a list: PostgreSQL plans anew for each argument whose meaning it cannot guess, which took 1.3 ms, and 0.5 to
// run the plan.
func branches(d string, kind item.Kind, only string) []branch {
	// The position up to which edges carry that of their items (see feed.Settle).
	const settled = `(SELECT edges_seq FROM accounts WHERE id = ?1)`
	// PostgreSQL takes the plain comparison for one that leaves next to nothing.
	const notMade = ` AND CASE WHEN i.creator_id = ?2 THEN false ELSE true END`
	live := ` AND i.account_id = ?1 AND i.deleted_at = 0 AND i.kind = '` + string(kind) + `'`
	if only != "" {
		live += ` AND ` + only
	}
	// A person has at most one edge on an item. Both databases are made to walk in the order of the first table,
	// and SQLite to look a person's edge up where their others lie, and what they made among theirs: it takes
	// any index of an account for one that leaves as little.
	edges := `access a INDEXED BY access_person_item_level`
	made := `items i INDEXED BY item_creator_id_kind_seq_id`
	given := `access a CROSS JOIN items i WHERE i.id = a.item_id AND i.seq = a.item_seq`
	moved := `items i CROSS JOIN ` + edges + ` WHERE a.item_id = i.id AND a.collaborator_id = ?2`
	if d == dialect.Postgres {
		edges, made = `access a`, `items i`
		given = `access a CROSS JOIN LATERAL (SELECT * FROM items WHERE id = a.item_id AND seq = a.item_seq OFFSET 0) AS i WHERE true`
		moved = `items i CROSS JOIN LATERAL (SELECT level FROM access WHERE item_id = i.id AND collaborator_id = ?2 OFFSET 0) AS a WHERE true`
	}
	return []branch{
		{`i.id`, `i.seq`, `''`, `items i WHERE i.audience = 'everyone'` + live + notMade +
			` AND NOT EXISTS (SELECT 1 FROM ` + edges + ` WHERE a.item_id = i.id AND a.collaborator_id = ?2)`},
		// An edge whose item has moved since is passed over: the item is in the branch after this.
		{`a.item_id`, `a.item_seq`, `a.level`, given + live + notMade +
			` AND a.collaborator_id = ?2 AND a.level <> 'none' AND a.item_seq <= ` + settled},
		{`i.id`, `i.seq`, `a.level`, moved + live + notMade + ` AND a.level <> 'none' AND i.seq > ` + settled},
		{`i.id`, `i.seq`, `''`, made + ` WHERE i.creator_id = ?2` + live},
	}
}

// newestQuery merges the branches: SQLite walks each only as far as the page needs, PostgreSQL no further than a page.
func newestQuery(d string, kind item.Kind, continued bool, n int, only string) string {
	order := ` ORDER BY seq DESC, id DESC LIMIT ` + strconv.Itoa(n)
	var parts []string
	for _, b := range branches(d, kind, only) {
		q := `SELECT ` + b.id + ` AS id, ` + b.seq + ` AS seq, i.created_at, i.name, i.audience, i.creator_id, i.changed_by_id,
			i.version, i.rows_count, i.changed_at, i.archived_at, ` + b.edge + ` AS edge FROM ` + b.from
		if continued {
			q += ` AND (` + b.seq + `, ` + b.id + `) < (?3, ?4)`
		}
		if d == dialect.Postgres {
			q = `(` + q + order + `)`
		}
		parts = append(parts, q)
	}
	return strings.Join(parts, ` UNION ALL `) + order
}

func countQuery(d string, kind item.Kind, only string) string {
	var parts []string
	for _, b := range branches(d, kind, only) {
		parts = append(parts, `(SELECT count(*) FROM `+b.from+`)`)
	}
	return `SELECT ` + strings.Join(parts, ` + `)
}

func pointer(id uuid.NullUUID) *uuid.UUID {
	if !id.Valid {
		return nil
	}
	return &id.UUID
}
