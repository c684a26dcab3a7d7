package browse

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// app is the whole program: a stack of screens, the copy that is open, and what stands around the screens. It is a
// Model of Bubble Tea: messages come one at a time, and what takes time is a command beside it.
type app struct {
	*ui
	stop          context.CancelFunc
	width, height int
	screens       []screen
	// open is the account whose copy is shown; nil on the list of accounts.
	open     *account
	standing standing
	notice   said
	question *asked
	helping  bool
	helpPage facts
	// reading: what is shown is being read anew; outdated: it is to be read once more after that.
	reading, outdated bool
	// ticks counts looks at the files.
	ticks int
}

// ticked: it is time to look at the files.
type ticked struct{}

// lookEvery is how often files are asked whether they have changed.
const lookEvery = time.Second

func tick() tea.Cmd { return tea.Tick(lookEvery, func(time.Time) tea.Msg { return ticked{} }) }

// Init begins with the first screen.
func (a *app) Init() tea.Cmd { return tea.Batch(a.top().load(), tick()) }

func (a *app) top() screen { return a.screens[len(a.screens)-1] }

// Update takes a message.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmds := []tea.Cmd{a.take(msg)}
	for len(a.queued) > 0 {
		next := a.queued[0]
		a.queued = a.queued[1:]
		cmds = append(cmds, a.take(next))
	}
	return a, tea.Batch(cmds...)
}

func (a *app) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		return a.key(msg)
	case pushed:
		a.screens = append(a.screens, msg.screen)
		return msg.screen.load()
	case popped:
		if msg.screen == a.top() {
			return a.back()
		}
	case said:
		a.notice = msg
	case asked:
		if msg.from == nil || msg.from == a.top() {
			a.question = &msg
		}
	case moved:
		return a.refresh()
	case ticked:
		a.ticks++
		return tea.Batch(tick(), a.look(), a.again())
	case opened:
		return a.enter(msg.account)
	case then:
		return msg()
	case tea.PasteMsg:
		return a.top().paste(msg.Content)
	}
	return nil
}

// key takes what is the same everywhere, and leaves the rest to the screen.
func (a *app) key(k tea.KeyPressMsg) tea.Cmd {
	a.notice = said{}
	name := k.String()
	if name == "ctrl+c" {
		if f, is := a.top().(*form); is && f.holds() {
			return a.confirm("Quit, and give up what you wrote?", tea.Quit)
		}
		return tea.Quit
	}
	if q := a.question; q != nil {
		a.question = nil
		if name == "y" {
			return q.yes
		}
		return nil
	}
	if a.helping {
		long := a.helpPage.top > 0 || a.helpPage.more
		a.helping = a.helpPage.key(name) && long
		return nil
	}
	if a.top().typing() {
		return a.top().key(k)
	}
	switch name {
	case "q":
		return tea.Quit
	case "?":
		a.helping, a.helpPage = true, facts{}
		return nil
	case "S", "P":
		return a.steer(name)
	}
	if cmd := a.top().key(k); cmd != nil || name != "esc" {
		return cmd
	}
	return a.back()
}

// back closes the screen that is on top.
func (a *app) back() tea.Cmd {
	if len(a.screens) == 1 {
		return nil
	}
	a.screens = a.screens[:len(a.screens)-1]
	if len(a.screens) > 1 || a.open == nil {
		return a.top().load()
	}
	gone := a.open
	a.open, a.standing = nil, standing{}
	return tea.Sequence(func() tea.Msg { gone.close(); return nil }, a.top().load())
}

// enter shows the workspace of an account.
func (a *app) enter(open *account) tea.Cmd {
	if a.open != nil {
		return func() tea.Msg { open.close(); return nil }
	}
	a.open, a.standing = open, open.keeper.now()
	a.push(newTabs(a.ui, open))
	if why := a.standing.unheard; why != "" {
		a.notice = said{"No other program can ask this window (? has it, too): " + why, true}
	}
	return tea.Batch(a.listen(open.keeper), a.inspect())
}

// refresh reads anew what is shown, one time after the other: while a list of a million rows arrives, there is always
// something to read.
func (a *app) refresh() tea.Cmd {
	if a.reading {
		a.outdated = true
		return nil
	}
	a.reading = true
	load, inspect := a.top().load(), a.inspect()
	return func() tea.Msg {
		var found []tea.Msg
		for _, cmd := range []tea.Cmd{load, inspect} {
			if cmd != nil {
				found = append(found, cmd())
			}
		}
		return then(func() tea.Cmd {
			a.queued = append(a.queued, found...)
			a.reading = false
			if a.outdated {
				a.outdated = false
				return a.refresh()
			}
			return nil
		})
	}
}
