// Package jobs does the long work of accounts: queued, in small transactions, with progress.
//
// It guarantees:
//
//   - The jobs of one account run one after the other, in the order in which they were added. Those of
//     different accounts run at once.
//   - What a step does and the note that it is done are one transaction. However often a process is killed,
//     nothing is done twice and nothing is left out.
//   - Several nodes may work on one database. A node that has not finished a step before its claim ends
//     loses the job to another one, and what it still does of that step does not commit.
//   - A job that is cancelled keeps what was applied. No step commits after the cancellation.
//   - Each part that could not be done is kept with its reason, and [Queue.Retry] does those, and what a job did not
//     come to, as a new job.
//
// What a job does, and what its input means, is the business of the package that handles its kind.
package jobs

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
)

// Job is a job as its steps see it.
type Job struct {
	ID      uuid.UUID
	Account uuid.UUID
	// Number is 1, 2, 3, … in the account.
	Number int64
	// AfterSeq is the account's change number when the job was asked for.
	AfterSeq int64
	// AskedBy is the collaborator who asked; zero where they are gone or the server did.
	AskedBy uuid.UUID
	Kind    Kind
	// Item is the item it works on; zero where it is not one.
	Item uuid.UUID
	// UndoOf is the job that this one undoes; zero if none.
	UndoOf uuid.UUID
	// What is the kind's own input.
	What json.RawMessage
	// Checkpoint is what the step before has left; empty before the first.
	Checkpoint string
	// Part is the next of the job's parts; nil where there are none, or no more.
	Part []json.RawMessage
}

// Step is what one step has done.
type Step struct {
	// Checkpoint is for the next step.
	Checkpoint string
	// Done counts the parts that are as asked now, Failures are those that could not be done.
	Done     int64
	Failures []Failure
	// Outcome is added to the job's counts.
	Outcome map[string]int64
	// More is whether something is left to do. A step that was given a part need not say so.
	More bool
}

// Failure is a part of a job that could not be done.
type Failure struct {
	// What is the part as a retry is given it.
	What any
	// Label names the part, and Reason says why, for a person.
	Label, Reason *fault.Fault
}

// Handler does a step of a job in the transaction, which also records that it was done. It may run again where the
// database asks for that. A fault ends the job as failed with its sentence; other errors are tried again.
type Handler func(ctx context.Context, tx *feed.Tx, j Job) (Step, error)

// Right answers nil where the person in the context may have a job of the kind done again, and a fault otherwise.
type Right func(ctx context.Context, tx *feed.Tx, row *ent.Job) error

// Queue holds the jobs of all accounts. It is safe for concurrent use.
type Queue struct {
	store    *store.Store
	feed     *feed.Feed
	broker   *fanout.Broker
	handlers map[Kind]Handler
	rights   map[Kind]Right
	node     string
	now      func() time.Time
	log      *slog.Logger
	woken    chan struct{}
}

// Config is what a queue needs beside its parts. Its zero value is good.
type Config struct {
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Log receives what no caller waits for; nil discards it.
	Log *slog.Logger
}

// New returns a queue that handles no kinds yet. It wakes the broker's listeners to a job's id when it moves.
func New(s *store.Store, f *feed.Feed, b *fanout.Broker, c Config) *Queue {
	q := &Queue{
		store: s, feed: f, broker: b, handlers: make(map[Kind]Handler), rights: make(map[Kind]Right), node: uuid.NewString(),
		now: c.Now, log: c.Log, woken: make(chan struct{}, 1),
	}
	if q.now == nil {
		q.now = time.Now
	}
	if q.log == nil {
		q.log = slog.New(slog.DiscardHandler)
	}
	return q
}

// Handle says who does the jobs of a kind, and who may have them done again, of those who see them. Call it before Run.
func (q *Queue) Handle(kind Kind, h Handler, r Right) { q.handlers[kind], q.rights[kind] = h, r }

// Wake has Run look for jobs now. Call it after the commit that added one.
func (q *Queue) Wake() {
	select {
	case q.woken <- struct{}{}:
	default:
	}
}

func (q *Queue) instant() instant.Instant { return instant.Of(q.now()) }
