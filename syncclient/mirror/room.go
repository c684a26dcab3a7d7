package mirror

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// DefaultReserve is how many bytes of the disk a large list leaves free when it is fetched.
const DefaultReserve = 512 << 20

// Large is from how many rows on a list is large: it comes as an image where the server has one, and only where it leaves
// the reserve free. Small ones come as long as the disk takes them.
const Large = 20_000

// NoRoomError says that a list would leave less free on the disk than it is to. It is ErrNoRoom.
type NoRoomError struct {
	// Needed is what the list takes, and Free what there is beyond the reserve, in bytes.
	Needed, Free int64
}

// Error names both sizes.
func (e *NoRoomError) Error() string {
	return fmt.Sprintf("the disk is short: it takes %s, and %s may be used", megabytes(e.Needed), megabytes(e.Free))
}

// Is says what it is.
func (*NoRoomError) Is(target error) bool { return target == ErrNoRoom }

func megabytes(bytes int64) string {
	if bytes = max(bytes, 0); bytes < 10_000_000 {
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
	return fmt.Sprintf("%d MB", bytes/1_000_000)
}

// spaceAt returns how many bytes may be written into a folder, which need not be there yet.
func spaceAt(dir string) (int64, error) {
	for {
		free, err := freeSpace(dir)
		if err == nil || !os.IsNotExist(err) || filepath.Dir(dir) == dir {
			return free, err
		}
		dir = filepath.Dir(dir)
	}
}

// Enough returns a *NoRoomError where the disk of a folder is too short for so many bytes that are still to come of a list of
// so many rows: where a large one would leave less than the reserve free, and a small one would not fit at all.
func Enough(dir string, rows, needed, reserve int64) error {
	if rows < Large {
		reserve = 0
	}
	free, err := spaceAt(dir)
	return enough(free, err, needed, reserve)
}

func enough(free int64, err error, needed, reserve int64) error {
	if err != nil || needed <= 0 || free-reserve >= needed { // where it cannot be found out, the disk says so when it is full
		return nil
	}
	return &NoRoomError{Needed: needed, Free: max(free-reserve, 0)}
}

// SetReserve says how many bytes of the disk a large list leaves free; DefaultReserve before.
func (m *Mirror) SetReserve(bytes int64) { m.reserve = bytes }

// Room returns a *NoRoomError where what is still to come of a bucket's rows would leave less than the reserve free. estimate
// is what they take in all, with their indexes, as far as the server knows; 0: it does not.
func (m *Mirror) Room(ctx context.Context, b Bucket, estimate int64) error {
	l, known := layoutOf(b.Kind)
	if !known {
		return nil
	}
	name, err := m.fileName(ctx, l, &b)
	if err != nil {
		return err
	}
	if estimate <= 0 {
		estimate = b.Rows * (bytesPerRow + bytesPerEntry + bytesIndexed/2)
	}
	if path, ok := m.listPath(name); ok {
		estimate -= fileSize(path)
	}
	return m.enough(estimate)
}

func (m *Mirror) enough(needed int64) error {
	free, err := m.free(m.dir)
	return enough(free, err, needed, m.reserve)
}
