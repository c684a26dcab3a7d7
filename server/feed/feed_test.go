package feed_test

import (
	"context"
	"sync/atomic"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/feed/feedtest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// account is an account with two people.
type account struct {
	t      *testing.T
	store  *store.Store
	feed   *feed.Feed
	id     uuid.UUID
	people []uuid.UUID
}

func system() context.Context { return viewer.System(context.Background(), "a test sets up its rows") }

func setup(t *testing.T, s *store.Store) *account {
	t.Helper()
	feedtest.Guard(t, s)
	return found(t, s)
}

// found makes one more account.
func found(t *testing.T, s *store.Store) *account {
	t.Helper()
	a := &account{t: t, store: s, feed: feed.New(s, fanout.New()), id: uuid.Must(uuid.NewV7())}
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		if err := tx.Tx.Account.Create().SetID(a.id).SetName("Test").Exec(ctx); err != nil {
			return err
		}
		tx.SettingsChanged()
		a.people = nil
		for range 2 {
			address := uuid.NewString() + "@example.com"
			u, err := tx.User.Create().SetEmail(address).SetEmailKey(address).SetPasswordHash("-").
				SetFirstName("P").SetLastName("Q").Save(ctx)
			if err != nil {
				return err
			}
			c, err := tx.Collaborator.Create().SetAccountID(a.id).SetUserID(u.ID).SetEmail(address).
				SetFirstName("P").SetLastName("Q").Save(ctx)
			if err != nil {
				return err
			}
			tx.PersonChanged(c.ID)
			a.people = append(a.people, c.ID)
		}
		return nil
	})
	return a
}

func (a *account) write(fn func(ctx context.Context, tx *feed.Tx) error) {
	a.t.Helper()
	if err := a.feed.Write(system(), a.id, fn); err != nil {
		a.t.Fatalf("writing: %v", err)
	}
}

// lists makes n lists in one transaction.
func (a *account) lists(n int) []uuid.UUID {
	a.t.Helper()
	ids := make([]uuid.UUID, n)
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		items, lists := make([]*ent.ItemCreate, n), make([]*ent.ContactListCreate, n)
		for i := range ids {
			ids[i] = uuid.Must(uuid.NewV7())
			tx.Changed(ids[i])
			tx.Appeared(ids[i])
			items[i] = tx.Item.Create().SetID(ids[i]).SetAccountID(a.id).SetKind(item.KindContactList).SetName("x").SetNameKey("x")
			lists[i] = tx.ContactList.Create().SetID(ids[i]).SetAccountID(a.id)
		}
		if err := tx.Item.CreateBulk(items...).Exec(ctx); err != nil {
			return err
		}
		return tx.ContactList.CreateBulk(lists...).Exec(ctx)
	})
	return ids
}

func (a *account) head() int64 {
	a.t.Helper()
	acc, err := a.store.Client().Account.Get(system(), a.id)
	if err != nil {
		a.t.Fatal(err)
	}
	return acc.Seq
}

// TestNumber holds that one commit stamps its number on all that it recorded, however much it is.
func TestNumber(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := setup(t, s)
		lists := a.lists(600)
		made := a.head()
		a.write(func(ctx context.Context, tx *feed.Tx) error { // some positions differ from the others
			for _, id := range lists[:10] {
				tx.Changed(id)
			}
			return nil
		})
		a.write(func(ctx context.Context, tx *feed.Tx) error {
			for _, person := range a.people {
				edges := make([]*ent.AccessCreate, len(lists))
				for i, id := range lists {
					tx.Granted(person, id, "absent")
					edges[i] = tx.Access.Create().SetAccountID(a.id).SetCollaboratorID(person).SetItemID(id).SetLevel(access.LevelView)
				}
				if err := tx.Access.CreateBulk(edges...).Exec(ctx); err != nil {
					return err
				}
			}
			tx.PersonChanged(a.people[0])
			return nil
		})
		head := a.head()
		t.Run("on every event", func(t *testing.T) {
			n := s.Client().VisibilityEvent.Query().Where(visibilityevent.Seq(head), visibilityevent.BeforeEQ("absent")).CountX(system())
			if n != 2*len(lists) {
				t.Errorf("%d events of %d", n, 2*len(lists))
			}
		})
		t.Run("on every edge, with the position of its item", func(t *testing.T) {
			for at, want := range map[int64]int{made: 2 * (len(lists) - 10), made + 1: 20} {
				n := s.Client().Access.Query().Where(access.ItemSeq(at)).CountX(system())
				if n != want {
					t.Errorf("%d edges of %d are at %d", n, want, at)
				}
			}
		})
		t.Run("on every list whose rows moved, with their number", func(t *testing.T) {
			a.write(func(ctx context.Context, tx *feed.Tx) error {
				for i, id := range lists[:3] {
					rows, err := tx.Rows(ctx, id)
					if err != nil {
						return err
					}
					for range i {
						address := uuid.NewString() + "@example.com"
						err := tx.Contact.Create().SetAccountID(a.id).SetListID(id).SetEmail(address).SetEmailKey(address).
							SetRowSeq(rows.Seq).Exec(ctx)
						if err != nil {
							return err
						}
					}
					rows.Added(i)
					if err := rows.Digest(ctx); err != nil {
						return err
					}
				}
				return nil
			})
			for i, id := range lists[:4] {
				it := s.Client().Item.GetX(system(), id)
				if want := i % 3; it.RowsCount != int64(want) || (it.RowsSeq == a.head()) != (i < 3) {
					t.Errorf("list %d of %d rows: %+v", i, want, it)
				}
			}
		})
	})
}

// TestLocks has a transaction hold an item that another one records without having written it. Whoever holds
// the account must not wait for an item: the other would wait for the account, and the database would end one.
func TestLocks(t *testing.T) {
	t.Run("are taken on items before the account", func(t *testing.T) {
		a := setup(t, storetest.Open(t, dialect.Postgres))
		list := a.lists(1)[0]
		held := make(chan struct{})
		var runs atomic.Int32
		var g errgroup.Group
		g.Go(func() error {
			return a.feed.Write(system(), a.id, func(ctx context.Context, tx *feed.Tx) error {
				if _, err := tx.Rows(ctx, list); err != nil {
					return err
				}
				if runs.Add(1) > 1 {
					return nil
				}
				close(held)
				return a.somebodyWaits()
			})
		})
		<-held
		g.Go(func() error {
			return a.feed.Write(system(), a.id, func(_ context.Context, tx *feed.Tx) error {
				runs.Add(1)
				tx.Changed(list)
				return nil
			})
		})
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
		if runs.Load() != 2 {
			t.Errorf("two transactions ran %d times", runs.Load())
		}
	})
}

// somebodyWaits returns when a transaction of the database waits for a lock.
func (a *account) somebodyWaits() error {
	for {
		rows, err := a.store.Client().QueryContext(system(), `SELECT 1 FROM pg_locks WHERE NOT granted`)
		if err != nil {
			return err
		}
		waits := rows.Next()
		if err := rows.Close(); err != nil || waits {
			return err
		}
	}
}
