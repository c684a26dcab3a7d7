package jobs_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/library/librarytest"
)

// TestLease has a node vanish in the midst of a job, and another one take over when its claim has ended. What the first
// still does of its step does not commit.
func TestLease(t *testing.T) {
	eachPlace(t, func(p *place) {
		var ahead time.Duration
		clock := func() time.Time { return time.Now().Add(ahead) }
		node := func() *jobs.Queue {
			q := jobs.New(p.store, feed.New(p.store, p.broker), p.broker, jobs.Config{Now: clock, Log: slog.New(slog.NewTextHandler(p.Output(), nil))})
			q.Handle("count", p.count, p.mayRepeat)
			return q
		}
		first, second := node(), node()
		id, behind := p.add(first, 1, 2), p.add(first, 2, 1)
		claimed, err := jobs.Claim(p.System, first)
		if err != nil || claimed == nil || claimed.ID != id {
			p.Fatalf("claimed %v: %v", claimed, err)
		}
		if err := second.Drain(p.System); err != nil || len(p.counted()) != 0 {
			p.Fatalf("somebody else's job, or one behind it, was begun: %v %v", p.counted(), err)
		}
		ahead = 2 * time.Minute
		if err := second.Drain(p.System); err != nil {
			p.Fatal(err)
		}
		if err := jobs.Step1(p.System, first, *claimed); err == nil {
			p.Error("a step of a job that was lost is committed")
		}
		p.await(behind)
		if got, want := p.counted(), []string{"1 1", "1 2", "2 1"}; !slices.Equal(got, want) {
			p.Errorf("counted %v instead of %v", got, want)
		}
	})
}

// TestTurn has a large job of one account let a small one of another in between.
func TestTurn(t *testing.T) {
	eachPlace(t, func(p *place) {
		var ahead time.Duration
		q := jobs.New(p.store, feed.New(p.store, p.broker), p.broker, jobs.Config{Now: func() time.Time { return time.Now().Add(ahead) }})
		q.Handle("count", p.count, p.mayRepeat)
		neighbour := librarytest.New(p.T, p.store)
		var small uuid.UUID
		var order []int64
		p.before = func(name, _ int64) error {
			if order = append(order, name); len(order) == 2 { // it comes while the large one is at work
				ahead += 3 * time.Second
			}
			return nil
		}
		large := p.add(q, 1, 5)
		neighbour.Write(p, func(ctx context.Context, tx *feed.Tx) (err error) {
			small, err = q.Add(ctx, tx, jobs.Request{Kind: "count", What: task{2, 1}, Total: 1})
			return err
		})
		if err := q.Drain(p.System); err != nil {
			p.Fatal(err)
		}
		p.await(large)
		p.await(small)
		if want := []int64{1, 1, 2, 1, 1, 1}; !slices.Equal(order, want) {
			p.Errorf("the steps were of %v, not of %v", order, want)
		}
	})
}

// TestPanic has a step panic, and one that ends its process again and again: neither holds the queue up for ever.
func TestPanic(t *testing.T) {
	eachPlace(t, func(p *place) {
		var ahead time.Duration
		node := func() *jobs.Queue {
			q := jobs.New(p.store, feed.New(p.store, p.broker), p.broker, jobs.Config{Now: func() time.Time { return time.Now().Add(ahead) }})
			q.Handle("count", p.count, p.mayRepeat)
			return q
		}
		tried := 0
		p.before = func(name, _ int64) error {
			if name == 1 {
				tried++
				panic("at the first part")
			}
			return nil
		}
		q := node()
		id, behind := p.add(q, 1, 1), p.add(q, 2, 1)
		for range 10 {
			if err := q.Drain(p.System); err != nil {
				p.Fatal(err)
			}
			ahead += 2 * time.Minute
		}
		if j := p.await(id); j.State != job.StateFailed || j.Reason == "" || tried != 9 {
			p.Errorf("the job that panics, tried %d times, is %v", tried, j)
		}
		p.await(behind)
		id = p.add(q, 3, 1)
		for range 10 { // processes that die with their claim
			if _, err := jobs.Claim(p.System, node()); err != nil {
				p.Fatal(err)
			}
			ahead += 2 * time.Minute
		}
		if err := q.Drain(p.System); err != nil {
			p.Fatal(err)
		}
		if j := p.await(id); j.State != job.StateFailed {
			p.Errorf("the job that ends its process is %v", j)
		}
	})
}

// TestForget removes what ended long ago, with all that belongs to it, and nothing that waits.
func TestForget(t *testing.T) {
	eachPlace(t, func(p *place) {
		q, stop := p.node()
		p.await(p.add(q, 1, 5))
		stop()
		waiting := p.add(q, 2, 5)
		if err := q.Forget(p.System, instant.Now()); err != nil {
			p.Fatal(err)
		}
		left := p.store.Client().Job.Query().AllX(p.System)
		if failures := p.store.Client().JobFailure.Query().CountX(p.System); len(left) != 1 || left[0].ID != waiting || failures != 0 {
			p.Errorf("left are %v and %d failures", left, failures)
		}
	})
}

// TestKill ends nodes in the midst of steps and starts others; all parts are made once.
func TestKill(t *testing.T) {
	eachPlace(t, func(p *place) {
		var mu sync.Mutex
		kill := func() {}
		p.before = func(_, part int64) error {
			if part%7 == 0 {
				mu.Lock()
				defer mu.Unlock()
				kill()
			}
			return nil
		}
		var ids []uuid.UUID
		for i := range 10 {
			ctx, cancel := context.WithCancel(p.Context())
			q := jobs.New(p.store, feed.New(p.store, p.broker), p.broker, jobs.Config{Log: slog.New(slog.NewTextHandler(p.Output(), nil))})
			q.Handle("count", p.count, p.mayRepeat)
			mu.Lock()
			kill = cancel
			mu.Unlock()
			if i == 0 {
				ids = append(ids, p.add(q, 1, 40), p.add(q, 2, 20))
			}
			done := make(chan error, 1)
			go func() { done <- q.Run(ctx) }()
			select {
			case <-ctx.Done():
			case <-p.ended(ids[1]):
			}
			cancel()
			if err := <-done; err != nil {
				p.Fatal(err)
			}
		}
		mu.Lock()
		kill = func() {}
		mu.Unlock()
		p.node()
		p.await(ids[1])
		var want []string
		for _, what := range []int{1, 2} {
			for part := range []int{40, 20}[what-1] {
				want = append(want, fmt.Sprintf("%d %d", what, part+1))
			}
		}
		if got := p.counted(); !slices.Equal(got, want) {
			p.Errorf("counted %v instead of %v", got, want)
		}
	})
}

// ended returns a channel that is closed when a job has ended.
func (p *place) ended(id uuid.UUID) <-chan struct{} {
	ended := make(chan struct{})
	woken, stop := p.broker.Listen(id)
	go func() {
		defer stop()
		for {
			select {
			case <-p.Context().Done():
				return
			case <-woken:
			}
			if j, err := p.store.Client().Job.Get(p.System, id); err == nil && j.FinishedAt > 0 {
				close(ended)
				return
			}
		}
	}()
	return ended
}
