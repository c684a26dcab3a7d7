package syncclient

import "time"

// breaker slows a client down whose cursor expires again and again: the second time for the same reason within ten
// minutes it is to wait a minute, then five, thirty, sixty. A server that refuses every cursor it has just issued is
// then asked for everything once an hour, not without end.
type breaker struct {
	reason string
	last   time.Time
	times  int
}

// trip notes an expiry and returns how long to wait before the walk.
func (b *breaker) trip(reason string, now time.Time) time.Duration {
	waits := []time.Duration{0, time.Minute, 5 * time.Minute, 30 * time.Minute, time.Hour}
	recent := 10 * time.Minute
	if b.times > 0 {
		recent += waits[min(b.times, len(waits))-1]
	}
	if reason != b.reason || now.Sub(b.last) > recent {
		b.times = 0
	}
	b.reason, b.last = reason, now
	b.times++
	return waits[min(b.times, len(waits))-1]
}
