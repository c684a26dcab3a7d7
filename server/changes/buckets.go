package changes

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/ent/leadposition"
)

// The rows of an item are a bucket. Every list and blacklist has one, and every campaign that ever had a lead. Who sees
// of a campaign's leads their own alone has one for each campaign in which they ever had one; how it stands, when it
// moved and how many rows it has are told of these, and follow from nobody else's.

// Bucket is how the rows of an item stand for the viewer.
type Bucket struct {
	// State differs whenever a row has changed that the viewer sees, or has ceased to see, and where they begin or
	// cease to see all rows.
	State string
	// Rows is how many rows they see.
	Rows int64
	// Own is whether they see their own rows alone.
	Own bool
}

// ownEpoch sets the buckets of those who see their own rows apart from the others.
const ownEpoch = 0x6f776e

// buckets returns how the rows of items stand for the viewer, who sees them.
func (l *look) buckets(ctx context.Context, items ...*ent.Item) (map[uuid.UUID]Bucket, error) {
	buckets := make(map[uuid.UUID]Bucket, len(items))
	var own []*ent.Item
	for _, it := range items {
		if l.whose(it.Kind) != uuid.Nil {
			own = append(own, it)
			continue
		}
		buckets[it.ID] = Bucket{state(it.RowsEpoch, it.RowsHead), it.RowsCount, false}
	}
	if len(own) == 0 {
		return buckets, nil
	}
	positions, err := l.ofOwn(ctx, leadposition.Table, "max(row_seq)", leadposition.FieldCollaboratorID, own)
	if err != nil {
		return nil, fmt.Errorf("reading where leads stand: %w", err)
	}
	counts, err := l.ofOwn(ctx, lead.Table, "count(*)", lead.FieldAssigneeID, own)
	if err != nil {
		return nil, fmt.Errorf("counting leads: %w", err)
	}
	for _, it := range own {
		buckets[it.ID] = Bucket{l.ownState(it, positions[it.ID]), counts[it.ID], true}
	}
	return buckets, nil
}

// ofOwn reads an aggregate of the viewer's own rows in a table, by campaign.
func (l *look) ofOwn(ctx context.Context, name, aggregate, owner string, campaigns []*ent.Item) (map[uuid.UUID]int64, error) {
	ids := make([]uuid.UUID, len(campaigns))
	for i, it := range campaigns {
		ids[i] = it.ID
	}
	b := sql.Dialect(l.dialect)
	t := b.Table(name)
	s := b.Select(t.C("campaign_id")).AppendSelectExpr(sql.Raw(aggregate)).From(t).
		Where(sql.And(sql.In(t.C("campaign_id"), anys(ids)...), sql.EQ(t.C(owner), l.viewer.Collaborator))).GroupBy(t.C("campaign_id"))
	found := make(map[uuid.UUID]int64)
	err := l.query(ctx, s, func(r *sql.Rows) error {
		var id uuid.UUID
		var n int64
		err := r.Scan(&id, &n)
		found[id] = n
		return err
	})
	return found, err
}

// ownState hides the position of one's own rows, which counts the changes of everybody's. The campaign's epoch is told
// to nobody who sees only their own.
func (l *look) ownState(it *ent.Item, at int64) string {
	sum := sha256.Sum256([]byte(state(it.RowsEpoch^ownEpoch, at) + "." + l.viewer.Collaborator.String()))
	return hex.EncodeToString(sum[:12])
}

func state(epoch, at int64) string {
	return strconv.FormatInt(epoch, 36) + "." + strconv.FormatInt(at, 36)
}

// whose returns whose rows of a kind of item alone the viewer sees, the zero id where all.
func (l *look) whose(kind item.Kind) uuid.UUID {
	if tables[kind].owner == "" || !l.viewer.OwnLeads {
		return uuid.Nil
	}
	return l.viewer.Collaborator
}

// bucketed holds for items of a selector that have a bucket for the viewer.
func (l *look) bucketed(s *sql.Selector) *sql.Predicate {
	lists := sql.In(s.C("kind"), item.KindContactList, item.KindBlacklist)
	campaigns := sql.EQ(s.C("kind"), item.KindCampaign)
	if l.whose(item.KindCampaign) == uuid.Nil {
		return sql.Or(lists, sql.And(campaigns, sql.GT(s.C("rows_seq"), 0)))
	}
	b := sql.Dialect(l.dialect)
	p := b.Table(leadposition.Table)
	mine := b.SelectExpr(sql.Raw("1")).From(p).Where(sql.And(
		sql.ColumnsEQ(p.C("campaign_id"), s.C("id")), sql.EQ(p.C("collaborator_id"), l.viewer.Collaborator)))
	return sql.Or(lists, sql.And(campaigns, sql.Exists(mine)))
}

// rowMoves reads the items whose rows moved, in the order in which they did.
func (l *look) rowMoves(ctx context.Context, from cursor, n int) ([]entry, error) {
	if still, err := l.still(ctx, from.at); err != nil || still.rows {
		return nil, err
	}
	if l.whose(item.KindCampaign) == uuid.Nil {
		return l.itemStream(ctx, from, n, "rows_seq", rowMoves, l.bucketed)
	}
	lists, err := l.itemStream(ctx, from, n, "rows_seq", rowMoves, func(s *sql.Selector) *sql.Predicate {
		return sql.In(s.C("kind"), item.KindContactList, item.KindBlacklist)
	})
	if err != nil {
		return nil, err
	}
	own, err := l.ownMoves(ctx, from, n)
	return append(lists, own...), err
}

// ownMoves reads the visible campaigns in which leads of the viewer's own moved.
func (l *look) ownMoves(ctx context.Context, from cursor, n int) ([]entry, error) {
	s := l.visibleItems("id")
	p := sql.Dialect(l.dialect).Table(leadposition.Table)
	s.Join(p).On(p.C("campaign_id"), s.C("id"))
	s.Where(sql.And(sql.EQ(p.C("collaborator_id"), l.viewer.Collaborator),
		sql.CompositeGT([]string{p.C("seq"), p.C("campaign_id")}, from.at.seq, from.at.id)))
	s.AppendSelect(p.C("seq")).OrderBy(p.C("seq"), p.C("campaign_id")).Limit(n)
	var found []entry
	err := l.query(ctx, s, func(r *sql.Rows) error {
		e := entry{stream: rowMoves}
		err := r.Scan(&e.at.id, &e.at.seq)
		found = append(found, e)
		return err
	})
	return found, err
}
