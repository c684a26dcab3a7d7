package sharing_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// TestAccess plays the files of testdata on both databases. A file sets up people and items (package scenario
// says how), tells what each person can and cannot do, changes something, and tells again:
//
//	anna  can    view edit govern dispose investors
//	chloe can    view investors because added
//	dan   cannot view investors because not_added
//	nobody can   view letter                 everybody is a person, too
//	chloe cannot create campaigns
//	chloe sees   spring to customers and more
//
// To govern is to say who sees an item, to dispose to archive, delete and restore it. What a file does not say
// is denied, and after a change it is as it was: at each step everybody is asked about everything, of every
// account, in three ways: by query, by the properties of each item, and by what a copy holds.
func TestAccess(t *testing.T) {
	files, err := filepath.Glob("testdata/*.access")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		for i, file := range files {
			if servertest.Raced && (i%2 == 0) != (s.Store.Dialect() == dialect.SQLite) {
				continue // with the race detector each file on one database, in turn
			}
			t.Run(strings.TrimSuffix(filepath.Base(file), ".access"), func(t *testing.T) {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				t.Parallel()
				playAccess(t, s, string(text))
			})
		}
	})
}

// audit is one file being played.
type audit struct {
	*testing.T
	*scenario.World
	server *servertest.Server
	claims claims
	// followed are copies that were begun as early as could be and have followed since.
	followed map[*scenario.Person]func() map[string]string
	// ever holds who could see an item after any line, by its id.
	ever map[string]map[*scenario.Person]bool
	// noSuch remembers what is said of items that have never been.
	noSuch map[string]string
	// step is the line that began the step; checking is true once all of it has been said.
	step     string
	checking bool
}

func playAccess(t *testing.T, s *servertest.Server, text string) {
	a := &audit{
		T: t, World: scenario.New(t, s), server: s, claims: newClaims(), step: "the start",
		followed: make(map[*scenario.Person]func() map[string]string),
		ever:     make(map[string]map[*scenario.Person]bool),
		noSuch:   make(map[string]string),
	}
	claimed := false
	for line := range strings.Lines(text) {
		words := scenario.Words(line)
		switch {
		case len(words) == 0:
			continue
		case len(words) > 2 && slices.Contains([]string{"can", "cannot", "sees"}, words[1]):
			a.claims.read(t, a.World, words)
			claimed = true
			continue
		case claimed: // the end of a step
			a.check()
			a.claims.next()
			claimed, a.step = false, strings.Join(words, " ")
		}
		a.Do(words)
		a.look()
	}
	if !claimed {
		t.Fatal("the file ends without saying what can be done")
	}
	a.check()
}

// look notes who can see what now, and begins a copy for whoever has none.
func (a *audit) look() {
	ids := scenario.IDs(a.Items)
	for _, p := range a.People {
		if p.Out {
			continue
		}
		if a.followed[p] == nil {
			a.followed[p] = copyOf(a, p, 2)
			a.followed[p]()
		}
		nodes, _ := a.As(p).Must(a, `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": ids}).At("nodes").([]any)
		for i, node := range nodes {
			if a.ever[ids[i]] == nil {
				a.ever[ids[i]] = make(map[*scenario.Person]bool)
			}
			a.ever[ids[i]][p] = a.ever[ids[i]][p] || node != nil
		}
	}
}

// check holds what everybody gets to what the file says.
func (a *audit) check() {
	a.Helper()
	a.checking = true
	defer func() { a.checking = false }()
	for _, p := range a.People {
		if p.Out {
			a.byNothing(p)
			continue
		}
		shown := a.byQuery(p)
		a.bySight(p)
		a.byCopy(p, shown)
	}
	a.claims.ask(a)
	a.settle()
	if a.Failed() {
		a.Fatalf("after %s", a.step)
	}
}

// settle has the feed do what it does now and then, and looks once more at what reads by it.
func (a *audit) settle() {
	a.Helper()
	for _, p := range a.People {
		_, account, _ := strings.Cut(p.Account.ID, "_")
		if err := a.server.Feed.Settle(viewer.System(a.Context(), "a test settles edges"), uuid.MustParse(account)); err != nil {
			a.Fatal(err)
		}
	}
	for _, p := range a.People {
		if !p.Out {
			a.byPage(p)
		}
	}
}

func (a *audit) wrong(p *scenario.Person, format string, args ...any) {
	a.Helper()
	a.Errorf("%s, after %q: "+format, append([]any{p.Name, a.step}, args...)...)
}
