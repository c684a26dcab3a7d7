package matrix

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// Undo restores what a job of campaign access changed, where nothing has changed it since, as a new job, and returns
// its id. What an invitation has given by being accepted stays. A job that has not ended, was undone already, changed
// nothing, or is older than what the visibility log keeps, is a Conflict. Faults else: Denied, NotFound.
func (m *Matrix) Undo(ctx context.Context, id uuid.UUID) (undoing uuid.UUID, err error) {
	v, err := owner(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	err = m.feed.Write(ctx, v.Account, func(ctx context.Context, tx *feed.Tx) error {
		row, err := jobs.Lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := holdOwner(ctx, tx, v); err != nil {
			return err
		}
		if jobs.Kind(row.Kind) != jobs.CampaignAccess {
			return fault.New(fault.Conflict, "Only changes of campaign access can be undone.")
		}
		if !jobs.Ended(row) {
			return fault.New(fault.Conflict, "This has not ended yet; cancel it first.")
		}
		again, err := tx.Job.Query().Where(job.UndoOf(id), job.StateNEQ(job.StateFailed)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("looking for an undo: %w", err)
		}
		if again {
			return fault.New(fault.Conflict, "This was undone already.")
		}
		total, err := looker{tx.Tx, tx.Dialect, tx.Account}.changedBy(ctx, row.Number, row.AfterSeq)
		if err != nil {
			return err
		}
		if total == 0 {
			return fault.New(fault.Conflict, "Nothing of this is left to be undone.")
		}
		what := undone{Number: row.Number}
		if err := json.Unmarshal([]byte(row.What), &what); err != nil { // for its label
			return fmt.Errorf("reading a job: %w", err)
		}
		what.Number = row.Number
		undoing, err = m.queue.Add(ctx, tx, jobs.Request{
			Kind: jobs.CampaignAccess, AskedBy: v.Collaborator, UndoOf: id, What: what, Total: total,
		})
		tx.Note(audit.Line{Verb: audit.JobUndone, Actor: v.Collaborator, Detail: jobs.Told(row)})
		return err
	})
	if err == nil {
		m.queue.Wake()
	}
	return undoing, err
}

// undone is what an undo is told: the number of the job, and what that one was about.
type undone struct {
	Number int64 `json:"number"`
	Label  Label `json:"label"`
}

// changedBy returns how many pairs a job has changed, as far as is known, or a Conflict where that has been forgotten.
func (l looker) changedBy(ctx context.Context, number, confirmed int64) (n int64, err error) {
	var horizon int64
	err = l.each(ctx, `SELECT horizon,
			(SELECT count(*) FROM visibility_events WHERE account_id = ?1 AND job_number = ?2 AND job_number > 0)
			+ (SELECT count(*) FROM promises WHERE account_id = ?1 AND job_number = ?2 AND job_number > 0)
		FROM accounts WHERE id = ?1`, func(rows *sql.Rows) error { return rows.Scan(&horizon, &n) }, l.account, number)
	if err == nil && confirmed < horizon {
		err = fault.New(fault.Conflict, "This is too long ago to be undone.")
	}
	return n, err
}

// altered is one pair that a job changed.
type altered struct {
	pair
	before edge
	newer  bool
}

// undo restores the next pairs that a job changed.
func (m *Matrix) undo(ctx context.Context, tx *feed.Tx, j jobs.Job) (jobs.Step, error) {
	var what undone
	if err := json.Unmarshal(j.What, &what); err != nil {
		return jobs.Step{}, fmt.Errorf("reading what is undone: %w", err)
	}
	step := jobs.Step{Outcome: make(map[string]int64)}
	var at pair
	if j.Checkpoint == "" {
		if err := undoPromises(ctx, tx, what.Number, &step); err != nil {
			return jobs.Step{}, err
		}
	} else if err := json.Unmarshal([]byte(j.Checkpoint), &at); err != nil {
		return jobs.Step{}, fmt.Errorf("reading how far an undo is: %w", err)
	}
	l := looker{tx.Tx, tx.Dialect, tx.Account}
	from := at
	some, err := l.altered(ctx, what.Number, from, m.size)
	if err != nil {
		return jobs.Step{}, err
	}
	if len(some) > 0 {
		at = some[len(some)-1].pair
	}
	checkpoint, err := json.Marshal(at)
	if err != nil {
		return jobs.Step{}, fmt.Errorf("noting how far an undo is: %w", err)
	}
	step.Checkpoint, step.More, step.Done = string(checkpoint), len(some) == m.size, step.Done+int64(len(some))
	changes, err := l.restoring(ctx, tx, some, func() ([]altered, error) { return l.altered(ctx, what.Number, from, len(some)) }, step.Outcome)
	if err != nil {
		return jobs.Step{}, err
	}
	if err := writeEdges(ctx, tx, changes); err != nil {
		return jobs.Step{}, err
	}
	tellChanged(tx, j, changes)
	return step, nil
}

// altered returns the next n pairs that a job changed, each with what was before, and whether anything has changed
// it since.
func (l looker) altered(ctx context.Context, number int64, at pair, n int) (found []altered, err error) {
	err = l.each(ctx, `SELECT e.collaborator_id, e.item_id, e.before, e.before_round_robin, EXISTS (SELECT 1 FROM visibility_events later
				WHERE later.item_id = e.item_id AND later.collaborator_id = e.collaborator_id AND later.seq > e.seq)
			FROM visibility_events e WHERE e.account_id = ?1 AND e.job_number = ?2 AND e.job_number > 0
				AND (e.collaborator_id, e.item_id) > (?3, ?4) ORDER BY e.collaborator_id, e.item_id LIMIT ?5`,
		func(rows *sql.Rows) error {
			var a altered
			var before visibilityevent.Before
			err := rows.Scan(&a.Person, &a.Campaign, &before, &a.before.RoundRobin, &a.newer)
			if before != visibilityevent.BeforeAbsent {
				a.before.Level = access.Level(before)
			}
			found = append(found, a)
			return err
		}, l.account, number, at.Person, at.Campaign, n)
	return found, err
}

// edgesOf returns what people have on the campaigns of pairs.
func (l looker) edgesOf(ctx context.Context, some []altered) (map[pair]edge, error) {
	pairs := make([][2]uuid.UUID, len(some))
	for i, a := range some {
		pairs[i] = [2]uuid.UUID{a.Person, a.Campaign}
	}
	from := `json_each(?1) AS pair CROSS JOIN access ON access.collaborator_id = pair.value ->> 0 AND access.item_id = pair.value ->> 1`
	if l.dialect == dialect.Postgres {
		from = `json_array_elements(CAST(?1 AS json)) AS pair(value)
			JOIN access ON access.collaborator_id = (pair.value ->> 0)::uuid AND access.item_id = (pair.value ->> 1)::uuid`
	}
	found := make(map[pair]edge, len(some))
	err := l.each(ctx, `SELECT collaborator_id, item_id, level, round_robin FROM `+from, func(rows *sql.Rows) error {
		var p pair
		var e edge
		err := rows.Scan(&p.Person, &p.Campaign, &e.Level, &e.RoundRobin)
		found[p] = e
		return err
	}, store.List(pairs))
	return found, err
}

// restoring locks what pairs are about, reads them again, since somebody may have changed one meanwhile, and returns the
// changes that restore them.
func (l looker) restoring(ctx context.Context, tx *feed.Tx, some []altered, again func() ([]altered, error), outcome map[string]int64) ([]change, error) {
	var people, ids []uuid.UUID
	for _, a := range some {
		people, ids = append(people, a.Person), append(ids, a.Campaign)
	}
	people, ids = distinct(people), distinct(ids)
	s := slice{}
	var err error
	if s.Campaigns, err = l.some(ctx, ids); err != nil {
		return nil, err
	}
	s.Wishes = make([]Wish, len(s.Campaigns))
	if s.People, err = l.people(ctx, people, nil); err != nil {
		return nil, err
	}
	if tx.Dialect == dialect.Postgres {
		if err := l.lock(ctx, &s); err != nil {
			return nil, err
		}
		if some, err = again(); err != nil {
			return nil, err
		}
	}
	now, err := l.edgesOf(ctx, some)
	if err != nil {
		return nil, err
	}
	there := make(map[uuid.UUID]*campaign, len(s.Campaigns))
	for i := range s.Campaigns {
		there[s.Campaigns[i].ID] = &s.Campaigns[i]
	}
	who := make(map[uuid.UUID]*person, len(s.People))
	for _, p := range s.People {
		if p != nil {
			who[p.ID] = p
		}
	}
	var changes []change
	for _, a := range some {
		c := change{person: who[a.Person], campaign: there[a.Campaign], before: now[a.pair], after: a.before, restores: true}
		switch {
		case a.newer:
			outcome[changedSince]++
		case c.person == nil || c.campaign == nil:
			outcome[gone]++
		case c.before == c.after:
			outcome[unchanged]++
		default:
			c.verdict = c.compare()
			outcome[restored]++
			changes = append(changes, c)
		}
	}
	return changes, nil
}

// compare tells a change in the words of a verdict.
func (c change) compare() verdict {
	sees := func(e edge) bool {
		return c.person.Viewer.Level(sharing.State{Creator: c.campaign.Creator, Audience: c.campaign.Audience, Edge: e.Level}) != access.LevelNone
	}
	return verdict{
		Added: sees(c.after) && !sees(c.before), Removed: sees(c.before) && !sees(c.after),
		Joined: c.after.RoundRobin && !c.before.RoundRobin, Left: c.before.RoundRobin && !c.after.RoundRobin,
	}
}

// undoPromises restores what a job changed for invitations that are not accepted yet, where nothing has changed it since.
func undoPromises(ctx context.Context, tx *feed.Tx, number int64, step *jobs.Step) error {
	var n int64
	err := tx.QueryRow(ctx, `SELECT count(*) FROM promises WHERE account_id = ? AND job_number = ? AND job_number > 0`, []any{tx.Account, number}, &n)
	if err != nil || n == 0 {
		return err
	}
	if err := exec(ctx, tx, `DELETE FROM promises WHERE account_id = ? AND job_number = ? AND job_number > 0 AND before = 'absent'`, tx.Account, number); err != nil {
		return err
	}
	err = exec(ctx, tx, `UPDATE promises SET level = before, before = level, round_robin = before_round_robin, before_round_robin = round_robin, job_number = ?
		WHERE account_id = ? AND job_number = ? AND job_number > 0`, tx.ByJob, tx.Account, number)
	step.Done, step.Outcome[restored] = n, n
	return err
}
