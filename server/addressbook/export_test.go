package addressbook_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
)

// may gives a person the right to export, or takes it.
func (b *bundle) may(tb testing.TB, person context.Context, export bool) {
	tb.Helper()
	id := librarytest.Collaborator(tb, person)
	b.Write(tb, func(ctx context.Context, tx *feed.Tx) error {
		tx.PersonChanged(id)
		return tx.Collaborator.UpdateOneID(id).SetCanExport(export).Exec(ctx)
	})
}

// readFile reads a file to its end and throws it away.
func readFile(tb testing.TB, f *addressbook.File, err error) string {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil || int64(len(text)) != f.Size {
		tb.Errorf("%d bytes of %d, %v", len(text), f.Size, err)
	}
	if err := f.Close(); err != nil {
		tb.Error(err)
	}
	return string(text)
}

// said returns what matters of contacts.
func (b *bundle) said(tb testing.TB, list uuid.UUID) (all []string) {
	tb.Helper()
	for _, c := range b.contacts(tb, list) {
		all = append(all, fmt.Sprintf("%q", []string{c.Email, c.EmailKey, c.FirstName, c.LastName, c.Company, c.City, string(c.State), c.Fields}))
	}
	return all
}

func (b *bundle) entries(tb testing.TB, blacklist uuid.UUID) (all []string) {
	tb.Helper()
	for _, e := range b.Store.Client().BlacklistEntry.Query().Where(blacklistentry.BlacklistID(blacklist)).Order(blacklistentry.ByValueKey()).AllX(b.System) {
		all = append(all, fmt.Sprintf("%q", []string{string(e.Kind), e.Value, e.ValueKey, string(e.Reason), e.Note}))
	}
	return all
}

func TestExport(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		exports := addressbook.NewExports(s, b.Feed)
		b.may(t, b.Member, true)
		contacts := func(t *testing.T, list uuid.UUID) string {
			f, err := exports.Contacts(b.Member, list)
			return readFile(t, f, err)
		}
		t.Run("is a table that begins with a byte order mark", func(t *testing.T) {
			list := b.list(t)
			b.add(t, list, addressbook.ContactPatch{Email: new("Zoé@Example.com"), FirstName: new("Zoé"), Fields: map[string]string{"Tél": "+33 6 1", "A;b": "=1+1"}})
			b.add(t, list, addressbook.ContactPatch{Email: new("a@example.com"), Company: new(`A "B", C`), State: new(contact.StateBounced), Fields: map[string]string{"Note": "one\ntwo"}})
			want := "\ufeffEmail,First name,Last name,Company,City,Partage state,\"A;b\",Note,Tél\r\n" +
				"a@example.com,,,\"A \"\"B\"\", C\",,bounced,,\"one\ntwo\",\r\n" +
				"Zoé@Example.com,Zoé,,,,subscribed,'=1+1,,+33 6 1\r\n"
			if diff := cmp.Diff(want, contacts(t, list)); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("reads back as the same contacts", func(t *testing.T) {
			list, copied := b.list(t), b.list(t)
			seed := rand.IntN(1 << 30)
			for i := range 150 {
				p := rapid.Custom(drawContact).Example(seed + i)
				*p.Email = fmt.Sprint(i, *p.Email)
				if i%5 == 0 {
					*p.Email = strings.TrimPrefix(*p.Email, fmt.Sprint(i))
				}
				if _, err := b.CreateContact(b.Owner, list, p); err != nil && !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
					t.Fatal(err)
				}
			}
			file, want := contacts(t, list), b.said(t, list)
			report, err := b.Import(b.Member, copied, strings.NewReader(file), nil)
			if err != nil || report.Added != len(want) || report.Rows != len(want) || len(want) < 80 {
				t.Fatalf("seed %d: %+v, %v of %q", seed, report, err, file)
			}
			if diff := cmp.Diff(want, b.said(t, copied)); diff != "" {
				t.Errorf("seed %d: %s of %q", seed, diff, file)
			}
			if report, err = b.Import(b.Member, list, strings.NewReader(file), nil); err != nil || report.Unchanged != len(want) {
				t.Errorf("seed %d: into itself: %+v, %v of %q", seed, report, err, file)
			}
		})
		t.Run("reads back as the same entries", func(t *testing.T) {
			list, copied := b.item(t, item.KindBlacklist), b.item(t, item.KindBlacklist)
			seed := rand.IntN(1 << 30)
			begins, reasons := []string{"=a", "'=a", "@", "", "-", "+1x"}, []blacklistentry.Reason{"unsubscribed", "bounced", "complaint", "manual"}
			ends := []string{"@example.com", ".example.com", "É@exämple.de"}
			for i := range 72 {
				value := fmt.Sprint(begins[i%6], i, ends[i/6%3])
				_, err := b.CreateEntry(b.Owner, list, value, addressbook.EntryPatch{Reason: &reasons[i/18], Note: new(text().Example(seed + i))})
				if err != nil && !fault.Is(err, fault.Invalid) {
					t.Fatal(err)
				}
			}
			f, err := exports.Entries(b.Member, list)
			file, want := readFile(t, f, err), b.entries(t, list)
			report, err := b.ImportEntries(b.Member, copied, strings.NewReader(file), nil)
			if err != nil || report.Added != len(want) || report.Rows != len(want) || len(want) < 40 {
				t.Fatalf("seed %d: %+v, %v of %q", seed, report, err, file)
			}
			if diff := cmp.Diff(want, b.entries(t, copied)); diff != "" {
				t.Errorf("seed %d: %s of %q", seed, diff, file)
			}
			if report, err = b.ImportEntries(b.Member, list, strings.NewReader(file), nil); err != nil || report.Unchanged != len(want) {
				t.Errorf("seed %d: into itself: %+v, %v of %q", seed, report, err, file)
			}
		})
		t.Run("takes the ten thousand customers there and back", func(t *testing.T) {
			file, err := os.Open(librarytest.Input(t, "contacts/customers-10000.csv"))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			list, copied := b.list(t), b.list(t)
			if _, err := b.Import(b.Member, list, file, nil); err != nil {
				t.Fatal(err)
			}
			report, err := b.Import(b.Member, copied, strings.NewReader(contacts(t, list)), nil)
			if err != nil || report.Added != 10_000 {
				t.Errorf("%+v, %v", report, err)
			}
			if !slices.Equal(b.said(t, list), b.said(t, copied)) {
				t.Error("they are not the same")
			}
		})
		t.Run("may make contacts unmailable, and none mailable", func(t *testing.T) {
			list := b.list(t)
			gone := b.add(t, list, addressbook.ContactPatch{Email: new("gone@example.com"), State: new(contact.StateBounced)})
			here := b.add(t, list, email("here@example.com"))
			b.load(t, list, "Email,Partage state\ngone@example.com,subscribed\nhere@example.com,unsubscribed\nnew@example.com, complained\nx@example.com,maybe\ny@example.com,\n",
				addressbook.Report{Rows: 5, Added: 2, Updated: 1, Unchanged: 1, Refused: 1})
			if got := b.contact(t, gone).State; got != contact.StateBounced {
				t.Errorf("who bounced is %s", got)
			}
			if c := b.contact(t, here); c.State != contact.StateUnsubscribed || c.Version != 2 {
				t.Errorf("who unsubscribed elsewhere is %+v", c)
			}
			b.load(t, list, "Email,Partage state\nhere@example.com,bounced\n", addressbook.Report{Rows: 1, Unchanged: 1})
		})
		t.Run("is a line of the history, with the rows that it had", func(t *testing.T) {
			list := b.list(t)
			b.add(t, list, email("a@example.com"))
			b.add(t, list, email("b@example.com"))
			seq := b.Seq(t)
			f, err := exports.Contacts(b.Member, list)
			if err != nil {
				t.Fatal(err)
			}
			line := s.Client().AuditEvent.Query().Where(auditevent.ItemID(list)).OnlyX(b.System)
			if line.Verb != "exported" || line.Detail != `{"count":"2","item":"x","kind":"contact_list"}` || *line.ActorID != librarytest.Collaborator(t, b.Member) {
				t.Errorf("%+v", line)
			}
			b.add(t, list, email("c@example.com")) // does not show in the file
			if text := readFile(t, f, nil); strings.Count(text, "\n") != 3 || f.Rows != 2 || f.Name != "x" {
				t.Errorf("%q", text)
			}
			if b.Seq(t) != seq+2 { // the line and the contact
				t.Errorf("the feed moved by %d", b.Seq(t)-seq)
			}
		})
		t.Run("is for those who see the list and may export", func(t *testing.T) {
			list, blacklist := b.list(t), b.item(t, item.KindBlacklist)
			before := s.Client().AuditEvent.Query().CountX(b.System)
			refused := func(person context.Context, id uuid.UUID, kind fault.Kind, sentence string) {
				t.Helper()
				f, err := exports.Contacts(person, id)
				if expect(t, err, kind, ""); f != nil || fault.As(err).Message != sentence {
					t.Errorf("%v, %v", f, err)
				}
			}
			const missing, denied = "There is no such contact list, or it is not shared with you.", "You may look at lists and not export them. An owner can give you the right to."
			refused(t.Context(), list, fault.Unauthenticated, "Sign in first.")
			refused(b.Owner, list, fault.Denied, denied) // a right of its own: owners have it unless it was taken
			refused(b.Manager, list, fault.Denied, denied)
			refused(b.Member, blacklist, fault.NotFound, missing)
			refused(b.Member, uuid.New(), fault.NotFound, missing)
			refused(b.Manager, uuid.New(), fault.NotFound, missing)
			refused(librarytest.New(t, s).Owner, list, fault.NotFound, missing)
			b.Give(t, b.Member, list, access.LevelNone)
			refused(b.Member, list, fault.NotFound, missing)
			b.Give(t, b.Member, list, access.LevelView)
			contacts(t, list) // who may look may export
			b.may(t, b.Member, false)
			refused(b.Member, list, fault.Denied, denied)
			b.may(t, b.Member, true)
			if f, err := exports.Entries(b.Member, list); !fault.Is(err, fault.NotFound) {
				t.Errorf("%v, %v", f, err)
			}
			lines := s.Client().AuditEvent.Query().Where(auditevent.VerbEQ("exported")).CountX(b.System)
			if after := s.Client().AuditEvent.Query().CountX(b.System); lines == 0 || after-before != 3 { // two levels and one export
				t.Errorf("%d lines were added", after-before)
			}
		})
		t.Run("lets a person have two at once", func(t *testing.T) {
			list := b.list(t)
			one, err := exports.Contacts(b.Member, list)
			if err != nil {
				t.Fatal(err)
			}
			other, err := exports.Contacts(b.Member, list)
			if err != nil {
				t.Fatal(err)
			}
			if f, err := exports.Contacts(b.Member, list); !fault.Is(err, fault.Exhausted) {
				t.Errorf("%v, %v", f, err)
			}
			if err := errors.Join(one.Close(), other.Close()); err != nil {
				t.Error(err)
			}
			contacts(t, list)
		})
		t.Run("refuses what is no table", func(t *testing.T) {
			list := b.list(t)
			for i := range 6 {
				fields := make(map[string]string)
				for j := range 180 {
					fields[fmt.Sprint("field ", i, " ", j)] = "x"
				}
				b.add(t, list, addressbook.ContactPatch{Email: new(fmt.Sprint(i, "@example.com")), Fields: fields})
			}
			f, err := exports.Contacts(b.Member, list)
			if expect(t, err, fault.Conflict, ""); f != nil {
				t.Errorf("%v", f)
			}
		})
		t.Run("reads a file of entries with what is wrong in it", func(t *testing.T) {
			list := b.item(t, item.KindBlacklist)
			report, err := b.ImportEntries(b.Member, list, strings.NewReader("\ufeffAddress or domain,Reason,Note\n"+
				"a@example.com,bounced,\"one\ntwo\"\nexample.org\n,,\nnobody,manual,\nb@example.com,bored,\nc@example.com,manual,"+strings.Repeat("x", 501)+"\n"), nil)
			if err != nil || report.Added != 2 || report.Refused != 3 || len(report.Problems) != 3 || report.Problems[0].Line != 6 {
				t.Errorf("%+v, %v", report, err)
			}
			want := []string{`["address" "a@example.com" "a@example.com" "bounced" "one\ntwo"]`, `["domain" "example.org" "example.org" "manual" ""]`}
			if diff := cmp.Diff(want, b.entries(t, list)); diff != "" {
				t.Error(diff)
			}
		})
	})
}

// text draws what is hard to write: quotation marks, separators, line breaks, signs that begin formulas.
func text() *rapid.Generator[string] {
	return rapid.OneOf(rapid.StringMatching(`[-'=+@a, ;"\t\n0-9é]{0,9}`), rapid.String(),
		rapid.SampledFrom([]string{"", "=1+1", "'=1", "+33 6 12", "-A1", "@x", "sep=;", `"`, "'", "日本"}))
}

func drawContact(r *rapid.T) addressbook.ContactPatch {
	p := addressbook.ContactPatch{
		Email:     new(rapid.SampledFrom([]string{"=a@example.com", "A+b@Example.com", "é@exämple.de", "-@example.com", "'@example.com"}).Draw(r, "email")),
		FirstName: new(text().Draw(r, "first name")), LastName: new(text().Draw(r, "last name")),
		Company: new(text().Draw(r, "company")), City: new(text().Draw(r, "city")), Fields: map[string]string{},
		State: new(rapid.SampledFrom([]contact.State{"subscribed", "unsubscribed", "bounced", "complained"}).Draw(r, "state")),
	}
	name := rapid.OneOf(text(), rapid.SampledFrom([]string{"Email", "City", "Partage state", "Column 3", "a;b;c;d;e;f;g;h", "a (2)"}))
	for range rapid.IntRange(0, 4).Draw(r, "fields") {
		p.Fields[name.Draw(r, "name")] = text().Draw(r, "value")
	}
	return p
}
