// Package instant is the one form in which Partage stores a moment: microseconds since 1970 in UTC.
//
// A whole number compares, indexes and travels alike in SQLite, PostgreSQL and a desktop's mirror,
// where the native time types of the two databases differ in precision and text form.
package instant

import "time"

// Instant is a moment in microseconds since 1970-01-01T00:00:00Z. The zero value means "never".
type Instant int64

// Now returns the current moment.
func Now() Instant { return Of(time.Now()) }

// Of returns t, cut to the microsecond.
func Of(t time.Time) Instant { return Instant(t.UnixMicro()) }

// Time returns the moment as a time in UTC.
func (i Instant) Time() time.Time { return time.UnixMicro(int64(i)).UTC() }

// Add returns the moment d later.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d/time.Microsecond) }

// Before reports whether i is earlier than o.
func (i Instant) Before(o Instant) bool { return i < o }

// Sub returns how much later i is than o.
func (i Instant) Sub(o Instant) time.Duration { return time.Duration(i-o) * time.Microsecond }
