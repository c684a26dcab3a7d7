package browse

import (
	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/protocol"
)

func (s *list) keys() []key {
	if s.typed {
		return []key{{"enter", "to the rows"}, {"esc", "show all"}}
	}
	all := []key{{"enter", "look"}, {"e", "edit"}, {"/", "search"}}
	if s.row.kind != protocol.KindLead {
		all = append(all, key{"n", "new"})
	}
	if s.info.elsewhere() {
		all = []key{{"enter", "look"}, {"/", "search"}}
	} else {
		all = append(all, key{"d", "delete"})
	}
	return append(all, key{"x", "keep here or remove"}, key{"i", "about it"})
}

// typeKey searches as the person types.
func (s *list) typeKey(k tea.KeyPressMsg) tea.Cmd {
	switch name := k.String(); name {
	case "esc":
		s.typed = false
		return s.showAll()
	case "enter":
		s.typed = false
	case "up", "down":
		return s.move(name)
	default:
		if before := s.search.value(); s.search.key(k) && s.search.value() != before {
			s.at = 0
			return s.read(anew)
		}
	}
	return nil
}

func (s *list) showAll() tea.Cmd {
	if s.search.value() == "" {
		return nil
	}
	s.search, s.window = field{}, window{start: true}
	return s.read(fromStart)
}

func (s *list) key(k tea.KeyPressMsg) tea.Cmd {
	if s.typed {
		return s.typeKey(k)
	}
	row, name := s.chosen(), k.String()
	if s.err != nil { // rows that are not shown are not edited
		row = nil
	}
	if s.info.elsewhere() && (name == "e" || name == "d" || name == "n" || name == "end" || name == "G") {
		return s.say("These rows are not kept on this computer; press x to keep them.")
	}
	switch name {
	case "esc":
		return s.showAll()
	case "/":
		s.typed = true
	case "i":
		return s.push(&page{ui: s.ui, open: s.open, kind: s.item, id: s.id, name: s.name})
	case "x":
		return s.choose(s, s.open, s.id)
	case "n":
		if s.row.kind != protocol.KindLead {
			return s.push(newForm(s.ui, s.open, s.row, s.id, "", nil))
		}
	case "enter":
		if row != nil {
			return s.push(&page{
				ui: s.ui, open: s.open, kind: s.row, of: s.id, id: row.text("id"), name: calledRow(s.row, row), row: row, fixed: s.info.elsewhere(),
			})
		}
	case "e":
		if row != nil {
			return s.edit(s.open, s.row, s.id, row)
		}
	case "d":
		if row != nil {
			return s.delete(s.open, s.row, s.id, row.text("id"), calledRow(s.row, row))
		}
	default:
		return s.move(name)
	}
	return nil
}

// move chooses another row, and reads on where the window ends.
func (s *list) move(name string) tea.Cmd {
	switch name {
	case "home", "g":
		if !s.start {
			return s.read(fromStart)
		}
	case "end", "G":
		if !s.end {
			return s.read(fromEnd)
		}
	}
	t := table{at: s.at}
	down := name == "down" || name == "j" || name == "pgdown" || name == "space"
	up := name == "up" || name == "k" || name == "pgup"
	switch {
	case s.busy, len(s.rows) == 0:
	case down && s.at == len(s.rows)-1 && !s.end:
		return s.read(onward)
	case up && s.at == 0 && !s.start:
		return s.read(before)
	}
	t.move(name, len(s.rows), 10)
	s.at = t.at
	return nil
}
