package read

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/sharing"
)

// Rotation is who is given the leads of a campaign in turn.
type Rotation struct {
	Campaign *Campaign
	Paused   bool
	People   []*RotationPerson
	// Next is who is given the next lead; nil where nobody is available.
	Next *Collaborator
	// Waiting is how many open leads wait, WaitingSince when the longest waiting of them came.
	Waiting      int
	WaitingSince *instant.Instant
	// Alert is what somebody should look at; nil if nothing.
	Alert *string
}

// RotationPerson is a person in a rotation.
type RotationPerson struct {
	Collaborator          *Collaborator
	Available             bool
	AwayUntil, LastLeadAt *instant.Instant
	OpenLeads             int
}

// LeadForm is how leads of a campaign come in from outside.
type LeadForm struct {
	Campaign  *Campaign
	HasKey    bool
	KeyMadeAt *instant.Instant
	Origins   []string
}

// Rotation returns the rotation of a campaign. Faults: NotFound, and Denied for whoever is shown their own leads only.
func (r *Reader) Rotation(ctx context.Context, id uuid.UUID) (*Rotation, error) {
	v, row, err := r.campaign(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := intake.SeesAll(v); err != nil {
		return nil, err
	}
	all, err := intake.Read(ctx, r.store.Client(), r.store.Dialect(), r.clock(), id)
	if err != nil {
		return nil, err
	}
	of := all[id]
	out := &Rotation{Campaign: newItems(r.source(), []*ent.Item{row})[0].(*Campaign), Paused: of.Paused}
	people, err := r.places(ctx, id, of)
	if err != nil {
		return nil, err
	}
	next, _, why := of.Next()
	for _, m := range of.Places {
		p := people[m.Person]
		if p == nil { // has left since
			continue
		}
		out.People = append(out.People, p)
		if m.Person == next.Person {
			out.Next = p.Collaborator
		}
	}
	if out.Waiting, out.WaitingSince, err = r.inWait(ctx, id); err != nil {
		return nil, err
	}
	in, err := r.locale(ctx)
	if err != nil {
		return nil, err
	}
	if words := intake.Alert(in, out.Waiting, why); words != "" {
		out.Alert = &words
	}
	return out, nil
}

// campaign returns a campaign's row and who is looking, or the NotFound fault.
func (r *Reader) campaign(ctx context.Context, id uuid.UUID) (*sharing.Viewer, *ent.Item, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, nil, err
	}
	row, err := r.store.Client().Item.Query().Where(item.ID(id), item.KindEQ(item.KindCampaign)).Only(ctx)
	if ent.IsNotFound(err) {
		err = fault.Missing("campaign")
	}
	return v, row, err
}

// places returns the people of a rotation with how many open leads of the campaign they follow up.
func (r *Reader) places(ctx context.Context, campaign uuid.UUID, of intake.Open) (map[uuid.UUID]*RotationPerson, error) {
	ids := make([]uuid.UUID, len(of.Places))
	for i, m := range of.Places {
		ids[i] = m.Person
	}
	rows, err := r.store.Client().Collaborator.Query().Where(collaborator.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	found := byID(rows, func(c *ent.Collaborator) uuid.UUID { return c.ID })
	var counts []struct {
		Person uuid.UUID `json:"assignee_id"`
		Count  int       `json:"count"`
	}
	err = r.store.Client().Lead.Query().Where(lead.CampaignID(campaign), lead.AssigneeIDNotNil(), lead.StateIn(lead.StateNew, lead.StateInProgress)).
		GroupBy(lead.FieldAssigneeID).Aggregate(ent.Count()).Scan(ctx, &counts)
	if err != nil {
		return nil, err
	}
	people := make(map[uuid.UUID]*RotationPerson, len(ids))
	now := r.clock()
	for _, m := range of.Places {
		c := found[m.Person]
		if c == nil {
			continue
		}
		p := &RotationPerson{Collaborator: r.clock.person(c), Available: m.Out == "", LastLeadAt: moment(m.LastLeadAt)}
		if m.AwayUntil > now {
			p.AwayUntil = moment(m.AwayUntil)
		}
		people[m.Person] = p
	}
	for _, n := range counts {
		if p := people[n.Person]; p != nil {
			p.OpenLeads = n.Count
		}
	}
	return people, nil
}

// inWait returns how many open leads of a campaign wait, and since when.
func (r *Reader) inWait(ctx context.Context, campaign uuid.UUID) (int, *instant.Instant, error) {
	found, err := r.waiting(ctx, lead.CampaignID(campaign))
	if err != nil || len(found) == 0 {
		return 0, nil, err
	}
	return found[0].Count, &found[0].Since, nil
}

// locale returns the viewer's language.
func (r *Reader) locale(ctx context.Context) (user.Locale, error) {
	me, err := r.store.Client().User.Query().Select(user.FieldLocale).Only(ctx)
	if err != nil {
		return "", err
	}
	return me.Locale, nil
}

// LeadForm returns how leads of a campaign come in from outside. Faults: NotFound, and Denied for whoever may not
// change the campaign's settings.
func (r *Reader) LeadForm(ctx context.Context, id uuid.UUID) (*LeadForm, error) {
	v, row, err := r.campaign(ctx, id)
	if err != nil {
		return nil, err
	}
	c := r.store.Client()
	state := sharing.State{Creator: row.CreatorID, Audience: row.Audience}
	edge, err := c.Access.Query().Where(access.ItemID(id), access.CollaboratorID(v.Collaborator)).Only(ctx)
	switch {
	case err == nil:
		state.Edge = edge.Level
	case !ent.IsNotFound(err):
		return nil, err
	}
	if err := intake.MaySettle(v, v.Level(state)); err != nil {
		return nil, err
	}
	content, err := c.Campaign.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("campaign")
	}
	if err != nil {
		return nil, err
	}
	f := &LeadForm{
		Campaign: newItems(r.source(), []*ent.Item{row})[0].(*Campaign), HasKey: content.LeadKeyHash != nil,
		KeyMadeAt: moment(content.LeadKeyMadeAt), Origins: content.LeadOrigins,
	}
	if f.Origins == nil {
		f.Origins = []string{}
	}
	return f, nil
}
