// Package push takes what people wrote while their desktops had no contact: the mutations of a replica, one after the
// other.
//
// # What it guarantees
//
//   - Mutations of a replica have contiguous numbers and take effect in their order, each once. A mutation's effect,
//     its number and what is answered are one transaction, so that whoever does not know whether they were heard asks
//     again and is told the same. A mutation is known by its key and what it says, also under another replica of the
//     same person: a copy of a desktop's files does nothing twice.
//   - Who asks is looked at anew in each transaction. A mutation runs the commands that the API runs, with their
//     rights, limits and lines of history.
//   - What cannot be taken is refused with a reason, which takes its number too: nothing stands in the way of what
//     follows. What fails for the moment (a database that does not answer) leaves no trace.
//   - Nothing that is pushed lets anybody be mailed who must not be.
//
// DESIGN.md has the decisions and their price, syncclient/protocol/PROTOCOL.md the wire. The commands themselves are
// those of library, addressbook and followup.
package push

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/followup"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// MostMutations is how many mutations one request has.
const MostMutations = 100

// Request is what a replica pushes.
type Request struct {
	// Replica is the id that the desktop has given itself.
	Replica uuid.UUID
	// Acknowledged is the number up to which the answers have reached it.
	Acknowledged int64
	// Mutations are in the order of their numbers, at most MostMutations.
	Mutations []Mutation
}

// Mutation is one write.
type Mutation struct {
	// Number is its place among those of the replica, from 1.
	Number int64
	// Key is its own, whichever replica pushes it.
	Key uuid.UUID
	// Content is the rest, as JSON is decoded by package strictjson: op, kind, id, item, base, mine and fields. What is
	// wrong with it is a refusal of this mutation.
	Content map[string]any
}

// Answer is what became of a request.
type Answer struct {
	// Last is the number of the last mutation of the replica that is settled.
	Last int64 `json:"last"`
	// Results are those of the mutations up to the first whose number does not follow.
	Results []Result `json:"results"`
}

// Push holds what a push needs. It is safe for concurrent use.
type Push struct {
	store       *store.Store
	feed        *feed.Feed
	library     *library.Library
	addressbook *addressbook.Book
	desk        *followup.Desk
	standing    Standing
}

// Standing returns a context that acts as whoever asks, with what they may do as the transaction sees it, or the
// Unauthenticated fault where they may not come in any more: identity.Identity.Within.
type Standing func(ctx context.Context, tx *ent.Tx) (context.Context, error)

// New returns a Push over the commands.
func New(s *store.Store, f *feed.Feed, l *library.Library, b *addressbook.Book, d *followup.Desk, standing Standing) *Push {
	return &Push{s, f, l, b, d, standing}
}

// Push settles the mutations of a request, each in a transaction of its own, for the collaborator in the context. It
// stops at a number that does not follow on the one before. An error ends it, and those before stay: faults are
// Unauthenticated; Forked, where a number is settled with another mutation or no longer remembered; and Unavailable.
func (p *Push) Push(ctx context.Context, r Request) (Answer, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return Answer{}, err
	}
	answer := Answer{Results: []Result{}}
	if answer.Last, err = p.acknowledge(ctx, v, r); err != nil {
		return Answer{}, err
	}
	for _, m := range r.Mutations {
		result, err := p.settle(ctx, v, r.Replica, m)
		if err != nil {
			return Answer{}, err
		}
		if result == nil {
			break
		}
		answer.Last = max(answer.Last, m.Number)
		answer.Results = append(answer.Results, *result)
	}
	return answer, nil
}
