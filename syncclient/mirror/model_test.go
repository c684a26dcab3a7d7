package mirror

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// model is what a mirror is to hold, in plain maps. Marks stand in every text, so that a scan finds left-overs.
type model struct {
	cursor  string
	walking bool
	walk    int
	entries map[string]modelEntry // by id: people and items
	rows    map[string]*modelRows // by list that is kept
	dropped map[string]bool       // lists that are not
}

type modelEntry struct {
	kind  protocol.Kind
	text  string // the row as dump prints it
	walk  int
	lists []string
}

type modelRows struct {
	cursor  string
	walking bool
	walk    int
	rows    map[string]modelEntry
}

func (m *model) clone() *model {
	c := &model{cursor: m.cursor, walking: m.walking, walk: m.walk, entries: maps.Clone(m.entries), rows: map[string]*modelRows{}, dropped: maps.Clone(m.dropped)}
	for id, r := range m.rows {
		c.rows[id] = &modelRows{r.cursor, r.walking, r.walk, maps.Clone(r.rows)}
	}
	return c
}

func (m *model) remove(id string) {
	if m.entries[id].kind == protocol.KindList {
		delete(m.rows, id)
		delete(m.dropped, id)
		for other, e := range m.entries {
			e.lists = slices.DeleteFunc(slices.Clone(e.lists), func(l string) bool { return l == id })
			m.entries[other] = e
		}
	}
	delete(m.entries, id)
}

// keep begins the rows of a list, drop ends them.
func (m *model) keep(list string) {
	delete(m.dropped, list)
	m.rows[list] = &modelRows{walking: true, walk: 1, rows: map[string]modelEntry{}}
}

func (m *model) drop(list string) {
	m.dropped[list] = true
	delete(m.rows, list)
}

func (m *model) apply(page *protocol.ChangePage) {
	for _, p := range page.Collaborators {
		_, id, _ := p.ID.Split()
		m.entries[id] = modelEntry{kind: protocol.KindPerson, text: p.Email, walk: m.walk}
	}
	for _, i := range page.Items {
		kind, id, _ := i.ID.Split()
		e := modelEntry{kind: kind, text: i.Name, walk: m.walk}
		for _, ref := range i.Lists {
			_, list, _ := ref.ID.Split()
			e.lists = append(e.lists, list)
		}
		slices.Sort(e.lists)
		m.entries[id] = e
		if kind == protocol.KindList && m.rows[id] == nil && !m.dropped[id] {
			m.keep(id)
		}
	}
	for _, gone := range page.Removals {
		_, id, _ := gone.Split()
		m.remove(id)
	}
	if m.walking && !page.More {
		for id, e := range m.entries {
			if e.walk != m.walk {
				m.remove(id)
			}
		}
		m.walking = false
	}
	m.cursor = page.Next
}

func (m *model) applyRows(list string, rows map[string]string, removed []string, next string, more bool) {
	r := m.rows[list]
	for id, text := range rows {
		r.rows[id] = modelEntry{text: text, walk: r.walk}
	}
	for _, id := range removed {
		delete(r.rows, id)
	}
	if r.walking && !more {
		maps.DeleteFunc(r.rows, func(_ string, e modelEntry) bool { return e.walk != r.walk })
		r.walking = false
	}
	r.cursor = next
}

// dump prints what a model holds, a line a row.
func (m *model) dump() []string {
	all := []string{fmt.Sprintf("cursor %s walking %v", m.cursor, m.walking)}
	for id, e := range m.entries {
		all = append(all, fmt.Sprintf("%s %s %s", e.kind, id, e.text))
		for _, l := range e.lists {
			all = append(all, fmt.Sprintf("link %s %s", id, l))
		}
	}
	for list := range m.dropped {
		all = append(all, "not kept "+list)
	}
	for list, r := range m.rows {
		all = append(all, fmt.Sprintf("rows of %s: cursor %s walking %v", list, r.cursor, r.walking))
		for id, e := range r.rows {
			all = append(all, fmt.Sprintf("row %s %s %s", list, id, e.text))
		}
	}
	slices.Sort(all)
	return all
}

// dump prints what a mirror holds, in the same form.
func dump(t failer, m *Mirror) []string {
	t.Helper()
	ctx := context.Background()
	read := func(all []string, err error) []string {
		if err != nil {
			t.Fatalf("dump: %v", err)
		}
		return all
	}
	all := read(column(ctx, m.main, `
		SELECT 'cursor ' || cursor || ' walking ' || iif(walking, 'true', 'false') FROM mirror
		UNION ALL SELECT 'person ' || id || ' ' || email FROM collaborators
		UNION ALL SELECT 'campaign ' || id || ' ' || name FROM campaigns
		UNION ALL SELECT 'template ' || id || ' ' || name FROM templates
		UNION ALL SELECT 'list ' || id || ' ' || name FROM contact_lists
		UNION ALL SELECT 'link ' || campaign || ' ' || list FROM campaign_lists
		UNION ALL SELECT 'not kept ' || l.id FROM contact_lists l JOIN buckets b ON b.id = l.id WHERE kept = 0 AND file IS NULL AND complete = 0 AND reached = state`))
	for _, id := range read(column(ctx, m.main, `SELECT id FROM contact_lists WHERE kept = 1 OR file IS NOT NULL`)) {
		b := Bucket{ID: id, Kind: protocol.Contacts}
		f, err := m.file(ctx, b)
		if err != nil {
			t.Fatalf("dump: %v", err)
		}
		all = append(all, read(column(ctx, f.db, `
			SELECT 'rows of ' || id || ': cursor ' || cursor || ' walking ' || iif(walking, 'true', 'false') FROM bucket
			UNION ALL SELECT 'row ' || b.id || ' ' || c.id || ' ' || c.email FROM contacts c, bucket b`))...)
	}
	slices.Sort(all)
	return all
}
