package read

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/sharing"
)

// mostWaiting is how many campaigns a list of those with waiting leads has.
const mostWaiting = 100

// WaitingLeads is a campaign where leads wait for somebody.
type WaitingLeads struct {
	Campaign *Campaign
	Count    int
	Since    instant.Instant
	// Reason is a sentence in the viewer's language.
	Reason string
}

// waiting is how many leads of a campaign wait, and since when.
type waiting struct {
	ID    uuid.UUID       `json:"campaign_id"`
	Count int             `json:"count"`
	Since instant.Instant `json:"since"`
}

// inWait is in the words of the partial index, which is of use to no other query.
func inWait(s *sql.Selector) {
	s.Where(sql.P(func(b *sql.Builder) {
		b.Ident(s.C(lead.FieldAssigneeID)).WriteString(" IS NULL AND ").Ident(s.C(lead.FieldState)).WriteString(" IN ('new', 'in_progress')")
	}))
}

// waiting counts the open leads that wait, of those that the viewer sees, by campaign.
func (r *Reader) waiting(ctx context.Context, which ...predicate.Lead) (found []waiting, err error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	err = r.store.Client().Lead.Query().Where(which...).
		Where(lead.AccountID(v.Account), inWait).
		GroupBy(lead.FieldCampaignID).Aggregate(ent.Count(), ent.As(ent.Min(lead.FieldCreatedAt), "since")).Scan(ctx, &found)
	return found, err
}

// WaitingLeads returns the campaigns where leads wait, longest waiting first, of those whose leads the viewer sees.
func (r *Reader) WaitingLeads(ctx context.Context) ([]*WaitingLeads, error) {
	if _, err := sharing.From(ctx); err != nil {
		return nil, err
	}
	c := r.store.Client()
	found, err := r.waiting(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(a, b waiting) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), bytes.Compare(a.ID[:], b.ID[:]))
	})
	found = found[:min(len(found), mostWaiting)]
	ids := make([]uuid.UUID, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	rotations, err := intake.Read(ctx, c, r.store.Dialect(), r.clock(), ids...)
	if err != nil {
		return nil, err
	}
	rows, err := c.Item.Query().Where(item.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	campaigns := make(map[uuid.UUID]*Campaign, len(rows))
	for _, it := range newItems(r.source(), rows) {
		campaigns[it.shared().row.ID], _ = it.(*Campaign)
	}
	in, err := r.locale(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]*WaitingLeads, 0, len(found))
	for _, f := range found {
		if campaigns[f.ID] == nil { // taken from the viewer since
			continue
		}
		of := rotations[f.ID]
		_, _, why := of.Next()
		list = append(list, &WaitingLeads{campaigns[f.ID], f.Count, f.Since, intake.Alert(in, f.Count, why)})
	}
	return list, nil
}

// WhyAssigned is how a lead came to whoever follows it up, or why it waits.
type WhyAssigned struct {
	Decision     intake.Decision
	Assignee, By *Collaborator
	// At is nil while it waits.
	At      *instant.Instant
	Skipped []*PassedOver
	// Words are a few sentences in the viewer's language.
	Words string
}

// PassedOver is somebody who was passed over; the person is nil where they are gone.
type PassedOver struct {
	Collaborator *Collaborator
	Reason       intake.PassedOver
}

// WhyAssigned returns how a lead that the viewer sees came to whoever follows it up, or the NotFound fault.
func (r *Reader) WhyAssigned(ctx context.Context, id uuid.UUID) (*WhyAssigned, error) {
	l, err := r.Lead(ctx, id)
	if err != nil {
		return nil, err
	}
	record, err := intake.ParseRecord(l.Decision)
	if err != nil {
		return nil, err
	}
	ids := []uuid.UUID{record.By}
	if l.AssigneeID != nil {
		ids = append(ids, *l.AssigneeID)
	}
	for _, s := range record.Skipped {
		ids = append(ids, s.Person)
	}
	rows, err := r.store.Client().Collaborator.Query().Where(collaborator.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	people := make(map[uuid.UUID]*Collaborator, len(rows))
	names := make(map[uuid.UUID]string, len(rows))
	for _, c := range rows {
		people[c.ID], names[c.ID] = r.clock.person(c), sharing.Name(c)
	}
	why := &WhyAssigned{Decision: record.Decision, By: people[record.By], At: l.AssignedAt(), Skipped: []*PassedOver{}}
	told := intake.Told{By: names[record.By], Waits: l.AssigneeID == nil}
	if l.AssigneeID != nil {
		why.Assignee, told.Assignee = people[*l.AssigneeID], names[*l.AssigneeID]
	}
	for _, s := range record.Skipped {
		why.Skipped = append(why.Skipped, &PassedOver{people[s.Person], s.Why})
		told.Skipped, told.Why = append(told.Skipped, names[s.Person]), append(told.Why, s.Why)
	}
	in, err := r.locale(ctx)
	told.Decision = record.Decision
	why.Words = told.Words(in)
	return why, err
}
