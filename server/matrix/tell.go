package matrix

import (
	"context"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/jobs"
	"github.com/partage-mail/partage/server/sharing"
)

// mostTold is how many pairs of one step are told one by one in the history; of more there is a line for each person.
const mostTold = 100

// tellAsked notes that an owner confirmed a draft.
func tellAsked(ctx context.Context, tx *feed.Tx, v *sharing.Viewer, id uuid.UUID, d Draft, whom []person) error {
	row, err := tx.Job.Get(ctx, id)
	if err != nil {
		return fmt.Errorf("reading a job: %w", err)
	}
	line := audit.Line{Verb: audit.AccessAsked, Actor: v.Collaborator, Detail: map[string]string{
		"job": strconv.FormatInt(row.Number, 10), "people": strconv.Itoa(len(whom)), "campaigns": strconv.Itoa(len(d.Changes)),
	}}
	if d.All != nil {
		line.Detail["campaigns"], line.Detail["except"] = "all", strconv.Itoa(len(d.Except))
	}
	if len(whom) == 1 {
		line.Detail["name"] = whom[0].Name
		if !whom[0].Invited {
			line.Person = whom[0].ID
		}
	}
	tx.Note(line)
	return nil
}

// tellChanged notes what a step changed.
func tellChanged(tx *feed.Tx, j jobs.Job, changes []change) {
	if len(changes) > mostTold {
		tellPeople(tx, j, changes)
		return
	}
	for _, c := range changes {
		if c.before.Level != c.after.Level {
			line := c.line(audit.Granted, j)
			line.Detail["before"], line.Detail["after"] = string(before(c.before)), string(c.after.Level)
			switch c.after.Level {
			case "":
				line.Verb = audit.AccessCleared
			case access.LevelNone:
				line.Verb = audit.Revoked
			}
			tx.Note(line)
		}
		switch {
		case c.after.RoundRobin && !c.before.RoundRobin:
			tx.Note(c.line(audit.RotationJoined, j))
		case c.before.RoundRobin && !c.after.RoundRobin:
			tx.Note(c.line(audit.RotationLeft, j))
		}
	}
}

func (c change) line(verb audit.Verb, j jobs.Job) audit.Line {
	l := audit.Line{Verb: verb, Actor: j.AskedBy, Item: c.campaign.ID, Detail: map[string]string{
		"item": c.campaign.Name, "job": strconv.FormatInt(j.Number, 10), "name": c.person.Name,
	}}
	if !c.person.Invited {
		l.Person = c.person.ID
	}
	return l
}

// tellPeople notes a line for each person, with amounts.
func tellPeople(tx *feed.Tx, j jobs.Job, changes []change) {
	var order []*person
	tallies := make(map[*person]*Tally)
	for _, c := range changes {
		t := tallies[c.person]
		if t == nil {
			t = &Tally{}
			tallies[c.person], order = t, append(order, c.person)
		}
		t.count(c.verdict, true)
	}
	for _, p := range order {
		t := tallies[p]
		line := audit.Line{Verb: audit.AccessChanged, Actor: j.AskedBy, Detail: map[string]string{
			"job": strconv.FormatInt(j.Number, 10), "name": p.Name, "added": strconv.FormatInt(t.Added, 10),
			"removed": strconv.FormatInt(t.Removed, 10), "joined": strconv.FormatInt(t.Joined, 10), "left": strconv.FormatInt(t.Left, 10),
		}}
		if !p.Invited {
			line.Person = p.ID
		}
		tx.Note(line)
	}
}
