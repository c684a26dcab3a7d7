package team_test

import (
	"slices"
	"testing"

	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/team"
)

func TestChangeAccount(t *testing.T) {
	t.Run("changes what is given, and tells of each setting", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, lines := h.told(t, 0)
			must(t, h.ChangeAccount(h.owner, team.Settings{Name: new(" Maison "), TimeZone: new("Europe/Paris"), Locale: new(account.LocaleFr)}))
			must(t, h.ChangeAccount(h.owner, team.Settings{Name: new("Maison"), DefaultAudience: new(account.DefaultAudienceEveryone)}))
			row, err := h.store.Client().Account.Get(h.system, h.account)
			must(t, err)
			if row.Name != "Maison" || row.TimeZone != "Europe/Paris" || row.Locale != account.LocaleFr || row.Version != 2 || row.SettingsSeq != row.Seq {
				t.Errorf("became %v", row)
			}
			if told, _ := h.told(t, lines); !slices.Equal(told, []string{
				`account_changed {"after":"Maison","before":"Example","field":"name"}`,
				`account_changed {"after":"Europe/Paris","before":"UTC","field":"timeZone"}`,
				`account_changed {"after":"fr","before":"en","field":"locale"}`,
			}) {
				t.Errorf("the history tells %q", told)
			}
		})
	})
	t.Run("says who sees new items, and leaves those that are there", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			items := library.New(h.feed)
			make := func() item.Audience {
				id, err := items.Create(h.owner, item.KindTemplate, library.Patch{Name: new("Letter")})
				must(t, err)
				row, err := h.store.Client().Item.Get(h.system, id)
				must(t, err)
				return row.Audience
			}
			if a := make(); a != item.AudienceEveryone {
				t.Errorf("at first: %s", a)
			}
			must(t, h.ChangeAccount(h.owner, team.Settings{DefaultAudience: new(account.DefaultAudienceRestricted)}))
			if a := make(); a != item.AudienceRestricted {
				t.Errorf("then: %s", a)
			}
			if n, err := h.store.Client().Item.Query().Where(item.AudienceEQ(item.AudienceEveryone)).Count(h.system); err != nil || n != 1 {
				t.Errorf("%d items are for everyone, %v", n, err)
			}
		})
	})
	t.Run("says which leads members see, and ends their positions in the feed and nobody else's", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			h.add(t, "bob", collaborator.RoleMember)
			h.add(t, "cat", collaborator.RoleManager)
			bob, _ := h.signIn(t, "bob@example.com", h.account)
			cat, _ := h.signIn(t, "cat@example.com", h.account)
			_, lines := h.told(t, 0)
			must(t, h.ChangeAccount(h.owner, team.Settings{MemberLeads: new(account.MemberLeadsAll)})) // as it is
			must(t, h.identity.Live(bob))
			for _, setting := range []account.MemberLeads{account.MemberLeadsOwn, account.MemberLeadsAll} {
				before, err := sharing.From(bob)
				must(t, err)
				must(t, h.ChangeAccount(h.owner, team.Settings{MemberLeads: &setting}))
				if f := refused(t, h.identity.Live(bob), fault.Unavailable, ""); f.Reason != identity.StandingChanged {
					t.Errorf("a member's connection is told %q", f.Reason)
				}
				must(t, h.identity.Live(cat))
				bob, err = h.identity.Refresh(bob)
				must(t, err)
				after, err := sharing.From(bob)
				must(t, err)
				if after.OwnLeads != (setting == account.MemberLeadsOwn) || after.LeadsEpoch == before.LeadsEpoch || after.Sight != before.Sight {
					t.Errorf("a member goes from %+v to %+v", before, after)
				}
			}
			if told, _ := h.told(t, lines); !slices.Equal(told, []string{
				`account_changed {"after":"own","before":"all","field":"memberLeads"}`,
				`account_changed {"after":"all","before":"own","field":"memberLeads"}`,
			}) {
				t.Errorf("the history tells %q", told)
			}
		})
	})
	t.Run("sets how long desktops keep their copies, never to end before they lock", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, lines := h.told(t, 0)
			must(t, h.ChangeAccount(h.owner, team.Settings{DesktopLockDays: new(30), DesktopEraseDays: new(90)})) // as it is
			must(t, h.ChangeAccount(h.owner, team.Settings{DesktopLockDays: new(7), DesktopEraseDays: new(7)}))
			must(t, h.ChangeAccount(h.owner, team.Settings{DesktopEraseDays: new(0)}))
			must(t, h.ChangeAccount(h.owner, team.Settings{DesktopLockDays: new(3650)}))
			must(t, h.ChangeAccount(h.owner, team.Settings{DesktopLockDays: new(0), DesktopEraseDays: new(5)}))
			for _, c := range []struct {
				lock, erase *int
				field       string
			}{
				{new(-1), nil, "desktopLockDays"}, {new(3651), new(0), "desktopLockDays"},
				{nil, new(-1), "desktopEraseDays"}, {nil, new(3651), "desktopEraseDays"},
				{new(6), nil, "desktopEraseDays"}, {new(8), new(7), "desktopEraseDays"},
			} {
				refused(t, h.ChangeAccount(h.owner, team.Settings{DesktopLockDays: c.lock, DesktopEraseDays: c.erase}), fault.Invalid, c.field)
			}
			if told, _ := h.told(t, lines); !slices.Equal(told, []string{
				`account_changed {"after":"7","before":"30","field":"desktopLockDays"}`,
				`account_changed {"after":"7","before":"90","field":"desktopEraseDays"}`,
				`account_changed {"after":"0","before":"7","field":"desktopEraseDays"}`,
				`account_changed {"after":"3650","before":"7","field":"desktopLockDays"}`,
				`account_changed {"after":"0","before":"3650","field":"desktopLockDays"}`,
				`account_changed {"after":"5","before":"0","field":"desktopEraseDays"}`,
			}) {
				t.Errorf("the history tells %q", told)
			}
		})
	})
	t.Run("refuses what is no name and no time zone", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			for _, name := range []string{"", " ", "a\u202eb"} {
				refused(t, h.ChangeAccount(h.owner, team.Settings{Name: &name}), fault.Invalid, "name")
			}
			for _, zone := range []string{"", "Local", "Europe/Nowhere", "../Europe/Paris", "/etc/passwd", " UTC", "+02:00"} {
				refused(t, h.ChangeAccount(h.owner, team.Settings{TimeZone: &zone}), fault.Invalid, "timeZone")
			}
		})
	})
}
