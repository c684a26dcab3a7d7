package sharing_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// TestPeople holds the rule from the item's side to the pure function, in every state: people of each role and
// standing with each edge, on items of each audience, of nobody, of one of them, and dead.
func TestPeople(t *testing.T) {
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		here, there := librarytest.New(t, s), librarytest.New(t, s)
		people, items := everyState(t, here)
		everyState(t, there) // who must not be found here
		for _, it := range items {
			sights, err := sharing.Sights(here.System, s.Client(), it, ents(people))
			if err != nil {
				t.Fatal(err)
			}
			var seenBy, hiddenFrom []string
			for i, p := range people {
				want := p.eyes.Explain(sharing.State{Creator: it.CreatorID, Audience: it.Audience, Edge: p.edge, Dead: it.DeletedAt != 0})
				if sights[i] != want {
					t.Errorf("%s on %s: the sight is %v instead of %v", p, it.Name, sights[i], want)
				}
				switch {
				case want.Level != access.LevelNone:
					seenBy = append(seenBy, p.String())
				case want.Reason != sharing.BecauseDeactivated && want.Reason != sharing.BecauseDead:
					hiddenFrom = append(hiddenFrom, p.String())
				}
			}
			for what, half := range map[string]struct {
				is   predicate.Collaborator
				want []string
			}{"seen by": {sharing.SeenBy(it), seenBy}, "hidden from": {sharing.HiddenFrom(it), hiddenFrom}} {
				found, err := s.Client().Collaborator.Query().Where(half.is).All(here.System)
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(sorted(half.want), sorted(named(people, found))); d != "" {
					t.Errorf("%s is %s (-expected +found):\n%s", it.Name, what, d)
				}
			}
		}
	})
}

// stander is a person with the edge they have on every item.
type stander struct {
	*ent.Collaborator
	eyes *sharing.Viewer
	edge access.Level
}

func (p stander) String() string {
	return fmt.Sprintf("a %s %s, removed %v, with the edge %q", p.Status, p.Role, p.RemovedAt != 0, p.edge)
}

// everyState makes a person for each role, standing and edge, and for each audience items of nobody, alive and
// dead, and of each of the people. The account's own people of librarytest have no edges.
func everyState(t *testing.T, a *librarytest.Account) (people []stander, items []*ent.Item) {
	t.Helper()
	a.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		people, items = nil, nil
		before, err := tx.Collaborator.Query().Where(collaborator.AccountID(a.ID)).All(ctx)
		if err != nil {
			return err
		}
		for _, p := range before {
			people = append(people, stander{p, sharing.Eyes(p), ""})
		}
		for _, role := range []collaborator.Role{collaborator.RoleOwner, collaborator.RoleManager, collaborator.RoleMember} {
			for _, standing := range []string{"active", "deactivated", "removed"} {
				for _, edge := range []access.Level{"", access.LevelNone, access.LevelView, access.LevelEdit} {
					p, err := person(ctx, tx, role, standing)
					if err != nil {
						return err
					}
					people = append(people, stander{p, sharing.Eyes(p), edge})
				}
			}
		}
		for _, audience := range []item.Audience{item.AudienceEveryone, item.AudienceRestricted} {
			for _, dead := range []instant.Instant{0, instant.Now()} {
				it, err := thing(ctx, tx, audience, nil, dead, people)
				if err != nil {
					return err
				}
				items = append(items, it)
			}
			for _, p := range people {
				it, err := thing(ctx, tx, audience, &p, 0, people)
				if err != nil {
					return err
				}
				items = append(items, it)
			}
		}
		return nil
	})
	return people, items
}

func person(ctx context.Context, tx *feed.Tx, role collaborator.Role, standing string) (*ent.Collaborator, error) {
	email := uuid.NewString() + "@example.com"
	u, err := tx.User.Create().SetEmail(email).SetEmailKey(email).SetPasswordHash("").
		SetFirstName("Ann").SetLastName("Test").Save(ctx)
	if err != nil {
		return nil, err
	}
	c := tx.Collaborator.Create().SetAccountID(tx.Account).SetUserID(u.ID).SetEmail(email).
		SetFirstName("Ann").SetLastName("Test").SetRole(role)
	switch standing {
	case "deactivated":
		c.SetStatus(collaborator.StatusDeactivated)
	case "removed":
		c.SetRemovedAt(instant.Now())
	}
	p, err := c.Save(ctx)
	if err == nil {
		tx.PersonChanged(p.ID)
	}
	return p, err
}

func thing(ctx context.Context, tx *feed.Tx, audience item.Audience, creator *stander, dead instant.Instant, people []stander) (*ent.Item, error) {
	c := tx.Item.Create().SetAccountID(tx.Account).SetKind(item.KindTemplate).SetNameKey("x").SetAudience(audience).SetDeletedAt(dead)
	c.SetName(fmt.Sprintf("an item for %s of nobody, dead %v", audience, dead != 0))
	if creator != nil {
		c.SetCreatorID(creator.ID).SetName(fmt.Sprintf("an item for %s of %s", audience, creator))
	}
	it, err := c.Save(ctx)
	if err != nil {
		return nil, err
	}
	tx.Changed(it.ID)
	tx.Appeared(it.ID)
	var edges []*ent.AccessCreate
	for _, p := range people {
		if p.edge != "" {
			tx.Granted(p.ID, it.ID, "absent")
			edges = append(edges, tx.Access.Create().SetAccountID(tx.Account).SetCollaboratorID(p.ID).SetItemID(it.ID).SetLevel(p.edge))
		}
	}
	return it, tx.Access.CreateBulk(edges...).Exec(ctx)
}

func ents(people []stander) []*ent.Collaborator {
	all := make([]*ent.Collaborator, len(people))
	for i, p := range people {
		all[i] = p.Collaborator
	}
	return all
}

// named says who has been found.
func named(people []stander, found []*ent.Collaborator) []string {
	var all []string
	for _, f := range found {
		i := slices.IndexFunc(people, func(p stander) bool { return p.ID == f.ID })
		if i < 0 {
			all = append(all, "a stranger")
			continue
		}
		all = append(all, people[i].String())
	}
	return all
}

func sorted(all []string) []string {
	slices.Sort(all)
	return all
}
