package feed_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

func TestJoining(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := setup(t, s)
		rename := func(ctx context.Context, name string) error {
			return a.feed.Write(ctx, a.id, func(ctx context.Context, tx *feed.Tx) error {
				tx.SettingsChanged()
				return tx.Tx.Account.UpdateOneID(a.id).SetName(name).Exec(ctx)
			})
		}
		look := func(name string, seq int64) {
			t.Helper()
			row, err := s.Client().Account.Get(system(), a.id)
			if err != nil || row.Name != name || row.Seq != seq {
				t.Errorf("the account is %v %v, not %q at %d", row, err, name, seq)
			}
		}
		look("Test", 1)
		err := a.feed.Write(system(), a.id, func(ctx context.Context, tx *feed.Tx) error {
			ctx = feed.Joining(ctx, tx)
			return errors.Join(rename(ctx, "first"), rename(ctx, "second"))
		})
		if err != nil {
			t.Fatal(err)
		}
		look("second", 2) // two commands, one number

		broken := errors.New("broken")
		err = a.feed.Write(system(), a.id, func(ctx context.Context, tx *feed.Tx) error {
			return errors.Join(rename(feed.Joining(ctx, tx), "third"), broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("ended with %v", err)
		}
		look("second", 2)

		err = a.feed.Write(system(), a.id, func(ctx context.Context, tx *feed.Tx) error {
			return a.feed.Write(feed.Joining(ctx, tx), uuid.New(), func(context.Context, *feed.Tx) error { return nil })
		})
		if err == nil {
			t.Error("a command on another account has joined")
		}
		err = a.feed.Write(system(), a.id, func(ctx context.Context, _ *feed.Tx) error { return rename(ctx, "fourth") })
		if err == nil {
			t.Error("a command that has not joined has opened a transaction inside of one")
		}
		look("second", 2)
	})
}
