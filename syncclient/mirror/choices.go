package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Which lists, blacklists and leads of campaigns are kept here is the person's to choose; all are, unless they say
// otherwise. Whoever keeps the mirror carries it out: until then a bucket is here, or is not, as before. Of one that is
// not kept, main.db knows how it stands on the server and takes that for reached: nothing is behind.

// notKept is the ids of the buckets that are not kept, as it was carried out.
const notKept = `(SELECT id FROM choices WHERE kept = 0 AND done = 1)`

// withChoices is the first version of a mirror that has them.
const withChoices = 3

// Chosen is what came of a choice.
type Chosen struct {
	Bucket
	// Kept: its rows are fetched again, or stay, since some of them need a person's eye. Otherwise they are gone from here.
	Kept bool
	// Waits: nothing has changed, and it is still to be done: it stays until edits of its rows have been sent, or something
	// was in the way.
	Waits bool
}

// chooseAgain is after how long it is tried again to carry out what a program that is writing, or a full disk, was in the
// way of.
const chooseAgain = 10 * time.Second

// CarryOut does what the person has chosen since: what is not to be kept goes with its file, and what is to be kept again
// is behind. Rows with edits that have not been sent stay until they are. Where some need a person's eye, the choice is
// taken back, and the bucket is kept. It does not wait for a program that is writing into the file of one: that one waits, as
// on a full disk, Edited says when it is time to call this again, and the others are carried out. What it returns names all
// that was to be done, but for those of which somebody thought better meanwhile.
func (m *Mirror) CarryOut(ctx context.Context) ([]Chosen, error) {
	open, err := m.chosen(ctx)
	if err != nil {
		return nil, err
	}
	var done []Chosen
	m.barred = nil
	for _, c := range open {
		carry := m.drop
		if c.Kept {
			carry = m.keep
		}
		came, err := carry(ctx, c)
		if errors.Is(err, ErrBusy) || errors.Is(err, ErrDiskFull) {
			m.barred, m.barredUntil = append(m.barred, c.ID), m.now().Add(chooseAgain)
			c.Waits = true
			came, err = []Chosen{c}, nil
		}
		if err != nil {
			return done, fmt.Errorf("carry out which lists are kept: %w", err)
		}
		done = append(done, came...)
	}
	return done, nil
}

// chosen returns what is to be carried out.
func (m *Mirror) chosen(ctx context.Context) ([]Chosen, error) {
	rows, err := m.main.QueryContext(ctx, `SELECT c.id, c.kept, coalesce(b.kind, (SELECT kind FROM local_files f WHERE f.id = c.id), ''),
			coalesce((SELECT name FROM server_contact_lists WHERE id = c.id), (SELECT name FROM server_blacklists WHERE id = c.id),
				(SELECT name FROM server_campaigns WHERE id = c.id), '')
		FROM choices c LEFT JOIN buckets b ON b.id = c.id WHERE c.done = 0 ORDER BY c.at, c.id`)
	if err != nil {
		return nil, fmt.Errorf("read which lists are kept: %w", classify(err))
	}
	defer rows.Close()
	var all []Chosen
	for rows.Next() {
		var c Chosen
		if err := rows.Scan(&c.ID, &c.Kept, &c.Kind, &c.Name); err != nil {
			return nil, fmt.Errorf("read which lists are kept: %w", classify(err))
		}
		all = append(all, c)
	}
	return all, classify(rows.Err())
}

// keep makes a bucket one that is kept: it is behind, whatever is here of it. Its file is made with its first rows.
func (m *Mirror) keep(ctx context.Context, c Chosen) ([]Chosen, error) {
	if err := m.reopen(ctx, c.Bucket); err != nil {
		return nil, err
	}
	return []Chosen{c}, transact(ctx, m.main, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE buckets SET reached = '' WHERE id = ?`, c.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM choices WHERE id = ? AND kept = 1`, c.ID); err != nil {
			return err
		}
		if l, known := layoutOf(c.Kind); known {
			return (&writer{ctx: ctx, tx: tx}).compare(l, c.ID)
		}
		return nil
	})
}

// drop lets go of a bucket's file, with what has come of its image, unless that has to wait or is to be taken back.
func (m *Mirror) drop(ctx context.Context, c Chosen) ([]Chosen, error) {
	b := c.Bucket
	unsent, undecided, err := unsettled(ctx, m.main, b.ID)
	if err != nil {
		return nil, err
	}
	if undecided {
		if err := m.reopen(ctx, b); err != nil { // the choice is there still: it is taken back once that can be done
			return nil, err
		}
		_, err := m.main.ExecContext(ctx, `DELETE FROM choices WHERE id = ? AND kept = 0 AND done = 0`, b.ID)
		return []Chosen{{Bucket: b, Kept: true}}, classify(err)
	}
	if !unsent {
		closed, err := m.closeFile(ctx, b)
		if err != nil {
			return nil, err
		}
		unsent = !closed
	}
	if unsent {
		return []Chosen{{Bucket: b, Waits: true}}, nil
	}
	var carried bool
	err = m.needed(ctx, func() error {
		return transact(ctx, m.main, func(tx *sql.Tx) error {
			n, err := affected(tx.ExecContext(ctx, `UPDATE choices SET done = 1 WHERE id = ? AND kept = 0`, b.ID))
			if carried = n > 0; err != nil || !carried { // they have thought better of it
				return err
			}
			return dropRows(ctx, tx, b)
		})
	})
	if err != nil || !carried {
		return nil, err
	}
	m.letGo(b.ID)
	delete(m.edited, b.ID)
	return []Chosen{c}, m.removeDoomed(ctx)
}

// dropRows dooms all files of a bucket, which then is where the server says that it is.
func dropRows(ctx context.Context, tx *sql.Tx, b Bucket) error {
	statements := []string{
		`INSERT OR IGNORE INTO doomed (file) SELECT file FROM local_files WHERE id = ?`,
		`DELETE FROM local_files WHERE id = ?`,
		`UPDATE buckets SET reached = state WHERE id = ?`,
	}
	if l, known := layoutOf(b.Kind); known {
		statements = append(statements,
			`INSERT OR IGNORE INTO doomed (file) SELECT file FROM `+l.items+` WHERE id = ? AND file IS NOT NULL`,
			`UPDATE `+l.items+` SET file = NULL, complete = 0 WHERE id = ?`)
	}
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement, b.ID); err != nil {
			return err
		}
	}
	_, err := doomIncoming(ctx, tx, b.ID)
	return err
}

// closeFile has the file of a bucket take no edits any more, so that none is lost with it: a program may have it open.
// False where it has edits that have not been sent.
func (m *Mirror) closeFile(ctx context.Context, b Bucket) (bool, error) {
	f, err := m.fileThere(ctx, b)
	if err != nil || f == nil {
		return err == nil, err
	}
	empty := false
	err = transact(ctx, f.db, func(tx *sql.Tx) error {
		unsent, err := hasUnsent(ctx, tx)
		if empty = err == nil && !unsent; !empty {
			return err
		}
		_, err = tx.ExecContext(ctx, `CREATE TRIGGER IF NOT EXISTS outbox_closed BEFORE INSERT ON outbox BEGIN
			SELECT RAISE(ABORT, 'this list is not kept on this computer any more');
		END`)
		return err
	})
	if err = m.loseDamaged(ctx, b, err); errors.Is(err, ErrStale) { // what could be saved of it is in main.db now
		return false, nil
	}
	return empty, err
}

// reopen has the file of a bucket take edits again, if there is one.
func (m *Mirror) reopen(ctx context.Context, b Bucket) error {
	f, err := m.fileThere(ctx, b)
	if err != nil || f == nil {
		return err
	}
	_, err = f.db.ExecContext(ctx, reopenOutbox)
	return passOver(m.loseDamaged(ctx, b, classify(err)), ErrStale)
}

const reopenOutbox = `DROP TRIGGER IF EXISTS outbox_closed`

// fileThere returns the open file of a bucket, nil where it has none; ErrBusy where a program is writing into it.
func (m *Mirror) fileThere(ctx context.Context, b Bucket) (*rowsFile, error) {
	l, known := layoutOf(b.Kind)
	if !known {
		return nil, nil
	}
	name, err := m.fileName(ctx, l, &b)
	if err != nil || name == "" {
		return nil, passOver(err, ErrGone)
	}
	if path, ok := m.listPath(name); ok && m.written(ctx, b, path) {
		return nil, ErrBusy
	}
	f, err := m.file(ctx, b)
	return f, passOver(passOver(err, ErrGone), ErrStale)
}

// written reports whether another program is writing into the file of a bucket, without waiting for it.
func (m *Mirror) written(ctx context.Context, b Bucket, path string) bool {
	if glance(path) != nil {
		return false
	}
	var db *sql.DB
	if f := m.files[b.ID]; f != nil {
		db = f.db
	} else {
		db = m.connect.handle(path, writing)
		defer db.Close()
	}
	err := impatient(ctx, db, func(conn *sql.Conn) error {
		tx, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		return tx.Rollback()
	})
	return errors.Is(classify(err), ErrBusy)
}

// settleChoices takes out choices about what the person does not see, at the end of a walk: all that they see has been
// named by then.
func (w *writer) settleChoices() error {
	_, err := w.exec(`DELETE FROM choices WHERE id NOT IN (SELECT id FROM buckets)`)
	return err
}

// stand has a bucket that is not kept be where the server says that it is.
func (w *writer) stand(b *protocol.Bucket, id string) error {
	_, err := w.exec(`UPDATE buckets SET reached = ?1 WHERE id = ?2 AND id IN `+notKept, b.State, id)
	return err
}

// notKeptIn returns the ids of what is not to be kept, of one alone where it is named.
func notKeptIn(ctx context.Context, db asker, one string) ([]string, error) {
	return column(ctx, db, `SELECT id FROM choices WHERE kept = 0 AND ?1 IN ('', id)`, one)
}
