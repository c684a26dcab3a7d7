package protocol

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// Forked: the server knows this replica's numbers from somewhere else. The copy was copied or put back; it goes on
// under a new replica id.
const Forked Code = "FORKED"

// What a mutation does.
const (
	Create Enum = "create"
	Change Enum = "change"
	Delete Enum = "delete"
)

// What became of a mutation.
const (
	// Applied: all of it took effect.
	Applied Enum = "applied"
	// Merged: it took effect, but for the fields that Result.Conflicts names.
	Merged Enum = "merged"
	// Refused: nothing of it took effect, and it is not to be sent again as it is.
	Refused Enum = "refused"
)

// Limits of one push.
const (
	MutationsPerPush = 100
	BytesPerPush     = 256 << 10
)

// Push is a batch of edits on its way to the server, in order.
type Push struct {
	// Replica is the plain UUID of the copy that they were made in.
	Replica string `json:"replica"`
	// Acknowledged is the number up to which the answers have arrived here.
	Acknowledged int64      `json:"acknowledged"`
	Mutations    []Mutation `json:"mutations"`
}

// Mutation is one edit of one row.
type Mutation struct {
	// Number counts the mutations of a replica from 1, without gaps.
	Number int64 `json:"number"`
	// Key is a UUID of the edit itself: sent twice, under whatever number, it takes effect once.
	Key string `json:"key"`
	Op  Enum   `json:"op"`
	// Kind is campaign, template, list, blacklist, contact, entry or lead.
	Kind Kind `json:"kind"`
	// ID is the plain UUID of what is edited; Item that of the list, blacklist or campaign of a row.
	ID   string `json:"id"`
	Item string `json:"item,omitempty"`
	// Base is the version that the person saw; Mine are later ones that this replica made itself.
	Base int64   `json:"base"`
	Mine []int64 `json:"mine,omitempty"`
	// Seen is what the person saw: changed_at of that version, and the digests (Seen) of the fields that change, further
	// fields of a contact as fields.<name>.
	Seen json.RawMessage `json:"seen,omitempty"`
	// Fields are those that change, by the mirror's names.
	Fields json.RawMessage `json:"fields,omitempty"`
}

// Seen is the digest by which a mutation says what the value of a field was: the first 8 bytes of its SHA-256, in
// base64url without padding. That of a set of ids is of these in order, with commas between.
func Seen(value string) string {
	sum := sha256.Sum256([]byte(value))
	return base64.RawURLEncoding.EncodeToString(sum[:8])
}

// Pushed is the answer to a push.
type Pushed struct {
	// Last is the number of the replica's last mutation that the server knows.
	Last    int64    `json:"last"`
	Results []Result `json:"results"`
}

// Result is what became of one mutation.
type Result struct {
	Number int64 `json:"number"`
	State  Enum  `json:"state"`
	// Version is the row's after it; 0 where there is none.
	Version int64 `json:"version"`
	// Code, Message and Field say why a mutation was refused.
	Code    Code   `json:"code"`
	Message string `json:"message"`
	Field   string `json:"field"`
	// Conflicts are fields that somebody else had changed, and which stay as they are.
	Conflicts []string `json:"conflicts"`
	// Into is the row that a new one became part of, where that is another.
	Into string `json:"into"`
}

// Check says whether the answer can be one to the push: results are of what was sent, in order, from its first on.
func (p *Pushed) Check(push Push) error {
	if p.Last < 0 || len(p.Results) > len(push.Mutations) {
		return fmt.Errorf("the server answered what was not asked")
	}
	for i, r := range p.Results {
		if r.Number != push.Mutations[i].Number {
			return fmt.Errorf("the server answered what was not asked")
		}
		if r.State != Applied && r.State != Merged && r.State != Refused {
			return fmt.Errorf("the server gave the unknown result %q", clip(string(r.State)))
		}
	}
	return nil
}
