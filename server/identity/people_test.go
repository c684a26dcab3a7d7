package identity_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

func (h *house) deactivate(t testing.TB, account, id uuid.UUID) error {
	return h.within(t.Context(), account, func(ctx context.Context, tx *feed.Tx) error { return identity.Deactivate(ctx, tx, id) })
}

func (h *house) reactivate(t testing.TB, account, id uuid.UUID) error {
	return h.within(t.Context(), account, func(ctx context.Context, tx *feed.Tx) error { return identity.Reactivate(ctx, tx, id) })
}

func (h *house) setRole(t testing.TB, account, id uuid.UUID, role collaborator.Role) error {
	return h.within(t.Context(), account, func(ctx context.Context, tx *feed.Tx) error { return identity.SetRole(ctx, tx, id, role) })
}

// state is what the feed shows of a person, and their sight.
type state struct {
	role    collaborator.Role
	status  collaborator.Status
	version int64
	seq     int64
	sight   int64
}

func (h *house) state(t testing.TB, id uuid.UUID) state {
	t.Helper()
	c, err := h.store.Client().Collaborator.Get(viewer.System(t.Context(), "test"), id)
	if err != nil {
		t.Fatal(err)
	}
	return state{c.Role, c.Status, c.Version, c.Seq, c.Sight}
}

func TestDeactivate(t *testing.T) {
	t.Run("ends the person's sessions in that account for good, and no others", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			annCtx, ann := h.signUp(t, "ann@example.com")
			_, bob := h.signUp(t, "bob@example.com")
			id := h.add(t, bob.Session.Account, "ann@example.com", collaborator.RoleMember)
			inBobs, err := h.OpenAccount(annCtx, bob.Session.Account, identity.Device{})
			if err != nil {
				t.Fatal(err)
			}
			live := h.as(t, inBobs)
			before := h.state(t, id)
			if err := h.deactivate(t, bob.Session.Account, id); err != nil {
				t.Fatal(describe(err))
			}
			after := h.state(t, id)
			if after.status != collaborator.StatusDeactivated || after.sight == before.sight ||
				after.version != before.version+1 || after.seq <= before.seq {
				t.Errorf("went from %+v to %+v", before, after)
			}
			_, err = h.Authenticate(t.Context(), inBobs.Token)
			refused(t, err, fault.Unauthenticated, "")
			if f := refused(t, h.Live(live), fault.Unauthenticated, ""); f.Reason != identity.Ended {
				t.Errorf("reason %q", f.Reason)
			}
			h.as(t, ann)
			if err := h.reactivate(t, bob.Session.Account, id); err != nil {
				t.Fatal(describe(err))
			}
			if again := h.state(t, id); again.status != collaborator.StatusActive || again.sight == after.sight || again.seq <= after.seq {
				t.Errorf("came back as %+v", again)
			}
			if _, err := h.Authenticate(t.Context(), inBobs.Token); !fault.Is(err, fault.Unauthenticated) {
				t.Errorf("the old session came back: %v", err)
			}
			if _, err := h.OpenAccount(annCtx, bob.Session.Account, identity.Device{}); err != nil {
				t.Errorf("a person who is back cannot come in: %v", describe(err))
			}
		})
	})
	t.Run("changes nothing the second time, nor for a stranger", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			_, bob := h.signUp(t, "bob@example.com")
			id := h.add(t, ann.Session.Account, "carl@example.com", collaborator.RoleMember)
			if err := h.deactivate(t, ann.Session.Account, id); err != nil {
				t.Fatal(err)
			}
			before := h.state(t, id)
			if err := h.deactivate(t, ann.Session.Account, id); err != nil || h.state(t, id) != before {
				t.Errorf("%v; %+v became %+v", err, before, h.state(t, id))
			}
			refused(t, h.deactivate(t, ann.Session.Account, bob.Session.Collaborator), fault.NotFound, "")
			refused(t, h.deactivate(t, ann.Session.Account, uuid.New()), fault.NotFound, "")
		})
	})
}

func TestSetRole(t *testing.T) {
	t.Run("gives a new sight across the owner boundary only", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			id := h.add(t, ann.Session.Account, "bob@example.com", collaborator.RoleMember)
			ticket, err := h.logIn(t, "bob@example.com", goodPassword)
			if err != nil {
				t.Fatal(err)
			}
			live := h.as(t, ticket)
			for _, step := range []struct {
				to    collaborator.Role
				sight bool
			}{{collaborator.RoleManager, false}, {collaborator.RoleOwner, true}, {collaborator.RoleMember, true}} {
				before := h.state(t, id)
				if err := h.setRole(t, ann.Session.Account, id, step.to); err != nil {
					t.Fatal(describe(err))
				}
				after := h.state(t, id)
				if after.role != step.to || (after.sight != before.sight) != step.sight || after.seq <= before.seq {
					t.Errorf("to %s: from %+v to %+v", step.to, before, after)
				}
				if f := refused(t, h.Live(live), fault.Unavailable, ""); f.Reason != identity.StandingChanged {
					t.Errorf("a live connection learns %q", f.Reason)
				}
				if live, err = h.Refresh(live); err != nil {
					t.Fatal(err)
				}
				if err := h.Live(live); err != nil {
					t.Errorf("connected again: %v", err)
				}
			}
		})
	})
}

// TestLastOwner plays changes of owners, one after the other, against the rule.
func TestLastOwner(t *testing.T) {
	t.Run("stays, whatever is done in any order", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, storetest.Open(t, "sqlite3"), identity.Config{})
		rapid.Check(t, func(rt *rapid.T) {
			first, err := h.Found(t.Context(), founder(uuid.NewString()+"@example.com"))
			if err != nil {
				rt.Fatal(err)
			}
			people := []uuid.UUID{first.Collaborator}
			for range 3 {
				people = append(people, h.add(t, first.Account, uuid.NewString()+"@example.com", collaborator.RoleOwner))
			}
			for range rapid.IntRange(1, 20).Draw(rt, "steps") {
				id := rapid.SampledFrom(people).Draw(rt, "person")
				before := h.state(t, id)
				owners := h.owners(t, people)
				last := owners == 1 && before.role == collaborator.RoleOwner && before.status == collaborator.StatusActive
				var err error
				takes := true
				switch rapid.SampledFrom([]string{"demote", "promote", "deactivate", "reactivate"}).Draw(rt, "step") {
				case "demote":
					err = h.setRole(t, first.Account, id, collaborator.RoleMember)
				case "deactivate":
					err = h.deactivate(t, first.Account, id)
				case "promote":
					takes, err = false, h.setRole(t, first.Account, id, collaborator.RoleOwner)
				case "reactivate":
					takes, err = false, h.reactivate(t, first.Account, id)
				}
				if refused := fault.Is(err, fault.Conflict); refused != (last && takes) || err != nil && !refused {
					rt.Fatalf("%+v with %d owners: %v", before, owners, err)
				}
				if h.owners(t, people) == 0 {
					rt.Fatal("no owner is left")
				}
			}
		})
	})
	t.Run("stays under concurrent tries", func(t *testing.T) {
		t.Parallel()
		storetest.Each(t, func(t *testing.T, s *store.Store) {
			t.Parallel()
			h := newHouse(t, s, identity.Config{})
			first, err := h.Found(t.Context(), founder("ann@example.com"))
			if err != nil {
				t.Fatal(err)
			}
			people := []uuid.UUID{first.Collaborator}
			for range 7 {
				people = append(people, h.add(t, first.Account, uuid.NewString()+"@example.com", collaborator.RoleOwner))
			}
			var wg sync.WaitGroup
			errs := make([]error, len(people))
			for n, id := range people {
				wg.Go(func() {
					if n%2 == 0 {
						errs[n] = h.deactivate(t, first.Account, id)
					} else {
						errs[n] = h.setRole(t, first.Account, id, collaborator.RoleManager)
					}
				})
			}
			wg.Wait()
			kept := 0
			for _, err := range errs {
				if err != nil {
					refused(t, err, fault.Conflict, "")
					kept++
				}
			}
			if kept != 1 || h.owners(t, people) != 1 {
				t.Errorf("%d were refused, %d owners are left", kept, h.owners(t, people))
			}
		})
	})
}

// owners counts the active owners among people.
func (h *house) owners(t testing.TB, people []uuid.UUID) (n int) {
	for _, id := range people {
		if s := h.state(t, id); s.role == collaborator.RoleOwner && s.status == collaborator.StatusActive {
			n++
		}
	}
	return n
}

func TestAddCollaborator(t *testing.T) {
	t.Run("never changes the password of a login that exists", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			h.signUp(t, "bob@example.com")
			hash, err := h.HashPassword(t.Context(), "bob@example.com", betterPassword)
			if err != nil {
				t.Fatal(err)
			}
			join := func() error {
				return h.within(t.Context(), ann.Session.Account, func(ctx context.Context, tx *feed.Tx) error {
					_, err := identity.AddCollaborator(ctx, tx, identity.Joiner{Email: "BOB@example.com", FirstName: "B", LastName: "C", PasswordHash: hash})
					return err
				})
			}
			if err := join(); err != nil {
				t.Fatal(describe(err))
			}
			if _, err := h.logIn(t, "bob@example.com", betterPassword); err == nil {
				t.Error("the joiner's password works")
			}
			if _, err := h.logIn(t, "bob@example.com", goodPassword); err != nil {
				t.Errorf("the person's own does not: %v", describe(err))
			}
			refused(t, join(), fault.Conflict, "email")
		})
	})
	t.Run("needs a password where there is no login", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			err := h.within(t.Context(), ann.Session.Account, func(ctx context.Context, tx *feed.Tx) error {
				_, err := identity.AddCollaborator(ctx, tx, identity.Joiner{Email: "new@example.com", FirstName: "N", LastName: "N"})
				return err
			})
			refused(t, err, fault.Invalid, "email")
		})
	})
	t.Run("brings back who was removed, as the same collaborator with new eyes", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			_, ann := h.signUp(t, "ann@example.com")
			id := h.add(t, ann.Session.Account, "bob@example.com", collaborator.RoleManager)
			before := h.state(t, id)
			err := h.within(t.Context(), ann.Session.Account, func(ctx context.Context, tx *feed.Tx) error {
				tx.PersonChanged(id)
				return tx.Collaborator.UpdateOneID(id).SetRemovedAt(1).Exec(ctx)
			})
			if err != nil {
				t.Fatal(err)
			}
			refused(t, h.deactivate(t, ann.Session.Account, id), fault.NotFound, "")
			if ticket, err := h.logIn(t, "bob@example.com", goodPassword); err != nil || ticket.Session.Account != uuid.Nil {
				t.Fatalf("a person who was removed opened %v, %v", ticket.Session.Account, err)
			}
			if again := h.add(t, ann.Session.Account, "bob@example.com", collaborator.RoleMember); again != id {
				t.Errorf("came back as %v, was %v", again, id)
			}
			if after := h.state(t, id); after.sight == before.sight || after.role != collaborator.RoleMember || after.seq <= before.seq {
				t.Errorf("came back as %+v, was %+v", after, before)
			}
		})
	})
}
