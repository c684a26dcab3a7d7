package control

import (
	"errors"
	"fmt"
	"net"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/partage-mail/partage/syncclient"
)

func TestDrive(t *testing.T) {
	t.Parallel()
	t.Run("syncs when asked, and runs on", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.drive()
		c := b.dial()
		b.expect("run")
		c.send(`{"id":1,"do":"sync"}`)
		b.expect("run ended", "sync")
		b.f.synced <- nil
		c.mustOK("1")
		b.expect("sync ended", "run")
	})
	t.Run("answers a sync with what failed, and runs on", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.drive()
		c := b.dial()
		b.expect("run")
		c.send(`{"id":1,"do":"sync"}`)
		b.expect("run ended", "sync")
		b.f.synced <- fmt.Errorf("ask for changes: %w", &net.OpError{Op: "dial", Err: errors.New("refused")})
		c.mustFail("1", ServerFailed)
		b.expect("sync ended", "run")
	})
	t.Run("answers other requests during a sync, and begins another for who asks then", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.drive()
		c := b.dial()
		b.expect("run")
		c.send(`{"id":"a","do":"sync"}`)
		b.expect("run ended", "sync")
		c.send(`{"id":"b","do":"sync"}`, `{"id":1,"do":"status"}`)
		c.mustOK("1")
		b.f.synced <- nil
		c.mustOK(`"a"`)
		b.expect("sync ended", "sync")
		b.f.synced <- nil
		c.mustOK(`"b"`)
		b.expect("sync ended", "run")
	})
	t.Run("has come to rest when a pause is answered", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.f.hold = make(chan struct{})
		b.drive()
		c, other := b.dial(), b.dial()
		b.expect("run")
		c.send(`{"id":1,"do":"pause"}`)
		for !*other.ok(`{"id":1,"do":"status"}`).Paused {
		}
		var ended atomic.Bool
		go func() {
			for range 100 { // an answer that comes too early has all the time to come
				b.isPaused()
				runtime.Gosched()
			}
			ended.Store(true)
			close(b.f.hold)
		}()
		c.mustOK("1")
		if !ended.Load() {
			t.Fatal("it still ran")
		}
		b.expect("run ended")
		c.ok(`{"id":1,"do":"pause"}`)
		if l := c.ok(`{"id":1,"do":"status"}`); !*l.Paused {
			t.Fatalf("got %+v", l)
		}
		c.send(`{"id":2,"do":"sync"}`)
		c.mustFail("2", Paused)
		c.ok(`{"id":1,"do":"resume"}`)
		b.expect("run")
		c.ok(`{"id":1,"do":"resume"}`)
		if l := c.ok(`{"id":1,"do":"status"}`); *l.Paused {
			t.Fatalf("got %+v", l)
		}
	})
	t.Run("pauses during a sync", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.drive()
		one, other := b.dial(), b.dial()
		b.expect("run")
		one.send(`{"id":1,"do":"sync"}`)
		b.expect("run ended", "sync")
		other.ok(`{"id":1,"do":"pause"}`)
		one.mustFail("1", Paused)
		b.expect("sync ended")
	})
	t.Run("stops during a sync", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.drive()
		one, other := b.dial(), b.dial()
		b.expect("run")
		one.send(`{"id":1,"do":"sync"}`)
		b.expect("run ended", "sync")
		other.ok(`{"id":1,"do":"stop"}`)
		one.mustFail("1", Stopped)
		b.expect("sync ended")
		if err := <-b.driven; err != nil {
			t.Fatal(err)
		}
		other.send(`{"id":2,"do":"sync"}`)
		other.mustFail("2", Stopped)
		b.end()
		one.mustEnd()
		other.mustEnd()
	})
	t.Run("stops while paused", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.drive()
		c := b.dial()
		b.expect("run")
		c.ok(`{"id":1,"do":"pause"}`)
		c.ok(`{"id":1,"do":"stop"}`)
		if err := <-b.driven; err != nil {
			t.Fatal(err)
		}
	})
	t.Run("ends with what ends the follower", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.drive()
		b.expect("run")
		broken := errors.New("the disk is on fire")
		b.f.failed <- broken
		if err := <-b.driven; !errors.Is(err, broken) {
			t.Fatal(err)
		}
	})
	t.Run("ends with a session that ends during a sync, and goes on with the next", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.drive()
		c := b.dial()
		b.expect("run")
		c.send(`{"id":1,"do":"sync"}`)
		b.expect("run ended", "sync")
		b.f.synced <- syncclient.ErrSignedOut
		c.mustFail("1", SignedOut)
		if err := <-b.driven; !errors.Is(err, syncclient.ErrSignedOut) {
			t.Fatal(err)
		}
		b.expect("sync ended")
		c.send(`{"id":2,"do":"sync"}`, `{"id":1,"do":"status"}`)
		c.mustOK("1")
		b.drive()
		b.expect("sync")
		b.f.synced <- nil
		c.mustOK("2")
	})
	t.Run("answers who waits when it is never driven", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		c := b.dial()
		c.send(`{"id":1,"do":"sync"}`, `{"id":2,"do":"status"}`)
		c.mustOK("2")
		b.end()
		c.mustFail("1", Stopped)
		c.mustEnd()
	})
}
