package mirror

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// What no server has, by key: in main.db, and in the file of a list. An edit of a row may be in both.
const (
	unsentOfMain = `SELECT key, 'edit' FROM sent WHERE number IS NOT NULL AND result IS NULL AND fields IS NOT NULL
		UNION ALL SELECT key, iif(resolution IS NULL, 'undecided', 'edit') FROM attention WHERE resolution IS NULL OR resolution <> 'theirs'
		UNION ALL ` + unsentOfRows
	unsentOfRows = `SELECT key, 'edit' FROM outbox WHERE state IN ('open', 'sealed')`
)

// Unsent counts what somebody wrote in the mirror in a folder and no server has: edits that are to be sent or wait for their
// answer, and what waits for a decision. It goes by the files that are there, also where the mirror is locked or main.db, which
// names them, is not what it was. Of a file that it cannot read the error is returned, and no number: ErrFileDamaged, ErrBusy,
// ErrNewer or another. Nothing is unsent where there is no mirror.
func Unsent(ctx context.Context, dir string) (edits, undecided int, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return 0, 0, fmt.Errorf("find the folder of the local copy: %w", err)
	}
	found := map[string]string{}
	for _, name := range []string{mainFile, lockedMain, rebuiltFile} {
		if err := addUnsent(ctx, found, dir, name, unsentOfMain); err != nil {
			return 0, 0, err
		}
	}
	for _, folder := range []string{listFolder, lockedList} {
		entries, err := os.ReadDir(filepath.Join(dir, folder))
		if err := passOver(err, fs.ErrNotExist); err != nil {
			return 0, 0, fmt.Errorf("look through the local copy: %w", err)
		}
		for _, entry := range entries {
			if filepath.Ext(entry.Name()) != ".db" {
				continue
			}
			if err := addUnsent(ctx, found, dir, folder+"/"+entry.Name(), unsentOfRows); err != nil {
				return 0, 0, err
			}
		}
	}
	for _, what := range found {
		if what == "undecided" {
			undecided++
		} else {
			edits++
		}
	}
	return edits, undecided, nil
}

// addUnsent adds what a query finds in a file, if that is there. Version 1 knew no edits, and a file without a version has
// only just been made.
func addUnsent(ctx context.Context, found map[string]string, dir, name, query string) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	db := connectFunc(connect).handle(path, reading)
	defer db.Close()
	version, err := versionOf(ctx, db)
	if err == nil && version > 1 {
		var all [][2]string
		all, err = pairs(ctx, db, query)
		for _, one := range all {
			if found[one[0]] != "undecided" {
				found[one[0]] = one[1]
			}
		}
	}
	if err = classify(err); errors.Is(err, ErrDamaged) {
		err = ErrFileDamaged
	}
	if err != nil {
		return fmt.Errorf("read what was not sent in %s: %w", name, err)
	}
	return nil
}
