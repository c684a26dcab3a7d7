package browse

import "strings"

// moving are the keys of every table.
func moving() []key {
	return []key{
		{"↑ ↓ j k", "one up or down"}, {"PgUp PgDn", "a page up or down"}, {"g G", "first, last"},
	}
}

// everywhere are the keys that do the same on every screen.
func everywhere() []key {
	return []key{
		{"esc", "back"}, {"S", "sync now"}, {"P", "pause or resume"}, {"?", "this help"}, {"q ctrl+c", "quit"},
	}
}

// legend are the signs of states.
func (u *ui) legend() []string {
	var all []string
	for _, s := range []string{"synced", "pending", "conflict", "refused", "local only", "arriving", "elsewhere"} {
		c := u.mark(s)
		all = append(all, c.as.Render(c.text))
	}
	return all
}

// help draws all keys of a screen from a line on, and reports whether more follows below.
func (u *ui) help(s screen, width, height, from int) (text string, more bool) {
	lines := u.helpLines(s, width)
	from = max(0, min(from, len(lines)-height))
	return strings.Join(lines[from:], "\n"), len(lines)-from > height
}

func (u *ui) helpLines(s screen, width int) []string {
	lines := []string{"  " + u.title.Render(clip(u.t("Keys"), width-2)), ""}
	all := append(append(append([]key{}, s.keys()...), moving()...), everywhere()...)
	columns := 1
	if width >= 76 {
		columns = 2
	}
	long := (len(all) + columns - 1) / columns
	for i := range long {
		line := "  "
		for at := i; at < len(all); at += long {
			line += u.helpKey(all[at], width/columns-2) + "  "
		}
		lines = append(lines, line)
	}
	lines = append(lines, "", "  "+u.title.Render(clip(u.t("States"), width-2)), "")
	line := " "
	for _, l := range u.legend() {
		if lineWidth(line+"  "+l) > width {
			lines = append(lines, line)
			line = " "
		}
		line += " " + l + " "
	}
	return append(lines, line)
}

func (u *ui) helpKey(k key, width int) string {
	name := 11
	return u.busy.Render(pad(k.name, name)) + pad(u.t(k.does), width-name)
}

// hints are the most important keys of a screen, as many as fit on a line.
func (u *ui) hints(keys []key, typing bool, width int) string {
	line := ""
	last := u.busy.Render("?") + " " + u.t("help") + "  " + u.busy.Render("q") + " " + u.t("quit")
	if typing {
		last = u.busy.Render("ctrl+c") + " " + u.t("quit")
	}
	room := width - lineWidth(last) - 1
	for _, k := range keys {
		name, _, _ := strings.Cut(k.name, " ")
		next := u.busy.Render(name) + " " + clip(u.t(k.does), 24) + "  "
		if lineWidth(line+next) > room {
			break
		}
		line += next
	}
	return " " + line + last
}
