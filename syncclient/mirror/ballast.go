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

func (m *Mirror) needed(ctx context.Context, work func() error) error {
	return needed(ctx, m.dir, work)
}

// needed does in a mirror's folder what must be done on a full disk, too: with the room of the ballast, where there is no
// other.
func needed(ctx context.Context, dir string, work func() error) error {
	err := work()
	if !errors.Is(err, ErrDiskFull) || ctx.Err() != nil || os.Remove(filepath.Join(dir, ballastFile)) != nil {
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
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return
	}
	for zeros, n := make([]byte, 64<<10), 0; n < ballastSize && err == nil; n += len(zeros) {
		_, err = f.Write(zeros)
	}
	if errors.Join(err, f.Close()) != nil {
		_ = os.Remove(path)
	}
}
