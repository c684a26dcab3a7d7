package changes

import (
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/digest"
)

// maxSums is how many buckets' digests are remembered: 6 kB each.
const maxSums = 512

// sums remembers digests that were added up row by row. It is safe for concurrent use.
type sums struct {
	shared[sumKey, *digest.Parts]
	adding sync.Mutex
	added  map[rowsOf]time.Time
}

// rowsOf names rows of an item whatever their state.
type rowsOf struct{ item, whose uuid.UUID }

// sumKey names a state of the rows that one person sees of an item, or that all see who see all of them.
type sumKey struct {
	item, whose uuid.UUID
	epoch, head int64
}

// due reports whether a state is known, or else whether another state of the same rows may be added up now, in which case
// it is taken as done.
func (s *sums) due(key sumKey, now time.Time) bool {
	if s.knows(key) {
		return true
	}
	s.adding.Lock()
	defer s.adding.Unlock()
	rows := rowsOf{key.item, key.whose}
	if now.Sub(s.added[rows]) < summedEvery {
		return false
	}
	if s.added == nil || len(s.added) >= maxSums {
		s.added = make(map[rowsOf]time.Time) // some are added up before their time
	}
	s.added[rows] = now
	return true
}
