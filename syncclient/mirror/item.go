package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// listed is a list, a blacklist or a campaign as main.db has it.
type listed struct {
	// kind is the item's, and rows that of its rows.
	kind, rows protocol.Kind
	// file is where its rows are, relative to the mirror's folder.
	file string
}

// KindOf returns of what kind the list, the blacklist or the campaign with an id is, as the mirror in a folder knows it.
// Errors: ErrNone, ErrLocked, ErrOlder, ErrNewer, and ErrGone where there is none.
func KindOf(ctx context.Context, dir, id string) (protocol.Kind, error) {
	main, err := connectFunc(connect).openFile(ctx, dir, mainFile, reading)
	if err != nil {
		return "", err
	}
	defer main.Close()
	found, err := itemIn(ctx, main, id)
	return found.kind, err
}

// itemIn finds an item that has rows in main.db; ErrGone where there is none.
func itemIn(ctx context.Context, main *sql.DB, id string) (found listed, err error) {
	err = main.QueryRowContext(ctx, `SELECT kind, rows, coalesce(file, '') FROM (
			SELECT id, file, ?2 AS kind, ?3 AS rows FROM contact_lists UNION ALL
			SELECT id, file, ?4, ?5 FROM blacklists UNION ALL SELECT id, file, ?6, ?7 FROM campaigns) WHERE id = ?1`,
		id, protocol.KindList, protocol.KindContact, protocol.KindBlacklist, protocol.KindEntry, protocol.KindCampaign, protocol.KindLead).
		Scan(&found.kind, &found.rows, &found.file)
	if errors.Is(err, sql.ErrNoRows) {
		return found, ErrGone
	}
	if err != nil {
		return found, fmt.Errorf("find a list in the local copy: %w", classify(err))
	}
	return found, nil
}

// openRowsOf opens the file with the rows of an item. Errors: ErrGone, or ErrNotKept where the person has chosen so, and those
// of openFile.
func (f connectFunc) openRowsOf(ctx context.Context, dir string, main *sql.DB, item, setup string) (*sql.DB, listed, error) {
	found, err := itemIn(ctx, main, item)
	if err != nil {
		return nil, found, err
	}
	if found.file == "" {
		return nil, found, notThere(ctx, main, item)
	}
	db, err := f.openFile(ctx, dir, filepath.FromSlash(found.file), setup)
	return db, found, err
}

// notThere says why a list has no file.
func notThere(ctx context.Context, main *sql.DB, item string) error {
	dropped, err := notKeptIn(ctx, main, item)
	if err != nil {
		return err
	}
	if len(dropped) > 0 {
		return ErrNotKept
	}
	return ErrGone
}

// openFile opens a file of a mirror: for writing, or for reading alone. ErrNone where there is no mirror, ErrLocked, ErrGone
// where only this file is missing, and ErrOlder or ErrNewer where it is not of this program's version.
func (f connectFunc) openFile(ctx context.Context, dir, name, setup string) (*sql.DB, error) {
	none := ErrNone
	if name != mainFile {
		none = ErrGone
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if isLocked(dir) {
			return nil, ErrLocked
		}
		return nil, none
	}
	db := f.handle(path, setup)
	found, err := versionOf(ctx, db)
	switch {
	case err != nil:
	case found == 0: // it is being made
		err = none
	case found < version:
		err = ErrOlder
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}
