package digest_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/server/digest"
)

// TestEntry holds the code to the example of the protocol.
func TestEntry(t *testing.T) {
	page, err := os.ReadFile("../../syncclient/protocol/PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	one := digest.Entry{
		ID: uuid.MustParse("0193e3a6-5f6b-7cc0-8f51-2d1f0a9c7b11"), Kind: "domain", Value: "spam.example", Reason: "manual",
		Version: 1, CreatedAt: 1733900000000000, ChangedAt: 1733900000000000,
	}
	two := digest.Entry{
		ID: uuid.MustParse("0193e3a6-5f6c-7d01-9a22-6b0c4de8f3a5"), Kind: "address", Value: "Zoë@example.com", Reason: "complaint",
		Note: "by phone", Version: 3, CreatedAt: 1733900000000000, ChangedAt: 1733990000000000,
	}
	var values digest.Values
	var parts digest.Parts
	for _, e := range []digest.Entry{one, two} {
		row := e.Digest(&values)
		parts[digest.Part(e.ID.String())].Add(row)
		if text := (digest.Sum{Count: 1, Row: row}).String(); !strings.Contains(string(page), "`"+text+"`") {
			t.Errorf("PROTOCOL.md does not have %s", text)
		}
	}
	if text := parts.Total().String(); !strings.Contains(string(page), "`"+text+"`") {
		t.Errorf("PROTOCOL.md does not have %s", text)
	}
	if digest.Part(one.ID.String()) != 149 {
		t.Errorf("part %d", digest.Part(one.ID.String()))
	}
}

// TestRow keeps sums in columns of signed numbers, through any history.
func TestRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var kept digest.Row
		rows := make(map[int]digest.Row)
		for i := range rapid.IntRange(0, 60).Draw(t, "steps") {
			id := rapid.IntRange(0, 8).Draw(t, "row")
			var after digest.Row
			if rapid.Bool().Draw(t, "written") {
				after = new(digest.Values).Number(int64(id)).Text(fmt.Sprint(i)).Bytes(nil).Row()
			}
			kept = digest.Stored(kept.Columns()).Plus(after).Minus(rows[id])
			rows[id] = after
		}
		var want digest.Row
		for _, row := range rows {
			want = want.Plus(row)
		}
		if kept != want {
			t.Fatalf("%v is kept of rows that add up to %v", kept, want)
		}
	})
}
