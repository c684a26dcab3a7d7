package mirror

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Names inside a locked mirror's folder. No program looks for these.
const (
	lockedMain = "main.locked"
	lockedList = "lists.locked"
)

// apart is how far apart two looks must be that find the lease over before the mirror is erased. A clock that jumps
// ahead, or a computer that wakes, is so given time to reach the server.
const apart = time.Hour

// Lease is what the account's settings say of a mirror whose server has not answered for long.
type Lease int

const (
	// Running: the server has answered lately, or no limit is set.
	Running Lease = iota
	// Lapsed: the mirror is to be locked (Lock).
	Lapsed
	// Over: the mirror is to be erased (Mirror.Erase).
	Over
)

// Lease says how the lease stands; call it when the server has been tried in vain. Time counts from the server's last
// good answer to the latest moment that the clock has shown since: setting it back gains nothing. That the lease is
// over is said only when it was found so before, an hour ago by the clock that cannot be set, or by the other one
// where that was in another process.
func (m *Mirror) Lease(ctx context.Context) (Lease, error) {
	var lease Lease
	err := transact(ctx, m.main, func(tx *sql.Tx) error {
		var contact, lock, erase int64
		err := tx.QueryRowContext(ctx, `SELECT coalesce(contact_at, 0), desktop_lock_days, desktop_erase_days FROM mirror, account`).
			Scan(&contact, &lock, &erase)
		if errors.Is(err, sql.ErrNoRows) || err == nil && contact == 0 {
			return nil // nothing has come yet
		}
		if err != nil {
			return err
		}
		var of, latest, found int64
		err = tx.QueryRowContext(ctx, `SELECT contact_at, latest_at, over_at FROM lease`).Scan(&of, &latest, &found)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if of != contact { // the server has answered since
			latest, found = contact, 0
			m.overSince = nil
		}
		latest = max(latest, micros(m.now()))
		past := func(days int64) bool { return days > 0 && latest-contact >= days*24*time.Hour.Microseconds() }
		if past(lock) || past(erase) {
			lease = Lapsed
		}
		switch {
		case !past(erase):
			found = 0
		case found == 0:
			found = latest
			since := m.ticks()
			m.overSince = &since
		case m.overSince != nil && m.ticks()-*m.overSince >= apart, m.overSince == nil && latest-found >= apart.Microseconds():
			lease = Over
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO lease (one, contact_at, latest_at, over_at) VALUES (1, ?, ?, ?)
			ON CONFLICT (one) DO UPDATE SET contact_at = excluded.contact_at, latest_at = excluded.latest_at, over_at = excluded.over_at`,
			contact, latest, found)
		return err
	})
	if err != nil {
		return Running, fmt.Errorf("look at the lease of the local copy: %w", err)
	}
	return lease, nil
}

// monotonic returns a clock that nobody can set.
func monotonic() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

// Locked reports whether the mirror is locked. Then it is for Position, Replica, StartWalk, Lease, Unlock, Erase
// and Close only.
func (m *Mirror) Locked() bool { return m.locked }

// Lock renames the mirror's files away, so that no program reads them. Programs that have them open go on reading what
// was there, until they open them again; where that keeps a file from being renamed, as on Windows, Lock fails and can
// be called again.
func (m *Mirror) Lock(ctx context.Context) error {
	if m.locked {
		return nil
	}
	m.shut()
	if err := m.rename(mainFile, lockedMain, listFolder, lockedList); err != nil {
		return errors.Join(fmt.Errorf("lock the local copy: %w", err), m.start(ctx))
	}
	return m.startLocked(ctx)
}

// Unlock brings the files back, since the server has answered.
func (m *Mirror) Unlock(ctx context.Context) error {
	if !m.locked {
		return nil
	}
	m.shut()
	if err := m.rename(lockedMain, mainFile, lockedList, listFolder); err != nil {
		return errors.Join(fmt.Errorf("unlock the local copy: %w", err), m.startLocked(ctx))
	}
	m.locked = false
	return m.start(ctx)
}

// Erase removes the open mirror with everything that belongs to it, edits that were not sent included, and lets go of
// it.
func (m *Mirror) Erase(ctx context.Context) error {
	m.shut()
	for _, name := range []string{lockedList, listFolder, lockedMain, mainFile} {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.RemoveAll(filepath.Join(m.dir, name+suffix)); err != nil {
				return fmt.Errorf("remove the local copy: %w", err)
			}
		}
	}
	err := os.RemoveAll(m.dir)
	if err = errors.Join(err, m.release()); err != nil {
		return fmt.Errorf("remove the local copy: %w", err)
	}
	return nil
}

// shut closes all files as they are, damaged or not: they are renamed with their journals, or removed. Nothing is owed any
// more: what is erased, or opened again, says so itself.
func (m *Mirror) shut() {
	for id, f := range m.files {
		delete(m.files, id)
		_ = f.shut()
	}
	clear(m.debts)
	m.losses, m.doomed = nil, false
	_ = m.main.Close()
}

// rename gives main.db and the folder of lists other names. main.db with its journals is the last, so that a process
// that is killed in between leaves a mirror that is locked or is not.
func (m *Mirror) rename(from, to, listsFrom, listsTo string) error {
	at := func(name string) string { return filepath.Join(m.dir, name) }
	_ = os.Remove(at(listsTo)) // an empty one is in the way
	if err := passOver(os.Rename(at(listsFrom), at(listsTo)), fs.ErrNotExist); err != nil {
		return err
	}
	if err := passOver(os.Rename(at(from), at(to)), fs.ErrNotExist); err != nil {
		return err
	}
	return m.moveJournals(from, to)
}

// moveJournals has the journals of main.db follow it. They come after it: wherever a process is killed, the next finds
// main.db under one name, and knows where its journals belong.
func (m *Mirror) moveJournals(from, to string) error {
	for _, suffix := range []string{"-wal", "-shm"} {
		err := os.Rename(filepath.Join(m.dir, from+suffix), filepath.Join(m.dir, to+suffix))
		if err := passOver(err, fs.ErrNotExist); err != nil {
			return err
		}
	}
	return nil
}

// isLocked reports whether the mirror in a folder is locked.
func isLocked(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, lockedMain))
	return err == nil
}

// bringBack finishes a Lock that was cut off before main.db had its other name: it was never locked.
func (m *Mirror) bringBack() error {
	lists, away := filepath.Join(m.dir, listFolder), filepath.Join(m.dir, lockedList)
	if _, err := os.Stat(away); err != nil {
		return passOver(err, fs.ErrNotExist)
	}
	_ = os.Remove(lists) // an empty one is in the way
	if err := os.Rename(away, lists); err != nil {
		return fmt.Errorf("open the local copy: %w", err)
	}
	return nil
}

// startLocked opens what of a locked mirror is needed, and takes back an Unlock that was cut off.
func (m *Mirror) startLocked(ctx context.Context) error {
	lists := filepath.Join(m.dir, listFolder)
	if os.Remove(lists) != nil {
		if err := passOver(os.Rename(lists, filepath.Join(m.dir, lockedList)), fs.ErrNotExist); err != nil {
			return fmt.Errorf("lock the local copy: %w", err)
		}
	}
	if err := m.moveJournals(mainFile, lockedMain); err != nil {
		return fmt.Errorf("lock the local copy: %w", err)
	}
	if err := m.takeRebuilt(ctx, lockedMain); err != nil {
		return err
	}
	m.main, m.locked = m.connect.handle(filepath.Join(m.dir, lockedMain), writing), true
	found := Identity{Collaborator: m.id.Collaborator}
	if _, err := versionOf(ctx, m.main); err != nil {
		return err
	}
	if _, err := m.main.ExecContext(ctx, incomingSchema+choicesSchema); err != nil {
		return fmt.Errorf("open the local copy: %w", classify(err))
	}
	err := m.main.QueryRowContext(ctx, `SELECT server, user, account FROM mirror`).Scan(&found.Server, &found.User, &found.Account)
	if err != nil {
		return fmt.Errorf("read whose the local copy is: %w", classify(err))
	}
	if found != m.id {
		return fmt.Errorf("%w (%s)", ErrForeign, m.dir)
	}
	return nil
}
