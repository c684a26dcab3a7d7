package sharing_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/servertest/scenario"
)

// abilities are what a person can do with an item, from least to most. Each takes the one before it, but
// restore, which is for items that nobody sees.
func abilities() []string { return []string{"view", "edit", "govern", "dispose", "restore"} }

type pair struct {
	person *scenario.Person
	item   *scenario.Item
}

type facts map[string]bool

// claims are what a file says.
type claims struct {
	can map[pair]facts
	// said is what this step says in so many words, against contradictions.
	said map[pair]facts
	// because are reasons, creates what persons may create, sees what campaigns show; of this step.
	because map[pair]string
	creates map[*scenario.Person]facts
	sees    []sight
}

type sight struct {
	person   *scenario.Person
	campaign *scenario.Item
	lists    []string
	more     bool
}

func newClaims() claims {
	c := claims{can: make(map[pair]facts)}
	c.next()
	return c
}

// next begins a step: what can be done stays as it was.
func (c *claims) next() {
	c.said, c.because = make(map[pair]facts), make(map[pair]string)
	c.creates, c.sees = make(map[*scenario.Person]facts), nil
}

// read takes the line "<person> can|cannot <abilities> <items> [because <reason>]" or one with "sees".
func (c *claims) read(t *testing.T, w *scenario.World, words []string) {
	t.Helper()
	var people []*scenario.Person
	switch words[0] {
	case "nobody", "everybody":
		people = w.People
	default:
		people = []*scenario.Person{w.Person(words[0])}
	}
	rest := words[2:]
	if words[1] == "sees" {
		c.readSight(t, w, people[0], rest)
		return
	}
	holds := words[1] == "can" && words[0] != "nobody"
	reason := ""
	if n := len(rest); n > 2 && rest[n-2] == "because" {
		reason, rest = rest[n-1], rest[:n-2]
	}
	n := 0
	for n < len(rest) && slices.Contains(append(abilities(), "create"), rest[n]) {
		n++
	}
	if n == 0 || n == len(rest) {
		t.Fatalf("%q names no ability or no item", strings.Join(words, " "))
	}
	for _, p := range people {
		for _, ability := range rest[:n] {
			for _, name := range rest[n:] {
				if ability == "create" {
					if c.creates[p] == nil {
						c.creates[p] = make(facts)
					}
					c.creates[p][strings.TrimSuffix(name, "s")] = holds
					continue
				}
				c.claim(t, pair{p, w.Item(name)}, ability, holds)
			}
		}
		for _, name := range rest[n:] {
			if reason != "" {
				c.because[pair{p, w.Item(name)}] = reason
			}
		}
	}
}

func (c *claims) claim(t *testing.T, about pair, ability string, holds bool) {
	t.Helper()
	if c.said[about] == nil {
		c.said[about] = make(facts)
	}
	if before, ok := c.said[about][ability]; ok && before != holds {
		t.Fatalf("whether %s can %s %s is said twice, and differently", about.person.Name, ability, about.item.Name)
	}
	c.said[about][ability] = holds
	if c.can[about] == nil {
		c.can[about] = make(facts)
	}
	can := c.can[about]
	can[ability] = holds
	switch {
	case holds && ability == "restore":
		c.can[about] = facts{"restore": true}
	case holds && ability != "view":
		can["view"], can["edit"], can["restore"] = true, true, false
	case holds:
		can["restore"] = false
	case ability == "view":
		c.can[about] = facts{"restore": can["restore"]}
	case ability == "edit":
		can["govern"], can["dispose"] = false, false
	}
}

// readSight takes "<campaign> to <lists> [and more]"; nothing stands for no list.
func (c *claims) readSight(t *testing.T, w *scenario.World, p *scenario.Person, words []string) {
	t.Helper()
	if len(words) < 3 || words[1] != "to" {
		t.Fatalf("%q does not read \"campaign to lists\"", strings.Join(words, " "))
	}
	s := sight{person: p, campaign: w.Item(words[0]), lists: words[2:]}
	if n := len(s.lists); n > 2 && s.lists[n-1] == "more" && s.lists[n-2] == "and" {
		s.lists, s.more = s.lists[:n-2], true
	}
	s.lists = slices.DeleteFunc(slices.Clone(s.lists), func(name string) bool { return name == "nothing" })
	c.sees = append(c.sees, s)
}

// level returns what the person's own level is called in the API.
func (c *claims) level(p *scenario.Person, it *scenario.Item) string {
	switch can := c.can[pair{p, it}]; {
	case can["edit"]:
		return "EDIT"
	case can["view"]:
		return "VIEW"
	}
	return "NONE"
}

func (c *claims) views(p *scenario.Person, it *scenario.Item) bool { return c.can[pair{p, it}]["view"] }
