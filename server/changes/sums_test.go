package changes

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/digest"
)

func TestSums(t *testing.T) {
	key := sumKey{item: uuid.New(), head: 1}
	t.Run("lets rows that keep changing wait", func(t *testing.T) {
		s := sums{shared: shared[sumKey, *digest.Parts]{most: maxSums}}
		now := time.Now()
		next := key
		next.head++
		if !s.due(key, now) || s.due(next, now.Add(summedEvery-1)) || !s.due(next, now.Add(summedEvery)) {
			t.Error("at the wrong time")
		}
	})
	t.Run("lets nobody wait for what is known", func(t *testing.T) {
		s := sums{shared: shared[sumKey, *digest.Parts]{most: maxSums}}
		if _, err := s.of(t.Context(), key, func() (*digest.Parts, error) { return &digest.Parts{}, nil }); err != nil {
			t.Fatal(err)
		}
		at := time.Now()
		for range 2 {
			if !s.due(key, at) {
				t.Error("what is known has to wait")
			}
		}
	})
}
