package changes_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestDigests holds that what rows and the workspace add up to is of what the viewer sees, as it is now.
func TestDigests(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		t.Run("parts and sums of leads are of one's own", func(t *testing.T) {
			a := b.newAccount(t, 3)
			one, two := a.model.people[1], a.model.people[2]
			campaign := a.create(item.KindCampaign, a.owner(), true)
			a.setMemberLeads(true)
			a.receive(campaign, one.id, 4)
			a.receive(campaign, two.id, 5)
			a.receive(campaign, uuid.Nil, 2)
			for i, p := range a.model.people {
				seen := slices.Sorted(maps.Keys(a.model.rowsView(campaign, p)))
				var parts []int
				for id := range campaign.leads {
					if n := digest.Part(id.String()); !slices.Contains(parts, n) {
						parts = append(parts, n)
					}
				}
				var page *rowsPage
				var sum *changes.Digest
				a.must(s.Snapshot(a.as(p), func(ctx context.Context, tx *ent.Tx) error {
					lines, err := b.changes.PartLines(ctx, tx, s.Dialect(), campaign.id, parts)
					if err != nil {
						return err
					}
					if page, err = readLines(lines); err != nil {
						return err
					}
					if sum, err = b.changes.Digest(ctx, tx, s.Dialect(), campaign.id); err != nil {
						return err
					}
					all, err := b.changes.All(ctx, tx, s.Dialect(), campaign.id)
					if err == nil && (all == nil) != (p != a.owner()) {
						t.Errorf("person %d is told of all rows: %v", i, all)
					}
					return err
				}))
				if got := slices.Sorted(slices.Values(page.ids)); !slices.Equal(got, seen) {
					t.Errorf("person %d gets the parts %v, and sees %v", i, got, seen)
				}
				if total := sum.Parts.Total(); total.Count != int64(len(seen)) || total.String() != page.digest {
					t.Errorf("person %d is told %s, the rows come to %s", i, total, page.digest)
				}
			}
		})
		t.Run("a workspace is added up for who has all of it", func(t *testing.T) {
			a := b.newAccount(t, 1)
			a.create(item.KindTemplate, a.owner(), true)
			var token string
			add := func() (sums map[string]digest.Sum, fresh bool) {
				a.must(s.Snapshot(a.as(a.owner()), func(ctx context.Context, tx *ent.Tx) (err error) {
					sums, fresh, err = b.changes.WorkspaceDigest(ctx, tx, s.Dialect(), token)
					return err
				}))
				return sums, fresh
			}
			a.must(s.Snapshot(a.as(a.owner()), func(ctx context.Context, tx *ent.Tx) error {
				page, err := b.changes.Workspace(ctx, tx, s.Dialect(), "", 100)
				if err == nil {
					token = page.Next
				}
				return err
			}))
			if sums, fresh := add(); !fresh || sums[changes.SumTemplates].Count != 1 {
				t.Errorf("up to date: %v, %v", sums, fresh)
			}
			a.create(item.KindTemplate, a.owner(), true)
			if sums, fresh := add(); fresh || sums != nil {
				t.Errorf("with something to come: %v, %v", sums, fresh)
			}
		})
	})
}
