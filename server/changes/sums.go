package changes

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/digest"
)

// maxSums is how many buckets' digests are remembered: 6 kB each.
const maxSums = 512

// sums remembers digests that were added up row by row. What it holds is of one state of a bucket, so it is never
// wrong, only forgotten. Of several who ask for the same at once, one does the work. It is safe for concurrent use.
type sums struct {
	mu    sync.Mutex
	known map[sumKey]*summing
	order []sumKey // the oldest first
	added map[rowsOf]time.Time
}

// rowsOf names rows of an item whatever their state.
type rowsOf struct{ item, whose uuid.UUID }

// sumKey names a state of the rows that one person sees of an item, or that all see who see all of them.
type sumKey struct {
	item, whose uuid.UUID
	epoch, head int64
}

// summing is a digest, or one that is being added up: then done is open.
type summing struct {
	done  chan struct{}
	parts *digest.Parts // nil where it failed
}

// of returns the digest of a state, added up by add where it is not known.
func (s *sums) of(ctx context.Context, key sumKey, add func() (*digest.Parts, error)) (*digest.Parts, error) {
	s.mu.Lock()
	known, ok := s.known[key]
	if !ok {
		known = &summing{done: make(chan struct{})}
		s.remember(key, known)
	}
	s.mu.Unlock()
	if ok {
		select {
		case <-known.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if known.parts != nil {
			return known.parts, nil
		}
		return add() // whoever tried was interrupted
	}
	defer close(known.done)
	parts, err := add()
	if err != nil {
		s.mu.Lock()
		if s.known[key] == known {
			delete(s.known, key)
		}
		s.mu.Unlock()
		return nil, err
	}
	known.parts = parts
	return parts, nil
}

// due reports whether a state is known, or else whether another state of the same rows may be added up now, in which case
// it is taken as done.
func (s *sums) due(key sumKey, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.known[key]; ok {
		return true
	}
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

// remember adds a state and forgets the oldest where there are too many. s is locked.
func (s *sums) remember(key sumKey, known *summing) {
	if s.known == nil {
		s.known = make(map[sumKey]*summing)
	}
	s.known[key] = known
	s.order = append(s.order, key)
	for len(s.order) > maxSums {
		delete(s.known, s.order[0])
		s.order = s.order[1:]
	}
}
