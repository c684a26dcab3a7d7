package fanout_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fanout"
)

func woken(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestBroker(t *testing.T) {
	account := uuid.New()
	t.Run("wakes each listener of the account and nobody else", func(t *testing.T) {
		b := fanout.New()
		one, stop := b.Listen(account)
		defer stop()
		two, stop := b.Listen(account)
		defer stop()
		other, stop := b.Listen(uuid.New())
		defer stop()
		b.Wake(account, 1)
		if !woken(one) || !woken(two) || woken(other) {
			t.Error("the wrong ones")
		}
	})
	t.Run("keeps one wake-up for who has not looked", func(t *testing.T) {
		b := fanout.New()
		c, stop := b.Listen(account)
		defer stop()
		for seq := range int64(3) {
			b.Wake(account, seq+1)
		}
		if !woken(c) || woken(c) {
			t.Error("not one")
		}
	})
	t.Run("wakes once for a number, whoever tells it", func(t *testing.T) {
		b := fanout.New()
		c, stop := b.Listen(account)
		defer stop()
		for _, told := range []struct {
			seq  int64
			news bool
		}{{5, true}, {5, false}, {6, true}, {5, false}, {6, true}, {6, false}} {
			if b.Wake(account, told.seq); woken(c) != told.news {
				t.Errorf("%d: %v", told.seq, !told.news)
			}
		}
	})
	t.Run("goes on below a number that a restore took back", func(t *testing.T) {
		b := fanout.New()
		c, stop := b.Listen(account)
		defer stop()
		b.Wake(account, 100)
		woken(c)
		b.Wake(account, 7)
		if b.Wake(account, 8); !woken(c) {
			t.Error("8 after 7 wakes nobody")
		}
	})
	t.Run("forgets who stopped, and an account with the last of them", func(t *testing.T) {
		b := fanout.New()
		gone, stop := b.Listen(account)
		b.Wake(account, 9)
		woken(gone)
		stop()
		stop()
		here, stop := b.Listen(account)
		defer stop()
		b.Wake(account, 9)
		if woken(gone) || !woken(here) {
			t.Error("the wrong one")
		}
	})
	t.Run("misses nothing while others come and go", func(t *testing.T) {
		b := fanout.New()
		c, stop := b.Listen(account)
		defer stop()
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for range 200 {
					_, stop := b.Listen(account)
					stop()
				}
			})
		}
		for seq := range int64(200) {
			if b.Wake(account, seq+1); !woken(c) {
				t.Fatal("a wake-up is missing")
			}
		}
		all.Wait()
	})
}
