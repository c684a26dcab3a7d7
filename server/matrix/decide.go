package matrix

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/jobs"
)

// change is what becomes of one pair.
type change struct {
	person        *person
	campaign      *campaign
	before, after edge
	verdict
	// since is whether somebody changed it by hand after the draft was confirmed: then it stays.
	since bool
	// restores is whether it undoes another: whoever comes back into a rotation has the rank they had.
	restores bool
}

// decide says what becomes of each pair of a slice whose people are there. What was changed by hand after the job was
// confirmed stays; the zero job is none, and decides for a preview.
func (l looker) decide(ctx context.Context, s slice, by jobs.Job) ([]change, error) {
	campaigns := make([]uuid.UUID, len(s.Campaigns))
	for i, c := range s.Campaigns {
		campaigns[i] = c.ID
	}
	var collaborators, invited []uuid.UUID
	for _, p := range s.People {
		switch {
		case p == nil:
		case p.Invited:
			invited = append(invited, p.ID)
		default:
			collaborators = append(collaborators, p.ID)
		}
	}
	edges, err := l.edges(ctx, collaborators, campaigns, false)
	if err != nil {
		return nil, err
	}
	if len(invited) > 0 {
		promised, err := l.edges(ctx, invited, campaigns, true)
		if err != nil {
			return nil, err
		}
		for p, e := range promised {
			edges[p] = e
		}
	}
	var byHand map[pair]bool
	if by.Number > 0 && len(collaborators) > 0 {
		if byHand, err = l.byHand(ctx, collaborators, by.AfterSeq); err != nil {
			return nil, err
		}
	}
	changes := make([]change, 0, s.pairs())
	for _, p := range s.People {
		if p == nil {
			continue
		}
		for i := range s.Campaigns {
			at := pair{p.ID, s.Campaigns[i].ID}
			c := change{person: p, campaign: &s.Campaigns[i], before: edges[at]}
			if c.since = byHand[at] || p.Invited && by.Number > 0 && p.AfterJob >= by.Number; c.since {
				c.after = c.before
			} else {
				c.after, c.verdict = plan(p.Viewer, s.Campaigns[i], c.before, s.Wishes[i])
			}
			changes = append(changes, c)
		}
	}
	return changes, nil
}
