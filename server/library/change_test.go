package library_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/merge"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// change changes a campaign and returns the conflicts.
func (b *bundle) change(t *testing.T, ctx context.Context, id uuid.UUID, base int64, p library.Patch) []merge.Conflict {
	t.Helper()
	conflicts, err := b.Change(ctx, item.KindCampaign, id, base, p)
	if err != nil {
		t.Fatal(err)
	}
	return conflicts
}

func TestChange(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		t.Run("merges fields and keeps the first of two changes of one", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindCampaign, named("C"))
			one := library.Patch{Subject: new("one"), Name: new("Été")}
			two := library.Patch{Subject: new("two"), Body: new("two"), Format: new(campaign.FormatMjml)}
			if got := b.change(t, b.Owner, id, 1, one); got != nil {
				t.Errorf("conflicts %v", got)
			}
			got := b.change(t, b.Member, id, 1, two)
			if diff := cmp.Diff([]merge.Conflict{{Field: "subject", Yours: "two", Theirs: "one"}}, got); diff != "" {
				t.Error(diff)
			}
			c, it := s.Client().Campaign.GetX(b.System, id), b.Item(t, id)
			if c.Subject != "one" || c.Body != "two" || c.Format != campaign.FormatMjml || it.Name != "Été" || it.NameKey != "ete" {
				t.Errorf("%+v %+v", it, c)
			}
			want := map[string]int64{"subject": 2, "name": 2, "body": 3, "format": 3}
			if diff := cmp.Diff(want, it.FieldVersions); diff != "" || it.Version != 3 {
				t.Errorf("version %d %s", it.Version, diff)
			}
			if *it.ChangedByID != librarytest.Collaborator(t, b.Member) || it.Seq != b.Seq(t) {
				t.Errorf("%+v", it)
			}
		})
		t.Run("leaves no trace where nothing changes", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindCampaign, named("C"))
			b.change(t, b.Owner, id, 1, library.Patch{Subject: new("one")})
			before, at := b.Item(t, id), b.Seq(t)
			b.change(t, b.Member, id, 2, library.Patch{Subject: new("one"), Name: new(" C ")})
			if got := b.change(t, b.Member, id, 1, library.Patch{Subject: new("two")}); len(got) != 1 {
				t.Errorf("conflicts %v", got)
			}
			b.change(t, b.Member, id, 1, library.Patch{})
			after := b.Item(t, id)
			if after.Version != before.Version || after.ChangedAt != before.ChangedAt || b.Seq(t) != at {
				t.Errorf("%+v, account at %d and %d", after, at, b.Seq(t))
			}
		})
		for _, base := range []int64{-1, 0, 2} {
			t.Run(fmt.Sprint("refuses base ", base), func(t *testing.T) {
				id := b.make(t, b.Owner, item.KindCampaign, named("C"))
				_, err := b.Change(b.Owner, item.KindCampaign, id, base, library.Patch{Subject: new("x")})
				expect(t, err, fault.Invalid, "baseVersion")
			})
		}
		t.Run("changes each kind", func(t *testing.T) {
			for kind, p := range map[item.Kind]library.Patch{
				item.KindTemplate:    {Body: new("b"), Format: new(campaign.FormatMjml), Preheader: new("p")},
				item.KindContactList: {Description: new("d")},
				item.KindBlacklist:   {Description: new("d")},
			} {
				id := b.make(t, b.Owner, kind, named("x"))
				if _, err := b.Change(b.Member, kind, id, 1, p); err != nil {
					t.Error(err)
				}
			}
			if n := s.Client().ContactList.Query().CountX(b.System); n != 1 {
				t.Errorf("%d lists", n)
			}
			if got := s.Client().Template.Query().OnlyX(b.System); got.Body != "b" || got.Preheader != "p" || got.Format != "mjml" {
				t.Errorf("%+v", got)
			}
			if d := s.Client().Blacklist.Query().OnlyX(b.System).Description; d != "d" {
				t.Errorf("description %q", d)
			}
		})
	})
}

func TestChangeDenied(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b, other := setup(t, s), setup(t, s)
		id := b.make(t, b.Owner, item.KindCampaign, named("C"))
		try := func(ctx context.Context, kind item.Kind, id uuid.UUID) error {
			_, err := b.Change(ctx, kind, id, 1, library.Patch{Name: new("x")})
			return err
		}
		t.Run("to who may only look", func(t *testing.T) {
			b.Give(t, b.Member, id, access.LevelView)
			expect(t, try(b.Member, item.KindCampaign, id), fault.Denied, "")
		})
		t.Run("alike for what is invisible, unknown, of another kind or account, or deleted", func(t *testing.T) {
			b.Give(t, b.Manager, id, access.LevelNone)
			deleted := b.make(t, b.Owner, item.KindCampaign, named("D"))
			if err := b.Delete(b.Owner, deleted); err != nil {
				t.Fatal(err)
			}
			invisible := try(b.Manager, item.KindCampaign, id)
			for name, err := range map[string]error{
				"invisible":         invisible,
				"unknown":           try(b.Owner, item.KindCampaign, uuid.New()),
				"of another kind":   try(b.Owner, item.KindCampaign, b.make(t, b.Owner, item.KindTemplate, named("T"))),
				"of another person": try(other.Owner, item.KindCampaign, id),
				"deleted":           try(b.Owner, item.KindCampaign, deleted),
			} {
				t.Run(name, func(t *testing.T) {
					expect(t, err, fault.NotFound, "")
					if err.Error() != invisible.Error() {
						t.Errorf("%q and %q", err, invisible)
					}
				})
			}
		})
		t.Run("to nobody in particular", func(t *testing.T) {
			expect(t, try(t.Context(), item.KindCampaign, id), fault.Unauthenticated, "")
		})
		if name := b.Item(t, id).Name; name != "C" {
			t.Errorf("the name became %q", name)
		}
	})
}

func TestChangeOfSent(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		for _, state := range []campaign.State{campaign.StateSending, campaign.StateSent} {
			id := b.make(t, b.Owner, item.KindCampaign, library.Patch{Name: new("C"), Subject: new("s")})
			b.Write(t, func(ctx context.Context, tx *feed.Tx) error {
				tx.Changed(id)
				return tx.Campaign.UpdateOneID(id).SetState(state).Exec(ctx)
			})
			t.Run("refuses content while "+string(state), func(t *testing.T) {
				for _, p := range []library.Patch{{Subject: new("x")}, {Name: new("x"), Body: new("x")}} {
					_, err := b.Change(b.Owner, item.KindCampaign, id, 1, p)
					expect(t, err, fault.Conflict, "")
				}
				list := b.make(t, b.Owner, item.KindContactList, named("L"))
				_, err := b.Change(b.Owner, item.KindCampaign, id, 1, library.Patch{Lists: &[]uuid.UUID{list}})
				expect(t, err, fault.Conflict, "")
			})
			t.Run("takes a name and what is there already while "+string(state), func(t *testing.T) {
				b.change(t, b.Owner, id, 1, library.Patch{Name: new("D"), Subject: new("s"), Lists: &[]uuid.UUID{}})
				if it := b.Item(t, id); it.Name != "D" || it.Version != 2 {
					t.Errorf("%+v", it)
				}
			})
		}
	})
}

// TestChangeAddressing has T12: members write a campaign and do not say who it is from and who it goes to.
func TestChangeAddressing(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		list, blacklist := b.make(t, b.Owner, item.KindContactList, named("L")), b.make(t, b.Owner, item.KindBlacklist, named("B"))
		settings := map[string]library.Patch{
			"senderName":  {SenderName: new("Ann")},
			"senderEmail": {SenderEmail: new("ann@example.com")},
			"replyTo":     {ReplyTo: new("ann@example.com")},
			"lists":       {Lists: &[]uuid.UUID{list}},
			"blacklists":  {Blacklists: &[]uuid.UUID{blacklist}},
			"along":       {Subject: new("s"), ReplyTo: new("ann@example.com")},
		}
		for name, p := range settings {
			t.Run(name, func(t *testing.T) {
				id := b.make(t, b.Owner, item.KindCampaign, named("C"))
				_, err := b.Change(b.Member, item.KindCampaign, id, 1, p)
				expect(t, err, fault.Denied, "")
				_, err = b.ChangeLate(b.Member, item.KindCampaign, id, merge.Base{Version: 1}, p)
				expect(t, err, fault.Denied, "")
				if it := b.Item(t, id); it.Version != 1 {
					t.Errorf("a member made version %d", it.Version)
				}
				b.change(t, b.Manager, id, 1, p)
				b.change(t, b.Member, id, 2, p) // says what is there
				if it := b.Item(t, id); it.Version != 2 {
					t.Errorf("version %d", it.Version)
				}
			})
		}
		t.Run("a manager who may only look", func(t *testing.T) {
			id := b.make(t, b.Owner, item.KindCampaign, named("C"))
			b.Give(t, b.Manager, id, access.LevelView)
			_, err := b.Change(b.Manager, item.KindCampaign, id, 1, settings["lists"])
			expect(t, err, fault.Denied, "")
		})
		t.Run("a creator who is a member by now", func(t *testing.T) {
			id := b.make(t, b.Manager, item.KindCampaign, named("C"))
			v, err := sharing.From(b.Manager)
			if err != nil {
				t.Fatal(err)
			}
			now := *v
			now.Role = collaborator.RoleMember
			b.change(t, sharing.NewContext(b.Manager, &now), id, 1, settings["lists"])
		})
	})
}

func TestChangeOfReferences(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		open := b.make(t, b.Owner, item.KindContactList, named("open"))
		more := b.make(t, b.Owner, item.KindContactList, named("more"))
		secret := b.make(t, b.Owner, item.KindContactList, named("secret"))
		b.Give(t, b.Manager, secret, access.LevelNone)
		setup := func(t *testing.T) uuid.UUID {
			return b.make(t, b.Owner, item.KindCampaign, library.Patch{Name: new("C"), Lists: &[]uuid.UUID{secret, open, open}})
		}
		stored := func(id uuid.UUID) map[uuid.UUID]bool {
			set := make(map[uuid.UUID]bool)
			for _, l := range s.Client().Campaign.GetX(b.System, id).QueryLists().IDsX(b.System) {
				set[l] = true
			}
			return set
		}
		t.Run("keeps those that the person does not see", func(t *testing.T) {
			id := setup(t)
			b.change(t, b.Manager, id, 1, library.Patch{Lists: &[]uuid.UUID{more}})
			if diff := cmp.Diff(map[uuid.UUID]bool{secret: true, more: true}, stored(id)); diff != "" {
				t.Error(diff)
			}
			b.change(t, b.Manager, id, 2, library.Patch{Lists: &[]uuid.UUID{}})
			if diff := cmp.Diff(map[uuid.UUID]bool{secret: true}, stored(id)); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("sees no change in the same set", func(t *testing.T) {
			id := setup(t)
			b.change(t, b.Manager, id, 1, library.Patch{Lists: &[]uuid.UUID{open}})
			b.change(t, b.Owner, id, 1, library.Patch{Lists: &[]uuid.UUID{secret, open}})
			if v := b.Item(t, id).Version; v != 1 {
				t.Errorf("version %d", v)
			}
		})
		t.Run("tells of a conflict by the names that the person sees", func(t *testing.T) {
			id := setup(t)
			b.change(t, b.Owner, id, 1, library.Patch{Lists: &[]uuid.UUID{secret, open, more}})
			got := b.change(t, b.Manager, id, 1, library.Patch{Lists: &[]uuid.UUID{more}})
			want := []merge.Conflict{{Field: "lists", Yours: "more", Theirs: "more, open"}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if len(stored(id)) != 3 {
				t.Errorf("stored %v", stored(id))
			}
		})
		t.Run("takes a deleted list out of sight but not out of the campaign", func(t *testing.T) {
			id := setup(t)
			gone := b.make(t, b.Owner, item.KindContactList, named("gone"))
			b.change(t, b.Owner, id, 1, library.Patch{Lists: &[]uuid.UUID{open, gone}})
			if err := b.Delete(b.Owner, gone); err != nil {
				t.Fatal(err)
			}
			b.change(t, b.Owner, id, 2, library.Patch{Lists: &[]uuid.UUID{more}})
			if diff := cmp.Diff(map[uuid.UUID]bool{gone: true, more: true}, stored(id)); diff != "" {
				t.Error(diff)
			}
		})
	})
}

// TestChangeConcurrently lets many people change one campaign, all on the version they first saw.
func TestChangeConcurrently(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		id := b.make(t, b.Owner, item.KindCampaign, named("C"))
		// Each sets a field of their own, and all of them the subject.
		own := []func(*library.Patch, string){
			func(p *library.Patch, v string) { p.Name = &v },
			func(p *library.Patch, v string) { p.Preheader = &v },
			func(p *library.Patch, v string) { p.SenderName = &v },
			func(p *library.Patch, v string) { p.Body = &v },
			func(p *library.Patch, v string) { p.SenderEmail = new(v + "@example.com") },
			func(p *library.Patch, v string) { p.ReplyTo = new(v + "@example.com") },
		}
		type outcome struct {
			subject   string
			conflicts []merge.Conflict
			err       error
		}
		outcomes := make(chan outcome, len(own))
		for i, set := range own {
			go func() {
				p := library.Patch{Subject: new(fmt.Sprint("by ", i))}
				set(&p, fmt.Sprint("own", i))
				conflicts, err := b.Change(b.Manager, item.KindCampaign, id, 1, p)
				outcomes <- outcome{*p.Subject, conflicts, err}
			}()
		}
		var errs []error
		winners, it := 0, s.Client().Campaign
		var told []merge.Conflict
		winner := ""
		for range own {
			o := <-outcomes
			errs = append(errs, o.err)
			if o.conflicts == nil {
				winners, winner = winners+1, o.subject
			}
			told = append(told, o.conflicts...)
		}
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		c, row := it.GetX(b.System, id), b.Item(t, id)
		if winners != 1 || c.Subject != winner || len(told) != len(own)-1 {
			t.Errorf("%d winners, subject %q of %q, conflicts %v", winners, c.Subject, winner, told)
		}
		for _, conflict := range told {
			if conflict.Field != "subject" || conflict.Theirs != winner {
				t.Errorf("%+v", conflict)
			}
		}
		if row.Name != "own0" || c.Preheader != "own1" || c.SenderName != "own2" || c.Body != "own3" ||
			c.SenderEmail != "own4@example.com" || c.ReplyTo != "own5@example.com" {
			t.Errorf("a change was lost: %+v %+v", row, c)
		}
		if row.Version != int64(1+len(own)) {
			t.Errorf("version %d", row.Version)
		}
	})
}
