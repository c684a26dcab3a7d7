package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// place is a database with an account, on which nodes run a kind of job: "count" makes parts 1, 2, 3, … of its input,
// one a step, each as an item that is named after job and part.
type place struct {
	*testing.T
	*librarytest.Account
	store  *store.Store
	broker *fanout.Broker
	// before is called with each part, inside its transaction.
	before func(name, part int64) error
	// denied is why nobody may have a job done again; nil where one may.
	denied error
}

func (p *place) mayRepeat(context.Context, *feed.Tx, *ent.Job) error { return p.denied }

func eachPlace(t *testing.T, f func(p *place)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f(&place{T: t, Account: librarytest.New(t, s), store: s, broker: fanout.New(), before: func(int64, int64) error { return nil }})
	})
}

// node runs a node until the returned function is called.
func (p *place) node() (*jobs.Queue, func()) {
	q := jobs.New(p.store, feed.New(p.store, p.broker), p.broker, jobs.Config{Log: slog.New(slog.NewTextHandler(p.Output(), nil))})
	q.Handle("count", p.count, p.mayRepeat)
	ctx, cancel := context.WithCancel(p.Context())
	done := make(chan error, 1)
	go func() { done <- q.Run(ctx) }()
	stop := sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			p.Errorf("the queue ended with %v", err)
		}
	})
	p.Cleanup(stop)
	return q, stop
}

// task is the input of a job of the tests.
type task struct{ Name, Total int64 }

func (p *place) count(ctx context.Context, tx *feed.Tx, j jobs.Job) (jobs.Step, error) {
	var what task
	if err := json.Unmarshal(j.What, &what); err != nil {
		return jobs.Step{}, err
	}
	if j.Part != nil { // of a retry: the parts that failed
		for _, part := range j.Part {
			if err := p.mark(ctx, tx, what.Name, "again "+string(part)); err != nil {
				return jobs.Step{}, err
			}
		}
		return jobs.Step{Checkpoint: j.Checkpoint, Done: int64(len(j.Part)), Outcome: map[string]int64{"again": 1}, More: true}, nil
	}
	part := int64(1)
	if j.Checkpoint != "" {
		part, _ = strconv.ParseInt(j.Checkpoint, 10, 64)
	}
	if part > what.Total {
		return jobs.Step{Checkpoint: j.Checkpoint}, nil
	}
	if err := p.before(what.Name, part); err != nil {
		return jobs.Step{}, err
	}
	s := jobs.Step{Checkpoint: strconv.FormatInt(part+1, 10), Done: 1, Outcome: map[string]int64{"counted": 1}, More: part < what.Total}
	if part == 3 {
		s.Done, s.Failures = 0, []jobs.Failure{{What: 3, Label: fault.New(fault.Invalid, "Part %d", 3), Reason: fault.New(fault.Invalid, "Three is no good.")}}
	}
	return s, p.mark(ctx, tx, what.Name, strconv.FormatInt(part, 10))
}

// mark leaves a line that tells what was done, in the order of the history.
func (p *place) mark(_ context.Context, tx *feed.Tx, name int64, part string) error {
	tx.Note(audit.Line{Verb: "counted", Detail: map[string]string{"what": fmt.Sprintf("%d %s", name, part)}})
	return nil
}

func (p *place) add(q *jobs.Queue, name, total int64) uuid.UUID {
	p.Helper()
	var id uuid.UUID
	p.Write(p, func(ctx context.Context, tx *feed.Tx) (err error) {
		id, err = q.Add(ctx, tx, jobs.Request{Kind: "count", What: task{name, total}, Total: total})
		return err
	})
	q.Wake()
	return id
}

// await waits until a job has ended, woken as a subscriber is.
func (p *place) await(id uuid.UUID) *ent.Job {
	p.Helper()
	woken, stop := p.broker.Listen(id)
	defer stop()
	ctx, cancel := context.WithTimeout(p.Context(), 2*time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		j, err := p.store.Client().Job.Get(p.System, id)
		if err != nil {
			p.Fatal(err)
		}
		if j.FinishedAt > 0 {
			return j
		}
		select {
		case <-ctx.Done():
			p.Fatalf("the job has not ended: %v", j)
		case <-woken:
		case <-tick.C:
		}
	}
}

// counted returns what was done, in order.
func (p *place) counted() []string {
	p.Helper()
	rows, err := p.store.Client().AuditEvent.Query().Where(auditevent.Verb("counted")).Order(auditevent.ByNumber()).All(p.System)
	if err != nil {
		p.Fatal(err)
	}
	var all []string
	for _, r := range rows {
		detail, err := audit.Details(r)
		if err != nil {
			p.Fatal(err)
		}
		all = append(all, detail["what"])
	}
	return all
}

func TestQueue(t *testing.T) {
	eachPlace(t, func(p *place) {
		q, stop := p.node()
		p.Run("runs jobs of an account in their order, each part once", func(*testing.T) {
			first, second := p.add(q, 1, 4), p.add(q, 2, 2)
			j := p.await(second)
			if j.State != job.StateDone || j.Done != 2 {
				p.Errorf("the second job is %v", j)
			}
			if j = p.await(first); j.State != job.StateDone || j.Done != 3 || j.Failed != 1 || j.Outcome != `{"counted":4}` {
				p.Errorf("the first job is %v", j)
			}
			failures := p.store.Client().JobFailure.Query().AllX(p.System)
			if len(failures) != 1 || failures[0].What != "3" || fault.Kept(failures[0].Reason).Message != "Three is no good." || fault.Kept(failures[0].Label).Message != "Part 3" || failures[0].JobID != first {
				p.Errorf("the failures are %v", failures)
			}
			if got, want := p.counted(), []string{"1 1", "1 2", "1 3", "1 4", "2 1", "2 2"}; !slices.Equal(got, want) {
				p.Errorf("counted %v instead of %v", got, want)
			}
		})
		p.Run("a fault ends a job with its sentence, and the next one goes on", func(*testing.T) {
			p.before = func(name, part int64) error {
				if name == 3 && part == 2 {
					return fault.New(fault.Conflict, "Two is too many.")
				}
				return nil
			}
			bad, good := p.add(q, 3, 5), p.add(q, 4, 1)
			if j := p.await(bad); j.State != job.StateFailed || fault.Kept(j.Reason).Message != "Two is too many." || j.Done != 1 {
				p.Errorf("the job with the fault is %v", j)
			}
			if j := p.await(good); j.State != job.StateDone {
				p.Errorf("the job after it is %v", j)
			}
		})
		p.Run("another error is tried again", func(*testing.T) {
			failed := false
			p.before = func(int64, int64) error {
				if !failed {
					failed = true
					return errors.New("the disk is on fire")
				}
				return nil
			}
			held, behind := p.add(q, 5, 1), p.add(q, 7, 1)
			p.await(behind)
			if j := p.await(held); j.State != job.StateDone || j.Tries != 0 {
				p.Errorf("the job is %v", j)
			}
			if got := p.counted(); !slices.Equal(got[len(got)-2:], []string{"5 1", "7 1"}) {
				p.Errorf("a job overtook one that waited for another try: %v", got)
			}
		})
		p.Run("a cancelled job keeps what was applied and does no more", func(*testing.T) {
			reached, goOn := make(chan struct{}), make(chan struct{})
			p.before = func(_, part int64) error {
				if part == 2 {
					close(reached)
					<-goOn
				}
				return nil
			}
			id := p.add(q, 6, 1000)
			<-reached
			done := make(chan error, 1)
			go func() { done <- q.Cancel(p.Owner, id) }()
			close(goOn)
			if err := <-done; err != nil {
				p.Fatal(err)
			}
			j := p.await(id)
			stop() // no step is under way any more
			var made int64
			for _, what := range p.counted() {
				if what[0] == '6' {
					made++
				}
			}
			if err := q.Cancel(p.Owner, id); !fault.Is(err, fault.Conflict) {
				p.Errorf("cancelled twice: %v", err)
			}
			if j.State != job.StateCancelled || made != j.Done+j.Failed || made >= 1000 {
				p.Errorf("the job is %v, and %d parts were made", j, made)
			}
		})
	})
}

// TestRetry has a job do what another one left.
func TestRetry(t *testing.T) {
	eachPlace(t, func(p *place) {
		q, _ := p.node()
		first := p.add(q, 1, 5)
		p.await(first)
		p.denied = fault.New(fault.Denied, "No more.")
		if _, err := q.Retry(p.Owner, first); !fault.Is(err, fault.Denied) {
			p.Errorf("retried without the right: %v", err)
		}
		p.denied = nil
		again, err := q.Retry(p.Owner, first)
		if err != nil {
			p.Fatal(err)
		}
		if j := p.await(again); j.State != job.StateDone || j.Done != 1 || j.Total != 1 || j.Outcome != `{"again":1}` || *j.RetryOf != first {
			p.Errorf("the retry of what failed is %v", j)
		}
		p.before = func(_, part int64) error {
			if part == 5 {
				return fault.New(fault.Invalid, "Five is no good.")
			}
			return nil
		}
		second := p.add(q, 2, 6)
		if j := p.await(second); j.State != job.StateFailed || j.Done != 3 || j.Failed != 1 {
			p.Errorf("the job that fails is %v", j)
		}
		p.before = func(_, _ int64) error { return nil }
		if again, err = q.Retry(p.Owner, second); err != nil {
			p.Fatal(err)
		}
		if j := p.await(again); j.State != job.StateDone || j.Done != 3 || j.Total != 3 {
			p.Errorf("the retry of what failed and what was left is %v", j)
		}
		want := []string{"1 1", "1 2", "1 3", "1 4", "1 5", "1 again 3", "2 1", "2 2", "2 3", "2 4", "2 again 3", "2 5", "2 6"}
		if got := p.counted(); !slices.Equal(got, want) {
			p.Errorf("counted %v instead of %v", got, want)
		}
		if err := q.Forget(p.System, 1); err != nil || p.store.Client().Job.Query().CountX(p.System) != 4 {
			p.Errorf("what ended after the moment is forgotten: %v", err)
		}
		for name, id := range map[string]uuid.UUID{"retried already": second, "with nothing left": again} {
			if _, err := q.Retry(p.Owner, id); !fault.Is(err, fault.Conflict) {
				p.Errorf("a job %s: %v", name, err)
			}
		}
		for _, who := range []context.Context{p.Manager, p.Member} {
			if _, err := q.Retry(who, first); !fault.Is(err, fault.NotFound) {
				p.Errorf("somebody else's job is retried: %v", err)
			}
			if err := q.Cancel(who, first); !fault.Is(err, fault.NotFound) {
				p.Errorf("somebody else's job is cancelled: %v", err)
			}
		}
	})
}
