package matrix

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/store"
)

// What a job of campaign access counts beside the fields of Tally.
const (
	added, removed, joined, left = "added", "removed", "round_robin_on", "round_robin_off"
	unchanged, kept              = "unchanged", "kept"
	changedSince                 = "changed_since" // by hand, after the job was confirmed
	gone                         = "gone"          // people or campaigns that are not there any more
	restored                     = "restored"
)

// failedPair is a part of a job that could not be done, as a retry is given it.
type failedPair struct {
	// Person is a collaborator, or with Invited an invitation.
	Person   uuid.UUID `json:"person"`
	Invited  bool      `json:"invited,omitempty"`
	Campaign uuid.UUID `json:"campaign"`
}

// step does the next pairs of a job.
func (m *Matrix) step(ctx context.Context, tx *feed.Tx, j jobs.Job) (jobs.Step, error) {
	tx.ByJob = j.Number
	if j.UndoOf != uuid.Nil {
		return m.undo(ctx, tx, j)
	}
	var d Draft
	if err := json.Unmarshal(j.What, &d); err != nil {
		return jobs.Step{}, fmt.Errorf("reading a draft: %w", err)
	}
	if j.Part != nil {
		return m.repeat(ctx, tx, j, d)
	}
	at, err := parsePlace(j.Checkpoint)
	if err != nil {
		return jobs.Step{}, err
	}
	l := looker{tx.Tx, tx.Dialect, tx.Account}
	s, err := l.slice(ctx, d, at, m.size)
	if err != nil {
		return jobs.Step{}, err
	}
	step, err := m.apply(ctx, tx, j, d, s)
	step.Checkpoint, step.More = s.Next.String(), s.More
	return step, err
}

// repeat does pairs that failed before.
func (m *Matrix) repeat(ctx context.Context, tx *feed.Tx, j jobs.Job, d Draft) (jobs.Step, error) {
	step := jobs.Step{Checkpoint: j.Checkpoint, More: true, Outcome: make(map[string]int64)}
	l := looker{tx.Tx, tx.Dialect, tx.Account}
	pairs := make([]failedPair, len(j.Part))
	for i, part := range j.Part {
		if err := json.Unmarshal(part, &pairs[i]); err != nil {
			return jobs.Step{}, fmt.Errorf("reading a failed pair: %w", err)
		}
	}
	if err := l.lockPairs(ctx, pairs); err != nil {
		return jobs.Step{}, err
	}
	for _, p := range pairs {
		w, _ := d.wish(p.Campaign, nil)
		one := Draft{People: []uuid.UUID{p.Person}, Changes: map[uuid.UUID]Wish{p.Campaign: w}}
		if p.Invited {
			one.People, one.Invitations = nil, one.People
		}
		s, err := l.slice(ctx, one, place{}, m.size)
		if err != nil {
			return jobs.Step{}, err
		}
		done, err := m.apply(ctx, tx, j, one, s)
		if err != nil {
			return jobs.Step{}, err
		}
		step.Done, step.Failures = step.Done+done.Done, append(step.Failures, done.Failures...)
		for name, n := range done.Outcome {
			step.Outcome[name] += n
		}
	}
	return step, nil
}

// lockPairs locks the campaigns and people of all pairs in the order of locks, which one pair after the other is not.
func (l looker) lockPairs(ctx context.Context, pairs []failedPair) error {
	if l.dialect != dialect.Postgres {
		return nil
	}
	var s slice
	for _, p := range pairs {
		s.Campaigns = append(s.Campaigns, campaign{ID: p.Campaign})
		s.People = append(s.People, &person{ID: p.Person, Invited: p.Invited})
	}
	return l.lockRows(ctx, s)
}

// apply writes what becomes of a slice of a draft, after locking what it decides by, in the order of locks.
func (m *Matrix) apply(ctx context.Context, tx *feed.Tx, j jobs.Job, d Draft, s slice) (jobs.Step, error) {
	l := looker{tx.Tx, tx.Dialect, tx.Account}
	if tx.Dialect == dialect.Postgres { // SQLite has one writer
		if err := l.lock(ctx, &s); err != nil {
			return jobs.Step{}, err
		}
	}
	changes, err := l.decide(ctx, s, j)
	if err != nil {
		return jobs.Step{}, err
	}
	step := jobs.Step{Outcome: make(map[string]int64)}
	var t Tally
	var altered []change
	for _, c := range changes {
		_, named := d.Changes[c.campaign.ID]
		switch {
		case c.since:
			step.Outcome[changedSince]++
		case c.Kept && named:
			step.Failures = append(step.Failures, c.refused())
			c.Kept = false
			t.count(c.verdict, true) // they may have left the rotation
		default:
			t.count(c.verdict, c.after != c.before)
		}
		if c.after != c.before {
			altered = append(altered, c)
		}
	}
	names, err := l.deleted(ctx, s.Missing)
	if err != nil {
		return jobs.Step{}, err
	}
	for _, p := range s.People {
		if p == nil {
			step.Outcome[gone] += int64(len(s.Campaigns) + len(s.Missing))
			continue
		}
		for _, id := range s.Missing {
			why := fault.New(fault.NotFound, "The campaign has been deleted.")
			if name := names[id]; name != "" {
				why = fault.New(fault.NotFound, "The campaign “%s” has been deleted.", name)
			}
			step.Failures = append(step.Failures, jobs.Failure{What: failedPair{p.ID, p.Invited, id}, Label: named(p.Name), Reason: why})
		}
	}
	for name, n := range map[string]int64{added: t.Added, removed: t.Removed, joined: t.Joined, left: t.Left, unchanged: t.Unchanged, kept: t.Kept} {
		if n > 0 {
			step.Outcome[name] += n
		}
	}
	step.Done = int64(s.pairs()) - int64(len(step.Failures))
	if err := m.write(ctx, tx, altered); err != nil {
		return jobs.Step{}, err
	}
	tellChanged(tx, j, altered)
	return step, nil
}

// refused is the failure of a pair that was to lose access by name and keeps it.
func (c change) refused() jobs.Failure {
	why := fault.New(fault.Conflict, "%s made this campaign and keeps it.", c.person.Name)
	if c.person.Viewer.Owner() {
		why = fault.New(fault.Conflict, "%s is an owner and has access to everything.", c.person.Name)
	}
	return jobs.Failure{
		What:  failedPair{c.person.ID, c.person.Invited, c.campaign.ID},
		Label: named(c.campaign.Name), Reason: why,
	}
}

// named is a name as it stands.
func named(name string) *fault.Fault { return fault.New(fault.Conflict, "%s", name) }

// lock locks the campaigns and people of a slice, and reads them again: another writer may have committed meanwhile.
// What is gone by then is left to the next look: it becomes missing, or nil.
func (l looker) lock(ctx context.Context, s *slice) error {
	if err := l.lockRows(ctx, *s); err != nil {
		return err
	}
	return l.refresh(ctx, s)
}

func (l looker) lockRows(ctx context.Context, s slice) error {
	ids := make([]uuid.UUID, len(s.Campaigns))
	for i, c := range s.Campaigns {
		ids[i] = c.ID
	}
	if err := l.exec(ctx, `SELECT id FROM items WHERE id IN (`+store.IDs(l.dialect, "?1")+`) ORDER BY id FOR NO KEY UPDATE`, store.List(ids)); err != nil {
		return err
	}
	var collaborators, invited []uuid.UUID
	for _, p := range s.People {
		if p != nil && p.Invited {
			invited = append(invited, p.ID)
		} else if p != nil {
			collaborators = append(collaborators, p.ID)
		}
	}
	if err := l.exec(ctx, `SELECT id FROM collaborators WHERE id IN (`+store.IDs(l.dialect, "?1")+`) ORDER BY id FOR SHARE`, store.List(collaborators)); err != nil {
		return err
	}
	return l.exec(ctx, `SELECT id FROM invitations WHERE id IN (`+store.IDs(l.dialect, "?1")+`) ORDER BY id FOR UPDATE`, store.List(invited))
}

// refresh reads the campaigns and people of a slice as they are under their locks.
func (l looker) refresh(ctx context.Context, s *slice) error {
	ids := make([]uuid.UUID, len(s.Campaigns))
	for i, c := range s.Campaigns {
		ids[i] = c.ID
	}
	there, err := l.some(ctx, ids)
	if err != nil {
		return err
	}
	wishes := make(map[uuid.UUID]Wish, len(ids))
	for i, c := range s.Campaigns {
		wishes[c.ID] = s.Wishes[i]
	}
	s.Missing = append(s.Missing, missing(ids, there)...)
	s.Campaigns, s.Wishes = there, make([]Wish, len(there))
	for i, c := range there {
		s.Wishes[i] = wishes[c.ID]
	}
	var at []int // of those in again
	var collaborators, invited []uuid.UUID
	for _, wanted := range []bool{false, true} {
		for i, p := range s.People {
			if p == nil || p.Invited != wanted {
				continue
			}
			if at = append(at, i); wanted {
				invited = append(invited, p.ID)
			} else {
				collaborators = append(collaborators, p.ID)
			}
		}
	}
	again, err := l.people(ctx, collaborators, invited)
	for k, p := range again {
		s.People[at[k]] = p
	}
	return err
}

func (l looker) exec(ctx context.Context, query string, args ...any) error {
	return l.each(ctx, query, func(*sql.Rows) error { return nil }, args...)
}

// write stores what becomes of pairs, with as many statements for many as for one.
func (m *Matrix) write(ctx context.Context, tx *feed.Tx, changes []change) error {
	var edges, promises []change
	for _, c := range changes {
		if c.person.Invited {
			promises = append(promises, c)
		} else {
			edges = append(edges, c)
		}
	}
	if err := writePromises(ctx, tx, promises); err != nil {
		return err
	}
	return writeEdges(ctx, tx, edges)
}

func exec(ctx context.Context, tx *feed.Tx, query string, args ...any) error {
	if _, err := tx.ExecContext(ctx, store.Rebind(tx.Dialect, query), args...); err != nil {
		return fmt.Errorf("changing campaign access: %w", err)
	}
	return nil
}
