package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/partage-mail/partage/graph/generated"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// skipped is a connection that may be entered anywhere.
type skipped struct {
	// field is its name in the schema, in the type that has it.
	field string
	// query asks for it as "page"; %[1]s are its arguments, %[2]s what is wanted of the page.
	query string
	// node is what is wanted of each node, "id" where it says nothing.
	node string
	// empty is whether there is nothing in it.
	empty bool
}

// connections are all that have the argument skip.
func connections() []skipped {
	root := func(name, arguments, node string) skipped {
		return skipped{field: "Query." + name, query: "{ page: " + name + "(%[1]s" + arguments + ") %[2]s }", node: node}
	}
	of := func(field, id, arguments, node string) skipped {
		typ, name, _ := strings.Cut(field, ".")
		return skipped{field: field, query: `{ node(id: "` + id + `") { ... on ` + typ + " { page: " + name + "(%[1]s" + arguments + ") %[2]s } } }", node: node}
	}
	failures := of("Job.failures", "@job", "", "label")
	failures.empty = true
	return []skipped{
		root("items", "", ""), root("items", ", orderBy: NAME", ""), root("items", ", kinds: [CAMPAIGN]", ""),
		root("campaigns", "", ""), root("campaigns", ", orderBy: NAME", ""), root("templates", "", ""), root("contactLists", "", ""), root("blacklists", "", ""),
		root("deletedItems", "", ""), root("collaborators", "", ""), root("team", "", ""), root("invitations", "", ""),
		root("jobs", "", ""), root("leads", "", ""), failures,
		root("history", "", "number"), root("history", ", filter: {verbs: [LOGGED_IN, ITEM_DELETED, JOINED]}", "number"),
		root("campaignAccess", `, collaborator: "@chloe"`, "campaign { id }"),
		of("ContactList.contacts", "@customers", "", ""), of("Blacklist.entries", "@unwanted", "", ""),
		of("Collaborator.items", "@chloe", "", "item { id }"),
		{field: "Properties.people", query: `{ properties(item: "@spring") { page: people(%[1]s) %[2]s } }`, node: "collaborator { id }"},
	}
}

// stageOfSkips has three or more of all that is listed, and something that chloe does not see.
const stageOfSkips = `owner anna
	manager bruno
	member chloe
	member dora
	campaign spring by anna
	campaign summer by anna
	campaign autumn by anna
	campaign winter by anna
	campaign secret by anna restricted
	template one by anna
	template two by anna
	template three by anna
	list customers by anna
	list friends by anna
	list investors by anna
	blacklist unwanted by anna
	blacklist unkind by anna
	blacklist unknown by anna
	template gone by chloe deleted
	template lost by chloe deleted
	template past by chloe deleted
	lead ada of spring
	lead bea of spring
	lead cleo of spring`

// TestSkip holds of every connection that may be entered anywhere that it then shows what it shows to who reads it from
// the start, to an owner and to a member, and that it is refused clearly with what does not go with it.
func TestSkip(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := scenario.New(t, s)
		w.Set(stageOfSkips)
		anna, chloe := w.As(w.Person("anna")), w.As(w.Person("chloe"))
		job := fillSkips(t, w, anna)
		for _, c := range connections() {
			for name, as := range map[string]servertest.Client{"an owner": anna, "a member": chloe} {
				t.Run(fmt.Sprintf("%s %s to %s", c.field, strings.Trim(c.query[strings.Index(c.query, "%[1]s")+5:], " )%[2]s}"), name), func(t *testing.T) {
					t.Parallel()
					query := c.query
					for _, m := range append(slices.Clone(w.Items), &scenario.Item{Name: "job", ID: job}) {
						query = strings.ReplaceAll(query, `"@`+m.Name+`"`, `"`+m.ID+`"`)
					}
					for _, p := range w.People {
						query = strings.ReplaceAll(query, `"@`+p.Name+`"`, `"`+p.ID+`"`)
					}
					c.query = query
					c.check(t, as, name == "an owner", w.Item("secret").ID)
				})
			}
		}
	})
}

// fillSkips makes what a stage has no words for, and returns the id of a job.
func fillSkips(t *testing.T, w *scenario.World, anna servertest.Client) (job string) {
	t.Helper()
	for i := range 3 {
		for query, in := range map[string]map[string]any{
			"mutation($in: InviteInput!) { invite(input: $in) { errors { message } } }":                                  {"firstName": "G", "lastName": fmt.Sprint(i), "email": fmt.Sprintf("guest-%d-%s", i, w.Person("dora").Email)},
			"mutation($in: CreateContactInput!) { createContact(input: $in) { errors { message } } }":                    {"list": w.Item("customers").ID, "email": fmt.Sprintf("c%d@example.com", i)},
			"mutation($in: CreateBlacklistEntryInput!) { createBlacklistEntry(input: $in) { errors { message } } }":      {"blacklist": w.Item("unwanted").ID, "value": fmt.Sprintf("b%d@example.com", i)},
			"mutation($in: SetCampaignAccessInput!) { setCampaignAccess(input: $in) { job { id } errors { message } } }": {"collaborator": w.Person("dora").ID, "changes": []any{map[string]any{"campaign": w.Item("spring").ID, "canAccess": i%2 == 0, "roundRobin": i%2 == 0}}},
		} {
			a := anna.Must(t, query, map[string]any{"in": in})
			if strings.Contains(string(a.Body), "message\":") {
				t.Fatalf("%s: %s", query, a.Body)
			}
			if id := a.Text("setCampaignAccess.job.id"); id != "" {
				job = id
			}
		}
		w.Do(scenario.Words("then the work is done"))
	}
	return job
}

// aPage is a page as it was answered.
type aPage struct {
	TotalCount int
	PageInfo   struct{ HasNextPage, HasPreviousPage bool }
	Edges      []struct {
		Cursor string
		Node   json.RawMessage
	}
}

func (p *aPage) nodes() []string {
	var all []string
	for _, e := range p.Edges {
		all = append(all, string(e.Node))
	}
	return all
}

// ask returns the page at some arguments, or what is said against it; nil where the viewer has none.
func (c skipped) ask(t *testing.T, as servertest.Client, arguments string) (*aPage, string) {
	t.Helper()
	node := c.node
	if node == "" {
		node = "... on Node { id }"
	}
	a := as.Ask(t, fmt.Sprintf(c.query, arguments, "{ totalCount pageInfo { hasNextPage hasPreviousPage } edges { cursor node { "+node+" } } }"), nil)
	if len(a.Errors) > 0 {
		return nil, a.Error()
	}
	for _, path := range []string{"page", "node.page", "properties.page"} {
		if found := a.At(path); found != nil {
			text, err := json.Marshal(found)
			if err != nil {
				t.Fatal(err)
			}
			p := &aPage{}
			if err := json.NewDecoder(bytes.NewReader(text)).Decode(p); err != nil {
				t.Fatal(err)
			}
			return p, ""
		}
	}
	return nil, ""
}

func (c skipped) check(t *testing.T, as servertest.Client, owner bool, secret string) {
	t.Helper()
	whole, refused := c.ask(t, as, "first: 100")
	if whole == nil {
		if owner {
			t.Fatalf("an owner reads nothing: %s", refused)
		}
		if p, again := c.ask(t, as, "first: 1, skip: 1"); p != nil || again != refused {
			t.Errorf("refused with %q, with skip it is %v %q", refused, p, again)
		}
		return
	}
	all := whole.nodes()
	if n := len(all); owner && n < 3 != c.empty || n != whole.TotalCount {
		t.Fatalf("there are %d of %d", n, whole.TotalCount)
	}
	for skip := range len(all) + 2 {
		p, refused := c.ask(t, as, fmt.Sprintf("first: 2, skip: %d", skip))
		if p == nil {
			t.Fatalf("skip %d: %s", skip, refused)
		}
		from, to := min(skip, len(all)), min(skip+2, len(all))
		if !slices.Equal(p.nodes(), all[from:to]) || p.TotalCount != len(all) {
			t.Errorf("skip %d is %v of %d instead of %v of %d", skip, p.nodes(), p.TotalCount, all[from:to], len(all))
		}
		if p.PageInfo.HasNextPage != (skip+2 < len(all)) || p.PageInfo.HasPreviousPage != (skip > 0) {
			t.Errorf("skip %d of %d: %+v", skip, len(all), p.PageInfo)
		}
		if text := strings.Join(p.nodes(), ""); !owner && strings.Contains(text, secret) {
			t.Errorf("skip %d shows what is hidden: %s", skip, text)
		}
	}
	if p, refused := c.ask(t, as, "first: 1, skip: 1000000"); p == nil || len(p.Edges) > 0 || p.TotalCount != len(all) {
		t.Errorf("beyond the end: %+v %s", p, refused)
	}
	const atStart = "BAD_USER_INPUT Nodes are left out at the start: ask for the first ones."
	wrong := map[string]string{
		"first: 1, skip: -1": "BAD_USER_INPUT At most 1,000,000 nodes are left out.", "first: 1, skip: 1000001": "BAD_USER_INPUT At most 1,000,000 nodes are left out.",
		"last: 1, skip: 1": atStart,
	}
	if len(all) > 0 {
		cursor := whole.Edges[0].Cursor
		wrong[`last: 1, skip: 1, before: "`+cursor+`"`] = atStart
		wrong[`first: 1, skip: 1, after: "`+cursor+`"`] = "BAD_USER_INPUT Either nodes are left out at the start, or the list is continued after a cursor."
		wrong[`first: 1, skip: 1, before: "`+cursor+`"`] = "BAD_USER_INPUT Ask for the first nodes (after a cursor) or the last ones (before a cursor)."
	}
	for arguments, want := range wrong {
		if _, got := c.ask(t, as, arguments); got != want {
			t.Errorf("%s is answered %q instead of %q", arguments, got, want)
		}
	}
}

// TestSkipIsWhole fails where a connection has the argument and TestSkip does not know of it.
func TestSkipIsWhole(t *testing.T) {
	known := make(map[string]bool)
	for _, c := range connections() {
		known[c.field] = true
	}
	found := 0
	for _, typ := range generated.NewExecutableSchema(generated.Config{}).Schema().Types {
		for _, f := range typ.Fields {
			if f.Arguments.ForName("skip") == nil {
				continue
			}
			if found++; !known[typ.Name+"."+f.Name] {
				t.Errorf("nobody tries skip of %s.%s", typ.Name, f.Name)
			}
		}
	}
	if found < 18 {
		t.Errorf("only %d connections have it", found)
	}
}
