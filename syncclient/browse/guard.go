package browse

import (
	"fmt"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"
)

// guard is a model whose panics end the program as a person does: Bubble Tea's own way closes the terminal's reader while
// that reads, and tells the panic to the terminal alone.
type guard struct {
	tea.Model
	*mistake
}

// mistake is a panic, and how the program ends.
type mistake struct {
	err error
	end func()
}

// Update passes a message on; after a panic it ends the program.
func (g guard) Update(msg tea.Msg) (model tea.Model, cmd tea.Cmd) {
	if g.err != nil {
		return g, tea.Quit
	}
	defer func() {
		if g.made(recover()) {
			model, cmd = g, tea.Quit
		}
	}()
	next, cmd := g.Model.Update(msg)
	return guard{next, g.mistake}, cmd
}

// View draws; after a panic, nothing.
func (g guard) View() (view tea.View) {
	if g.err != nil {
		return tea.View{}
	}
	defer func() {
		if g.made(recover()) {
			view = tea.View{}
			go g.end() // the loop that takes it is the one that draws
		}
	}()
	return g.Model.View()
}

// made notes what was recovered, if anything was.
func (m *mistake) made(panicked any) bool {
	if panicked != nil {
		m.err = fmt.Errorf("a mistake in the program: %v\n%s", panicked, debug.Stack())
	}
	return panicked != nil
}
