package read

import (
	"context"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
)

// Node is anything that has an id of the API.
type Node interface{ IsNode() }

// Item is a campaign, template, contact list or blacklist.
type Item interface {
	Node
	IsItem()
	shared() *header
}

// header is what all items have. Whatever is not on the item's own row is loaded for all siblings of the
// page at once, the first time one of them is asked.
type header struct {
	row      *ent.Item
	siblings *siblings
}

func (h *header) shared() *header { return h }

// IsNode marks the type as a Node.
func (*header) IsNode() {}

// IsItem marks the type as an Item.
func (*header) IsItem() {}

// ID returns the API's id.
func (h *header) ID() string { return ItemID(h.row.Kind, h.row.ID) }

// Kind returns which kind of item it is.
func (h *header) Kind() item.Kind { return h.row.Kind }

// Name returns the item's name.
func (h *header) Name() string { return h.row.Name }

// Audience returns who sees the item without being named.
func (h *header) Audience() item.Audience { return h.row.Audience }

// MyLevel returns what the viewer may do with the item.
func (h *header) MyLevel(ctx context.Context) (access.Level, error) {
	levels, err := h.siblings.levels(ctx)
	return levels[h.row.ID], err
}

// Creator returns who made the item, nil where they are gone.
func (h *header) Creator(ctx context.Context) (*Collaborator, error) {
	if h.row.CreatorID == nil {
		return nil, nil
	}
	people, err := h.siblings.people(ctx)
	return people[*h.row.CreatorID], err
}

// ChangedBy returns who last changed the item, nil where they are gone.
func (h *header) ChangedBy(ctx context.Context) (*Collaborator, error) {
	if h.row.ChangedByID == nil {
		return nil, nil
	}
	people, err := h.siblings.people(ctx)
	return people[*h.row.ChangedByID], err
}

// Version moves with each change of the content.
func (h *header) Version() int64 { return h.row.Version }

// CreatedAt returns when the item was made.
func (h *header) CreatedAt() instant.Instant { return h.row.CreatedAt }

// ChangedAt returns when its content last changed.
func (h *header) ChangedAt() instant.Instant { return h.row.ChangedAt }

// ArchivedAt returns when it was put aside, nil if it is not.
func (h *header) ArchivedAt() *instant.Instant { return moment(h.row.ArchivedAt) }

// DeletedAt returns when it was deleted, nil if it is not.
func (h *header) DeletedAt() *instant.Instant { return moment(h.row.DeletedAt) }

// Campaign is a mailing and the lists it goes to.
type Campaign struct{ *header }

// Template is a body to begin a campaign with.
type Template struct{ *header }

// ContactList is a list of addresses that campaigns go to.
type ContactList struct{ *header }

// Blacklist is a list of addresses and domains that campaigns do not mail.
type Blacklist struct{ *header }

// present returns the item as its own kind.
func present(h *header) Item {
	switch h.row.Kind {
	case item.KindCampaign:
		return &Campaign{h}
	case item.KindTemplate:
		return &Template{h}
	case item.KindContactList:
		return &ContactList{h}
	default:
		return &Blacklist{h}
	}
}

func moment(i instant.Instant) *instant.Instant {
	if i == 0 {
		return nil
	}
	return &i
}
