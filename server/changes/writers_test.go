package changes_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/feedcommit"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestWriters has many write to one account at once while a copy follows. Numbers are dense and in the
// order of commits: whoever sees the head n sees all commits up to n, and the copy misses none.
func TestWriters(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const writers, commits = 8, 15
		a := setup(t, s).newAccount(t, 1)
		list := a.create(item.KindContactList, a.owner(), true)
		a.model.remember()
		c := newCopy(a, a.model.people[1])
		c.drain(10)
		start := head(t, a)

		var g errgroup.Group
		for w := range writers {
			g.Go(func() error {
				for i := range commits {
					if err := writeOne(a, list.id, fmt.Sprint(w, "-", i)); err != nil {
						return err
					}
				}
				return nil
			})
		}
		done := make(chan error, 1)
		go func() { done <- g.Wait() }()
		for running := true; running; {
			select {
			case err := <-done:
				a.must(err)
				running = false
			default:
			}
			dense(t, a, start)
			c.pull(3, false)
			c.pullRows(list.id.String(), 3, false)
		}
		if got := head(t, a); got != start+writers*commits {
			t.Errorf("the head is %d after %d commits on %d", got, writers*commits, start)
		}
		c.drain(3)
		if got := len(c.items.held); got != 1+writers*commits {
			t.Errorf("the copy that followed holds %d items of %d", got, 1+writers*commits)
		}
		if got := len(c.rows[list.id.String()].held); got != writers*commits {
			t.Errorf("the copy that followed holds %d rows of %d", got, writers*commits)
		}
	})
}

// writeOne makes a template and a contact in one commit.
func writeOne(a *account, list uuid.UUID, name string) error {
	return a.feed.Write(system(), a.id, func(ctx context.Context, tx *feed.Tx) error {
		made, err := tx.Item.Create().SetAccountID(a.id).SetKind(item.KindTemplate).SetName(name).SetNameKey(name).Save(ctx)
		if err != nil {
			return err
		}
		tx.Changed(made.ID)
		tx.Appeared(made.ID)
		if err := tx.Template.Create().SetID(made.ID).SetAccountID(a.id).Exec(ctx); err != nil {
			return err
		}
		rows, err := tx.Rows(ctx, list)
		if err != nil {
			return err
		}
		rows.Added(1)
		address := name + "@example.com"
		err = tx.Contact.Create().SetAccountID(a.id).SetListID(list).SetEmail(address).SetEmailKey(address).
			SetRowSeq(rows.Seq).Exec(ctx)
		if err != nil {
			return err
		}
		return rows.Digest(ctx)
	})
}

// dense looks once: of the commits after start, each of which made one template, there are as many as the
// head says, with as many numbers.
func dense(t *testing.T, a *account, start int64) {
	t.Helper()
	a.must(a.store.Snapshot(system(), func(ctx context.Context, tx *ent.Tx) error {
		acc, err := tx.Account.Get(ctx, a.id)
		if err != nil {
			return err
		}
		commits, err := tx.FeedCommit.Query().Where(feedcommit.AccountID(a.id), feedcommit.SeqGT(start)).Count(ctx)
		if err != nil {
			return err
		}
		made, err := tx.Item.Query().Where(item.AccountID(a.id), item.SeqGT(start), item.KindEQ(item.KindTemplate)).Count(ctx)
		if err != nil {
			return err
		}
		if after := int(acc.Seq - start); commits != after || made != after {
			t.Errorf("at the head %d after %d there are %d commits that made %d items", acc.Seq, start, commits, made)
		}
		return nil
	}))
}

func head(t *testing.T, a *account) int64 {
	t.Helper()
	acc, err := a.store.Client().Account.Get(system(), a.id)
	a.must(err)
	return acc.Seq
}
