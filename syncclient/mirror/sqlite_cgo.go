//go:build cgo

package mirror

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// classify gives SQLite's errors the meanings that callers tell apart.
func classify(err error) error {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return err
	}
	if e.SystemErrno == syscall.ENOSPC { // when a file is opened, say
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	}
	switch e.Code {
	case sqlite3.ErrFull:
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return fmt.Errorf("%w: %w", ErrBusy, err)
	}
	return err
}

// unshared reports whether a file could not be opened, which may be for want of the memory that its users share.
func unshared(err error) bool {
	var e sqlite3.Error
	return errors.Is(classify(err), ErrDiskFull) || errors.As(err, &e) && e.Code == sqlite3.ErrCantOpen
}

// constraint returns what a trigger or a table has to say against a write; false where the error is another one.
func constraint(err error) (string, bool) {
	var said sqlite3.Error
	if errors.As(err, &said) && said.Code == sqlite3.ErrConstraint {
		return said.Error(), true
	}
	return "", false
}
