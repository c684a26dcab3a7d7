package browse

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// accounts lists what can be opened on this computer: every account of everybody who has signed in, on any server. One
// process can have any number of clients.
type accounts struct {
	*ui
	cfg    Config
	table  table
	lines  []accountLine
	loaded bool
	// servers are those that are looked at.
	servers []string
	busy    string // what is being opened
}

// accountLine is an account and what its copy says of itself.
type accountLine struct {
	client  *syncclient.Client
	login   syncclient.Login
	account syncclient.Account
	status  mirror.Status
	err     error
	running bool
}

func newAccounts(u *ui, cfg Config) *accounts {
	return &accounts{ui: u, cfg: cfg}
}

func (s *accounts) title() string { return "" }
func (s *accounts) keys() []key {
	return []key{{"enter", "open"}, {"L", "sign in"}, {"u", "refresh"}}
}

func (s *accounts) load() tea.Cmd {
	return func() tea.Msg {
		servers, lines, err := readAccounts(s.ctx, s.cfg)
		return then(func() tea.Cmd {
			first := !s.loaded
			s.servers, s.lines, s.loaded = servers, lines, true
			switch {
			case err != nil:
				return s.next(fail(err))
			case first:
				return s.begin()
			}
			return nil
		})
	}
}

// readAccounts asks the library who has signed in, and each copy how it stands. No server is needed.
func readAccounts(ctx context.Context, cfg Config) (servers []string, lines []accountLine, err error) {
	servers, err = cfg.Servers()
	if err != nil {
		return nil, nil, err
	}
	for _, server := range servers {
		client, err := cfg.Client(server)
		if err != nil {
			return nil, nil, err
		}
		logins, err := client.Logins()
		if err != nil {
			return nil, nil, err
		}
		for _, login := range logins {
			for _, a := range login.Accounts {
				l := accountLine{client: client, login: login, account: a}
				l.status, l.err = client.Status(ctx, &login, a)
				l.running = mirror.InUse(client.Folder(&login, a))
				lines = append(lines, l)
			}
		}
	}
	return servers, lines, nil
}

// begin opens the account that was named, or the only one there is.
func (s *accounts) begin() tea.Cmd {
	var meant []int
	for i, l := range s.lines {
		one, ok := l.login.Account(s.cfg.Account)
		if (s.cfg.Account == "" || ok && one.ID == l.account.ID) && (s.cfg.Email == "" || s.cfg.Email == l.login.Email) {
			meant = append(meant, i)
		}
	}
	switch {
	case len(meant) > 0 && (len(meant) == 1 || s.cfg.Account != ""):
		s.table.at = meant[0]
		return s.open(s.lines[meant[0]])
	case len(meant) == 0 && s.cfg.Account != "":
		return s.say(fmt.Sprintf("There is no account %s of this person here.", quoted(s.cfg.Account)))
	case len(meant) == 0 && s.cfg.Email != "":
		return s.say(fmt.Sprintf("%s has not signed in on this computer.", quoted(s.cfg.Email)))
	}
	return nil
}

func (s *accounts) key(k tea.KeyPressMsg) tea.Cmd {
	switch name := k.String(); name {
	case "enter":
		if s.table.at < len(s.lines) && s.busy == "" {
			return s.open(s.lines[s.table.at])
		}
	case "L":
		server := s.cfg.Server
		if s.table.at < len(s.lines) {
			server = s.lines[s.table.at].login.Server
		}
		return s.push(newLogin(s.ui, s.cfg, server))
	case "u":
		return s.ask()
	default:
		s.table.move(name, len(s.lines), 10)
	}
	return nil
}

// open begins to follow an account and shows it.
func (s *accounts) open(l accountLine) tea.Cmd {
	s.busy = l.account.Name
	return func() tea.Msg {
		k, err := keep(s.ctx, l.client, &l.login, l.account)
		if errors.Is(err, syncclient.ErrSignedOut) {
			err = errors.New("the session has ended: press L to sign in again")
		}
		return then(func() tea.Cmd {
			if s.busy = ""; err != nil {
				return s.next(fail(err))
			}
			return s.next(opened{openAccount(l.client, &l.login, l.account, k)})
		})
	}
}

// opened is an account that is followed now.
type opened struct{ account *account }

// ask has the servers say which accounts there are.
func (s *accounts) ask() tea.Cmd {
	lines := s.lines
	return func() tea.Msg {
		var failures []error
		done := map[string]bool{}
		for _, l := range lines {
			if who := l.login.Server + l.login.User; !done[who] {
				done[who] = true
				_, err := l.client.Accounts(s.ctx, &l.login)
				failures = append(failures, err)
			}
		}
		if err := errors.Join(failures...); err != nil {
			return fail(err)
		}
		return moved{}
	}
}

func (s *accounts) view(width, height int) string {
	switch {
	case !s.loaded:
		return ""
	case s.busy != "":
		return "\n  " + s.strong.Render(clip(fmt.Sprintf("Opening %s…", s.busy), width-4))
	case len(s.lines) == 0:
		who := "Nobody has signed in on this computer yet."
		if len(s.servers) == 1 {
			who = "Nobody has signed in to " + s.servers[0] + " on this computer."
		}
		return "\n  " + s.strong.Render(clip(who, width-4)) +
			"\n\n  " + "Press L to sign in."
	}
	columns := []column{
		{title: "Account", least: 14, most: 40}, {title: "Role", least: 7, from: 90}, {title: "Who", least: 16, most: 34, from: 54},
		{title: "Server", least: 20, most: 44, from: 100}, {title: "On this computer", least: 16, most: 34},
	}
	return "\n" + s.table.view(s.ui, columns, width, height-1, len(s.lines), func(i int) []cell {
		l := s.lines[i]
		return []cell{
			{l.account.Name, s.strong}, text(l.account.Role), text(l.login.Email), text(l.login.Server), s.here(l),
		}
	})
}

// here says how a copy stands.
func (s *accounts) here(l accountLine) cell {
	switch {
	case errors.Is(l.err, mirror.ErrNone):
		return cell{"nothing yet", s.faint}
	case l.err != nil:
		return cell{l.err.Error(), s.bad}
	case l.status.Locked:
		return cell{"locked", s.bad}
	case l.status.Attention > 0:
		return cell{"! " + counted(l.status.Attention, "%d needs your eye", "%d need your eye"), s.bad}
	case l.status.Edits > 0:
		return cell{"↑ " + counted(l.status.Edits, "%d edit waits", "%d edits wait"), s.wait}
	case l.running:
		return cell{"● " + "followed", s.good}
	case l.status.UpToDateAt == 0:
		return cell{"↓ " + "arriving", s.palette.busy}
	}
	return text("✓ " + s.when(l.status.UpToDateAt))
}
