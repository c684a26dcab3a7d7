package syncclient

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestMachine(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("STATES.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(text), "## The table\n")
	if !ok {
		t.Fatal("STATES.md has no table")
	}
	var rows [][]string
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		if !strings.HasPrefix(line, "|") {
			break
		}
		var cells []string
		for _, cell := range strings.Split(strings.Trim(line, "|"), "|") {
			cells = append(cells, strings.TrimSpace(cell))
		}
		rows = append(rows, cells)
	}
	if len(rows) != len(triggers())+2 {
		t.Fatalf("the table has %d rows for %d triggers", len(rows)-2, len(triggers()))
	}
	for i, s := range states() {
		if rows[0][i+1] != string(s) {
			t.Fatalf("column %d is of %q, want %q", i+1, rows[0][i+1], s)
		}
	}
	for n, on := range triggers() {
		row := rows[n+2]
		if row[0] != string(on) || len(row) != len(states())+1 {
			t.Fatalf("row %d is %q, want %q", n, row, on)
		}
		for i, in := range states() {
			want := row[i+1]
			got, ok := next(in, on)
			if !ok {
				got = "–"
			}
			if string(got) != want {
				t.Errorf("%q while %s: the code says %s, STATES.md %s", on, in, got, want)
			}
		}
	}
}

func TestBreaker(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_000_000, 0)
	var b breaker
	trip := func(after time.Duration, reason string, want time.Duration) {
		t.Helper()
		now = now.Add(after)
		if got := b.trip(reason, now); got != want {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
	trip(0, "EXPIRED", 0)
	trip(time.Minute, "EXPIRED", time.Minute)
	trip(2*time.Minute, "EXPIRED", 5*time.Minute)
	trip(6*time.Minute, "EXPIRED", 30*time.Minute)
	trip(31*time.Minute, "EXPIRED", time.Hour)
	trip(61*time.Minute, "EXPIRED", time.Hour)
	trip(61*time.Minute, "LINEAGE", 0)
	trip(time.Minute, "LINEAGE", time.Minute)
	trip(12*time.Minute, "LINEAGE", 0)
}
