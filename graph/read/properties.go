package read

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/fold"
	"github.com/partage-mail/partage/server/sharing"
)

// PropertiesFilter says which people the properties of an item list.
type PropertiesFilter int

// The choices: those who see the item, or those who may come in and do not see it.
const (
	CanSee PropertiesFilter = iota
	CannotSee
)

// Properties is who sees one item, and why.
type Properties struct {
	Item Item

	row *ent.Item
	// denied is why the viewer may not change them; nil where they may.
	denied error
}

// MayChange is whether the viewer may change what is said here.
func (p *Properties) MayChange() bool { return p.denied == nil }

// ItemPerson is a person and what they may do with one item.
type ItemPerson struct {
	Collaborator *Collaborator
	sharing.Sight
}

// The connection of people with what they may do with an item.
type (
	ItemPersonConnection = Page[*ItemPerson]
	ItemPersonEdge       = Edge[*ItemPerson]
)

// Properties returns the properties of an item, or the NotFound fault.
func (r *Reader) Properties(ctx context.Context, id uuid.UUID) (*Properties, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	row, err := sharing.Visible(ctx, r.store.Client().Item, id)
	if err != nil {
		return nil, err
	}
	return &Properties{newItems(r.source(), []*ent.Item{row})[0], row, v.MayGovern(row)}, nil
}

// ItemPeople reads a page of the people who see an item or, for those who may change its properties, of those
// who do not, by name.
func (r *Reader) ItemPeople(ctx context.Context, of *Properties, which PropertiesFilter, search string, w Window) (*Page[*ItemPerson], error) {
	if err := searchable(search); err != nil {
		return nil, err
	}
	half, name := sharing.SeenBy(of.row), "people who see "
	if which == CannotSee {
		if of.denied != nil {
			return nil, of.denied
		}
		half, name = sharing.HiddenFrom(of.row), "people who do not see "
	}
	q := r.store.Client().Collaborator.Query().Where(half)
	if search != "" {
		q.Where(collaborator.SearchKeyContains(fold.Fold(search)))
	}
	type onlooker struct {
		*ent.Collaborator
		sharing.Sight
	}
	return page(ctx, r.sealer, listing[onlooker, *ItemPerson]{
		ordering: ordering{name + of.row.ID.String(), []string{collaborator.FieldSearchKey, collaborator.FieldID}, false},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]onlooker, error) {
			people, err := q.Clone().Where(apply).All(ctx)
			if err != nil {
				return nil, err
			}
			sights, err := sharing.Sights(ctx, r.store.Client(), of.row, people)
			rows := make([]onlooker, len(sights))
			for i, s := range sights {
				rows[i] = onlooker{people[i], s}
			}
			return rows, err
		},
		key:     func(o onlooker) []any { return []any{o.SearchKey, o.ID} },
		present: as(func(o onlooker) *ItemPerson { return &ItemPerson{r.clock.person(o.Collaborator), o.Sight} }),
		count:   func(ctx context.Context) (int, error) { return q.Clone().Count(ctx) },
	}, w)
}

// WhyVisible is why one person sees an item, or does not.
type WhyVisible struct {
	sharing.Sight
	// Words is the same as a sentence in the viewer's language.
	Words string
}

// Visible is whether they see it.
func (w *WhyVisible) Visible() bool { return w.Level != access.LevelNone }

// WhyVisible returns why a person sees an item, or does not: to those who may change its properties, and to
// everyone about themselves. Faults: NotFound, Denied.
func (r *Reader) WhyVisible(ctx context.Context, id, person uuid.UUID) (*WhyVisible, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	c := r.store.Client()
	row, err := sharing.Visible(ctx, c.Item, id)
	if err != nil {
		return nil, err
	}
	if person != v.Collaborator {
		if err := v.MayGovern(row); err != nil {
			return nil, err
		}
	}
	them, err := c.Collaborator.Get(ctx, person)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("person")
	}
	if err != nil {
		return nil, err
	}
	sights, err := sharing.Sights(ctx, c, row, []*ent.Collaborator{them})
	if err != nil {
		return nil, err
	}
	me, err := c.User.Query().Select(user.FieldLocale).Only(ctx)
	if err != nil {
		return nil, err
	}
	about := sharing.Subject{Person: sharing.Name(them), Self: person == v.Collaborator, Kind: row.Kind, Name: row.Name}
	return &WhyVisible{sights[0], sights[0].Words(me.Locale, about)}, nil
}
