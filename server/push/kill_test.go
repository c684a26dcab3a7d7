package push_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/push"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// node is a server that can be killed: its connections are cut in the middle of requests and its database is closed
// under what it still does.
type node struct {
	*app.App
	url  string
	kill func()
	// gone is closed when another one has taken its place.
	gone chan struct{}
}

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

// TestKill has four desktops push batches until they are answered, while the server is killed under them several times.
// Each mutation takes effect once, and what is answered at last is what each of them did.
func TestKill(t *testing.T) {
	const desktops, batches, size, kills = 4, 24, 10, 5
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		n := start(t, c)
		var current atomic.Pointer[node]
		current.Store(n)
		t.Cleanup(func() { current.Load().kill() })
		h := open(t, &servertest.Server{App: n.App, URL: n.url})
		var pushers []*pusher
		for range desktops {
			pushers = append(pushers, &pusher{desktop: h.desktop("olga"), current: &current, list: newID()})
		}
		answered := make(chan struct{}, desktops*batches)
		var g sync.WaitGroup
		for _, p := range pushers {
			g.Go(func() {
				for i := range batches {
					p.insist(p.batch(i, size))
					answered <- struct{}{}
				}
			})
		}
		go func() { g.Wait(); close(answered) }()
		count := 0
		for range answered {
			if count++; count%(desktops*batches/(kills+1)) != 0 || count == desktops*batches {
				continue
			}
			dead := current.Load()
			dead.kill()
			again := start(t, c)
			current.Store(again)
			close(dead.gone)
		}
		h.Server = &servertest.Server{App: current.Load().App, URL: current.Load().url}
		for _, p := range pushers {
			if p.wrong != "" {
				t.Error(p.wrong)
			}
			// The list's name changed once in each batch, and each of the other mutations added a contact.
			h.holds(fmt.Sprint(batches), `SELECT version FROM items WHERE id = ?`, p.list)
			h.holds(fmt.Sprint(batches*(size-1)), `SELECT count(*) FROM contacts WHERE list_id = ?`, p.list)
			h.holds(fmt.Sprint(batches*size), `SELECT last_mutation FROM replicas WHERE given_id = ?`, p.replica)
			h.holds(fmt.Sprint(batches*size), `SELECT count(*) FROM applied_mutations m JOIN replicas r ON r.id = m.replica_id WHERE r.given_id = ?`, p.replica)
		}
		t.Logf("%d requests for %d batches", pushers[0].requests.Load()+pushers[1].requests.Load()+pushers[2].requests.Load()+pushers[3].requests.Load(), desktops*batches)
	})
}

// pusher is a desktop that asks until it is answered.
type pusher struct {
	*desktop
	current  *atomic.Pointer[node]
	list     string
	requests atomic.Int64
	wrong    string
}

// batch is one change of the list, the first its creation, and contacts for it.
func (p *pusher) batch(i, size int) (batch []body) {
	if i == 0 {
		batch = append(batch, p.next("create", "list", p.list, body{"fields": body{"name": "0"}}))
	} else {
		batch = append(batch, p.next("change", "list", p.list, body{"base": i, "fields": body{"name": fmt.Sprint(i)}}))
	}
	for j := 1; j < size; j++ {
		batch = append(batch, p.next("create", "contact", newID(), body{"item": p.list, "fields": body{"email": fmt.Sprintf("%d-%d@example.com", i, j)}}))
	}
	return batch
}

func (p *pusher) insist(batch []body) {
	text, _ := json.Marshal(body{"replica": p.replica, "acknowledged": p.last - int64(len(batch)), "mutations": batch})
	client := &http.Client{Transport: &http.Transport{}, Timeout: time.Minute}
	defer client.CloseIdleConnections()
	for {
		to := p.current.Load()
		p.requests.Add(1)
		r, _ := http.NewRequestWithContext(p.Context(), http.MethodPost, to.url+"/sync/push", bytes.NewReader(text))
		r.Header.Set("Authorization", "Bearer "+p.Token)
		r.Header.Set("Content-Type", "application/json")
		response, err := client.Do(r)
		if err != nil {
			<-to.gone // it is dead, or died on the way
			continue
		}
		said, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || response.StatusCode >= 500 {
			<-to.gone
			continue
		}
		var a push.Answer
		if response.StatusCode != http.StatusOK || json.Unmarshal(said, &a) != nil || len(a.Results) != len(batch) || a.Last != p.last {
			p.wrong = fmt.Sprintf("a batch is answered %s %s", response.Status, said)
			return
		}
		for _, r := range a.Results {
			if r.State != push.Applied || r.Into != nil {
				p.wrong = fmt.Sprintf("answered %s", said)
			}
		}
		return
	}
}
