package library_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/campaign"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
)

// bundle is an account and the commands on it.
type bundle struct {
	*librarytest.Account
	*library.Library
}

func setup(t *testing.T, s *store.Store) *bundle {
	t.Helper()
	a := librarytest.New(t, s)
	return &bundle{a, library.New(a.Feed)}
}

func (b *bundle) make(t *testing.T, ctx context.Context, kind item.Kind, p library.Patch) uuid.UUID {
	t.Helper()
	id, err := b.Create(ctx, kind, p)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func named(name string) library.Patch { return library.Patch{Name: &name} }

// expect fails the test unless err is a fault of the kind, on the field.
func expect(t *testing.T, err error, kind fault.Kind, field string) {
	t.Helper()
	if f := fault.As(err); f == nil || f.Kind != kind || f.Field != field {
		t.Errorf("got %#v (%v), want %s on %q", fault.As(err), err, kind, field)
	}
}

func TestCreate(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		t.Run("makes an item of each kind", func(t *testing.T) {
			for _, kind := range []item.Kind{item.KindCampaign, item.KindTemplate, item.KindContactList, item.KindBlacklist} {
				before := b.Seq(t)
				it := b.Item(t, b.make(t, b.Manager, kind, named("  Été à Œuf  ")))
				me := librarytest.Collaborator(t, b.Manager)
				if it.Kind != kind || it.Name != "Été à Œuf" || it.NameKey != "ete a oeuf" || it.Audience != item.AudienceEveryone ||
					*it.CreatorID != me || *it.ChangedByID != me || it.ChangedAt == 0 || it.Version != 1 || it.FieldVersions != nil {
					t.Errorf("%+v", it)
				}
				if it.Seq != before+1 || b.Seq(t) != before+1 {
					t.Errorf("item at %d, account at %d, after %d", it.Seq, b.Seq(t), before)
				}
				event := s.Client().VisibilityEvent.Query().Where(visibilityevent.ItemID(it.ID)).OnlyX(b.System)
				if event.Before != visibilityevent.BeforeDead || event.CollaboratorID != uuid.Nil || event.Seq != it.Seq {
					t.Errorf("%+v", event)
				}
			}
		})
		t.Run("stores all fields of a campaign", func(t *testing.T) {
			lists := []uuid.UUID{b.make(t, b.Owner, item.KindContactList, named("L"))}
			blacklists := []uuid.UUID{b.make(t, b.Owner, item.KindBlacklist, named("B"))}
			p := named("C")
			p.Subject, p.Preheader, p.SenderName = new("Hello {{ first_name }}"), new("one\ntwo"), new("Zoé")
			p.SenderEmail, p.ReplyTo = new(" Zoe@Example.com "), new("")
			p.Format, p.Body = new(campaign.FormatMjml), new("<mjml>\r\n\t</mjml>\x01")
			p.Lists, p.Blacklists = &lists, &blacklists
			c := s.Client().Campaign.GetX(b.System, b.make(t, b.Owner, item.KindCampaign, p))
			if c.Subject != "Hello {{ first_name }}" || c.Preheader != "one\ntwo" || c.SenderName != "Zoé" ||
				c.SenderEmail != "Zoe@Example.com" || c.ReplyTo != "" || c.Format != campaign.FormatMjml || c.Body != "<mjml>\r\n\t</mjml>\x01" ||
				c.State != campaign.StateDraft {
				t.Errorf("%+v", c)
			}
			if c.QueryLists().OnlyIDX(b.System) != lists[0] || c.QueryBlacklists().OnlyIDX(b.System) != blacklists[0] {
				t.Error("the lists are missing")
			}
		})
		t.Run("gives members templates and lists but no campaigns", func(t *testing.T) {
			for _, kind := range []item.Kind{item.KindTemplate, item.KindContactList, item.KindBlacklist} {
				b.make(t, b.Member, kind, named("x"))
			}
			_, err := b.Create(b.Member, item.KindCampaign, named("x"))
			expect(t, err, fault.Denied, "")
		})
		t.Run("needs somebody who is signed in", func(t *testing.T) {
			_, err := b.Create(t.Context(), item.KindTemplate, named("x"))
			expect(t, err, fault.Unauthenticated, "")
		})
		t.Run("counts characters and not bytes", func(t *testing.T) {
			p := named(strings.Repeat("é", 200))
			p.Subject, p.Preheader, p.SenderName = new(strings.Repeat("é", 998)), new(strings.Repeat("é", 500)), new(strings.Repeat("é", 200))
			b.make(t, b.Owner, item.KindCampaign, p)
			p = named(strings.Repeat("ﷺ", 200)) // 18 letters each when folded
			p.Description = new(strings.Repeat("é", 2000))
			it := b.Item(t, b.make(t, b.Owner, item.KindBlacklist, p))
			if n := len(it.NameKey); n > 800 || n < 790 {
				t.Errorf("a key of %d bytes", n)
			}
		})
		t.Run("is restricted where the account is", func(t *testing.T) {
			b.Restrict(t)
			if it := b.Item(t, b.make(t, b.Owner, item.KindTemplate, named("x"))); it.Audience != item.AudienceRestricted {
				t.Errorf("audience %s", it.Audience)
			}
		})
	})
}

// TestHostileInput lists what no field takes, when an item is made and when it is changed.
func TestHostileInput(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b, other := setup(t, s), setup(t, s)
		template := b.make(t, b.Owner, item.KindTemplate, named("T"))
		secret := b.make(t, b.Owner, item.KindContactList, named("secret"))
		b.Give(t, b.Manager, secret, access.LevelNone)
		foreign := other.make(t, other.Owner, item.KindContactList, named("foreign"))
		many := make([]uuid.UUID, 101)
		for i := range many {
			many[i] = uuid.New()
		}
		long := func(n int) *string { return new(strings.Repeat("é", n)) }
		for name, c := range map[string]struct {
			kind  item.Kind
			field string
			fault fault.Kind
			p     library.Patch
		}{
			"an empty name":                 {item.KindTemplate, "name", fault.Invalid, named("")},
			"a name of spaces":              {item.KindTemplate, "name", fault.Invalid, named(" \u00a0\t ")},
			"a long name":                   {item.KindTemplate, "name", fault.Invalid, library.Patch{Name: long(201)}},
			"a name of two lines":           {item.KindTemplate, "name", fault.Invalid, named("a\nb")},
			"a name with a separator":       {item.KindTemplate, "name", fault.Invalid, named("a\u2028b")},
			"a name with an escape":         {item.KindTemplate, "name", fault.Invalid, named("a\x1b[31mb")},
			"a name with NUL":               {item.KindTemplate, "name", fault.Invalid, named("a\x00b")},
			"a name that is not UTF-8":      {item.KindTemplate, "name", fault.Invalid, named("a\xffb")},
			"a header in the subject":       {item.KindCampaign, "subject", fault.Invalid, library.Patch{Subject: new("Hi\r\nBcc: all@example.com")}},
			"a long subject":                {item.KindCampaign, "subject", fault.Invalid, library.Patch{Subject: long(999)}},
			"a header in the sender":        {item.KindCampaign, "senderName", fault.Invalid, library.Patch{SenderName: new("Ann\nBcc: all@example.com")}},
			"a long sender":                 {item.KindCampaign, "senderName", fault.Invalid, library.Patch{SenderName: long(201)}},
			"a long preheader":              {item.KindCampaign, "preheader", fault.Invalid, library.Patch{Preheader: long(501)}},
			"a bell in the preheader":       {item.KindCampaign, "preheader", fault.Invalid, library.Patch{Preheader: new("a\a")}},
			"a sender without @":            {item.KindCampaign, "senderEmail", fault.Invalid, library.Patch{SenderEmail: new("ann")}},
			"two addresses to answer":       {item.KindCampaign, "replyTo", fault.Invalid, library.Patch{ReplyTo: new("a@example.com, b@example.com")}},
			"a header in the reply":         {item.KindCampaign, "replyTo", fault.Invalid, library.Patch{ReplyTo: new("a@example.com\r\nBcc: b@example.com")}},
			"an unknown format":             {item.KindCampaign, "format", fault.Invalid, library.Patch{Format: new(campaign.Format("pdf"))}},
			"a body beyond 1 MB":            {item.KindCampaign, "body", fault.Invalid, library.Patch{Body: new(strings.Repeat("x", 1<<20+1))}},
			"a body with NUL":               {item.KindTemplate, "body", fault.Invalid, library.Patch{Body: new("\x00")}},
			"a body that is not UTF-8":      {item.KindTemplate, "body", fault.Invalid, library.Patch{Body: new("\xc3\x28")}},
			"a long description":            {item.KindBlacklist, "description", fault.Invalid, library.Patch{Description: long(2001)}},
			"a description with NUL":        {item.KindContactList, "description", fault.Invalid, library.Patch{Description: new("\x00")}},
			"a template with a sender":      {item.KindTemplate, "senderName", fault.Invalid, library.Patch{SenderName: new("x")}},
			"a template with lists":         {item.KindTemplate, "lists", fault.Invalid, library.Patch{Lists: &[]uuid.UUID{}}},
			"a list with a body":            {item.KindContactList, "body", fault.Invalid, library.Patch{Body: new("x")}},
			"a campaign with a text":        {item.KindCampaign, "description", fault.Invalid, library.Patch{Description: new("x")}},
			"101 lists":                     {item.KindCampaign, "lists", fault.Invalid, library.Patch{Lists: &many}},
			"101 blacklists":                {item.KindCampaign, "blacklists", fault.Invalid, library.Patch{Blacklists: &many}},
			"an unknown list":               {item.KindCampaign, "lists", fault.NotFound, library.Patch{Lists: &[]uuid.UUID{uuid.New()}}},
			"no id at all":                  {item.KindCampaign, "lists", fault.NotFound, library.Patch{Lists: &[]uuid.UUID{uuid.Nil}}},
			"an invisible list":             {item.KindCampaign, "lists", fault.NotFound, library.Patch{Lists: &[]uuid.UUID{secret}}},
			"a list of another account":     {item.KindCampaign, "lists", fault.NotFound, library.Patch{Lists: &[]uuid.UUID{foreign}}},
			"a template as a list":          {item.KindCampaign, "lists", fault.NotFound, library.Patch{Lists: &[]uuid.UUID{template}}},
			"a template as a blacklist":     {item.KindCampaign, "blacklists", fault.NotFound, library.Patch{Blacklists: &[]uuid.UUID{template}}},
			"a list in the blacklists' set": {item.KindCampaign, "blacklists", fault.NotFound, library.Patch{Blacklists: &[]uuid.UUID{secret}}},
		} {
			t.Run(name, func(t *testing.T) {
				id := b.make(t, b.Manager, c.kind, named("before"))
				before := b.Seq(t)
				_, err := b.Change(b.Manager, c.kind, id, 1, c.p)
				expect(t, err, c.fault, c.field)
				if c.p.Name == nil {
					c.p.Name = new("after")
				}
				_, err = b.Create(b.Manager, c.kind, c.p)
				expect(t, err, c.fault, c.field)
				if after := b.Seq(t); after != before {
					t.Errorf("the account moved from %d to %d", before, after)
				}
			})
		}
		t.Run("an item without a name", func(t *testing.T) {
			_, err := b.Create(b.Owner, item.KindTemplate, library.Patch{})
			expect(t, err, fault.Invalid, "name")
		})
		t.Run("the same sentence for what is unknown and what is invisible", func(t *testing.T) {
			_, unknown := b.Create(b.Manager, item.KindCampaign, library.Patch{Name: new("x"), Lists: &[]uuid.UUID{uuid.New()}})
			_, invisible := b.Create(b.Manager, item.KindCampaign, library.Patch{Name: new("x"), Lists: &[]uuid.UUID{secret}})
			if unknown.Error() != invisible.Error() {
				t.Errorf("%q and %q", unknown, invisible)
			}
		})
	})
}

func TestRealBodies(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(librarytest.Input(t, "templates"), "*", "*ml"))
	if err != nil || len(files) < 25 {
		t.Fatalf("found %d: %v", len(files), err)
	}
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		for _, file := range files {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := library.Patch{Name: new(filepath.Base(file)), Body: new(string(want)), Format: new(campaign.FormatMjml)}
			for _, kind := range []item.Kind{item.KindTemplate, item.KindCampaign} {
				id := b.make(t, b.Manager, kind, p)
				copied, err := b.Duplicate(b.Owner, id, nil)
				if err != nil {
					t.Fatal(err)
				}
				changed := b.make(t, b.Owner, kind, named("x"))
				if _, err := b.Change(b.Owner, kind, changed, 1, p); err != nil {
					t.Fatal(err)
				}
				for _, id := range []uuid.UUID{id, copied, changed} {
					if got := b.body(t, kind, id); got != string(want) {
						t.Errorf("%s: %d bytes became %d", file, len(want), len(got))
					}
				}
			}
		}
	})
}

func (b *bundle) body(t *testing.T, kind item.Kind, id uuid.UUID) string {
	t.Helper()
	if kind == item.KindTemplate {
		return b.Store.Client().Template.GetX(b.System, id).Body
	}
	return b.Store.Client().Campaign.GetX(b.System, id).Body
}
