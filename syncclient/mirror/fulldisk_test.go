//go:build cgo && unix

package mirror

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/mattn/go-sqlite3"
)

// TestFullDisk: where there is no room to write, what is there can be read, and what gives room can be done.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	t.Run("drops a list with the room of the ballast", func(t *testing.T) {
		m, b := setupChoice(t)
		path := filepath.Join(m.Dir(), ballastFile)
		must(t, os.WriteFile(path, make([]byte, 10), 0o600))
		e := &Editor{m.Dir(), func(file, setup string) driver.Connector { return onceThere{connect(file, setup), setup, path} }}
		if err := e.Keep(t.Context(), b.ID); !errors.Is(err, ErrDiskFull) {
			t.Fatalf("kept: %v", err)
		}
		must(t, e.Drop(t.Context(), b.ID))
		carriedOut(t, m, 1)
		mustStand(t, m, b, gone)
	})
	t.Run("reads without the memory that is shared", func(t *testing.T) {
		m, b := setupChoice(t)
		run(t, m.main, `UPDATE server_contact_lists SET name = 'in the journal'`)
		dir := filepath.Join(t.TempDir(), "copy") // as a process that was killed leaves it
		must(t, copyFolder(m.Dir(), dir))
		for _, file := range []string{mainFile, fileOf(t, m, b)} {
			must(t, os.Symlink(filepath.Join(dir, "none", "none"), filepath.Join(dir, file+"-shm"))) // cannot be made
		}
		for range 2 { // its journal is moved into the file, and not there any more
			s, err := Inspect(t.Context(), dir)
			if err != nil || len(s.Lists) != 1 || s.Lists[0].Name != "in the journal" || !s.Lists[0].Complete {
				t.Fatalf("%+v, %v", s, err)
			}
			if _, err := Search(t.Context(), dir, Query{Text: "a", Item: b.ID}); err != nil {
				t.Fatal(err)
			}
		}
		full := sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.ENOSPC}
		if !unshared(fmt.Errorf("open: %w", full)) || unshared(nil) || unshared(sqlite3.Error{Code: sqlite3.ErrNotADB}) {
			t.Error("a full disk is not told apart")
		}
	})
}

// onceThere is a disk that has room to write once the ballast has gone.
type onceThere struct {
	driver.Connector
	setup, ballast string
}

func (f onceThere) Connect(ctx context.Context) (driver.Conn, error) {
	if _, err := os.Stat(f.ballast); err == nil && f.setup == writing {
		return nil, sqlite3.Error{Code: sqlite3.ErrFull}
	}
	return f.Connector.Connect(ctx)
}
