package browse

import (
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
	return func() tea.Msg {
		space, err := readWorkspace(s.ctx, s.open.folder)
		var eye []mirror.Attention
		if err == nil {
			eye, err = s.open.editor.Attention(s.ctx)
		}
		return then(func() tea.Cmd {
			if s.err = err; err == nil {
				s.take(space, eye)
			}
			return nil
		})
	}
}

func (s *tabs) paste(text string) tea.Cmd {
	if !s.filtering {
		return nil
	}
	s.filter.insert(text)
	return s.find()
}

func (s *tabs) kind() kind { return items()[min(s.tab, 3)] }

// take shows what was read, with the same item chosen as before.
func (s *tabs) take(space *workspace, eye []mirror.Attention) {
	id := ""
	if s.tab != eyeTab {
		if it, ok := s.chosen(); ok {
			id = it.id
		}
	}
	s.space = space
	s.eye.take(eye)
	for i, it := range s.shown() {
		if it.id == id {
			s.tables[s.tab].at = i
		}
	}
}

// find searches the texts of items, as one types: names, subjects, bodies, descriptions.
func (s *tabs) find() tea.Cmd {
	text := s.filter.value()
	return func() tea.Msg {
		found, err := mirror.Search(s.ctx, s.open.folder, mirror.Query{Text: text, Limit: mostHits})
		if err != nil {
			return nil // the names are searched all the same
		}
		return then(func() tea.Cmd {
			if text == s.filter.value() {
				s.found = map[string]bool{}
				for _, hit := range found.Hits {
					s.found[hit.ID] = true
				}
			}
			return nil
		})
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
