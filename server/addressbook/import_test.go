package addressbook_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
)

// load imports a file and compares the report, whose problems are left aside.
func (b *bundle) load(t *testing.T, list uuid.UUID, file string, want addressbook.Report) []addressbook.Problem {
	t.Helper()
	got, err := b.Import(b.Member, list, strings.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	problems := got.Problems
	got.Problems = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	return problems
}

func TestImport(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		t.Run("adds, updates and leaves", func(t *testing.T) {
			list := b.list(t)
			b.load(t, list, "Email,City,Plan,Tél\nann@example.com,Lyon,Pro,\nbob@example.com,Nice,,1\nzoe@example.com,,,\n", addressbook.Report{Rows: 3, Added: 3})
			head := b.Item(t, list).RowsHead
			problems := b.load(t, list, "Email,City,Plan,New\nANN@Example.com,Paris,,x\nbob@example.com,,,\n\nnobody,,,\nnew@example.com,Lille,,\n",
				addressbook.Report{Rows: 4, Added: 1, Updated: 1, Unchanged: 1, Refused: 1})
			if len(problems) != 1 || problems[0].Line != 5 {
				t.Errorf("problems %v", problems)
			}
			it, all := b.Item(t, list), b.contacts(t, list)
			if it.RowsCount != 4 || it.RowsHead <= head || len(all) != 4 || it.RowsSeq != b.Seq(t) {
				t.Fatalf("%+v, %d contacts", it, len(all))
			}
			ann, bob, added := all[0], all[1], all[2]
			if ann.Email != "ann@example.com" || ann.City != "Paris" || ann.Fields != `{"New":"x","Plan":"Pro"}` ||
				ann.Version != 2 || ann.FieldVersions != `{"city":2,"fields.New":2}` || ann.RowSeq != it.RowsHead {
				t.Errorf("%+v", ann)
			}
			if bob.City != "Nice" || bob.Fields != `{"Tél":"1"}` || bob.Version != 1 || bob.RowSeq != head {
				t.Errorf("%+v", bob)
			}
			if added.City != "Lille" || added.Version != 1 || added.RowSeq != it.RowsHead || added.State != contact.StateSubscribed {
				t.Errorf("%+v", added)
			}
		})
		t.Run("never makes anybody mailable", func(t *testing.T) {
			list := b.list(t)
			id := b.add(t, list, addressbook.ContactPatch{Email: new("a@example.com"), State: new(contact.StateComplained)})
			b.load(t, list, "Email,City,State\na@example.com,Paris,subscribed\n", addressbook.Report{Rows: 1, Updated: 1})
			if c := b.contact(t, id); c.State != contact.StateComplained || c.City != "Paris" {
				t.Errorf("%+v", c)
			}
		})
		t.Run("counts the first row of an address and refuses the others, also far apart", func(t *testing.T) {
			var file strings.Builder
			file.WriteString("Email,City\n")
			for i := range 5_000 {
				fmt.Fprintf(&file, "a%d@example.com,first\n", i%4_500)
			}
			list := b.list(t)
			problems := b.load(t, list, file.String(), addressbook.Report{Rows: 5_000, Added: 4_500, Refused: 500})
			if len(problems) != 100 || problems[0].Why.Error() != "The address a0@example.com stands in line 2 already." {
				t.Errorf("%d problems, %v", len(problems), problems[:1])
			}
			before := b.Seq(t)
			b.load(t, list, file.String(), addressbook.Report{Rows: 5_000, Unchanged: 4_500, Refused: 500})
			if b.Seq(t) != before {
				t.Error("the same file changed something")
			}
		})
		t.Run("refuses a row whose fields do not fit to those that are there", func(t *testing.T) {
			list := b.list(t)
			fields := make(map[string]string)
			for i := range 199 {
				fields[fmt.Sprint("there ", i)] = "x"
			}
			b.add(t, list, addressbook.ContactPatch{Email: new("a@example.com"), Fields: fields})
			problems := b.load(t, list, "Email,one,two\na@example.com,1,2\nb@example.com,1,2\n", addressbook.Report{Rows: 2, Added: 1, Refused: 1})
			if len(problems) != 1 || problems[0].Line != 2 {
				t.Errorf("problems %v", problems)
			}
		})
		t.Run("reports progress", func(t *testing.T) {
			var file strings.Builder
			file.WriteString("Email\nnobody\n")
			for i := range 4_100 {
				fmt.Fprintf(&file, "a%d@example.com\n", i)
			}
			var done []int
			if _, err := b.Import(b.Member, b.list(t), strings.NewReader(file.String()), func(n int) { done = append(done, n) }); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]int{4_001, 4_101}, done); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("keeps what was stored before it failed, and says so", func(t *testing.T) {
			var file strings.Builder
			file.WriteString("Email\n")
			for i := range 9_500 {
				fmt.Fprintf(&file, "a%d@example.com\n", i)
			}
			list, broken := b.list(t), errors.New("the line is gone")
			report, err := b.Import(b.Member, list, io.MultiReader(strings.NewReader(file.String()), iotest.ErrReader(broken)), nil)
			if !errors.Is(err, broken) || report.Added < 4_000 || report.Added > 8_000 || report.Rows != report.Added {
				t.Errorf("%+v %v", report, err)
			}
			if n := len(b.contacts(t, list)); n != report.Added {
				t.Errorf("%d contacts", n)
			}
			b.load(t, list, file.String(), addressbook.Report{Rows: 9_500, Added: 9_500 - report.Added, Unchanged: report.Added})
		})
		t.Run("ends when the right is taken away", func(t *testing.T) {
			var file strings.Builder
			file.WriteString("Email\n")
			for i := range 8_000 {
				fmt.Fprintf(&file, "a%d@example.com\n", i)
			}
			list := b.list(t)
			report, err := b.Import(b.Manager, list, strings.NewReader(file.String()), func(int) { b.Give(t, b.Manager, list, access.LevelNone) })
			expect(t, err, fault.NotFound, "")
			if report.Added != 4_000 {
				t.Errorf("%+v", report)
			}
		})
		t.Run("stops reading a file in which nothing is a contact", func(t *testing.T) {
			report, err := b.Import(b.Member, b.list(t), strings.NewReader("Email\n"+strings.Repeat("x\n", 1_200_000)), nil)
			expect(t, err, fault.Invalid, "file")
			if report.Refused != report.Rows || len(report.Problems) != 100 {
				t.Errorf("%+v", report)
			}
		})
		t.Run("ends with its context", func(t *testing.T) {
			ctx, cancel := context.WithCancel(b.Member)
			list := b.list(t)
			var file strings.Builder
			file.WriteString("Email\n")
			for i := range 20_000 {
				fmt.Fprintf(&file, "a%d@example.com\n", i)
			}
			report, err := b.Import(ctx, list, strings.NewReader(file.String()), func(int) { cancel() })
			if !errors.Is(err, context.Canceled) || report.Added != 4_000 {
				t.Errorf("%+v %v", report, err)
			}
		})
		t.Run("refuses what is no list of contacts", func(t *testing.T) {
			for _, file := range []string{"", "Name\nAnn\n", "PK\x03\x04", "\x00\x01"} {
				_, err := b.Import(b.Member, b.list(t), strings.NewReader(file), nil)
				expect(t, err, fault.Invalid, "file")
			}
		})
	})
}

// TestImportConcurrently imports files that overlap into one list at once, while it is edited.
func TestImportConcurrently(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		const files, each, shift = 4, 6_000, 2_000
		b := setup(t, s)
		list := b.list(t)
		ended := make(chan error, files+1)
		for f := range files {
			var file strings.Builder
			fmt.Fprintf(&file, "Email,City,by %d\n", f)
			for i := range each {
				fmt.Fprintf(&file, "a%d@example.com,by %d,x\n", f*shift+i, f)
			}
			go func() {
				_, err := b.Import(b.Member, list, strings.NewReader(file.String()), nil)
				ended <- err
			}()
		}
		go func() {
			id, err := b.CreateContact(b.Owner, list, email("own@example.com"))
			for base := int64(1); err == nil && base <= 20; base++ {
				_, err = b.ChangeContact(b.Owner, id, base, addressbook.ContactPatch{City: new(fmt.Sprint(base))})
			}
			ended <- err
		}()
		for range files + 1 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		it, all := b.Item(t, list), b.contacts(t, list)
		if want := (files-1)*shift + each + 1; len(all) != want || it.RowsCount != int64(want) {
			t.Errorf("%d contacts, %d counted, want %d", len(all), it.RowsCount, want)
		}
		for _, c := range all {
			if by := strings.Count(c.Fields, "by"); c.RowSeq > it.RowsHead || c.Email != "own@example.com" && c.Version != int64(by) {
				t.Fatalf("%+v", c)
			}
		}
	})
}

// TestImportOfCustomers stores the ten thousand and compares them with the file, value for value.
func TestImportOfCustomers(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(librarytest.Input(t, "contacts/customers-10000.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	header, records := records[0], records[1:]
	column := func(record []string, name string) string { return record[slices.Index(header, name)] }
	slices.SortFunc(records, func(a, b []string) int {
		return strings.Compare(strings.ToLower(column(a, "Email")), strings.ToLower(column(b, "Email")))
	})
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		list := b.list(t)
		b.load(t, list, string(text), addressbook.Report{Rows: len(records), Added: len(records)})
		all := b.contacts(t, list)
		if len(all) != len(records) || b.Item(t, list).RowsCount != int64(len(records)) {
			t.Fatalf("%d contacts", len(all))
		}
		slices.SortFunc(all, func(a, b *ent.Contact) int { return strings.Compare(a.EmailKey, b.EmailKey) })
		for i, r := range records {
			c := all[i]
			fields, err := addressbook.DecodeFields(c.Fields)
			if err != nil {
				t.Fatal(err)
			}
			got := []string{c.Email, c.FirstName, c.LastName, c.Company, c.City}
			want := []string{column(r, "Email"), column(r, "First Name"), column(r, "Last Name"), column(r, "Company"), column(r, "City")}
			for _, name := range []string{"Index", "Customer Id", "Country", "Phone 1", "Phone 2", "Subscription Date", "Website"} {
				got, want = append(got, fields[name]), append(want, column(r, name))
			}
			if diff := cmp.Diff(want, got); diff != "" || len(fields) != 7 {
				t.Fatal(diff)
			}
		}
		before := b.Seq(t)
		b.load(t, list, string(text), addressbook.Report{Rows: len(records), Unchanged: len(records)})
		if b.Seq(t) != before {
			t.Error("the same file changed something")
		}
	})
}

func TestImportEntries(t *testing.T) {
	t.Parallel()
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		b := setup(t, s)
		load := func(t *testing.T, blacklist uuid.UUID, file string, want addressbook.Report) []addressbook.Problem {
			t.Helper()
			got, err := b.ImportEntries(b.Member, blacklist, strings.NewReader(file), nil)
			if err != nil {
				t.Fatal(err)
			}
			problems := got.Problems
			got.Problems = nil
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			return problems
		}
		t.Run("adds what is new", func(t *testing.T) {
			blacklist := b.item(t, item.KindBlacklist)
			id, err := b.CreateEntry(b.Owner, blacklist, "ann@example.com", addressbook.EntryPatch{Reason: new(blacklistentry.ReasonBounced)})
			if err != nil {
				t.Fatal(err)
			}
			const file = "\ufeff# people\r\nANN@example.com\r\n\r\n Exämple.com \nexämple.COM\nnot one\n@example.org\n#end"
			problems := load(t, blacklist, file, addressbook.Report{Rows: 5, Added: 2, Unchanged: 2, Refused: 1})
			if len(problems) != 1 || problems[0].Line != 6 {
				t.Errorf("problems %v", problems)
			}
			it := b.Item(t, blacklist)
			e := s.Client().BlacklistEntry.Query().Where(blacklistentry.BlacklistID(blacklist), blacklistentry.ValueKey("xn--exmple-cua.com")).OnlyX(b.System)
			if e.Value != "Exämple.com" || e.Kind != "domain" || e.Reason != "manual" || e.RowSeq != it.RowsHead || it.RowsCount != 3 || e.AccountID != b.ID {
				t.Errorf("%+v %+v", e, it)
			}
			if e := s.Client().BlacklistEntry.GetX(b.System, id); e.Reason != "bounced" || e.Version != 1 {
				t.Errorf("%+v", e)
			}
			before := b.Seq(t)
			load(t, blacklist, file, addressbook.Report{Rows: 5, Unchanged: 4, Refused: 1})
			if b.Seq(t) != before {
				t.Error("the same file changed something")
			}
		})
		t.Run("refuses lines and files without end", func(t *testing.T) {
			blacklist := b.item(t, item.KindBlacklist)
			for _, file := range []string{strings.Repeat("x", 5_000), "PK\x03\x04", strings.Repeat("x\n", 1_000_001)} {
				_, err := b.ImportEntries(b.Member, blacklist, strings.NewReader(file), nil)
				expect(t, err, fault.Invalid, "file")
			}
		})
		t.Run("takes the list of disposable domains", func(t *testing.T) {
			text, err := os.ReadFile(librarytest.Input(t, "blacklists/disposable-domains.txt"))
			if err != nil {
				t.Fatal(err)
			}
			n := strings.Count(string(text), "\n")
			blacklist := b.item(t, item.KindBlacklist)
			load(t, blacklist, string(text), addressbook.Report{Rows: n, Added: n})
			var values []string
			for _, e := range s.Client().BlacklistEntry.Query().Where(blacklistentry.BlacklistID(blacklist)).AllX(b.System) {
				values = append(values, e.Value)
			}
			want := strings.Fields(string(text))
			slices.Sort(values)
			slices.Sort(want)
			if !slices.Equal(values, want) {
				t.Errorf("%d values differ from the %d of the file", len(values), len(want))
			}
		})
	})
}
