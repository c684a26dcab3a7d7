package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partage-mail/partage/graph/generated"
	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// leakStage has an item of each kind that is open to everyone and one that is restricted, and a person in every
// relation to them.
const leakStage = `
owner   olga
manager carl
member  vera
member  edna
member  rita
member  nora
member  dora

list      list-restricted      by carl restricted
blacklist blacklist-restricted by carl restricted
template  template-restricted  by carl restricted
campaign  campaign-restricted  by carl to list-restricted respecting blacklist-restricted restricted
list      list-open            by carl
blacklist blacklist-open       by carl
template  template-open        by carl
campaign  campaign-open        by carl to list-restricted list-open respecting blacklist-restricted blacklist-open
list      list-deleted         by carl restricted deleted
list      list-common          by olga
template  template-common      by olga
blacklist blacklist-common     by olga
campaign  campaign-common      by olga to list-restricted list-common respecting blacklist-restricted

lead lead-restricted of campaign-restricted
lead lead-open       of campaign-open   for edna
lead lead-common     of campaign-common for nora
lead lead-second     of campaign-common for vera

account there
owner    zoe
list      list-there      by zoe
blacklist blacklist-there by zoe
template  template-there  by zoe
campaign  campaign-there  by zoe to list-there respecting blacklist-there
lead lead-there of campaign-there for zoe
`

// leakSight is the model: who sees what, written by hand and not derived from any rule. An item that is not named is
// seen by nobody of the account.
func leakSight() map[string][]string {
	return map[string][]string{
		"restricted": {"olga", "carl", "vera", "edna"},
		"open":       {"olga", "carl", "vera", "edna", "nora"},
		"common":     {"olga", "carl", "vera", "edna", "nora", "rita"},
		"deleted":    {"olga", "carl"}, // in the bin
		"there":      {"zoe"},
	}
}

// leakFollows is the same of leads: members are shown those alone that they follow up, of campaigns that they see.
func leakFollows() map[string][]string {
	return map[string][]string{
		"restricted": {"olga", "carl"},
		"open":       {"olga", "carl", "edna"},
		"common":     {"olga", "carl", "nora"},
		"second":     {"olga", "carl", "vera"},
		"there":      {"zoe"},
	}
}

// leak is the stage with what was learnt on it.
type leak struct {
	*testing.T
	world  *scenario.World
	server *servertest.Server
	schema *ast.Schema
	// shown counts, by person and item, the answers that showed the item.
	shown map[string]int
}

func eachLeak(t *testing.T, f func(*leak)) {
	name := t.Name()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		// The clock stands still: how long somebody is to wait is the same in two answers that are to be the same.
		now := time.Now()
		s := servertest.Start(t, c, func(c *app.Config) { c.Identity.Now = func() time.Time { return now } })
		if servertest.Raced && (len(name)%2 == 0) != (s.Store.Dialect() == dialect.SQLite) {
			return // with the race detector each of these on one database
		}
		l := &leak{T: t, world: scenario.New(t, s), server: s, shown: map[string]int{},
			schema: generated.NewExecutableSchema(generated.Config{}).Schema()}
		l.world.Set(leakStage)
		for _, kind := range []string{"list", "blacklist", "template", "campaign"} {
			for _, line := range []string{
				"access vera view %s-restricted", "access edna edit %s-restricted", "access rita none %s-restricted",
				"access vera view %s-open", "access edna edit %s-open", "access rita none %s-open",
			} {
				l.world.Set(fmt.Sprintf(line, kind))
			}
		}
		l.world.As(l.world.Person("dora"))
		l.world.Set("then dora is deactivated")
		l.world.Set("then olga shows members own leads")
		f(l)
	})
}

// sees is the model's answer.
func (l *leak) sees(person string, it *scenario.Item) bool {
	_, where, _ := strings.Cut(it.Name, "-")
	if it.Kind == "lead" {
		return slices.Contains(leakFollows()[where], person)
	}
	return slices.Contains(leakSight()[where], person)
}

// hidden returns what a person does not see.
func (l *leak) hidden(person string) []*scenario.Item {
	var all []*scenario.Item
	for _, it := range l.world.Items {
		if !l.sees(person, it) {
			all = append(all, it)
		}
	}
	return all
}

// watch fails where an answer tells of an item that the person does not see: its id or that of its row, its name or
// the text of its row. What the request itself said may come back.
func (l *leak) watch(person, request string, answer servertest.Answer) {
	l.Helper()
	said := string(answer.Body) + fmt.Sprint(answer.Header)
	for _, it := range l.world.Items {
		for _, mark := range []string{bare(it.ID), it.Title, bare(it.Row), it.RowText} {
			if mark == "" || !strings.Contains(said, mark) {
				continue
			}
			if l.sees(person, it) {
				l.shown[person+" "+it.Name]++
			} else if !strings.Contains(request, mark) {
				l.Errorf("%s is told %q of %s:\n%s\n%s", person, mark, it.Name, request, answer.Body)
			}
		}
	}
}

// bare returns the uuid of an id.
func bare(id string) string {
	_, uuid, _ := strings.Cut(id, "_")
	return uuid
}
