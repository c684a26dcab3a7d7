package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// rowsFile is the open file of one bucket's rows.
type rowsFile struct {
	layout
	path string
	info os.FileInfo // as it was opened
	// peek is for a look into the file from outside of SQLite. It stays open as long as SQLite has the file (glance).
	peek    *os.File
	db      *sql.DB
	columns string    // that upsert was prepared for
	upsert  *sql.Stmt // nil until the first page
	// finished: the index for programs and the triggers of the full-text index are there.
	finished bool
	words    *wordIndex
	used     int64 // number of its latest use; see makeRoom
}

// openRows opens the file of a bucket, made or checked.
func (m *Mirror) openRows(ctx context.Context, l layout, path, id string) (*rowsFile, error) {
	peek, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the file of a list: %w", err)
	}
	f := &rowsFile{layout: l, path: path, peek: peek, db: m.connect.handle(path, writing), words: rowWords(l)}
	err = build(ctx, f.db, l.all(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO bucket (one, id, kind) VALUES (1, ?, ?)`, id, l.kind)
		return err
	})
	if err == nil {
		var found string
		err = f.db.QueryRowContext(ctx, `SELECT id FROM bucket WHERE kind = ?`, l.kind).Scan(&found)
		if err == nil && found != id {
			err = ErrForeign
		}
	}
	if err == nil {
		f.info, err = os.Stat(path)
	}
	if err != nil {
		_ = f.shut()
		return nil, fmt.Errorf("open the file of a list: %w", classify(err))
	}
	return f, nil
}

// shut closes the file as it is: SQLite's hold on it first. It is safe to call twice.
func (f *rowsFile) shut() error {
	return errors.Join(f.db.Close(), passOver(f.peek.Close(), os.ErrClosed))
}

func (f *rowsFile) position(ctx context.Context, db queryer) (Position, error) {
	var p Position
	err := db.QueryRowContext(ctx, `SELECT cursor, walking, walk FROM bucket`).Scan(&p.Cursor, &p.Walking, &p.Walk)
	if err != nil {
		return p, fmt.Errorf("read where a list stands: %w", classify(err))
	}
	return p, nil
}

// apply writes a page. The rows go from the network's bytes to the database without being decoded here; what is not
// a row of the table's types is refused by the table, and the whole page with it.
func (f *rowsFile) apply(ctx context.Context, page *protocol.RowPage, after string) (RowsApplied, error) {
	var done RowsApplied
	if err := f.prepare(ctx, page.Columns); err != nil {
		return done, classify(err)
	}
	err := transact(ctx, f.db, func(tx *sql.Tx) error {
		at, err := f.position(ctx, tx)
		if err != nil {
			return err
		}
		if at.Cursor != after {
			return ErrStale
		}
		done = RowsApplied{Walking: at.Walking && page.More, Total: page.Rows}
		rows, err := f.tally(ctx, tx, at, page)
		if err != nil {
			return err
		}
		if done.Changed, err = affected(tx.StmtContext(ctx, f.upsert).ExecContext(ctx, page.Upserts, at.Walk)); err != nil {
			return err
		}
		if done.Changed != page.Count {
			return fmt.Errorf("a page of %d rows brought %d", page.Count, done.Changed)
		}
		if len(page.Removed) > len("[]") {
			done.Removed, err = affected(tx.ExecContext(ctx,
				fmt.Sprintf(`DELETE FROM %s WHERE id IN (SELECT value FROM json_each(CAST(? AS TEXT)))`, f.table), page.Removed))
			if err != nil {
				return err
			}
		}
		if at.Walking && at.Walk > 1 && !page.More {
			swept, err := affected(tx.ExecContext(ctx, fmt.Sprintf(`DELETE FROM %s WHERE walk <> ?`, f.table), at.Walk))
			if err != nil {
				return err
			}
			done.Removed += swept
		}
		digest, err := rows.written(ctx, tx, page)
		if err != nil {
			return err
		}
		done.Diverged = !page.More && page.Digest != "" && digest != page.Digest
		if !page.More && !done.Diverged {
			done.Reached = page.State
		}
		return tx.QueryRowContext(ctx, `UPDATE bucket SET cursor = ?, state = ?, walking = ?, walked = walked + ?, rows = ?, removed = removed + ?,
			digest = ? RETURNING walked`,
			page.Next, done.Reached, done.Walking, page.Count, page.Rows, done.Removed, digest).Scan(&done.Done)
	})
	return done, err
}

// prepare makes the statement that takes a page's rows from JSON, for the columns in the order of the page.
func (f *rowsFile) prepare(ctx context.Context, columns []string) error {
	key := strings.Join(columns, ",")
	if f.upsert != nil && f.columns == key {
		return nil
	}
	var names, values, set []string
	for _, name := range protocol.Columns(f.kind) {
		for i, c := range columns {
			if c == name {
				names, values = append(names, name), append(values, fmt.Sprintf("value ->> %d", i))
				break
			}
		}
		if name != "id" {
			set = append(set, fmt.Sprintf("%[1]s = excluded.%[1]s", name))
		}
	}
	statement, err := f.db.PrepareContext(ctx, fmt.Sprintf(
		`INSERT INTO %s (%s, walk) SELECT %s, ?2 FROM jsonb_each(CAST(?1 AS TEXT)) WHERE true
		ON CONFLICT (id) DO UPDATE SET %s, walk = excluded.walk`,
		f.table, strings.Join(names, ", "), strings.Join(values, ", "), strings.Join(set, ", ")))
	if err != nil {
		return err
	}
	if f.upsert != nil {
		f.upsert.Close()
	}
	f.columns, f.upsert = key, statement
	return nil
}

// finish makes the index for programs, which waits for the first walk's end where it can: built from what is there,
// it costs a third; and from then on what is to be searched is noted.
func (f *rowsFile) finish(ctx context.Context) error {
	if f.finished {
		return nil
	}
	noting, err := f.noting(ctx, f.db)
	if err == nil && !noting {
		err = transact(ctx, f.db, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, f.index+";"+noteRows(f.layout))
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("index a list: %w", classify(err))
	}
	f.finished = true
	return nil
}

// noting reports whether what is to be searched is noted: since the first fill was complete.
func (f *rowsFile) noting(ctx context.Context, db queryer) (noting bool, err error) {
	err = db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND name = ?)`, f.table+"_went").Scan(&noting)
	return noting, err
}

// close moves the journal into the file, so that what main.db says of it holds even after a power cut.
func (f *rowsFile) close(ctx context.Context) error {
	var busy, frames, moved int
	err := f.db.QueryRowContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`).Scan(&busy, &frames, &moved)
	if cerr := f.shut(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("close the file of %s: %w", filepath.Base(f.path), classify(err))
	}
	return nil
}

func affected(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}
