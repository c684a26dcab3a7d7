package intake

import (
	"context"
	"fmt"
	"strconv"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// dealtAtOnce is how many waiting leads one transaction deals out.
const dealtAtOnce = 1000

// Dealt is what became of leads that waited.
type Dealt struct {
	// Assigned is how many were dealt out at once.
	Assigned int
	// Job deals out the rest; zero where none are left, or nobody is available.
	Job uuid.UUID
}

// AssignWaiting deals out the leads of a campaign that wait, oldest first, in turn: the first thousand at once, the
// rest by a job. For whoever may change the campaign and sees all its leads. Faults: NotFound, Denied, and Conflict
// where the rotation is paused.
func (in *Intake) AssignWaiting(ctx context.Context, campaign uuid.UUID) (Dealt, error) {
	var d Dealt
	err := in.on(ctx, campaign, mayDeal, func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer, _ *ent.Item) (err error) {
		d = Dealt{}
		var why Decision
		if d.Assigned, why, err = in.dealWaiting(ctx, tx, campaign, v.Collaborator); err != nil {
			return err
		}
		if why == WhilePaused {
			return fault.New(fault.Conflict, "The rotation is paused. Let it go on first.")
		}
		if d.Assigned < dealtAtOnce {
			return nil
		}
		left, err := waiting(ctx, tx, campaign)
		if err != nil || left == 0 {
			return err
		}
		d.Job, err = in.queue.Add(ctx, tx, jobs.Request{
			Kind: jobs.LeadAssignment, AskedBy: v.Collaborator, Item: campaign, What: struct{}{}, Total: left,
		})
		return err
	})
	if err != nil {
		return Dealt{}, err
	}
	if d.Job != uuid.Nil {
		in.queue.Wake()
	}
	return d, nil
}

// assignStep is a step of the job that deals out what AssignWaiting has left. It ends when nothing waits, or when it
// has to: the rotation is paused, or nobody is available.
func (in *Intake) assignStep(ctx context.Context, tx *feed.Tx, j jobs.Job) (jobs.Step, error) {
	if err := stillAllowed(ctx, tx, j, mayDeal); err != nil {
		return jobs.Step{}, err
	}
	n, why, err := in.dealWaiting(ctx, tx, j.Item, j.AskedBy)
	if err != nil {
		return jobs.Step{}, err
	}
	if why != "" { // the job ends here, and a retry goes on
		return jobs.Step{}, fault.New(fault.Conflict, "The rotation is paused, or nobody in it is available: the rest still waits.")
	}
	return jobs.Step{Done: int64(n), Outcome: map[string]int64{"assigned": int64(n)}, More: n == dealtAtOnce}, nil
}

// dealWaiting deals out up to a thousand leads of a campaign that wait. Where none could be, why says the reason.
func (in *Intake) dealWaiting(ctx context.Context, tx *feed.Tx, campaign, by uuid.UUID) (n int, why Decision, err error) {
	c, err := in.open(ctx, tx, campaign)
	if err != nil {
		return 0, "", err
	}
	if _, _, why := c.Next(); why != "" {
		return 0, why, nil
	}
	ids, err := oldestWaiting(ctx, tx, campaign)
	if err != nil || len(ids) == 0 {
		return 0, "", err
	}
	rows, err := tx.Rows(ctx, campaign)
	if err != nil {
		return 0, "", err
	}
	now, to := in.instant(), make(given)
	dealt := make([][3]string, len(ids))
	for i, id := range ids {
		r := c.Deal(DealtOut)
		r.By = by
		to.add(campaign, r.To)
		dealt[i] = [3]string{id.String(), r.To.String(), r.String()}
	}
	query := `UPDATE leads SET assignee_id = dealt.value ->> 1, decision = dealt.value ->> 2, assigned_at = ?2, changed_at = ?2,
		row_seq = ?3, version = version + 1 FROM json_each(?1) AS dealt WHERE leads.id = dealt.value ->> 0`
	if tx.Dialect == dialect.Postgres {
		query = `UPDATE leads SET assignee_id = (dealt.value ->> 1)::uuid, decision = dealt.value ->> 2, assigned_at = ?2, changed_at = ?2,
			row_seq = ?3, version = version + 1 FROM jsonb_array_elements(CAST(?1 AS jsonb)) AS dealt(value) WHERE leads.id = (dealt.value ->> 0)::uuid`
	}
	if err := exec(ctx, tx, query, list(dealt), int64(now), rows.Seq); err != nil {
		return 0, "", fmt.Errorf("dealing out leads: %w", err)
	}
	tx.Note(audit.Line{Verb: audit.LeadsDealtOut, Actor: by, Item: campaign, Detail: map[string]string{"item": c.name, "count": strconv.Itoa(len(ids))}})
	return len(ids), "", to.moved(ctx, tx, map[uuid.UUID]*campaignState{campaign: c}, now)
}

// inWait is the condition on leads that wait: the words of the index.
const inWait = `campaign_id = ? AND assignee_id IS NULL AND state IN ('new', 'in_progress')`

func oldestWaiting(ctx context.Context, tx *feed.Tx, campaign uuid.UUID) ([]uuid.UUID, error) {
	rows, err := tx.QueryContext(ctx, store.Rebind(tx.Dialect, `SELECT id FROM leads WHERE `+inWait+` ORDER BY id LIMIT ?`), campaign, dealtAtOnce)
	if err != nil {
		return nil, fmt.Errorf("looking for waiting leads: %w", err)
	}
	defer rows.Close()
	var ids []uuid.UUID
	for rows.Next() {
		var id uuid.UUID
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("looking for waiting leads: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func waiting(ctx context.Context, tx *feed.Tx, campaign uuid.UUID) (n int64, err error) {
	if err := tx.QueryRow(ctx, `SELECT count(*) FROM leads WHERE `+inWait, []any{campaign}, &n); err != nil {
		return 0, fmt.Errorf("counting waiting leads: %w", err)
	}
	return n, nil
}
