package browse

import "strings"

func (s *form) view(width, height int) string {
	var lines []string
	for _, l := range wrap(s.wrong, width-4, 3) {
		lines = append(lines, "  "+s.error.Render(l))
	}
	if s.naming {
		lines = append(lines, "", s.inputLine("Name of the field", &s.named, width, true))
		return strings.Join(lines, "\n")
	}
	doing := ""
	if s.busy {
		doing = "Saving…"
		if s.ask {
			doing = "Signing in…"
		}
	}
	lines = append(lines, "  "+s.palette.busy.Render(doing))
	room := max(1, height-len(lines))
	s.top = min(max(s.top, s.at-room+1), s.at)
	for i := s.top; i < min(len(s.inputs), s.top+room); i++ {
		in := &s.inputs[i]
		if len(in.choices) > 0 {
			lines = append(lines, s.choiceLine(in, width, i == s.at))
			continue
		}
		lines = append(lines, s.inputLine(in.label, &in.field, width, i == s.at))
	}
	return strings.Join(lines, "\n")
}

// choiceLine draws a value that is one of few.
func (s *form) choiceLine(in *formInput, width int, edited bool) string {
	value := in.worded(in.field.value())
	if edited {
		wide := min(22, width/3)
		return "▸ " + s.strong.Render(pad(in.label, wide)) + " " + s.chosen.Render("‹ "+clip(value, width-wide-9)+" ›")
	}
	f := newField(value)
	return s.inputLine(in.label, &f, width, false)
}

func (s *form) keys() []key {
	if s.ask {
		return []key{{"enter", "next, sign in"}, {"esc", "back"}, {"tab ↓", "next"}}
	}
	all := []key{{"enter ctrl+s", "save"}, {"esc", "back"}, {"tab ↓", "next"}, {"ctrl+e", "editor"}}
	if s.more {
		all = append(all, key{"ctrl+n", "further field"})
	}
	return all
}

// inputLine draws a label and its field.
func (u *ui) inputLine(label string, f *field, width int, edited bool) string {
	wide := min(22, width/3)
	sign, as := "  ", u.faint
	if edited {
		sign, as = "▸ ", u.strong
	}
	return sign + as.Render(pad(label, wide)) + " " + f.view(u, width-wide-4, edited)
}
