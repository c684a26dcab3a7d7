package browse

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// View draws the program: where the person is, the screen, how the copy stands, and the keys.
func (a *app) View() tea.View {
	v := tea.NewView(a.draw())
	v.AltScreen = true
	v.WindowTitle = "Partage"
	return v
}

func (a *app) draw() string {
	if a.width < 20 || a.height < 6 {
		return clip("Please make the window larger.", a.width)
	}
	inside := a.height - 5
	body := ""
	if a.helping {
		a.helpPage.begin(a.help(a.width)...)
		body = a.helpPage.view(a.ui, inside)
	} else {
		body = a.top().view(a.width, inside)
	}
	rule := a.faint.Render(strings.Repeat("─", a.width))
	return strings.Join([]string{a.header(), rule, fit(body, a.width, inside), rule, a.foot()}, "\n")
}

// header says where the person is, and who.
func (a *app) header() string {
	var path []string
	for _, s := range a.screens {
		if t := s.title(); t != "" {
			path = append(path, t)
		}
	}
	right := ""
	if a.open != nil && a.width >= 70 {
		right = a.open.login.Email
	}
	where := strings.Join(path, " › ")
	room := a.width - 10 - lineWidth(clip(right, a.width)) - 2
	if lineWidth(clip(where, longest)) > room && len(path) > 1 { // the end of the path says most
		where = "… › " + path[len(path)-1]
	}
	line := " " + a.brand.Render("Partage") + "  " + a.strong.Render(pad(where, room)) + a.faint.Render(" "+clip(right, a.width))
	return line
}

// foot are the last two lines: how the copy stands, and keys; or a question or notice, which takes both where it is long.
func (a *app) foot() string {
	text, as, answer := a.notice.text, a.strong, ""
	switch {
	case a.question != nil:
		text, as, answer = a.question.text, a.wait, "y yes, n no"
	case a.helping:
		text, as = "esc goes back", a.faint
	case a.notice.bad:
		as = a.error
	}
	if text == "" {
		return a.status() + "\n" + a.hints(a.top().keys(), a.top().typing(), a.width)
	}
	lines := wrap(text, a.width-4-len(answer), 2)
	last := len(lines) - 1
	for i, l := range lines {
		lines[i] = " " + as.Render(l)
	}
	lines[last] += "  " + a.strong.Render(answer)
	if last == 0 {
		lines = append([]string{a.status()}, lines...)
	}
	return strings.Join(lines, "\n")
}

// status says how the copy stands to the server, what waits, and what needs the person.
func (a *app) status() string {
	if a.open == nil {
		return " " + a.faint.Render(clip("Copies on this computer work without a connection.", a.width-2))
	}
	sign, text, as := a.standing.words(a.ui, a.open.status.ContactAt)
	var right []string
	room := a.width - 2
	if n := a.open.status.Attention; n > 0 {
		right = append(right, a.bad.Render(counted(n, "%d needs your eye", "%d need your eye")))
	}
	if n := a.open.status.Edits; n > 0 {
		right = append(right, a.wait.Render(counted(n, "%d edit waits", "%d edits wait")))
	}
	end := strings.Join(right, a.faint.Render(" · "))
	left := as.Render(sign + " " + clip(text, max(8, room-lineWidth(end)-4)))
	return " " + left + strings.Repeat(" ", max(2, room-lineWidth(left)-lineWidth(end))) + end
}

// lineWidth is how many cells a drawn line takes.
func lineWidth(line string) int { return ansi.StringWidth(line) }

// fit makes a drawn text exactly height lines, none wider than width.
func fit(text string, width, height int) string {
	lines := strings.Split(text, "\n")
	lines = lines[:min(len(lines), height)]
	for i, l := range lines {
		if lineWidth(l) > width {
			lines[i] = ansi.Truncate(l, width, "…")
		}
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	return strings.Join(lines, "\n")
}
