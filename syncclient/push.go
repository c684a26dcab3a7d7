package syncclient

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// sender is what a follower remembers of sending edits. A failure holds back edits alone: what comes down goes on.
type sender struct {
	backoff transport.Backoff
	until   time.Time // not before
	err     error     // of the last try; nil after a success
	looked  time.Time // for edits
	due     bool      // there may be something to send, or to carry out
	most    int       // edits at once; 0 for the usual number
}

// unstuck is for how long edits wait after an answer that trying again soon does not mend.
const unstuck = 10 * time.Minute

// push sends the next batch of edits, one at a time: its answer is written down before anything else is asked for, so
// that no page is applied which was read before the edits took effect.
func (f *Follower) push(ctx context.Context) trigger {
	if due, err := f.editsDue(ctx); err != nil {
		return f.giveLocal(err)
	} else if !due {
		return idle
	}
	if err := f.attend(ctx); err != nil {
		return f.giveLocal(err)
	}
	batch, err := f.mirror.Outgoing(ctx, cmp.Or(f.send.most, protocol.MutationsPerPush))
	if err != nil {
		return f.giveLocal(err)
	}
	if len(batch.Mutations) == 0 {
		f.send = sender{looked: f.send.looked}
		return idle
	}
	f.fill.cancel()
	said, err := f.server.Push(ctx, f.token, batch)
	if ctx.Err() != nil {
		return idle
	}
	switch code := protocol.CodeOf(err); {
	case code == protocol.Unauthenticated:
		return f.give(err)
	case code == protocol.Forked:
		return f.rebirth(ctx, mirror.ByCopy)
	case tooMuch(err) && len(batch.Mutations) > 1:
		f.send.most = len(batch.Mutations) / 2 // one of them may be what cannot be read
		return sent
	case code == protocol.BadInput, code == protocol.TooComplex:
		return f.giveUp(ctx, batch.Mutations[0], code, err)
	case err != nil:
		return f.holdEdits(err)
	}
	done, err := f.mirror.Answered(ctx, said.Results)
	if err != nil {
		return f.giveLocal(err)
	}
	f.tell(Pushed{Applied: done.Applied, Merged: done.Merged, Refused: done.Refused})
	f.tellChanges(answerChanges(batch.Mutations, said.Results), false)
	if said.Last < batch.Mutations[0].Number-1 { // there is a gap, however it came about
		return f.rebirth(ctx, mirror.ByLoss)
	}
	if len(said.Results) == 0 {
		return f.holdEdits(errors.New("the server took none of the edits"))
	}
	f.send = sender{looked: f.send.looked, due: true, most: min(2*f.send.most, protocol.MutationsPerPush)} // there may be more
	return sent
}

// editsDue reports whether there are edits to be sent now. It looks for them once in a while.
func (f *Follower) editsDue(ctx context.Context) (bool, error) {
	if !f.send.due && time.Since(f.send.looked) >= f.pace.edits {
		f.send.looked = time.Now()
		found, err := f.mirror.Edited(ctx)
		if err != nil {
			return false, err
		}
		f.send.due = found || f.send.err != nil
	}
	return f.send.due && !time.Now().Before(f.send.until), nil
}

// attend does what programs and people have asked for in the mirror.
func (f *Follower) attend(ctx context.Context) error {
	if _, err := f.mirror.Edited(ctx); err != nil { // which files have edits
		return err
	}
	decided, err := f.mirror.Resolve(ctx)
	f.tellChanges(rowsChanged(decided), false)
	if err != nil {
		return err
	}
	if err := f.carryOut(ctx); err != nil {
		return err
	}
	return f.mirror.Prepare(ctx)
}

// tooMuch reports whether an answer may be due to one edit among several, or to their size.
func tooMuch(err error) bool {
	code := protocol.CodeOf(err)
	var strange *transport.StrangeAnswer
	return code == protocol.BadInput || code == protocol.TooComplex || errors.As(err, &strange) && strange.Status == http.StatusRequestEntityTooLarge
}

// giveUp has one edit that the server cannot read wait for the person's eye, and not the others for it.
func (f *Follower) giveUp(ctx context.Context, one protocol.Mutation, code protocol.Code, why error) trigger {
	if string(one.Fields) == "{}" {
		return f.holdEdits(why) // it is not the content
	}
	if err := f.mirror.GiveUp(ctx, one.Number, code, why.Error()); err != nil {
		return f.giveLocal(err)
	}
	return sent
}

// holdEdits puts sending off.
func (f *Follower) holdEdits(err error) trigger {
	wait := f.send.backoff.Next(retryAfter(err))
	if !transport.Temporary(err) {
		wait = max(wait, unstuck)
	}
	f.send.until, f.send.err = time.Now().Add(wait), err
	f.tell(EditsWait{Err: err, For: wait})
	return idle
}

// rebirth goes on under a new replica id, where the server's numbers of this one are not the mirror's.
func (f *Follower) rebirth(ctx context.Context, why mirror.Reborn) trigger {
	if err := f.mirror.Rebirth(ctx); err != nil {
		return f.giveLocal(err)
	}
	return f.reborn(why)
}

func (f *Follower) reborn(why mirror.Reborn) trigger {
	f.tell(Reborn{Why: string(why)})
	f.send.due = true
	if wait := f.births.trip(string(why), time.Now()); wait > 0 {
		f.send.until = time.Now().Add(wait)
		f.send.err = fmt.Errorf("the server keeps forgetting this copy's edits (%s)", why)
	}
	return sent
}

// retryAfter is how long the server asks to wait; zero where it does not say.
func retryAfter(err error) time.Duration {
	if said := protocol.AsError(err); said != nil {
		return said.RetryAfter
	}
	return 0
}
