package graph_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// TestWalk plays random grants, removals, audiences, roles, comings and goings over the API. After each it compares
// what a person gets over the API, list, nodes, properties and feed, with a model of a few lines; at the end, everyone.
func TestWalk(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		rapid.Check(t, func(rt *rapid.T) {
			w := newWalk(t, rt, s)
			for range rapid.IntRange(2, 8).Draw(rt, "steps") {
				w.lookAtProperties(w.step())
				w.remember()
				w.look(rapid.SampledFrom(w.world.People).Draw(rt, "looks"))
			}
			for _, p := range w.world.People {
				w.look(p)
			}
		})
	})
}

// walk is a world with its model: who is what, and what was said of each item.
type walk struct {
	*rapid.T
	tb     *testing.T
	world  *scenario.World
	role   map[string]string
	out    map[string]bool // deactivated or removed
	gone   map[string]bool // removed
	open   map[string]bool // audience is everyone, by item
	dead   map[string]bool
	edges  map[[2]string]string // level by person and item
	copies map[string]*walkCopy
	seen   map[[2]string]bool // what a person could ever see, by their name and the item's id
}

// walkCopy is what a person's program would hold: the ids that the feed has told it.
type walkCopy struct {
	after any
	items map[string]bool
}

func newWalk(tb *testing.T, rt *rapid.T, s *servertest.Server) *walk {
	w := &walk{
		T: rt, tb: tb, world: scenario.New(tb, s), role: map[string]string{"olga": "OWNER", "carl": "MANAGER", "mia": "MEMBER", "nils": "MEMBER"},
		out: map[string]bool{}, gone: map[string]bool{}, open: map[string]bool{}, dead: map[string]bool{}, edges: map[[2]string]string{}, copies: map[string]*walkCopy{}, seen: map[[2]string]bool{},
	}
	w.world.Set(`
		owner     olga
		manager   carl
		member    mia
		member    nils
		list      first  by carl
		template  second by mia restricted
		campaign  third  by carl to first restricted
		blacklist fourth by olga`)
	w.open["first"], w.open["fourth"] = true, true
	for _, p := range w.world.People {
		w.copies[p.Name] = &walkCopy{items: map[string]bool{}}
	}
	w.remember()
	return w
}

// level is the model.
func (w *walk) level(p *scenario.Person, it *scenario.Item) string {
	edge := w.edges[[2]string{p.Name, it.Name}]
	switch {
	case w.dead[it.Name]:
		return "NONE"
	case w.role[p.Name] == "OWNER", it.Creator == p:
		return "EDIT"
	case edge != "":
		return edge
	case w.open[it.Name]:
		return "EDIT"
	}
	return "NONE"
}

// remember notes what everyone can see now: of that, and of nothing else, they may be told that it went.
func (w *walk) remember() {
	for _, p := range w.world.People {
		for _, it := range w.world.Items {
			if !w.out[p.Name] && w.level(p, it) != "NONE" {
				w.seen[[2]string{p.Name, it.ID}] = true
			}
		}
	}
}

func (w *walk) owner() servertest.Client { return w.world.As(w.world.Person("olga")) }

// do runs a mutation of the owner that has to succeed.
func (w *walk) do(field, input string, values map[string]any) {
	a := w.owner().Must(w.tb, fmt.Sprintf(`mutation($in: %s!) { %s(input: $in) { errors { message } } }`, input, field), in(values))
	if errs, _ := a.At(field + ".errors").([]any); len(errs) > 0 {
		w.Fatalf("%s %v: %s", field, values, a.Body)
	}
}

// step does something random, and returns the item that it may have been about.
func (w *walk) step() *scenario.Item {
	p := rapid.SampledFrom(w.world.People[1:]).Draw(w.T, "person")
	it := rapid.SampledFrom(w.world.Items).Draw(w.T, "item")
	edge := [2]string{p.Name, it.Name}
	switch what := rapid.SampledFrom([]string{"add", "remove", "set", "clear", "audience", "deactivate", "role", "go", "delete"}).Draw(w.T, "what"); {
	case what == "deactivate" && !w.gone[p.Name]:
		w.out[p.Name] = !w.out[p.Name]
		w.world.Set("then " + p.Name + " is " + map[bool]string{true: "deactivated", false: "active"}[w.out[p.Name]])
	case what == "role" && !w.gone[p.Name]:
		w.role[p.Name] = rapid.SampledFrom([]string{"OWNER", "MANAGER", "MEMBER"}).Draw(w.T, "role")
		w.world.Set("then " + p.Name + " becomes " + strings.ToLower(w.role[p.Name]))
	case what == "go" && !w.gone[p.Name]:
		w.world.Set("then " + p.Name + " is removed")
		w.gone[p.Name], w.out[p.Name] = true, true
		maps.DeleteFunc(w.edges, func(k [2]string, _ string) bool { return k[0] == p.Name })
	case what == "go":
		w.world.Set("then " + p.Name + " is back")
		w.gone[p.Name], w.out[p.Name], w.role[p.Name] = false, false, "MEMBER"
	case what == "delete" && w.dead[it.Name]:
		w.do("restoreItem", "ItemInput", map[string]any{"id": it.ID})
		w.dead[it.Name] = false
	case what == "delete":
		w.do("deleteItem", "ItemInput", map[string]any{"id": it.ID})
		w.dead[it.Name] = true
	case w.dead[it.Name] || w.gone[p.Name]:
	case what == "audience":
		w.open[it.Name] = !w.open[it.Name]
		w.do("setAudience", "SetAudienceInput", map[string]any{"item": it.ID, "audience": map[bool]string{true: "EVERYONE", false: "RESTRICTED"}[w.open[it.Name]]})
	case what == "add":
		w.edges[edge] = rapid.SampledFrom([]string{"VIEW", "EDIT"}).Draw(w.T, "level")
		w.do("addToItem", "AddToItemInput", map[string]any{"item": it.ID, "collaborators": []string{p.ID}, "level": w.edges[edge]})
	case what == "remove" && w.role[p.Name] != "OWNER" && it.Creator != p:
		w.edges[edge] = "NONE"
		w.do("removeFromItem", "RemoveFromItemInput", map[string]any{"item": it.ID, "collaborators": []string{p.ID}})
	case what == "set":
		w.edges[edge] = rapid.SampledFrom([]string{"NONE", "VIEW", "EDIT"}).Draw(w.T, "level")
		w.do("setAccess", "SetAccessInput", map[string]any{"item": it.ID, "collaborator": p.ID, "level": w.edges[edge]})
	case what == "clear":
		delete(w.edges, edge)
		w.do("clearAccess", "ClearAccessInput", map[string]any{"item": it.ID, "collaborator": p.ID})
	}
	return it
}

// look compares what a person gets with the model.
func (w *walk) look(p *scenario.Person) {
	if w.out[p.Name] {
		return
	}
	ids := scenario.IDs(w.world.Items)
	as := w.world.As(p)
	a := as.Must(w.tb, `query($ids: [ID!]!) { items(first: 100) { totalCount edges { node { id myLevel } } }
		nodes(ids: $ids) { ... on Item { id myLevel } } }`, map[string]any{"ids": ids})
	want, wantNodes := map[string]string{}, make([]string, len(ids))
	for i, it := range w.world.Items {
		if level := w.level(p, it); level != "NONE" {
			want[it.ID], wantNodes[i] = level, level
		}
	}
	got := map[string]string{}
	edges, _ := a.At("items.edges").([]any)
	for _, e := range edges {
		got[fmt.Sprint(servertest.At(e, "node.id"))] = fmt.Sprint(servertest.At(e, "node.myLevel"))
	}
	if !maps.Equal(got, want) || fmt.Sprint(a.At("items.totalCount")) != fmt.Sprint(len(want)) {
		w.Fatalf("%s lists %v instead of %v", p.Name, got, want)
	}
	for i := range ids {
		if level, _ := a.At(fmt.Sprintf("nodes.%d.myLevel", i)).(string); level != wantNodes[i] {
			w.Fatalf("%s finds %s with level %q instead of %q", p.Name, w.world.Items[i].Name, level, wantNodes[i])
		}
	}
	w.lookAtCopy(p, as, want)
}

// lookAtCopy follows the feed from where the person's program stood.
func (w *walk) lookAtCopy(p *scenario.Person, as servertest.Client, want map[string]string) {
	c := w.copies[p.Name]
	for more := true; more; {
		a := as.Ask(w.tb, `query($after: String) { changes(after: $after) { items { id } removals next more } }`, map[string]any{"after": c.after})
		if len(a.Errors) > 0 && a.Errors[0].Code() == "CURSOR_EXPIRED" && c.after != nil {
			*c = walkCopy{items: map[string]bool{}}
			continue
		}
		items, _ := a.At("changes.items").([]any)
		for _, it := range items {
			c.items[fmt.Sprint(servertest.At(it, "id"))] = true
		}
		removals, _ := a.At("changes.removals").([]any)
		for _, id := range removals {
			if !w.seen[[2]string{p.Name, fmt.Sprint(id)}] && !strings.HasPrefix(fmt.Sprint(id), "person_") {
				w.Fatalf("%s is told to remove %v, which they never could see", p.Name, id)
			}
			delete(c.items, fmt.Sprint(id))
		}
		c.after, more = a.At("changes.next"), a.At("changes.more") != false
	}
	if held, visible := slices.Sorted(maps.Keys(c.items)), slices.Sorted(maps.Keys(want)); !slices.Equal(held, visible) {
		w.Fatalf("%s holds %v instead of %v", p.Name, held, visible)
	}
}

// lookAtProperties compares who sees an item, as its properties tell the owner, with the model.
func (w *walk) lookAtProperties(it *scenario.Item) {
	if w.dead[it.Name] {
		return
	}
	a := w.owner().Must(w.tb, `query($item: ID!) { properties(item: $item) { can: people(first: 100) { edges { node { level collaborator { id } } } }
		cannot: people(first: 100, which: CANNOT_SEE) { edges { node { level collaborator { id } } } } } }`, map[string]any{"item": it.ID})
	got, want := map[string]string{}, map[string]string{}
	for _, which := range []string{"can", "cannot"} {
		edges, _ := a.At("properties." + which + ".edges").([]any)
		for _, e := range edges {
			got[fmt.Sprint(servertest.At(e, "node.collaborator.id"))] = fmt.Sprint(servertest.At(e, "node.level"))
		}
	}
	for _, p := range w.world.People {
		if !w.out[p.Name] {
			want[p.ID] = w.level(p, it)
		}
	}
	if !maps.Equal(got, want) {
		w.Fatalf("the properties of %s name %v instead of %v", it.Name, got, want)
	}
}
