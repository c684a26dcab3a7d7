package filelock

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// The lock is on a byte far behind what a file has: on Windows nobody else could read what is locked.
func at() *windows.Overlapped { return &windows.Overlapped{OffsetHigh: 1} }

// Try takes the lock on an open file; false where another has it. It never waits.
func Try(f *os.File) (bool, error) {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, at())
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}

// Release gives the lock back and closes the file. Windows ends the lock of a closed file only in its own time.
func Release(f *os.File) error {
	return errors.Join(windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, at()), f.Close())
}
