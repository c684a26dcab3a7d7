package browse

import (
	"context"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// card is all of one row.
type card struct {
	*ui
	ctx  context.Context
	open *account
	kind kind
	// of is the list, blacklist or campaign.
	of  string
	row record
	// fixed: the row is not on this computer, and is only looked at.
	fixed bool
	top   int
}

type cardRead struct {
	of  *card
	row record
	err error
}

func newCard(u *ui, ctx context.Context, open *account, k kind, of string, row record) *card {
	return &card{ui: u, ctx: ctx, open: open, kind: k, of: of, row: row}
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
			return s.say(s.f("“%s” is not there any more.", s.title()))
		case msg.row != nil:
			s.row = msg.row
		}
	case tea.KeyPressMsg:
		switch msg.String() {
		case "up", "k":
			s.top = max(0, s.top-1)
		case "down", "j":
			s.top++
		case "e", "enter":
			if !s.fixed {
				return s.push(newForm(s.ui, s.ctx, s.open, s.kind, s.of, s.row.text("id"), s.row))
			}
		case "d":
			if !s.fixed {
				return s.confirm(s.f("Delete “%s”?", s.title()), remove(s.ctx, s.open, s.kind, s.of, s.row.text("id")))
			}
		}
	}
	return nil
}

func (s *card) view(width, height int) string {
	wide := min(22, width/3)
	state := s.mark(s.row.text("mark"))
	if s.fixed {
		state = s.mark("elsewhere")
	}
	lines := []string{"", "  " + state.as.Render(state.text), ""}
	add := func(label, value string) {
		for i, l := range wrap(value, width-wide-5, 12) {
			if i > 0 {
				label = ""
			}
			lines = append(lines, "  "+s.faint.Render(pad(label, wide))+" "+l)
		}
	}
	for _, in := range s.kind.inputs {
		value := s.row.text(in.column)
		if len(in.choices) > 0 {
			value = s.t(value)
		}
		add(s.t(in.label), value)
	}
	fields := furtherOf(s.row.text(further))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		add(name, fields[name])
	}
	add(s.t("Came from"), s.row.text("source"))
	add(s.t("Made"), s.when(s.row.number("created_at")))
	add(s.t("Changed"), s.when(s.row.number("changed_at")))
	s.top = max(0, min(s.top, len(lines)-height))
	return strings.Join(lines[s.top:], "\n")
}
