package browse

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/control"
)

// login is the form that signs a person in. The password is kept nowhere.
type login struct {
	*ui
	cfg    Config
	fields []field
	at     int
	wrong  string
	busy   bool
}

type signedIn struct{ err error }

func newLogin(u *ui, cfg Config, server string) *login {
	s := &login{ui: u, cfg: cfg, fields: []field{newField(server), newField(cfg.Email), {secret: true}}}
	if server != "" {
		s.at = 1
	}
	return s
}

func (s *login) title() string { return "Sign in" }
func (s *login) load() tea.Cmd { return nil }
func (s *login) typing() bool  { return true }
func (s *login) keys() []key {
	return []key{{"enter", "sign in"}, {"tab", "next field"}, {"esc", "back"}}
}

func (s *login) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case signedIn:
		if s.busy = false; msg.err != nil {
			s.wrong = control.Sentence(msg.err)
			return nil
		}
		return s.pop()
	case tea.PasteMsg:
		s.fields[s.at].insert(strings.TrimSpace(msg.Content))
	case tea.KeyPressMsg:
		switch msg.String() {
		case "esc":
			return s.pop()
		case "up", "shift+tab":
			s.at = (s.at + 2) % 3
		case "down", "tab":
			s.at = (s.at + 1) % 3
		case "enter":
			if s.at < 2 {
				s.at++
				return nil
			}
			return s.send()
		default:
			s.fields[s.at].key(msg)
		}
	}
	return nil
}

func (s *login) send() tea.Cmd {
	server, email, password := strings.TrimSpace(s.fields[0].value()), strings.TrimSpace(s.fields[1].value()), s.fields[2].value()
	if email == "" || password == "" || s.busy {
		s.wrong = "An address and a password are needed."
		return nil
	}
	s.busy, s.wrong = true, ""
	s.fields[2] = field{secret: true}
	return func() tea.Msg {
		client, err := s.cfg.Client(server)
		if err == nil {
			_, err = client.Login(s.ctx, email, password)
		}
		if errors.Is(err, context.Canceled) {
			return nil
		}
		return signedIn{err}
	}
}

func (s *login) view(width, height int) string {
	lines := []string{""}
	for i, label := range []string{"Server", "Email", "Password"} {
		lines = append(lines, s.inputLine(label, &s.fields[i], width, i == s.at))
	}
	if s.busy {
		lines = append(lines, "", "  "+s.busyText("Signing in…", width))
	}
	for _, l := range wrap(s.wrong, width-4, 3) {
		lines = append(lines, "", "  "+s.error.Render(l))
	}
	return strings.Join(lines, "\n")
}

func (u *ui) busyText(text string, width int) string { return u.busy.Render(clip(text, width-4)) }

// inputLine draws a label and its field.
func (u *ui) inputLine(label string, f *field, width int, edited bool) string {
	wide := min(22, width/3)
	sign, as := "  ", u.faint
	if edited {
		sign, as = "▸ ", u.strong
	}
	return sign + as.Render(pad(label, wide)) + " " + f.view(u, width-wide-4, edited)
}
