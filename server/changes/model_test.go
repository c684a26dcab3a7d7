package changes_test

import (
	"maps"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
)

// world is the pure model: what there is and who may see it, told in its own words and not with those of
// package sharing.
type world struct {
	people []*person
	items  []*thing
	// own is whether members see their own leads only.
	own bool
}

type person struct {
	id    uuid.UUID
	owner bool
	// manager sees what a member sees, and of those items all leads.
	manager bool
	// ever holds the items and rows that the person could see at any time: no other id may ever be told to them.
	ever map[uuid.UUID]bool
}

type thing struct {
	id       uuid.UUID
	kind     item.Kind
	creator  uuid.UUID
	everyone bool
	dead     bool
	version  int64
	edges    map[uuid.UUID]string
	rows     map[uuid.UUID]int64 // contacts by id, with their versions
	targets  map[uuid.UUID]bool  // what a campaign points at
	leads    map[uuid.UUID]*lead // of a campaign
}

// lead is a lead with its version and who follows it up; the zero id: nobody.
type lead struct {
	version  int64
	assignee uuid.UUID
}

// follows says whether a person may see a lead of a campaign that they see.
func (w *world) follows(p *person, l *lead) bool {
	return p.owner || p.manager || !w.own || l.assignee == p.id
}

func (w *world) thing(id uuid.UUID) *thing {
	i := slices.IndexFunc(w.items, func(t *thing) bool { return t.id == id })
	return w.items[i]
}

// level is the rule once more.
func (t *thing) level(p *person) string {
	if t.dead {
		return "none"
	}
	if p.owner || t.creator == p.id {
		return "edit"
	}
	if e, ok := t.edges[p.id]; ok {
		return e
	}
	if t.everyone {
		return "edit"
	}
	return "none"
}

// remember notes what everyone sees now; called after each step.
func (w *world) remember() {
	for _, p := range w.people {
		for _, t := range w.items {
			if t.level(p) != "none" {
				p.ever[t.id] = true
				for id := range t.rows {
					p.ever[id] = true
				}
				for id, l := range t.leads {
					if w.follows(p, l) {
						p.ever[id] = true
					}
				}
			}
		}
	}
}

// view is what a copy of the workspace should hold for a person.
func (w *world) view(p *person) map[string]string {
	v := make(map[string]string)
	for _, t := range w.items {
		if t.level(p) == "none" {
			continue
		}
		text := string(t.kind) + " v" + strconv.FormatInt(t.version, 10) + " " + t.level(p)
		restricted := false
		for _, l := range slices.SortedFunc(maps.Keys(t.targets), compareIDs) {
			if w.thing(l).level(p) == "none" {
				restricted = true
			} else {
				text += " → " + l.String()
			}
		}
		if restricted {
			text += " → restricted"
		}
		v[t.id.String()] = text
	}
	return v
}

// rowsView is what a person's copy of a list's rows, or of a campaign's leads, should hold.
func (w *world) rowsView(t *thing, p *person) map[string]string {
	v := make(map[string]string)
	for id, l := range t.leads {
		if w.follows(p, l) {
			v[id.String()] = "v" + strconv.FormatInt(l.version, 10) + " of " + l.assignee.String()
		}
	}
	for id, version := range t.rows {
		v[id.String()] = "v" + strconv.FormatInt(version, 10)
	}
	return v
}

func compareIDs(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }
