package graph

import (
	"context"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/graph/model"
	"github.com/partage-mail/partage/graph/read"
)

// shared is the outcome of a change of who sees an item. It was of somebody who governs it, and so sees it still.
func (r *Resolver) shared(ctx context.Context, id uuid.UUID, err error) (*model.SharingPayload, error) {
	it, errs, err := outcome(err, func() (read.Item, error) { return r.Read.Item(ctx, id) })
	return &model.SharingPayload{Item: it, Errors: errs}, err
}

// edgeIDs returns the uuids of an item and of people, or the NotFound fault.
func edgeIDs(it string, people ...string) (uuid.UUID, []uuid.UUID, error) {
	i, err := read.ParseItemID(it)
	if err != nil {
		return uuid.Nil, nil, err
	}
	ids := make([]uuid.UUID, len(people))
	for n, person := range people {
		if ids[n], err = read.ParseIDAs(person, "person", read.PersonID); err != nil {
			return uuid.Nil, nil, err
		}
	}
	return i, ids, nil
}
