package mirror

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

func (m *Mirror) mainPath() string { return filepath.Join(m.dir, mainFile) }

// letGo closes the files of buckets that have left the mirror.
func (m *Mirror) letGo(buckets []string) {
	for _, id := range buckets {
		if f := m.files[id]; f != nil {
			delete(m.files, id)
			delete(m.unsettled, f.path)
			_ = f.db.Close() // its content is to vanish; there is nothing to save
		}
	}
}

// removeDoomed unlinks the files that are to be gone. One that cannot be removed now (where a program has it open on
// Windows) stays doomed for the next time.
func (m *Mirror) removeDoomed(ctx context.Context) error {
	doomed, err := column(ctx, m.main, `SELECT file FROM doomed`)
	if err != nil {
		return err
	}
	for _, file := range doomed {
		path, ok := m.listPath(file)
		if ok {
			if err := unlink(path); err != nil {
				m.unsettled[path] = true
				continue
			}
			delete(m.unsettled, path)
		}
		if _, err := m.main.ExecContext(ctx, `DELETE FROM doomed WHERE file = ?`, file); err != nil {
			return fmt.Errorf("finish a removal: %w", classify(err))
		}
	}
	return nil
}

// listPath returns the path of a file that main.db names; false where the name is not one of ours.
func (m *Mirror) listPath(file string) (string, bool) {
	name, ok := strings.CutPrefix(file, listFolder+"/")
	if !ok || name == "" || strings.ContainsAny(name, `/\`) || !strings.HasSuffix(name, ".db") {
		return "", false
	}
	return filepath.Join(m.dir, listFolder, name), true
}

// Settle erases what removals have left in journals: it unlinks doomed files and empties the journals of files from
// which something was removed. False means that a program is reading one of them; call again later. It costs nothing
// where nothing is left to do.
func (m *Mirror) Settle(ctx context.Context) (bool, error) {
	if len(m.unsettled) == 0 {
		return true, nil
	}
	if err := m.removeDoomed(ctx); err != nil {
		return false, err
	}
	for _, f := range m.files {
		if !m.unsettled[f.path] {
			continue
		}
		done, err := truncate(ctx, f.db)
		if err != nil {
			return false, err
		}
		if done {
			delete(m.unsettled, f.path)
		}
	}
	if m.unsettled[m.mainPath()] {
		done, err := truncate(ctx, m.main)
		if err != nil {
			return false, err
		}
		if done {
			delete(m.unsettled, m.mainPath())
		}
	}
	return len(m.unsettled) == 0, nil
}
