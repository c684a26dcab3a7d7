package browse

import (
	"fmt"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"
)

// card is all of one row.
type card struct {
	*ui
	open *account
	kind kind
	// of is the list, blacklist or campaign.
	of  string
	row record
	// fixed: the row is not on this computer, and is only looked at.
	fixed bool
	facts
}

type cardRead struct {
	of  *card
	row record
	err error
}

func newCard(u *ui, open *account, k kind, of string, row record) *card {
	return &card{ui: u, open: open, kind: k, of: of, row: row}
}

func (s *card) title() string { return calledRow(s.kind, s.row) }
func (s *card) typing() bool  { return false }

func (s *card) keys() []key {
	if s.fixed {
		return []key{{"esc", "back"}}
	}
	return []key{{"e", "edit"}, {"d", "delete"}, {"esc", "back"}}
}

func (s *card) load() tea.Cmd {
	if s.fixed {
		return nil
	}
	id := s.row.text("id")
	return func() tea.Msg {
		k := kindOf(itemOf(s.kind.kind))
		info, err := readListInfo(s.ctx, s.open.folder, k, s.of)
		if err != nil {
			return cardRead{s, nil, err}
		}
		row, err := readRow(s.ctx, s.open.folder, info.file, s.kind, id)
		if row != nil {
			info.mark([]record{row})
		}
		return cardRead{s, row, err}
	}
}

func (s *card) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case cardRead:
		switch {
		case msg.of != s:
		case msg.row == nil && msg.err == nil:
			s.pop()
			return s.say(fmt.Sprintf("%s is not there any more.", quoted(s.title())))
		case msg.row != nil:
			s.row = msg.row
		}
	case tea.KeyPressMsg:
		switch msg.String() {
		case "e", "enter":
			if !s.fixed {
				return s.push(newForm(s.ui, s.open, s.kind, s.of, s.row.text("id"), s.row))
			}
		case "d":
			if !s.fixed {
				return s.confirm(fmt.Sprintf("Delete %s?", quoted(s.title())), remove(s.ui, s.open, s.kind, s.of, s.row.text("id")))
			}
		default:
			s.facts.key(msg.String())
		}
	}
	return nil
}

func (s *card) view(width, height int) string {
	state := s.mark(s.row.text("mark"))
	if s.fixed {
		state = s.mark("elsewhere")
	}
	s.begin("", "  "+state.as.Render(state.text), "")
	add := func(label, value string) { s.add(s.ui, label, value, width, 12) }
	for _, in := range s.kind.inputs {
		add(in.label, in.worded(s.row.text(in.column)))
	}
	fields := furtherOf(s.row.text(further))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		add(name, fields[name])
	}
	add("Came from", s.row.text("source"))
	add("Made", s.when(s.row.number("created_at")))
	add("Changed", s.when(s.row.number("changed_at")))
	return s.facts.view(s.ui, height)
}
