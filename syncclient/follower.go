package syncclient

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// ErrSignedOut says that the server has ended the session. The local copy stays as it is.
var ErrSignedOut = errors.New("the session has ended; sign in again")

// ErrErased says that the local copy was erased, since the server could not be reached for as long as the account lets
// a copy exist.
var ErrErased = errors.New("the server could not be reached for too long, so the local copy was erased as the account asks; sync again to fetch it")

// Follower keeps one mirror like the server: once by Sync, or all the time by Run. It holds the mirror until Close.
// Its methods are for one goroutine, but for Folder, Editor and Status.
type Follower struct {
	server *transport.Server
	token  string
	mirror *mirror.Mirror
	pace   pace

	notifying sync.Mutex
	notify    func(Event)

	// wake holds one token where something may have changed on the server.
	wake chan struct{}
	link link

	state   state
	err     error         // what led to the state, or to the last rest
	rest    time.Duration // how long to rest
	backoff transport.Backoff
	breaker breaker
	perPage int // entries of the workspace asked for at once
	rowsPer int
	fill    filler
	send    sender
	births  breaker   // of the replica
	indexed time.Time // when the full-text indexes were last brought up to date
	// rebuilds slows down a mirror whose main.db is lost again and again.
	rebuilds breaker
}

// pace says how often things happen. Tests make it faster.
type pace struct {
	// tick is how often a follower looks up while it waits; without the live connection it polls then.
	tick time.Duration
	// safety is how long it trusts the live connection before it polls all the same.
	safety time.Duration
	// edits is how often it looks for edits of other programs.
	edits time.Duration
	// settle is how long what was removed waits to be erased, together with what is removed meanwhile.
	settle time.Duration
}

func defaultPace() pace {
	return pace{tick: time.Minute, safety: 15 * time.Minute, edits: time.Second, settle: 5 * time.Second}
}

func newFollower(server *transport.Server, token string, m *mirror.Mirror, notify func(Event)) *Follower {
	if notify == nil {
		notify = func(Event) {}
	}
	f := &Follower{
		server: server, token: token, mirror: m, pace: defaultPace(), notify: notify,
		wake: make(chan struct{}, 1), state: pulling,
		perPage: protocol.EntriesPerPage, rowsPer: protocol.RowsPerPage,
		fill: filler{
			held: map[string]hold{}, buckets: map[string]*bucketWork{}, large: mirror.Large,
		},
		link: link{stands: make(chan protocol.Stand, 1)},
	}
	return f
}

// Folder returns the mirror's folder.
func (f *Follower) Folder() string { return f.mirror.Dir() }

// Editor edits the mirror. It may be used while the follower runs, also after Close.
func (f *Follower) Editor() *Editor { return mirror.Edit(f.mirror.Dir()) }

// Status reads what the mirror says of itself. It may be called while the follower runs.
func (f *Follower) Status(ctx context.Context) (Status, error) {
	return mirror.Inspect(ctx, f.mirror.Dir())
}

// closing is for how long Close carries out what was chosen: it opens the copy anew, and where that takes long, whoever ends
// the program should not have to wait.
const closing = 10 * time.Second

// Close ends the work on the mirror and lets other processes have it. What was chosen meanwhile, to be kept here or not, is
// carried out, unless that takes longer than ten seconds: the next process does it then. It is safe to call twice.
func (f *Follower) Close() error {
	f.fill.cancel()
	err := f.mirror.Close()
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	_, _ = carryOut(ctx, f.Editor(), f.mirror.Identity()) // what cannot be done now, the next process does
	return err
}

// patience is how many failures in a row Sync bears.
const patience = 5

// Sync brings the mirror up to date once. It returns nil when the mirror holds all that the server has told of;
// ErrSignedOut where the session is over; the last failure where five in a row did not pass, or where a list could
// not be completed. Whatever it returns, the mirror goes on from there the next time.
func (f *Follower) Sync(ctx context.Context) error {
	f.begin()
	for ctx.Err() == nil {
		switch {
		case f.state == current:
			if err := f.index(ctx); err != nil {
				return err
			}
			if _, err := f.mirror.Settle(ctx); err != nil { // last: also of what rows said before they were indexed anew
				return err
			}
			if f.lost() {
				f.state = pulling
				break
			}
			if len(f.fill.held) > 0 {
				return fmt.Errorf("%d of the lists could not be completed: %w", len(f.fill.held), f.fill.why())
			}
			if f.send.err != nil {
				return fmt.Errorf("edits could not be sent: %w", f.send.err)
			}
			return nil
		case f.state == resting && f.backoff.Failures() >= patience:
			return f.err
		}
		if done, err := f.turn(ctx); done {
			return err
		}
	}
	return ctx.Err()
}

// Run follows the server until ctx ends, which is no error, or until the session is over (ErrSignedOut) or something
// fails that trying again does not mend.
func (f *Follower) Run(ctx context.Context) error {
	f.begin()
	ctx, cancel := context.WithCancel(ctx)
	var linking sync.WaitGroup
	broke := make(chan any, 1) // a panic there, such as of who is told, goes on here
	linking.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				broke <- p
				cancel()
			}
		}()
		f.follow(ctx)
	})
	defer func() {
		cancel()
		linking.Wait()
		select {
		case p := <-broke:
			panic(p)
		default:
		}
	}()
	for ctx.Err() == nil {
		if done, err := f.turn(ctx); done {
			return err
		}
	}
	return nil
}

// begin starts from a pull, whatever was before.
func (f *Follower) begin() {
	f.state, f.err = pulling, nil
	f.backoff.Reset()
	f.fill.cancel() // it was asked for in another context
	clear(f.fill.held)
	f.send = sender{due: true}
}

// turn does what the state asks for and moves on by the table. True in the end.
func (f *Follower) turn(ctx context.Context) (bool, error) {
	var on trigger
	switch f.state {
	case pulling:
		on = f.pull(ctx)
	case pushing:
		on = f.push(ctx)
	case filling:
		on = f.fillOne(ctx)
	case current:
		on = f.await(ctx)
	case resting:
		on = f.sleep(ctx)
	}
	if ctx.Err() != nil {
		return false, nil
	}
	if on == broken && f.rebuilt(ctx) {
		on = moved
	}
	if f.lost() && (on == full || on == quiet) {
		on = moved
	}
	if on == full {
		if err := f.mirror.UpToDate(ctx); ctx.Err() != nil {
			return false, nil
		} else if err != nil {
			on = f.giveLocal(err)
		}
	}
	to, ok := next(f.state, on)
	if !ok {
		return true, fmt.Errorf("internal: %q while %s", on, f.state)
	}
	if to == f.state {
		return false, nil
	}
	f.state = to
	switch to {
	case resting:
		f.tell(Waiting{Err: f.err, For: f.rest})
	case ended:
		return true, ErrSignedOut
	case failed:
		return true, f.err
	case current:
		f.tell(UpToDate{At: time.Now(), Held: len(f.fill.held)})
	}
	return false, nil
}

// rebuilt makes the mirror's main.db anew where it was damaged or removed under way, unless that happens again and again.
func (f *Follower) rebuilt(ctx context.Context) bool {
	if !errors.Is(f.err, mirror.ErrDamaged) && !errors.Is(f.err, mirror.ErrRemoved) || f.rebuilds.trip("main.db", time.Now()) > 0 {
		return false
	}
	why := f.err
	f.fill.cancel()
	if err := f.mirror.Rebuild(ctx); err != nil {
		f.err = errors.Join(why, err)
		return false
	}
	f.send.due = true // what was chosen is carried out once more, before anything is fetched
	f.tell(Lost{Name: "main.db", Why: why})
	return true
}

// lost tells of lists whose files were lost, and reports whether there are any. One that is lost again and again is
// fetched more and more slowly.
func (f *Follower) lost() bool {
	losses := f.mirror.Losses()
	for _, l := range losses {
		f.fill.cancel()
		f.tell(Lost{Name: l.Name, Why: l.Why})
		f.slow(l.Bucket, l.Why.Error(), fmt.Errorf("%q keeps being lost: %w", l.Name, l.Why))
	}
	return len(losses) > 0
}

func (f *Follower) tell(e Event) {
	f.notifying.Lock()
	defer f.notifying.Unlock()
	f.notify(e)
}

// hint remembers that something may have changed. It never blocks.
func (f *Follower) hint() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// hinted takes a hint that waits.
func (f *Follower) hinted() bool {
	select {
	case <-f.wake:
		return true
	default:
		return false
	}
}

// give turns an error into the trigger that it stands for, as far as it is the same everywhere.
func (f *Follower) give(err error) trigger {
	f.err = err
	atLeast := retryAfter(err)
	switch {
	case protocol.CodeOf(err) == protocol.Unauthenticated:
		return signedOut
	case errors.Is(err, mirror.ErrDiskFull):
		atLeast = 30 * time.Second
	case !passing(err) && !transport.Temporary(err):
		return broken
	}
	f.rest = f.backoff.Next(atLeast)
	return trouble
}
