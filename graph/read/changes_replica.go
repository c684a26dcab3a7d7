package read

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/push"
	"github.com/partage-mail/partage/server/sharing"
)

// lastMutation returns how far the writes of a replica of the viewer's have come; nil where none is named. One that has
// never pushed, and one of somebody else's, is at 0.
func (r *Reader) lastMutation(ctx context.Context, tx *ent.Tx, replica string) (*int64, error) {
	if replica == "" {
		return nil, nil
	}
	id, err := uuid.Parse(replica)
	if err != nil || id.String() != replica {
		return nil, fault.Field("replica", "This is a UUID, in lower case.")
	}
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	last, err := push.Last(ctx, tx, r.store.Dialect(), v.Collaborator, id)
	return &last, err
}
