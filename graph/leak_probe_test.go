package graph_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// TestLeakByID names what a person does not see in every place of the API where an id can stand, and compares the
// answer with that to an id that never was: it is the same, but for the id.
func TestLeakByID(t *testing.T) {
	eachLeak(t, func(l *leak) {
		before := l.state()
		probes := l.probes()
		for _, person := range []string{"rita", "nora", "vera", "edna", "carl", "zoe"} {
			as := l.world.As(l.world.Person(person))
			for _, p := range probes {
				nothing := make(map[string]string)
				for _, target := range l.targets(person) {
					l.twin(person, as, p, target, nothing)
				}
			}
		}
		if after := l.state(); after != before {
			l.Errorf("what people did to what they do not see changed it:\n%s\n%s", before, after)
		}
	})
}

// TestLeakSignedOut asks everything as those who may not ask: nobody, whose session has ended, and who has opened no
// account. Nothing is told to them.
func TestLeakSignedOut(t *testing.T) {
	eachLeak(t, func(l *leak) {
		ended := l.world.As(l.world.Person("nora"))
		l.world.As(l.world.Person("nora")).Must(l, `mutation { logOut { ended } }`, nil)
		for name, as := range map[string]servertest.Client{
			"nobody": l.server.As(""), "a session that ended": ended,
			"somebody deactivated": l.world.As(l.world.Person("dora")), "a stranger's token": l.server.As("pts_" + strings.Repeat("A", 43)),
		} {
			for _, p := range l.probes() {
				if slices.Contains(openToAll(), p.field.Name) {
					continue
				}
				request, variables := p.with(l, "nora", l.world.Item("list-restricted").ID)
				if a := as.Ask(l, request, variables); len(a.Errors) == 0 || a.Errors[0].Code() != "UNAUTHENTICATED" {
					l.Errorf("%s asks %s and is answered %s", name, request, a.Body)
				}
			}
		}
	})
}

// openToAll may be asked by the signed-out; their own scenarios show what they tell.
func openToAll() []string {
	return []string{"signUp", "logIn", "logOut", "requestPasswordReset", "resetPassword", "acceptInvitation", "invitationLink", "entrance"}
}

// noTarget are mutations that name nothing another person could hide. One that is new fails the test until it is
// named here or has an id in its input.
func noTarget() []string {
	return []string{
		"signUp", "logOut", "changePassword", "requestPasswordReset", "resetPassword", "createTemplate", "createContactList", "createBlacklist",
		"leaveAccount", "invitePeople", "acceptInvitation", "changeAccount", "changeMe",
	}
}

// probe is a root field, asked with one id in a place where ids go.
type probe struct {
	operation string
	field     *ast.FieldDefinition
	// place is the path of the id in the arguments.
	place []string
	below string
}

// probes returns one probe for each place of an id in the arguments of each root field.
func (l *leak) probes() []probe {
	l.Helper()
	sel := &selection{Schema: l.schema}
	var all []probe
	for operation, root := range map[string]*ast.Definition{"query": l.schema.Query, "mutation": l.schema.Mutation} {
		for _, f := range root.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			below := sel.of(l.schema.Types[f.Type.Name()], 2)
			places := l.places(f.Arguments)
			if len(places) == 0 && operation == "mutation" && !slices.Contains(noTarget(), f.Name) {
				l.Errorf("the mutation %s names nothing: say in noTarget that it cannot tell of anything", f.Name)
			}
			for _, place := range places {
				all = append(all, probe{operation, f, place, below})
			}
		}
	}
	for _, argument := range sel.unknown {
		l.Errorf("the test does not know what to give for %s", argument)
	}
	slices.SortFunc(all, func(a, b probe) int {
		return strings.Compare(a.field.Name+strings.Join(a.place, "."), b.field.Name+strings.Join(b.place, "."))
	})
	return all
}

// places returns the paths of all ids in arguments.
func (l *leak) places(arguments ast.ArgumentDefinitionList) [][]string {
	var found [][]string
	var look func(typ *ast.Type, path []string)
	look = func(typ *ast.Type, path []string) {
		d := l.schema.Types[typ.Name()]
		if d.Name == "ID" {
			found = append(found, slices.Clone(path))
		}
		if d.Kind == ast.InputObject {
			for _, f := range d.Fields {
				look(f.Type, append(path, f.Name))
			}
		}
	}
	for _, a := range arguments {
		look(a.Type, []string{a.Name})
	}
	return found
}

// targets are the ids that a person should know nothing of.
func (l *leak) targets(person string) []string {
	var ids []string
	for _, it := range l.hidden(person) {
		ids = append(ids, it.ID)
		if it.Row != "" {
			ids = append(ids, it.Row)
		}
	}
	if person == "zoe" {
		ids = append(ids, l.world.Person("carl").ID, l.world.Person("carl").Account.ID)
	} else {
		ids = append(ids, l.world.Person("zoe").ID, l.world.Person("zoe").Account.ID)
	}
	return ids
}

// sealed are values that are never twice the same.
var sealed = regexp.MustCompile(`"((?:cursor|startCursor|endCursor|next)":"|image":"[^"?]*\?sealed=)[^"]*"`)

// twin asks with the target, and fails where the answer is another than to an id of the same kind that never was. What is
// said to those does not change meanwhile, so each is asked about once, and nothing keeps the answers.
func (l *leak) twin(person string, as servertest.Client, p probe, target string, nothing map[string]string) {
	l.Helper()
	prefix, _, _ := strings.Cut(target, "_")
	never := prefix + "_01900000-0000-7000-8000-00000000abcd"
	ask := func(id string) (string, string) {
		request, variables := p.with(l, person, id)
		a := as.Ask(l, request, variables)
		said, _ := json.Marshal(variables)
		l.watch(person, request+string(said), a)
		same := sealed.ReplaceAllString(strings.ReplaceAll(string(a.Body), bare(id), "@"), `"$1…"`)
		return same, request + string(said)
	}
	if nothing[never] == "" {
		nothing[never], _ = ask(never)
	}
	if real, request := ask(target); real != nothing[never] {
		l.Errorf("%s can tell by %s of %v: it is answered\n%.500s\nand what never was\n%.500s\nto %s", person, p.field.Name, p.place, real, nothing[never], request)
	}
}

// with returns the request with the id in its place and what else is needed.
func (p probe) with(l *leak, person, id string) (string, map[string]any) {
	l.Helper()
	variables, declared, given := map[string]any{}, "", ""
	for _, a := range p.field.Arguments {
		value := any(nil)
		switch {
		case a.Name == p.place[0]:
			value = l.fill(person, a.Type, a.Name, p.place[1:], id)
		case a.Type.NonNull && a.DefaultValue == nil:
			value = l.fill(person, a.Type, a.Name, nil, "")
		case a.Name == "first":
			value = 20
		default:
			continue
		}
		variables[a.Name] = value
		declared += fmt.Sprintf(" $%s: %s", a.Name, a.Type)
		given += fmt.Sprintf(" %s: $%s", a.Name, a.Name)
	}
	return fmt.Sprintf("%s(%s) { %s(%s) %s }", p.operation, declared, p.field.Name, given, p.below), variables
}

// fill returns a value of a type; with a path or at its end the id, elsewhere what is needed and makes sense.
func (l *leak) fill(person string, typ *ast.Type, name string, path []string, id string) any {
	l.Helper()
	if typ.Elem != nil {
		return []any{l.fill(person, typ.Elem, name, path, id)}
	}
	d := l.schema.Types[typ.Name()]
	switch {
	case d.Kind == ast.InputObject:
		fields := map[string]any{}
		for _, f := range d.Fields {
			switch {
			case len(path) > 0 && f.Name == path[0]:
				fields[f.Name] = l.fill(person, f.Type, f.Name, path[1:], id)
			case f.Type.NonNull && f.DefaultValue == nil:
				fields[f.Name] = l.fill(person, f.Type, f.Name, nil, "")
			}
		}
		return fields
	case d.Name == "ID" && id != "":
		return id
	case d.Kind == ast.Enum:
		if d.Name == "AccessLevel" {
			return "VIEW" // the first one cannot be given everywhere
		}
		return d.EnumValues[0].Name
	}
	value, known := map[string]any{
		"item": l.own(person, "list").ID, "list": l.own(person, "list").ID, "blacklist": l.own(person, "blacklist").ID, "id": l.own(person, "template").ID,
		"campaign": l.own(person, "campaign").ID, "lead": l.ownLead(person).ID, "leads": l.ownLead(person).ID, "assignee": l.world.Person("edna").ID,
		"bucket": l.own(person, "list").ID, "lists": l.own(person, "list").ID, "blacklists": l.own(person, "blacklist").ID,
		"collaborator": l.world.Person("edna").ID, "collaborators": l.world.Person("edna").ID, "invitation": "invitation_01900000-0000-7000-8000-00000000abcd",
		"email": "leak@example.com", "value": "leak.example.com", "password": "not the password", "name": "a probe", "baseVersion": 1, "first": 20,
		"origins": "https://leak.example.com", "after": "no cursor of anybody",
		"firstName": "Pro", "lastName": "Be",
	}[name]
	if !known {
		l.Fatalf("the test does not know what to give for %s", name)
	}
	return value
}

// own is an item that a person sees.
func (l *leak) own(person, kind string) *scenario.Item {
	if person == "zoe" {
		return l.world.Item(kind + "-there")
	}
	return l.world.Item(kind + "-common")
}

// ownLead is a lead that a person sees, or one that they do not where they see none.
func (l *leak) ownLead(person string) *scenario.Item {
	for _, it := range l.world.Items {
		if it.Kind == "lead" && l.sees(person, it) {
			return it
		}
	}
	return l.world.Item("lead-common")
}

// state is what the owners of both accounts see of their items.
func (l *leak) state() string {
	l.Helper()
	var said string
	for _, owner := range []string{"olga", "zoe"} {
		a := l.world.As(l.world.Person(owner)).Must(l, `{ items(first: 100, archive: ALL, orderBy: NAME) { totalCount edges { node {
			id name audience version archivedAt ... on ContactList { contacts(first: 100) { edges { node { id version } } } }
			... on Blacklist { entries(first: 100) { edges { node { id version } } } } } } }
			leads(first: 100) { totalCount edges { node { id version state assignee { id } } } } }`, nil)
		said += string(a.Body)
	}
	return said
}
