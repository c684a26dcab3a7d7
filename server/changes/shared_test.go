package changes

import (
	"context"
	"errors"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func TestShared(t *testing.T) {
	found := func(n int) func() (int, error) { return func() (int, error) { return n, nil } }
	failed := func() (int, error) { return 0, errors.New("no") }
	expect := func(t *testing.T, s *shared[string, int], key string, find func() (int, error), want int) {
		t.Helper()
		if got, err := s.of(t.Context(), key, find); err != nil || got != want {
			t.Errorf("%s is %d, %v, not %d", key, got, err, want)
		}
	}
	t.Run("finds once for all who ask meanwhile and later", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := shared[string, int]{most: 10}
			var times atomic.Int32
			waiting, done := make(chan struct{}), make(chan struct{}, 20)
			for range cap(done) {
				go func() {
					expect(t, &s, "a", func() (int, error) { times.Add(1); <-waiting; return 7, nil }, 7)
					done <- struct{}{}
				}()
			}
			synctest.Wait()
			if !s.knows("a") {
				t.Error("what is being found is not known")
			}
			close(waiting)
			for range cap(done) {
				<-done
			}
			expect(t, &s, "a", failed, 7)
			expect(t, &s, "b", found(8), 8)
			if times.Load() != 1 {
				t.Errorf("found %d times", times.Load())
			}
		})
	})
	t.Run("does not keep who waits beyond their context", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := shared[string, int]{most: 10}
			waiting := make(chan struct{})
			go func() { _, _ = s.of(t.Context(), "a", func() (int, error) { <-waiting; return 7, nil }) }()
			synctest.Wait()
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if _, err := s.of(ctx, "a", found(8)); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			close(waiting)
		})
	})
	t.Run("tries again what failed, for those who waited as well", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := shared[string, int]{most: 10}
			waiting, done := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(done)
				if _, err := s.of(t.Context(), "a", func() (int, error) { <-waiting; return failed() }); err == nil {
					t.Error("no error")
				}
			}()
			synctest.Wait()
			waited := make(chan struct{})
			go func() { defer close(waited); expect(t, &s, "a", found(7), 7) }()
			synctest.Wait()
			close(waiting)
			<-done
			<-waited
			expect(t, &s, "a", found(8), 8)
			expect(t, &s, "a", failed, 8)
		})
	})
	t.Run("forgets the oldest, and what is dropped", func(t *testing.T) {
		const most = 3
		s := shared[string, int]{most: most}
		for i := range 2 * most {
			expect(t, &s, strconv.Itoa(i), found(i), i)
		}
		if len(s.known) != most || len(s.order) != most {
			t.Errorf("%d are known, %d in order", len(s.known), len(s.order))
		}
		for i := range 2 * most {
			if s.knows(strconv.Itoa(i)) != (i >= most) {
				t.Errorf("%d is known: %t", i, i < most)
			}
		}
		s.drop("5")
		expect(t, &s, "5", found(9), 9)
	})
}
