package addressbook_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/rowtombstone"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/merge"
	"github.com/partage-mail/partage/server/store"
)

func TestContact(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		t.Run("is stored with all its fields", func(t *testing.T) {
			list := b.list(t)
			c := b.contact(t, b.add(t, list, addressbook.ContactPatch{
				Email: new(" Zoé@Exämple.com "), FirstName: new(" Zoé  Ann "), LastName: new("O'Neil \"x\" \\"),
				Company: new("A, B & C"), City: new("東京 🎈"), Fields: map[string]string{"Tél": "1\n2", "a": "", "B": "<b>"},
			}))
			if c.Email != "Zoé@Exämple.com" || c.EmailKey != "zoé@xn--exmple-cua.com" || c.FirstName != "Zoé Ann" || c.LastName != "O'Neil \"x\" \\" ||
				c.Company != "A, B & C" || c.City != "東京 🎈" || c.Fields != "{\"B\":\"<b>\",\"Tél\":\"1\\n2\"}" ||
				c.State != contact.StateSubscribed || c.Version != 1 || c.FieldVersions != "" || c.AccountID != b.ID || c.CreatedAt == 0 || c.ChangedAt == 0 {
				t.Errorf("%+v", c)
			}
			it := b.Item(t, list)
			if c.RowSeq != it.RowsHead || it.RowsCount != 1 || it.RowsSeq != b.Seq(t) {
				t.Errorf("%+v", it)
			}
		})
		t.Run("has the longest values", func(t *testing.T) {
			p := email("a@example.com")
			p.FirstName, p.Company = new(strings.Repeat("é", 100)), new(strings.Repeat("é", 200))
			p.Fields = map[string]string{strings.Repeat("é", 100): strings.Repeat("é", 2000)}
			if c := b.contact(t, b.add(t, b.list(t), p)); c.Company != *p.Company {
				t.Errorf("%+v", c)
			}
		})
		t.Run("is unique in its list by its address in whatever spelling", func(t *testing.T) {
			list := b.list(t)
			one := b.add(t, list, email("ann@example.com"))
			before := b.Seq(t)
			_, err := b.CreateContact(b.Member, list, email("ANN@Example.COM"))
			expect(t, err, fault.Conflict, "email")
			if b.Seq(t) != before {
				t.Error("something changed")
			}
			two := b.add(t, list, email("bob@example.com"))
			_, err = b.ChangeContact(b.Member, two, 1, email("Ann@example.com"))
			expect(t, err, fault.Conflict, "email")
			if _, err = b.ChangeContact(b.Member, one, 1, email("Ann@Example.com")); err != nil {
				t.Error(err)
			}
			if c := b.contact(t, one); c.Email != "Ann@Example.com" || c.EmailKey != "ann@example.com" {
				t.Errorf("%+v", c)
			}
			b.add(t, b.list(t), email("ann@example.com"))
		})
		t.Run("leaves a tombstone, and its address, when it is deleted", func(t *testing.T) {
			list := b.list(t)
			id := b.add(t, list, email("ann@example.com"))
			if err := b.DeleteContact(b.Member, id); err != nil {
				t.Fatal(err)
			}
			it := b.Item(t, list)
			tomb := s.Client().RowTombstone.Query().Where(rowtombstone.ItemID(list)).OnlyX(b.System)
			if tomb.RowID != id || tomb.RowSeq != it.RowsHead || it.RowsCount != 0 {
				t.Errorf("%+v %+v", tomb, it)
			}
			expect(t, b.DeleteContact(b.Member, id), fault.NotFound, "")
			b.add(t, list, email("ann@example.com"))
		})
	})
}

func TestChangeContact(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		change := func(t *testing.T, id uuid.UUID, base int64, p addressbook.ContactPatch) []merge.Conflict {
			t.Helper()
			conflicts, err := b.ChangeContact(b.Member, id, base, p)
			if err != nil {
				t.Fatal(err)
			}
			return conflicts
		}
		t.Run("merges fields, further ones by name", func(t *testing.T) {
			list := b.list(t)
			id := b.add(t, list, addressbook.ContactPatch{Email: new("a@example.com"), Fields: map[string]string{"x": "1", "y": "1", "z": "1"}})
			change(t, id, 1, addressbook.ContactPatch{City: new("one"), Fields: map[string]string{"x": "2", "z": ""}})
			got := change(t, id, 1, addressbook.ContactPatch{City: new("two"), Company: new("two"), Fields: map[string]string{"x": "3", "y": "3", "z": "3", "new": "3"}})
			want := []merge.Conflict{
				{Field: "city", Yours: "two", Theirs: "one"}, {Field: "fields.x", Yours: "3", Theirs: "2"}, {Field: "fields.z", Yours: "3", Theirs: ""},
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			c := b.contact(t, id)
			if c.City != "one" || c.Company != "two" || c.Fields != `{"new":"3","x":"2","y":"3"}` || c.Version != 3 {
				t.Errorf("%+v", c)
			}
			if want := `{"city":2,"company":3,"fields.new":3,"fields.x":2,"fields.y":3,"fields.z":2}`; c.FieldVersions != want {
				t.Errorf("versions %s", c.FieldVersions)
			}
			if it := b.Item(t, list); c.RowSeq != it.RowsHead || it.RowsCount != 1 {
				t.Errorf("%+v", it)
			}
		})
		t.Run("leaves no trace where nothing changes", func(t *testing.T) {
			id := b.add(t, b.list(t), addressbook.ContactPatch{Email: new("a@example.com"), City: new("x"), Fields: map[string]string{"x": "1"}})
			before := b.Seq(t)
			change(t, id, 1, addressbook.ContactPatch{Email: new("a@example.com"), City: new(" x"), Fields: map[string]string{"x": "1", "gone": ""}})
			if b.Seq(t) != before || b.contact(t, id).Version != 1 {
				t.Error("something changed")
			}
		})
		t.Run("refuses a base that never was", func(t *testing.T) {
			id := b.add(t, b.list(t), email("a@example.com"))
			for _, base := range []int64{-1, 0, 2} {
				_, err := b.ChangeContact(b.Member, id, base, addressbook.ContactPatch{City: new("x")})
				expect(t, err, fault.Invalid, "baseVersion")
			}
		})
		t.Run("remembers a bounded number of removed fields", func(t *testing.T) {
			id := b.add(t, b.list(t), email("a@example.com"))
			version := int64(1)
			for round := range 6 {
				for _, value := range []string{"v", ""} {
					fields := make(map[string]string)
					for i := range 100 {
						fields[fmt.Sprint("name ", round, " ", i)] = value
					}
					change(t, id, version, addressbook.ContactPatch{Fields: fields})
					version++
				}
			}
			if n := len(b.contact(t, id).FieldVersions); n > 10_000 {
				t.Errorf("%d bytes of versions", n)
			}
			got := change(t, id, 2, addressbook.ContactPatch{Fields: map[string]string{"name 0 1": "stale"}})
			if len(got) != 1 || got[0].Field != "fields.name 0 1" {
				t.Errorf("conflicts %v", got)
			}
			if got := change(t, id, version, addressbook.ContactPatch{Fields: map[string]string{"name 0 1": "fresh"}}); got != nil {
				t.Errorf("conflicts %v", got)
			}
		})
	})
}

// TestSuppression lists who may make a contact mailable again: nobody who has not seen that it is not.
func TestSuppression(t *testing.T) {
	t.Parallel()
	const s, u, n, c = contact.StateSubscribed, contact.StateUnsubscribed, contact.StateBounced, contact.StateComplained
	librarytest.Each(t, func(t *testing.T, store *store.Store) {
		b := setup(t, store)
		list := b.list(t)
		for i, test := range []struct {
			history []contact.State // each on the newest version
			stale   bool            // the change is made on the first version, else on the newest
			to      contact.State
			want    contact.State
			told    bool
		}{
			{nil, false, u, u, false},
			{[]contact.State{u}, false, s, s, false},
			{[]contact.State{u}, true, s, u, true},
			{[]contact.State{n}, true, s, n, true},
			{[]contact.State{c}, true, s, c, true},
			{[]contact.State{u, s}, true, u, u, false}, // a wish not to be mailed is heard, however late
			{[]contact.State{u, s, u}, true, s, u, true},
			{[]contact.State{u}, true, n, u, true},
			{[]contact.State{u}, false, n, n, false},
			{[]contact.State{u}, true, u, u, false},
			{[]contact.State{u, s}, true, s, s, false},
		} {
			t.Run(fmt.Sprint(test.history, " then ", test.to, ", stale ", test.stale), func(t *testing.T) {
				id := b.add(t, list, email(fmt.Sprintf("a%d@example.com", i)))
				base := int64(1)
				for _, state := range test.history {
					if _, err := b.ChangeContact(b.Owner, id, base, addressbook.ContactPatch{State: &state}); err != nil {
						t.Fatal(err)
					}
					base++
				}
				if test.stale {
					base = 1
				}
				conflicts, err := b.ChangeContact(b.Member, id, base, addressbook.ContactPatch{State: &test.to, City: new("x")})
				if err != nil {
					t.Fatal(err)
				}
				if got := b.contact(t, id); got.State != test.want || got.City != "x" || (len(conflicts) == 1) != test.told {
					t.Errorf("%s, conflicts %v", got, conflicts)
				}
			})
		}
		t.Run("a change of another field does not lift it", func(t *testing.T) {
			id := b.add(t, list, addressbook.ContactPatch{Email: new("x@example.com"), State: new(u)})
			if _, err := b.ChangeContact(b.Member, id, 1, addressbook.ContactPatch{City: new("x")}); err != nil {
				t.Fatal(err)
			}
			if got := b.contact(t, id); got.State != u {
				t.Errorf("%+v", got)
			}
		})
	})
}

func TestContactDenied(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b, other := setup(t, s), setup(t, s)
		list := b.list(t)
		id := b.add(t, list, email("a@example.com"))
		b.Give(t, b.Member, list, access.LevelView)
		b.Give(t, b.Manager, list, access.LevelNone)
		blacklist := b.item(t, item.KindBlacklist)
		verbs := map[string]func(context.Context, uuid.UUID, uuid.UUID) error{
			"create": func(ctx context.Context, list, _ uuid.UUID) error {
				_, err := b.CreateContact(ctx, list, email("b@example.com"))
				return err
			},
			"change": func(ctx context.Context, _, id uuid.UUID) error {
				_, err := b.ChangeContact(ctx, id, 1, addressbook.ContactPatch{City: new("x")})
				return err
			},
			"delete": func(ctx context.Context, _, id uuid.UUID) error { return b.DeleteContact(ctx, id) },
			"import": func(ctx context.Context, list, _ uuid.UUID) error {
				_, err := b.Import(ctx, list, strings.NewReader("Email\nb@example.com\n"), nil)
				return err
			},
			"import an empty file": func(ctx context.Context, list, _ uuid.UUID) error {
				_, err := b.Import(ctx, list, strings.NewReader("Email\n"), nil)
				return err
			},
		}
		for verb, do := range verbs {
			before := b.Seq(t)
			t.Run(verb+" is denied to who may only look", func(t *testing.T) {
				expect(t, do(b.Member, list, id), fault.Denied, "")
			})
			t.Run(verb+" says the same of what is invisible, foreign, unknown or of another kind", func(t *testing.T) {
				unknown := do(b.Owner, uuid.New(), uuid.New())
				for _, err := range []error{
					unknown, do(b.Manager, list, id), do(other.Owner, list, id), do(b.Owner, blacklist, blacklist),
				} {
					expect(t, err, fault.NotFound, "")
					if err != nil && err.Error() != unknown.Error() {
						t.Errorf("%q and %q", err, unknown)
					}
				}
			})
			t.Run(verb+" needs somebody who is signed in", func(t *testing.T) {
				expect(t, do(t.Context(), list, id), fault.Unauthenticated, "")
			})
			if b.Seq(t) != before {
				t.Error("something changed")
			}
		}
	})
}

func TestContactHostile(t *testing.T) {
	t.Parallel()
	many := make(map[string]string)
	for i := range 201 {
		many[fmt.Sprint(i)] = "x"
	}
	large := make(map[string]string)
	for i := range 20 {
		large[fmt.Sprint(i)] = strings.Repeat("x", 2000)
	}
	long := func(n int) *string { return new(strings.Repeat("é", n)) }
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		list := b.list(t)
		id := b.add(t, list, addressbook.ContactPatch{Email: new("a@example.com"), Fields: map[string]string{"there": "x"}})
		before := b.Seq(t)
		for name, c := range map[string]struct {
			field string
			p     addressbook.ContactPatch
		}{
			"an empty address":             {"email", email("")},
			"an address without @":         {"email", email("ann")},
			"two addresses":                {"email", email("a@example.com,b@example.com")},
			"an address with a header":     {"email", email("a@example.com\r\nBcc: b@example.com")},
			"an address that is not UTF-8": {"email", email("a\xff@example.com")},
			"an address with NUL":          {"email", email("a\x00@example.com")},
			"a long address":               {"email", email(strings.Repeat("a", 250) + "@example.com")},
			"a long first name":            {"firstName", addressbook.ContactPatch{FirstName: long(101)}},
			"a long last name":             {"lastName", addressbook.ContactPatch{LastName: long(101)}},
			"a long company":               {"company", addressbook.ContactPatch{Company: long(201)}},
			"a long city":                  {"city", addressbook.ContactPatch{City: long(201)}},
			"a city that is not UTF-8":     {"city", addressbook.ContactPatch{City: new("\xc3\x28")}},
			"an unknown state":             {"state", addressbook.ContactPatch{State: new(contact.State("dead"))}},
			"a field without a name":       {"fields", addressbook.ContactPatch{Fields: map[string]string{" ": "x"}}},
			"a field with a long name":     {"fields", addressbook.ContactPatch{Fields: map[string]string{*long(101): "x"}}},
			"a field with a long value":    {"fields", addressbook.ContactPatch{Fields: map[string]string{"x": *long(2001)}}},
			"a field that is not UTF-8":    {"fields", addressbook.ContactPatch{Fields: map[string]string{"x": "\xff"}}},
			"a name that is not UTF-8":     {"fields", addressbook.ContactPatch{Fields: map[string]string{"\xff": "x"}}},
			"a field named twice":          {"fields", addressbook.ContactPatch{Fields: map[string]string{"x": "1", " x": "2"}}},
			"201 fields":                   {"fields", addressbook.ContactPatch{Fields: many}},
			"fields beyond 32 kB":          {"fields", addressbook.ContactPatch{Fields: large}},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := b.ChangeContact(b.Member, id, 1, c.p)
				expect(t, err, fault.Invalid, c.field)
				if c.p.Email == nil {
					c.p.Email = new("b@example.com")
				}
				_, err = b.CreateContact(b.Member, list, c.p)
				expect(t, err, fault.Invalid, c.field)
			})
		}
		t.Run("a contact without an address", func(t *testing.T) {
			_, err := b.CreateContact(b.Member, list, addressbook.ContactPatch{City: new("x")})
			expect(t, err, fault.Invalid, "email")
		})
		t.Run("one field too many for what is there", func(t *testing.T) {
			fields := maps.Clone(many)
			delete(fields, "0")
			_, err := b.ChangeContact(b.Member, id, 1, addressbook.ContactPatch{Fields: fields})
			expect(t, err, fault.Invalid, "fields")
		})
		if b.Seq(t) != before {
			t.Error("something changed")
		}
	})
}

// TestContactConcurrently lets many people change one contact, and many add the same address, at once.
func TestContactConcurrently(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		const people = 8
		b := setup(t, s)
		list := b.list(t)
		id := b.add(t, list, email("a@example.com"))
		type outcome struct {
			conflicts []merge.Conflict
			err, add  error
		}
		outcomes := make(chan outcome, people)
		for i := range people {
			go func() {
				var o outcome
				o.conflicts, o.err = b.ChangeContact(b.Member, id, 1, addressbook.ContactPatch{
					City: new(fmt.Sprint("by ", i)), Fields: map[string]string{fmt.Sprint("own ", i): "x"},
				})
				_, o.add = b.CreateContact(b.Member, list, email("same@example.com"))
				outcomes <- o
			}()
		}
		var errs []error
		winners, added := 0, 0
		for range people {
			o := <-outcomes
			errs = append(errs, o.err)
			if o.conflicts == nil {
				winners++
			}
			if o.add == nil {
				added++
			} else {
				expect(t, o.add, fault.Conflict, "email")
			}
		}
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		c, it := b.contact(t, id), b.Item(t, list)
		if winners != 1 || added != 1 || c.Version != 1+people || strings.Count(c.Fields, "own") != people {
			t.Errorf("%d winners, %d added, %+v", winners, added, c)
		}
		// The one that was added before, each change, and the one of the same address.
		if it.RowsHead < 1+people+1 || it.RowsCount != 2 {
			t.Errorf("%+v", it)
		}
	})
}
