package sharing_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/contactlist"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/predicate"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// TestVisibility holds the forms of the rule together. Whatever state an item is in to a person of whatever
// role, these say the same: the pure function, each query that the ORM narrows, the fast list, the list of the
// bin, and the checks before a command.
func TestVisibility(t *testing.T) {
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		here, there := librarytest.New(t, s), librarytest.New(t, s)
		for _, role := range []collaborator.Role{collaborator.RoleOwner, collaborator.RoleManager, collaborator.RoleMember} {
			ctx := here.Person(t, role)
			v, err := sharing.From(ctx)
			if err != nil {
				t.Fatal(err)
			}
			var all []stateful
			for _, st := range states(v) {
				all = append(all, store1(t, here, v, st))
				if st.Creator == nil && st.Edge == "" { // in another account there are no others
					foreign := store1(t, there, v, st)
					foreign.foreign = true
					all = append(all, foreign)
				}
			}
			e := &eyes{ctx, v, here}
			for _, round := range []string{"before edges are settled", "after"} {
				newest := e.newest(t)
				for _, it := range all {
					e.look(t, it, newest)
				}
				if err := here.Feed.Settle(here.System, here.ID); err != nil {
					t.Fatal(err)
				}
				if t.Failed() {
					t.Fatalf("seen by a %s %s", role, round)
				}
			}
		}
	})
}

// stateful is an item, a contact list of one row, in a state.
type stateful struct {
	id      uuid.UUID
	state   sharing.State
	foreign bool
}

func (s stateful) String() string {
	creator := "somebody's"
	if s.state.Creator != nil {
		creator = "the viewer's own"
	}
	return fmt.Sprintf("%s item for %q with the edge %q (dead %v, foreign %v)", creator, s.state.Audience, s.state.Edge, s.state.Dead, s.foreign)
}

// states lists every state that an item can be in to the viewer.
func states(v *sharing.Viewer) []sharing.State {
	var all []sharing.State
	for _, creator := range []*uuid.UUID{nil, &v.Collaborator} {
		for _, audience := range []item.Audience{item.AudienceEveryone, item.AudienceRestricted} {
			for _, edge := range []access.Level{"", access.LevelNone, access.LevelView, access.LevelEdit} {
				for _, dead := range []bool{false, true} {
					all = append(all, sharing.State{Creator: creator, Audience: audience, Edge: edge, Dead: dead})
				}
			}
		}
	}
	return all
}

func store1(t *testing.T, a *librarytest.Account, v *sharing.Viewer, st sharing.State) stateful {
	t.Helper()
	id := uuid.Must(uuid.NewV7())
	a.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		tx.Changed(id)
		tx.Appeared(id)
		err := tx.Item.Create().SetID(id).SetAccountID(a.ID).SetKind(item.KindContactList).SetName("x").SetNameKey("x").
			SetAudience(st.Audience).SetNillableCreatorID(st.Creator).Exec(ctx)
		if err != nil {
			return err
		}
		if err := tx.ContactList.Create().SetID(id).SetAccountID(a.ID).Exec(ctx); err != nil {
			return err
		}
		rows, err := tx.Rows(ctx, id)
		if err != nil {
			return err
		}
		rows.Added(1)
		err = tx.Contact.Create().SetID(id).SetAccountID(a.ID).SetListID(id).SetEmail("x@example.com").SetEmailKey("x@example.com").
			SetRowSeq(rows.Seq).Exec(ctx)
		if err = errors.Join(err, rows.Digest(ctx)); err != nil || st.Edge == "" {
			return err
		}
		tx.Granted(v.Collaborator, id, "absent")
		return tx.Access.Create().SetAccountID(a.ID).SetCollaboratorID(v.Collaborator).SetItemID(id).SetLevel(st.Edge).Exec(ctx)
	})
	if st.Dead {
		a.Write(t, func(ctx context.Context, tx *feed.Tx) error {
			tx.Changed(id)
			tx.Sighted(id, st.Audience)
			return tx.Item.UpdateOneID(id).SetDeletedAt(instant.Now()).Exec(ctx)
		})
	}
	return stateful{id: id, state: st}
}

// eyes is a viewer and where they look.
type eyes struct {
	context.Context
	*sharing.Viewer
	account *librarytest.Account
}

// newest returns what the fast list finds, page by page, with the levels it tells.
func (e *eyes) newest(t *testing.T) map[uuid.UUID]access.Level {
	t.Helper()
	if e.Owner() {
		return nil
	}
	c, found := e.account.Store.Client(), make(map[uuid.UUID]access.Level)
	for after := (*sharing.Place)(nil); ; {
		page, err := e.Newest(e, c, e.account.Store.Dialect(), item.KindContactList, after, 3, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page {
			if found[p.ID] != "" {
				t.Errorf("the fast list finds an item twice")
			}
			found[p.ID], after = p.Level, &p
		}
		if len(page) < 3 {
			n, err := e.Count(e, c, e.account.Store.Dialect(), item.KindContactList, "")
			if err != nil || n != len(found) {
				t.Errorf("of %d items %d are counted, %v", len(found), n, err)
			}
			return found
		}
	}
}

func (e *eyes) look(t *testing.T, it stateful, newest map[uuid.UUID]access.Level) {
	t.Helper()
	level := e.Level(it.state)
	if it.foreign {
		level = access.LevelNone
	}
	sees := level != access.LevelNone
	c := e.account.Store.Client()
	for name, count := range map[string]func() (int, error){
		"the item":    func() (int, error) { return c.Item.Query().Where(item.ID(it.id)).Count(e) },
		"its content": func() (int, error) { return c.ContactList.Query().Where(contactlist.ID(it.id)).Count(e) },
		"its row":     func() (int, error) { return c.Contact.Query().Where(contact.ID(it.id)).Count(e) },
	} {
		if n, err := count(); err != nil || (n == 1) != sees {
			t.Errorf("the level on %v is %s, and of %s are found: %d, %v", it, level, name, n, err)
		}
	}
	fast, found := newest[it.id]
	if !e.Owner() && (found != sees || found && fast != level) {
		t.Errorf("the level on %v is %s, and the fast list finds it: %v, with the level %q", it, level, found, fast)
	}
	edges, err := c.Access.Query().Where(access.ItemID(it.id)).Count(e)
	if want := sees && it.state.Edge != ""; err != nil || (edges == 1) != want {
		t.Errorf("the level on %v is %s, and its edges are %d, %v", it, level, edges, err)
	}
	e.commands(t, it, level)
}

// commands asks what the viewer may do, of live items and of the bin.
func (e *eyes) commands(t *testing.T, it stateful, level access.Level) {
	t.Helper()
	alive := it.state
	alive.Dead = false
	inBin := e.Level(alive) != access.LevelNone && it.state.Dead && !it.foreign
	creator := it.state.Creator != nil
	disposes := e.Owner() || creator || e.Role == collaborator.RoleManager && e.Level(alive) == access.LevelEdit
	bin := sharing.NewContext(e, e.Deleted())
	s := e.account.Store
	n, err := s.Client().Item.Query().Where(item.ID(it.id), predicate.Item(e.Disposes())).Count(bin)
	if want := inBin && disposes; err != nil || (n == 1) != want {
		t.Errorf("that the bin lists %v is %v, and it lists %d, %v", it, want, n, err)
	}
	err = s.Snapshot(e, func(ctx context.Context, tx *ent.Tx) error {
		_, err := sharing.Editable(ctx, tx, it.id)
		e.answers(t, it, "edit", err, level != access.LevelNone, level == access.LevelEdit)
		_, err = sharing.Governed(ctx, tx, it.id)
		e.answers(t, it, "govern", err, level != access.LevelNone, e.Owner() || creator)
		_, err = sharing.Disposable(ctx, tx, it.id)
		e.answers(t, it, "dispose of", err, level != access.LevelNone, disposes)
		_, err = sharing.Disposable(sharing.NewContext(ctx, e.Deleted()), tx, it.id)
		e.answers(t, it, "restore", err, inBin, disposes)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (e *eyes) answers(t *testing.T, it stateful, what string, err error, sees, may bool) {
	t.Helper()
	switch {
	case !sees && !fault.Is(err, fault.NotFound), sees && !may && !fault.Is(err, fault.Denied), sees && may && err != nil:
		t.Errorf("to %s %v is answered %v", what, it, err)
	}
}
