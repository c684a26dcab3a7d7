package addressbook

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// Report is what an import did. Where it ended with an error it tells what was done before.
type Report struct {
	// Rows is how many rows were read: Added, Updated, Unchanged and Refused together.
	Rows int
	// Added is how many are new in the list.
	Added int
	// Updated is how many were there and have changed.
	Updated int
	// Unchanged is how many were there just so.
	Unchanged int
	// Refused is how many were left out.
	Refused int
	// Problems says why rows were left out: the first hundred, by line.
	Problems []Problem
}

func (r *Report) refuse(line int, why error) {
	r.Rows++
	r.Refused++
	if len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, Problem{line, why})
	}
}

// join adds the rows that never came out of the file.
func (r *Report) join(problems []Problem, refused int) {
	r.Rows += refused
	r.Refused += refused
	r.Problems = append(r.Problems, problems...)
	slices.SortStableFunc(r.Problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	r.Problems = r.Problems[:min(len(r.Problems), maxProblems)]
}

// lines remembers in which line of a file a key stood first, in about 30 bytes a key. Keys are told apart by 128
// bits of hash with seeds of its own.
type lines struct {
	seeds [2]maphash.Seed
	first map[[2]uint64]int32
}

func newLines() *lines {
	return &lines{[2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, make(map[[2]uint64]int32)}
}

// see returns the line in which the key stood first, or 0 and remembers this one.
func (l *lines) see(key string, line int) int {
	hash := [2]uint64{maphash.String(l.seeds[0], key), maphash.String(l.seeds[1], key)}
	if first, known := l.first[hash]; known {
		return int(first)
	}
	l.first[hash] = int32(line)
	return 0
}
