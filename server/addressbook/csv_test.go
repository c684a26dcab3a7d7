package addressbook_test

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/fault"
)

func TestCSV(t *testing.T) {
	t.Parallel()
	t.Run("maps headers in English and French", func(t *testing.T) {
		t.Parallel()
		for header, want := range map[string]string{
			"Email,First Name,Last Name,Company,City":                       "email first_name last_name company city",
			"E-mail *,PRÉNOM,Nom,Société,Ville":                             "email first_name last_name company city",
			"courriel,prenom,nom_de_famille,Raison sociale,Commune":         "email first_name last_name company city",
			"Adresse e-mail,Prénom(s),nom de famille,l'entreprise,Localité": "email first_name last_name .l'entreprise city",
			"first-name,EMAIL_ADDRESS,lastname,Organisation,Town":           "first_name email last_name company city",
			"Email,E-mail,mail":             "email .E-mail .mail",
			"Email,Phone,Phone, ,Phone (2)": "email .Phone .Phone (2) .Column 4 .Phone (2) (2)",
		} {
			c := read(t, header+"\n")
			var got []string
			for _, column := range c.Columns() {
				if column.Field != "" {
					got = append(got, "."+column.Field)
				} else {
					got = append(got, column.Attribute)
				}
			}
			if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
				t.Errorf("%s: -want +got\n%s", header, diff)
			}
		}
	})
	t.Run("reads the dialects that programs write", func(t *testing.T) {
		t.Parallel()
		want := []string{`2 zoe@example.com Zoé Lefèvre {"Téléphone":"1, rue \"A\""}`, `3 bob@example.com Bob  {}`}
		for name, file := range map[string]string{
			"commas":                   "Email,Prénom,Nom,Téléphone\nzoe@example.com,Zoé,Lefèvre,\"1, rue \"\"A\"\"\"\nbob@example.com,Bob,,\n",
			"CR LF":                    "Email,Prénom,Nom,Téléphone\r\nzoe@example.com,Zoé,Lefèvre,\"1, rue \"\"A\"\"\"\r\nbob@example.com,Bob,,",
			"semicolons":               "Email;Prénom;Nom;Téléphone\nzoe@example.com;Zoé;Lefèvre;\"1, rue \"\"A\"\"\"\nbob@example.com;Bob\n",
			"tabs":                     "Email\tPrénom\tNom\tTéléphone\nzoe@example.com\tZoé\tLefèvre\t\"1, rue \"\"A\"\"\"\nbob@example.com\tBob\t\t\n",
			"byte order mark":          "\ufeffEmail,Prénom,Nom,Téléphone\nzoe@example.com,Zoé,Lefèvre,\"1, rue \"\"A\"\"\"\nbob@example.com,Bob,,\n",
			"Windows-1252":             latin("Email;Prénom;Nom;Téléphone\nzoe@example.com;Zoé;Lefèvre;\"1, rue \"\"A\"\"\"\nbob@example.com;Bob;;\n"),
			"UTF-16":                   utf16LE("Email\tPrénom\tNom\tTéléphone\nzoe@example.com\tZoé\tLefèvre\t\"1, rue \"\"A\"\"\"\nbob@example.com\tBob\t\t\n"),
			"commas in quoted headers": "\"Email\",\"Prénom\",\"Nom\",\"Téléphone\"\nzoe@example.com,Zoé,Lefèvre,\"1, rue \"\"A\"\"\"\nbob@example.com,Bob,,\n",
		} {
			if diff := cmp.Diff(want, rows(t, read(t, file))); diff != "" {
				t.Errorf("%s: -want +got\n%s", name, diff)
			}
		}
	})
	t.Run("obeys the line that names the separator", func(t *testing.T) {
		t.Parallel()
		got := rows(t, read(t, "sep=;\r\nEmail;a,b,c,d\r\nann@example.com;x\r\n"))
		if diff := cmp.Diff([]string{`3 ann@example.com   {"a,b,c,d":"x"}`}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("finds Windows-1252 late in a file", func(t *testing.T) {
		t.Parallel()
		var b strings.Builder
		b.WriteString("Email,First name\n")
		for range 10_000 {
			b.WriteString("ann@example.com,Ann\n")
		}
		c := read(t, b.String()+latin("zoe@example.com,Zoé\n"))
		got := rows(t, c)
		if last := got[len(got)-1]; last != "10002 zoe@example.com Zoé  {}" {
			t.Errorf("the last row is %q", last)
		}
	})
	t.Run("keeps a UTF-8 file where one row is broken", func(t *testing.T) {
		t.Parallel()
		c := read(t, "Email,Prénom\na@example.com,Zoé\nb@example.com,Zo\xff\nc@example.com,Élodie\n")
		want := []string{"2 a@example.com Zoé  {}", "4 c@example.com Élodie  {}"}
		if diff := cmp.Diff(want, rows(t, c)); diff != "" {
			t.Error(diff)
		}
		wantProblems(t, c, 1, "3: This row holds bytes that are not text; save the file as CSV, encoded in UTF-8.")
	})
	t.Run("refuses row by row with the line", func(t *testing.T) {
		t.Parallel()
		c := read(t, "Email,First name,Note\n"+
			"ann@example.com,Ann,\"two\nlines\"\n"+
			"nobody,Bob,\n"+
			",Cid,x\n"+
			" , ,\n"+
			"dan@example.com,Dan,a,b\n"+
			"eve@example.com,\"Eve\"x,y\n"+
			"fay@example.com,F\"ay,y\n"+
			"gus@example.com,"+strings.Repeat("é", 101)+",\n"+
			"hal@example.com,Hal,"+strings.Repeat("x", 2001)+"\n"+
			"ian@example.com,  Ian \u00a0 B. \x01,\r\n")
		want := []string{`2 ann@example.com Ann  {"Note":"two\nlines"}`, `12 ian@example.com Ian B.  {}`}
		if diff := cmp.Diff(want, rows(t, c)); diff != "" {
			t.Error(diff)
		}
		wantProblems(t, c, 7,
			`4: "nobody" is not an email address: it needs exactly one @, as in name@example.com.`,
			`5: An email address is missing.`,
			`7: This row has more values than the first line has headers.`,
			`8: This row cannot be read: a quotation mark lacks its partner or is followed by text.`,
			`9: This row cannot be read: a quotation mark stands inside a value that does not begin with one.`,
			`10: The value of "First name" is longer than 100 characters.`,
			`11: The value of "Note" is longer than 2000 characters.`)
	})
	t.Run("lists a hundred problems and counts the rest", func(t *testing.T) {
		t.Parallel()
		c := read(t, "Email\n"+strings.Repeat("nobody\n", 1234))
		rows(t, c)
		if first, total := c.Problems(); len(first) != 100 || total != 1234 {
			t.Errorf("%d listed of %d", len(first), total)
		}
	})
	t.Run("refuses a file it cannot use", func(t *testing.T) {
		t.Parallel()
		for file, part := range map[string]string{
			"":                                    "The file is empty.",
			"\n\n":                                "The file is empty.",
			"Name,City\nAnn,Rome\n":               `No column is named Email. The columns are "Name", "City".`,
			"ann@example.com,Ann\n":               "The first line must name the columns",
			strings.Repeat("h,", 24) + "Z\n":      `"h", and 5 more`,
			"Email," + strings.Repeat("x,", 206):  "The file has 208 columns",
			"Email," + strings.Repeat("x", 101):   "The header of column 2 is longer",
			"PK\x03\x04....":                      "save it as CSV",
			"E\x00m\x00a\x00":                     "not a text file",
			"\"Email,Name\nann@example.com,Ann\n": "The first line cannot be read: a quotation mark lacks its partner",
			"Email\xff,Prénom,Né\n":               "The header of column 1 is not readable",
			"\"" + strings.Repeat("x\n", 1<<20):   "longer than 1048576 bytes",
		} {
			_, err := addressbook.ReadCSV(strings.NewReader(file))
			if f := fault.As(err); f == nil || f.Field != "file" || !strings.Contains(f.Message, part) {
				t.Errorf("%.40q: %v, want a fault with %q", file, err, part)
			}
		}
	})
	t.Run("stops at a row that never ends", func(t *testing.T) {
		t.Parallel()
		endless := io.MultiReader(strings.NewReader("Email,Note\nann@example.com,x\nbob@example.com,\""), forever{})
		c, err := addressbook.ReadCSV(endless)
		if err != nil {
			t.Fatal(err)
		}
		var last error
		for _, err := range c.Rows() {
			last = err
		}
		if f := fault.As(last); f == nil || !strings.Contains(f.Message, "from line 2 on is longer than 1048576 bytes") {
			t.Errorf("got %v", last)
		}
	})
	t.Run("hands on a failure to read", func(t *testing.T) {
		t.Parallel()
		broken := errors.New("broken pipe")
		if _, err := addressbook.ReadCSV(iotest.ErrReader(broken)); !errors.Is(err, broken) {
			t.Errorf("at the start: %v", err)
		}
		head := strings.NewReader("Email\n" + strings.Repeat("ann@example.com\n", 10_000))
		c, err := addressbook.ReadCSV(io.MultiReader(head, iotest.ErrReader(broken)))
		if err != nil {
			t.Fatal(err)
		}
		var last error
		for _, err := range c.Rows() {
			last = err
		}
		if !errors.Is(last, broken) {
			t.Errorf("in the middle: %v", last)
		}
	})
	t.Run("reads byte by byte what it reads at once", func(t *testing.T) {
		t.Parallel()
		file := latin("Email;Prénom\nzoe@example.com;Zoé\n")
		c, err := addressbook.ReadCSV(iotest.OneByteReader(strings.NewReader(file)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(rows(t, read(t, file)), rows(t, c)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("reads the 10,000 customers value for value", func(t *testing.T) {
		t.Parallel()
		file := shared(t, "contacts/customers-10000.csv")
		all, err := csv.NewReader(strings.NewReader(file)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		c, n := read(t, file), 0
		for row, err := range c.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			n++
			record := all[n]
			fields, err := addressbook.DecodeFields(row.Fields)
			if err != nil {
				t.Fatalf("line %d: %v", row.Line, err)
			}
			got := []string{
				fields["Index"], fields["Customer Id"], row.FirstName, row.LastName, row.Company, row.City, fields["Country"],
				fields["Phone 1"], fields["Phone 2"], row.Email.Written, fields["Subscription Date"], fields["Website"],
			}
			if diff := cmp.Diff(record, got); diff != "" || row.Line != n+1 {
				t.Fatalf("line %d: -file +read\n%s", row.Line, diff)
			}
			if again := addressbook.EncodeFields(fields); again != row.Fields {
				t.Fatalf("line %d: %s is not canonical: %s", row.Line, row.Fields, again)
			}
		}
		if problems, refused := c.Problems(); n != 10_000 || refused != 0 {
			t.Errorf("%d rows, %d refused: %v", n, refused, problems)
		}
	})
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"Email,Name\nann@example.com,Ann\n", "sep=;\nEmail;x\na@b.co;\"y\n", "\xff\xfeE\x00", "Email\tPr\xe9nom\na@b.co\tZo\xe9",
		"\ufeffEmail\r\n\"a@b.co\"\r\n", "Email,a,a\na@b.co,1,2,3", "Email,\x00\na@b.co,\x7f\u2028<",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		c, err := addressbook.ReadCSV(strings.NewReader(file))
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("%v is no Invalid fault", err)
			}
			return
		}
		last := 1
		for row, err := range c.Rows() {
			if err != nil {
				t.Fatal(err) // no row of a short file is too long
			}
			fields, err := addressbook.DecodeFields(row.Fields)
			if err != nil || addressbook.EncodeFields(fields) != row.Fields {
				t.Fatalf("%q is not canonical: %v", row.Fields, err)
			}
			if row.Line <= last || row.Email.Key == "" {
				t.Fatalf("%+v after line %d", row, last)
			}
			last = row.Line
		}
	})
}

func BenchmarkCSV(b *testing.B) {
	file := shared(b, "contacts/customers-10000.csv")
	b.Run("contacts", func(b *testing.B) {
		for b.Loop() {
			for _, err := range read(b, file).Rows() {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/row")
	})
	b.Run("reference: encoding/csv alone", func(b *testing.B) {
		for b.Loop() {
			r := csv.NewReader(strings.NewReader(file))
			for r.ReuseRecord = true; ; {
				if _, err := r.Read(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/row")
	})
}

func read(t testing.TB, file string) *addressbook.CSV {
	t.Helper()
	c, err := addressbook.ReadCSV(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// rows writes each row on a line of its own.
func rows(t *testing.T, c *addressbook.CSV) []string {
	t.Helper()
	var out []string
	for row, err := range c.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, strings.Join([]string{itoa(row.Line), row.Email.Key, row.FirstName, row.LastName, row.Fields}, " "))
	}
	return out
}

func wantProblems(t *testing.T, c *addressbook.CSV, total int, want ...string) {
	t.Helper()
	first, n := c.Problems()
	var got []string
	for _, p := range first {
		got = append(got, itoa(p.Line)+": "+p.Why.Error())
	}
	if diff := cmp.Diff(want, got); diff != "" || n != total {
		t.Errorf("%d problems: -want +got\n%s", n, diff)
	}
}

// shared reads a file of the real input beside the repository, and skips where there is none.
func shared(t testing.TB, name string) string {
	t.Helper()
	root, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		root = filepath.Dir(root)
	}
	b, err := os.ReadFile(filepath.Join(root, "..", "shared", "data", filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the real input %s is not beside the repository", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
