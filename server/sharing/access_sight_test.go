package sharing_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

const whoSees = `
query($id: ID!, $which: PropertiesFilter!) { properties(item: $id) {
	item { id } mayChange
	people(first: 50, which: $which) { totalCount edges { node { collaborator { id } level reason } } }
} }`

// bySight asks as a person for the properties of each item: who sees it is told exactly who else does, and who
// governs it also who does not, and why.
func (a *audit) bySight(p *scenario.Person) {
	a.Helper()
	for _, it := range a.Items {
		can := a.claims.can[pair{p, it}]
		if !can["view"] {
			continue // commands asks for it
		}
		got := a.As(p).Must(a, whoSees, map[string]any{"id": it.ID, "which": "CAN_SEE"})
		a.noTrace(p, "who sees "+it.Name, got.Body)
		if got.At("properties.item.id") != it.ID || got.At("properties.mayChange") != can["govern"] {
			a.wrong(p, "the properties of %s are %s", it.Name, got)
		}
		a.sights(p, it, got, func(q *scenario.Person) bool { return a.claims.views(q, it) })
		if can["govern"] {
			got := a.As(p).Must(a, whoSees, map[string]any{"id": it.ID, "which": "CANNOT_SEE"})
			a.noTrace(p, "who does not see "+it.Name, got.Body)
			a.sights(p, it, got, func(q *scenario.Person) bool { return !a.claims.views(q, it) && !q.Out })
		}
		a.why(p, it, can["govern"])
	}
}

// sights holds a list of people to those of the account for whom want holds, with their levels and the reasons
// that the file gives.
func (a *audit) sights(p *scenario.Person, it *scenario.Item, got servertest.Answer, want func(*scenario.Person) bool) {
	a.Helper()
	var told, wanted []string
	for _, edge := range list(got, "properties.people.edges") {
		i := slices.IndexFunc(a.People, func(q *scenario.Person) bool { return q.ID == servertest.At(edge, "node.collaborator.id") })
		if i < 0 {
			told = append(told, "a stranger")
			continue
		}
		told = append(told, a.sight(a.People[i], it, servertest.At(edge, "node")))
	}
	for _, q := range a.People {
		if q.Account == it.Account && want(q) {
			wanted = append(wanted, a.expected(q, it))
		}
	}
	slices.Sort(told)
	slices.Sort(wanted)
	if d := cmp.Diff(wanted, told); d != "" {
		a.wrong(p, "who sees %s (-expected +told):\n%s", it.Name, d)
	}
	if n := fmt.Sprint(got.At("properties.people.totalCount")); n != fmt.Sprint(len(wanted)) {
		a.wrong(p, "of those who see %s are counted %s instead of %d", it.Name, n, len(wanted))
	}
}

// why asks about each person who sees an item, and why: of who governs it, who else may ask only about
// themselves, and about people of other accounts, of whom nobody is told.
func (a *audit) why(p *scenario.Person, it *scenario.Item, governs bool) {
	a.Helper()
	query, about := "query($id: ID!) {", make(map[string]*scenario.Person)
	for i, q := range a.People {
		field := fmt.Sprintf(`whyVisible(item: $id, collaborator: %q) { visible level reason }`, q.ID)
		refused := ""
		switch {
		case p != q && !governs:
			refused = "FORBIDDEN Only an owner or the item's creator says who may see it."
		case q.Account != it.Account:
			refused = "NOT_FOUND There is no such person, or it is not shared with you."
		default:
			alias := fmt.Sprint("p", i)
			query, about[alias] = query+" "+alias+": "+field, q
			continue
		}
		got := a.As(p).Ask(a, "query($id: ID!) { "+field+" }", map[string]any{"id": it.ID})
		if got.Error() != refused {
			a.wrong(p, "why %s sees %s is answered %q instead of %q", q.Name, it.Name, got.Error(), refused)
		}
	}
	got := a.As(p).Must(a, query+" }", map[string]any{"id": it.ID})
	a.noTrace(p, "why "+it.Name+" is visible", got.Body)
	for alias, q := range about {
		told := got.At(alias)
		if t, want := a.sight(q, it, told), a.expected(q, it); t != want || servertest.At(told, "visible") != a.claims.views(q, it) {
			a.wrong(p, "on %s it is told that %v instead of %s", it.Name, told, want)
		}
	}
}

// sight and expected are what a person may do with an item as it is told and as the file says, in one form.
func (a *audit) sight(q *scenario.Person, it *scenario.Item, told any) string {
	line := fmt.Sprintf("%s: %s", q.Name, servertest.At(told, "level"))
	if a.reason(q, it) != "" {
		line += fmt.Sprintf(" because %s", servertest.At(told, "reason"))
	}
	return line
}

func (a *audit) expected(q *scenario.Person, it *scenario.Item) string {
	line := fmt.Sprintf("%s: %s", q.Name, a.claims.level(q, it))
	if reason := a.reason(q, it); reason != "" {
		line += " because " + reason
	}
	return line
}

func (a *audit) reason(q *scenario.Person, it *scenario.Item) string {
	if q.Out {
		return "DEACTIVATED"
	}
	return strings.ToUpper(a.claims.because[pair{q, it}])
}

// ask tries what a step says of making items, and of what campaigns show.
func (c *claims) ask(a *audit) {
	a.Helper()
	for p, kinds := range c.creates {
		for kind, may := range kinds {
			name := map[string]string{"campaign": "Campaign", "template": "Template", "list": "ContactList", "blacklist": "Blacklist"}[kind]
			// Without a name nothing is made; the right is looked at first.
			got := a.As(p).Ask(a, `mutation { made: create`+name+`(input: {name: ""}) { errors { message } } }`, nil)
			code := ""
			if len(got.Errors) > 0 {
				code = got.Errors[0].Code()
			}
			if want := map[bool]string{true: "", false: "FORBIDDEN"}[may]; code != want && (!p.Out || code != "UNAUTHENTICATED") {
				a.wrong(p, "making a %s is answered %s", kind, got)
			}
		}
	}
	for _, s := range c.sees {
		got := a.As(s.person).Must(a, `query($id: ID!) { node(id: $id) { ... on Campaign { lists { id } listsRestricted } } }`, map[string]any{"id": s.campaign.ID})
		lists, _ := got.At("node.lists").([]any)
		names := []string{}
		for _, l := range lists {
			names = append(names, a.nameOf(servertest.At(l, "id")))
		}
		slices.Sort(names)
		slices.Sort(s.lists)
		if !slices.Equal(names, s.lists) || got.At("node.listsRestricted") != s.more {
			a.wrong(s.person, "%s goes to %v, and more: %v", s.campaign.Name, names, got.At("node.listsRestricted"))
		}
	}
}
