package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// rebuiltFile is a new main.db until it takes the place of the old one.
const rebuiltFile = "main.rebuilt"

// keptTables are those of main.db that go into a new one: what people wrote and chose here, who this copy is, and what the lease is
// counted by, which is to end also where the server is not reached again.
func keptTables() []string {
	return []string{"outbox", "edits", "sent", "attention", "departed", "replica", "server_account", "lease", "mirror", "choices"}
}

// Rebuild makes main.db anew, after it was damaged, removed or replaced while the mirror was open. What people wrote here
// and can still be read goes with it; the rest is fetched again. Files of lists stay as they are, with their edits and
// their cursors, and belong to their lists again as soon as the server tells of these.
func (m *Mirror) Rebuild(ctx context.Context) error {
	saved := m.save(ctx)
	for id, f := range m.files {
		_ = f.shut()
		delete(m.files, id)
	}
	_ = m.main.Close()
	if err := m.makeRebuilt(ctx, saved); err != nil {
		return fmt.Errorf("make the local copy anew: %w", err)
	}
	clear(m.debts)
	clear(m.edited)
	clear(m.ahead)
	clear(m.seen)
	m.unconfirmed = true
	return m.start(ctx)
}

// table is what could be read of a table.
type table struct {
	name    string
	columns []string
	rows    [][]any
}

// keep returns the statement that takes a row over. Of the mirror's own row only the last contact is kept: the rest is
// where the lost copy stood.
func (t table) keep() string {
	statement := fmt.Sprintf(`INSERT OR IGNORE INTO %s (%s) VALUES (?%s)`, t.name, strings.Join(t.columns, ", "), strings.Repeat(", ?", len(t.columns)-1))
	if t.name == "mirror" {
		statement = `UPDATE mirror SET contact_at = ?`
	}
	return statement
}

// save reads what can still be read, row by row as far as it goes.
func (m *Mirror) save(ctx context.Context) []table {
	var all []table
	for _, name := range keptTables() {
		t := table{name: name}
		what := "*"
		if name == "mirror" {
			what = "contact_at"
		}
		rows, err := m.main.QueryContext(ctx, fmt.Sprintf(`SELECT %s FROM %s`, what, name))
		if err != nil && name == "server_account" { // so called by version 2; in version 1 it says nothing of the lease
			rows, err = m.main.QueryContext(ctx, `SELECT * FROM account WHERE desktop_lock_days IS NOT NULL`)
		}
		if err != nil {
			continue
		}
		t.columns, _ = rows.Columns()
		for rows.Next() {
			values, into := make([]any, len(t.columns)), make([]any, len(t.columns))
			for i := range values {
				into[i] = &values[i]
			}
			if rows.Scan(into...) == nil {
				t.rows = append(t.rows, values)
			}
		}
		rows.Close()
		all = append(all, t)
	}
	return all
}

// makeRebuilt writes a new main.db beside the old one. Only what is whole takes its place.
func (m *Mirror) makeRebuilt(ctx context.Context, saved []table) error {
	path := filepath.Join(m.dir, rebuiltFile)
	if err := unlink(path); err != nil {
		return err
	}
	if err := touch(path); err != nil {
		return err
	}
	db := m.connect.handle(path, writing)
	err := m.buildMain(ctx, db, func(tx *sql.Tx) error {
		for _, t := range saved {
			for _, row := range t.rows {
				if _, err := tx.ExecContext(ctx, t.keep(), row...); errors.Is(classify(err), ErrDiskFull) {
					return err
				} // else it is not what it was, and is left behind
			}
		}
		// Whose files are there is not known yet: what was chosen is carried out once more.
		if _, err := tx.ExecContext(ctx, `UPDATE choices SET done = 0`); err != nil {
			return err
		}
		// Some of it may not have been read: what is left gets numbers without gaps.
		if err := m.renumber(ctx, tx); err != nil {
			return err
		}
		return nil
	})
	if err == nil {
		err = allInFile(ctx, db)
	}
	return errors.Join(err, db.Close())
}

// allInFile moves a file's journal into it, so that the file can be moved alone.
func allInFile(ctx context.Context, db *sql.DB) error {
	done, err := truncate(ctx, db)
	if err == nil && !done {
		err = ErrDiskFull
	}
	return err
}

// buildMain makes or checks the tables of main.db.
func (m *Mirror) buildMain(ctx context.Context, db *sql.DB, fill func(tx *sql.Tx) error) error {
	err := build(ctx, db, mainAll(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO mirror (one, server, user, account, collaborator) VALUES (1, ?, ?, ?, ?)`,
			m.id.Server, m.id.User, m.id.Account, m.id.Collaborator)
		if err != nil {
			return err
		}
		return fill(tx)
	})
	if err == nil {
		_, err = db.ExecContext(ctx, incomingSchema+choicesSchema)
	}
	return classify(err)
}

// takeRebuilt puts a new main.db that is whole into the place of the old one, under the name that this has. A process may
// have been killed before it could.
func (m *Mirror) takeRebuilt(ctx context.Context, name string) error {
	place := filepath.Join(m.dir, name)
	path := filepath.Join(m.dir, rebuiltFile)
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	db := m.connect.handle(path, writing)
	found, err := versionOf(ctx, db)
	if err == nil && found > 0 { // an older version's is upgraded as any main.db
		err = allInFile(ctx, db)
	}
	db.Close()
	if errors.Is(err, ErrDiskFull) {
		return err
	}
	if err != nil || found == 0 {
		return unlink(path)
	}
	if err := unlink(place); err != nil {
		return fmt.Errorf("replace the local copy: %w", err)
	}
	if err := os.Rename(path, place); err != nil {
		return fmt.Errorf("replace the local copy: %w", err)
	}
	return unlink(path) // its journals
}

// adoptStrays keeps files of lists that a new main.db does not know yet: the server will tell of their lists, or else
// they go after the first walk.
func (m *Mirror) adoptStrays(ctx context.Context) error {
	var fresh bool
	err := m.main.QueryRowContext(ctx, `SELECT cursor = '' AND walk = 1 AND NOT EXISTS (SELECT 1 FROM buckets) FROM mirror`).Scan(&fresh)
	if err != nil || !fresh {
		return classify(err)
	}
	found, err := os.ReadDir(filepath.Join(m.dir, listFolder))
	if err != nil {
		return fmt.Errorf("look through the local copy: %w", err)
	}
	for _, entry := range found {
		path := filepath.Join(m.dir, listFolder, entry.Name())
		if !strings.HasSuffix(entry.Name(), ".db") || glance(path) != nil {
			continue
		}
		db := m.connect.handle(path, reading)
		var id, kind string
		found, err := versionOf(ctx, db)
		if err == nil && found > 0 { // an image that has not been checked has no mark
			err = db.QueryRowContext(ctx, `SELECT id, kind FROM bucket`).Scan(&id, &kind)
		}
		db.Close()
		if err != nil || id == "" {
			continue
		}
		_, err = m.main.ExecContext(ctx, `INSERT OR IGNORE INTO local_files (id, kind, file) VALUES (?, ?, ?)`, id, kind, listFolder+"/"+entry.Name())
		if err != nil {
			return fmt.Errorf("keep the file of a list: %w", classify(err))
		}
	}
	return nil
}
