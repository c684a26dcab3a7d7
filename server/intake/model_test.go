package intake_test

import (
	"slices"

	"github.com/google/uuid"
)

// model is a rotation as a ring with a finger on whoever comes next, available or not. It knows no ranks.
type model struct {
	ring []uuid.UUID
	// next is the finger's place, up to len(ring), where a person who joins stands before the first.
	next int
	// last is who was given a lead last; zero where they have left since, or nobody was.
	last   uuid.UUID
	began  bool
	out    map[uuid.UUID]int // how many reasons they have to be passed over
	paused bool
}

// deal gives a lead out; zero where it waits.
func (m *model) deal() uuid.UUID {
	if m.paused {
		return uuid.Nil
	}
	for i := range m.ring {
		at := (m.next + i) % len(m.ring)
		if p := m.ring[at]; m.out[p] == 0 {
			m.next, m.last, m.began = at+1, p, true
			return p
		}
	}
	return uuid.Nil
}

func (m *model) join(p uuid.UUID) { m.ring = append(m.ring, p) }

func (m *model) leave(p uuid.UUID) {
	i := slices.Index(m.ring, p)
	m.ring = slices.Delete(m.ring, i, i+1)
	if i < m.next {
		m.next--
	}
	if m.last == p {
		m.last = uuid.Nil
	}
}

func (m *model) reorder(order []uuid.UUID) {
	switch {
	case slices.Equal(order, m.ring):
		return
	case !m.began:
		m.next = 0
	case m.last != uuid.Nil:
		m.next = slices.Index(order, m.last) + 1
	default:
		m.next = slices.Index(order, m.ring[m.next%len(m.ring)])
	}
	m.ring = slices.Clone(order)
}

// available are those who are given leads now.
func (m *model) available() []uuid.UUID {
	if m.paused {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(m.ring), func(p uuid.UUID) bool { return m.out[p] > 0 })
}
