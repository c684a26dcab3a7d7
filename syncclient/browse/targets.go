package browse

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/control"
)

// targets chooses the lists that a campaign goes to, and the blacklists that it respects. It writes the views
// campaign_lists and campaign_blacklists by SQL, as a program in any language does.
type targets struct {
	*ui
	open     *account
	campaign string
	name     string
	lines    []target
	table    table
	err      error
}

// target is a list that a campaign may name.
type target struct {
	id, name string
	black    bool
	named    bool
}

type targetsRead struct {
	of    *targets
	lines []target
	err   error
}

func newTargets(u *ui, open *account, campaign, name string) *targets {
	return &targets{ui: u, open: open, campaign: campaign, name: name}
}

func (s *targets) title() string { return "Lists it goes to" }
func (s *targets) typing() bool  { return false }
func (s *targets) keys() []key   { return []key{{"space enter", "choose or leave out"}, {"esc", "back"}} }

func (s *targets) load() tea.Cmd {
	return func() tea.Msg {
		r := targetsRead{of: s}
		r.err = read(s.ctx, s.open.folder, mainFile, func(tx *sql.Tx) error {
			found, err := query(s.ctx, tx, `SELECT id, name, 0 AS black, EXISTS (SELECT 1 FROM campaign_lists c WHERE c.campaign = ?1 AND c.list = l.id) AS named
				FROM contact_lists l WHERE archived_at IS NULL
				UNION ALL SELECT id, name, 1, EXISTS (SELECT 1 FROM campaign_blacklists c WHERE c.campaign = ?1 AND c.blacklist = b.id)
				FROM blacklists b WHERE archived_at IS NULL ORDER BY 3, 2 COLLATE NOCASE`, s.campaign)
			for _, f := range found {
				r.lines = append(r.lines, target{f.text("id"), f.text("name"), f.number("black") == 1, f.number("named") == 1})
			}
			return err
		})
		return r
	}
}

func (s *targets) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case targetsRead:
		if msg.of == s {
			s.lines, s.err = msg.lines, msg.err
		}
	case tea.KeyPressMsg:
		switch name := msg.String(); name {
		case "space", "enter":
			if s.table.at < len(s.lines) {
				return s.turn(s.lines[s.table.at])
			}
		default:
			s.table.move(name, len(s.lines), 10)
		}
	}
	return nil
}

// turn has the campaign name a list, or no more.
func (s *targets) turn(t target) tea.Cmd {
	view, column := "campaign_lists", "list"
	if t.black {
		view, column = "campaign_blacklists", "blacklist"
	}
	statement := fmt.Sprintf("INSERT INTO %s (campaign, %s) VALUES (?, ?)", view, column)
	if t.named {
		statement = fmt.Sprintf("DELETE FROM %s WHERE campaign = ? AND %s = ?", view, column)
	}
	return func() tea.Msg {
		if err := write(s.ctx, s.open.folder, statement, s.campaign, t.id); err != nil {
			_, why, named := strings.Cut(err.Error(), ": ")
			if named {
				err = refusal(why)
			}
			return fail(err)
		}
		return moved{}
	}
}

// write runs a statement on main.db: the views that programs may write take it as an edit, or refuse it with a sentence.
func write(ctx context.Context, folder, statement string, args ...any) error {
	path := filepath.ToSlash(filepath.Join(folder, mainFile))
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	dsn := url.URL{Scheme: "file", Path: path, RawQuery: "mode=rw&_busy_timeout=5000&_txlock=immediate"}
	db, err := sql.Open("sqlite3", dsn.String())
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, statement, args...)
	return err
}

func (s *targets) view(width, height int) string {
	if s.err != nil {
		return "\n  " + s.bad.Render(clip(control.Sentence(s.err), width-4))
	}
	columns := []column{{title: "", least: 3}, {title: "Name", least: 20, most: 60}, {title: "Kind", least: 10}}
	return "\n" + s.table.view(s.ui, columns, width, height-1, len(s.lines), func(i int) []cell {
		t, box, what := s.lines[i], "[ ]", "list"
		if t.named {
			box = "[x]"
		}
		if t.black {
			what = "blacklist"
		}
		return []cell{{box, s.good}, {t.name, s.strong}, {what, s.faint}}
	})
}
