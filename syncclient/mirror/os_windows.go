package mirror

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lockFile takes the lock on an open file for as long as the process keeps it open. It does not wait. The locked
// byte lies far behind the file's content, which others may still read.
func lockFile(f *os.File) error {
	at := &windows.Overlapped{OffsetHigh: 1}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return ErrInUse
	}
	return err
}

// unlockFile gives the lock back and closes the file. Windows ends the lock of a closed file only in its own time.
func unlockFile(f *os.File) error {
	at := &windows.Overlapped{OffsetHigh: 1}
	return errors.Join(windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, at), f.Close())
}

// freeSpace returns the bytes that a file in dir may still take.
func freeSpace(dir string) (int64, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, nil, nil); err != nil {
		return 0, err
	}
	return int64(min(free, 1<<62)), nil
}
