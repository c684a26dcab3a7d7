package team

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/schema"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// MostPromises is how much access one invitation gives.
const MostPromises = 1000

// Promise is access to one item that an invitation gives when it is accepted.
type Promise struct {
	Item uuid.UUID
	// Level is view or edit.
	Level access.Level
	// RoundRobin is whether the person joins the campaign's rotation.
	RoundRobin bool
}

// stored checks promises and returns them as an invitation holds them. The owner sees each item.
func (d *deed) stored(ctx context.Context, promises []Promise) ([]schema.Promise, error) {
	if len(promises) > MostPromises {
		return nil, fault.Field("access", "An invitation gives access to at most %d items.", MostPromises)
	}
	ids := make([]uuid.UUID, len(promises))
	for i, p := range promises {
		ids[i] = p.Item
	}
	kinds, err := kindsOf(ctx, d.Tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]schema.Promise, len(promises))
	seen := make(map[uuid.UUID]bool, len(promises))
	for i, p := range promises {
		kind, ok := kinds[p.Item]
		switch {
		case !ok:
			return nil, fault.Missing("item")
		case seen[p.Item]:
			return nil, fault.Field("access", "An item is named twice.")
		case p.Level != access.LevelView && p.Level != access.LevelEdit:
			return nil, fault.Field("access", "Access is to view or to edit.")
		case p.RoundRobin && kind != item.KindCampaign:
			return nil, fault.Field("access", "Only campaigns have a rotation to join.")
		}
		seen[p.Item] = true
		out[i] = schema.Promise{Item: p.Item, Level: string(p.Level), RoundRobin: p.RoundRobin}
	}
	return out, nil
}

// kindsOf returns the kinds of the items that are there for the viewer in the context.
func kindsOf(ctx context.Context, tx *feed.Tx, ids []uuid.UUID) (map[uuid.UUID]item.Kind, error) {
	kinds := make(map[uuid.UUID]item.Kind, len(ids))
	for some := range slices.Chunk(ids, batch) {
		rows, err := tx.Item.Query().Where(item.IDIn(some...), item.AccountID(tx.Account)).Select(item.FieldKind).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading promised items: %w", err)
		}
		for _, row := range rows {
			kinds[row.ID] = row.Kind
		}
	}
	return kinds, nil
}

// keep gives a person who has just joined what their invitation promised, on the items that are still there.
// The campaigns whose rotation they join were locked with lockRotations.
func keep(ctx context.Context, tx *feed.Tx, inv *ent.Invitation, person uuid.UUID) error {
	ids := make([]uuid.UUID, len(inv.Promises))
	for i, p := range inv.Promises {
		ids[i] = p.Item
	}
	names := make(map[uuid.UUID]string, len(ids))
	for some := range slices.Chunk(ids, batch) {
		rows, err := tx.Item.Query().Where(item.IDIn(some...), item.AccountID(tx.Account), item.DeletedAt(0)).
			Select(item.FieldName).All(ctx)
		if err != nil {
			return fmt.Errorf("reading promised items: %w", err)
		}
		for _, row := range rows {
			names[row.ID] = row.Name
		}
	}
	ranks, err := lastRanks(ctx, tx, inv.Promises)
	if err != nil {
		return err
	}
	var edges []*ent.AccessCreate
	for _, p := range inv.Promises {
		name, ok := names[p.Item]
		if !ok {
			continue
		}
		edge := tx.Access.Create().SetAccountID(tx.Account).SetCollaboratorID(person).SetItemID(p.Item).
			SetLevel(access.Level(p.Level)).SetRoundRobin(p.RoundRobin)
		if p.RoundRobin {
			edge.SetRotationRank(ranks[p.Item] + 1)
		}
		edges = append(edges, edge)
		tx.Granted(person, p.Item, visibilityevent.BeforeAbsent)
		line := audit.Line{Verb: audit.Granted, Item: p.Item, Person: person, Detail: map[string]string{
			"item": name, "before": string(visibilityevent.BeforeAbsent), "after": p.Level, "by": "invitation",
		}}
		if inv.InvitedBy != nil {
			line.Actor = *inv.InvitedBy
		}
		tx.Note(line)
	}
	for some := range slices.Chunk(edges, batch) {
		if err := tx.Access.CreateBulk(some...).Exec(ctx); err != nil {
			return fmt.Errorf("giving what was promised: %w", err)
		}
	}
	return nil
}

// lockRotations keeps others from joining the rotations that the promises name, so that the order of joining
// is one order. The rows are locked in the order of their ids, as everywhere.
func lockRotations(ctx context.Context, tx *feed.Tx, promises []schema.Promise) error {
	if tx.Dialect != dialect.Postgres { // SQLite has one writer
		return nil
	}
	campaigns := rotations(promises)
	slices.SortFunc(campaigns, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	for some := range slices.Chunk(campaigns, batch) {
		_, err := tx.Item.Query().Where(item.IDIn(some...), item.AccountID(tx.Account)).Order(item.ByID()).
			ForUpdate(sql.WithLockClause("FOR NO KEY UPDATE")).IDs(ctx)
		if err != nil {
			return fmt.Errorf("locking rotations: %w", err)
		}
	}
	return nil
}

// lastRanks returns the rank of whoever joined last, by campaign.
func lastRanks(ctx context.Context, tx *feed.Tx, promises []schema.Promise) (map[uuid.UUID]int64, error) {
	ranks := make(map[uuid.UUID]int64)
	for some := range slices.Chunk(rotations(promises), batch) {
		var found []struct {
			Item uuid.UUID `json:"item_id"`
			Rank int64     `json:"rank"`
		}
		err := tx.Access.Query().Where(access.ItemIDIn(some...)).GroupBy(access.FieldItemID).
			Aggregate(ent.As(ent.Max(access.FieldRotationRank), "rank")).Scan(ctx, &found)
		if err != nil {
			return nil, fmt.Errorf("reading rotations: %w", err)
		}
		for _, f := range found {
			ranks[f.Item] = f.Rank
		}
	}
	return ranks, nil
}

func rotations(promises []schema.Promise) []uuid.UUID {
	var campaigns []uuid.UUID
	for _, p := range promises {
		if p.RoundRobin {
			campaigns = append(campaigns, p.Item)
		}
	}
	return campaigns
}
