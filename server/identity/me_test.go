package identity_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed/feedtest"
	"github.com/partage-mail/partage/server/identity"
)

func say(s string) *string { return &s }

// person returns somebody's row in an account.
func (h *house) person(t testing.TB, id uuid.UUID) *ent.Collaborator {
	t.Helper()
	c, err := h.store.Client().Collaborator.Get(viewer.System(t.Context(), "a test looks"), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// renamings returns how many lines of an account's history tell of a new name.
func (h *house) renamings(t testing.TB, account uuid.UUID) int {
	t.Helper()
	n, err := h.store.Client().AuditEvent.Query().
		Where(auditevent.AccountID(account), auditevent.Verb(string(audit.Renamed))).Count(viewer.System(t.Context(), "a test looks"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestChangeMe(t *testing.T) {
	t.Run("is known in every account one may open, and in no other", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			feedtest.Guard(t, h.store)
			me, ann := h.signUp(t, "ann@example.com")
			_, bob := h.signUp(t, "bob@example.com")
			_, zoe := h.signUp(t, "zoe@example.com")
			home := ann.Session.Collaborator
			there := h.add(t, bob.Session.Account, "ann@example.com", collaborator.RoleMember)
			shut := h.add(t, zoe.Session.Account, "ann@example.com", collaborator.RoleMember)
			if err := h.shutOut(t, zoe.Session.Account, shut); err != nil {
				t.Fatal(err)
			}
			out, other := h.person(t, shut), h.person(t, bob.Session.Collaborator)
			if err := h.ChangeMe(me, identity.Me{FirstName: say(" Anna "), Locale: say("fr")}); err != nil {
				t.Fatal(err)
			}
			for _, id := range []uuid.UUID{home, there} {
				if p := h.person(t, id); p.FirstName != "Anna" || p.LastName != "Example" || p.SearchKey != identity.SearchKey("Anna", "Example", "ann@example.com") {
					t.Errorf("%+v", p)
				}
			}
			if p := h.person(t, shut); p.FirstName != out.FirstName || p.Seq != out.Seq {
				t.Errorf("who is shut out became %+v", p)
			}
			if p := h.person(t, bob.Session.Collaborator); p.FirstName != other.FirstName || p.Seq != other.Seq {
				t.Errorf("somebody else became %+v", p)
			}
			for account, want := range map[uuid.UUID]int{ann.Session.Account: 1, bob.Session.Account: 1, zoe.Session.Account: 0} {
				if n := h.renamings(t, account); n != want {
					t.Errorf("%d lines instead of %d", n, want)
				}
			}
			login, err := h.store.Client().User.Query().Where(user.EmailKey("ann@example.com")).Only(me)
			if err != nil || login.FirstName != "Anna" || login.Locale != "fr" {
				t.Errorf("the login is %v: %v", login, err)
			}
		})
	})
	t.Run("a language alone moves the person and renames nobody, and what is as it was moves nothing", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			me, ann := h.signUp(t, "ann@example.com")
			id := ann.Session.Collaborator
			for _, step := range []struct {
				me    identity.Me
				moves bool
			}{
				{identity.Me{Locale: say("fr")}, true}, {identity.Me{Locale: say("fr")}, false},
				{identity.Me{FirstName: say("Ann"), LastName: say("Example")}, false}, {identity.Me{}, false},
			} {
				before := h.person(t, id)
				if err := h.ChangeMe(me, step.me); err != nil {
					t.Fatal(err)
				}
				if after := h.person(t, id); (after.Seq != before.Seq) != step.moves || after.Version != before.Version {
					t.Errorf("from %d to %d, version %d", before.Seq, after.Seq, after.Version)
				}
			}
			if n := h.renamings(t, ann.Session.Account); n > 0 {
				t.Errorf("%d lines", n)
			}
		})
	})
	t.Run("says all that is wrong, and changes nothing", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			me, ann := h.signUp(t, "ann@example.com")
			before := h.person(t, ann.Session.Collaborator)
			err := h.ChangeMe(me, identity.Me{FirstName: say("\u202e"), LastName: say(""), Locale: say("de")})
			joined, ok := err.(interface{ Unwrap() []error })
			if !ok || len(joined.Unwrap()) != 3 {
				t.Fatalf("%v", err)
			}
			for i, field := range []string{"firstName", "lastName", "locale"} {
				if f := fault.As(joined.Unwrap()[i]); f == nil || f.Kind != fault.Invalid || f.Field != field {
					t.Errorf("%v instead of one of %s", f, field)
				}
			}
			if after := h.person(t, ann.Session.Collaborator); after.Seq != before.Seq {
				t.Error("the person moved")
			}
			if _, err := h.LogOut(me); err != nil {
				t.Fatal(err)
			}
			for _, who := range []context.Context{me, t.Context()} {
				if err := h.ChangeMe(who, identity.Me{FirstName: say("Anna")}); !fault.Is(err, fault.Unauthenticated) {
					t.Errorf("without a session: %v", err)
				}
			}
		})
	})
	t.Run("of people who share accounts, many at once, each gets through and no field is lost", func(t *testing.T) {
		each(t, func(t *testing.T, h *house) {
			one, ann := h.signUp(t, "ann@example.com")
			two, bob := h.signUp(t, "bob@example.com")
			h.add(t, bob.Session.Account, "ann@example.com", collaborator.RoleMember)
			h.add(t, ann.Session.Account, "bob@example.com", collaborator.RoleMember)
			var all errgroup.Group
			for i := range 6 {
				all.Go(func() error { return h.ChangeMe(one, identity.Me{FirstName: say(fmt.Sprint("Ann", i))}) })
				all.Go(func() error { return h.ChangeMe(one, identity.Me{LastName: say(fmt.Sprint("Last", i))}) })
				all.Go(func() error { return h.ChangeMe(two, identity.Me{FirstName: say(fmt.Sprint("Bob", i))}) })
			}
			if err := all.Wait(); err != nil {
				t.Fatal(err)
			}
			for _, who := range []context.Context{one, two} {
				login, err := h.store.Client().User.Query().Only(who)
				if err != nil {
					t.Fatal(err)
				}
				people, err := h.store.Client().Collaborator.Query().Where(collaborator.UserID(login.ID)).All(viewer.System(t.Context(), "a test looks"))
				if err != nil || len(people) != 2 {
					t.Fatalf("%d people: %v", len(people), err)
				}
				for _, p := range people {
					if p.FirstName != login.FirstName || p.LastName != login.LastName {
						t.Errorf("%s %s is called %s %s", login.FirstName, login.LastName, p.FirstName, p.LastName)
					}
				}
			}
			login, err := h.store.Client().User.Query().Only(one)
			if err != nil || login.FirstName == "Ann" || login.LastName == "Example" {
				t.Errorf("a field was lost: %v %v", login, err)
			}
			for _, account := range []uuid.UUID{ann.Session.Account, bob.Session.Account} {
				if n := h.renamings(t, account); n == 0 || n > 18 {
					t.Errorf("%d lines", n)
				}
			}
		})
	})
}
