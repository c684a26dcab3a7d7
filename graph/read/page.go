package read

import (
	"context"
)

// Page is one page of a connection. What costs more than the page itself is computed when asked for.
type Page[T any] struct {
	// Edges are the nodes in order.
	Edges []*Edge[T]
	// PageInfo tells where the page stands.
	PageInfo *PageInfo

	total func(context.Context) (int, error)
}

// TotalCount counts all that match, of those the viewer may see.
func (p *Page[T]) TotalCount(ctx context.Context) (int, error) { return p.total(ctx) }

// Edge is a node on a page.
type Edge[T any] struct {
	// Node is the thing.
	Node T

	cursor func() string
}

// Cursor returns the position of the edge, sealed.
func (e *Edge[T]) Cursor() string { return e.cursor() }

// PageInfo tells where a page stands.
type PageInfo struct {
	// HasNextPage is whether there is more after the last edge.
	HasNextPage bool
	// HasPreviousPage is whether there is more before the first edge.
	HasPreviousPage bool

	start, end func() string
}

// StartCursor returns the first edge's cursor, nil on an empty page.
func (p *PageInfo) StartCursor() *string { return optional(p.start) }

// EndCursor returns the last edge's cursor, nil on an empty page.
func (p *PageInfo) EndCursor() *string { return optional(p.end) }

func optional(cursor func() string) *string {
	if cursor == nil {
		return nil
	}
	c := cursor()
	return &c
}

// The connections of the schema.
type (
	ItemConnection           = Page[Item]
	ItemEdge                 = Edge[Item]
	CampaignConnection       = Page[*Campaign]
	CampaignEdge             = Edge[*Campaign]
	TemplateConnection       = Page[*Template]
	TemplateEdge             = Edge[*Template]
	ContactListConnection    = Page[*ContactList]
	ContactListEdge          = Edge[*ContactList]
	BlacklistConnection      = Page[*Blacklist]
	BlacklistEdge            = Edge[*Blacklist]
	CollaboratorConnection   = Page[*Collaborator]
	CollaboratorEdge         = Edge[*Collaborator]
	ContactConnection        = Page[*Contact]
	ContactEdge              = Edge[*Contact]
	BlacklistEntryConnection = Page[*BlacklistEntry]
	BlacklistEntryEdge       = Edge[*BlacklistEntry]
	LeadConnection           = Page[*Lead]
	LeadEdge                 = Edge[*Lead]
)
