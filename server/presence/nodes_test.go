package presence_test

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/presence"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// node is one over a database of its own connections, whose life is short.
type node struct {
	*presence.Presence
	t      *testing.T
	store  *store.Store
	broker *fanout.Broker
	stop   func() // ends Run
}

func newNode(t *testing.T, c store.Config) *node {
	t.Helper()
	s, err := store.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	n := &node{t: t, store: s, broker: fanout.New()}
	n.Presence = presence.New(s, n.broker, presence.Config{Life: time.Second})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- n.Run(ctx, slog.New(slog.DiscardHandler)) }()
	n.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(func() { n.stop(); _ = s.Close() })
	return n
}

// until waits until exactly these people are known to have an item open. What does not come within a minute never comes.
func (n *node) until(item uuid.UUID, people ...uuid.UUID) {
	n.t.Helper()
	woken, stop := n.broker.Listen(item)
	defer stop()
	late := time.After(time.Minute)
	for {
		who := n.Who(item)
		if len(who) == len(people) && !slices.ContainsFunc(people, func(p uuid.UUID) bool { return who[p] == 0 }) {
			return
		}
		select {
		case <-woken:
		case <-late:
			n.t.Fatalf("there are %v instead of %v", slices.Collect(maps.Keys(who)), people)
		}
	}
}

// lines returns how many places are written down.
func (n *node) lines() int {
	n.t.Helper()
	rows, err := n.store.Client().QueryContext(n.t.Context(), "SELECT count(*) FROM openings")
	if err != nil {
		n.t.Fatal(err)
	}
	defer rows.Close()
	count := 0
	for rows.Next() {
		if err := rows.Scan(&count); err != nil {
			n.t.Fatal(err)
		}
	}
	return count
}

func (n *node) do(statement string) {
	n.t.Helper()
	err := n.store.Write(n.t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, statement)
		return err
	})
	if err != nil {
		n.t.Fatal(err)
	}
}

func TestNodes(t *testing.T) {
	ann, bob, item, other := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	t.Run("hear of each other, and what has ended is not kept", func(t *testing.T) {
		t.Parallel()
		c := storetest.Config(t, dialect.Postgres)
		here, there := newNode(t, c), newNode(t, c)
		leaveHere, leaveThere := here.Open(item, ann), there.Open(item, bob)
		there.Open(other, bob)() // nobody here asks for it
		here.until(item, ann, bob)
		there.until(item, ann, bob)
		if a, b := here.Who(item), there.Who(item); !maps.Equal(a, b) {
			t.Errorf("here it is %v, there %v", a, b)
		}
		leaveHere()
		there.until(item, bob)
		leaveThere()
		here.stop()
		there.stop()
		if n := here.lines(); n > 0 {
			t.Errorf("%d lines are left", n)
		}
	})
	t.Run("a person on both is one, since the first moment", func(t *testing.T) {
		t.Parallel()
		c := storetest.Config(t, dialect.Postgres)
		here, there := newNode(t, c), newNode(t, c)
		here.Open(item, ann)
		since := here.Who(item)[ann]
		leave := there.Open(item, ann)
		there.Open(item, bob)
		here.until(item, ann, bob)
		there.until(item, ann, bob)
		if got := here.Who(item)[ann]; got != since {
			t.Errorf("since %v instead of %v", got, since)
		}
		leave()
		there.until(item, ann, bob)
	})
	t.Run("one that stops takes its people back, and one that fails is forgotten", func(t *testing.T) {
		t.Parallel()
		c := storetest.Config(t, dialect.Postgres)
		here, stops, fails := newNode(t, c), newNode(t, c), newNode(t, c)
		here.Open(item, ann)
		stops.Open(item, bob)
		here.until(item, ann, bob)
		stops.stop()
		here.until(item, ann)
		fails.Open(item, bob)
		here.until(item, ann, bob)
		if err := fails.store.Close(); err != nil { // it says nothing more, not even farewell
			t.Fatal(err)
		}
		fails.stop()
		here.until(item, ann)
	})
	t.Run("one that was taken for dead says all anew", func(t *testing.T) {
		t.Parallel()
		c := storetest.Config(t, dialect.Postgres)
		here, there := newNode(t, c), newNode(t, c)
		here.Open(item, ann)
		there.Open(item, bob)
		here.until(item, ann, bob)
		there.until(item, ann, bob)
		here.do("DELETE FROM openings")
		here.until(item, ann)
		here.until(item, ann, bob)
		there.until(item, ann, bob)
	})
	t.Run("without an answer of the database the others are forgotten, until there is one", func(t *testing.T) {
		t.Parallel()
		c := storetest.Config(t, dialect.Postgres)
		here, there := newNode(t, c), newNode(t, c)
		here.Open(item, ann)
		there.Open(item, bob)
		here.until(item, ann, bob)
		here.do("ALTER TABLE openings RENAME TO hidden")
		here.until(item, ann)
		here.do("ALTER TABLE hidden RENAME TO openings")
		here.until(item, ann, bob)
	})
}

func TestPresence(t *testing.T) {
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ann, item := uuid.New(), uuid.New()
			n := newNode(t, storetest.Config(t, name))
			woken, stop := n.broker.Listen(item)
			defer stop()
			heard := func() bool {
				select {
				case <-woken:
					return true
				default:
					return false
				}
			}
			first := n.Open(item, ann)
			since := n.Who(item)[ann]
			if !heard() || since == 0 {
				t.Fatal("nobody hears of the first window")
			}
			second := n.Open(item, ann)
			first()
			first()
			if heard() || n.Who(item)[ann] != since || len(n.Who(uuid.New())) > 0 {
				t.Errorf("a second window is %v", n.Who(item))
			}
			if second(); !heard() || len(n.Who(item)) > 0 {
				t.Errorf("after the last window there is %v", n.Who(item))
			}
		})
	}
}
