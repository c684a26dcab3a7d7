package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

const (
	maxRows     = 200_000 // leads a file
	maxProblems = 100
	// maxSpread is how many bytes the leads of a file have, each with the names of its fields.
	maxSpread = 64 << 20
)

// Import is what becomes of a file of leads.
type Import struct {
	// Rows is how many rows the file has, without empty ones: those that are leads and those refused.
	Rows, Accepted, Refused int
	// Problems says why rows were refused: the first hundred, by line.
	Problems []Problem
	// Job brings the leads in; zero where no row is one.
	Job uuid.UUID
}

// Problem is why a row was refused.
type Problem struct {
	// Line is where the row begins, from 1.
	Line int
	// Why is said to people; see fault.Say.
	Why error
}

// part is a lead of a file on its way into the campaign, as the job keeps it. Its id is made when the file is read,
// so that however often a part is done, it is one lead.
type part struct {
	ID      uuid.UUID         `json:"id"`
	Line    int               `json:"line"`
	Email   string            `json:"email,omitempty"`
	Name    string            `json:"name,omitempty"`
	Phone   string            `json:"phone,omitempty"`
	Source  string            `json:"source,omitempty"`
	Further map[string]string `json:"fields,omitempty"`
}

// Import reads the leads of a CSV file and has a job bring them into a campaign that the viewer in the context may
// change, in the order of the file. The job is there when Import returns, or nothing is. Rows that are no leads are
// left out and told of. Faults: NotFound, Denied, and Invalid on "file"; errors of r come back as they are.
func (in *Intake) Import(ctx context.Context, campaign uuid.UUID, r io.Reader) (Import, error) {
	nothing := func(context.Context, *feed.Tx, *sharing.Viewer, *ent.Item) error { return nil }
	if err := in.on(ctx, campaign, mayChange, nothing); err != nil { // refused before it is read
		return Import{}, err
	}
	report, parts, err := readParts(ctx, r)
	if err != nil || len(parts) == 0 {
		return report, err
	}
	err = in.on(ctx, campaign, mayChange, func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer, it *ent.Item) (err error) {
		tx.Note(audit.Line{Verb: audit.LeadsImported, Actor: v.Collaborator, Item: campaign,
			Detail: map[string]string{"item": it.Name, "count": strconv.Itoa(len(parts))}})
		report.Job, err = in.queue.Add(ctx, tx, jobs.Request{
			Kind: jobs.LeadImport, AskedBy: v.Collaborator, Item: campaign, What: struct{}{}, Total: int64(len(parts)), Parts: parts,
		})
		return err
	})
	if err != nil {
		return Import{}, err
	}
	in.queue.Wake()
	return report, nil
}

func readParts(ctx context.Context, r io.Reader) (Import, []json.RawMessage, error) {
	var report Import
	var parts []json.RawMessage
	size := 0
	rows, err := leadsOf(r)
	if err != nil {
		return report, nil, err
	}
	for row, err := range rows {
		switch {
		case err != nil:
			return Import{}, nil, err
		case ctx.Err() != nil:
			return Import{}, nil, ctx.Err()
		case report.Rows == maxRows:
			return Import{}, nil, fault.Field("file", "A file can have %d leads; send the rest, from line %d on, in another one. Nothing was brought in.", maxRows, row.line)
		}
		report.Rows++
		if row.problem != nil {
			if report.Refused++; len(report.Problems) < maxProblems {
				report.Problems = append(report.Problems, Problem{row.line, row.problem})
			}
			continue
		}
		id, err := uuid.NewV7()
		if err != nil {
			return Import{}, nil, fmt.Errorf("making an id: %w", err)
		}
		p := part{ID: id, Line: row.line, Email: row.lead.Email.Written, Name: row.lead.Name, Phone: row.lead.Phone, Source: row.lead.Source}
		if err := json.Unmarshal([]byte(row.lead.Fields), &p.Further); err != nil {
			return Import{}, nil, fmt.Errorf("reading fields: %w", err)
		}
		raw := json.RawMessage(plain(p))
		if size += len(raw); size > maxSpread {
			return Import{}, nil, fault.Field("file", "With its columns written out for each lead this file has more than %d MB; send the rest, from line %d on, in another one, with fewer columns or shorter names of columns. Nothing was brought in.", maxSpread>>20, row.line)
		}
		report.Accepted++
		parts = append(parts, raw)
	}
	return report, parts, nil
}

// importStep is a step of the job that brings the leads of a file in.
func (in *Intake) importStep(ctx context.Context, tx *feed.Tx, j jobs.Job) (jobs.Step, error) {
	gone := stillAllowed(ctx, tx, j, mayChange)
	if gone != nil && !fault.Is(gone, fault.NotFound) {
		return jobs.Step{}, gone
	}
	all := make([]*arrival, 0, len(j.Part))
	parts := make(map[uuid.UUID]part, len(j.Part))
	var step jobs.Step
	outcome := make(map[string]int64)
	for _, raw := range j.Part {
		var p part
		if err := json.Unmarshal(raw, &p); err != nil {
			return step, fmt.Errorf("reading a lead of a file: %w", err)
		}
		e, err := Lead{Email: p.Email, Name: p.Name, Phone: p.Phone, Source: p.Source, Fields: p.Further}.check()
		if err = cmp.Or(err, gone); err != nil { // without the campaign each lead is kept as a failure, for a retry
			step.Failures = append(step.Failures, p.failed(err))
			continue
		}
		parts[p.ID] = p
		all = append(all, &arrival{entry: e, id: p.ID, campaign: j.Item})
	}
	there, err := present(ctx, tx, all)
	if err != nil {
		return step, err
	}
	fresh := make([]*arrival, 0, len(all))
	for _, a := range all {
		if there[a.id] {
			step.Done++
		} else {
			fresh = append(fresh, a)
		}
	}
	if err := in.place(ctx, tx, fresh); err != nil {
		return step, err
	}
	for _, a := range fresh {
		if a.err != nil {
			step.Failures = append(step.Failures, parts[a.id].failed(a.err))
			continue
		}
		step.Done++
		outcome["imported"]++
		if a.duplicate.Valid {
			outcome["duplicates"]++
		}
		if a.record.To == uuid.Nil {
			outcome["waiting"]++
		} else {
			outcome["assigned"]++
		}
	}
	step.Outcome = outcome
	return step, nil
}

// failed is the part as one that could not be done.
func (p part) failed(err error) jobs.Failure {
	return jobs.Failure{
		What: p, Label: fault.New(fault.Invalid, "Line %d: %s", p.Line, cmp.Or(p.Name, p.Email, p.Phone)),
		Reason: fault.As(sentence(err)),
	}
}

// present returns which leads are stored already.
func present(ctx context.Context, tx *feed.Tx, all []*arrival) (map[uuid.UUID]bool, error) {
	ids := make([]uuid.UUID, len(all))
	for i, a := range all {
		ids[i] = a.id
	}
	rows, err := tx.QueryContext(ctx, store.Rebind(tx.Dialect, `SELECT id FROM leads WHERE `+among(tx.Dialect, "id", "?1")), idList(tx.Dialect, ids))
	if err != nil {
		return nil, fmt.Errorf("looking for leads of a file: %w", err)
	}
	defer rows.Close()
	there := make(map[uuid.UUID]bool)
	for rows.Next() {
		var id uuid.UUID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		there[id] = true
	}
	return there, rows.Err()
}
