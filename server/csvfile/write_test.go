package csvfile_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/partage-mail/partage/server/csvfile"
)

func TestAppendRow(t *testing.T) {
	t.Parallel()
	t.Run("is read back as it was written", func(t *testing.T) {
		t.Parallel()
		value := rapid.OneOf(
			rapid.StringMatching(`[-'=+@a, ;"\t0-9]{0,8}`), rapid.SampledFrom([]string{"", "'", "''=1", "'a", "\n", "a\nb", "é“ü", "sep=;"}), rapid.String())
		rapid.Check(t, func(t *rapid.T) {
			header := []string{"A;B;C;D;E", "\t", "b", "=c"}
			rows := rapid.SliceOfN(rapid.SliceOfN(value, 3, 3), 1, 5).Draw(t, "rows")
			file := csvfile.AppendRow([]byte(csvfile.Mark), header...)
			for n, row := range rows {
				for i := range row {
					row[i] = strings.ToValidUTF8(strings.ReplaceAll(row[i], "\r", ""), "")
				}
				rows[n] = append(row, "not empty")
				file = csvfile.AppendRow(file, rows[n]...)
			}
			f, err := csvfile.Open(strings.NewReader(string(file)), "file")
			if err != nil {
				t.Fatalf("%q: %v", file, err)
			}
			for i, name := range f.Header {
				if csvfile.Unguard(name) != header[i] {
					t.Errorf("the header is %q", f.Header)
				}
			}
			var got [][]string
			for row, err := range f.Rows() {
				if err != nil || row.Problem != nil {
					t.Fatalf("%q: %v %v", file, err, row.Problem)
				}
				var values []string
				for _, v := range row.Values {
					values = append(values, csvfile.Unguard(v))
				}
				got = append(got, values)
			}
			if !slices.EqualFunc(got, rows, slices.Equal) {
				t.Errorf("%q is read as %q instead of %q", file, got, rows)
			}
		})
	})
	t.Run("keeps spreadsheets from running what is in it", func(t *testing.T) {
		t.Parallel()
		for value, want := range map[string]string{
			"=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0", "-A1": "'-A1", "'=1": "''=1",
			"=a@example.com": "'=a@example.com", `=HYPERLINK("x";"y")`: `"'=HYPERLINK(""x"";""y"")"`,
			"+33 6 12 34 56 78": "+33 6 12 34 56 78", "-12.50": "-12.50", "+1 (555) 010-0199": "+1 (555) 010-0199", "+1-677-389-8923x97": "+1-677-389-8923x97",
			"'tis": "'tis", "a=b": "a=b", "": "", "L'été": "L'été", "a;b": `"a;b"`, " a": `" a"`, "a\nb": "\"a\nb\"",
		} {
			if got := strings.TrimSuffix(string(csvfile.AppendRow(nil, value)), "\r\n"); got != want {
				t.Errorf("%q is written as %s instead of %s", value, got, want)
			}
		}
	})
}
