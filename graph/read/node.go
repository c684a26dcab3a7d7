package read

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/job"
	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/fault"
)

// MaxNodes is how many ids one request may name.
const MaxNodes = 100

// Nodes returns the things with the given ids in their order, nil for what does not exist, is not shared
// with the viewer, or is no id at all. Each kind costs one query, however many ids.
func (r *Reader) Nodes(ctx context.Context, ids []string) ([]Node, error) {
	if len(ids) > MaxNodes {
		return nil, fault.Field("ids", "At most %d ids at once.", MaxNodes)
	}
	wanted := make(map[string][]uuid.UUID)
	for _, id := range ids {
		prefix, u, err := ParseID(id)
		if err == nil {
			wanted[prefix] = append(wanted[prefix], u)
		}
	}
	found := make(map[string]Node)
	for prefix, uuids := range wanted {
		nodes, err := r.nodesOf(ctx, prefix, uuids)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			found[n.ID()] = n
		}
	}
	nodes := make([]Node, len(ids))
	for i, id := range ids {
		if n, ok := found[id]; ok {
			nodes[i] = n
		}
	}
	return nodes, nil
}

type identified interface {
	Node
	ID() string
}

func (r *Reader) nodesOf(ctx context.Context, prefix string, ids []uuid.UUID) ([]identified, error) {
	c := r.store.Client()
	switch prefix {
	case CampaignID, TemplateID, ContactListID, BlacklistID:
		rows, err := c.Item.Query().Where(item.IDIn(ids...)).All(ctx)
		if err != nil {
			return nil, err
		}
		// An id with the prefix of another kind is not found: the ids do not compare equal.
		return asNodes(newItems(r.source(), rows), func(it Item) identified { return it.(identified) }), nil
	case ContactID:
		rows, err := c.Contact.Query().Where(contact.IDIn(ids...)).All(ctx)
		return asNodes(rows, func(c *ent.Contact) identified { return &Contact{c} }), err
	case EntryID:
		rows, err := c.BlacklistEntry.Query().Where(blacklistentry.IDIn(ids...)).All(ctx)
		return asNodes(rows, func(e *ent.BlacklistEntry) identified { return &BlacklistEntry{e} }), err
	case PersonID:
		rows, err := c.Collaborator.Query().Where(collaborator.IDIn(ids...)).All(ctx)
		return asNodes(rows, func(c *ent.Collaborator) identified { return r.clock.person(c) }), err
	case AccountID:
		rows, err := c.Account.Query().Where(account.IDIn(ids...)).All(ctx)
		return asNodes(rows, func(a *ent.Account) identified { return &Account{a} }), err
	case InvitationID:
		rows, err := c.Invitation.Query().Where(invitation.IDIn(ids...), invitation.StateEQ(invitation.StatePending)).All(ctx)
		return asNodes(newInvitations(r.source(), rows), func(i *Invitation) identified { return i }), err
	case LeadID:
		rows, err := c.Lead.Query().Where(lead.IDIn(ids...)).All(ctx)
		return asNodes(r.newLeads(rows), func(l *Lead) identified { return l }), err
	case JobID:
		rows, err := c.Job.Query().Where(job.IDIn(ids...)).All(ctx)
		return asNodes(r.newJobs(rows), func(j *Job) identified { return j }), err
	case UserID:
		rows, err := c.User.Query().Where(user.IDIn(ids...)).All(ctx)
		return asNodes(rows, func(u *ent.User) identified { return &User{u} }), err
	default:
		return nil, nil
	}
}

func asNodes[T any](rows []T, as func(T) identified) []identified {
	nodes := make([]identified, len(rows))
	for i, row := range rows {
		nodes[i] = as(row)
	}
	return nodes
}
