package demo_test

import (
	"strings"
	"testing"

	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/demo"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/servertest"

	"context"
)

func TestFill(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		system := viewer.System(t.Context(), "a test looks at what the demo made")
		var tour strings.Builder
		for range 2 { // the second time it only prints
			tour.Reset()
			if err := demo.Fill(t.Context(), s.App, s.URL, &tour); err != nil {
				t.Fatal(err)
			}
		}
		for _, want := range append([]string{demo.Password, "partage-sync run", s.URL}, demo.People()[2].Email) {
			if !strings.Contains(tour.String(), want) {
				t.Errorf("the tour does not name %q:\n%s", want, tour.String())
			}
		}
		for kind, want := range map[item.Kind]int{
			item.KindCampaign: 3, item.KindTemplate: 5, item.KindContactList: 2, item.KindBlacklist: 1,
		} {
			if n := s.Store.Client().Item.Query().Where(item.KindEQ(kind)).CountX(system); n != want {
				t.Errorf("%d of %s, not %d", n, kind, want)
			}
		}
		for _, p := range demo.People() {
			if _, err := s.Identity.LogIn(t.Context(), identity.Credentials{Email: p.Email, Password: demo.Password}, identity.Device{}); err != nil {
				t.Errorf("%s cannot sign in: %v", p.Email, err)
			}
		}
		// An account that still has its first name was interrupted.
		acc := s.Store.Client().Account.Query().OnlyX(system)
		err := s.Feed.Write(system, acc.ID, func(ctx context.Context, tx *feed.Tx) error {
			tx.SettingsChanged()
			return tx.Tx.Account.Update().Where(account.ID(acc.ID)).SetName(acc.Name + " (being filled)").Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := demo.Fill(t.Context(), s.App, s.URL, &tour); !fault.Is(err, fault.Conflict) {
			t.Errorf("an interrupted demo: %v", err)
		}
	})
}
