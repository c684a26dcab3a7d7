package read

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/ent/jobfailure"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/sharing"
)

// Job is long work that was asked for. What is not on its own row is loaded for all of a page at once.
type Job struct {
	*ent.Job
	page *jobPage
}

// jobPage is what the jobs of one page share.
type jobPage struct {
	reader *Reader
	people func(context.Context) (map[uuid.UUID]*Collaborator, error)
	items  func(context.Context) (map[uuid.UUID]Item, error)
	// followed are the jobs that another one retries or undoes.
	followed func(context.Context) (map[uuid.UUID]bool, error)
	locale   func(context.Context) (user.Locale, error)
}

// IsNode marks the type as a Node.
func (*Job) IsNode() {}

// ID returns the API's id.
func (j *Job) ID() string { return GlobalID(JobID, j.Job.ID) }

// Kind returns what sort of work it is.
func (j *Job) Kind() jobs.Kind { return jobs.Kind(j.Job.Kind) }

// Left returns how many parts were not looked at.
func (j *Job) Left() int64 { return max(0, j.Total-j.Done-j.Failed) }

// StartedAt returns when its first step began, nil before.
func (j *Job) StartedAt() *instant.Instant { return moment(j.Job.StartedAt) }

// FinishedAt returns when it ended, nil before.
func (j *Job) FinishedAt() *instant.Instant { return moment(j.Job.FinishedAt) }

// Reason returns why it was given up, in the reader's language.
func (j *Job) Reason(ctx context.Context) string { return kept(ctx, j.Job.Reason) }

// Speed returns how many parts a second were looked at since it began.
func (j *Job) Speed() float64 {
	until := j.page.reader.clock()
	if jobs.Ended(j.Job) {
		until = j.Job.FinishedAt
	}
	took := until.Sub(j.Job.StartedAt)
	if j.Job.StartedAt == 0 || took <= 0 {
		return 0
	}
	return float64(j.Done+j.Failed) / took.Seconds()
}

// SecondsLeft returns how long it will take at that speed, nil where that is not known.
func (j *Job) SecondsLeft() *int {
	speed := j.Speed()
	if jobs.Ended(j.Job) || speed == 0 {
		return nil
	}
	left := int(time.Duration(float64(j.Left())/speed*float64(time.Second)).Seconds() + 0.999)
	return &left
}

// MayCancel is whether cancelling would end it.
func (j *Job) MayCancel() bool { return !jobs.Ended(j.Job) }

// MayRetry is whether a retry would do anything.
func (j *Job) MayRetry(ctx context.Context) (bool, error) {
	if !jobs.Ended(j.Job) || j.Total == j.Done {
		return false, nil
	}
	followed, err := j.page.followed(ctx)
	return !followed[j.Job.ID], err
}

// MayUndo is whether an undo would take anything back, as far as is known without looking at every pair.
func (j *Job) MayUndo(ctx context.Context) (bool, error) {
	v, err := sharing.From(ctx)
	if err != nil || !v.Owner() || j.Kind() != jobs.CampaignAccess || !jobs.Ended(j.Job) {
		return false, err
	}
	counts, err := j.counts()
	if err != nil {
		return false, err
	}
	changed := int64(0)
	for _, name := range []string{"added", "removed", "round_robin_on", "round_robin_off", "restored"} {
		changed += counts[name]
	}
	if changed == 0 {
		return false, nil
	}
	undone, err := j.page.reader.store.Client().Job.Query().Where(job.UndoOf(j.Job.ID), job.StateNEQ(job.StateFailed)).Exist(ctx)
	return !undone, err
}

func (j *Job) counts() (map[string]int64, error) {
	counts := make(map[string]int64)
	err := json.Unmarshal([]byte(j.Job.Outcome), &counts)
	return counts, err
}

// AskedBy returns who asked, nil where they are gone.
func (j *Job) AskedBy(ctx context.Context) (*Collaborator, error) {
	if j.Job.AskedBy == nil {
		return nil, nil
	}
	people, err := j.page.people(ctx)
	return people[*j.Job.AskedBy], err
}

// Item returns the item it works on, nil where it is not one that the viewer sees.
func (j *Job) Item(ctx context.Context) (Item, error) {
	if j.ItemID == nil {
		return nil, nil
	}
	items, err := j.page.items(ctx)
	return items[*j.ItemID], err
}

// RetryOf returns the job whose rest it does, nil if none that the viewer sees.
func (j *Job) RetryOf(ctx context.Context) (*Job, error) { return j.other(ctx, j.Job.RetryOf) }

// UndoOf returns the job that it undoes, nil if none that the viewer sees.
func (j *Job) UndoOf(ctx context.Context) (*Job, error) { return j.other(ctx, j.Job.UndoOf) }

func (j *Job) other(ctx context.Context, id *uuid.UUID) (*Job, error) {
	if id == nil {
		return nil, nil
	}
	other, err := j.page.reader.Job(ctx, *id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return other, err
}

// JobFailure is a part of a job that could not be done.
type JobFailure struct{ *ent.JobFailure }

// Label returns which part it is, in the reader's language.
func (f *JobFailure) Label(ctx context.Context) string { return kept(ctx, f.JobFailure.Label) }

// Reason returns why it could not be done, in the reader's language.
func (f *JobFailure) Reason(ctx context.Context) string { return kept(ctx, f.JobFailure.Reason) }

func kept(ctx context.Context, sentence string) string {
	return fault.Kept(sentence).In(caller.Locale(ctx))
}

// The connections of jobs.
type (
	JobConnection        = Page[*Job]
	JobEdge              = Edge[*Job]
	JobFailureConnection = Page[*JobFailure]
	JobFailureEdge       = Edge[*JobFailure]
)

func (r *Reader) newJobs(rows []*ent.Job) []*Job {
	from := r.source()
	p := &jobPage{reader: r}
	p.people = once(from, func(ctx context.Context) (map[uuid.UUID]*Collaborator, error) {
		found, err := from.Collaborator.Query().Where(collaborator.IDIn(pointed(rows, func(j *ent.Job) *uuid.UUID { return j.AskedBy })...)).All(ctx)
		return byID(as(r.clock.person)(found),
			func(c *Collaborator) uuid.UUID { return c.Collaborator.ID }), err
	})
	p.items = once(from, func(ctx context.Context) (map[uuid.UUID]Item, error) {
		found, err := from.Item.Query().Where(item.IDIn(pointed(rows, func(j *ent.Job) *uuid.UUID { return j.ItemID })...)).All(ctx)
		items := make(map[uuid.UUID]Item, len(found))
		for i, it := range newItems(from, found) {
			items[found[i].ID] = it
		}
		return items, err
	})
	p.followed = once(from, func(ctx context.Context) (map[uuid.UUID]bool, error) {
		ids := pointed(rows, func(j *ent.Job) *uuid.UUID { return &j.ID })
		found, err := from.Job.Query().Where(job.Or(job.RetryOfIn(ids...), job.UndoOfIn(ids...))).All(ctx)
		followed := make(map[uuid.UUID]bool)
		for _, j := range found {
			for _, id := range []*uuid.UUID{j.RetryOf, j.UndoOf} {
				if id != nil {
					followed[*id] = true
				}
			}
		}
		return followed, err
	})
	p.locale = once(from, func(ctx context.Context) (user.Locale, error) {
		me, err := from.User.Query().Select(user.FieldLocale).Only(ctx)
		if err != nil {
			return "", err
		}
		return me.Locale, nil
	})
	return as(func(j *ent.Job) *Job { return &Job{j, p} })(rows)
}

// pointed returns the ids that rows point to.
func pointed[R any](rows []R, to func(R) *uuid.UUID) []uuid.UUID {
	var ids []uuid.UUID
	for _, row := range rows {
		if id := to(row); id != nil {
			ids = append(ids, *id)
		}
	}
	return ids
}

// Job returns a job by its uuid, or the NotFound fault.
func (r *Reader) Job(ctx context.Context, id uuid.UUID) (*Job, error) {
	row, err := r.store.Client().Job.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("job")
	}
	if err != nil {
		return nil, fmt.Errorf("reading a job: %w", err)
	}
	return r.newJobs([]*ent.Job{row})[0], nil
}

// Jobs reads a page of jobs, newest first; open restricts them to those that have not ended, or have.
func (r *Reader) Jobs(ctx context.Context, open *bool, w Window) (*Page[*Job], error) {
	q := r.store.Client().Job.Query()
	if open != nil {
		running := job.StateIn(job.StateQueued, job.StateRunning)
		if !*open {
			running = job.Not(running)
		}
		q.Where(running)
	}
	return page(ctx, r.sealer, listing[*ent.Job, *Job]{
		ordering: ordering{"jobs", []string{job.FieldNumber}, true},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.Job, error) {
			return q.Clone().Where(apply).All(ctx)
		},
		key:     func(j *ent.Job) []any { return []any{j.Number} },
		present: r.newJobs,
		count:   func(ctx context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}

// JobFailures reads a page of the parts of a job that could not be done.
func (r *Reader) JobFailures(ctx context.Context, of *Job, w Window) (*Page[*JobFailure], error) {
	q := r.store.Client().JobFailure.Query().Where(jobfailure.JobID(of.Job.ID))
	return page(ctx, r.sealer, listing[*ent.JobFailure, *JobFailure]{
		ordering: ordering{"failures of " + of.ID(), []string{jobfailure.FieldNumber}, false},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]*ent.JobFailure, error) {
			return q.Clone().Where(apply).All(ctx)
		},
		key:     func(f *ent.JobFailure) []any { return []any{f.Number} },
		present: as(func(f *ent.JobFailure) *JobFailure { return &JobFailure{f} }),
		count:   func(ctx context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}
