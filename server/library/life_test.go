package library_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

func TestLife(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
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
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
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

func TestDuplicate(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
		b, other := setup(t, s), setup(t, s)
		t.Run("copies a campaign with what the person sees of it", func(t *testing.T) {
			open, secret := b.make(t, b.Owner, item.KindContactList, named("open")), b.make(t, b.Owner, item.KindContactList, named("secret"))
			b.Give(t, b.Manager, secret, access.LevelNone)
			id := b.make(t, b.Owner, item.KindCampaign, library.Patch{
				Name: new("C"), Subject: new("s"), SenderEmail: new("a@example.com"), Body: new("b"), Lists: &[]uuid.UUID{open, secret},
			})
			b.change(t, b.Owner, id, 1, library.Patch{Format: new(campaign.FormatMjml)})
			b.Give(t, b.Manager, id, access.LevelView)
			b.Write(t, func(ctx context.Context, tx *feed.Tx) error {
				tx.Changed(id)
				return tx.Campaign.UpdateOneID(id).SetState(campaign.StateSent).SetLeadKeyHash("h").Exec(ctx)
			})
			copied, err := b.Duplicate(b.Manager, id, nil)
			if err != nil {
				t.Fatal(err)
			}
			it, c := b.Item(t, copied), s.Client().Campaign.GetX(b.System, copied)
			if it.Name != "C (copy)" || it.Version != 1 || *it.CreatorID != librarytest.Collaborator(t, b.Manager) || it.Audience != item.AudienceEveryone {
				t.Errorf("%+v", it)
			}
			if c.Subject != "s" || c.SenderEmail != "a@example.com" || c.Body != "b" || c.Format != campaign.FormatMjml ||
				c.State != campaign.StateDraft || c.LeadKeyHash != "" {
				t.Errorf("%+v", c)
			}
			if diff := cmp.Diff([]uuid.UUID{open}, c.QueryLists().IDsX(b.System)); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("names the copy", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindTemplate, named(strings.Repeat("x", 200)))
			copied, err := b.Duplicate(b.Member, id, nil)
			if err != nil {
				t.Fatal(err)
			}
			if name := b.Item(t, copied).Name; name != strings.Repeat("x", 193)+" (copy)" {
				t.Errorf("called %q", name)
			}
			copied, err = b.Duplicate(b.Member, id, new(" mine "))
			if err != nil {
				t.Fatal(err)
			}
			if name := b.Item(t, copied).Name; name != "mine" {
				t.Errorf("called %q", name)
			}
			_, err = b.Duplicate(b.Member, id, new(""))
			expect(t, err, fault.Invalid, "name")
			b.Write(t, func(ctx context.Context, tx *feed.Tx) error {
				tx.SettingsChanged()
				return tx.Client().Account.UpdateOneID(b.ID).SetLocale(account.LocaleFr).Exec(ctx)
			})
			copied, err = b.Duplicate(b.Member, b.make(t, b.Owner, item.KindTemplate, named("Été")), nil)
			if err != nil {
				t.Fatal(err)
			}
			if name := b.Item(t, copied).Name; name != "Été (copie)" {
				t.Errorf("called %q", name)
			}
		})
		t.Run("copies every row of a list", func(t *testing.T) {
			const n = 12_000
			id := b.make(t, b.Owner, item.KindContactList, named("L"))
			b.fill(t, id, n)
			copied, err := b.Duplicate(b.Member, id, nil)
			if err != nil {
				t.Fatal(err)
			}
			it := b.Item(t, copied)
			if it.RowsCount != n || it.RowsHead != 1 || it.RowsSeq != it.Seq {
				t.Errorf("%+v", it)
			}
			want, got := b.contacts(t, id), b.contacts(t, copied)
			if len(got) != n {
				t.Fatalf("%d rows", len(got))
			}
			for i, w := range want {
				g := got[i]
				if g.ID == w.ID || g.Version != 1 || g.FieldVersions != "" || g.RowSeq != 1 || g.AccountID != b.ID {
					t.Fatalf("%+v", g)
				}
				g.ID, g.ListID, g.Version, g.FieldVersions, g.RowSeq = w.ID, w.ListID, w.Version, w.FieldVersions, w.RowSeq
				g.CreatedAt, g.ChangedAt = w.CreatedAt, w.ChangedAt
				if w.String() != g.String() {
					t.Fatalf("%s became %s", w, g)
				}
			}
		})
		t.Run("copies every entry of a blacklist", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindBlacklist, named("B"))
			b.Write(t, func(ctx context.Context, tx *feed.Tx) error {
				rows, err := tx.Rows(ctx, id)
				if err != nil {
					return err
				}
				rows.Added(1)
				return tx.BlacklistEntry.Create().SetAccountID(b.ID).SetBlacklistID(id).SetKind(blacklistentry.KindDomain).
					SetValue("Example.com").SetValueKey("example.com").SetReason(blacklistentry.ReasonBounced).SetNote("n").
					SetVersion(7).SetRowSeq(rows.Seq).Exec(ctx)
			})
			copied, err := b.Duplicate(b.Member, id, nil)
			if err != nil {
				t.Fatal(err)
			}
			e := s.Client().BlacklistEntry.Query().Where(blacklistentry.BlacklistID(copied)).OnlyX(b.System)
			if e.Kind != "domain" || e.Value != "Example.com" || e.ValueKey != "example.com" || e.Reason != "bounced" || e.Note != "n" || e.Version != 1 {
				t.Errorf("%+v", e)
			}
		})
		t.Run("refuses a list that is too large", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindContactList, named("L"))
			b.Write(t, func(ctx context.Context, tx *feed.Tx) error {
				tx.Changed(id)
				return tx.Item.UpdateOneID(id).SetRowsCount(100_001).Exec(ctx)
			})
			before := b.Seq(t)
			_, err := b.Duplicate(b.Owner, id, nil)
			expect(t, err, fault.Invalid, "")
			if b.Seq(t) != before {
				t.Error("something changed")
			}
		})
		t.Run("is denied", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindCampaign, named("C"))
			_, err := b.Duplicate(b.Member, id, nil)
			expect(t, err, fault.Denied, "")
			b.Give(t, b.Manager, id, access.LevelNone)
			for _, c := range []struct {
				ctx context.Context
				id  uuid.UUID
			}{{b.Manager, id}, {other.Owner, id}, {b.Owner, uuid.New()}} {
				_, err = b.Duplicate(c.ctx, c.id, nil)
				expect(t, err, fault.NotFound, "")
			}
			_, err = b.Duplicate(t.Context(), id, nil)
			expect(t, err, fault.Unauthenticated, "")
		})
	})
}

func TestBin(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
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

func (b *bundle) deleteAt(t *testing.T, id uuid.UUID, at instant.Instant) {
	t.Helper()
	b.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		it, err := tx.Item.Get(ctx, id)
		if err != nil {
			return err
		}
		tx.Changed(id)
		if it.DeletedAt == 0 {
			tx.Sighted(id, string(it.Audience))
		}
		return tx.Item.UpdateOneID(id).SetDeletedAt(at).Exec(ctx)
	})
}

// fill puts contacts into a list, and leaves the tombstone of one more.
func (b *bundle) fill(t *testing.T, list uuid.UUID, n int) {
	t.Helper()
	b.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		rows, err := tx.Rows(ctx, list)
		if err != nil {
			return err
		}
		for i := 0; i < n; {
			var creates []*ent.ContactCreate
			for ; i < n && len(creates) < 500; i++ {
				email := uuid.NewString() + "@example.com"
				state := contact.StateSubscribed
				if i%3 == 0 {
					state = contact.StateUnsubscribed
				}
				creates = append(creates, tx.Contact.Create().SetAccountID(b.ID).SetListID(list).
					SetEmail("X"+email).SetEmailKey("x"+email).SetFirstName("É").SetLastName("l").SetCompany("c").SetCity("v").
					SetFields(`{"a":"b"}`).SetState(state).SetVersion(3).SetFieldVersions(`{"city":3}`).SetRowSeq(rows.Seq))
			}
			if err := tx.Contact.CreateBulk(creates...).Exec(ctx); err != nil {
				return err
			}
		}
		rows.Added(n + 1)
		return rows.Removed(ctx, uuid.New())
	})
}

func (b *bundle) contacts(t *testing.T, list uuid.UUID) []*ent.Contact {
	t.Helper()
	return b.Store.Client().Contact.Query().Where(contact.ListID(list)).Order(contact.ByEmailKey()).AllX(b.System)
}
