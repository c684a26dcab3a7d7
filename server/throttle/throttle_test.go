package throttle_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/server/throttle"
)

// gate is a throttle with a clock that tests move.
type gate struct {
	*throttle.Throttle
	store *store.Store
	now   instant.Instant
}

func each(t *testing.T, f func(t *testing.T, g *gate)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
		g := &gate{store: s, now: instant.Now()}
		g.Throttle = throttle.New(s.Dialect(), func() instant.Instant { return g.now })
		f(t, g)
	})
}

func (g *gate) in(t *testing.T, f func(context.Context, *ent.Tx) error) error {
	t.Helper()
	return g.store.Write(t.Context(), f)
}

func limit() throttle.Limit { return throttle.Limit{Kind: "test", Free: 3, Window: time.Hour} }

func TestTake(t *testing.T) {
	each(t, func(t *testing.T, g *gate) {
		take := func(value string) error {
			return g.in(t, func(ctx context.Context, tx *ent.Tx) error { return g.Take(ctx, tx, limit().Of(value), limit().Of("")) })
		}
		for n := range 3 {
			if err := take("a"); err != nil {
				t.Fatalf("try %d: %v", n, err)
			}
		}
		for _, pause := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute} {
			f := fault.As(take("a"))
			if f == nil || f.Kind != fault.Exhausted || f.RetryAfter != pause {
				t.Fatalf("instead of a pause of %v: %+v", pause, f)
			}
			g.now = g.now.Add(pause)
			if err := take("a"); err != nil {
				t.Fatalf("after %v: %v", pause, err)
			}
		}
		if err := take("b"); err != nil {
			t.Errorf("another value is paused, too: %v", err)
		}
		err := g.in(t, func(ctx context.Context, tx *ent.Tx) error { return g.Forget(ctx, tx, limit().Of("a")) })
		if err != nil {
			t.Fatal(err)
		}
		if err := take("a"); err != nil {
			t.Errorf("a count that was forgotten: %v", err)
		}
	})
}

func TestDraw(t *testing.T) {
	t.Run("takes all or none, and as many again in the next window", func(t *testing.T) {
		each(t, func(t *testing.T, g *gate) {
			draw := func(n int) error {
				return g.in(t, func(ctx context.Context, tx *ent.Tx) error { return g.Draw(ctx, tx, limit().Of("a"), n, "mails") })
			}
			if f := fault.As(draw(4)); f == nil || f.Message != "That is 4 mails; at most 3 go out in an hour." {
				t.Errorf("more than there are: %+v", f)
			}
			if err := draw(2); err != nil {
				t.Fatal(err)
			}
			g.now = g.now.Add(10 * time.Minute)
			f := fault.As(draw(2))
			if f == nil || f.Kind != fault.Exhausted || f.RetryAfter != 50*time.Minute {
				t.Errorf("more than are left: %+v", f)
			}
			if err := draw(1); err != nil {
				t.Errorf("what is left: %v", err)
			}
			g.now = g.now.Add(50 * time.Minute)
			if err := draw(3); err != nil {
				t.Errorf("in the next window: %v", err)
			}
			if err := draw(1); !fault.Is(err, fault.Exhausted) {
				t.Errorf("more than a window's: %v", err)
			}
		})
	})
	t.Run("gives no more than there are to many at once", func(t *testing.T) {
		each(t, func(t *testing.T, g *gate) {
			var wg sync.WaitGroup
			errs := make([]error, 8)
			for i := range errs {
				wg.Go(func() {
					errs[i] = g.in(t, func(ctx context.Context, tx *ent.Tx) error { return g.Draw(ctx, tx, limit().Of("a"), 1, "mails") })
				})
			}
			wg.Wait()
			given := 0
			for _, err := range errs {
				if err == nil {
					given++
				} else if !fault.Is(err, fault.Exhausted) {
					t.Error(err)
				}
			}
			if given != 3 {
				t.Errorf("%d were given", given)
			}
		})
	})
}
