package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"time"
)

// How many rows, and items, are indexed in one transaction, and how many bytes of text unless one alone has more: some
// hundredths of a second's work.
const (
	rowsAtOnce  = 2000
	itemsAtOnce = 50
	bytesAtOnce = 1 << 20
)

// erasedAtOnce is of how many rows at most erase takes out what they said before they were changed.
const erasedAtOnce = 10_000

// bytesIndexed is what a row takes in the index at most, as far as a plan needs to know.
const bytesIndexed = 1000

// Index brings the full-text indexes up to date, a batch a transaction, until the time is over or nothing is left to do,
// which it reports. What has come or was changed is noted in each file, so that it goes on wherever a process was
// killed; what other programs wrote is seen by Edited. It leaves for later what a program, or a full disk, is in the way of.
func (m *Mirror) Index(ctx context.Context, most time.Duration) (more bool, err error) {
	if m.locked || m.now().Before(m.indexAgain) {
		return false, nil
	}
	until := time.Now().Add(most)
	for id, b := range m.unindexed {
		for {
			left, err := m.indexSome(ctx, b)
			if errors.Is(err, ErrBusy) || errors.Is(err, ErrDiskFull) {
				m.indexAgain = m.now().Add(retry)
				return false, nil
			}
			if err != nil {
				return false, err
			}
			if !left {
				delete(m.unindexed, id)
				break
			}
			if !time.Now().Before(until) {
				return true, nil
			}
		}
	}
	return false, nil
}

// indexSome indexes a batch of a file. True: there is more.
func (m *Mirror) indexSome(ctx context.Context, b Bucket) (bool, error) {
	if b.ID == "" {
		left, err := batch(ctx, m.main, indexItems)
		return m.words.mend(ctx, m.main, left, err)
	}
	l, _ := layoutOf(b.Kind)
	name, err := m.fileName(ctx, l, &b)
	if err == nil && name == "" {
		return false, nil // it was lost, or is still to come as an image
	}
	var f *rowsFile
	if err == nil {
		f, err = m.file(ctx, b)
	}
	if errors.Is(err, ErrGone) || errors.Is(err, ErrStale) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := f.roomToIndex(ctx); err != nil {
		return false, err
	}
	left, err := batch(ctx, f.db, f.indexRows)
	left, err = f.words.mend(ctx, f.db, left, err)
	err = m.loseDamaged(ctx, b, err)
	return left, passOver(err, ErrStale)
}

// batch runs work in one transaction, without waiting long for a program that is writing.
func batch(ctx context.Context, db *sql.DB, work func(ctx context.Context, tx *sql.Tx) (bool, error)) (left bool, err error) {
	err = impatient(ctx, db, func(conn *sql.Conn) error {
		tx, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if left, err = work(ctx, tx); err != nil {
			_ = tx.Rollback()
			return err
		}
		return tx.Commit()
	})
	if err != nil {
		return false, fmt.Errorf("bring the index up to date: %w", classify(err))
	}
	return left, nil
}

// roomToIndex returns ErrDiskFull where the disk has no room for the index of what waits.
func (f *rowsFile) roomToIndex(ctx context.Context) error {
	free, err := freeSpace(filepath.Dir(f.path))
	if err != nil || free > 1<<30 {
		return nil
	}
	var waiting int64
	if err := f.db.QueryRowContext(ctx, `SELECT waiting FROM searchable`).Scan(&waiting); err != nil {
		return fmt.Errorf("bring the index up to date: %w", classify(err))
	}
	if free < waiting*bytesIndexed+ballastSize {
		return ErrDiskFull
	}
	return nil
}

// indexRows indexes rows that were noted, or else the next of those that have never been.
func (f *rowsFile) indexRows(ctx context.Context, tx *sql.Tx) (bool, error) {
	noting, err := f.noting(ctx, tx)
	if err != nil || !noting { // the first fill is under way
		return false, err
	}
	bytes := rowBytes(f.kind)
	all, err := pairs(ctx, tx, fmt.Sprintf(`SELECT u.id, coalesce((SELECT %s FROM %s r WHERE r.id = u.id), 0) FROM unindexed u LIMIT ?`,
		bytes, rowView(f.layout).name), rowsAtOnce)
	if err != nil {
		return false, err
	}
	ids := fitting(all)
	var whole bool
	var upto string
	if err := tx.QueryRowContext(ctx, `SELECT index_whole, index_upto FROM bucket`).Scan(&whole, &upto); err != nil {
		return false, err
	}
	if len(ids) == 0 && whole {
		return false, nil
	}
	if len(ids) == 0 {
		all, err = pairs(ctx, tx, fmt.Sprintf(`SELECT r.id, %s FROM %s r WHERE r.id > ? ORDER BY r.id LIMIT ?`, bytes, f.table), upto, rowsAtOnce)
		if err != nil {
			return false, err
		}
		ids, upto = fitting(all), ""
		if whole = len(all) < rowsAtOnce && len(ids) == len(all); !whole {
			upto = ids[len(ids)-1]
		}
		if _, err := tx.ExecContext(ctx, `UPDATE bucket SET index_upto = ?, index_whole = ?`, upto, whole); err != nil {
			return false, err
		}
	}
	some := asJSON(ids)
	last, err := unindex(ctx, tx, some)
	if err != nil {
		return false, err
	}
	for _, statement := range []string{
		fmt.Sprintf(`INSERT INTO indexed (id, text) SELECT r.id, %s FROM %s r WHERE r.id IN (SELECT value FROM json_each(?))`,
			rowText(f.kind), rowView(f.layout).name),
		`DELETE FROM unindexed WHERE id IN (SELECT value FROM json_each(?))`,
	} {
		if _, err := tx.ExecContext(ctx, statement, some); err != nil {
			return false, err
		}
	}
	return true, enter(ctx, tx, last)
}

// fitting returns the ids of those that are indexed at once, of some with how many bytes each has: one at least, if there is
// any.
func fitting(sized [][2]string) (ids []string) {
	sum := 0
	for _, one := range sized {
		bytes, _ := strconv.Atoi(one[1])
		if sum += bytes; sum > bytesAtOnce && len(ids) > 0 {
			break
		}
		ids = append(ids, one[0])
	}
	return ids
}

// unindex takes rows out of the index, and returns the greatest number that is still taken.
func unindex(ctx context.Context, tx *sql.Tx, some string) (last int64, err error) {
	for _, statement := range []string{
		`DELETE FROM search WHERE docid IN (SELECT docid FROM indexed WHERE id IN (SELECT value FROM json_each(?)))`,
		`DELETE FROM indexed WHERE id IN (SELECT value FROM json_each(?))`,
	} {
		if _, err := tx.ExecContext(ctx, statement, some); err != nil {
			return 0, err
		}
	}
	err = tx.QueryRowContext(ctx, `SELECT coalesce(max(docid), 0) FROM indexed`).Scan(&last)
	return last, err
}

// enter indexes the texts that have a greater number than the given one.
func enter(ctx context.Context, tx *sql.Tx, last int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO search (docid, text) SELECT docid, text FROM indexed WHERE docid > ?`, last)
	return err
}

// wordIndex is what there is to know of the full-text index of one file.
type wordIndex struct {
	// here is the SQL of the ids of all that is to be in it.
	here string
	// tables is the SQL that makes it, and again the one by which all is indexed again.
	tables, again string
	// forget is the SQL that names no row any more that is not there.
	forget string
	// mended: it was damaged, and was made anew.
	mended bool
}

func itemWords() *wordIndex {
	return &wordIndex{here: allItems, tables: itemIndex(), again: noteAllItems}
}

func rowWords(l layout) *wordIndex {
	return &wordIndex{
		here: "SELECT id FROM " + rowView(l).name, tables: rowIndex(l), again: `UPDATE bucket SET index_upto = '', index_whole = 0; ` + noteEdited,
		forget: fmt.Sprintf(`UPDATE bucket SET index_upto = coalesce((SELECT max(id) FROM %s WHERE id <= index_upto), '') WHERE index_whole = 0;`, l.table),
	}
}

// mend passes on what came of work on the index. Where that found damage, the index is made anew, once: it may be no more
// than the index that is damaged.
func (w *wordIndex) mend(ctx context.Context, db *sql.DB, done bool, err error) (bool, error) {
	if !errors.Is(err, ErrDamaged) || w.mended {
		return done, err
	}
	w.mended = true
	err = transact(ctx, db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DROP TABLE search; DROP VIEW searchable; DROP TABLE indexed; DROP TABLE unindexed;`+w.tables+w.again)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("make the index anew: %w", err)
	}
	return true, nil
}

// erase takes out of the index what is not there any more, and what rows said before they were changed, as far as that is
// no great work, and writes the index anew: SQLite keeps the words of a row that went beside a note that it did. False means
// that the disk has no room for it, or that another program is in the way.
func (w *wordIndex) erase(ctx context.Context, db *sql.DB, path string) (bool, error) {
	if free, err := freeSpace(filepath.Dir(path)); err == nil && free < 2*fileSize(path) {
		return false, nil
	}
	_, err := batch(ctx, db, func(ctx context.Context, tx *sql.Tx) (bool, error) {
		gone, err := column(ctx, tx, fmt.Sprintf(`SELECT id FROM unindexed u WHERE NOT EXISTS (SELECT 1 FROM (%s) h WHERE h.id = u.id)`, w.here))
		if err != nil {
			return false, err
		}
		waiting, err := column(ctx, tx, `SELECT id FROM unindexed LIMIT ?`, erasedAtOnce)
		if err != nil {
			return false, err
		}
		if _, err := unindex(ctx, tx, asJSON(append(waiting, gone...))); err != nil {
			return false, err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM unindexed WHERE id IN (SELECT value FROM json_each(?))`, asJSON(gone)); err != nil {
			return false, err
		}
		_, err = tx.ExecContext(ctx, w.forget+`INSERT INTO search (search) VALUES ('optimize')`)
		return false, err
	})
	if errors.Is(err, ErrDiskFull) || errors.Is(err, ErrBusy) {
		return false, nil
	}
	return w.mend(ctx, db, err == nil, err)
}
