package browse

import (
	"slices"
	"strings"
)

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

// help are all keys of a screen, the signs of states, and why no other program can ask this one.
func (a *app) help(width int) []string {
	lines := []string{"  " + a.title.Render("Keys"), ""}
	all := slices.Concat(a.top().keys(), moving(), everywhere())
	columns := 1
	if width >= 76 {
		columns = 2
	}
	long := (len(all) + columns - 1) / columns
	for i := range long {
		line := "  "
		for at := i; at < len(all); at += long {
			line += a.helpKey(all[at], width/columns-3) + " "
		}
		lines = append(lines, line)
	}
	lines = append(lines, "", "  "+a.title.Render("States"), "")
	line := " "
	for _, l := range a.legend() {
		if lineWidth(line+"  "+l) > width {
			lines = append(lines, line)
			line = " "
		}
		line += " " + l + " "
	}
	lines = append(lines, line)
	if a.standing.unheard != "" {
		lines = append(lines, "", "  "+a.title.Render("Other programs"), "")
		for _, l := range wrap("They cannot ask this window, nor follow along. "+a.standing.unheard, width-4, 6) {
			lines = append(lines, "  "+l)
		}
	}
	return lines
}

func (u *ui) helpKey(k key, width int) string {
	name := 11
	return u.busy.Render(pad(k.name, name)) + pad(k.does, width-name)
}

// hints are the most important keys of a screen, as many as fit on a line.
func (u *ui) hints(keys []key, typing bool, width int) string {
	line := ""
	last := u.busy.Render("?") + " " + "help" + "  " + u.busy.Render("q") + " " + "quit"
	if typing {
		last = u.busy.Render("ctrl+c") + " " + "quit"
	}
	room := width - lineWidth(last) - 1
	for _, k := range keys {
		name, _, _ := strings.Cut(k.name, " ")
		next := u.busy.Render(name) + " " + clip(k.does, 24) + "  "
		if lineWidth(line+next) > room {
			break
		}
		line += next
	}
	return " " + line + last
}
