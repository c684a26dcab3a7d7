package transport

import (
	"math/rand/v2"
	"time"
)

// Backoff says how long to wait after each failure in a row: twice as long each time, within bounds, and anything
// from half of it up to it, so that many clients of one server do not come back at once. The zero value waits from
// half a second to a minute. It is not safe for use by several goroutines.
type Backoff struct {
	// First is the longest wait after the first failure.
	First time.Duration
	// Most is the longest wait ever.
	Most time.Duration

	failures int
}

// Next returns the wait after one more failure, at least atLeast (what the server asked for).
func (b *Backoff) Next(atLeast time.Duration) time.Duration {
	first, most := b.First, b.Most
	if first == 0 {
		first = 500 * time.Millisecond
	}
	if most == 0 {
		most = time.Minute
	}
	wait := most
	if b.failures < 20 {
		wait = min(most, first<<b.failures)
	}
	b.failures++
	return max(wait/2+rand.N(wait/2+1), atLeast)
}

// Failures counts the failures since the last Reset.
func (b *Backoff) Failures() int { return b.failures }

// Reset begins anew after a success.
func (b *Backoff) Reset() { b.failures = 0 }
