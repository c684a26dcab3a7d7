package door_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// node is a server that can be killed: its connections are cut in the middle of requests, its database is closed under
// what it still does, and another one begins on the same database.
type node struct {
	*app.App
	url  string
	stop func()
	// gone is closed when another one has taken its place.
	gone chan struct{}
}

// start runs a server. Its connections can be cut from outside, as when a process dies.
func start(t *testing.T, database store.Config) *node {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.New(t.Context(), app.Config{Store: database})
	if err != nil {
		t.Fatal(err)
	}
	cut := &cutting{Listener: l}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, cut) }()
	return &node{a, "http://" + l.Addr().String(), sync.OnceFunc(func() {
		cut.all()
		closed := a.Close() // under whatever runs
		cancel()
		if err := <-done; err != nil {
			t.Logf("a killed server ended with: %v", err)
		}
		if closed != nil {
			t.Errorf("closing: %v", closed)
		}
	}), make(chan struct{})}
}

// cutting is a listener that cuts all its connections at once.
type cutting struct {
	net.Listener
	mu    sync.Mutex
	conns []net.Conn
	dead  bool
}

// Accept waits for a connection.
func (c *cutting) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dead {
		conn.Close()
	}
	c.conns = append(c.conns, conn)
	return conn, nil
}

func (c *cutting) all() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dead = true
	c.Listener.Close()
	for _, conn := range c.conns {
		conn.Close()
	}
}

// TestKill has 16 senders bring leads in over HTTP, each with an idempotency key and again until it is answered, while
// people join, leave, go away and come back, and are deactivated, and the server is killed on the way, several times.
// No lead is lost or is there twice, and in every stretch in which the rotation does not change, the numbers of leads
// that any two people were given differ by at most one.
func TestKill(t *testing.T) {
	const senders, leads, steps, kills = 16, 1600, 40, 3
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		n := start(t, c)
		var current atomic.Pointer[node]
		current.Store(n)
		t.Cleanup(func() { current.Load().stop() })
		h := newHouse(t, &servertest.Server{App: n.App, URL: n.url})
		team := h.people(t, 6)

		var next atomic.Int64
		acknowledged := make([]string, leads)
		answers := make(chan struct{}, leads)
		var g sync.WaitGroup
		for range senders {
			g.Go(func() {
				client := &http.Client{Transport: &http.Transport{}, Timeout: time.Minute}
				for i := next.Add(1) - 1; i < leads; i = next.Add(1) - 1 {
					acknowledged[i] = insist(t, client, &current, h.key, int(i))
					answers <- struct{}{}
				}
			})
		}
		go func() { g.Wait(); close(answers) }()
		stretches, count := []stretch{{people: team}}, 0
		for range answers {
			if count++; count%(leads/steps) != 0 {
				continue
			}
			step := count / (leads / steps)
			if step%(steps/(kills+1)) != 0 || step == steps {
				stretches = append(stretches, h.disturb(t, step, team, stretches[len(stretches)-1].people))
				continue
			}
			dead := current.Load()
			dead.stop()
			again := start(t, c)
			current.Store(again)
			close(dead.gone)
			h.App, h.URL, h.Account.Store, h.Account.Feed = again.App, again.url, again.Store, feed.New(again.Store, again.Broker)
		}
		h.audit(t, acknowledged, stretches)
	})
}

// stretch is a time in which the rotation does not change.
type stretch struct {
	// after is the campaign's position before the change that begins it.
	after int64
	// people are those who are given leads.
	people []uuid.UUID
}

// insist posts a lead until it is answered, and returns its id.
func insist(t *testing.T, client *http.Client, current *atomic.Pointer[node], key string, i int) string {
	body := fmt.Sprintf(`{"name":"lead %d","idempotency_key":"key %d"}`, i, i)
	for {
		to := current.Load()
		response, err := client.Post(to.url+"/leads/"+key, "application/json", strings.NewReader(body))
		if err != nil {
			<-to.gone // it is dead, or died on the way
			continue
		}
		text, err := io.ReadAll(response.Body)
		response.Body.Close()
		switch {
		case err != nil, response.StatusCode >= 500:
			<-to.gone
			continue
		case response.StatusCode != http.StatusCreated && response.StatusCode != http.StatusOK:
			t.Errorf("lead %d is answered %s %s", i, response.Status, text)
			return ""
		}
		var said struct{ ID string }
		if err := json.Unmarshal(text, &said); err != nil {
			t.Errorf("lead %d is answered %s", i, text)
		}
		return said.ID
	}
}

// disturb changes who is given leads, and returns the stretch that begins with it. The position of the campaign's rows
// moves with the change, so that leads are told apart by theirs: one transaction is before it or after it.
func (h *house) disturb(t *testing.T, step int, team, now []uuid.UUID) stretch {
	t.Helper()
	p := team[step%len(team)]
	in := slices.Contains(now, p)
	s := stretch{people: slices.DeleteFunc(slices.Clone(now), func(q uuid.UUID) bool { return q == p })}
	if !in {
		s.people = append(s.people, p)
	}
	h.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, h.campaign) // who deals leads out waits
		if err != nil {
			return err
		}
		s.after = rows.Seq
		edge := access.And(access.ItemID(h.campaign), access.CollaboratorID(p))
		back := tx.Access.Query().Where(edge, access.RoundRobin(false)).ExistX(h.System)
		change := tx.Collaborator.UpdateOneID(p).SetStatus(collaborator.StatusActive).SetAwayUntil(0).AddVersion(1)
		switch {
		case in && step%3 == 0:
			change.SetStatus(collaborator.StatusDeactivated)
		case in && step%3 == 1:
			change.SetAwayUntil(instant.Now().Add(time.Hour))
		case in:
			return tx.Access.Update().Where(edge).SetRoundRobin(false).Exec(ctx)
		case back:
			if err := sharing.TakeRanks(ctx, tx, []uuid.UUID{h.campaign}); err != nil {
				return err
			}
			head := tx.Campaign.GetX(ctx, h.campaign).RotationHead
			return tx.Access.Update().Where(edge).SetRoundRobin(true).SetRotationRank(head).Exec(ctx)
		}
		tx.PersonChanged(p)
		return change.Exec(ctx)
	})
	return s
}

// audit looks at all that is stored.
func (h *house) audit(t *testing.T, acknowledged []string, stretches []stretch) {
	t.Helper()
	stored := h.stored(t)
	ids := make(map[string]bool, len(stored))
	for _, l := range stored {
		ids["lead_"+l.ID.String()] = true
	}
	for i, id := range acknowledged {
		if !ids[id] {
			t.Errorf("lead %d was acknowledged as %q and is not there", i, id)
		}
	}
	if len(stored) != len(acknowledged) || len(ids) != len(stored) {
		t.Errorf("%d leads of %d", len(stored), len(acknowledged))
	}
	for i, s := range stretches {
		counts := map[uuid.UUID]int{}
		for _, p := range s.people {
			counts[p] = 0
		}
		n := 0
		for _, l := range stored {
			if l.RowSeq <= s.after || i+1 < len(stretches) && l.RowSeq > stretches[i+1].after {
				continue
			}
			n++
			if l.AssigneeID == nil {
				if len(s.people) > 0 {
					t.Errorf("%s waits by %s", l.Name, l.Decision)
				}
				continue
			}
			if _, in := counts[*l.AssigneeID]; !in {
				t.Errorf("%s went to %v, who was given no leads then: %s", l.Name, l.AssigneeID, l.Decision)
			}
			counts[*l.AssigneeID]++
		}
		least, most := n, 0
		for _, count := range counts {
			least, most = min(least, count), max(most, count)
		}
		if len(counts) > 0 && most-least > 1 {
			t.Errorf("stretch %d: %d leads went out as %v", i, n, counts)
		}
	}
	t.Logf("%d leads in %d stretches", len(stored), len(stretches))
	h.whole(t, stored)
}

// whole holds the counts that are kept beside the leads against them.
func (h *house) whole(t *testing.T, stored []*ent.Lead) {
	t.Helper()
	if it := h.Item(t, h.campaign); it.RowsCount != int64(len(stored)) {
		t.Errorf("the campaign counts %d leads of %d", it.RowsCount, len(stored))
	}
	for _, l := range stored {
		if r, err := intake.ParseRecord(l.Decision); err != nil || l.AssigneeID != nil && r.To != *l.AssigneeID {
			t.Errorf("%s: %v %s", l.Name, err, l.Decision)
		}
	}
}
