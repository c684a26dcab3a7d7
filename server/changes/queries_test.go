package changes_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestQueries counts what a follower costs the database when others have looked at the same commit.
func TestQueries(t *testing.T) {
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

	a := setup(t, s).newAccount(t, 3)
	list, campaign := a.create(item.KindContactList, a.owner(), true), a.create(item.KindCampaign, a.owner(), true)
	secret := a.create(item.KindTemplate, a.owner(), false)
	a.setMemberLeads(true)
	a.addRows(list, 1)
	head, rows := make(map[*person]string), make(map[*person]string)
	for _, p := range a.model.people {
		head[p], rows[p] = a.page(p, "").Next, a.sharedRows(p, list, "", 10).next
	}
	// follow reads what a hint has, and returns how many buckets moved, and the number of queries.
	follow := func(p *person) (moved, cost int) {
		t.Helper()
		tx, err := client.Tx(a.as(p))
		a.must(err)
		defer func() { _ = tx.Rollback() }()
		queries = 0
		look, err := a.changes.Look(a.as(p), tx, dialect.SQLite)
		a.must(err)
		page, err := look.Workspace(a.as(p), head[p], 10)
		a.must(err)
		for _, id := range page.Buckets {
			span, err := look.Rows(a.as(p), id, rows[p], 10)
			a.must(err)
			_, err = span.Lines(a.as(p), tx, dialect.SQLite)
			a.must(err)
			rows[p] = span.Next
		}
		head[p] = page.Next
		return len(page.Buckets), queries
	}
	for _, c := range []struct {
		name    string
		happens func()
		moved   int
		costs   [2]int // for who looks first, and who looks next
	}{
		{"a template changes that they do not see", func() { a.edit(secret) }, 0, [2]int{5, 4}},
		{"it is shared with somebody else", func() { a.setAccess(secret, a.model.people[3], "view") }, 0, [2]int{4, 3}},
		{"somebody else is given a lead", func() { a.receive(campaign, a.model.people[3].id, 1) }, 0, [2]int{6, 5}},
		{"a contact comes", func() { a.addRows(list, 1) }, 1, [2]int{13, 8}},
	} {
		c.happens()
		for i, most := range c.costs {
			if moved, cost := follow(a.model.people[1+i]); moved != c.moved || cost > most {
				t.Errorf("%s: %d buckets have moved for person %d, who costs %d queries and not %d", c.name, moved, i+1, cost, most)
			}
		}
	}
}
