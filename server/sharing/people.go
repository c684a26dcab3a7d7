package sharing

import (
	"context"
	"fmt"
	"strings"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fault"
)

// SeenBy restricts people to those who see an item, HiddenFrom to those who may come in and do not see it.
// Together they are the rule of visibility.go from the item's side; a test holds them to Explain. The
// caller has read the item as the viewer, and HiddenFrom is for those who govern it.
func SeenBy(it *ent.Item) predicate.Collaborator {
	return func(s *sql.Selector) { s.Where(sql.And(present(s, it), sees(s, it))) }
}

// HiddenFrom is the other half of SeenBy.
func HiddenFrom(it *ent.Item) predicate.Collaborator {
	return func(s *sql.Selector) { s.Where(sql.And(present(s, it), sql.Not(sees(s, it)))) }
}

// present holds for people who may come in to the account of an item that is alive.
func present(s *sql.Selector, it *ent.Item) *sql.Predicate {
	if it.DeletedAt != 0 {
		return sql.False()
	}
	return sql.And(
		sql.EQ(s.C(collaborator.FieldAccountID), it.AccountID),
		sql.EQ(s.C(collaborator.FieldStatus), collaborator.StatusActive),
		sql.EQ(s.C(collaborator.FieldRemovedAt), 0),
	)
}

// sees is the rule for people who may come in. The edges of the one item are looked up once for all of them.
func sees(s *sql.Selector, it *ent.Item) *sql.Predicate {
	id := s.C(collaborator.FieldID)
	with := func(level *sql.Predicate) *sql.Selector {
		b := sql.Dialect(s.Dialect())
		return b.Select(access.FieldCollaboratorID).From(b.Table(access.Table)).Where(sql.And(sql.EQ(access.FieldItemID, it.ID), level))
	}
	ways := []*sql.Predicate{sql.EQ(s.C(collaborator.FieldRole), collaborator.RoleOwner)}
	if it.CreatorID != nil {
		ways = append(ways, sql.EQ(id, *it.CreatorID))
	}
	if it.Audience == item.AudienceEveryone {
		return sql.Or(append(ways, sql.NotIn(id, with(sql.EQ(access.FieldLevel, access.LevelNone))))...)
	}
	return sql.Or(append(ways, sql.In(id, with(sql.NEQ(access.FieldLevel, access.LevelNone))))...)
}

// Sights says of each of some people what they may do with an item, and why, in their order. The caller has
// read the item as the viewer.
func Sights(ctx context.Context, c *ent.Client, it *ent.Item, people []*ent.Collaborator) ([]Sight, error) {
	edges, err := edgesOf(ctx, c.Access, it.ID, idsOf(people))
	if err != nil {
		return nil, err
	}
	sights := make([]Sight, len(people))
	for i, p := range people {
		s := State{Creator: it.CreatorID, Audience: it.Audience, Dead: it.DeletedAt != 0}
		if e := edges[p.ID]; e != nil {
			s.Edge = e.Level
		}
		sights[i] = Eyes(p).Explain(s)
	}
	return sights, nil
}

// edgesOf returns the edges of people on an item that the caller sees, by person.
func edgesOf(ctx context.Context, c *ent.AccessClient, id uuid.UUID, people []uuid.UUID) (map[uuid.UUID]*ent.Access, error) {
	found, err := c.Query().Where(access.ItemID(id), access.CollaboratorIDIn(people...)).
		All(viewer.System(ctx, "whoever sees an item is told who else does, and those who govern it change it"))
	if err != nil {
		return nil, fmt.Errorf("reading the edges of an item: %w", err)
	}
	edges := make(map[uuid.UUID]*ent.Access, len(found))
	for _, e := range found {
		edges[e.CollaboratorID] = e
	}
	return edges, nil
}

func idsOf(people []*ent.Collaborator) []uuid.UUID {
	ids := make([]uuid.UUID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	return ids
}

// named are people in a sentence, the first few by name.
type named []*ent.Collaborator

// String lists them in English.
func (n named) String() string { return n.list(" and ", "%d more") }

// In lists them in a language.
func (n named) In(locale string) string {
	if locale == fault.French {
		return n.list(" et ", "%d autres")
	}
	return n.String()
}

func (n named) list(and, others string) string {
	const most = 5
	var some []string
	for _, p := range n[:min(most, len(n))] {
		some = append(some, Name(p))
	}
	if more := len(n) - most; more > 0 {
		some = append(some, fmt.Sprintf(others, more))
	}
	last := len(some) - 1
	if last == 0 {
		return some[0]
	}
	return strings.Join(some[:last], ", ") + and + some[last]
}

// Name is what a person is called in a sentence.
func Name(c *ent.Collaborator) string { return c.FirstName + " " + c.LastName }
