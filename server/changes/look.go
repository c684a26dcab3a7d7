package changes

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/sharing"
)

// Look is one reading of several streams in one snapshot, for one viewer. It is for one goroutine.
type Look struct {
	changes *Changes
	look    look
}

// Look begins a reading for the viewer in the context, in the snapshot tx.
func (c *Changes) Look(ctx context.Context, tx *ent.Tx, dialect string) (*Look, error) {
	l, err := c.newLook(ctx, tx, dialect)
	if err != nil {
		return nil, err
	}
	return &Look{c, *l}, nil
}

// Workspace is Changes.Workspace.
func (l *Look) Workspace(ctx context.Context, token string, first int) (*Page, error) {
	look := l.look
	return l.changes.pageOf(ctx, &look, token, first)
}

// Rows is Changes.Rows.
func (l *Look) Rows(ctx context.Context, id uuid.UUID, token string, first int) (*Span, error) {
	look := l.look
	return l.changes.spanOf(ctx, &look, id, token, first)
}

// Standing refuses to read on where the viewer is, in the snapshot, not what the context says: another role, other
// rights, or nobody any more. Who asks for themselves is authenticated a moment before each snapshot; what is sent
// unasked must not be a moment behind. It is an Unavailable fault: look at the session again.
func (l *Look) Standing(ctx context.Context) error {
	was := l.look.viewer
	me, err := l.look.Collaborator.Query().Where(collaborator.ID(was.Collaborator)).Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return fmt.Errorf("reading who follows: %w", err)
	}
	if err == nil {
		me.Edges.Account = l.look.account
		is := sharing.Eyes(me)
		if !is.Out && is.Role == was.Role && is.Sight == was.Sight && is.OwnLeads == was.OwnLeads && is.LeadsEpoch == was.LeadsEpoch {
			return nil
		}
	}
	return fault.New(fault.Unavailable, "Your rights in this account have changed. Connect again.")
}
