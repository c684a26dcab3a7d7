package browse

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
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
		return clip(a.t("Please make the window larger."), a.width)
	}
	inside := a.height - 5
	body := ""
	if a.helping {
		body, _ = a.help(a.top(), a.width, inside, a.helpTop)
	} else {
		body = a.top().view(a.width, inside)
	}
	rule := a.faint.Render(strings.Repeat("─", a.width))
	return strings.Join([]string{a.header(), rule, fit(body, a.width, inside), rule, a.status(), a.foot()}[:6], "\n")
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

// foot is the last line: a question, or keys.
func (a *app) foot() string {
	switch {
	case a.question != nil:
		return " " + a.wait.Render(clip(a.question.text, a.width-16)) + "  " + a.strong.Render(a.t("y yes, n no"))
	case a.helping && a.moreHelp():
		return " " + a.palette.busy.Render("↓") + " " + a.t("more") + "  " + a.faint.Render(clip(a.t("any other key goes back"), a.width-10))
	case a.helping:
		return " " + a.faint.Render(a.t("any key goes back"))
	case a.notice.text != "" && a.notice.bad:
		return " " + a.error.Render(clip(a.notice.text, a.width-2))
	case a.notice.text != "":
		return " " + a.strong.Render(clip(a.notice.text, a.width-2))
	}
	return a.hints(a.top().keys(), a.top().typing(), a.width)
}

func (a *app) moreHelp() bool {
	_, more := a.help(a.top(), a.width, a.height-5, a.helpTop)
	return more
}

// status says how the copy stands to the server, what waits, and what needs the person.
func (a *app) status() string {
	if a.open == nil {
		return " " + a.faint.Render(clip(a.t("Copies on this computer work without a connection."), a.width-2))
	}
	sign, text, as := a.standingText()
	var right []string
	room := a.width - 2
	if n := a.open.status.Attention; n > 0 {
		right = append(right, a.bad.Render(a.n(n, "%d needs your eye", "%d need your eye")))
	}
	if n := a.open.status.Edits; n > 0 {
		right = append(right, a.wait.Render(a.n(n, "%d edit waits", "%d edits wait")))
	}
	end := strings.Join(right, a.faint.Render(" · "))
	left := as.Render(sign + " " + clip(text, max(8, room-lineWidth(end)-4)))
	return " " + left + strings.Repeat(" ", max(2, room-lineWidth(left)-lineWidth(end))) + end
}

// standingText words the standing.
func (a *app) standingText() (sign, text string, as lipgloss.Style) {
	s := a.standing
	since := a.when(a.open.status.ContactAt)
	switch s.phase {
	case current:
		if s.unlinked {
			return "○", a.f("No live connection: asking once a minute. Last answer %s", since), a.wait
		}
		text := a.t("Up to date")
		if s.elsewhere {
			text += " " + a.t("(another program follows)")
		}
		if s.why != "" {
			text += ": " + s.why
		}
		return "●", text, a.good
	case offline:
		if since == "" {
			return "○", a.f("Offline. %s", s.why), a.wait
		}
		return "○", a.f("Offline since %s. %s", since, s.why), a.wait
	case paused:
		return "‖", a.t("Paused: nothing is sent or fetched"), a.wait
	case locked:
		return "■", a.t("Locked until the server answers"), a.bad
	case silent:
		return "●", a.t("Another program keeps this copy"), a.good
	case over:
		if s.signedOut {
			return "○", a.t("Signed out. What is here can be read; press esc, then L, to sign in again."), a.bad
		}
		return "○", s.why, a.bad
	}
	if s.list != "" && s.total > 0 {
		return "↻", a.f("%s: %s of %s", s.list, a.number(s.done), a.number(s.total)), a.busy
	}
	return "↻", a.t("Working"), a.busy
}
