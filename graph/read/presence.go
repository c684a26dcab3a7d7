package read

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/server/sharing"
)

// OpenBy is a person who has an item open.
type OpenBy struct {
	Collaborator *Collaborator
	Since        instant.Instant
}

// AlsoOpen is who else has an item open, or why that is told no longer.
type AlsoOpen struct {
	Others []*OpenBy
	Over   error
}

// People returns them, or why they are told no longer.
func (a *AlsoOpen) People() ([]*OpenBy, error) { return a.Others, a.Over }

// Same is whether two answers tell the same.
func (a *AlsoOpen) Same(b *AlsoOpen) bool {
	return a != nil && b != nil && slices.EqualFunc(a.Others, b.Others, func(a, b *OpenBy) bool {
		return a.Since == b.Since && a.Collaborator.Collaborator.ID == b.Collaborator.Collaborator.ID && a.Collaborator.Version == b.Collaborator.Version
	})
}

// mostOpen is how many people are told of an item.
const mostOpen = 100

// AlsoOpen returns, of those who have an item open, the others who see it now, those first who have had it open for
// longest; or the NotFound fault where the viewer does not see it.
func (r *Reader) AlsoOpen(ctx context.Context, id uuid.UUID, who map[uuid.UUID]instant.Instant) (*AlsoOpen, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	row, err := sharing.Visible(ctx, r.store.Client().Item, id)
	if err != nil {
		return nil, err
	}
	who = maps.Clone(who)
	delete(who, v.Collaborator)
	also := &AlsoOpen{Others: []*OpenBy{}}
	if len(who) == 0 {
		return also, nil
	}
	people, err := r.store.Client().Collaborator.Query().
		Where(collaborator.IDIn(slices.Collect(maps.Keys(who))...), sharing.SeenBy(row)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading who has an item open: %w", err)
	}
	slices.SortFunc(people, func(a, b *ent.Collaborator) int {
		return cmp.Or(cmp.Compare(who[a.ID], who[b.ID]), bytes.Compare(a.ID[:], b.ID[:]))
	})
	for _, p := range people[:min(len(people), mostOpen)] {
		also.Others = append(also.Others, &OpenBy{r.clock.person(p), who[p.ID]})
	}
	return also, nil
}
