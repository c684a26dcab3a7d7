package library_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
)

func TestDuplicate(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
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
				return tx.Campaign.UpdateOneID(id).SetState(campaign.StateSent).SetLeadKeyHash([]byte("h")).Exec(ctx)
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
				c.State != campaign.StateDraft || c.LeadKeyHash != nil {
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
			if it.RowsCount != n || it.RowsHead < 1 || it.RowsSeq != it.Seq {
				t.Errorf("%+v", it)
			}
			want, got := b.contacts(t, id), b.contacts(t, copied)
			if len(got) != n {
				t.Fatalf("%d rows", len(got))
			}
			for i, w := range want {
				g := got[i]
				if g.ID == w.ID || g.Version != 1 || g.FieldVersions != "" || g.RowSeq != it.RowsHead || g.AccountID != b.ID {
					t.Fatalf("%+v", g)
				}
				g.ID, g.ListID, g.Version, g.FieldVersions, g.RowSeq = w.ID, w.ListID, w.Version, w.FieldVersions, w.RowSeq
				g.CreatedAt, g.ChangedAt = w.CreatedAt, w.ChangedAt
				g.DigestA, g.DigestB = w.DigestA, w.DigestB
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
				err = tx.BlacklistEntry.Create().SetAccountID(b.ID).SetBlacklistID(id).SetKind(blacklistentry.KindDomain).
					SetValue("Example.com").SetValueKey("example.com").SetReason(blacklistentry.ReasonBounced).SetNote("n").
					SetVersion(7).SetRowSeq(rows.Seq).Exec(ctx)
				if err != nil {
					return err
				}
				return rows.Digest(ctx)
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
		if err := rows.Digest(ctx); err != nil {
			return err
		}
		return rows.Removed(ctx, uuid.New())
	})
}

func (b *bundle) contacts(t *testing.T, list uuid.UUID) []*ent.Contact {
	t.Helper()
	return b.Store.Client().Contact.Query().Where(contact.ListID(list)).Order(contact.ByEmailKey()).AllX(b.System)
}
