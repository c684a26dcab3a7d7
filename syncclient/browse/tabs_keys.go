package browse

import (
	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/protocol"
)

func (s *tabs) keys() []key {
	if s.filtering {
		return []key{{"enter", "done"}, {"esc", "show all"}}
	}
	if s.tab == eyeTab {
		return []key{{"enter", "look"}, {"1-5", "tabs"}, {"tab ← →", "next tab"}}
	}
	all := []key{{"enter", "open"}}
	if s.kind().rows != "" {
		all = append(all, key{"i", "about it"})
	}
	all = append(all, key{"e", "edit"}, key{"n", "new"}, key{"/", "search"}, key{"1-5", "tabs"}, key{"d", "delete"},
		key{"a", "put aside or back"}, key{"A", "show what was put aside"}, key{"s", "sort by name or change"}, key{"tab ← →", "next tab"})
	if s.kind().rows != "" {
		all = append(all, key{"x", "keep here or remove"})
	}
	return all
}

func (s *tabs) filterKey(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		s.filter, s.filtering = field{}, false
	case "enter":
		s.filtering = false
	case "up", "down":
		s.tables[s.tab].move(k.String(), len(s.shown()), 1)
	default:
		s.filter.key(k)
		s.tables[s.tab].at = 0
		return s.find()
	}
	return nil
}

func (s *tabs) key(k tea.KeyPressMsg) tea.Cmd {
	if s.filtering {
		return s.filterKey(k)
	}
	switch name := k.String(); name {
	case "1", "2", "3", "4", "5":
		s.tab = int(name[0] - '1')
	case "tab", "right", "l":
		s.tab = (s.tab + 1) % 5
	case "shift+tab", "left", "h":
		s.tab = (s.tab + 4) % 5
	default:
		if s.tab == eyeTab {
			return s.eye.key(s, name)
		}
		return s.itemKey(name)
	}
	s.filter = field{}
	return nil
}

// itemKey takes the keys of a tab with items.
func (s *tabs) itemKey(name string) tea.Cmd {
	k := s.kind()
	it, there := s.chosen()
	switch name {
	case "esc":
		if s.filter.value() != "" {
			s.filter = field{}
			return func() tea.Msg { return nil }
		}
		return nil
	case "/":
		s.filtering = true
	case "A":
		s.hidden = !s.hidden
	case "s":
		s.newest = !s.newest
	case "n":
		return s.push(newForm(s.ui, s.open, k, "", "", nil))
	case "enter", "i":
		switch {
		case there && name == "enter" && k.rows != "" && k.kind != protocol.KindCampaign:
			return s.push(newList(s.ui, s.open, k, it.id, it.name))
		case there:
			return s.push(&page{ui: s.ui, open: s.open, kind: k, id: it.id, name: it.name})
		}
	case "e":
		if there {
			return s.editItem(k, it.id)
		}
	case "a":
		if there {
			return s.archive(s.open, k, it.id, !it.archived)
		}
	case "x":
		if there && k.rows != "" {
			return s.choose(s, s.open, it.id)
		}
	case "d":
		if there {
			return s.delete(s.open, k, "", it.id, it.name)
		}
	default:
		s.tables[s.tab].move(name, len(s.shown()), 10)
	}
	return nil
}

// editItem opens the form of an item, with all that it has.
func (s *tabs) editItem(k kind, id string) tea.Cmd {
	return func() tea.Msg {
		row, err := readItem(s.ctx, s.open.folder, k, id)
		return then(func() tea.Cmd {
			if row == nil {
				return s.next(fail(err))
			}
			return s.edit(s.open, k, "", row)
		})
	}
}
