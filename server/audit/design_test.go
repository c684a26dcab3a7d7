package audit_test

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/audit"
)

// TestDesign holds DESIGN.md to the code: its query gives the records, and its program verifies them.
func TestDesign(t *testing.T) {
	text, err := os.ReadFile("DESIGN.md")
	if err != nil {
		t.Fatal(err)
	}
	block := func(language string) string {
		found := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindSubmatch(text)
		if found == nil {
			t.Fatalf("DESIGN.md has no %s", language)
		}
		return string(found[1])
	}
	each(t, func(t *testing.T, b *book) {
		account := b.account(t, 25)
		stored := b.stored(t, account)
		query := block("sql")
		if b.Dialect() == dialect.SQLite {
			query = strings.Replace(query, "$1", "?", 1)
		}
		rows, err := b.Client().QueryContext(t.Context(), query, account)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var exported []string
		for n := 0; rows.Next(); n++ {
			var record string
			var hash []byte
			if err := rows.Scan(&record, &hash); err != nil {
				t.Fatal(err)
			}
			if want := audit.Record(stored[n]); record != want {
				t.Errorf("the query gives %s instead of %s", record, want)
			}
			line, err := json.Marshal(map[string]string{"record": record, "hash": hex.EncodeToString(hash)})
			if err != nil {
				t.Fatal(err)
			}
			exported = append(exported, string(line))
		}
		if len(exported) != 25 {
			t.Fatalf("%d lines", len(exported))
		}
		python, err := exec.LookPath("python3")
		if err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Skip("python3 is not installed: the program in DESIGN.md is not tried")
		}
		verify := func(lines []string) (string, error) {
			command := exec.CommandContext(t.Context(), python, "-c", block("python"))
			command.Stdin = strings.NewReader(strings.Join(lines, "\n"))
			out, err := command.CombinedOutput()
			return strings.TrimSpace(string(out)), err
		}
		if out, err := verify(exported); err != nil || out != "25 "+hex.EncodeToString(stored[24].Hash) {
			t.Errorf("the program says %q, %v", out, err)
		}
		exported[12] = strings.Replace(exported[12], `\"rows\"`, `\"sows\"`, 1)
		if out, err := verify(exported); err == nil || out != "line 13 is not as it was written" {
			t.Errorf("of an edited line the program says %q, %v", out, err)
		}
	})
}
