package csvfile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/csvfile"
	"github.com/partage-mail/partage/server/fault"
)

// How files are decoded and what goes wrong in them is tested where contacts are read, in package addressbook.

func TestFile(t *testing.T) {
	t.Parallel()
	t.Run("reads rows with their lines, and goes on after one that cannot be read", func(t *testing.T) {
		t.Parallel()
		f, err := csvfile.Open(strings.NewReader("sep=;\r\nA;B\r\n1;\"2;\r\n3\"\r\n\r\n;\r\n4;5\"6\r\n7\r\n"), "csv")
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%q", f.Header)
		for row, err := range f.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			got += fmt.Sprintf(" %d%q%v", row.Line, row.Values, row.Problem != nil)
		}
		if want := `["A" "B"] 3["1" "2;\n3"]false 7[]true 8["7"]false`; got != want {
			t.Errorf("read %s", got)
		}
	})
	t.Run("blames the field of its reader", func(t *testing.T) {
		t.Parallel()
		for _, file := range []string{"", "PK\x03\x04", "\"a", "\"" + strings.Repeat("x\n", 1<<20)} {
			if _, err := csvfile.Open(strings.NewReader(file), "csv"); fault.As(err) == nil || fault.As(err).Field != "csv" {
				t.Errorf("%.10q: %v", file, err)
			}
		}
	})
}

func TestPerson(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"E-mail *": "email", "COURRIEL": "email", "Prénom(s)": "first_name", "Given_Name": "first_name", "Nom de famille": "last_name",
		"Surname": "last_name", "Ville": "", "": "", "Email 2": "",
	} {
		if got := csvfile.Person(header); got != want {
			t.Errorf("%q is %q", header, got)
		}
	}
}
