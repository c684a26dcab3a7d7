package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/transport"
)

// Exit codes, as exitCodes tells them to people.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitSignedOut   = 3
	exitServer      = 4
	exitInUse       = 5
	exitDiffers     = 6
	exitNotRunning  = 7
	exitInterrupted = 130
)

const exitCodes = `
Exit codes:
  0    done, or run was interrupted or stopped
  1    something failed that trying again does not mend
  2    wrong use
  3    nobody is signed in, or the session has ended
  4    the server does not answer as it should; try later
  5    another process uses the local copy
  6    verify found what differs from the server, and it was not repaired
  7    control: no partage-sync run is there to be asked
  130  interrupted before it was done`

// help prints the help for a command, or for the program and its exit codes.
func help(o kong.HelpOptions, c *kong.Context) error {
	err := kong.DefaultHelpPrinter(o, c)
	if err == nil && c.Selected() == nil {
		fmt.Fprintln(c.Stdout, exitCodes)
	}
	return err
}

// seeHelp says where help is for who called the program wrongly.
func seeHelp(err error) string {
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context.Selected() != nil {
		return "See partage-sync " + parse.Context.Selected().Name + " --help."
	}
	return "See partage-sync --help."
}

// usageError is a mistake in how the program was called.
type usageError string

func (e usageError) Error() string { return string(e) }

// report prints an error as a sentence and returns the exit code it stands for.
func report(w io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	fmt.Fprintln(w, control.Sentence(err))
	var usage usageError
	var wrong syncclient.ArgumentError
	var differs errDiffers
	var told *control.Error
	switch {
	case errors.As(err, &told):
		return exitOf(told.Code)
	case errors.As(err, &differs):
		return exitDiffers
	case errors.As(err, &usage), errors.As(err, &wrong):
		return exitUsage
	case errors.Is(err, syncclient.ErrSignedOut):
		return exitSignedOut
	case errors.Is(err, mirror.ErrInUse), errors.Is(err, mirror.ErrOlder), errors.Is(err, control.ErrInUse):
		return exitInUse
	case errors.Is(err, control.ErrNotRunning):
		return exitNotRunning
	case transport.FromServer(err):
		return exitServer
	}
	return exitFailed
}

// exitOf is what the answer of a running partage-sync stands for.
func exitOf(code control.Code) int {
	switch code {
	case control.BadRequest, control.NotFound, control.TooLarge:
		return exitUsage
	case control.SignedOut:
		return exitSignedOut
	case control.ServerFailed:
		return exitServer
	case control.InUse:
		return exitInUse
	}
	return exitFailed
}
