// Package digest is how copies of rows are held to the truth: a digest of each row, and sums of them that are kept
// up as rows come, change and go.
//
// It guarantees that equal rows have equal digests, wherever and by whatever database they are read, and that a row
// which differs, is missing, is there twice or too many changes the sum: all but with a chance of one in 2^64 against
// accidents. Sums wrap, so that order does not matter and what was added can be taken away. It is no protection against
// somebody who makes rows up to fit: whoever can do that can write to the database.
//
// The definition is part of the protocol (syncclient/protocol/PROTOCOL.md, "Digests"); the client has it in code of
// its own. DESIGN.md says who keeps which sums, and what that costs.
package digest

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"

	"github.com/google/uuid"
)

// Row is the digest of one row: the first 16 bytes of the SHA-256 of its values, as two big-endian numbers. The zero
// Row stands for no row.
type Row struct{ A, B uint64 }

// Stored returns the digest that two columns of the database hold.
func Stored(a, b int64) Row { return Row{uint64(a), uint64(b)} }

// Columns returns the digest as the database holds it.
func (r Row) Columns() (a, b int64) { return int64(r.A), int64(r.B) }

// Plus and Minus add lane by lane and wrap.
func (r Row) Plus(o Row) Row { return Row{r.A + o.A, r.B + o.B} }

// Minus takes away what Plus added.
func (r Row) Minus(o Row) Row { return Row{r.A - o.A, r.B - o.B} }

// Sum is the digest of a set of rows.
type Sum struct {
	// Count is how many they are.
	Count int64
	// Row is the sum of theirs.
	Row
}

// Add adds a row.
func (s *Sum) Add(r Row) { s.Count, s.Row = s.Count+1, s.Plus(r) }

// Join adds the rows of another set.
func (s *Sum) Join(o Sum) { s.Count, s.Row = s.Count+o.Count, s.Plus(o.Row) }

// String writes the digest as it travels: "<count>:<32 hex digits>".
func (s Sum) String() string { return fmt.Sprintf("%d:%016x%016x", s.Count, s.A, s.B) }

// Parts are the digests of a set of rows in parts: Part says in which a row is.
type Parts [256]Sum

// Part returns the part of a row with an id, a UUID as text. It is the same for ever.
func Part(id string) int {
	sum := sha256.Sum256([]byte(id))
	return int(sum[0])
}

// Total returns the digest of all parts.
func (p *Parts) Total() Sum {
	var total Sum
	for i := range p {
		total.Join(p[i])
	}
	return total
}

// Values are the values of one row, in the order of its columns, as they are hashed: each as text, with a zero byte
// behind it. The zero value is ready; Row makes it so again. It is not safe for concurrent use.
type Values struct{ bytes []byte }

// Text adds a text.
func (v *Values) Text(s string) *Values {
	v.bytes = append(append(v.bytes, s...), 0)
	return v
}

// Bytes adds a text that is nil where the column is null.
func (v *Values) Bytes(b []byte) *Values {
	if b == nil {
		v.bytes = append(v.bytes, 1)
	}
	v.bytes = append(append(v.bytes, b...), 0)
	return v
}

// ID adds a UUID.
func (v *Values) ID(id uuid.UUID) *Values { return v.Text(id.String()) }

// Number adds a whole number.
func (v *Values) Number(n int64) *Values {
	v.bytes = append(strconv.AppendInt(v.bytes, n, 10), 0)
	return v
}

// Row returns the digest of what was added, and begins the next row.
func (v *Values) Row() Row {
	sum := sha256.Sum256(v.bytes)
	v.bytes = v.bytes[:0]
	return Row{binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])}
}
