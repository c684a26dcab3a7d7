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
	a := newApp(ctx, cfg)
	defer a.close()
	return show(ctx, a, cfg)
}

// show runs a model in the terminal.
func show(ctx context.Context, model tea.Model, cfg Config) error {
	options := []tea.ProgramOption{tea.WithEnvironment(cfg.Environ)}
	if cfg.In != nil {
		options = append(options, tea.WithInput(cfg.In))
	}
	if cfg.Out != nil {
		options = append(options, tea.WithOutput(cfg.Out))
	}
	m := &mistake{}
	program := tea.NewProgram(guard{model, m}, options...)
	m.end = program.Quit
	defer context.AfterFunc(ctx, program.Quit)()
	_, err := program.Run()
	if errors.Is(err, tea.ErrInterrupted) {
		err = nil
	}
	return errors.Join(m.err, err)
}

func newApp(ctx context.Context, cfg Config) *app {
	ctx, stop := context.WithCancel(ctx)
	u := &ui{palette: colours(), ctx: ctx, now: time.Now, editor: editorOf(cfg.Environ)}
	return &app{ui: u, stop: stop, screens: []screen{newAccounts(u, cfg)}}
}

// close lets go of the copy that is open.
func (a *app) close() {
	a.stop()
	if a.open != nil {
		a.open.close()
	}
}
