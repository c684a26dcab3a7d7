package changes

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/sharing"
)

// The kinds of things that a workspace is added up by.
const (
	SumAccount    = "account"
	SumPeople     = "people"
	SumCampaigns  = "campaigns"
	SumTemplates  = "templates"
	SumLists      = "lists"
	SumBlacklists = "blacklists"
	SumBuckets    = "buckets"
)

// WorkspaceDigest adds up the workspace of the viewer in the context, by kind, in the snapshot tx: of the account and
// of people id and version, of items id, version and the viewer's level, of buckets the item's id and the state. That
// is for a copy that has reached the token: fresh is false, and there are no sums, where something follows it. A token
// that cannot be continued is the CursorExpired fault.
//
// It looks at all that the viewer sees, so it is for once a day and for when somebody asks.
func (c *Changes) WorkspaceDigest(ctx context.Context, tx *ent.Tx, dialect, token string) (sums map[string]digest.Sum, fresh bool, err error) {
	if fresh, _, err = c.Fresh(ctx, tx, dialect, token); err != nil || !fresh {
		return nil, fresh, err
	}
	l, err := c.newLook(ctx, tx, dialect)
	if err != nil {
		return nil, false, err
	}
	a := adder{sums: make(map[string]digest.Sum)}
	for _, kind := range []string{SumAccount, SumPeople, SumCampaigns, SumTemplates, SumLists, SumBlacklists, SumBuckets} {
		a.sums[kind] = digest.Sum{}
	}
	a.add(SumAccount, a.values.ID(l.account.id).Number(l.account.version))
	people, err := tx.Collaborator.Query().Where(collaborator.AccountID(l.account.id), collaborator.RemovedAt(0)).
		Select(collaborator.FieldID, collaborator.FieldVersion).All(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("adding up people: %w", err)
	}
	for _, p := range people {
		a.add(SumPeople, a.values.ID(p.ID).Number(p.Version))
	}
	if err := l.addItems(ctx, &a); err != nil {
		return nil, false, err
	}
	return a.sums, true, nil
}

// adder adds up a workspace.
type adder struct {
	sums   map[string]digest.Sum
	values digest.Values
}

func (a *adder) add(kind string, values *digest.Values) {
	s := a.sums[kind]
	s.Add(values.Row())
	a.sums[kind] = s
}

// addItems adds up the items that the viewer sees, and their buckets.
func (l *look) addItems(ctx context.Context, a *adder) error {
	items, err := l.Item.Query().All(ctx)
	if err != nil {
		return fmt.Errorf("adding up items: %w", err)
	}
	edges, err := l.Access.Query().Where(access.CollaboratorID(l.viewer.Collaborator)).
		Select(access.FieldID, access.FieldItemID, access.FieldLevel).All(ctx)
	if err != nil {
		return fmt.Errorf("adding up items: %w", err)
	}
	levels := make(map[uuid.UUID]access.Level, len(edges))
	for _, e := range edges {
		levels[e.ItemID] = e.Level
	}
	kinds := map[item.Kind]string{
		item.KindCampaign: SumCampaigns, item.KindTemplate: SumTemplates,
		item.KindContactList: SumLists, item.KindBlacklist: SumBlacklists,
	}
	for _, it := range items {
		level := l.viewer.Level(sharing.State{Creator: it.CreatorID, Audience: it.Audience, Edge: levels[it.ID]})
		a.add(kinds[it.Kind], a.values.ID(it.ID).Number(it.Version).Text(string(level)))
	}
	var bucketed []uuid.UUID
	s := l.visibleItems("id")
	s.Where(l.bucketed(s))
	err = l.query(ctx, s, func(r *sql.Rows) error {
		var id uuid.UUID
		err := r.Scan(&id)
		bucketed = append(bucketed, id)
		return err
	})
	if err != nil {
		return err
	}
	byID := make(map[uuid.UUID]*ent.Item, len(items))
	for _, it := range items {
		byID[it.ID] = it
	}
	for some := range slices.Chunk(bucketed, 1000) { // few enough for the parameters that SQLite takes
		of := make([]*ent.Item, 0, len(some))
		for _, id := range some {
			if byID[id] != nil {
				of = append(of, byID[id])
			}
		}
		buckets, err := l.buckets(ctx, of...)
		if err != nil {
			return err
		}
		for _, it := range of {
			a.add(SumBuckets, a.values.ID(it.ID).Text(buckets[it.ID].State))
		}
	}
	return nil
}
