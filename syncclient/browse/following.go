package browse

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient/control"
)

// look finds out whether anybody has written the copy.
func (a *app) look() tea.Cmd {
	open, file := a.open, a.top().file()
	if open == nil {
		return nil
	}
	return func() tea.Msg {
		changed := open.main.moved(a.ctx, mainFile)
		if open.rows.moved(a.ctx, file) || changed {
			return moved{}
		}
		return nil
	}
}

// listen waits for the keeper to say something, until it has ended.
func (a *app) listen(k *keeper) tea.Cmd {
	return func() tea.Msg {
		select {
		case <-k.news:
			return then(func() tea.Cmd { return tea.Batch(a.hear(k), a.listen(k)) })
		case <-k.ended:
			return then(func() tea.Cmd { return a.hear(k) })
		case <-a.ctx.Done():
			return nil
		}
	}
}

// hear shows how things stand now.
func (a *app) hear(k *keeper) tea.Cmd {
	if a.open == nil || a.open.keeper != k {
		return nil
	}
	before, now := a.standing, k.now()
	if a.standing = now; before.moved != now.moved || before.phase != now.phase {
		return a.refresh()
	}
	return nil
}

// inspect asks the copy what it holds, for the status line.
func (a *app) inspect() tea.Cmd {
	open := a.open
	if open == nil {
		return nil
	}
	return func() tea.Msg {
		status, err := open.client.Status(a.ctx, open.login, open.account)
		return then(func() tea.Cmd {
			if err == nil {
				open.status = status
			}
			return nil
		})
	}
}

// steer has the keeper sync, pause or resume.
func (a *app) steer(key string) tea.Cmd {
	if a.open == nil {
		return nil
	}
	k, what := a.open.keeper, "sync"
	switch {
	case a.standing.phase == over:
		return a.follow(true)
	case key == "P" && a.standing.phase == paused:
		what = "resume"
	case key == "P":
		what = "pause"
	}
	return func() tea.Msg {
		err := k.ask(a.ctx, what)
		switch {
		case err == nil && what == "sync":
			return said{text: "All is here, and what you wrote is sent."}
		case errors.Is(err, control.ErrNotRunning):
			return said{"The program that keeps this copy cannot be asked.", true}
		case errors.Is(err, context.Canceled):
			return nil
		}
		return fail(err)
	}
}

// againEvery is after how many looks it is tried again to follow a copy that nobody follows, or nobody who can be asked.
const againEvery = 2

// again follows the copy where another program did and has ended, or cannot be asked. What has ended in this one was
// stopped, or cannot go on: then the person says when (steer).
func (a *app) again() tea.Cmd {
	if a.open == nil || !a.standing.elsewhere || a.standing.phase != over && a.standing.phase != silent || a.ticks%againEvery != 0 {
		return nil
	}
	return a.follow(false)
}

// follow follows the copy anew, one try at a time; asked where the person wants it.
func (a *app) follow(asked bool) tea.Cmd {
	open := a.open
	if open.trying {
		return nil
	}
	open.trying = true
	return func() tea.Msg {
		k, err := keep(a.ctx, open.client, open.login, open.account)
		return then(func() tea.Cmd {
			open.trying = false
			if asked && err != nil {
				a.next(fail(err))
			}
			return a.takeKeeper(open, k, err)
		})
	}
}

// takeKeeper has another keeper keep the copy, or says why none does.
func (a *app) takeKeeper(of *account, k *keeper, err error) tea.Cmd {
	switch {
	case of != a.open && err == nil:
		return func() tea.Msg { k.close(); return nil }
	case of != a.open:
		return nil
	case err != nil: // whoever kept it until now does not any more
		of.keeper.over(err)
		a.standing = of.keeper.now()
		return nil
	}
	old := of.keeper
	of.keeper = k
	if now := k.now(); !now.elsewhere || now.phase != starting { // another program says how it stands when it is asked
		a.standing = now
	}
	return tea.Batch(a.listen(k), func() tea.Msg { old.close(); return nil })
}
