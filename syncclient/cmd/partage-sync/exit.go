package main

import (
	"errors"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"

	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/transport"
)

// Exit codes; the package's documentation tells them to people.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitSignedOut   = 3
	exitServer      = 4
	exitInUse       = 5
	exitDiffers     = 6
	exitInterrupted = 130
)

// usageError is a mistake in how the program was called.
type usageError string

func (e usageError) Error() string { return string(e) }

// report prints an error as a sentence and returns the exit code it stands for.
func report(w io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	fmt.Fprintln(w, sentence(err))
	var usage usageError
	var differs errDiffers
	switch {
	case errors.As(err, &differs):
		return exitDiffers
	case errors.As(err, &usage):
		return exitUsage
	case errors.Is(err, syncclient.ErrSignedOut):
		return exitSignedOut
	case errors.Is(err, mirror.ErrInUse):
		return exitInUse
	case errors.Is(err, mirror.ErrNewer), errors.Is(err, mirror.ErrForeign), errors.Is(err, mirror.ErrDamaged),
		errors.Is(err, mirror.ErrDiskFull), errors.Is(err, mirror.ErrNone), errors.Is(err, syncclient.ErrNoAccount):
		return exitFailed
	case transport.FromServer(err):
		return exitServer
	}
	return exitFailed
}

// sentence words an error for a person.
func sentence(err error) string {
	text := err.Error()
	first, n := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[n:]
	if last := text[len(text)-1]; last != '.' && last != '!' && last != '?' {
		text += "."
	}
	return text
}
