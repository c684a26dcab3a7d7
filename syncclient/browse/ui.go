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
	// edit opens a text in the person's editor; made from $VISUAL or $EDITOR.
	edit func(path string) *exec.Cmd
	// queued is what the program does next, before it takes another message.
	queued []tea.Msg
}

// screen is one page of the program. What it returns from update is carried out beside the loop, and comes back as a
// message.
type screen interface {
	// title is where the person is.
	title() string
	// load reads what the screen shows.
	load() tea.Cmd
	update(msg tea.Msg) tea.Cmd
	// view draws the screen, width cells wide and at most height lines high.
	view(width, height int) string
	// keys are what can be pressed, the most important first.
	keys() []key
	// typing: keys are letters now, not commands.
	typing() bool
}

// key is a key and what it does, for the last line and for help.
type key struct{ name, does string }

// Messages of screens to the program.
type (
	// pushed opens a screen above the others, popped goes back.
	pushed struct{ screen screen }
	popped struct{}
	// said is a sentence for the status line, until the next key.
	said struct {
		text string
		bad  bool
	}
	// asked is a question; yes is done when it is answered with y.
	asked struct {
		text string
		yes  tea.Cmd
	}
	// moved: what screens show may have changed.
	moved struct{}
)

// The following are done before the next key is looked at, so that what is typed reaches the screen it is meant for. They
// return no command, for the sake of their callers' last lines.

func (u *ui) push(s screen) tea.Cmd { return u.next(pushed{s}) }

func (u *ui) pop() tea.Cmd { return u.next(popped{}) }

func (u *ui) say(text string) tea.Cmd { return u.next(said{text: text}) }

func (u *ui) confirm(text string, yes tea.Cmd) tea.Cmd { return u.next(asked{text, yes}) }

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
