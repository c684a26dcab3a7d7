package door

import (
	"sync"
	"time"
)

// Rate is how much passes: so many a second, and as many more at once as Burst.
type Rate struct {
	PerSecond float64
	Burst     int
}

// mostRemembered is how many keys a limiter remembers. Beyond that it forgets the ones that have rested, and lets
// pass whom it has no room to remember: memory must not grow with what strangers send.
const mostRemembered = 1 << 16

// limiter counts by the generic cell rate algorithm (ITU-T I.371): one moment for each key, when all that passed would
// have passed at the even rate. It is safe for concurrent use, and of one node.
type limiter[K comparable] struct {
	step  time.Duration // between two at the even rate
	slack time.Duration // how far ahead of it a key may be

	mu   sync.Mutex
	ends map[K]time.Time
}

func newLimiter[K comparable](r Rate) *limiter[K] {
	if r.PerSecond <= 0 {
		r.PerSecond = 100
	}
	if r.Burst <= 0 {
		r.Burst = 1000
	}
	step := time.Duration(float64(time.Second) / r.PerSecond)
	return &limiter[K]{step: step, slack: time.Duration(r.Burst-1) * step, ends: make(map[K]time.Time)}
}

// take lets one pass (0) or tells how long to wait.
func (l *limiter[K]) take(key K, now time.Time) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	end, known := l.ends[key]
	if end.Before(now) {
		end = now
	}
	if ahead := end.Sub(now); ahead > l.slack {
		return ahead - l.slack
	}
	if !known && len(l.ends) >= mostRemembered && !l.forget(now) {
		return 0
	}
	l.ends[key] = end.Add(l.step)
	return 0
}

// forget forgets whom it need not remember, and reports whether there is room.
func (l *limiter[K]) forget(now time.Time) bool {
	for key, end := range l.ends {
		if end.Before(now) {
			delete(l.ends, key)
		}
	}
	return len(l.ends) < mostRemembered
}
