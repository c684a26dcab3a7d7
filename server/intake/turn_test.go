package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/intake"
)

// rotationOf reads "A B- C~": people in their order with ranks 10, 20, …, - away, ~ deactivated.
func rotationOf(text string, at int64) *intake.Rotation {
	r := &intake.Rotation{At: at}
	for i, word := range strings.Fields(text) {
		m := intake.Member{Person: named(word[:1]), Rank: int64(10 * (i + 1))}
		switch word[1:] {
		case "-":
			m.Out = intake.WhoIsAway
		case "~":
			m.Out = intake.WhoIsDeactivated
		}
		r.Members = append(r.Members, m)
	}
	return r
}

func named(letter string) uuid.UUID { return uuid.NewSHA1(uuid.Nil, []byte(letter)) }

func letter(person uuid.UUID) string {
	for _, l := range "ABCDE" {
		if named(string(l)) == person {
			return string(l)
		}
	}
	return "."
}

// deal deals n leads and says to whom, with those passed over in brackets.
func deal(r *intake.Rotation, n int) string {
	var said []string
	for range n {
		d := r.Deal(intake.ByRotation)
		word := ""
		for _, s := range d.Skipped {
			word += fmt.Sprintf("(%s %s)", letter(s.Person), s.Why)
		}
		if d.To == uuid.Nil {
			word += string(d.Decision)
		} else {
			word += letter(d.To)
		}
		said = append(said, word)
	}
	return strings.Join(said, " ")
}

func TestRotation(t *testing.T) {
	for _, c := range []struct {
		name, people string
		at           int64
		want         string
	}{
		{"begins with the first", "A B C", 0, "A B C A"},
		{"goes on after the last one", "A B C", 20, "C A B C"},
		{"goes on after somebody who has left", "A B C", 25, "C A B C"},
		{"begins anew after the greatest rank", "A B C", 99, "A B C A"},
		{"passes over who is away", "A B- C", 0, "A (B away)C A (B away)C"},
		{"passes over several, across the end", "A~ B C-", 20, "(C away)(A deactivated)B (C away)(A deactivated)B (C away)(A deactivated)B (C away)(A deactivated)B"},
		{"waits where nobody is available", "A- B~", 10, strings.TrimSpace(strings.Repeat("(B deactivated)(A away)nobody_available ", 4))},
		{"waits where there is nobody", "", 10, "no_rotation no_rotation no_rotation no_rotation"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := deal(rotationOf(c.people, c.at), 4); got != c.want {
				t.Errorf("dealt %s\ninstead of %s", got, c.want)
			}
		})
	}
	t.Run("waits while paused and goes on where it was", func(t *testing.T) {
		r := rotationOf("A B C", 10)
		r.Paused = true
		if got := deal(r, 2); got != "paused paused" {
			t.Error(got)
		}
		r.Paused = false
		if got := deal(r, 2); got != "B C" {
			t.Error(got)
		}
	})
	t.Run("gives who comes back their place and nothing to catch up on", func(t *testing.T) {
		r := rotationOf("A B- C", 0)
		deal(r, 11)
		r.Members[1].Out = ""
		if got := deal(r, 4); got != "B C A B" {
			t.Error(got)
		}
	})
}

func TestReorder(t *testing.T) {
	for _, c := range []struct {
		name, people string
		at           int64
		order, want  string
	}{
		{"goes on after the same person", "A B C D", 20, "D B A C", "A C D B"},
		{"begins with the first where nobody was given a lead", "A B C", 0, "C B A", "C B A C"},
		{"keeps the next one next where the last one has left", "A B C D", 25, "C A D B", "C A D B"},
		{"keeps the next one next after the greatest rank", "A B C", 99, "B C A", "A B C A"},
		{"keeps places of who is out", "A B- C", 10, "C A B", "(B away)C A (B away)C A"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := rotationOf(c.people, c.at)
			var order []uuid.UUID
			for _, l := range strings.Fields(c.order) {
				order = append(order, named(l))
			}
			head := r.Reorder(order, 100)
			ranks := make([]int64, len(r.Members))
			for i, m := range r.Members {
				ranks[i] = m.Rank
			}
			if !slices.IsSorted(ranks) || len(slices.Compact(ranks)) != len(order) || ranks[0] <= 100 || ranks[len(ranks)-1] != head {
				t.Errorf("ranks %v up to %d", ranks, head)
			}
			r.Reorder(order, head) // the same again is no other turn
			if got := deal(r, 4); got != c.want {
				t.Errorf("dealt %s\ninstead of %s", got, c.want)
			}
		})
	}
	t.Run("keeps the next one next through several orders", func(t *testing.T) {
		r := rotationOf("A B C D", 25)
		head := int64(100)
		for _, order := range []string{"DCBA", "BADC", "ACDB"} {
			var people []uuid.UUID
			for _, l := range order {
				people = append(people, named(string(l)))
			}
			head = r.Reorder(people, head)
		}
		if got := deal(r, 4); got != "C D B A" {
			t.Error(got)
		}
	})
}
