package browse

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"sync"
)

// watch notices that anything has written a file: partage-sync, this program, or another one. PRAGMA data_version says
// so for the price of a look at the file's header; it counts for one connection, which therefore stays open, outside of
// any transaction. A file that was put in another one's place is noticed, too.
type watch struct {
	mu     sync.Mutex
	folder string
	name   string
	db     *sql.DB
	info   os.FileInfo
	last   int64
	// stopped: nothing is opened any more, whatever was still on its way.
	stopped bool
}

// moved reports whether the file may have changed since it was last asked; true the first time.
func (w *watch) moved(ctx context.Context) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stopped {
		return false
	}
	info, err := os.Stat(filepath.Join(w.folder, filepath.FromSlash(w.name)))
	if err != nil || w.info == nil || !os.SameFile(info, w.info) {
		gone := w.db == nil && w.last < 0 && err != nil
		w.close()
		if err != nil {
			w.last = -1
			return !gone
		}
	}
	if w.db == nil {
		if w.db, err = open(w.folder, w.name); err != nil {
			return true
		}
		w.info = info
		w.last = 0
	}
	var version int64
	if err := w.db.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		w.close()
		return true
	}
	moved := version != w.last
	w.last = version
	return moved
}

// point has it watch another file.
func (w *watch) point(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.name != name {
		w.close()
		w.name = name
	}
}

// stop closes the file for good.
func (w *watch) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stopped = true
	w.close()
}

func (w *watch) close() {
	if w.db != nil {
		_ = w.db.Close()
	}
	w.db, w.info = nil, nil
}
