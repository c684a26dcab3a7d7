package changes

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/sharing"
)

// position is a place in a stream: a change number and, among the entries of one number, an id.
type position struct {
	seq int64
	id  uuid.UUID
}

// last is the end of everything with the number seq.
func last(seq int64) position { return position{seq, uuid.Max} }

func (p position) compare(o position) int {
	switch {
	case p.seq < o.seq:
		return -1
	case p.seq > o.seq:
		return 1
	}
	return bytes.Compare(p.id[:], o.id[:])
}

// cursor is what a client carries from page to page, sealed.
type cursor struct {
	epoch int64    // of the account, or of an item's rows mixed into it
	sight int64    // the viewer's epoch of sight
	at    position // how far the stream has been read
	walk  int64    // the head when the walk began: removals up to it concern no one who walks
	head  int64    // the newest head that anything handed out came from …
	nonce int64    // … and its lineage
	// The campaigns that point at what turned between owed and at, and come after told, are still to be
	// shown; owed is at where none are (pointing.go).
	owed position
	told uuid.UUID
}

// owes reports whether campaigns are still to be shown for what the stream has been read of.
func (c cursor) owes() bool { return c.owed.compare(c.at) < 0 }

// base is the number up to which the holder needs nothing more of what is forgotten. The log of a number is
// forgotten as a whole: one that was read in part is still needed.
func (c cursor) base() int64 {
	from := c.at
	if c.owes() {
		from = c.owed
	}
	if from != last(from.seq) {
		from.seq--
	}
	return max(c.walk, from.seq)
}

const (
	cursorVersion = 2
	cursorSize    = 1 + 7*8 + 3*16
)

func (c cursor) encode() []byte {
	b := make([]byte, 0, cursorSize)
	b = append(b, cursorVersion)
	for _, n := range []int64{c.epoch, c.sight, c.at.seq, c.walk, c.head, c.nonce, c.owed.seq} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	return slices.Concat(b, c.at.id[:], c.owed.id[:], c.told[:])
}

func decode(b []byte) (c cursor, ok bool) {
	if len(b) != cursorSize || b[0] != cursorVersion {
		return c, false
	}
	b = b[1:]
	for _, n := range []*int64{&c.epoch, &c.sight, &c.at.seq, &c.walk, &c.head, &c.nonce, &c.owed.seq} {
		*n = int64(binary.BigEndian.Uint64(b))
		b = b[8:]
	}
	for _, id := range []*uuid.UUID{&c.at.id, &c.owed.id, &c.told} {
		b = b[copy(id[:], b):]
	}
	return c, true
}

// scope binds a cursor to one person and one stream, so that it is of no use to anyone else.
func scope(v *sharing.Viewer, stream uuid.UUID) string {
	return "changes/" + v.Collaborator.String() + "/" + stream.String()
}

// seal returns the token of a cursor of the viewer for a stream.
func (c *Changes) seal(v *sharing.Viewer, stream uuid.UUID, cur cursor) string {
	return c.sealer.Seal(scope(v, stream), cur.encode())
}

// open returns the cursor of a token. A token of someone else, of another stream or of another server is
// the same as a made-up one.
func (c *Changes) open(v *sharing.Viewer, stream uuid.UUID, token string) (cursor, error) {
	payload, err := c.sealer.Open(scope(v, stream), token)
	if err == nil {
		if cur, ok := decode(payload); ok {
			return cur, nil
		}
	}
	return cursor{}, fault.Field("after", "This is not a cursor of yours for this.")
}
