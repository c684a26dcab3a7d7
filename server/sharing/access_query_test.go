package sharing_test

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// headers is what queries and copies compare items by.
const headers = `
fragment Header on Item {
	__typename id kind name audience myLevel version archivedAt creator { id } changedBy { id }
	... on Campaign { subject body lists { id } listsRestricted blacklists { id } blacklistsRestricted }
	... on Template { subject body }
	... on ContactList { description contactCount }
	... on Blacklist { description entryCount }
}`

const everything = headers + `
query($ids: [ID!]!) {
	items(first: 50, archive: ALL) { totalCount edges { node {
		...Header
		... on Campaign { nested: lists { name contactCount contacts(first: 2) { edges { node { email } } } } }
		... on ContactList { contacts(first: 5) { totalCount edges { node { id email } } } }
		... on Blacklist { entries(first: 5) { totalCount edges { node { id value } } } }
	} } }
	current: items(first: 50, orderBy: NAME) { totalCount edges { node { id } } }
	archived: items(last: 50, archive: ARCHIVED) { totalCount edges { node { id } } }
	campaigns(first: 50, archive: ALL) { totalCount edges { node { id } } }
	templates(first: 50, archive: ALL) { totalCount edges { node { id } } }
	contactLists(first: 50, archive: ALL) { totalCount edges { node { id } } }
	blacklists(first: 50, archive: ALL) { totalCount edges { node { id } } }
	deletedItems(first: 50) { totalCount edges { node { id name } } }
	collaborators(first: 50) { totalCount edges { node { id } } }
	nodes(ids: $ids) { id }
}`

// byQuery asks for everything as a person, over every path that leads to items and rows, and returns what
// they are shown of each item, by its id.
func (a *audit) byQuery(p *scenario.Person) map[string]string {
	a.Helper()
	as := a.As(p)
	var ids []string
	for _, it := range a.Items {
		ids = append(ids, it.ID)
		if it.Row != "" {
			ids = append(ids, it.Row)
		}
	}
	got := as.Must(a, everything, map[string]any{"ids": ids})
	a.noTrace(p, "the answer to a query", got.Body)
	a.connection(p, got, "items", func(it *scenario.Item) bool { return a.claims.views(p, it) })
	a.connection(p, got, "current", func(it *scenario.Item) bool { return a.claims.views(p, it) && !it.Archived })
	a.connection(p, got, "archived", func(it *scenario.Item) bool { return a.claims.views(p, it) && it.Archived })
	for kind, field := range connections() {
		a.connection(p, got, field, func(it *scenario.Item) bool { return a.claims.views(p, it) && it.Kind == kind })
	}
	a.byPage(p)
	a.connection(p, got, "deletedItems", func(it *scenario.Item) bool { return a.claims.can[pair{p, it}]["restore"] })
	a.nodes(p, got)
	a.people(p, got)
	a.search(p, as)
	for _, it := range a.Items {
		a.commands(p, as, it)
		a.bulk(p, as, it)
	}
	shown := make(map[string]string)
	nodes, _ := got.At("items.edges").([]any)
	for _, edge := range nodes {
		id, text := describe(servertest.At(edge, "node"))
		shown[id] = text
	}
	return shown
}

// connection holds a connection and its count to the items that satisfy want.
func (a *audit) connection(p *scenario.Person, got servertest.Answer, field string, want func(*scenario.Item) bool) {
	a.Helper()
	var names, wanted []string
	edges, _ := got.At(field + ".edges").([]any)
	for _, edge := range edges {
		names = append(names, a.nameOf(servertest.At(edge, "node.id")))
	}
	for _, it := range a.Items {
		if want(it) {
			wanted = append(wanted, it.Name)
		}
	}
	slices.Sort(names)
	slices.Sort(wanted)
	if d := cmp.Diff(wanted, names); d != "" {
		a.wrong(p, "%s (-expected +shown):\n%s", field, d)
	}
	if n := fmt.Sprint(got.At(field + ".totalCount")); n != fmt.Sprint(len(wanted)) {
		a.wrong(p, "%s counts %s instead of %d", field, n, len(wanted))
	}
}

// connections are the fields of Query that list the items of one kind.
func connections() map[string]string {
	return map[string]string{"campaign": "campaigns", "template": "templates", "list": "contactLists", "blacklist": "blacklists"}
}

// byPage walks what is not archived, kind by kind, one item a page.
func (a *audit) byPage(p *scenario.Person) {
	a.Helper()
	for kind, field := range connections() {
		var found, wanted []string
		for _, it := range a.Items {
			if it.Kind == kind && a.claims.views(p, it) && !it.Archived {
				wanted = append(wanted, it.Name)
			}
		}
		var after any
		for more := true; more && len(found) <= len(wanted); {
			got := a.As(p).Must(a, `query($after: String) { page: `+field+`(first: 1, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`, map[string]any{"after": after})
			a.noTrace(p, "a page of "+field, got.Body)
			for _, edge := range list(got, "page.edges") {
				found = append(found, a.nameOf(servertest.At(edge, "node.id")))
			}
			more, after = got.At("page.pageInfo.hasNextPage") == true, got.At("page.pageInfo.endCursor")
		}
		slices.Sort(found)
		slices.Sort(wanted)
		if d := cmp.Diff(wanted, found); d != "" {
			a.wrong(p, "the pages of %s (-expected +shown):\n%s", field, d)
		}
	}
}

func (a *audit) nodes(p *scenario.Person, got servertest.Answer) {
	a.Helper()
	nodes, _ := got.At("nodes").([]any)
	for i, it := range a.rowsToo() {
		if there := servertest.At(nodes, fmt.Sprint(i, ".id")) != nil; there != a.claims.views(p, it) {
			a.wrong(p, "nodes finds the id %d, of %s or its row: %v", i, it.Name, there)
		}
	}
	edges, _ := got.At("items.edges").([]any)
	for _, edge := range edges {
		it := a.byID(servertest.At(edge, "node.id"))
		if it == nil {
			continue
		}
		if level := servertest.At(edge, "node.myLevel"); level != a.claims.level(p, it) {
			a.wrong(p, "the level on %s is %v instead of %s", it.Name, level, a.claims.level(p, it))
		}
		a.references(p, it, edge)
		for _, rows := range []string{"node.contacts", "node.entries"} {
			if page := servertest.At(edge, rows); page != nil && (fmt.Sprint(servertest.At(page, "totalCount")) != "1" || servertest.At(page, "edges.0.node.id") != it.Row) {
				a.wrong(p, "the rows of %s are %v", it.Name, page)
			}
		}
	}
}

// people holds the list of people to those of the person's own account.
func (a *audit) people(p *scenario.Person, got servertest.Answer) {
	a.Helper()
	var ids, wanted []string
	for _, edge := range list(got, "collaborators.edges") {
		ids = append(ids, fmt.Sprint(servertest.At(edge, "node.id")))
	}
	for _, other := range a.People {
		if other.Account == p.Account {
			wanted = append(wanted, other.ID)
		}
	}
	slices.Sort(ids)
	slices.Sort(wanted)
	if d := cmp.Diff(wanted, ids); d != "" || fmt.Sprint(got.At("collaborators.totalCount")) != fmt.Sprint(len(wanted)) {
		a.wrong(p, "collaborators (-expected +shown):\n%s", d)
	}
}

// references holds what a campaign shows of its lists and blacklists to what its viewer may see of them.
func (a *audit) references(p *scenario.Person, it *scenario.Item, edge any) {
	a.Helper()
	if it.Kind != "campaign" {
		return
	}
	for field, targets := range map[string][]*scenario.Item{"lists": it.Lists, "blacklists": it.Blacklists} {
		var names, wanted []string
		shown, _ := servertest.At(edge, "node."+field).([]any)
		for _, target := range shown {
			names = append(names, a.nameOf(servertest.At(target, "id")))
		}
		for _, target := range targets {
			if a.claims.views(p, target) {
				wanted = append(wanted, target.Name)
			}
		}
		slices.Sort(names)
		slices.Sort(wanted)
		if d := cmp.Diff(wanted, names); d != "" {
			a.wrong(p, "%s of %s (-expected +shown):\n%s", field, it.Name, d)
		}
		if more := servertest.At(edge, "node."+field+"Restricted"); more != (len(wanted) < len(targets)) {
			a.wrong(p, "%sRestricted of %s is %v", field, it.Name, more)
		}
	}
}

// search looks for every item by its name.
func (a *audit) search(p *scenario.Person, as servertest.Client) {
	a.Helper()
	for _, it := range a.Items {
		want := 0
		for _, other := range a.Items {
			if a.claims.views(p, other) && strings.Contains(other.Title, it.Title) {
				want++
			}
		}
		found := as.Must(a, `query($s: String) { items(first: 5, search: $s, archive: ALL) { totalCount edges { node { id } } } }`, map[string]any{"s": it.Title})
		edges, _ := found.At("items.edges").([]any)
		if n := fmt.Sprint(found.At("items.totalCount")); n != fmt.Sprint(want) || len(edges) != want {
			a.wrong(p, "the search for %s counts %s and finds %d instead of %d", it.Name, n, len(edges), want)
		}
	}
}

// commands tries what would change nothing: whether it is allowed is what counts. What cannot be seen must be
// answered like what does not exist.
func (a *audit) commands(p *scenario.Person, as servertest.Client, it *scenario.Item) {
	a.Helper()
	can := a.claims.can[pair{p, it}]
	audience := "RESTRICTED"
	if now := as.Ask(a, `query($id: ID!) { node(id: $id) { ... on Item { audience } } }`, map[string]any{"id": it.ID}); now.At("node") != nil {
		audience = now.Text("node.audience")
	}
	archive := "unarchiveItem"
	if it.Archived {
		archive = "archiveItem"
	}
	for _, try := range []struct{ ability, operation string }{
		{"edit", `mutation($id: ID!) { ` + editOf(it) + ` }`},
		{"govern", `mutation($id: ID!) { setAudience(input: {item: $id, audience: ` + audience + `}) { errors { message } } }`},
		{"govern", `mutation($id: ID!) { clearAccess(input: {item: $id, collaborator: "` + p.ID + `"}) { errors { message } } }`},
		// Refused as inputs to whoever may: none is no level to add, and who governs an item keeps it.
		{"govern", `mutation($id: ID!) { addToItem(input: {item: $id, collaborators: ["` + p.ID + `"], level: NONE}) { errors { message } } }`},
		{"govern", `mutation($id: ID!) { removeFromItem(input: {item: $id, collaborators: ["` + p.ID + `"]}) { errors { message } } }`},
		{"view", `query($id: ID!) { properties(item: $id) { people(first: 1) { totalCount } } }`},
		{"govern", `query($id: ID!) { properties(item: $id) { people(first: 1, which: CANNOT_SEE) { totalCount } } }`},
		{"view", `query($id: ID!) { whyVisible(item: $id, collaborator: "` + p.ID + `") { words } }`},
		{"dispose", `mutation($id: ID!) { ` + archive + `(input: {id: $id}) { errors { message } } }`},
	} {
		if strings.Contains(try.operation, "clearAccess") && can["govern"] {
			continue // it would change something
		}
		got := as.Ask(a, try.operation, map[string]any{"id": it.ID})
		a.noTrace(p, try.operation, got.Body)
		want := ""
		switch {
		case !can["view"]:
			want = a.nothing(p, try.operation, it)
		case !can[try.ability]:
			want = "FORBIDDEN"
		}
		if got := got.Error(); got != want && (want != "FORBIDDEN" || !strings.HasPrefix(got, want)) {
			a.wrong(p, "%s of %s is answered %q instead of %q", try.operation, it.Name, got, want)
		}
	}
}

// nothing returns what is said to a command on an item that has never been.
func (a *audit) nothing(p *scenario.Person, mutation string, like *scenario.Item) string {
	a.Helper()
	prefix, _, _ := strings.Cut(like.ID, "_")
	key := p.Name + prefix + mutation
	if said, ok := a.noSuch[key]; ok {
		return said
	}
	got := a.As(p).Ask(a, mutation, map[string]any{"id": prefix + "_00000000-0000-7000-8000-000000000000"})
	if len(got.Errors) == 0 || got.Errors[0].Code() != "NOT_FOUND" {
		a.wrong(p, "%s of nothing is answered %s", mutation, got)
	}
	a.noSuch[key] = got.Error()
	return a.noSuch[key]
}

func editOf(it *scenario.Item) string {
	name := map[string]string{"campaign": "Campaign", "template": "Template", "list": "ContactList", "blacklist": "Blacklist"}[it.Kind]
	return `change` + name + `(input: {id: $id, baseVersion: 1}) { errors { message } }`
}

// bulk pulls the rows in their dense form.
func (a *audit) bulk(p *scenario.Person, as servertest.Client, it *scenario.Item) {
	a.Helper()
	if it.Row == "" {
		return
	}
	status, _, body := as.Do(a, http.MethodGet, "/sync/rows/"+it.ID, nil)
	a.noTrace(p, "the rows of "+it.Name, body)
	want := http.StatusNotFound
	if a.claims.views(p, it) {
		want = http.StatusOK
	}
	if status != want || (status == http.StatusOK) != bytes.Contains(body, []byte(it.RowText)) {
		a.wrong(p, "the rows of %s are answered %d %s", it.Name, status, body)
	}
	for _, path := range []string{"/sync/digest/" + it.ID, "/sync/rows/" + it.ID + "?part=0"} {
		status, _, body := as.Do(a, http.MethodGet, path, nil)
		a.noTrace(p, path, body)
		if status != want {
			a.wrong(p, "%s of %s is answered %d %s", path, it.Name, status, body)
		}
	}
}

// byNothing is what a deactivated person gets.
func (a *audit) byNothing(p *scenario.Person) {
	a.Helper()
	for _, it := range a.Items {
		if a.claims.views(p, it) {
			a.wrong(p, "the file says that a deactivated person sees %s", it.Name)
		}
	}
	for _, query := range []string{`{ items(first: 50) { totalCount } }`, `{ changes { next } }`, `mutation { createTemplate(input: {name: "x"}) { template { id } } }`} {
		if got := a.As(p).Ask(a, query, nil); got.Data != nil || len(got.Errors) != 1 || got.Errors[0].Code() != "UNAUTHENTICATED" {
			a.wrong(p, "%s is answered %s", query, got)
		}
	}
}

// noTrace fails where an answer holds anything of an item that the person may not see.
func (a *audit) noTrace(p *scenario.Person, what string, answer []byte) {
	a.Helper()
	for _, it := range a.Items {
		if can := a.claims.can[pair{p, it}]; can["view"] || can["restore"] || !a.checking {
			continue
		}
		for _, trace := range []string{it.ID, it.Title, it.Row, it.RowText} {
			if trace != "" && bytes.Contains(answer, []byte(trace)) {
				a.wrong(p, "%s tells of %s: %s", what, it.Name, answer)
			}
		}
	}
}

// rowsToo returns the items in the order of the ids that byQuery asks for, each with its row.
func (a *audit) rowsToo() []*scenario.Item {
	var all []*scenario.Item
	for _, it := range a.Items {
		all = append(all, it)
		if it.Row != "" {
			all = append(all, it)
		}
	}
	return all
}

func (a *audit) byID(id any) *scenario.Item {
	for _, it := range a.Items {
		if it.ID == id {
			return it
		}
	}
	return nil
}

func (a *audit) nameOf(id any) string {
	if it := a.byID(id); it != nil {
		return it.Name
	}
	return fmt.Sprint("unknown ", id)
}
