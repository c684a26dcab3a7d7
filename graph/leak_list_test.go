package graph_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// TestLeakByList reads every query that needs no id, with everything below it, as everyone: nothing hidden is in it,
// and the lists of items hold and count exactly what the model says.
func TestLeakByList(t *testing.T) {
	eachLeak(t, func(l *leak) {
		sel := &selection{Schema: l.schema}
		for _, person := range []string{"olga", "carl", "vera", "edna", "rita", "nora", "zoe"} {
			as := l.world.As(l.world.Person(person))
			for _, f := range l.schema.Query.Fields {
				if strings.HasPrefix(f.Name, "__") || slices.ContainsFunc(f.Arguments, required) {
					continue
				}
				var given string
				if f.Arguments.ForName("first") != nil {
					given = "(first: 20)"
				}
				request := fmt.Sprintf("{ %s%s %s }", f.Name, given, sel.of(l.schema.Types[f.Type.Name()], 2))
				a := as.Ask(l, request, nil)
				l.watch(person, request, a)
				if len(a.Errors) > 0 && a.Errors[0].Code() != "FORBIDDEN" {
					l.Errorf("%s asks for %s: %s", person, f.Name, a.Body)
				}
				if kinds, ok := leakLists()[f.Name]; ok {
					l.exact(person, f.Name, a, kinds)
				}
				l.search(person, as, f)
			}
		}
		// What was never shown to those who see it would not have been noticed with the others either.
		for _, it := range l.world.Items {
			for _, p := range l.world.People {
				if l.sees(p.Name, it) && l.shown[p.Name+" "+it.Name] == 0 {
					l.Errorf("%s was never shown to %s", it.Name, p.Name)
				}
			}
		}
	})
}

// required are arguments without which a field cannot be asked.
func required(a *ast.ArgumentDefinition) bool {
	return a.Type.NonNull && a.DefaultValue == nil && a.Name != "first"
}

// leakLists are the lists of items, with the kinds that each holds.
func leakLists() map[string][]string {
	return map[string][]string{
		"items": {"list", "blacklist", "template", "campaign"}, "contactLists": {"list"}, "blacklists": {"blacklist"},
		"templates": {"template"}, "campaigns": {"campaign"}, "leads": {"lead"}, "deletedItems": nil,
	}
}

// exact compares the ids and the count of a list with the model.
func (l *leak) exact(person, field string, a servertest.Answer, kinds []string) {
	l.Helper()
	want := map[string]bool{}
	for _, it := range l.world.Items {
		inBin := strings.HasSuffix(it.Name, "-deleted")
		if l.sees(person, it) && (field == "deletedItems") == inBin && (inBin || slices.Contains(kinds, it.Kind)) {
			want[it.ID] = true
		}
	}
	got := map[string]bool{}
	edges, _ := a.At(field + ".edges").([]any)
	for _, e := range edges {
		id, _ := servertest.At(e, "node.id").(string)
		got[id] = true
	}
	if !maps.Equal(got, want) || fmt.Sprint(a.At(field+".totalCount")) != fmt.Sprint(len(want)) {
		l.Errorf("%s gets %v of %v in %s, instead of %v", person, got, a.At(field+".totalCount"), field, want)
	}
}

// search looks for the names of what is hidden: it finds as much as a search for nothing.
func (l *leak) search(person string, as servertest.Client, f *ast.FieldDefinition) {
	l.Helper()
	given := "search: $s"
	if f.Name == "leads" {
		given = "filter: {search: $s}"
	} else if f.Arguments.ForName("search") == nil {
		return
	}
	for _, it := range l.hidden(person) {
		for _, part := range []string{it.Title, it.Title[:len(it.Title)-1], it.RowText} {
			if part == "" {
				continue
			}
			a := as.Ask(l, fmt.Sprintf(`query($s: String) { found: %s(first: 20, %s) { totalCount edges { node { id } } pageInfo { hasNextPage hasPreviousPage } } }`, f.Name, given),
				map[string]any{"s": part})
			if count := fmt.Sprint(a.At("found.totalCount")); count != "0" && len(a.Errors) == 0 {
				l.Errorf("%s finds %s of %q in %s: %s", person, count, part, f.Name, a.Body)
			}
		}
	}
}

// TestLeakOutsideGraphQL names hidden lists where ids go beside GraphQL, and compares with ids that never were.
func TestLeakOutsideGraphQL(t *testing.T) {
	eachLeak(t, func(l *leak) {
		for _, person := range []string{"rita", "nora", "zoe", "dora"} {
			as := l.world.As(l.world.Person(person))
			for _, it := range l.hidden(person) {
				for _, path := range []string{"GET /sync/rows/%s", "POST /upload/contacts/%s", "GET /export/contacts/%s.csv", "GET /export/blacklist/%s.csv"} {
					l.outside(person, as, path, it)
				}
			}
		}
	})
}

func (l *leak) outside(person string, as servertest.Client, path string, it *scenario.Item) {
	l.Helper()
	method, path, _ := strings.Cut(path, " ")
	ask := func(id string) string {
		status, header, body := as.Do(l, method, fmt.Sprintf(path, id), []byte("email\nleak@example.com\n"), "Content-Type", "text/csv")
		if status < http.StatusBadRequest {
			l.Errorf("%s is answered %d to %s %s of %s: %s", person, status, method, path, it.Name, body)
		}
		for _, secret := range []string{it.Title, it.RowText, bare(it.Row)} {
			if secret != "" && strings.Contains(string(body)+fmt.Sprint(header), secret) {
				l.Errorf("%s is told %q by %s %s", person, secret, method, path)
			}
		}
		return fmt.Sprint(status, strings.ReplaceAll(string(body), bare(id), "@"))
	}
	prefix, _, _ := strings.Cut(it.ID, "_")
	if real, nothing := ask(it.ID), ask(prefix+"_01900000-0000-7000-8000-00000000abcd"); real != nothing {
		l.Errorf("%s can tell by %s %s:\n%s\nand of what never was:\n%s", person, method, path, real, nothing)
	}
}

// TestLeakWhileFollowing changes what is hidden and then what is not: who follows hears of the second alone, and so
// does a poll.
func TestLeakWhileFollowing(t *testing.T) {
	eachLeak(t, func(l *leak) {
		carl := l.world.As(l.world.Person("carl"))
		for _, person := range []string{"rita", "nora"} {
			as := l.world.As(l.world.Person(person))
			after := l.pull(person, as, nil)
			hints, along := as.Open(l), as.Open(l)
			hints.Subscribe("1", `subscription { changed { workspace buckets } }`, nil)
			along.Subscribe("1", inline, vars{"after": after})
			hints.Hear()
			along.Hear()
			for _, kind := range []string{"list", "blacklist", "template", "campaign"} {
				l.world.Set("then carl renames " + kind + "-restricted to again")
			}
			l.addContact(carl, l.world.Item("list-restricted"), person+"-hidden@example.com")
			for _, state := range []string{"WON", "NEW"} { // of campaigns that both see, and that are nothing to either
				for _, name := range []string{"lead-second", "lead-open"} {
					carl.Must(l, `mutation($in: SetLeadStateInput!) { setLeadState(input: $in) { errors { message } } }`,
						in(vars{"leads": []string{l.world.Item(name).ID}, "state": state}))
				}
			}
			quiet := as.Must(l, `query($after: String) { changes(after: $after) { account { id } collaborators { id } items { id } buckets { id } removals next more } }`, map[string]any{"after": after})
			for _, part := range []string{"collaborators", "items", "buckets", "removals"} {
				if some, _ := quiet.At("changes." + part).([]any); len(some) > 0 {
					l.Errorf("%s pulls %s of what is hidden: %s", person, part, quiet.Body)
				}
			}
			l.addContact(l.world.As(l.world.Person("olga")), l.world.Item("list-common"), person+"@example.com")
			for _, ws := range []*servertest.Socket{hints, along} {
				m := fmt.Sprint(ws.Hear())
				for _, it := range l.hidden(person) {
					if strings.Contains(m, bare(it.ID)) {
						l.Errorf("%s hears of %s: %s", person, it.Name, m)
					}
				}
				if !strings.Contains(m, bare(l.world.Item("list-common").ID)) {
					l.Errorf("%s hears of what is hidden: %s", person, m)
				}
			}
			l.pull(person, as, after)
		}
	})
}

// pull reads the feed to its end and returns where it ends.
func (l *leak) pull(person string, as servertest.Client, after any) any {
	l.Helper()
	for {
		const request = `query($after: String) { changes(after: $after, first: 3) { account { name } collaborators { id } items { id name ... on Campaign { lists { id } blacklists { id } } } buckets { id } removals next more } }`
		a := as.Must(l, request, map[string]any{"after": after})
		l.watch(person, request, a)
		after = a.At("changes.next")
		if a.At("changes.more") == false {
			return after
		}
	}
}

func (l *leak) addContact(as servertest.Client, list *scenario.Item, email string) {
	l.Helper()
	a := as.Must(l, createContact, in(vars{"list": list.ID, "email": email}))
	if a.At("createContact.contact.id") == nil {
		l.Fatalf("adding a contact: %s", a.Body)
	}
}
