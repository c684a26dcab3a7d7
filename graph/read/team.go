package read

import (
	"context"
	"fmt"
	"sync"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/invitation"
	"github.com/partage-mail/partage/server/fold"
	"github.com/partage-mail/partage/server/sharing"
)

// TeamStatus is where someone of a team stands.
type TeamStatus string

// The statuses: in the account and let in, asked to join, in the account and shut out.
const (
	TeamActive      TeamStatus = "active"
	TeamInvited     TeamStatus = "invited"
	TeamDeactivated TeamStatus = "deactivated"
)

// Person is someone of a team: a Collaborator or an Invitation.
type Person interface {
	Node
	IsPerson()
}

// IsPerson marks the type as a Person.
func (*Collaborator) IsPerson() {}

// IsPerson marks the type as a Person.
func (*Invitation) IsPerson() {}

// PersonEdge is someone of a team on a page.
type PersonEdge = Edge[Person]

// TeamConnection is a page of a team.
type TeamConnection struct {
	*Page[Person]
	counts func() (*TeamCounts, error)
}

// Counts returns how many match the search and the role, by status.
func (c *TeamConnection) Counts() (*TeamCounts, error) { return c.counts() }

// TeamCounts are how many people of a team there are of each status.
type TeamCounts struct {
	Active, Deactivated int
	// Invited is nil to those who see no invitations.
	Invited *int
}

// Team says which people of a team a list holds.
type Team struct {
	// Search is part of a name or address; empty for all.
	Search string
	// Role and Status are theirs; nil for any.
	Role   *collaborator.Role
	Status *TeamStatus
}

// has is whether the list holds people of a status.
func (t Team) has(s TeamStatus) bool { return t.Status == nil || *t.Status == s }

// collaborators restricts people of the account to the search and the role.
func (t Team) collaborators(s *sql.Selector) {
	if t.Search != "" {
		collaborator.SearchKeyContains(fold.Fold(t.Search))(s)
	}
	if t.Role != nil {
		collaborator.RoleEQ(*t.Role)(s)
	}
}

// invitations restricts invitations to those that are not accepted yet, the search and the role.
func (t Team) invitations(s *sql.Selector) {
	invitation.StateEQ(invitation.StatePending)(s)
	if t.Search != "" {
		invitation.SearchKeyContains(fold.Fold(t.Search))(s)
	}
	if t.Role != nil {
		invitation.RoleEQ(invitation.Role(*t.Role))(s)
	}
}

// Team reads a page of the account's people and of those who are invited, by name. Who sees no invitations sees the
// list without them.
func (r *Reader) Team(ctx context.Context, which Team, w Window) (*TeamConnection, error) {
	v, err := sharing.From(ctx)
	if err != nil {
		return nil, err
	}
	if err := searchable(which.Search); err != nil {
		return nil, err
	}
	counts := sync.OnceValues(func() (*TeamCounts, error) { return r.teamCounts(ctx, v, which) })
	p, err := page(ctx, r.sealer, listing[teamRow, Person]{
		ordering: ordering{"team", []string{"search_key", "id"}, false},
		rows: func(ctx context.Context, apply func(*sql.Selector)) ([]teamRow, error) {
			return r.teamRows(ctx, v, which, apply)
		},
		key:     func(t teamRow) []any { return []any{t.key, t.id} },
		present: as(func(t teamRow) Person { return t.person }),
		count: func(context.Context) (int, error) {
			c, err := counts()
			if err != nil {
				return 0, err
			}
			return c.total(which), nil
		},
	}, w)
	return &TeamConnection{p, counts}, err
}

// total is how many the list holds.
func (c *TeamCounts) total(which Team) int {
	n := 0
	if which.has(TeamActive) {
		n += c.Active
	}
	if which.has(TeamInvited) && c.Invited != nil {
		n += *c.Invited
	}
	if which.has(TeamDeactivated) {
		n += c.Deactivated
	}
	return n
}

func (r *Reader) teamCounts(ctx context.Context, v *sharing.Viewer, which Team) (*TeamCounts, error) {
	var found []struct {
		Status collaborator.Status `json:"status"`
		Count  int                 `json:"count"`
	}
	err := r.store.Client().Collaborator.Query().Where(which.collaborators).
		GroupBy(collaborator.FieldStatus).Aggregate(ent.Count()).Scan(ctx, &found)
	if err != nil {
		return nil, fmt.Errorf("counting a team: %w", err)
	}
	c := &TeamCounts{}
	for _, f := range found {
		switch f.Status {
		case collaborator.StatusActive:
			c.Active = f.Count
		case collaborator.StatusDeactivated:
			c.Deactivated = f.Count
		}
	}
	if v.Owner() {
		n, err := r.store.Client().Invitation.Query().Where(which.invitations).Count(ctx)
		if err != nil {
			return nil, fmt.Errorf("counting a team: %w", err)
		}
		c.Invited = &n
	}
	return c, nil
}

// teamRow is someone in the order of the list.
type teamRow struct {
	key     string
	id      uuid.UUID
	invited bool
	person  Person
}

// teamRows finds who is on a page in one query over both tables, each narrowed as the ORM narrows it, and reads
// them with one query a table.
func (r *Reader) teamRows(ctx context.Context, v *sharing.Viewer, which Team, apply func(*sql.Selector)) ([]teamRow, error) {
	both := r.teamQuery(v, which)
	if both == nil {
		return nil, nil
	}
	apply(both)
	var found []teamRow
	err := r.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
		if found, err = teamKeys(ctx, tx, both); err != nil {
			return err
		}
		return r.fillTeam(ctx, tx, found)
	})
	return found, err
}

func teamKeys(ctx context.Context, tx *ent.Tx, both *sql.Selector) ([]teamRow, error) {
	query, args := both.Query()
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []teamRow
	for rows.Next() {
		var t teamRow
		if err := rows.Scan(&t.id, &t.key, &t.invited); err != nil {
			return nil, err
		}
		found = append(found, t)
	}
	return found, rows.Err()
}

// teamQuery selects the keys of everyone the list holds; nil where it holds nobody.
func (r *Reader) teamQuery(v *sharing.Viewer, which Team) *sql.Selector {
	b := sql.Dialect(r.store.Dialect())
	var both *sql.Selector
	add := func(entity, table, invited string, restrict func(*sql.Selector)) {
		narrow, ok := v.Narrow(entity)
		if !ok {
			return
		}
		s := b.Select("id", "search_key").AppendSelectExpr(sql.Expr(invited + " AS invited")).From(b.Table(table))
		narrow(s)
		restrict(s)
		if both == nil {
			both = s
		} else {
			both.UnionAll(s)
		}
	}
	if which.has(TeamActive) || which.has(TeamDeactivated) {
		add("Collaborator", collaborator.Table, "false", func(s *sql.Selector) {
			if which.collaborators(s); which.Status != nil {
				collaborator.StatusEQ(collaborator.Status(*which.Status))(s)
			}
		})
	}
	if which.has(TeamInvited) {
		add("Invitation", invitation.Table, "true", which.invitations)
	}
	if both == nil {
		return nil
	}
	return b.Select("id", "search_key", "invited").From(b.Table("team")).Prefix(b.With("team").As(both))
}

// fillTeam reads who is on a page.
func (r *Reader) fillTeam(ctx context.Context, tx *ent.Tx, page []teamRow) error {
	var people, invited []uuid.UUID
	for _, t := range page {
		if t.invited {
			invited = append(invited, t.id)
		} else {
			people = append(people, t.id)
		}
	}
	persons := make(map[uuid.UUID]Person, len(page))
	if len(people) > 0 {
		rows, err := tx.Collaborator.Query().Where(collaborator.IDIn(people...)).All(ctx)
		if err != nil {
			return err
		}
		for _, c := range rows {
			persons[c.ID] = r.clock.person(c)
		}
	}
	if len(invited) > 0 {
		rows, err := tx.Invitation.Query().Where(invitation.IDIn(invited...)).All(ctx)
		if err != nil {
			return err
		}
		for i, inv := range newInvitations(r.source(), rows) {
			persons[rows[i].ID] = inv
		}
	}
	for i := range page {
		page[i].person = persons[page[i].id]
	}
	return nil
}
