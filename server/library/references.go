package library

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

// maxReferences is how many lists, and how many blacklists, a change may name.
const maxReferences = 100

// reference is a field in which a campaign names other items.
type reference struct {
	field   string
	kind    item.Kind
	table   string
	columns []string // the campaign's, the other's
}

func references() []reference {
	return []reference{
		{"lists", item.KindContactList, campaign.ListsTable, campaign.ListsPrimaryKey},
		{"blacklists", item.KindBlacklist, campaign.BlacklistsTable, campaign.BlacklistsPrimaryKey},
	}
}

// of returns what the patch sets the field to, nil where it leaves it.
func (r reference) of(p *Patch) *[]uuid.UUID {
	if r.kind == item.KindContactList {
		return p.Lists
	}
	return p.Blacklists
}

// targets are the items a field names, in the order of their names. All are visible to the viewer.
type targets []*ent.Item

// key tells two sets apart, also where items have the same names.
func (t targets) key() string {
	ids := make([]string, len(t))
	for i, it := range t {
		ids[i] = it.ID.String()
	}
	slices.Sort(ids)
	return strings.Join(ids, ",")
}

// names is the set for a person.
func (t targets) names() string {
	names := make([]string, len(t))
	for i, it := range t {
		names[i] = it.Name
	}
	return strings.Join(names, ", ")
}

func (t targets) without(others targets) []uuid.UUID {
	var ids []uuid.UUID
	for _, it := range t {
		if !slices.ContainsFunc(others, func(o *ent.Item) bool { return o.ID == it.ID }) {
			ids = append(ids, it.ID)
		}
	}
	return ids
}

// resolve returns the items that a patch names. One that the viewer does not see, or of another kind, is
// the NotFound fault on the field.
func (r reference) resolve(ctx context.Context, tx *feed.Tx, ids []uuid.UUID) (targets, error) {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) })
	ids = slices.Compact(ids)
	if len(ids) > maxReferences {
		return nil, fault.Field(r.field, "At most %d can be named.", maxReferences)
	}
	found, err := r.visible(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	if len(found) != len(ids) {
		missing := fault.Missing(noun(r.kind))
		missing.Field = r.field
		return nil, missing
	}
	return found, nil
}

// current returns the items that the campaign names and the viewer sees.
func (r reference) current(ctx context.Context, tx *feed.Tx, id uuid.UUID) (targets, error) {
	ids, err := r.joined(ctx, tx, r.columns[1], r.columns[0], id)
	if err != nil {
		return nil, err
	}
	return r.visible(ctx, tx, ids)
}

// naming returns the campaigns that name the item, whoever sees them.
func (r reference) naming(ctx context.Context, tx *feed.Tx, id uuid.UUID) ([]uuid.UUID, error) {
	return r.joined(ctx, tx, r.columns[0], r.columns[1], id)
}

// joined returns one side of the pairs that have id on the other. They are ids only and are not narrowed
// by the viewer.
func (r reference) joined(ctx context.Context, tx *feed.Tx, side, other string, id uuid.UUID) ([]uuid.UUID, error) {
	return uuids(ctx, tx, `SELECT `+side+` FROM `+r.table+` WHERE `+other+` = ? ORDER BY `+side, id)
}

// visible returns those of the items that the viewer sees.
func (r reference) visible(ctx context.Context, tx *feed.Tx, ids []uuid.UUID) (targets, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return tx.Item.Query().Where(item.IDIn(ids...), item.KindEQ(r.kind)).
		Order(item.ByName(), item.ByID()).All(ctx)
}

// set makes the campaign name these instead of those; what the viewer does not see is in neither.
func (r reference) set(ctx context.Context, tx *feed.Tx, id uuid.UUID, these, those targets) error {
	u := tx.Campaign.UpdateOneID(id)
	add, remove := these.without(those), those.without(these)
	if r.kind == item.KindContactList {
		u.AddListIDs(add...).RemoveListIDs(remove...)
	} else {
		u.AddBlacklistIDs(add...).RemoveBlacklistIDs(remove...)
	}
	if err := u.Exec(ctx); err != nil {
		return fmt.Errorf("writing what a campaign names: %w", err)
	}
	return nil
}
