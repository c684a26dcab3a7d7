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
	// gone: the file was not there when it was last asked.
	gone bool
	// stopped: nothing is opened any more, whatever was still on its way.
	stopped bool
}

// moved reports whether a file may have changed since it was last asked; true the first time, and never without a name.
func (w *watch) moved(ctx context.Context, name string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.name != name {
		w.close()
		w.name, w.gone = name, false
	}
	if w.stopped || name == "" {
		return false
	}
	info, err := os.Stat(filepath.Join(w.folder, filepath.FromSlash(name)))
	if err != nil {
		before := w.gone
		w.close()
		w.gone = true
		return !before
	}
	if w.gone = false; w.info != nil && !os.SameFile(info, w.info) {
		w.close()
	}
	if w.db == nil {
		if w.db, err = open(w.folder, name, toRead); err != nil {
			return true
		}
		w.info, w.last = info, -1
	}
	before := w.last
	if err := w.db.QueryRowContext(ctx, "PRAGMA data_version").Scan(&w.last); err != nil {
		w.close()
		return true
	}
	return w.last != before
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
