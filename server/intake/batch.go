package intake

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
)

const (
	// mostAtOnce is how many leads one transaction takes.
	mostAtOnce = 256
	// mostWaiting is how many leads of an account wait on a node; more are told to come back.
	mostWaiting = 4096
	// patience is how long a transaction of leads may take, however soon their senders go away.
	patience = 30 * time.Second
)

// line is the leads of one account that wait for a transaction on this node.
type line struct{ waiting []*waiter }

type waiter struct {
	*arrival
	// turn tells that the waiter is to write for all that wait (true), or that its own lead is settled (false).
	turn chan bool
}

// join has a lead stored together with those that wait at the same time, in one transaction: a commit costs the same
// for one and for many. Nobody waits for more to come. Whoever finds nobody writing writes at once; those who come
// meanwhile wait, and when the transaction ends the first of them writes for all. It returns when the lead is
// settled, also where ctx ends before.
func (in *Intake) join(ctx context.Context, account uuid.UUID, a *arrival) error {
	me := &waiter{a, make(chan bool, 1)}
	in.mu.Lock()
	l, writing := in.lines[account]
	if !writing {
		l = &line{}
		in.lines[account] = l
	}
	if len(l.waiting) >= mostWaiting {
		in.mu.Unlock()
		f := fault.New(fault.Unavailable, "The server is too busy to store this now. Try again in a moment.")
		f.RetryAfter = time.Second
		return f
	}
	l.waiting = append(l.waiting, me)
	in.mu.Unlock()
	if writing && !<-me.turn {
		return a.err
	}
	in.write(ctx, account, l)
	return a.err
}

// write settles the leads that wait in a line, as many as fit, and hands the line on.
func (in *Intake) write(ctx context.Context, account uuid.UUID, l *line) {
	in.mu.Lock()
	n := min(len(l.waiting), mostAtOnce)
	some := l.waiting[:n:n]
	l.waiting = l.waiting[n:]
	in.mu.Unlock()
	all := make([]*arrival, n)
	for i, w := range some {
		all[i] = w.arrival
		w.err = errInterrupted // until it is known
	}
	defer func() { // also where the transaction panics: the others must not wait for ever
		in.mu.Lock()
		if len(l.waiting) > 0 {
			l.waiting[0].turn <- true
		} else {
			delete(in.lines, account)
		}
		in.mu.Unlock()
		for _, w := range some[1:] {
			w.turn <- false
		}
	}()
	in.settle(ctx, account, all)
}

var errInterrupted = errors.New("intake: the transaction was interrupted")

// settle stores leads in one transaction. Where the database refuses it for what is in it, each lead has a
// transaction of its own, so that one cannot hinder the others.
func (in *Intake) settle(ctx context.Context, account uuid.UUID, all []*arrival) {
	// Whose lead it is that goes first must not decide when the others' transaction ends.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	err := in.feed.Write(ctx, account, func(ctx context.Context, tx *feed.Tx) error { return in.place(ctx, tx, all) })
	if err == nil {
		return
	}
	for _, a := range all {
		a.received, a.err = Received{}, err
	}
	if len(all) > 1 && fault.As(err) == nil && ctx.Err() == nil {
		for i := range all {
			in.settle(ctx, account, all[i:i+1])
		}
	}
}
