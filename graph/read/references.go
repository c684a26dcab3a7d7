package read

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/item"
)

// references are the lists and blacklists that the campaigns of a page point at.
type references struct {
	lists, blacklists targets
	// siblings are the visible targets together; nil where there are none.
	siblings *siblings
}

// targets holds the references of one kind by campaign.
type targets struct {
	// visible are those the viewer may see, in the order of their ids.
	visible map[uuid.UUID][]Item
	// restricted tells of campaigns that also point at others. How many is not told.
	restricted map[uuid.UUID]bool
}

func (s *siblings) loadReferences(ctx context.Context) (*references, error) {
	ids := s.ids(item.KindCampaign)
	if len(ids) == 0 {
		return &references{}, nil
	}
	lists, err := s.pairs(ctx, ids, campaign.ListsTable, campaign.ListsPrimaryKey)
	if err != nil {
		return nil, err
	}
	blacklists, err := s.pairs(ctx, ids, campaign.BlacklistsTable, campaign.BlacklistsPrimaryKey)
	if err != nil {
		return nil, err
	}
	var named []uuid.UUID
	for _, p := range slices.Concat(lists, blacklists) {
		named = append(named, p.target)
	}
	// The viewer's own query decides which of the targets exist for them.
	rows, err := s.Item.Query().Where(item.IDIn(named...)).All(ctx)
	if err != nil {
		return nil, err
	}
	visible := make(map[uuid.UUID]Item, len(rows))
	refs := &references{}
	for i, it := range newItems(source{s.Client, s.dialect, s.clock, false}, rows) {
		visible[rows[i].ID] = it
		refs.siblings = it.shared().siblings
	}
	refs.lists, refs.blacklists = resolve(lists, visible), resolve(blacklists, visible)
	return refs, nil
}

type pair struct{ campaign, target uuid.UUID }

// pairs reads a join table, which holds ids only and is not narrowed: what is visible is decided by the
// query of the targets.
func (s *siblings) pairs(ctx context.Context, campaigns []uuid.UUID, table string, columns []string) ([]pair, error) {
	b := sql.Dialect(s.dialect)
	sel := b.Select(columns...).From(b.Table(table)).OrderBy(columns...)
	sql.FieldIn(columns[0], campaigns...)(sel)
	query, args := sel.Query()
	rows, err := s.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading references: %w", err)
	}
	defer rows.Close()
	var found []pair
	for rows.Next() {
		var p pair
		if err := rows.Scan(&p.campaign, &p.target); err != nil {
			return nil, err
		}
		found = append(found, p)
	}
	return found, rows.Err()
}

func resolve(pairs []pair, visible map[uuid.UUID]Item) targets {
	r := targets{make(map[uuid.UUID][]Item), make(map[uuid.UUID]bool)}
	for _, p := range pairs {
		if it, ok := visible[p.target]; ok {
			r.visible[p.campaign] = append(r.visible[p.campaign], it)
		} else {
			r.restricted[p.campaign] = true
		}
	}
	return r
}

// itemsAs returns items that are all of the kind T.
func itemsAs[T Item](items []Item) []T {
	list := make([]T, len(items))
	for i, it := range items {
		list[i] = it.(T)
	}
	return list
}
