package clienttest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient"
)

// follow runs the desk's follower until the test ends or it ends by itself; the channel has its error.
func (d *desk) follow(ctx context.Context) <-chan error {
	ended := make(chan error, 1)
	go func() { ended <- d.follower.Run(ctx) }()
	return ended
}

func isUpToDate(e syncclient.Event) bool { _, ok := e.(syncclient.UpToDate); return ok }

func isConnected(e syncclient.Event) bool { _, ok := e.(syncclient.Connected); return ok }

// TestFollow sees edits arrive while the follower runs.
func TestFollow(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list := w.list("one", rows("alpha", 10))
		d := w.desk(w.chloe)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		ended := d.follow(ctx)
		d.await(0, isConnected)
		at := d.await(0, isUpToDate)
		for i := range 20 {
			_, err := w.Addressbook.CreateContact(w.anna.ctx, list, addressbook.ContactPatch{Email: ptr(fmt.Sprintf("n%d@example.com", i))})
			must(t, err)
			at = d.await(at, func(e syncclient.Event) bool {
				page, ok := e.(syncclient.RowsPage)
				return ok && page.Changed == 1 && page.Complete
			})
		}
		d.await(at, isUpToDate)
		w.same(w.chloe, d)
		cancel()
		if err := <-ended; err != nil {
			t.Fatalf("an interrupted run ended with %v", err)
		}
	})
}

// TestFollowAnew: a copy is followed through the ends of the account's session, and is free whatever ends that.
func TestFollowAnew(t *testing.T) {
	w := populate(t, servertest.Start(t, storetest.Config(t, "sqlite3")))
	d := w.desk(w.chloe)
	must(t, d.follower.Close())
	free := func(t *testing.T) {
		t.Helper()
		f, err := d.client.Open(t.Context(), d.login, d.account, nil)
		must(t, err)
		must(t, f.Close())
	}
	// leave ends the session of the account here.
	leave := func() {
		all, err := w.Identity.Sessions(w.chloe.ctx)
		must(t, err)
		for _, one := range all {
			if one.Account != uuid.Nil {
				must(t, w.Identity.EndSession(w.chloe.ctx, one.ID))
			}
		}
	}
	t.Run("begins another session each time that it has been up to date", func(t *testing.T) {
		calls := 0
		err := d.client.Follow(t.Context(), d.login, d.account, nil, func(f *syncclient.Follower) error {
			calls++
			must(t, f.Sync(t.Context()))
			if calls > 3 {
				return nil
			}
			leave()
			return f.Sync(t.Context())
		})
		if err != nil || calls != 4 {
			t.Fatalf("got %v after %d calls", err, calls)
		}
		free(t)
	})
	t.Run("begins one other where nothing was up to date", func(t *testing.T) {
		calls := 0
		err := d.client.Follow(t.Context(), d.login, d.account, nil, func(f *syncclient.Follower) error {
			calls++
			leave()
			return f.Sync(t.Context())
		})
		if !errors.Is(err, syncclient.ErrSignedOut) || calls != 2 {
			t.Fatalf("got %v after %d calls", err, calls)
		}
		free(t)
	})
	t.Run("frees the copy where who is told panics", func(t *testing.T) {
		func() {
			defer func() {
				if p := recover(); p != "told" {
					t.Errorf("got %v", p)
				}
			}()
			_ = d.client.Follow(t.Context(), d.login, d.account, func(syncclient.Event) { panic("told") },
				func(f *syncclient.Follower) error { return f.Sync(t.Context()) })
		}()
		free(t)
	})
}

// TestSessionEnd stops a follower whose session ends, and keeps its mirror.
func TestSessionEnd(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		w.list("one", rows("alpha", 10))
		d := w.desk(w.chloe)
		ended := d.follow(t.Context())
		d.await(d.await(0, isConnected), isUpToDate)
		all, err := w.Identity.Sessions(w.chloe.ctx)
		must(t, err)
		for _, one := range all {
			if one.Device == "test" {
				must(t, w.Identity.EndSession(w.chloe.ctx, one.ID))
			}
		}
		if err := <-ended; !errors.Is(err, syncclient.ErrSignedOut) {
			t.Fatalf("got %v, want ErrSignedOut", err)
		}
		w.same(w.chloe, d)
		must(t, d.follower.Close())
		if _, _, err := d.client.Renew(t.Context(), d.login, d.account); !errors.Is(err, syncclient.ErrSignedOut) {
			t.Fatalf("renew: got %v, want ErrSignedOut", err)
		}
		again := w.deskAt(w.chloe, t.TempDir())
		again.sync()
		w.same(w.chloe, again)
	})
}

// TestExpiry rebuilds in place when the server was restored, and when rights changed as a whole.
func TestExpiry(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list := w.list("one", rows("alpha", 3000))
		d := w.desk(w.chloe)
		d.sync()
		// What an operator does who has restored a backup.
		_, err := w.Store.Client().ExecContext(context.Background(), "UPDATE accounts SET epoch = epoch + 1")
		must(t, err)
		_, err = w.Addressbook.CreateContact(w.anna.ctx, list, addressbook.ContactPatch{Email: ptr("after@example.com")})
		must(t, err)
		d.sync()
		w.same(w.chloe, d)
		walks := 0
		for _, e := range d.events {
			if walk, ok := e.(syncclient.WalkStarted); ok {
				walks++
				if walk.Reason != "EPOCH" {
					t.Errorf("a walk for the reason %q", walk.Reason)
				}
			}
		}
		if walks != 2 {
			t.Errorf("%d walks, want one of the workspace and one of the list", walks)
		}
	})
}
