package library_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
)

func TestBin(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		bin := library.NewBin(b.Feed, s, slog.New(slog.DiscardHandler))
		list := b.make(t, b.Owner, item.KindContactList, named("old"))
		b.fill(t, list, 5_001)
		pointing := b.make(t, b.Owner, item.KindCampaign, library.Patch{Name: new("C"), Lists: &[]uuid.UUID{list}})
		var old []uuid.UUID
		for _, kind := range []item.Kind{item.KindCampaign, item.KindTemplate, item.KindBlacklist} {
			old = append(old, b.make(t, b.Owner, kind, named("old")))
		}
		young := b.make(t, b.Owner, item.KindTemplate, named("young"))
		now := instant.Now()
		for _, id := range append(old, list) {
			b.deleteAt(t, id, now.Add(-31*24*time.Hour))
		}
		b.deleteAt(t, young, now.Add(-29*24*time.Hour))

		erased, err := bin.Empty(t.Context(), now.Add(-30*24*time.Hour))
		if err != nil || erased != 4 {
			t.Fatalf("erased %d: %v", erased, err)
		}
		t.Run("erases rows, content and name", func(t *testing.T) {
			if n := s.Client().Contact.Query().CountX(b.System); n != 0 {
				t.Errorf("%d contacts are left", n)
			}
			if n := s.Client().RowTombstone.Query().CountX(b.System); n != 0 {
				t.Errorf("%d tombstones are left", n)
			}
			if n := s.Client().ContactList.Query().CountX(b.System); n != 0 {
				t.Errorf("%d lists are left", n)
			}
			for _, id := range append(old, list) {
				if it := b.Item(t, id); it.Name != "" || it.NameKey != "" || it.RowsCount != 0 || it.DeletedAt == 0 {
					t.Errorf("%+v", it)
				}
				expect(t, b.Restore(b.Owner, id), fault.NotFound, "")
			}
		})
		t.Run("records the campaigns that named what is gone", func(t *testing.T) {
			if it := b.Item(t, pointing); it.Seq <= b.Item(t, young).Seq || it.Name != "C" {
				t.Errorf("%+v", it)
			}
		})
		t.Run("leaves what can be restored", func(t *testing.T) {
			if err := b.Restore(b.Owner, young); err != nil {
				t.Error(err)
			}
			if name := b.Item(t, young).Name; name != "young" {
				t.Errorf("called %q", name)
			}
		})
		t.Run("is empty afterwards", func(t *testing.T) {
			before := b.Seq(t)
			if n, err := bin.Empty(t.Context(), now); err != nil || n != 0 || b.Seq(t) != before {
				t.Errorf("erased %d: %v", n, err)
			}
		})
		t.Run("ends with its context", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if err := bin.Run(ctx); err != nil {
				t.Error(err)
			}
		})
	})
}
