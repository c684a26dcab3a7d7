package identity_test

import (
	"context"
	"testing"

	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
)

// TestNodes holds that a live connection tells who follows the account here of what another node commits.
func TestNodes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, ann := h.signUp(t, "ann@example.com")
		account := ann.Session.Account
		broker := fanout.New()
		here := identity.New(h.store, feed.New(h.store, broker), h.mailing, identity.Config{Hash: cheap(), Now: h.clock.now})
		live, err := here.Authenticate(t.Context(), ann.Token)
		if err != nil {
			t.Fatal(err)
		}
		woken, stop := broker.Listen(account)
		defer stop()
		told := func() bool {
			t.Helper()
			if err := here.Live(live); err != nil {
				t.Fatal(err)
			}
			select {
			case <-woken:
				return true
			default:
				return false
			}
		}
		told() // the first number is news, whatever it is
		if told() {
			t.Error("is told of nothing")
		}
		err = h.feed.Write(viewer.System(t.Context(), "another node commits"), account, func(_ context.Context, tx *feed.Tx) error {
			tx.SettingsChanged()
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if !told() || told() {
			t.Error("is not told once")
		}
	})
}
