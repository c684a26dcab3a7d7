package library_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
)

func TestLife(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		lastEvent := func(id uuid.UUID) *ent.VisibilityEvent {
			return s.Client().VisibilityEvent.Query().Where(visibilityevent.ItemID(id)).
				Order(ent.Desc(visibilityevent.FieldSeq)).FirstX(b.System)
		}
		t.Run("archives and takes back, each once", func(t *testing.T) {
			id := b.make(t, b.Manager, item.KindCampaign, named("C"))
			for range 2 {
				if err := b.Archive(b.Manager, id); err != nil {
					t.Fatal(err)
				}
			}
			it := b.Item(t, id)
			if it.ArchivedAt == 0 || it.Version != 1 || it.Seq != b.Seq(t) {
				t.Errorf("%+v, account at %d", it, b.Seq(t))
			}
			at := b.Seq(t)
			for range 2 {
				if err := b.Unarchive(b.Owner, id); err != nil {
					t.Fatal(err)
				}
			}
			if it = b.Item(t, id); it.ArchivedAt != 0 || b.Seq(t) != at+1 {
				t.Errorf("%+v, account at %d", it, b.Seq(t))
			}
		})
		t.Run("deletes and restores, each once", func(t *testing.T) {
			id := b.make(t, b.Member, item.KindContactList, library.Patch{Name: new("L"), Description: new("d")})
			expect(t, b.Restore(b.Member, id), fault.NotFound, "")
			if err := b.Delete(b.Member, id); err != nil {
				t.Fatal(err)
			}
			if e := lastEvent(id); e.Before != visibilityevent.BeforeEveryone || e.Seq != b.Seq(t) {
				t.Errorf("%+v", e)
			}
			expect(t, b.Delete(b.Member, id), fault.NotFound, "")
			expect(t, b.Archive(b.Member, id), fault.NotFound, "")
			if err := b.Restore(b.Member, id); err != nil {
				t.Fatal(err)
			}
			if e := lastEvent(id); e.Before != visibilityevent.BeforeDead || e.Seq != b.Seq(t) {
				t.Errorf("%+v", e)
			}
			if it := b.Item(t, id); it.DeletedAt != 0 || it.Name != "L" {
				t.Errorf("%+v", it)
			}
			expect(t, b.Restore(b.Member, id), fault.NotFound, "")
			var told []string
			for _, line := range s.Client().AuditEvent.Query().Where(auditevent.ItemID(id)).Order(auditevent.ByNumber()).AllX(b.System) {
				if line.ActorID == nil || *line.ActorID != librarytest.Collaborator(t, b.Member) {
					t.Errorf("%v did it", line.ActorID)
				}
				told = append(told, line.Verb+" "+line.Detail)
			}
			if want := []string{`item_deleted {"item":"L","kind":"contact_list"}`, `item_restored {"item":"L","kind":"contact_list"}`}; !slices.Equal(told, want) {
				t.Errorf("the history tells %q", told)
			}
		})
		t.Run("restores for 30 days", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindTemplate, named("T"))
			b.deleteAt(t, id, instant.Now().Add(-library.Kept-time.Minute))
			expect(t, b.Restore(b.Owner, id), fault.NotFound, "")
			if n := s.Client().Item.Query().Where(item.ID(id), library.Restorable()).CountX(b.System); n != 0 {
				t.Error("it is offered")
			}
			b.deleteAt(t, id, instant.Now().Add(-library.Kept+time.Minute))
			if n := s.Client().Item.Query().Where(item.ID(id), library.Restorable()).CountX(b.System); n != 1 {
				t.Error("it is not offered")
			}
			if err := b.Restore(b.Owner, id); err != nil {
				t.Error(err)
			}
		})
		t.Run("does not delete what is being sent", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindCampaign, named("C"))
			b.Write(t, func(ctx context.Context, tx *feed.Tx) error {
				tx.Changed(id)
				return tx.Campaign.UpdateOneID(id).SetState(campaign.StateSending).Exec(ctx)
			})
			expect(t, b.Delete(b.Owner, id), fault.Conflict, "")
		})
	})
}

// TestLifeDenied checks who may do what to an owner's item, by their level on it.
func TestLifeDenied(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b, other := setup(t, s), setup(t, s)
		verbs := map[string]func(context.Context, uuid.UUID) error{
			"archive": b.Archive, "unarchive": b.Unarchive, "delete": b.Delete, "restore": b.Restore,
		}
		for _, c := range []struct {
			name   string
			person context.Context
			level  access.Level
			want   fault.Kind
		}{
			{"member with edit", b.Member, access.LevelEdit, fault.Denied},
			{"member with view", b.Member, access.LevelView, fault.Denied},
			{"member without access", b.Member, access.LevelNone, fault.NotFound},
			{"manager with edit", b.Manager, access.LevelEdit, ""},
			{"manager with view", b.Manager, access.LevelView, fault.Denied},
			{"manager without access", b.Manager, access.LevelNone, fault.NotFound},
			{"owner", b.Owner, "", ""},
			{"owner of another account", other.Owner, "", fault.NotFound},
			{"nobody", t.Context(), "", fault.Unauthenticated},
		} {
			for verb, do := range verbs {
				t.Run(c.name+"/"+verb, func(t *testing.T) {
					id := b.make(t, b.Owner, item.KindCampaign, named("C"))
					if c.level != "" {
						b.Give(t, c.person, id, c.level)
					}
					if verb == "restore" {
						if err := b.Delete(b.Owner, id); err != nil {
							t.Fatal(err)
						}
					}
					before := b.Seq(t)
					err := do(c.person, id)
					if c.want == "" {
						if err != nil {
							t.Error(err)
						}
						return
					}
					expect(t, err, c.want, "")
					if c.want == fault.NotFound {
						if unknown := do(c.person, uuid.New()); unknown.Error() != err.Error() {
							t.Errorf("%q and %q", unknown, err)
						}
					}
					if b.Seq(t) != before {
						t.Error("something changed")
					}
				})
			}
		}
	})
}

func (b *bundle) deleteAt(t *testing.T, id uuid.UUID, at instant.Instant) {
	t.Helper()
	b.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		it, err := tx.Item.Get(ctx, id)
		if err != nil {
			return err
		}
		tx.Changed(id)
		if it.DeletedAt == 0 {
			tx.Sighted(id, it.Audience)
		}
		return tx.Item.UpdateOneID(id).SetDeletedAt(at).Exec(ctx)
	})
}
