package addressbook_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/rowtombstone"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/merge"
	"github.com/partage-mail/partage/server/store"
)

func TestEntry(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		blacklist := b.item(t, item.KindBlacklist)
		t.Run("is an address or a domain", func(t *testing.T) {
			for value, want := range map[string][3]string{
				" Ann@Example.com ": {"address", "Ann@Example.com", "ann@example.com"},
				"Exämple.com":       {"domain", "Exämple.com", "xn--exmple-cua.com"},
				"@Example.org":      {"domain", "@Example.org", "example.org"},
			} {
				id, err := b.CreateEntry(b.Member, blacklist, value, addressbook.EntryPatch{})
				if err != nil {
					t.Fatal(err)
				}
				e := s.Client().BlacklistEntry.GetX(b.System, id)
				if got := [3]string{string(e.Kind), e.Value, e.ValueKey}; got != want || e.Reason != "manual" || e.Version != 1 || e.ChangedAt == 0 {
					t.Errorf("%q became %+v", value, e)
				}
				if it := b.Item(t, blacklist); e.RowSeq != it.RowsHead || it.RowsSeq != b.Seq(t) {
					t.Errorf("%+v", it)
				}
			}
			if n := b.Item(t, blacklist).RowsCount; n != 3 {
				t.Errorf("%d rows", n)
			}
		})
		t.Run("is unique in its blacklist", func(t *testing.T) {
			_, err := b.CreateEntry(b.Member, blacklist, "ANN@example.COM", addressbook.EntryPatch{})
			expect(t, err, fault.Conflict, "value")
			_, err = b.CreateEntry(b.Member, blacklist, "example.org", addressbook.EntryPatch{})
			expect(t, err, fault.Conflict, "value")
		})
		t.Run("changes its reason and note on its newest version", func(t *testing.T) {
			bounced := blacklistentry.ReasonBounced
			id, err := b.CreateEntry(b.Member, blacklist, "c@example.com", addressbook.EntryPatch{Reason: &bounced, Note: new(" é\nx ")})
			if err != nil {
				t.Fatal(err)
			}
			if kept, err := b.ChangeEntry(b.Member, id, 1, addressbook.EntryPatch{Note: new("y")}); err != nil || kept != nil {
				t.Fatal(kept, err)
			}
			e := s.Client().BlacklistEntry.GetX(b.System, id)
			if e.Reason != bounced || e.Note != "y" || e.Version != 2 || e.RowSeq != b.Item(t, blacklist).RowsHead {
				t.Errorf("%+v", e)
			}
			before := b.Seq(t)
			for _, base := range []int64{-1, 0, 3} {
				_, err := b.ChangeEntry(b.Member, id, base, addressbook.EntryPatch{Note: new("z")})
				expect(t, err, fault.Invalid, "baseVersion")
			}
			if kept, err := b.ChangeEntry(b.Member, id, 1, addressbook.EntryPatch{Note: new("y")}); err != nil || kept != nil {
				t.Errorf("the same again: %v, %v", kept, err)
			}
			if b.Seq(t) != before {
				t.Error("something changed")
			}
		})
		t.Run("merges changes of its reason and its note", func(t *testing.T) {
			id, err := b.CreateEntry(b.Member, blacklist, "merged.example", addressbook.EntryPatch{})
			if err != nil {
				t.Fatal(err)
			}
			complaint := blacklistentry.ReasonComplaint
			for _, change := range []struct {
				base         int64
				patch        addressbook.EntryPatch
				kept         []merge.Conflict
				reason, note string
				version      int64
			}{
				{1, addressbook.EntryPatch{Note: new("by phone")}, nil, "manual", "by phone", 2},
				{1, addressbook.EntryPatch{Reason: &complaint}, nil, "complaint", "by phone", 3},
				{2, addressbook.EntryPatch{Reason: new(blacklistentry.ReasonBounced), Note: new("by mail")},
					[]merge.Conflict{{Field: "reason", Yours: "bounced", Theirs: "complaint"}}, "complaint", "by mail", 4},
				{3, addressbook.EntryPatch{Note: new("by fax")},
					[]merge.Conflict{{Field: "note", Yours: "by fax", Theirs: "by mail"}}, "complaint", "by mail", 4},
			} {
				kept, err := b.ChangeEntry(b.Member, id, change.base, change.patch)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(change.kept, kept); diff != "" {
					t.Error(diff)
				}
				e := s.Client().BlacklistEntry.GetX(b.System, id)
				if string(e.Reason) != change.reason || e.Note != change.note || e.Version != change.version {
					t.Errorf("after %+v: %+v", change, e)
				}
			}
		})
		t.Run("leaves a tombstone when it is deleted", func(t *testing.T) {
			id, err := b.CreateEntry(b.Member, blacklist, "d@example.com", addressbook.EntryPatch{})
			if err != nil {
				t.Fatal(err)
			}
			count := b.Item(t, blacklist).RowsCount
			if err := b.DeleteEntry(b.Member, id); err != nil {
				t.Fatal(err)
			}
			it := b.Item(t, blacklist)
			tomb := s.Client().RowTombstone.Query().Where(rowtombstone.RowID(id)).OnlyX(b.System)
			if tomb.ItemID != blacklist || tomb.RowSeq != it.RowsHead || it.RowsCount != count-1 {
				t.Errorf("%+v %+v", tomb, it)
			}
			expect(t, b.DeleteEntry(b.Member, id), fault.NotFound, "")
		})
		t.Run("takes no hostile input", func(t *testing.T) {
			before := b.Seq(t)
			for _, value := range []string{"", " ", "@", "a@", "@@", "localhost", "1.2.3.4", "a@b@example.com", "a\x00@example.com",
				"\xff.com", "exa mple.com", strings.Repeat("a.", 200) + "com", "a@example.com\nb@example.com", "*.example.com"} {
				_, err := b.CreateEntry(b.Member, blacklist, value, addressbook.EntryPatch{})
				expect(t, err, fault.Invalid, "value")
			}
			_, err := b.CreateEntry(b.Member, blacklist, "x.com", addressbook.EntryPatch{Note: new(strings.Repeat("é", 501))})
			expect(t, err, fault.Invalid, "note")
			_, err = b.CreateEntry(b.Member, blacklist, "x.com", addressbook.EntryPatch{Note: new("\xff")})
			expect(t, err, fault.Invalid, "note")
			_, err = b.CreateEntry(b.Member, blacklist, "x.com", addressbook.EntryPatch{Reason: new(blacklistentry.Reason("x"))})
			expect(t, err, fault.Invalid, "reason")
			if b.Seq(t) != before {
				t.Error("something changed")
			}
		})
		t.Run("counts the characters of its note", func(t *testing.T) {
			if _, err := b.CreateEntry(b.Member, blacklist, "long.example", addressbook.EntryPatch{Note: new(strings.Repeat("é", 500))}); err != nil {
				t.Error(err)
			}
		})
	})
}

func TestEntryDenied(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b, other := setup(t, s), setup(t, s)
		blacklist, list := b.item(t, item.KindBlacklist), b.list(t)
		id, err := b.CreateEntry(b.Owner, blacklist, "a@example.com", addressbook.EntryPatch{})
		if err != nil {
			t.Fatal(err)
		}
		b.Give(t, b.Member, blacklist, access.LevelView)
		b.Give(t, b.Manager, blacklist, access.LevelNone)
		for verb, do := range map[string]func(context.Context, uuid.UUID, uuid.UUID) error{
			"create": func(ctx context.Context, blacklist, _ uuid.UUID) error {
				_, err := b.CreateEntry(ctx, blacklist, "b@example.com", addressbook.EntryPatch{})
				return err
			},
			"change": func(ctx context.Context, _, id uuid.UUID) error {
				_, err := b.ChangeEntry(ctx, id, 1, addressbook.EntryPatch{Note: new("x")})
				return err
			},
			"delete": func(ctx context.Context, _, id uuid.UUID) error { return b.DeleteEntry(ctx, id) },
			"import": func(ctx context.Context, blacklist, _ uuid.UUID) error {
				_, err := b.ImportEntries(ctx, blacklist, strings.NewReader("b@example.com\n"), nil)
				return err
			},
			"import an empty file": func(ctx context.Context, blacklist, _ uuid.UUID) error {
				_, err := b.ImportEntries(ctx, blacklist, strings.NewReader(""), nil)
				return err
			},
		} {
			before := b.Seq(t)
			t.Run(verb+" is denied to who may only look", func(t *testing.T) {
				expect(t, do(b.Member, blacklist, id), fault.Denied, "")
			})
			t.Run(verb+" says the same of what is invisible, foreign, unknown or of another kind", func(t *testing.T) {
				unknown := do(b.Owner, uuid.New(), uuid.New())
				for _, err := range []error{
					unknown, do(b.Manager, blacklist, id), do(other.Owner, blacklist, id), do(b.Owner, list, list),
				} {
					expect(t, err, fault.NotFound, "")
					if err != nil && err.Error() != unknown.Error() {
						t.Errorf("%q and %q", err, unknown)
					}
				}
			})
			t.Run(verb+" needs somebody who is signed in", func(t *testing.T) {
				expect(t, do(t.Context(), blacklist, id), fault.Unauthenticated, "")
			})
			if b.Seq(t) != before {
				t.Error("something changed")
			}
		}
	})
}
