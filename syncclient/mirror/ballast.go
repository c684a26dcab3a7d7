package mirror

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// A ballast is a file that holds room on the disk for when there is none: what takes things away, and what writes down
// what became of edits, needs a little of it.
const (
	ballastFile = "ballast"
	ballastSize = 8 << 20
	// plenty is how much room there must be for a ballast to be made.
	plenty = 32 * ballastSize
)

// needed does what must be done on a full disk, too: with the room of the ballast, where there is no other.
func (m *Mirror) needed(ctx context.Context, work func() error) error {
	err := work()
	if !errors.Is(err, ErrDiskFull) || ctx.Err() != nil || os.Remove(filepath.Join(m.dir, ballastFile)) != nil {
		return err
	}
	return work()
}

// fillBallast makes the ballast where there is none and plenty of room. That it cannot be made is no failure.
func (m *Mirror) fillBallast() {
	path := filepath.Join(m.dir, ballastFile)
	if _, err := os.Stat(path); err == nil {
		return
	}
	if free, err := freeSpace(m.dir); err != nil || free < plenty {
		return
	}
	if err := os.WriteFile(path, make([]byte, ballastSize), 0o600); err != nil {
		_ = os.Remove(path)
	}
}
