package intake

import (
	"github.com/google/uuid"
)

// Member is a person with round robin on.
type Member struct {
	Person uuid.UUID
	// Rank is their place: nobody else in the campaign has it, now or later.
	Rank int64
	// Out is why they are given no leads now; empty where they are.
	Out PassedOver
}

// Rotation is who is given the leads of a campaign, in turn.
//
// The rule: the next lead goes to the available person with the smallest rank above that of whoever was given one
// last, or else to the available one with the smallest rank. So leads go round in the order of the ranks, whoever is
// out is passed over, and whoever comes back has their old place and nothing to catch up on. As long as the available
// people stay the same, what any two of them are given differs by at most one lead.
type Rotation struct {
	// Members are ordered by rank.
	Members []Member
	// At is the rank of whoever was last given a lead, also where they have left since; 0 before the first.
	At int64
	// Paused has all leads wait.
	Paused bool
}

// Next tells whose turn it is and who is passed over before them. Where a lead has to wait, the person is zero and
// why says the reason; else why is empty.
func (r *Rotation) Next() (next Member, skipped []Skipped, why Decision) {
	switch {
	case r.Paused:
		return Member{}, nil, WhilePaused
	case len(r.Members) == 0:
		return Member{}, nil, NoRotation
	}
	first := 0
	for first < len(r.Members) && r.Members[first].Rank <= r.At {
		first++
	}
	for i := range r.Members {
		m := r.Members[(first+i)%len(r.Members)]
		if m.Out == "" {
			return m, skipped, ""
		}
		skipped = append(skipped, Skipped{m.Person, m.Out})
	}
	return Member{}, skipped, NobodyAvailable
}

// Deal gives the next lead out and returns how; given is the decision where somebody gets it.
func (r *Rotation) Deal(given Decision) Record {
	next, skipped, why := r.Next()
	if why != "" {
		return Record{Decision: why, Skipped: skipped}
	}
	r.At = next.Rank
	return Record{Decision: given, To: next.Person, Skipped: skipped}
}

// Reorder gives the members fresh ranks above head, in the order of the people named, who are all of them, and
// returns the greatest. The turn goes on after the same person. Where that one has left, whoever would have been the
// next, available or not, still is: a rank before theirs is nobody's, and the turn stands there.
func (r *Rotation) Reorder(order []uuid.UUID, head int64) int64 {
	byPerson := make(map[uuid.UUID]Member, len(order))
	after, next := uuid.Nil, uuid.Nil
	for _, m := range r.Members {
		byPerson[m.Person] = m
		if m.Rank == r.At {
			after = m.Person
		}
		if m.Rank > r.At && next == uuid.Nil {
			next = m.Person
		}
	}
	if next == uuid.Nil {
		next = r.Members[0].Person
	}
	began, at := r.At != 0, int64(0)
	for i, person := range order {
		if head++; began && after == uuid.Nil && person == next {
			at = head
			head++
		}
		m := byPerson[person]
		m.Rank = head
		if person == after {
			at = head
		}
		r.Members[i] = m
	}
	r.At = at
	return head
}
