package graph

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// turns has followers' hints read as many at a time as there are processors. More at once would be no sooner, and
// keep what people ask for waiting. Its zero value is ready; it is safe for concurrent use.
type turns struct {
	once  sync.Once
	taken chan struct{}
}

// take waits for a turn and returns how long that took.
func (t *turns) take(ctx context.Context) (time.Duration, error) {
	t.once.Do(func() { t.taken = make(chan struct{}, runtime.GOMAXPROCS(0)) })
	start := time.Now()
	select {
	case t.taken <- struct{}{}:
		return time.Since(start), nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// give ends a turn.
func (t *turns) give() { <-t.taken }
