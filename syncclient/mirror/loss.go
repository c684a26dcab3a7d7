package mirror

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Loss is a list, blacklist or campaign whose file was not what the mirror had made of it. Its rows are fetched again: it is
// behind from the moment that the loss is found.
type Loss struct {
	Bucket
	// Why is one of the errors below.
	Why error
}

// What is wrong with a file.
var (
	// ErrFileGone: it is not there, or empty, or another file is in its place.
	ErrFileGone = errors.New("its file was gone")
	// ErrFileDamaged: it is not what SQLite wrote.
	ErrFileDamaged = errors.New("its file was damaged")
	// ErrRowsMissing: it has fewer rows than the server told of, or more.
	ErrRowsMissing = errors.New("its file did not have all of its rows")
)

// Losses returns what was found lost since it was last called.
func (m *Mirror) Losses() []Loss {
	all := m.losses
	m.losses = nil
	return all
}

// Look finds out whether the mirror's files are still where they belong and begin as they should. Damage further
// inside is found when it is read or written, and missing rows when the mirror is opened. ErrRemoved where main.db is
// not there.
func (m *Mirror) Look(ctx context.Context) error {
	if now, err := os.Stat(m.mainPath()); err != nil || !os.SameFile(now, m.mainInfo) {
		return ErrRemoved
	}
	for _, l := range layouts() {
		named, err := m.named(ctx, l)
		if err != nil {
			return err
		}
		local, err := m.local(ctx, l)
		if err != nil {
			return err
		}
		for _, n := range append(named, local...) {
			why := glance(n.path)
			if f := m.files[n.bucket.ID]; f != nil {
				why = f.glance()
			}
			if why != nil {
				if err := m.lose(ctx, n.bucket, why); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// glance returns what can be seen to be wrong with a file from outside, without opening it: SQLite's locks on a file are
// the process's, and closing any other descriptor of the file would drop them. Then a program that opens and closes it
// would believe that it is the last one, and take the journal away.
func glance(path string) error {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return ErrFileGone
	}
	return nil
}

// glance returns what can be seen to be wrong with a file that is open: it must still be the one in its place, and begin
// as a database does.
func (f *rowsFile) glance() error {
	now, err := os.Stat(f.path)
	if err != nil || now.Size() == 0 || !os.SameFile(now, f.info) {
		return ErrFileGone
	}
	magic := []byte("SQLite format 3\x00")
	head := make([]byte, len(magic))
	if _, err := f.peek.ReadAt(head, 0); err != nil || !bytes.Equal(head, magic) {
		return ErrFileDamaged
	}
	return nil
}

// lose gives up the file of a bucket, which thereby is behind and begins anew in another file. Its edits that were not
// sent are saved, if they can be read.
func (m *Mirror) lose(ctx context.Context, b Bucket, why error) error {
	l, _ := layoutOf(b.Kind)
	saved := m.salvage(ctx, l, b)
	if err := m.numberItem(ctx, b, saved); err != nil {
		return err
	}
	err := transact(ctx, m.main, func(tx *sql.Tx) error {
		// They are sent from main.db, and come back with the server's rows.
		if err := m.writeDown(ctx, tx, saved); err != nil {
			return err
		}
		for _, statement := range []string{
			`INSERT OR IGNORE INTO doomed (file) SELECT file FROM ` + l.items + ` WHERE id = ? AND file IS NOT NULL`,
			`INSERT OR IGNORE INTO doomed (file) SELECT file FROM local_files WHERE id = ?`,
			`DELETE FROM local_files WHERE id = ?`,
			`UPDATE ` + l.items + ` SET file = NULL, complete = 0 WHERE id = ?`,
			`UPDATE buckets SET reached = '' WHERE id = ?`,
		} {
			if _, err := tx.ExecContext(ctx, statement, b.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("give up the file of a list: %w", err)
	}
	m.letGo(b.ID)
	m.losses = append(m.losses, Loss{b, why})
	return m.removeDoomed(ctx)
}

// numberItem numbers what waits in main.db before edits that were saved from the file of a list which the server does not
// know: its creation is to be sent before its rows.
func (m *Mirror) numberItem(ctx context.Context, b Bucket, saved []protocol.Mutation) error {
	told, err := m.told(ctx, b)
	if err != nil || told || len(saved) == 0 {
		return err
	}
	const most = 10_000 // new lists go first
	_, err = m.numberFrom(ctx, Bucket{}, most, protocol.BytesPerPush)
	return err
}

// loseDamaged passes on what went wrong with the file of a bucket. A file that is damaged is given up; that error is
// ErrStale, since the bucket stands at its beginning now.
func (m *Mirror) loseDamaged(ctx context.Context, b Bucket, err error) error {
	if !errors.Is(err, ErrDamaged) {
		return err
	}
	if err := m.lose(ctx, b, ErrFileDamaged); err != nil {
		return err
	}
	return ErrStale
}
