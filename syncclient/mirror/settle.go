package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// retry is after how long at least SettleDue tries again what a program that is reading, or a full disk, was in the
// way of.
const retry = 2 * time.Second

// debt is what is still to be erased from one file.
type debt struct {
	// bucket is whose file it is; without an ID it is main.db.
	bucket Bucket
	path   string
	// since is when it arose; zero for what an earlier process has left.
	since time.Time
	// again is when to try again.
	again time.Time
	// compact: rows were removed, so the file is to be written anew. Otherwise only its journal is to be emptied.
	compact bool
	// compacted: that was done, and once the journal is in place the file's own note of it goes.
	compacted bool
}

// due returns when it is time. A large file is written anew less often: so all of this takes a few hundredths of the
// time at most, whatever the size.
func (d *debt) due(after time.Duration) time.Time {
	if d.compact {
		after = max(after, time.Duration(fileSize(d.path)>>20)*time.Second)
	}
	if at := d.since.Add(after); !d.since.IsZero() && at.After(d.again) {
		return at
	}
	return d.again
}

// owe notes that a file holds what is to be erased.
func (m *Mirror) owe(b Bucket, path string, since time.Time, compact bool) {
	d := m.debts[b.ID]
	if d == nil {
		d = &debt{bucket: b, path: path, since: since}
		m.debts[b.ID] = d
	}
	d.compact = d.compact || compact
}

// Settle erases what removals have left in files and journals: doomed files are unlinked, files from which rows were
// removed are written anew, journals emptied. False means that a program is reading one of them, or that the disk has
// no room for it; call again later. It costs nothing where nothing is left to do.
func (m *Mirror) Settle(ctx context.Context) (bool, error) {
	return m.settle(ctx, func(*debt) bool { return true })
}

// SettleDue is Settle for what has waited long enough, so that many removals in a row are erased together: as long
// as said, and a second for each megabyte of the file where that is longer. It returns how long until it should be
// called again; 0 where nothing is left to do.
func (m *Mirror) SettleDue(ctx context.Context, after time.Duration) (time.Duration, error) {
	if _, err := m.settle(ctx, func(d *debt) bool { return !m.now().Before(d.due(after)) }); err != nil {
		return 0, err
	}
	var wait time.Duration
	if m.doomed {
		wait = retry
	}
	for _, d := range m.debts {
		left := max(d.due(after).Sub(m.now()), time.Millisecond)
		if wait == 0 || left < wait {
			wait = left
		}
	}
	return wait, nil
}

// settleSmall is Settle for what takes no time to speak of.
func (m *Mirror) settleSmall(ctx context.Context) error {
	_, err := m.settle(ctx, func(d *debt) bool { return !d.compact || fileSize(d.path) <= smallFile })
	return err
}

func (m *Mirror) settle(ctx context.Context, now func(*debt) bool) (bool, error) {
	if m.doomed {
		if err := m.removeDoomed(ctx); err != nil {
			return false, err
		}
	}
	for id, d := range m.debts {
		if !now(d) {
			continue
		}
		began := m.now()
		done, err := m.settleOne(ctx, d)
		if err != nil {
			return false, err
		}
		if done {
			delete(m.debts, id)
		}
		// What took long in vain is not tried again soon.
		d.again = m.now().Add(max(retry, 50*m.now().Sub(began)))
	}
	return len(m.debts) == 0 && !m.doomed, nil
}

func (m *Mirror) settleOne(ctx context.Context, d *debt) (bool, error) {
	if d.compact {
		m.unindexed[d.bucket.ID] = d.bucket // the index may be found damaged
	}
	if d.bucket.ID == "" {
		return d.settle(ctx, m.main, m.words, `UPDATE mirror SET removed = 0`)
	}
	f, err := m.file(ctx, d.bucket)
	if errors.Is(err, ErrGone) || err == nil && f.path != d.path {
		return true, nil // the file has gone, and all that was to be erased with it
	}
	if err != nil {
		return false, err
	}
	done, err := d.settle(ctx, f.db, f.words, `UPDATE bucket SET removed = 0`)
	if err = m.loseDamaged(ctx, d.bucket, err); errors.Is(err, ErrStale) {
		return true, nil
	}
	return done, err
}

// settle erases what is left in a file and its index. The file's own note of it goes last: until then, a process that is killed
// leaves it to the next.
func (d *debt) settle(ctx context.Context, db *sql.DB, words *wordIndex, clear string) (bool, error) {
	// This comes first also where more is to be done: beside a program that is reading, the journal would grow by the
	// whole file each time.
	done, err := truncate(ctx, db)
	if d.compact && done && err == nil {
		done, err = words.erase(ctx, db, d.path)
	}
	if d.compact && done && err == nil {
		if done, err = compact(ctx, db, d.path); done {
			d.compact, d.compacted = false, true
			done, err = truncate(ctx, db)
		}
	}
	if !d.compacted || !done || err != nil {
		return done, err
	}
	_, err = db.ExecContext(ctx, clear)
	return err == nil, passOver(classify(err), ErrDiskFull)
}

// passOver returns an error unless it is one that is no failure here.
func passOver(err, harmless error) error {
	if errors.Is(err, harmless) {
		return nil
	}
	return err
}

func (m *Mirror) mainPath() string { return filepath.Join(m.dir, mainFile) }

// letGo closes the files of buckets that have left the mirror.
func (m *Mirror) letGo(buckets ...string) {
	for _, id := range buckets {
		delete(m.debts, id)
		delete(m.ahead, id)
		delete(m.unindexed, id)
		if f := m.files[id]; f != nil {
			delete(m.files, id)
			// Its content is to vanish: the journal, which closing moves into the file, need not reach the disk.
			_, _ = f.db.Exec(`PRAGMA synchronous = OFF`)
			_ = f.shut()
		}
	}
}

// removeDoomed unlinks the files that are to be gone. One that cannot be removed now (where a program has it open on
// Windows) stays doomed for the next time.
func (m *Mirror) removeDoomed(ctx context.Context) error {
	doomed, err := column(ctx, m.main, `SELECT file FROM doomed`)
	if err != nil {
		return err
	}
	m.doomed = false
	for _, file := range doomed {
		path, ok := m.listPath(file)
		if ok && unlink(path) != nil {
			m.doomed = true
			continue
		}
		if _, err := m.main.ExecContext(ctx, `DELETE FROM doomed WHERE file = ?`, file); err != nil {
			return fmt.Errorf("finish a removal: %w", classify(err))
		}
	}
	return nil
}

// listPath returns the path of a file that main.db names; false where the name is not one of ours.
func (m *Mirror) listPath(file string) (string, bool) {
	name, ok := strings.CutPrefix(file, listFolder+"/")
	if !ok || name == "" || strings.ContainsAny(name, `/\`) || !strings.HasSuffix(name, ".db") && !strings.HasSuffix(name, partSuffix) {
		return "", false
	}
	return filepath.Join(m.dir, listFolder, name), true
}
