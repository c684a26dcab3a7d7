package browse

import (
	"context"
	"errors"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/partage-mail/partage/syncclient"
)

// Config says what Run shows, and where.
type Config struct {
	// Client returns the client of a server. Run closes none.
	Client func(server string) (*syncclient.Client, error)
	// Servers returns the addresses of the servers to which anyone has signed in on this computer.
	Servers func() ([]string, error)
	// Server is what the form for signing in begins with where nobody has.
	Server string
	// Email and Account, a name or an id, choose what is opened at once; the person chooses where they are empty.
	Email, Account string
	// In and Out are the terminal; nil for standard input and output.
	In  io.Reader
	Out io.Writer
	// Environ has TERM, NO_COLOR, EDITOR and so on, as os.Environ returns it.
	Environ []string
}

// Run shows the copies until the person quits, or ctx ends: neither is an error. The terminal is then as it was before,
// also after a panic, which is an error.
func Run(ctx context.Context, cfg Config) error {
	model, end := Model(ctx, cfg)
	defer end()
	return show(ctx, model, cfg)
}

// Model returns the program as a model of Bubble Tea, for who draws it elsewhere. end lets go of the copy that is open; it is
// called when the model is not run any more.
func Model(ctx context.Context, cfg Config) (model tea.Model, end func()) {
	a := newApp(ctx, cfg)
	return a, a.close
}

// show runs a model in the terminal.
func show(ctx context.Context, model tea.Model, cfg Config) error {
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithEnvironment(cfg.Environ)}
	if cfg.In != nil {
		options = append(options, tea.WithInput(cfg.In))
	}
	if cfg.Out != nil {
		options = append(options, tea.WithOutput(cfg.Out))
	}
	_, err := tea.NewProgram(model, options...).Run()
	if ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) || errors.Is(err, tea.ErrInterrupted) {
		return nil
	}
	return err
}

func newApp(ctx context.Context, cfg Config) *app {
	ctx, stop := context.WithCancel(ctx)
	u := &ui{palette: colours(), ctx: ctx, now: time.Now, edit: editorOf(cfg.Environ)}
	return &app{ui: u, stop: stop, screens: []screen{newAccounts(u, cfg)}}
}

// close lets go of the copy that is open.
func (a *app) close() {
	a.stop()
	for _, s := range a.screens {
		if l, is := s.(*list); is {
			l.close()
		}
	}
	if a.open != nil {
		a.watch.stop()
		a.open.close()
	}
}
