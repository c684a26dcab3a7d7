package team_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/server/team"
)

// steps are the ways in which people change, by the person in the context or by the people named.
func (h *house) steps() map[string]func(context.Context, []uuid.UUID) error {
	return map[string]func(context.Context, []uuid.UUID) error{
		"demote": func(ctx context.Context, ids []uuid.UUID) error {
			return h.Change(ctx, ids, team.Change{Role: new(collaborator.RoleManager)})
		},
		"promote": func(ctx context.Context, ids []uuid.UUID) error {
			return h.Change(ctx, ids, team.Change{Role: new(collaborator.RoleOwner)})
		},
		"deactivate": func(ctx context.Context, ids []uuid.UUID) error {
			_, err := h.Deactivate(ctx, ids, team.Leads{To: team.KeepLeads})
			return err
		},
		"reactivate": h.Reactivate,
		"remove": func(ctx context.Context, ids []uuid.UUID) error {
			_, err := h.Remove(ctx, ids, team.Leads{To: team.LeadsToRotation})
			return err
		},
		"leave": func(ctx context.Context, _ []uuid.UUID) error { return h.Leave(ctx) },
	}
}

func (h *house) owners(t testing.TB) int {
	t.Helper()
	n, err := h.store.Client().Collaborator.Query().Where(collaborator.AccountID(h.account),
		collaborator.RoleEQ(collaborator.RoleOwner), collaborator.StatusEQ(collaborator.StatusActive),
		collaborator.RemovedAt(0)).Count(h.system)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestLastOwner holds that an account has an active owner at all times.
func TestLastOwner(t *testing.T) {
	t.Run("stays, whatever is done in any order to any people at once", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, storetest.Open(t, "sqlite3"))
		rapid.Check(t, func(rt *rapid.T) {
			h.found(t, uuid.NewString()+"@example.com")
			people := []uuid.UUID{h.ann}
			for range 3 {
				people = append(people, h.add(t, uuid.NewString(), collaborator.RoleOwner))
			}
			steps := h.steps()
			for range rapid.IntRange(1, 15).Draw(rt, "steps") {
				by := rapid.SampledFrom(people).Draw(rt, "by")
				ids := rapid.SliceOfNDistinct(rapid.SampledFrom(people), 1, 4, rapid.ID).Draw(rt, "people")
				name := rapid.SampledFrom([]string{"demote", "promote", "deactivate", "reactivate", "remove", "leave"}).Draw(rt, "step")
				if err := steps[name](h.as(t, by), ids); err != nil && fault.As(err) == nil {
					rt.Fatalf("%s: %v", name, err)
				}
				if h.owners(t) == 0 {
					rt.Fatalf("%s left no owner", name)
				}
			}
		})
	})
	t.Run("stays alone and with all others in one call", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			steps, all := h.steps(), []uuid.UUID{h.ann}
			tryAll := func(names ...string) {
				for _, name := range names {
					f := refused(t, steps[name](h.owner, all), fault.Conflict, "")
					if f.Message != "An account needs an active owner. Make someone else an owner first." {
						t.Errorf("%s answers %q", name, f.Message)
					}
				}
			}
			h.add(t, "member", collaborator.RoleMember)
			tryAll("demote", "deactivate", "remove", "leave")
			all = append(all, h.add(t, "bob", collaborator.RoleOwner), h.add(t, "cat", collaborator.RoleOwner))
			tryAll("demote", "deactivate", "remove")
			if h.owners(t) != 3 {
				t.Errorf("%d owners are left", h.owners(t))
			}
			must(t, steps["deactivate"](h.owner, all[2:])) // one who is shut out does not count
			tryAll("demote", "deactivate", "remove")
			must(t, steps["leave"](h.owner, nil))
			if h.owners(t) != 1 {
				t.Errorf("%d owners are left", h.owners(t))
			}
		})
	})
	t.Run("stays under concurrent tries", func(t *testing.T) {
		t.Parallel()
		storetest.Each(t, func(t *testing.T, s *store.Store) {
			t.Parallel()
			h := newHouse(t, s)
			for _, name := range []string{"demote", "deactivate", "remove", "leave"} {
				for _, n := range []int{2, 8} {
					h.found(t, uuid.NewString()+"@example.com")
					h.concurrently(t, n, name)
				}
			}
		})
	})
}

// concurrently has n owners do a step at once, each to the next one, or to themselves to leave.
func (h *house) concurrently(t *testing.T, n int, name string) {
	t.Helper()
	people := []uuid.UUID{h.ann}
	for range n - 1 {
		people = append(people, h.add(t, uuid.NewString(), collaborator.RoleOwner))
	}
	var acting []context.Context
	for _, id := range people {
		acting = append(acting, h.as(t, id))
	}
	step := h.steps()[name]
	var wg sync.WaitGroup
	errs := make([]error, n)
	for i := range people {
		wg.Go(func() { errs[i] = step(acting[i], []uuid.UUID{people[(i+1)%n]}) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Denied) && !fault.Is(err, fault.NotFound) {
			t.Errorf("answered %v", describe(err))
		}
	}
	if h.owners(t) == 0 {
		t.Errorf("%d owners %s: none is left", n, name)
	}
	if h.owners(t) == n {
		t.Errorf("%d owners %s: nothing happened: %v", n, name, errs)
	}
}
