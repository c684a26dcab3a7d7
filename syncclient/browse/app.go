package browse

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// app is the whole program: a stack of screens, the copy that is open, and what stands around the screens. It is a
// Model of Bubble Tea: messages come one at a time, and what takes time is a command beside it.
type app struct {
	*ui
	stop          context.CancelFunc
	width, height int
	screens       []screen
	// open is the account whose copy is shown; nil on the list of accounts. opened counts them, so that what was read of
	// another one is known.
	open     *account
	watch    *watch
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

// Messages of the program to itself.
type (
	ticked struct{}
	looked struct{ moved bool }
	news   struct {
		keeper   keeper
		standing standing
	}
	inspected struct {
		of     *account
		status mirror.Status
		err    error
	}
)

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
		return a.back()
	case said:
		a.notice = msg
	case asked:
		a.question = &msg
	case moved:
		return a.refresh()
	case ticked:
		a.ticks++
		return tea.Batch(tick(), a.look(), a.again())
	case followed:
		return a.takeKeeper(msg)
	case looked:
		if msg.moved {
			return a.refresh()
		}
	case opened:
		a.screens[0].update(msg)
		return a.enter(msg.account)
	case news:
		return a.hear(msg)
	case refreshed:
		return a.takeRefreshed(msg)
	case inspected:
		if msg.of == a.open && msg.err == nil {
			a.open.status = msg.status
		}
	default: // of a screen, which may have gone
		var all []tea.Cmd
		for _, s := range a.screens {
			all = append(all, s.update(msg))
		}
		return tea.Batch(all...)
	}
	return nil
}

// key takes what is the same everywhere, and leaves the rest to the screen.
func (a *app) key(k tea.KeyPressMsg) tea.Cmd {
	a.notice = said{}
	name := k.String()
	if name == "ctrl+c" {
		if f, is := a.top().(*form); is && a.question == nil && len(f.changed()) > 0 {
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
		return a.top().update(k)
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
	if cmd := a.top().update(k); cmd != nil || name != "esc" {
		return cmd
	}
	return a.back()
}

// back closes the screen that is on top.
func (a *app) back() tea.Cmd {
	if len(a.screens) == 1 {
		return nil
	}
	if l, is := a.top().(*list); is {
		l.close()
	}
	a.screens = a.screens[:len(a.screens)-1]
	if len(a.screens) > 1 || a.open == nil {
		return a.top().load()
	}
	gone, w := a.open, a.watch
	a.open, a.watch, a.standing = nil, nil, standing{}
	return tea.Sequence(func() tea.Msg {
		w.stop()
		gone.close()
		return nil
	}, a.top().load())
}

// enter shows the workspace of an account.
func (a *app) enter(open *account) tea.Cmd {
	if a.open != nil {
		return func() tea.Msg { open.close(); return nil }
	}
	a.open, a.watch = open, &watch{folder: open.folder, name: mainFile}
	a.standing = open.keeper.now()
	a.push(newTabs(a.ui, open))
	if why := a.standing.unheard; why != "" {
		a.notice = said{"No other program can ask this window (? has it, too): " + why, true}
	}
	return tea.Batch(a.listen(), a.inspect())
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
		var r refreshed
		for _, cmd := range []tea.Cmd{load, inspect} {
			if cmd != nil {
				r.read = append(r.read, cmd())
			}
		}
		return r
	}
}

// refreshed is what was read anew.
type refreshed struct{ read []tea.Msg }

func (a *app) takeRefreshed(r refreshed) tea.Cmd {
	var cmds []tea.Cmd
	for _, msg := range r.read {
		if msg != nil {
			cmds = append(cmds, a.take(msg))
		}
	}
	a.reading = false
	if a.outdated {
		a.outdated = false
		cmds = append(cmds, a.refresh())
	}
	return tea.Batch(cmds...)
}

// look finds out whether anybody has written the copy.
func (a *app) look() tea.Cmd {
	if a.watch == nil {
		return nil
	}
	watches := []*watch{a.watch}
	if l, is := a.top().(*list); is && l.watching() != nil {
		watches = append(watches, &l.watch)
	}
	return func() tea.Msg {
		moved := false
		for _, w := range watches {
			moved = w.moved(a.ctx) || moved
		}
		return looked{moved}
	}
}

// listen waits for the keeper to say something.
func (a *app) listen() tea.Cmd {
	k := a.open.keeper
	return func() tea.Msg {
		select {
		case <-k.news():
			return news{k, k.now()}
		case <-a.ctx.Done():
			return nil
		}
	}
}

func (a *app) hear(h news) tea.Cmd {
	if a.open == nil || a.open.keeper != h.keeper {
		return nil
	}
	before := a.standing
	a.standing = h.standing
	cmds := []tea.Cmd{a.listen()}
	if before.moved != h.standing.moved || before.phase != h.standing.phase {
		cmds = append(cmds, a.refresh())
	}
	return tea.Batch(cmds...)
}

// inspect asks the copy what it holds, for the status line.
func (a *app) inspect() tea.Cmd {
	open := a.open
	if open == nil {
		return nil
	}
	return func() tea.Msg {
		status, err := open.client.Status(a.ctx, open.login, open.account)
		return inspected{open, status, err}
	}
}

// steer has the keeper sync, pause or resume.
func (a *app) steer(key string) tea.Cmd {
	if a.open == nil {
		return nil
	}
	k, was := a.open.keeper, a.standing.phase
	if was == over {
		return a.follow(true)
	}
	return func() tea.Msg {
		what := map[bool]string{true: "resume", false: "pause"}[was == paused]
		if key == "S" {
			what = "sync"
		}
		err := k.ask(a.ctx, what)
		if err == nil && key == "S" {
			return said{text: "All is here, and what you wrote is sent."}
		}
		if errors.Is(err, control.ErrNotRunning) {
			return said{"The program that keeps this copy cannot be asked.", true}
		}
		if errors.Is(err, context.Canceled) {
			return nil
		}
		return fail(err)
	}
}

// againEvery is after how many looks it is tried again to follow a copy that nobody follows, or nobody who can be asked.
const againEvery = 2

// followed is a copy with another keeper.
type followed struct {
	of     *account
	keeper keeper
	err    error
	asked  bool
}

// again follows the copy where another program did and has ended, or cannot be asked. What has ended in this one was
// stopped, or cannot go on: then the person says when (steer).
func (a *app) again() tea.Cmd {
	if a.open == nil || !a.standing.elsewhere || a.standing.phase != over && a.standing.phase != silent || a.ticks%againEvery != 0 {
		return nil
	}
	return a.follow(false)
}

// follow follows the copy anew; asked where the person wants it.
func (a *app) follow(asked bool) tea.Cmd {
	open := a.open
	return func() tea.Msg {
		k, err := keep(a.ctx, open.client, open.login, open.account)
		return followed{open, k, err, asked}
	}
}

func (a *app) takeKeeper(k followed) tea.Cmd {
	switch {
	case k.err != nil && k.asked:
		return a.next(fail(k.err))
	case k.err != nil:
		return nil // the status line says already that nobody follows
	case k.of != a.open || a.standing.phase != over && a.standing.phase != silent:
		return func() tea.Msg { k.keeper.close(); return nil }
	}
	old := a.open.keeper
	a.open.keeper, a.standing = k.keeper, k.keeper.now()
	return tea.Batch(a.listen(), func() tea.Msg { old.close(); return nil })
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
