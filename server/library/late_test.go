package library_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/merge"
	"github.com/partage-mail/partage/server/store"
)

// What commands do that were decided on without contact; package push has their histories.
func TestLate(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		t.Run("an item brings its id and audience", func(t *testing.T) {
			id := uuid.Must(uuid.NewV7())
			made, err := b.CreateDraft(b.Member, item.KindTemplate, library.Draft{ID: id, Audience: item.AudienceRestricted, Patch: named("T")})
			if it := b.Item(t, id); err != nil || made != id || it.Audience != item.AudienceRestricted || it.Version != 1 {
				t.Errorf("%v %v %+v", err, made, it)
			}
			for _, kind := range []item.Kind{item.KindTemplate, item.KindBlacklist} {
				_, err := b.CreateDraft(b.Manager, kind, library.Draft{ID: id, Patch: named("T")})
				if f := fault.As(err); f == nil || f.Kind != fault.Invalid || f.Field != "id" {
					t.Errorf("a %s with a taken id: %v", kind, err)
				}
			}
		})
		t.Run("a body and its format stand or fall together, also with contact", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindCampaign, named("C"))
			b.change(t, b.Owner, id, 1, library.Patch{Format: new(campaign.FormatMjml)})
			got := b.change(t, b.Member, id, 1, library.Patch{Body: new("<p>"), Subject: new("S")})
			if len(got) != 1 || got[0].Field != "body" {
				t.Errorf("conflicts %v", got)
			}
			if c := s.Client().Campaign.GetX(b.System, id); c.Body != "" || c.Subject != "S" {
				t.Errorf("%+v", c)
			}
		})
		t.Run("an item is deleted as it was seen", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindCampaign, named("C"))
			out, err := b.ChangeLate(b.Member, item.KindCampaign, id, merge.Base{Version: 1}, library.Patch{Subject: new("S")})
			if err != nil || out.Version != 2 || out.Conflicts != nil {
				t.Errorf("%+v %v", out, err)
			}
			err = b.DeleteLate(b.Owner, item.KindCampaign, id, merge.Base{Version: 1})
			if f := fault.As(err); f == nil || f.Kind != fault.Conflict || f.Reason != merge.Changed {
				t.Errorf("deleted with %v", err)
			}
			if err := b.DeleteLate(b.Owner, item.KindTemplate, id, merge.Base{Version: 2}); !fault.Is(err, fault.NotFound) {
				t.Errorf("deleted as a template with %v", err)
			}
			if err := b.DeleteLate(b.Owner, item.KindCampaign, id, merge.Base{Version: 1, Own: []int64{2}}); err != nil {
				t.Error(err)
			}
		})
		t.Run("archived is set, and makes no version", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindBlacklist, named("B"))
			for _, archived := range []bool{true, true, false} {
				err := b.SetArchived(b.Owner, item.KindBlacklist, id, archived)
				if it := b.Item(t, id); err != nil || it.Version != 1 || (it.ArchivedAt != 0) != archived {
					t.Errorf("%v %+v", err, it)
				}
			}
			if err := b.SetArchived(b.Owner, item.KindTemplate, id, true); !fault.Is(err, fault.NotFound) {
				t.Errorf("archived as a template with %v", err)
			}
		})
	})
}
