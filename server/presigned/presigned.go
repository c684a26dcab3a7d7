// Package presigned makes addresses of images that open by themselves, for some minutes: a program hands one to what
// fetches files for it, such as a download manager, and not its session's token.
//
// An address is no right. It names the session that was given it and the person whose eyes that has; whoever answers it
// looks at both as they are then, as with the token. It opens the image of one bucket and nothing else.
//
// What it says is sealed with a key of the installation, so every node opens what another gave, and nothing is stored.
// Where the key is lost or replaced, addresses are refused and asked for again.
package presigned

import (
	"encoding/binary"
	"net/url"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/seal"
)

// Path is what the path of an address begins with; the bucket's id follows.
const Path = "/image/"

// Parameter is the parameter of an address that holds what it says, sealed.
const Parameter = "sealed"

// Life is for how long a transfer can be begun with an address.
const Life = 15 * time.Minute

// What is wrong with an address: Reasons of the Denied fault.
const (
	// Expired: it was good, and is too old now.
	Expired = "ADDRESS_EXPIRED"
	// Foreign: it was altered, or given for something else or by another installation.
	Foreign = "ADDRESS_FOREIGN"
)

// Grant is what an address says.
type Grant struct {
	// Session was given it, and Collaborator is the person in the account that the session opened.
	Session, Collaborator uuid.UUID
}

// Addresses gives addresses and opens them. It is safe for concurrent use.
type Addresses struct {
	sealer *seal.Sealer
	now    func() time.Time
}

// New returns addresses that are sealed by s; now is the clock, nil for time.Now.
func New(s *seal.Sealer, now func() time.Time) *Addresses {
	if now == nil {
		now = time.Now
	}
	return &Addresses{s, now}
}

const (
	version = 1
	// size is that of what is sealed: with the nonce and the tag (24 and 16 bytes) it is a multiple of three, so that each
	// character of the parameter has six bits that count.
	size = 1 + 16 + 16 + 8
)

// Of returns the address of a bucket's image, a path with a query. bucket is its id in the API.
func (a *Addresses) Of(bucket string, g Grant) string {
	b := make([]byte, 0, size)
	b = append(b, version)
	b = append(b, g.Session[:]...)
	b = append(b, g.Collaborator[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(a.now().Add(Life).UnixMicro()))
	return Path + bucket + "?" + url.Values{Parameter: {a.sealer.Seal(scope(bucket), b)}}.Encode()
}

// Open returns what the address of a bucket's image says, by its parameter. Fault: Denied, with the Reason Expired or Foreign.
// That the seal is whole is found out in constant time.
func (a *Addresses) Open(bucket, sealed string) (g Grant, err error) {
	b, err := a.sealer.Open(scope(bucket), sealed)
	if err != nil || len(b) != size || b[0] != version {
		return g, refused(Foreign, "This address was not given for this list, or is not whole. Ask for another.")
	}
	end := time.UnixMicro(int64(binary.BigEndian.Uint64(b[33:])))
	if !a.now().Before(end) {
		return g, refused(Expired, "This address worked for %d minutes, which are over. Ask for another.", int(Life.Minutes()))
	}
	copy(g.Session[:], b[1:])
	copy(g.Collaborator[:], b[17:])
	return g, nil
}

func scope(bucket string) string { return "image/" + bucket }

func refused(reason, format string, args ...any) error {
	f := fault.New(fault.Denied, format, args...)
	f.Reason = reason
	return f
}
