package browse

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// tabs is the workspace of an account: campaigns, templates, lists, blacklists, and what needs a person's eye.
type tabs struct {
	*ui
	open   *account
	space  *workspace
	err    error
	tab    int
	tables [5]table
	eye    attention
	// hidden are what was put aside; they are shown where it is false.
	hidden bool
	// newest: sorted by change, not by name.
	newest bool
	filter field
	// filtering: the person types the filter.
	filtering bool
	// found are the items that have the words of the filter anywhere in their texts.
	found map[string]bool
}

type workspaceRead struct {
	of    *account
	space *workspace
	eye   []mirror.Attention
	err   error
}

// eyeTab is the tab of what needs a person's eye.
const eyeTab = 4

func newTabs(u *ui, open *account) *tabs {
	return &tabs{ui: u, open: open, hidden: true}
}

func (s *tabs) title() string {
	if s.space != nil && s.space.account != "" {
		return s.space.account
	}
	return s.open.account.Name
}

func (s *tabs) typing() bool { return s.filtering }

func (s *tabs) load() tea.Cmd {
	open := s.open
	return func() tea.Msg {
		r := workspaceRead{of: open}
		if r.space, r.err = readWorkspace(s.ctx, open.folder); r.err == nil {
			r.eye, r.err = open.editor.Attention(s.ctx)
		}
		return r
	}
}

func (s *tabs) kind() kind { return items()[min(s.tab, 3)] }

func (s *tabs) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case itemsFound:
		if msg.of == s.open && msg.text == s.filter.value() {
			s.found = msg.ids
		}
	case workspaceRead:
		if msg.of == s.open && !errors.Is(msg.err, context.Canceled) {
			if s.err = msg.err; msg.err == nil {
				s.take(msg)
			}
		}
	case tea.PasteMsg:
		if s.filtering {
			s.filter.insert(msg.Content)
			return s.find()
		}
	case tea.KeyPressMsg:
		if s.filtering {
			return s.filterKey(msg)
		}
		return s.key(msg)
	}
	return nil
}

// take shows what was read, with the same item chosen as before.
func (s *tabs) take(r workspaceRead) {
	id := ""
	if s.tab != eyeTab {
		if it, ok := s.chosen(); ok {
			id = it.id
		}
	}
	s.space = r.space
	s.eye.take(r.eye)
	for i, it := range s.shown() {
		if it.id == id {
			s.tables[s.tab].at = i
		}
	}
}

// itemsFound are items that have the words of a text.
type itemsFound struct {
	of   *account
	text string
	ids  map[string]bool
}

// find searches the texts of items, as one types: names, subjects, bodies, descriptions.
func (s *tabs) find() tea.Cmd {
	f := itemsFound{of: s.open, text: s.filter.value(), ids: map[string]bool{}}
	return func() tea.Msg {
		found, err := mirror.Search(s.ctx, s.open.folder, mirror.Query{Text: f.text, Limit: mostHits})
		if err != nil {
			return nil // the names are searched all the same
		}
		for _, hit := range found.Hits {
			f.ids[hit.ID] = true
		}
		return f
	}
}

// remove deletes an item, or a row of one.
func remove(u *ui, open *account, k kind, of, id string) tea.Cmd {
	return func() tea.Msg {
		if err := open.editor.Delete(u.ctx, k.kind, of, id); err != nil {
			return fail(plainRefusal(err))
		}
		return moved{}
	}
}

// shown are the items of the tab that are to be seen.
func (s *tabs) shown() []item {
	if s.space == nil || s.tab == eyeTab {
		return nil
	}
	var all []item
	part := strings.ToLower(s.filter.value())
	for _, it := range s.space.items[s.kind().kind] {
		if (!it.archived || !s.hidden) && (part == "" || s.found[it.id] || strings.Contains(strings.ToLower(it.name), part)) {
			all = append(all, it)
		}
	}
	if s.newest {
		sortNewest(all)
	}
	return all
}

func (s *tabs) chosen() (item, bool) {
	all := s.shown()
	if t := &s.tables[s.tab]; t.at < len(all) {
		return all[max(0, t.at)], true
	}
	return item{}, false
}

// heads are the tabs' names with how many there are.
func (s *tabs) heads(width int) string {
	line := " "
	for i, name := range []string{"Campaigns", "Templates", "Lists", "Blacklists", "Needs you"} {
		n := 0
		if s.space != nil && i < eyeTab {
			n = len(s.space.items[items()[i].kind])
		} else if s.space != nil {
			n = s.space.attention
		}
		label, count := name, " "+number(int64(n))
		if width < 64 {
			count = ""
		}
		switch {
		case i == s.tab:
			line += " " + s.palette.tab.Render(label) + s.faint.Render(count) + " "
		case i == eyeTab && n > 0:
			line += " " + s.bad.Render(label+count) + " "
		default:
			line += " " + label + s.faint.Render(count) + " "
		}
	}
	return line
}
