package sharing_test

import (
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// TestCommands holds that commands on one item which come at once take turns.
func TestCommands(t *testing.T) {
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		here := librarytest.New(t, s)
		owner := here.Person(t, collaborator.RoleOwner)
		other, err := sharing.From(here.Person(t, collaborator.RoleMember))
		if err != nil {
			t.Fatal(err)
		}
		name := "Spring"
		id, err := library.New(here.Feed).Create(owner, item.KindTemplate, library.Patch{Name: &name})
		if err != nil {
			t.Fatal(err)
		}
		commands := sharing.New(here.Feed)
		var g errgroup.Group
		for i := range 24 {
			level := []access.Level{access.LevelNone, access.LevelView, access.LevelEdit}[i%3]
			g.Go(func() error { return commands.SetAccess(owner, id, other.Collaborator, level) })
			g.Go(func() error { return commands.ClearAccess(owner, id, other.Collaborator) })
		}
		if err := g.Wait(); err != nil {
			t.Error(err)
		}
	})
}
