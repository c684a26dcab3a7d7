package sharing_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/visibilityevent"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// TestCommands plays the commands on a campaign for everyone that the account's manager made.
func TestCommands(t *testing.T) {
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		t.Run("on one item that come at once take turns", func(t *testing.T) {
			st := newStage(t, s)
			var g errgroup.Group
			for i := range 24 {
				level := []access.Level{access.LevelNone, access.LevelView, access.LevelEdit}[i%3]
				g.Go(func() error { return st.SetAccess(st.Owner, st.item, st.chloe, level) })
				g.Go(func() error { return st.ClearAccess(st.Owner, st.item, st.chloe) })
				g.Go(func() error { return st.Add(st.Owner, st.item, st.both(), access.LevelView) })
				g.Go(func() error { return st.Remove(st.Manager, st.item, st.both()) })
			}
			if err := g.Wait(); err != nil {
				t.Error(err)
			}
		})
		t.Run("add and remove people, each with an event and a line", func(t *testing.T) {
			st := newStage(t, s)
			st.must(t, st.Add(st.Manager, st.item, []uuid.UUID{st.chloe, st.dan, st.chloe}, access.LevelView))
			st.expect(t, "chloe view, dan view", "granted chloe absent→view, granted dan absent→view", 2)
			st.must(t, st.Add(st.Owner, st.item, st.both(), access.LevelView))
			st.expect(t, "chloe view, dan view", "", 0)
			st.must(t, st.SetAccess(st.Owner, st.item, st.dan, access.LevelEdit))
			st.expect(t, "chloe view, dan edit", "granted dan view→edit", 1)
			st.must(t, st.Remove(st.Owner, st.item, st.both()))
			st.expect(t, "chloe none, dan none", "revoked chloe view→none, revoked dan edit→none", 2)
			st.must(t, st.ClearAccess(st.Owner, st.item, st.dan))
			st.must(t, st.ClearAccess(st.Owner, st.item, st.dan))
			st.expect(t, "chloe none", "access_cleared dan none", 1)
			st.must(t, st.SetAudience(st.Owner, st.item, item.AudienceRestricted))
			st.must(t, st.SetAudience(st.Owner, st.item, item.AudienceRestricted))
			st.expect(t, "chloe none", "audience_changed everyone→restricted", 1)
			st.must(t, st.SetAccess(st.Owner, st.item, st.dan, access.LevelNone))
			st.expect(t, "chloe none, dan none", "revoked dan absent→none", 1)
		})
		t.Run("end the rotation of those who go", func(t *testing.T) {
			st := newStage(t, s)
			st.must(t, st.Add(st.Owner, st.item, st.both(), access.LevelEdit))
			st.Write(t, func(ctx context.Context, tx *feed.Tx) error {
				tx.Granted(st.chloe, st.item, "edit")
				tx.Granted(st.dan, st.item, "edit")
				return tx.Access.Update().Where(access.ItemID(st.item)).SetRoundRobin(true).Exec(ctx)
			})
			st.must(t, st.Add(st.Owner, st.item, st.both(), access.LevelView))
			st.seen(t, "chloe view, dan view")
			st.must(t, st.Remove(st.Owner, st.item, []uuid.UUID{st.chloe}))
			st.seen(t, "chloe none, dan view")
			st.must(t, st.Add(st.Owner, st.item, []uuid.UUID{st.chloe}, access.LevelEdit))
			st.seen(t, "chloe edit, dan view")
		})
		t.Run("change nothing on a fault", func(t *testing.T) {
			st := newStage(t, s)
			gone := librarytest.Collaborator(t, st.Person(t, collaborator.RoleMember))
			st.Write(t, func(ctx context.Context, tx *feed.Tx) error {
				tx.PersonChanged(gone)
				return tx.Collaborator.UpdateOneID(gone).SetRemovedAt(instant.Now()).Exec(ctx)
			})
			st.expect(t, "", "", 0)
			stranger := librarytest.Collaborator(t, librarytest.New(t, s).Member)
			many := make([]uuid.UUID, sharing.MostPeople+1)
			for i := range many {
				many[i] = st.chloe
			}
			with := func(ids ...uuid.UUID) []uuid.UUID { return append(ids, st.chloe, st.dan) }
			const conceal, denied = "There is no such item, or it is not shared with you.", "Only an owner or the item's creator says who may see it."
			nobody := "There is no such person, or it is not shared with you."
			keeps := "Owners and the item's creator keep it: "
			for name, try := range map[string]struct {
				got  error
				kind fault.Kind
				want string
			}{
				"somebody who is not there":     {st.Add(st.Owner, st.item, with(uuid.Must(uuid.NewV7())), access.LevelView), fault.NotFound, nobody},
				"somebody of another account":   {st.Add(st.Owner, st.item, with(stranger), access.LevelView), fault.NotFound, nobody},
				"somebody who has left":         {st.Add(st.Owner, st.item, with(gone), access.LevelView), fault.NotFound, nobody},
				"to remove who is not there":    {st.Remove(st.Owner, st.item, with(uuid.Must(uuid.NewV7()))), fault.NotFound, nobody},
				"to remove a stranger":          {st.Remove(st.Owner, st.item, with(stranger)), fault.NotFound, nobody},
				"to set a stranger's":           {st.SetAccess(st.Owner, st.item, stranger, access.LevelView), fault.NotFound, nobody},
				"nobody":                        {st.Add(st.Owner, st.item, nil, access.LevelView), fault.Invalid, "Name 1 to 1000 people."},
				"to remove nobody":              {st.Remove(st.Owner, st.item, nil), fault.Invalid, "Name 1 to 1000 people."},
				"too many":                      {st.Add(st.Owner, st.item, many, access.LevelView), fault.Invalid, "Name 1 to 1000 people."},
				"to add none":                   {st.Add(st.Owner, st.item, with(), access.LevelNone), fault.Invalid, "To take people off an item, remove them."},
				"to remove an owner":            {st.Remove(st.Manager, st.item, with(st.owner)), fault.Invalid, keeps + "Ann owner cannot be removed."},
				"to remove the creator":         {st.Remove(st.Owner, st.item, with(st.manager)), fault.Invalid, keeps + "Ann manager cannot be removed."},
				"to remove both":                {st.Remove(st.Owner, st.item, with(st.manager, st.owner)), fault.Invalid, keeps + "Ann owner and Ann manager cannot be removed."},
				"a member, to add":              {st.Add(st.Member, st.item, with(), access.LevelView), fault.Denied, denied},
				"a member, to remove":           {st.Remove(st.Member, st.item, with()), fault.Denied, denied},
				"a member, to add a stranger":   {st.Add(st.Member, st.item, with(stranger), access.LevelView), fault.Denied, denied},
				"another account's owner":       {st.Remove(librarytest.New(t, s).Owner, st.item, nil), fault.NotFound, conceal},
				"nobody at all":                 {st.Add(t.Context(), st.item, with(), access.LevelView), fault.Unauthenticated, "Sign in first."},
				"an item that is not there yet": {st.Remove(st.Owner, uuid.Must(uuid.NewV7()), with()), fault.NotFound, conceal},
			} {
				if !fault.Is(try.got, try.kind) || try.got.Error() != try.want {
					t.Errorf("%s is answered %v", name, try.got)
				}
			}
			st.expect(t, "", "", 0)
		})
		t.Run("name the first few of many owners", func(t *testing.T) {
			st := newStage(t, s)
			ids := []uuid.UUID{st.chloe}
			for range 7 {
				ids = append(ids, librarytest.Collaborator(t, st.Person(t, collaborator.RoleOwner)))
			}
			err := st.Remove(st.Owner, st.item, ids)
			want := "Owners and the item's creator keep it: " + strings.Repeat("Ann owner, ", 4) + "Ann owner and 2 more cannot be removed."
			if f := fault.As(err); f == nil || f.Message != want || f.Field != "collaborators" {
				t.Errorf("it is answered %v", err)
			}
		})
		t.Run("leave nothing with who leaves meanwhile", func(t *testing.T) {
			st := newStage(t, s)
			for range 40 {
				leaver := librarytest.Collaborator(t, st.Person(t, collaborator.RoleMember))
				var g errgroup.Group
				g.Go(func() error {
					if err := st.Add(st.Owner, st.item, []uuid.UUID{leaver}, access.LevelEdit); !fault.Is(err, fault.NotFound) {
						return err
					}
					return nil
				})
				g.Go(func() error {
					return st.Feed.Write(st.System, st.ID, func(ctx context.Context, tx *feed.Tx) error {
						tx.PersonChanged(leaver)
						if err := tx.Collaborator.UpdateOneID(leaver).SetRemovedAt(instant.Now()).Exec(ctx); err != nil {
							return err
						}
						tx.Granted(leaver, st.item, "edit")
						_, err := tx.Access.Delete().Where(access.CollaboratorID(leaver)).Exec(ctx)
						return err
					})
				})
				if err := g.Wait(); err != nil {
					t.Fatal(err)
				}
				left, err := s.Client().Access.Query().Where(access.CollaboratorID(leaver)).Count(st.System)
				if err != nil || left > 0 {
					t.Fatalf("%d edges are left: %v", left, err)
				}
			}
		})
		t.Run("take a thousand people at once", func(t *testing.T) {
			st := newStage(t, s)
			var ids []uuid.UUID
			st.Write(t, func(ctx context.Context, tx *feed.Tx) error {
				ids = nil
				for range sharing.MostPeople {
					p, err := person(ctx, tx, collaborator.RoleMember, "active")
					if err != nil {
						return err
					}
					ids = append(ids, p.ID)
				}
				return nil
			})
			st.must(t, st.Add(st.Owner, st.item, ids[:700], access.LevelView))
			st.must(t, st.Remove(st.Owner, st.item, ids))
			n, err := s.Client().Access.Query().Where(access.ItemID(st.item), access.LevelEQ(access.LevelNone)).Count(st.System)
			if err != nil || n != len(ids) {
				t.Errorf("%d people are removed: %v", n, err)
			}
		})
	})
}

// stage is an account with a campaign for everyone that its manager made, and two members beside it.
type stage struct {
	*librarytest.Account
	*sharing.Sharing
	item                       uuid.UUID
	owner, manager, chloe, dan uuid.UUID
	lines, events              int // as far as they were looked at
}

func newStage(t *testing.T, s *store.Store) *stage {
	t.Helper()
	here := librarytest.New(t, s)
	name := "Spring"
	id, err := library.New(here.Feed).Create(here.Manager, item.KindCampaign, library.Patch{Name: &name})
	if err != nil {
		t.Fatal(err)
	}
	st := &stage{
		Account: here, Sharing: sharing.New(here.Feed), item: id,
		owner: librarytest.Collaborator(t, here.Owner), manager: librarytest.Collaborator(t, here.Manager),
		chloe: librarytest.Collaborator(t, here.Person(t, collaborator.RoleMember)),
		dan:   librarytest.Collaborator(t, here.Person(t, collaborator.RoleMember)),
	}
	st.added(t)
	st.lines = len(st.history(t))
	return st
}

func (st *stage) both() []uuid.UUID { return []uuid.UUID{st.chloe, st.dan} }

func (st *stage) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// expect holds the edges, the new lines of the history, and the number of new events to what is wanted.
func (st *stage) expect(t *testing.T, edges, lines string, events int) {
	t.Helper()
	st.seen(t, edges)
	all := st.history(t)
	if d := cmp.Diff(lines, strings.Join(all[st.lines:], ", ")); d != "" {
		t.Errorf("the history (-expected +written):\n%s", d)
	}
	st.lines = len(all)
	if n := st.added(t); n != events {
		t.Errorf("%d events are logged instead of %d", n, events)
	}
}

// seen holds the edges to what is wanted.
func (st *stage) seen(t *testing.T, want string) {
	t.Helper()
	edges, err := st.Store.Client().Access.Query().Where(access.ItemID(st.item)).All(st.System)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range edges {
		turn := ""
		if e.RoundRobin {
			turn = " in turn"
		}
		all = append(all, fmt.Sprintf("%s %s%s", st.name(&e.CollaboratorID), e.Level, turn))
	}
	slices.Sort(all)
	if got := strings.Join(all, ", "); got != want {
		t.Errorf("the edges are %q instead of %q", got, want)
	}
}

// history returns the lines of the account's history, those of one commit by name.
func (st *stage) history(t *testing.T) []string {
	t.Helper()
	rows, err := st.Store.Client().AuditEvent.Query().Where(auditevent.AccountID(st.ID)).
		Order(ent.Asc(auditevent.FieldNumber)).All(st.System)
	if err != nil {
		t.Fatal(err)
	}
	all := make([]string, len(rows))
	for i, r := range rows {
		var detail map[string]string
		if err := json.Unmarshal([]byte(r.Detail), &detail); err != nil {
			t.Fatal(err)
		}
		all[i] = strings.Join(strings.Fields(r.Verb+" "+st.name(r.PersonID)), " ") + " " + detail["before"]
		if detail["after"] != "" {
			all[i] += "→" + detail["after"]
		}
		if r.ItemID != nil && (*r.ItemID != st.item || detail["item"] != "Spring" || r.ActorID == nil) {
			t.Errorf("the line %s is of %v by %v", all[i], detail["item"], r.ActorID)
		}
	}
	return all
}

// added returns how many events the visibility log has more than when it was last looked at.
func (st *stage) added(t *testing.T) int {
	t.Helper()
	n, err := st.Store.Client().VisibilityEvent.Query().Where(visibilityevent.AccountID(st.ID)).Count(st.System)
	if err != nil {
		t.Fatal(err)
	}
	was := st.events
	st.events = n
	return n - was
}

func (st *stage) name(id *uuid.UUID) string {
	switch {
	case id == nil:
		return ""
	case *id == st.chloe:
		return "chloe"
	case *id == st.dan:
		return "dan"
	}
	return "somebody"
}
