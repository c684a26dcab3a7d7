package changes

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/digest"
)

func TestSums(t *testing.T) {
	key := sumKey{item: uuid.New(), head: 1}
	sum := func(n int64) *digest.Parts {
		p := &digest.Parts{}
		p[0].Count = n
		return p
	}
	t.Run("adds a state up once, however many ask", func(t *testing.T) {
		s := sums{shared: shared[sumKey, *digest.Parts]{most: maxSums}}
		var added int
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				p, err := s.of(t.Context(), key, func() (*digest.Parts, error) { added++; return sum(7), nil })
				if err != nil || p.Total().Count != 7 {
					t.Errorf("%v, %v", p, err)
				}
			})
		}
		all.Wait()
		if added != 1 {
			t.Errorf("added up %d times", added)
		}
		next := key
		next.head++
		if p, err := s.of(t.Context(), next, func() (*digest.Parts, error) { return sum(8), nil }); err != nil || p.Total().Count != 8 {
			t.Errorf("another state: %v, %v", p, err)
		}
	})
	t.Run("tries again what failed", func(t *testing.T) {
		s := sums{shared: shared[sumKey, *digest.Parts]{most: maxSums}}
		if _, err := s.of(t.Context(), key, func() (*digest.Parts, error) { return nil, errors.New("no") }); err == nil {
			t.Error("no error")
		}
		if p, err := s.of(t.Context(), key, func() (*digest.Parts, error) { return sum(7), nil }); err != nil || p.Total().Count != 7 {
			t.Errorf("%v, %v", p, err)
		}
	})
	t.Run("forgets the oldest", func(t *testing.T) {
		s := sums{shared: shared[sumKey, *digest.Parts]{most: maxSums}}
		for i := range int64(3 * maxSums) {
			k := key
			k.head = i
			if _, err := s.of(t.Context(), k, func() (*digest.Parts, error) { return sum(i), nil }); err != nil {
				t.Fatal(err)
			}
		}
		if len(s.known) != maxSums || len(s.order) != maxSums {
			t.Errorf("%d are known, %d in order", len(s.known), len(s.order))
		}
	})
	t.Run("lets rows that keep changing wait", func(t *testing.T) {
		s := sums{shared: shared[sumKey, *digest.Parts]{most: maxSums}}
		now := time.Now()
		next := key
		next.head++
		if !s.due(key, now) || s.due(next, now.Add(summedEvery-1)) || !s.due(next, now.Add(summedEvery)) {
			t.Error("at the wrong time")
		}
	})
}
