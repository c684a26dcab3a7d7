package protocol

import (
	"bytes"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestDigest holds the code to the example that PROTOCOL.md has.
func TestDigest(t *testing.T) {
	page, err := os.ReadFile("PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	values := func(texts ...string) []byte { return []byte(strings.Join(texts, "\x00") + "\x00") }
	id := "0193e3a6-5f6b-7cc0-8f51-2d1f0a9c7b11"
	one := values(id, "domain", "spam.example", "manual", "", "1", "1733900000000000", "1733900000000000")
	two := values("0193e3a6-5f6c-7d01-9a22-6b0c4de8f3a5", "address", "Zoë@example.com", "complaint", "by phone", "3",
		"1733900000000000", "1733990000000000")
	var first, second, both Digest
	first.Add(DigestOf(one))
	second.Add(DigestOf(two))
	both.Join(second)
	both.Join(first)
	for _, text := range []string{first.String(), second.String(), both.String()} {
		if !strings.Contains(string(page), "`"+text+"`") {
			t.Errorf("PROTOCOL.md does not have %s", text)
		}
	}
	var lines strings.Builder
	for _, v := range bytes.SplitAfter(one, []byte{0}) {
		lines.WriteString(hex.EncodeToString(v) + "\n")
	}
	if !strings.Contains(string(page), "```\n"+strings.TrimSuffix(lines.String(), "\n")+"```") {
		t.Errorf("PROTOCOL.md does not have the bytes\n%s", lines.String())
	}
	if PartOf([]byte(id)) != 149 {
		t.Errorf("part %d", PartOf([]byte(id)))
	}
	if both.Remove(DigestOf(two)); both != first {
		t.Errorf("%v without the second is not %v", both, first)
	}
	if read, err := ParseDigest(second.String()); err != nil || read != second {
		t.Errorf("%v became %v, %v", second, read, err)
	}
	for _, text := range []string{"", ":", "1", "1:", "-1:" + strings.Repeat("0", 32), "1:" + strings.Repeat("0", 31), "1:" + strings.Repeat("g", 32), "x:" + strings.Repeat("0", 32)} {
		if d, err := ParseDigest(text); err == nil {
			t.Errorf("%q was read as %v", text, d)
		}
	}
}

// TestDigests is I13 for sets of rows: equal ones have equal digests in whatever order they were written, and one row
// that is flipped, missing, doubled or too much makes another.
func TestDigests(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfNDistinct(rapid.StringMatching(`[0-9a-f]{4}\x00[a-c]{0,3}\x00`), 1, 40, func(s string) string { return s[:4] }).Draw(t, "rows")
		sum := func(rows []string) (Digest, Parts) {
			var parts Parts
			for _, r := range rows {
				parts[PartOf([]byte(r[:4]))].Add(DigestOf([]byte(r)))
			}
			return parts.Total(), parts
		}
		whole, parts := sum(rows)
		if other, _ := sum(rapid.Permutation(rows).Draw(t, "order")); other != whole {
			t.Fatalf("in another order %v became %v", whole, other)
		}
		i := rapid.IntRange(0, len(rows)-1).Draw(t, "row")
		damaged := append([]string{}, rows...)
		switch rapid.IntRange(0, 3).Draw(t, "damage") {
		case 0: // flipped
			b := []byte(damaged[i])
			b[rapid.IntRange(4, len(b)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			damaged[i] = string(b)
		case 1:
			damaged = append(damaged[:i], damaged[i+1:]...)
		case 2:
			damaged = append(damaged, damaged[i])
		case 3:
			damaged = append(damaged, damaged[i][:4]+"\x00extra\x00")
		}
		other, damagedParts := sum(damaged)
		if other == whole {
			t.Fatalf("%q and %q have the same digest", rows, damaged)
		}
		if d := parts.Differing(&damagedParts); len(d) != 1 || d[0] != PartOf([]byte(rows[i][:4])) {
			t.Fatalf("the parts %v differ", d)
		}
	})
}
