package changes

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
)

// Page is a page of the workspace: what the viewer is to be told between two cursors.
type Page struct {
	// Items are to be shown as they are now, in the order of their changes. All are visible.
	Items []uuid.UUID
	// Removed are items and people that the viewer knew and does not see any more.
	Removed []Removed
	// People are collaborators who are new or changed.
	People []uuid.UUID
	// Settings is whether the account's own row changed.
	Settings bool
	// Buckets are items whose rows moved. All are visible.
	Buckets []uuid.UUID
	// Next is where to continue.
	Next string
	// More is whether something follows at once.
	More bool
	// Head is the account's change number in the snapshot. It is not to be shown.
	Head int64
}

// Removed names what is gone. Person is true for a collaborator; otherwise Kind is the item's.
type Removed struct {
	ID     uuid.UUID
	Kind   item.Kind
	Person bool
}

// page turns lines into what the viewer is told: each thing once, as it is now.
func (l *look) page(ctx context.Context, entries []entry) (*Page, error) {
	p := &Page{}
	moved := make(map[uuid.UUID]bool)
	removed := make(map[uuid.UUID]bool)
	show := once()
	for _, e := range entries {
		id := e.at.id
		switch e.stream {
		case contents, appearances, pointers:
			p.Items = show(p.Items, id)
		case removals:
			if !removed[id] {
				p.Removed = append(p.Removed, Removed{ID: id, Kind: e.kind})
			}
			removed[id] = true
		case rowMoves:
			moved[id] = true
			p.Buckets = append(p.Buckets, id)
		case people:
			if e.gone {
				p.Removed = append(p.Removed, Removed{ID: id, Person: true})
			} else {
				p.People = append(p.People, id)
			}
		case settings:
			p.Settings = true
		}
	}
	return p, l.addBuckets(ctx, p, moved)
}

// once returns an append that takes each id one time.
func once() func([]uuid.UUID, uuid.UUID) []uuid.UUID {
	known := make(map[uuid.UUID]bool)
	return func(ids []uuid.UUID, id uuid.UUID) []uuid.UUID {
		if known[id] {
			return ids
		}
		known[id] = true
		return append(ids, id)
	}
}

// addBuckets names the bucket of every item on the page that has one, so that the holder of a new one
// learns where its rows stand.
func (l *look) addBuckets(ctx context.Context, p *Page, moved map[uuid.UUID]bool) error {
	if len(p.Items) == 0 {
		return nil
	}
	s := l.visibleItems("id")
	s.Where(sql.And(sql.In(s.C("id"), anys(p.Items)...), l.bucketed(s)))
	s.OrderBy("id")
	return l.query(ctx, s, func(r *sql.Rows) error {
		var id uuid.UUID
		err := r.Scan(&id)
		if !moved[id] {
			p.Buckets = append(p.Buckets, id)
		}
		return err
	})
}

// Empty reports whether the page tells nothing. Since no line of the stream is without meaning for the
// viewer, an empty page is also the last.
func (p *Page) Empty() bool {
	return !p.Settings && len(p.Items) == 0 && len(p.Removed) == 0 && len(p.People) == 0 && len(p.Buckets) == 0
}
