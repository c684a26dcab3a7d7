package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Status is what a mirror says of itself. Moments are microseconds since 1970 in UTC, 0 for never.
type Status struct {
	// Identity says whose copy it is.
	Identity
	// Folder is where it lies.
	Folder string
	// AccountName is empty before the first page.
	AccountName string
	// Locked: the server has not answered for as long as the account allows, and the files have been renamed away.
	Locked bool
	// Walking: the first fill, or a walk in place, is under way.
	Walking bool
	// Behind is how many lists, blacklists and campaigns with leads do not hold what the server last told of, of those
	// that are kept here.
	Behind int
	// ContactAt is when the server last answered.
	ContactAt int64
	// UpToDateAt is when the mirror last held all that the server had told of.
	UpToDateAt int64
	// Collaborators, Campaigns and Templates count rows.
	Collaborators, Campaigns, Templates int
	// Lists, Blacklists and the campaigns that have leads are in the order of their names.
	Lists, Blacklists, Leads []ListStatus
	// NotKept are the ids of those that the person has chosen not to keep here, also before they have come.
	NotKept []string
	// Edits is how many edits are to be sent, those included of which a person has decided that they are sent once more;
	// Attention how much needs a person's eye and has not been decided.
	Edits, Attention int
	// Bytes is what the folder takes on disk.
	Bytes int64
}

// ListStatus is a contact list, a blacklist or a campaign with leads in a mirror.
type ListStatus struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Rows is how many rows it has on the server, as last told.
	Rows int64 `json:"rows"`
	// Complete: the mirror holds them all as last told, and their file is there.
	Complete bool `json:"complete"`
	// File is where its rows are, relative to the mirror's folder; empty before its first page.
	File string `json:"file"`
	// Edits is how many edits of its rows are to be sent.
	Edits int `json:"edits"`
	// Kept: its rows are kept here, or to be.
	Kept bool `json:"kept"`
}

// Inspect reads the status of the mirror in a folder without taking it, while another process may write it. ErrNone
// where there is none.
func Inspect(ctx context.Context, dir string) (Status, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Status{}, fmt.Errorf("find the folder of the local copy: %w", err)
	}
	s := Status{Folder: dir}
	path := filepath.Join(dir, mainFile)
	if s.Locked = isLocked(dir); s.Locked {
		path = filepath.Join(dir, lockedMain)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return s, ErrNone
	}
	db := connectFunc(connect).handle(path, reading)
	defer db.Close()
	found, err := versionOf(ctx, db)
	if err != nil {
		return s, err
	}
	if found == 0 {
		return s, ErrNone
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s, fmt.Errorf("read the local copy: %w", classify(err))
	}
	defer tx.Rollback()
	if err := s.read(ctx, tx, found); err != nil {
		return s, fmt.Errorf("read the local copy: %w", classify(err))
	}
	if err := s.readEdits(ctx, tx, found); err != nil {
		return s, fmt.Errorf("read the local copy: %w", classify(err))
	}
	s.Bytes = size(dir)
	return s, nil
}

func (s *Status) read(ctx context.Context, tx *sql.Tx, found int) error {
	err := tx.QueryRowContext(ctx, `
		SELECT server, user, account, collaborator, walking, coalesce(contact_at, 0), coalesce(up_to_date_at, 0),
			coalesce((SELECT name FROM account), ''), (SELECT count(*) FROM collaborators),
			(SELECT count(*) FROM campaigns), (SELECT count(*) FROM templates) FROM mirror`).
		Scan(&s.Server, &s.User, &s.Account, &s.Collaborator, &s.Walking, &s.ContactAt, &s.UpToDateAt,
			&s.AccountName, &s.Collaborators, &s.Campaigns, &s.Templates)
	if err != nil {
		return err
	}
	if s.Lists, err = lists(ctx, tx, "contact_lists", ""); err != nil {
		return err
	}
	if s.Blacklists, err = lists(ctx, tx, "blacklists", ""); err != nil {
		return err
	}
	if s.Leads, err = lists(ctx, tx, "campaigns", "WHERE id IN (SELECT id FROM buckets WHERE kind = 'leads')"); err != nil {
		return err
	}
	if found >= withChoices {
		if s.NotKept, err = notKeptIn(ctx, tx, ""); err != nil {
			return err
		}
	}
	for _, all := range [][]ListStatus{s.Lists, s.Blacklists, s.Leads} {
		for i, l := range all {
			l.Kept = !slices.Contains(s.NotKept, l.ID)
			all[i].Kept = l.Kept
			if l.Complete && glance(s.pathOf(l)) != nil {
				all[i].Complete = false
			}
			if !all[i].Complete && l.Kept {
				s.Behind++
			}
		}
	}
	return nil
}

// pathOf returns where the file of a list is now.
func (s *Status) pathOf(l ListStatus) string {
	if s.Locked {
		return filepath.Join(s.Folder, lockedList, filepath.Base(l.File))
	}
	return filepath.Join(s.Folder, filepath.FromSlash(l.File))
}

// readEdits counts edits, in all files: each has its own.
func (s *Status) readEdits(ctx context.Context, main queryer, version int) error {
	if version < 2 {
		return nil
	}
	const waiting = `SELECT count(*) FROM outbox WHERE state IN ('open', 'sealed')`
	err := main.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM attention WHERE resolution IS NULL),
		(`+waiting+`) + (SELECT count(*) FROM attention WHERE resolution IN ('mine', 'both'))`).Scan(&s.Attention, &s.Edits)
	if err != nil {
		return err
	}
	for _, all := range [][]ListStatus{s.Lists, s.Blacklists, s.Leads} {
		for i, l := range all {
			path := s.pathOf(l)
			if l.File == "" || glance(path) != nil {
				continue
			}
			db := connectFunc(connect).handle(path, reading)
			err := db.QueryRowContext(ctx, waiting).Scan(&all[i].Edits)
			db.Close()
			if err == nil {
				s.Edits += all[i].Edits
			} else if l.Complete && l.Kept { // it was lost right now
				all[i].Complete = false
				s.Behind++
			}
		}
	}
	return nil
}

func lists(ctx context.Context, tx *sql.Tx, table, where string) ([]ListStatus, error) {
	rows, err := tx.QueryContext(ctx, fmt.Sprintf(
		`SELECT id, name, row_count, complete, coalesce(file, '') FROM %s %s ORDER BY name COLLATE NOCASE, id`, table, where))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []ListStatus
	for rows.Next() {
		var l ListStatus
		if err := rows.Scan(&l.ID, &l.Name, &l.Rows, &l.Complete, &l.File); err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, rows.Err()
}

// size adds up the files of a folder, as far as they can be seen.
func size(dir string) int64 {
	var sum int64
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			sum += info.Size()
		}
		return nil
	})
	return sum
}
