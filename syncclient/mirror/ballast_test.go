package mirror

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestBallast: what must be done on a full disk is done with the room of the ballast, once.
func TestBallast(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	m := setup(t)
	path := filepath.Join(m.Dir(), ballastFile)
	full := fmt.Errorf("write: %w", ErrDiskFull)
	tries := 0
	once := func() error {
		if tries++; tries == 1 {
			return full
		}
		return nil
	}
	if err := m.needed(ctx, once); !errors.Is(err, ErrDiskFull) || tries != 1 {
		t.Fatalf("without a ballast: %v after %d tries", err, tries)
	}
	must(t, os.WriteFile(path, make([]byte, 10), 0o600))
	tries = 0
	if err := m.needed(ctx, once); err != nil || tries != 2 {
		t.Fatalf("with one: %v after %d tries", err, tries)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Fatal("it is still there")
	}
	m.fillBallast()
	if free, err := freeSpace(m.Dir()); err == nil && free > plenty+ballastSize {
		if fileSize(path) != ballastSize {
			t.Fatal("it was not made anew")
		}
	}
	other := errors.New("another error")
	if err := m.needed(ctx, func() error { return other }); !errors.Is(err, other) {
		t.Fatal(err)
	}
}
