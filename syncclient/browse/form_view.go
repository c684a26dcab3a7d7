package browse

import (
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

func (s *form) view(width, height int) string {
	var lines []string
	for _, l := range wrap(s.wrong, width-4, 3) {
		lines = append(lines, "  "+s.error.Render(l))
	}
	if s.naming {
		lines = append(lines, "", s.inputLine(s.t("Name of the field"), &s.named, width, true))
		return strings.Join(lines, "\n")
	}
	lines = append(lines, "")
	room := max(1, height-len(lines))
	s.top = min(max(s.top, s.at-room+1), s.at)
	for i := s.top; i < min(len(s.inputs), s.top+room); i++ {
		in := &s.inputs[i]
		if len(in.choices) > 0 {
			lines = append(lines, s.choiceLine(in, width, i == s.at))
			continue
		}
		lines = append(lines, s.inputLine(s.called(in), &in.field, width, i == s.at))
	}
	return strings.Join(lines, "\n")
}

// choiceLine draws a value that is one of few.
func (s *form) choiceLine(in *formInput, width int, edited bool) string {
	f := newField(s.t(in.field.value()))
	line := s.inputLine(s.called(in), &f, width, false)
	if edited {
		wide := min(22, width/3)
		line = "▸ " + s.strong.Render(pad(s.t(in.label), wide)) + " " + s.chosen.Render("‹ "+clip(s.t(in.field.value()), width-wide-9)+" ›")
	}
	return line
}

// called is the label of a field. What people named is not translated.
func (s *form) called(in *formInput) string {
	if in.further {
		return in.column
	}
	return s.t(in.label)
}

func (s *form) keys() []key {
	all := []key{{"enter ctrl+s", "save"}, {"tab ↓", "next field"}, {"esc", "back without saving"}, {"ctrl+e", "field in an editor"}}
	if s.kind.kind == protocol.KindContact {
		all = append(all, key{"ctrl+n", "another field"})
	}
	return all
}

func (s *form) title() string {
	switch {
	case s.head != "":
		return s.head
	case s.id == "":
		return s.t("New " + s.kind.one)
	}
	return s.t("Edit")
}
