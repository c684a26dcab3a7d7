package sharing_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/graph/read"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
	"github.com/partage-mail/partage/server/sharing"
)

// bySight asks as a person who sees each item: whoever may ask is told exactly what the file says of everybody.
func (a *audit) bySight(p *scenario.Person) {
	a.Helper()
	ctx, err := a.server.Identity.Authenticate(a.Context(), a.As(p).Token)
	if err != nil {
		a.Fatalf("authenticating %s: %v", p.Name, err)
	}
	for _, it := range a.Items {
		var seen []sharing.Sight
		err := a.server.Store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
			seen, err = sharing.WhoSees(ctx, tx, uuid.MustParse(it.ID[strings.Index(it.ID, "_")+1:]))
			return err
		})
		switch can := a.claims.can[pair{p, it}]; {
		case !can["view"]:
			if !fault.Is(err, fault.NotFound) {
				a.wrong(p, "who sees %s is answered %v, %v", it.Name, seen, err)
			}
		case !can["govern"]:
			if !fault.Is(err, fault.Denied) {
				a.wrong(p, "who sees %s is answered %v, %v", it.Name, seen, err)
			}
		case err != nil:
			a.wrong(p, "who sees %s is answered %v", it.Name, err)
		default:
			a.sights(p, it, seen)
		}
	}
}

func (a *audit) sights(p *scenario.Person, it *scenario.Item, seen []sharing.Sight) {
	a.Helper()
	var got, want []string
	for _, s := range seen {
		i := slices.IndexFunc(a.People, func(p *scenario.Person) bool { return p.ID == read.GlobalID(read.PersonID, s.Collaborator) })
		if i < 0 {
			got = append(got, "a stranger")
			continue
		}
		line := fmt.Sprintf("%s may %s", a.People[i].Name, s.Level)
		if reason := a.claims.because[pair{a.People[i], it}]; reason != "" {
			line += " because " + string(s.Reason)
		}
		got = append(got, line)
	}
	for _, q := range a.People {
		if !a.claims.views(q, it) {
			continue
		}
		line := fmt.Sprintf("%s may %s", q.Name, strings.ToLower(a.claims.level(q, it)))
		if reason := a.claims.because[pair{q, it}]; reason != "" {
			line += " because " + reason
		}
		want = append(want, line)
	}
	slices.Sort(got)
	slices.Sort(want)
	if d := cmp.Diff(want, got); d != "" {
		a.wrong(p, "who sees %s (-expected +told):\n%s", it.Name, d)
	}
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
