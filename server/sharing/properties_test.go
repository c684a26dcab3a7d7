package sharing_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"

	diff "github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/fold"
	"github.com/partage-mail/partage/server/library/librarytest"
	"github.com/partage-mail/partage/server/seal"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
)

// TestProperties plays random grants, removals and audiences, and people who come, go and change, and holds
// what anybody is then told of an item, page by page, to the pure function for every person.
func TestProperties(t *testing.T) {
	librarytest.Each(t, func(t *testing.T, s *store.Store) {
		key := make([]byte, seal.KeySize)
		_, _ = rand.Read(key)
		sealer, err := seal.New(key)
		if err != nil {
			t.Fatal(err)
		}
		reader := read.New(s, sealer, nil)
		rapid.Check(t, func(rt *rapid.T) {
			r := newRound(t, rt, s, reader)
			for range rapid.IntRange(1, 12).Draw(rt, "steps") {
				r.act()
				r.look()
			}
		})
	})
}

// round is one account with its model.
type round struct {
	*librarytest.Account
	*sharing.Sharing
	t      *testing.T
	rt     *rapid.T
	reader *read.Reader
	people []*ent.Collaborator // as they are; the first is an owner and stays one
	items  []*ent.Item
	edges  map[[2]uuid.UUID]access.Level // by person and item
}

func newRound(t *testing.T, rt *rapid.T, s *store.Store, reader *read.Reader) *round {
	here := librarytest.New(t, s)
	r := &round{
		Account: here, Sharing: sharing.New(here.Feed), t: t, rt: rt, reader: reader,
		edges: make(map[[2]uuid.UUID]access.Level),
	}
	here.Write(t, func(ctx context.Context, tx *feed.Tx) error {
		var err error
		if r.people, err = tx.Collaborator.Query().Where(collaborator.AccountID(here.ID)).Order(collaborator.ByID()).All(ctx); err != nil {
			return err
		}
		for range 3 {
			p, err := person(ctx, tx, collaborator.RoleMember, "active")
			if err != nil {
				return err
			}
			r.people = append(r.people, p)
		}
		for i, p := range r.people {
			if r.people[i], err = p.Update().SetSearchKey(rapid.SampledFrom([]string{"", "amelie", "zoe"}).Draw(rt, "name")).Save(ctx); err != nil {
				return err
			}
			tx.PersonChanged(p.ID)
		}
		r.items = nil
		for _, creator := range []int{0, 1, 3} {
			by := stander{r.people[creator], sharing.Eyes(r.people[creator]), ""}
			it, err := thing(ctx, tx, item.AudienceEveryone, &by, 0, nil)
			if err != nil {
				return err
			}
			r.items = append(r.items, it)
		}
		return nil
	})
	return r
}

// act does one thing, in the account and in the model.
func (r *round) act() {
	it := rapid.SampledFrom(r.items).Draw(r.rt, "item")
	one := rapid.SampledFrom(r.people[1:]).Draw(r.rt, "person")
	some := rapid.SliceOfNDistinct(rapid.SampledFrom(r.people), 1, 4, (*ent.Collaborator).String).Draw(r.rt, "people")
	level := rapid.SampledFrom([]access.Level{access.LevelView, access.LevelEdit}).Draw(r.rt, "level")
	some = slices.DeleteFunc(some, func(p *ent.Collaborator) bool { return p.RemovedAt != 0 })
	switch what := rapid.SampledFrom([]string{"add", "remove", "set none", "clear", "audience", "role", "status", "leave"}).Draw(r.rt, "what"); {
	case what == "role":
		one.Role = rapid.SampledFrom([]collaborator.Role{collaborator.RoleOwner, collaborator.RoleManager, collaborator.RoleMember}).Draw(r.rt, "role")
		r.store(one)
	case what == "status":
		one.Status = rapid.SampledFrom([]collaborator.Status{collaborator.StatusActive, collaborator.StatusDeactivated}).Draw(r.rt, "status")
		r.store(one)
	case what == "leave":
		one.RemovedAt = rapid.SampledFrom([]instant.Instant{0, 1}).Draw(r.rt, "left")
		r.store(one)
	case what == "audience":
		it.Audience = rapid.SampledFrom([]item.Audience{item.AudienceEveryone, item.AudienceRestricted}).Draw(r.rt, "audience")
		r.must(r.SetAudience(r.Owner, it.ID, it.Audience))
	case one.RemovedAt != 0 || len(some) == 0:
		// Nobody gives anything to who has left.
	case what == "add":
		r.must(r.Add(r.Owner, it.ID, ids(some), level))
		r.give(it, some, level)
	case what == "remove":
		kept := slices.ContainsFunc(some, func(p *ent.Collaborator) bool { return sharing.Eyes(p).MayGovern(it) == nil })
		if err := r.Remove(r.Owner, it.ID, ids(some)); kept != fault.Is(err, fault.Invalid) || !kept && err != nil {
			r.rt.Fatalf("removing people is answered %v", err)
		} else if !kept {
			r.give(it, some, access.LevelNone)
		}
	case what == "set none":
		r.must(r.SetAccess(r.Owner, it.ID, one.ID, access.LevelNone))
		r.give(it, []*ent.Collaborator{one}, access.LevelNone)
	case what == "clear":
		r.must(r.ClearAccess(r.Owner, it.ID, one.ID))
		delete(r.edges, [2]uuid.UUID{one.ID, it.ID})
	}
}

func (r *round) give(it *ent.Item, people []*ent.Collaborator, level access.Level) {
	for _, p := range people {
		r.edges[[2]uuid.UUID{p.ID, it.ID}] = level
	}
}

// store writes a person as the model has them.
func (r *round) store(p *ent.Collaborator) {
	r.Write(r.t, func(ctx context.Context, tx *feed.Tx) error {
		tx.PersonChanged(p.ID)
		return tx.Collaborator.UpdateOneID(p.ID).SetRole(p.Role).SetStatus(p.Status).SetRemovedAt(p.RemovedAt).Exec(ctx)
	})
}

// look asks for the properties of an item as somebody.
func (r *round) look() {
	it := rapid.SampledFrom(r.items).Draw(r.rt, "looked at")
	p := rapid.SampledFrom(r.people).Draw(r.rt, "looking")
	if sharing.Eyes(p).Out {
		p = r.people[0]
	}
	ctx := sharing.NewContext(r.t.Context(), sharing.Eyes(p))
	of, err := r.reader.Properties(ctx, it.ID)
	if r.sight(it, p).Level == access.LevelNone {
		if !fault.Is(err, fault.NotFound) {
			r.rt.Fatalf("the properties of an item that is hidden are %v, %v", of, err)
		}
		return
	}
	r.must(err)
	governs := sharing.Eyes(p).MayGovern(it) == nil
	if of.MayChange() != governs {
		r.rt.Fatalf("whether they may be changed is %v", of.MayChange())
	}
	search := rapid.SampledFrom([]string{"", "", "Mél"}).Draw(r.rt, "search")
	size, back := rapid.IntRange(1, 4).Draw(r.rt, "size"), rapid.Bool().Draw(r.rt, "from the end")
	var seenBy, hiddenFrom []string
	for _, q := range slices.SortedFunc(slices.Values(r.people), byName) {
		switch s := r.sight(it, q); {
		case !strings.Contains(q.SearchKey, fold.Fold(search)):
		case s.Level != access.LevelNone:
			seenBy = append(seenBy, fmt.Sprint(q.ID, s))
		case !sharing.Eyes(q).Out:
			hiddenFrom = append(hiddenFrom, fmt.Sprint(q.ID, s))
		}
	}
	r.list(ctx, of, read.CanSee, search, size, back, seenBy)
	if governs {
		r.list(ctx, of, read.CannotSee, search, size, back, hiddenFrom)
		return
	}
	if _, err := r.reader.ItemPeople(ctx, of, read.CannotSee, "", read.Window{First: &size}); !fault.Is(err, fault.Denied) {
		r.rt.Fatalf("who does not see an item is told: %v", err)
	}
}

// list walks a list of people and holds it to those wanted.
func (r *round) list(ctx context.Context, of *read.Properties, which read.PropertiesFilter, search string, size int, back bool, want []string) {
	var got []string
	w := read.Window{First: &size}
	if back {
		w = read.Window{Last: &size}
	}
	for more := true; more && len(got) <= len(want); {
		page, err := r.reader.ItemPeople(ctx, of, which, search, w)
		r.must(err)
		if n, err := page.TotalCount(ctx); err != nil || n != len(want) {
			r.rt.Fatalf("%d people are counted instead of %d: %v", n, len(want), err)
		}
		var some []string
		for _, e := range page.Edges {
			some = append(some, fmt.Sprint(e.Node.Collaborator.Collaborator.ID, e.Node.Sight))
		}
		if more, w.After = page.PageInfo.HasNextPage, page.PageInfo.EndCursor(); back {
			got, more = append(some, got...), page.PageInfo.HasPreviousPage
			w.After, w.Before = nil, page.PageInfo.StartCursor()
			continue
		}
		got = append(got, some...)
	}
	if d := diff.Diff(want, got); d != "" {
		r.rt.Fatalf("the list %v (-expected +told):\n%s", which, d)
	}
}

// sight is what the pure function says of the model.
func (r *round) sight(it *ent.Item, p *ent.Collaborator) sharing.Sight {
	return sharing.Eyes(p).Explain(sharing.State{
		Creator: it.CreatorID, Audience: it.Audience, Edge: r.edges[[2]uuid.UUID{p.ID, it.ID}],
	})
}

func (r *round) must(err error) {
	if err != nil {
		r.rt.Fatalf("%v", err)
	}
}

// byName is the order of lists of people.
func byName(a, b *ent.Collaborator) int {
	return cmp.Or(strings.Compare(a.SearchKey, b.SearchKey), bytes.Compare(a.ID[:], b.ID[:]))
}

func ids(people []*ent.Collaborator) []uuid.UUID {
	all := make([]uuid.UUID, len(people))
	for i, p := range people {
		all[i] = p.ID
	}
	return all
}
