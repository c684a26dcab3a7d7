package graph

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/jobs"
)

// progressEvery is how often a job that another node works on is looked at; of this node's one hears at once.
const progressEvery = time.Second

// progress sends a job at once and then whenever it has moved, until it has ended, is no longer the viewer's to see, or
// the connection ends. A follower that reads slowly misses steps and not the end.
func (r *Resolver) progress(ctx context.Context, id uuid.UUID) (<-chan *read.Job, error) {
	woken, stop := r.Broker.Listen(id)
	j, err := r.Read.Job(ctx, id)
	if err != nil {
		stop()
		return nil, err
	}
	out := make(chan *read.Job)
	go func() {
		defer stop()
		defer close(out)
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		var sent seenJob
		for {
			if now := seenOf(j); now != sent {
				select {
				case out <- j:
					sent = now
				case <-ctx.Done():
					return
				}
			}
			if jobs.Ended(j.Job) {
				return
			}
			select {
			case <-ctx.Done():
				return
			case <-woken:
			case <-tick.C:
			}
			again, err := r.progressed(ctx, id)
			if err == nil {
				j = again
			} else if fault.Is(err, fault.NotFound) {
				return
			}
		}
	}()
	return out, nil
}

// progressed reads a job with the viewer's rights as they are now.
func (r *Resolver) progressed(ctx context.Context, id uuid.UUID) (*read.Job, error) {
	now, err := r.Identity.Refresh(ctx)
	if err != nil {
		return nil, err
	}
	return r.Read.Job(now, id)
}

// seenJob is what of a job a follower is told of.
type seenJob struct {
	state               string
	total, done, failed int64
	finished            instant.Instant
}

func seenOf(j *read.Job) seenJob {
	return seenJob{string(j.State), j.Total, j.Done, j.Failed, j.Job.FinishedAt}
}
