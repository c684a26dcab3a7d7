package browse

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/control"
)

// ui is what all screens draw with.
type ui struct {
	palette
	// ctx ends when the program does.
	ctx context.Context
	now func() time.Time
	// editor opens a text in the person's editor; made from $VISUAL or $EDITOR.
	editor func(path string) *exec.Cmd
	// queued is what the program does next, before it takes another message.
	queued []tea.Msg
}

// screen is one page of the program. The commands that it returns are carried out beside the loop. What they find out, the
// loop takes over by what they return: then.
type screen interface {
	// title is where the person is.
	title() string
	// load reads what the screen shows.
	load() tea.Cmd
	// key takes a key, and paste a text.
	key(k tea.KeyPressMsg) tea.Cmd
	paste(text string) tea.Cmd
	// view draws the screen, width cells wide and at most height lines high.
	view(width, height int) string
	// keys are what can be pressed, the most important first.
	keys() []key
	// typing: keys are letters now, not commands.
	typing() bool
	// file is that of the rows which the screen shows, so that it is watched; empty where it shows none.
	file() string
}

// What most screens answer.

func (u *ui) load() tea.Cmd        { return nil }
func (u *ui) paste(string) tea.Cmd { return nil }
func (u *ui) typing() bool         { return false }
func (u *ui) file() string         { return "" }

// key is a key and what it does, for the last line and for help.
type key struct{ name, does string }

// Messages of screens to the program.
type (
	// then is done in the loop, where alone what screens hold is touched: it shows what a command has found out.
	then func() tea.Cmd
	// pushed opens a screen above the others, popped closes it where it is still there.
	pushed struct{ screen screen }
	popped struct{ screen screen }
	// said is a sentence for the status line, until the next key.
	said struct {
		text string
		bad  bool
	}
	// asked is a question; yes is done when it is answered with y. One that comes late is for the screen that it comes from.
	asked struct {
		text string
		yes  tea.Cmd
		from screen
	}
	// moved: what screens show may have changed.
	moved struct{}
)

// The following are done before the next key is looked at, so that what is typed reaches the screen it is meant for. They
// return no command, for the sake of their callers' last lines.

func (u *ui) push(s screen) tea.Cmd { return u.next(pushed{s}) }

func (u *ui) pop(s screen) tea.Cmd { return u.next(popped{s}) }

func (u *ui) say(text string) tea.Cmd { return u.next(said{text: text}) }

func (u *ui) confirm(text string, yes tea.Cmd) tea.Cmd { return u.next(asked{text: text, yes: yes}) }

func (u *ui) next(msg tea.Msg) tea.Cmd {
	u.queued = append(u.queued, msg)
	return nil
}

// fail says what went wrong; nothing where nothing did.
func fail(err error) tea.Msg {
	if err == nil {
		return nil
	}
	return said{control.Sentence(err), true}
}

// gone closes a screen whose row is not there any more.
func (u *ui) gone(s screen) tea.Cmd {
	u.pop(s)
	return u.say(quoted(s.title()) + " is not there any more.")
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// synced is the state of what is simply as on the server.
const synced = "synced"

// mark draws the state of a row: a sign and a word, so that neither colour nor sign alone has to be known.
func (u *ui) mark(state string) cell {
	switch state {
	case "pending":
		return cell{"↑ " + "waiting", u.wait}
	case "conflict":
		return cell{"× " + "conflict", u.bad}
	case "refused":
		return cell{"! " + "refused", u.bad}
	case "local only":
		return cell{"⌂ " + "here only", u.wait}
	case "arriving":
		return cell{"↓ " + "arriving", u.busy}
	case "elsewhere":
		return cell{"○ " + "not kept", u.faint}
	}
	return cell{"✓ " + "synced", u.good}
}

// text is a cell of plain text.
func text(s string) cell { return cell{text: s} }

// counted words a number of things: one text for one of them, another for more.
func counted(n int, one, more string) string {
	if n != 1 {
		one = more
	}
	return fmt.Sprintf(one, n)
}
