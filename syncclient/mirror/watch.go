package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// signature tells whether a database has been written since it was last looked at. What a program writes that is the
// last to close the file stands in the file, and there is no journal any more.
type signature struct {
	size, journal int64
	at, journalAt time.Time
}

// signatureOf looks at a database and its journal. An empty journal is none: opening the file makes one.
func signatureOf(path string) (signature, error) {
	// Asked of the files: what a folder says of a file that a program holds open may be old.
	info, err := os.Stat(path)
	if err != nil {
		return signature{}, err
	}
	s := signature{size: info.Size(), at: info.ModTime()}
	if journal, err := os.Stat(path + "-wal"); err == nil && journal.Size() > 0 {
		s.journal, s.journalAt = journal.Size(), journal.ModTime()
	}
	return s, nil
}

// settled reports whether a write that follows will show: it may come within the tick of the file system's clock.
func (s signature) settled() bool {
	return time.Since(s.at) >= time.Second && time.Since(s.journalAt) >= time.Second
}

// Edited reports whether a program has edited something, or decided or chosen something, that is to be dealt with. It looks at
// the files first, which costs a look into the folder, and into those outboxes alone whose file or journal has moved.
func (m *Mirror) Edited(ctx context.Context) (bool, error) {
	moved, err := m.moved()
	if err != nil {
		return false, err
	}
	found := len(m.barred) > 0 && !m.now().Before(m.barredUntil)
	for _, name := range moved {
		work, err := m.workIn(ctx, name)
		if err != nil {
			return false, err
		}
		found = found || work
	}
	return found, nil
}

// moved returns the databases, relative to the folder, that are other than when they were last looked at.
func (m *Mirror) moved() ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(m.dir, listFolder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // Look finds files that are gone
		return nil, fmt.Errorf("look through the local copy: %w", err)
	}
	all := []string{mainFile}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".db") {
			all = append(all, listFolder+"/"+entry.Name())
		}
	}
	var names []string
	there := make(map[string]bool, len(all))
	for _, name := range all {
		now, err := signatureOf(filepath.Join(m.dir, filepath.FromSlash(name)))
		if err != nil {
			continue
		}
		there[name] = true
		if m.seen[name] != now {
			names = append(names, name)
			m.saw(name, now)
		}
	}
	maps.DeleteFunc(m.seen, func(name string, _ signature) bool { return !there[name] })
	return names, nil
}

// saw remembers how a database was before somebody looked into it.
func (m *Mirror) saw(name string, was signature) {
	if delete(m.seen, name); was.settled() {
		m.seen[name] = was
	}
}

// workIn reports whether there is something to do for a database, and remembers files with edits.
func (m *Mirror) workIn(ctx context.Context, name string) (bool, error) {
	db := m.main
	var args []any
	query := `SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'open') OR EXISTS (SELECT 1 FROM choices WHERE done = 0 AND id NOT IN (SELECT value FROM json_each(?))) OR EXISTS (SELECT 1 FROM attention WHERE resolution IS NOT NULL AND failure = '')
		OR EXISTS (SELECT 1 FROM edits WHERE created = 1 AND deleted = 0 AND kind IN ('list', 'blacklist') AND id NOT IN (SELECT id FROM local_files
			UNION ALL SELECT id FROM server_contact_lists UNION ALL SELECT id FROM server_blacklists))`
	if name == mainFile {
		m.unindexed[""], args = Bucket{}, []any{asJSON(append([]string{}, m.barred...))}
	} else {
		b, found, err := m.bucketOf(ctx, name)
		if err != nil || !found {
			return false, err
		}
		f, err := m.file(ctx, b)
		if errors.Is(err, ErrGone) || errors.Is(err, ErrStale) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		m.unindexed[b.ID] = b
		var any bool
		if err := f.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM outbox)`).Scan(&any); err != nil {
			err = m.loseDamaged(ctx, b, classify(err))
			return errors.Is(err, ErrStale), passOver(err, ErrStale)
		}
		if !any {
			return false, nil
		}
		m.edited[b.ID] = b
		db, query = f.db, `SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'open')`
	}
	var work bool
	if err := db.QueryRowContext(ctx, query, args...).Scan(&work); err != nil {
		return false, fmt.Errorf("look for edits: %w", classify(err))
	}
	return work, nil
}

// bucketOf returns whose rows a file holds.
func (m *Mirror) bucketOf(ctx context.Context, file string) (Bucket, bool, error) {
	var b Bucket
	err := m.main.QueryRowContext(ctx, `
		SELECT id, 'contacts' FROM server_contact_lists WHERE file = ?1 UNION ALL SELECT id, 'entries' FROM server_blacklists WHERE file = ?1
		UNION ALL SELECT id, 'leads' FROM server_campaigns WHERE file = ?1 UNION ALL SELECT id, kind FROM local_files WHERE file = ?1`, file).
		Scan(&b.ID, &b.Kind)
	if errors.Is(err, sql.ErrNoRows) {
		return b, false, nil
	}
	if err != nil {
		return b, false, fmt.Errorf("find whose a file is: %w", classify(err))
	}
	return b, true, nil
}

// Prepare makes files for the lists and blacklists that were made here, so that programs can fill them, and deletes
// those of lists that were taken back before they were sent.
func (m *Mirror) Prepare(ctx context.Context) error {
	rows, err := m.main.QueryContext(ctx, `SELECT id, kind FROM edits WHERE created = 1 AND deleted = 0 AND kind IN ('list', 'blacklist')
		AND id NOT IN (SELECT id FROM local_files UNION ALL SELECT id FROM server_contact_lists UNION ALL SELECT id FROM server_blacklists)`)
	if err != nil {
		return fmt.Errorf("look for new lists: %w", classify(err))
	}
	var fresh []Bucket
	for rows.Next() {
		var b Bucket
		var kind protocol.Kind
		if err := rows.Scan(&b.ID, &kind); err != nil {
			rows.Close()
			return fmt.Errorf("look for new lists: %w", classify(err))
		}
		b.Kind = kind.Rows()
		fresh = append(fresh, b)
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return fmt.Errorf("look for new lists: %w", classify(err))
	}
	for _, b := range fresh {
		l, _ := layoutOf(b.Kind)
		m.letGo(b.ID)
		f, err := m.makeFile(ctx, l, b, true)
		if err != nil {
			return err
		}
		f.used = m.uses
		m.files[b.ID] = f
		m.makeRoom(ctx)
	}
	return m.dropLocalFiles(ctx)
}

// dropLocalFiles dooms the files of lists that are neither here nor there any more.
func (m *Mirror) dropLocalFiles(ctx context.Context) error {
	gone, err := column(ctx, m.main, `SELECT id FROM local_files WHERE id NOT IN (SELECT id FROM edits)
		AND id NOT IN (SELECT id FROM attention) AND id NOT IN (SELECT id FROM server_contact_lists)
		AND id NOT IN (SELECT id FROM server_blacklists) AND id NOT IN (SELECT id FROM server_campaigns)
		AND (SELECT walking FROM mirror) = 0`)
	if err != nil || len(gone) == 0 {
		return err
	}
	err = transact(ctx, m.main, func(tx *sql.Tx) error {
		for _, id := range gone {
			if err := m.forgetLocal(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("let go of the file of a list: %w", err)
	}
	m.letGo(gone...)
	return m.removeDoomed(ctx)
}
