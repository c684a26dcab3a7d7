//go:build unix

package mirror

import (
	"context"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// TestLock holds a second descriptor of the lock's file, as a program does that this process is just starting.
func TestLock(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mirror")
	m, err := Open(context.Background(), dir, identity())
	if err != nil {
		t.Fatal(err)
	}
	child, err := unix.Dup(int(m.lock.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(child)
	if !InUse(dir) {
		t.Error("an open mirror is not in use")
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	if InUse(dir) {
		t.Error("a closed mirror is in use")
	}
	if m, err = Open(context.Background(), dir, identity()); err != nil {
		t.Fatalf("open again: %v", err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
}
