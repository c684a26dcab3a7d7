package browse

import (
	"context"
	"database/sql"
	"fmt"
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
	// rows are lists and blacklists, with whether the campaign names them.
	rows  []record
	table table
	err   error
}

func newTargets(u *ui, open *account, campaign string) *targets {
	return &targets{ui: u, open: open, campaign: campaign}
}

func (s *targets) title() string { return "Lists it goes to" }
func (s *targets) keys() []key   { return []key{{"space enter", "choose or leave out"}, {"esc", "back"}} }

func (s *targets) load() tea.Cmd {
	return func() tea.Msg {
		var rows []record
		err := read(s.ctx, s.open.folder, mainFile, func(tx *sql.Tx) (err error) {
			rows, err = query(s.ctx, tx, `SELECT id, name, 'list' AS kind, EXISTS (SELECT 1 FROM campaign_lists c WHERE c.campaign = ?1 AND c.list = l.id) AS named
				FROM contact_lists l WHERE archived_at IS NULL
				UNION ALL SELECT id, name, 'blacklist', EXISTS (SELECT 1 FROM campaign_blacklists c WHERE c.campaign = ?1 AND c.blacklist = b.id)
				FROM blacklists b WHERE archived_at IS NULL ORDER BY 3 DESC, 2 COLLATE NOCASE`, s.campaign)
			return err
		})
		return then(func() tea.Cmd { s.rows, s.err = rows, err; return nil })
	}
}

func (s *targets) key(k tea.KeyPressMsg) tea.Cmd {
	switch name := k.String(); name {
	case "space", "enter":
		if s.table.at < len(s.rows) {
			return s.turn(s.rows[s.table.at])
		}
	default:
		s.table.move(name, len(s.rows), 10)
	}
	return nil
}

// turn has the campaign name a list, or no more.
func (s *targets) turn(row record) tea.Cmd {
	statement := "INSERT INTO campaign_%[1]ss (campaign, %[1]s) VALUES (?, ?)"
	if row.number("named") == 1 {
		statement = "DELETE FROM campaign_%[1]ss WHERE campaign = ? AND %[1]s = ?"
	}
	return func() tea.Msg {
		err := write(s.ctx, s.open.folder, fmt.Sprintf(statement, row.text("kind")), s.campaign, row.text("id"))
		if err == nil {
			return moved{}
		}
		if _, why, named := strings.Cut(err.Error(), ": "); named { // the view's name comes first
			err = refusal(why)
		}
		return fail(err)
	}
}

// write runs a statement on main.db: the views that programs may write take it as an edit, or refuse it with a sentence.
func write(ctx context.Context, folder, statement string, args ...any) error {
	db, err := open(folder, mainFile, toWrite)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement, args...)
	return err
}

func (s *targets) view(width, height int) string {
	if s.err != nil {
		return "\n  " + s.bad.Render(clip(control.Sentence(s.err), width-4))
	}
	columns := []column{{title: "", least: 3}, {title: "Name", least: 20, most: 60}, {title: "Kind", least: 10}}
	return "\n" + s.table.view(s.ui, columns, width, height-1, len(s.rows), func(i int) []cell {
		box := "[ ]"
		if s.rows[i].number("named") == 1 {
			box = "[x]"
		}
		return []cell{{box, s.good}, {s.rows[i].text("name"), s.strong}, {s.rows[i].text("kind"), s.faint}}
	})
}
