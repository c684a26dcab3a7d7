package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/sharing"
)

// Receive brings a lead into a campaign that the viewer in the context may change. Faults: NotFound, Denied, Invalid
// with the field, and Conflict where other content came in with its idempotency key.
func (in *Intake) Receive(ctx context.Context, campaign uuid.UUID, l Lead) (Received, error) {
	var a *arrival
	err := in.on(ctx, campaign, mayChange, func(ctx context.Context, tx *feed.Tx, v *sharing.Viewer, _ *ent.Item) (err error) {
		if v.OwnLeads && l.RequestKey != "" { // whose keys are their own: those of others would tell of leads they do not see
			sum := sha256.Sum256([]byte(v.Collaborator.String() + l.RequestKey))
			l.RequestKey = hex.EncodeToString(sum[:])
		}
		if a, err = arriving(campaign, l); err != nil {
			return err
		}
		if err := in.place(ctx, tx, []*arrival{a}); err != nil {
			return err
		}
		return a.err
	})
	if err != nil {
		return Received{}, err
	}
	return a.received, nil
}

// Post brings a lead in by the form of a campaign. It returns when the lead is stored for good, or is not. Faults:
// NotFound where the form is gone meanwhile, Invalid with the field, Conflict as for Receive, and Unavailable with
// the time to wait where too many leads come at once.
func (in *Intake) Post(ctx context.Context, f Form, l Lead) (Received, error) {
	a, err := arriving(f.campaign, l)
	if err != nil {
		return Received{}, err
	}
	a.keyHash = f.keyHash
	if err := in.join(ctx, f.Account, a); err != nil {
		return Received{}, err
	}
	return a.received, nil
}

func arriving(campaign uuid.UUID, l Lead) (*arrival, error) {
	e, err := l.check()
	if err != nil {
		return nil, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return nil, fmt.Errorf("making an id: %w", err)
	}
	return &arrival{entry: e, id: id, campaign: campaign}, nil
}
