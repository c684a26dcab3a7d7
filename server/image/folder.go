package image

import (
	"errors"
	"os"
	"path/filepath"
	"time"
)

// abandoned is how long a folder has not been touched that no server has any more.
const abandoned = time.Hour

// tend shows that the folder is somebody's, and removes those of servers that were killed: what was deleted from the
// database must not lie about. A folder of a server that only slept is made again when it is needed.
func (i *Images) tend(now time.Time) error {
	err := os.Chtimes(i.config.Dir, now, now)
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	if i.config.Others == "" {
		return err
	}
	others, globErr := filepath.Glob(i.config.Others)
	err = errors.Join(err, globErr)
	for _, other := range others {
		if info, e := os.Lstat(other); e != nil || !info.IsDir() || now.Sub(info.ModTime()) < abandoned {
			continue
		}
		if e := os.RemoveAll(other); !errors.Is(e, os.ErrPermission) { // somebody else's is theirs
			err = errors.Join(err, e)
		}
	}
	return err
}
