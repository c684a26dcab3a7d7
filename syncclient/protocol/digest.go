package protocol

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// RowDigest is the digest of one row: the first 16 bytes of the SHA-256 of its values, each as text with a zero byte
// behind it (a null is a byte 1), as two big-endian numbers. See "Digests" in PROTOCOL.md.
type RowDigest struct{ A, B uint64 }

// DigestOf returns the digest of a row's values as they are hashed.
func DigestOf(values []byte) RowDigest {
	sum := sha256.Sum256(values)
	return RowDigest{binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])}
}

// Digest is that of a set of rows: how many they are, and the wrapping sums of theirs.
type Digest struct {
	Count int64
	Sum   RowDigest
}

// Add adds a row.
func (d *Digest) Add(r RowDigest) { d.Join(Digest{1, r}) }

// Remove takes away a row.
func (d *Digest) Remove(r RowDigest) {
	d.Count, d.Sum = d.Count-1, RowDigest{d.Sum.A - r.A, d.Sum.B - r.B}
}

// Join adds the rows of another set.
func (d *Digest) Join(o Digest) {
	d.Count, d.Sum = d.Count+o.Count, RowDigest{d.Sum.A + o.Sum.A, d.Sum.B + o.Sum.B}
}

// String writes the digest as it travels: "<count>:<32 hex digits>".
func (d Digest) String() string { return fmt.Sprintf("%d:%016x%016x", d.Count, d.Sum.A, d.Sum.B) }

// ParseDigest reads what String writes.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	count, sum, found := strings.Cut(s, ":")
	if !found || len(sum) != 32 {
		return d, fmt.Errorf("%q is not a digest", clip(s))
	}
	var err error
	if d.Count, err = strconv.ParseInt(count, 10, 64); err != nil || d.Count < 0 {
		return d, fmt.Errorf("%q is not a digest", clip(s))
	}
	var errA, errB error
	d.Sum.A, errA = strconv.ParseUint(sum[:16], 16, 64)
	d.Sum.B, errB = strconv.ParseUint(sum[16:], 16, 64)
	if errA != nil || errB != nil {
		return d, fmt.Errorf("%q is not a digest", clip(s))
	}
	return d, nil
}

// Parts are the digests of a set of rows in parts, by PartOf their ids.
type Parts [256]Digest

// PartOf returns the part of a row with an id, a plain UUID: the first byte of its SHA-256.
func PartOf(id []byte) int {
	sum := sha256.Sum256(id)
	return int(sum[0])
}

// Total returns the digest of all parts.
func (p *Parts) Total() Digest {
	var total Digest
	for i := range p {
		total.Join(p[i])
	}
	return total
}

// Differing returns the parts in which two sets differ.
func (p *Parts) Differing(o *Parts) []int {
	var differing []int
	for i := range p {
		if p[i] != o[i] {
			differing = append(differing, i)
		}
	}
	return differing
}

// BucketDigest is what the server says that a bucket's rows add up to.
type BucketDigest struct {
	// State is the bucket's as of the digest.
	State string
	// Parts are the digests by part.
	Parts Parts
}

// WorkspaceDigest is what the server says that the workspace adds up to.
type WorkspaceDigest struct {
	// Moved: something follows the cursor; then there are no digests.
	Moved bool
	// Digests are by kind: account, people, campaigns, templates, lists, blacklists, buckets.
	Digests map[string]Digest
}
