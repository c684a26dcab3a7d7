package mirror

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// What a row and its place in the index take on disk at most, as far as a plan needs to know, and how large an index
// may become in memory while it is built.
const (
	bytesPerRow   = 400
	bytesPerEntry = 100
	mostInMemory  = 100 << 20
)

// file returns the open file of a bucket. It is made where there is none, and made anew where it is lost. ErrGone where
// the item is not in the mirror.
func (m *Mirror) file(ctx context.Context, b Bucket) (*rowsFile, error) {
	m.uses++
	if f := m.files[b.ID]; f != nil {
		f.used = m.uses
		return f, nil
	}
	l, known := layoutOf(b.Kind)
	if !known {
		return nil, fmt.Errorf("rows of the unknown kind %q", b.Kind)
	}
	name, err := m.fileName(ctx, l, &b)
	if err != nil {
		return nil, err
	}
	m.makeRoom(ctx)
	var f *rowsFile
	if name != "" {
		if f, err = m.openNamed(ctx, l, name, b); err != nil {
			return nil, err
		}
	}
	if f == nil {
		if _, err := m.fileName(ctx, l, &b); err != nil { // that of a list made here was lost: Prepare makes it anew
			return nil, err
		}
		f, err = m.makeFile(ctx, l, b, false)
	}
	if err != nil {
		return nil, err
	}
	f.used = m.uses
	m.files[b.ID] = f
	return f, nil
}

// fileName returns which file a bucket has, empty for none. ErrGone where there is no such item, or its rows are not kept.
func (m *Mirror) fileName(ctx context.Context, l layout, b *Bucket) (string, error) {
	var itemName, server, here sql.NullString
	var notHere bool
	err := m.main.QueryRowContext(ctx, fmt.Sprintf(`SELECT (SELECT name FROM %[1]s WHERE id = ?1), (SELECT file FROM %[1]s WHERE id = ?1),
		(SELECT file FROM local_files WHERE id = ?1), ?1 IN `+notKept, l.items), b.ID).Scan(&itemName, &server, &here, &notHere)
	if err != nil {
		return "", fmt.Errorf("find the file of a list: %w", classify(err))
	}
	if notHere || !itemName.Valid && !here.Valid {
		return "", ErrGone
	}
	b.Name = itemName.String
	if server.Valid {
		return server.String, nil
	}
	return here.String, nil
}

// openNamed opens the file that main.db names for a bucket; nil where it was lost.
func (m *Mirror) openNamed(ctx context.Context, l layout, name string, b Bucket) (*rowsFile, error) {
	path, ok := m.listPath(name)
	if !ok {
		return nil, m.lose(ctx, b, ErrFileGone)
	}
	if why := glance(path); why != nil {
		return nil, m.lose(ctx, b, why)
	}
	f, err := m.openRows(ctx, l, path, b.ID)
	if err == nil {
		// A process that was about to let go of it was killed; whoever does so closes it again.
		if _, err = f.db.ExecContext(ctx, reopenOutbox); err != nil {
			_ = f.shut()
			err = classify(err)
		}
	}
	if err = m.loseDamaged(ctx, b, whole(err)); err != nil {
		return nil, passOver(err, ErrStale)
	}
	return f, nil
}

// makeFile makes the file of a bucket and then names it in main.db: killed in between, it is a stray. A local one is of
// an item that the server does not know yet.
func (m *Mirror) makeFile(ctx context.Context, l layout, b Bucket, local bool) (*rowsFile, error) {
	name, path, err := m.newFile(".db")
	if err == nil {
		err = touch(path)
	}
	if err != nil {
		return nil, fmt.Errorf("make the file of a list: %w", err)
	}
	f, err := m.openRows(ctx, l, path, b.ID)
	if err != nil {
		_ = unlink(path) // else each try on a full disk would leave one more
		return nil, err
	}
	switch {
	case local:
		err = f.finish(ctx)
	case !m.indexLater(b.Rows):
		_, err = f.db.ExecContext(ctx, f.index)
		err = classify(err)
	}
	if err == nil {
		err = transact(ctx, m.main, func(tx *sql.Tx) error {
			if local {
				_, err := tx.ExecContext(ctx, `INSERT INTO local_files (id, kind, file) VALUES (?, ?, ?)`, b.ID, b.Kind, listFolder+"/"+name)
				return err
			}
			return nameFile(ctx, tx, l, b.ID, name)
		})
	}
	if err != nil {
		_ = errors.Join(f.shut(), unlink(path))
		return nil, fmt.Errorf("name the file of a list: %w", err)
	}
	m.doomed = m.doomed || !local // what has come of an image, if anything
	return f, nil
}

// nameFile names the new file of a bucket in main.db, and dooms what has come of an image that it no longer waits for.
func nameFile(ctx context.Context, tx *sql.Tx, l layout, id, name string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE buckets SET reached = '' WHERE id = ?`, id); err != nil {
		return err
	}
	if _, err := doomIncoming(ctx, tx, id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf(`UPDATE %s SET file = ?, complete = 0 WHERE id = ?`, l.items), listFolder+"/"+name, id)
	return err
}

// newFile returns the name of a new file in the folder of lists, and its path.
func (m *Mirror) newFile(suffix string) (name, path string, err error) {
	name = strings.ToLower(rand.Text()) + suffix
	path = filepath.Join(m.dir, listFolder, name)
	return name, path, os.MkdirAll(filepath.Dir(path), 0o700)
}

// indexLater says whether the index of a new file should wait for its rows: where memory and disk have room for
// building it at once.
func (m *Mirror) indexLater(rows int64) bool {
	if rows*bytesPerEntry > mostInMemory {
		return false
	}
	free, err := m.free(m.dir)
	return err != nil || free > rows*bytesPerRow*3/2
}

// makeRoom closes the file that was used least lately where too many are open. What is wrong with that one is no failure
// of the one that is wanted, and shows when it is used again.
func (m *Mirror) makeRoom(ctx context.Context) {
	if len(m.files) < keptOpen {
		return
	}
	oldest := ""
	for id, f := range m.files {
		if oldest == "" || f.used < m.files[oldest].used {
			oldest = id
		}
	}
	f := m.files[oldest]
	delete(m.files, oldest)
	_ = f.close(ctx)
}
