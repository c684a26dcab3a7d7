package changes

import (
	"context"
	"sync"
)

// shared remembers what was found in one state of the database, named by the key, for all who ask. It is never wrong,
// only forgotten. Of several who ask for the same at once, one does the work. It is safe for concurrent use.
type shared[K comparable, V any] struct {
	most  int // how many findings are remembered
	mu    sync.Mutex
	known map[K]*finding[V]
	order []K // the oldest first
}

// finding is a value, or one that is being found: then done is open.
type finding[V any] struct {
	done  chan struct{}
	value V
	found bool // false where it failed
}

// of returns what the key names, found by find where it is not known.
func (s *shared[K, V]) of(ctx context.Context, key K, find func() (V, error)) (V, error) {
	s.mu.Lock()
	known, ok := s.known[key]
	if !ok {
		known = &finding[V]{done: make(chan struct{})}
		s.remember(key, known)
	}
	s.mu.Unlock()
	if ok {
		select {
		case <-known.done:
		case <-ctx.Done():
			var none V
			return none, ctx.Err()
		}
		if known.found {
			return known.value, nil
		}
		return find() // whoever tried was interrupted
	}
	defer close(known.done)
	value, err := find()
	if err != nil {
		s.drop(key)
		return value, err
	}
	known.value, known.found = value, true
	return value, nil
}

// knows reports whether a key is remembered, or being found.
func (s *shared[K, V]) knows(key K) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known[key] != nil
}

// remember adds a finding and forgets the oldest where there are too many. s is locked.
func (s *shared[K, V]) remember(key K, known *finding[V]) {
	if s.known == nil {
		s.known = make(map[K]*finding[V])
	}
	s.known[key] = known
	s.order = append(s.order, key)
	for len(s.order) > s.most {
		delete(s.known, s.order[0])
		s.order = s.order[1:]
	}
}

// drop forgets a key.
func (s *shared[K, V]) drop(key K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.known, key)
}
