package changes_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	entlead "github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestSizes: what buckets take is estimated of what the viewer sees, and of nothing else.
func TestSizes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := setup(t, s).newAccount(t, 2)
		owner, member := a.owner(), a.model.people[1]
		list, secret := a.create(item.KindContactList, owner, true), a.create(item.KindContactList, owner, false)
		campaign, template := a.create(item.KindCampaign, owner, true), a.create(item.KindTemplate, owner, true)
		a.addRows(list, 40)
		a.addRows(secret, 40)
		sizes := func(p *person, ids ...uuid.UUID) (found map[uuid.UUID]int64) {
			t.Helper()
			a.look(p, func(ctx context.Context, look looking) (err error) {
				found, err = look.Sizes(ctx, ids...)
				return err
			})
			return found
		}
		all := []uuid.UUID{list.id, secret.id, campaign.id, template.id, uuid.New()}
		of := sizes(owner, all...)
		if len(of) != 3 || of[list.id] <= of[campaign.id] || of[list.id] != of[secret.id] {
			t.Errorf("to the owner: %v", of)
		}
		if got := sizes(member, all...); len(got) != 2 || got[secret.id] != 0 || got[list.id] != of[list.id] {
			t.Errorf("to the member: %v", got)
		}

		a.setMemberLeads(true)
		a.receive(campaign, member.id, 3)
		before := sizes(member, campaign.id)[campaign.id]
		a.receive(campaign, owner.id, 50)
		a.receive(campaign, uuid.Nil, 50)
		mine := entlead.AssigneeID(member.id)
		a.write(func(ctx context.Context, tx *feed.Tx) error {
			rows, err := tx.Rows(ctx, campaign.id)
			if err != nil {
				return err
			}
			return tx.Lead.Update().Where(entlead.Or(entlead.Not(mine), entlead.AssigneeIDIsNil())).SetNotes(fmt.Sprintf("%1000d", 1)).SetRowSeq(rows.Seq).Exec(ctx)
		})
		if after := sizes(member, campaign.id)[campaign.id]; after != before {
			t.Errorf("others' leads make it %d, and not %d", after, before)
		}
		if of := sizes(owner, campaign.id)[campaign.id]; of < 100*1000 {
			t.Errorf("to the owner, of 103 leads: %d", of)
		}
	})
}

// TestBucketed lists the buckets that there are, page by page.
func TestBucketed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := setup(t, s).newAccount(t, 1)
		owner, member := a.owner(), a.model.people[1]
		var seen []uuid.UUID
		for i := range 5 {
			l := a.create(item.KindContactList, owner, i != 2)
			if i != 2 {
				seen = append(seen, l.id)
			}
		}
		a.create(item.KindCampaign, owner, true) // without a lead
		list := func(p *person, only []uuid.UUID, after uuid.UUID, n int) (ids []uuid.UUID) {
			t.Helper()
			a.look(p, func(ctx context.Context, look looking) (err error) {
				ids, err = look.Bucketed(ctx, only, after, n)
				return err
			})
			return ids
		}
		if got := list(owner, nil, uuid.Nil, 10); len(got) != 5 {
			t.Errorf("the owner has %v", got)
		}
		got := list(member, nil, uuid.Nil, 3)
		got = append(got, list(member, nil, got[2], 3)...)
		if fmt.Sprint(got) != fmt.Sprint(seen) {
			t.Errorf("the member has %v, and not %v", got, seen)
		}
		if got := list(member, []uuid.UUID{}, uuid.Nil, 3); len(got) > 0 {
			t.Errorf("of none: %v", got)
		}
	})
}

// looking is a reading in one snapshot.
type looking interface {
	Sizes(context.Context, ...uuid.UUID) (map[uuid.UUID]int64, error)
	Bucketed(context.Context, []uuid.UUID, uuid.UUID, int) ([]uuid.UUID, error)
}

func (a *account) look(p *person, read func(context.Context, looking) error) {
	a.must(a.store.Snapshot(a.as(p), func(ctx context.Context, tx *ent.Tx) error {
		look, err := a.changes.Look(ctx, tx, a.store.Dialect())
		if err != nil {
			return err
		}
		return read(ctx, look)
	}))
}

// TestSizesQueries: a page of buckets costs the same number of queries, however long it is.
func TestSizesQueries(t *testing.T) {
	config := storetest.Config(t, dialect.SQLite)
	s, err := store.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	driver, err := sql.Open(dialect.SQLite, "file:"+filepath.Join(config.DataDir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = driver.Close() })
	queries := 0
	client := ent.NewClient(ent.Driver(dialect.DebugWithContext(driver, func(_ context.Context, line ...any) {
		if strings.Contains(fmt.Sprint(line...), "query=") {
			queries++
		}
	})))
	a := setup(t, s).newAccount(t, 1)
	cost := func() int {
		t.Helper()
		tx, err := client.Tx(a.as(a.owner()))
		a.must(err)
		defer func() { _ = tx.Rollback() }()
		queries = 0
		look, err := a.changes.Look(a.as(a.owner()), tx, dialect.SQLite)
		a.must(err)
		ids, err := look.Bucketed(a.as(a.owner()), nil, uuid.Nil, 100)
		a.must(err)
		found, err := look.Sizes(a.as(a.owner()), ids...)
		a.must(err)
		if len(found) != len(ids) || len(ids) == 0 {
			t.Fatalf("%d sizes of %d buckets", len(found), len(ids))
		}
		return queries
	}
	add := func() {
		a.addRows(a.create(item.KindContactList, a.owner(), true), 1)
		a.receive(a.create(item.KindCampaign, a.owner(), true), uuid.Nil, 1)
	}
	add()
	few := cost()
	for range 20 {
		add()
	}
	if many := cost(); many != few || few == 0 {
		t.Errorf("%d queries for few buckets, and %d for many", few, many)
	}
}
