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
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/syncclient/filelock"
)

// keptOpen is how many files of lists stay open at once.
const keptOpen = 16

// Mirror is an open mirror that this process writes. Its methods are for one goroutine at a time; other processes
// and connections may read the files meanwhile.
type Mirror struct {
	dir     string
	id      Identity
	connect connectFunc
	now     func() time.Time
	// free says how much may be written into a folder, of which reserve is left to others.
	free    func(dir string) (int64, error)
	reserve int64
	lock    *os.File
	main    *sql.DB
	files   map[string]*rowsFile
	uses    int64
	// mainInfo is main.db as it was opened.
	mainInfo os.FileInfo
	// debts are what is still to be erased, by bucket; that of main.db has no id.
	debts map[string]*debt
	// doomed: some file could not be unlinked yet.
	doomed bool
	losses []Loss
	// edited are the buckets whose files may have entries in their outbox.
	edited map[string]Bucket
	// ahead are the buckets whose files may hold another state than main.db says. What a killed process leaves of this shows
	// when the files are looked at (examine).
	ahead map[string]bool
	// unconfirmed: there may be edits that took effect and whose rows were not here when it was last looked (Confirm).
	unconfirmed bool
	seen        map[string]signature
	// unindexed are the buckets in whose files something may wait for the full-text index; that of main.db has no id.
	unindexed map[string]Bucket
	// indexAgain is when to try again to index what something was in the way of.
	indexAgain time.Time
	words      *wordIndex
	// barred are the ids of what was chosen and could not be carried out, and barredUntil when to try again.
	barred      []string
	barredUntil time.Time
	// locked: the lease has lapsed, and the files have other names.
	locked bool
	ticks  func() time.Duration
	// overSince is when this process first found the lease over, by ticks.
	overSince *time.Duration
}

// Open opens the mirror in a folder, made if need be, and takes it for this process. What a killed process left half
// done is finished first, but for large files that are to be written anew: Settle does that. Every file is looked at;
// Losses has those that were not as they should be. Errors: ErrInUse, ErrNewer, ErrForeign, ErrDamaged.
func Open(ctx context.Context, dir string, id Identity) (*Mirror, error) {
	m, err := open(ctx, dir, id, connect)
	if errors.Is(err, ErrDiskFull) && os.Remove(filepath.Join(dir, ballastFile)) == nil {
		m, err = open(ctx, dir, id, connect) // even that takes room, and what comes first may take something away
	}
	if err == nil {
		m.fillBallast()
	}
	return m, err
}

func open(ctx context.Context, dir string, id Identity, connect connectFunc) (*Mirror, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("find the folder of the local copy: %w", err)
	}
	held, err := lock(dir)
	if err != nil {
		return nil, err
	}
	m := &Mirror{
		dir: dir, id: id, connect: connect, now: time.Now, free: freeSpace, reserve: DefaultReserve, ticks: monotonic(), lock: held,
		files: map[string]*rowsFile{}, debts: map[string]*debt{}, edited: map[string]Bucket{}, ahead: map[string]bool{}, unconfirmed: true,
		seen: map[string]signature{}, unindexed: map[string]Bucket{"": {}}, words: itemWords(),
	}
	err = m.start(ctx)
	if errors.Is(err, ErrDamaged) {
		m.losses = append(m.losses, Loss{Bucket{Name: mainFile}, ErrFileDamaged})
		err = m.Rebuild(ctx)
	}
	if err != nil {
		m.release()
		return nil, err
	}
	return m, nil
}

// Dir returns the mirror's folder.
func (m *Mirror) Dir() string { return m.dir }

// Identity returns whose copy it is.
func (m *Mirror) Identity() Identity { return m.id }

// start brings the folder into the state that a clean end would have left.
func (m *Mirror) start(ctx context.Context) error {
	if isLocked(m.dir) {
		return m.startLocked(ctx)
	}
	if err := m.bringBack(); err != nil {
		return err
	}
	path := filepath.Join(m.dir, mainFile)
	if err := os.MkdirAll(filepath.Join(m.dir, listFolder), 0o700); err != nil {
		return fmt.Errorf("make the local copy: %w", err)
	}
	if err := m.moveJournals(lockedMain, mainFile); err != nil {
		return fmt.Errorf("unlock the local copy: %w", err)
	}
	if err := m.takeRebuilt(ctx, mainFile); err != nil {
		return err
	}
	if err := touch(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make the local copy: %w", err)
	}
	m.main = m.connect.handle(path, writing)
	err := m.buildMain(ctx, m.main, func(*sql.Tx) error { return nil })
	if err != nil {
		return err
	}
	// Another collaborator is the same person who left the account and came back.
	found := Identity{Collaborator: m.id.Collaborator}
	var removed int64
	err = m.main.QueryRowContext(ctx, `SELECT server, user, account, removed FROM mirror`).
		Scan(&found.Server, &found.User, &found.Account, &removed)
	if err != nil {
		return fmt.Errorf("read whose the local copy is: %w", classify(err))
	}
	if found != m.id {
		return fmt.Errorf("%w (%s)", ErrForeign, m.dir)
	}
	if _, err := m.main.ExecContext(ctx, `UPDATE mirror SET collaborator = ?`, m.id.Collaborator); err != nil {
		return fmt.Errorf("open the local copy: %w", classify(err))
	}
	replica, err := uuid.NewV7()
	if err != nil {
		return err
	}
	if _, err := m.main.ExecContext(ctx, `INSERT OR IGNORE INTO replica (one, id) VALUES (1, ?)`, replica.String()); err != nil {
		return fmt.Errorf("open the local copy: %w", classify(err))
	}
	if m.mainInfo, err = os.Stat(path); err != nil {
		return fmt.Errorf("open the local copy: %w", err)
	}
	if err := m.removeDoomed(ctx); err != nil {
		return err
	}
	if err := m.adoptStrays(ctx); err != nil {
		return err
	}
	if err := m.removeStrays(ctx); err != nil {
		return err
	}
	m.owe(Bucket{}, path, time.Time{}, removed > 0)
	if err := m.examine(ctx); err != nil {
		return err
	}
	return m.settleSmall(ctx)
}

// removeStrays deletes files that main.db does not name: made just before a process was killed.
func (m *Mirror) removeStrays(ctx context.Context) error {
	named, err := column(ctx, m.main, `SELECT file FROM server_contact_lists WHERE file IS NOT NULL
		UNION ALL SELECT file FROM server_blacklists WHERE file IS NOT NULL UNION ALL SELECT file FROM server_campaigns WHERE file IS NOT NULL
		UNION ALL SELECT file FROM local_files UNION ALL SELECT file FROM incoming
		UNION ALL SELECT file FROM doomed`)
	if err != nil {
		return err
	}
	found, err := os.ReadDir(filepath.Join(m.dir, listFolder))
	if err != nil {
		return fmt.Errorf("look through the local copy: %w", err)
	}
	for _, entry := range found {
		base := entry.Name()
		if i := strings.LastIndex(base, ".db-"); i >= 0 {
			base = base[:i+len(".db")]
		}
		if slices.Contains(named, listFolder+"/"+base) {
			continue
		}
		if err := os.Remove(filepath.Join(m.dir, listFolder, entry.Name())); err != nil {
			return fmt.Errorf("remove a stray file of the local copy: %w", err)
		}
	}
	return nil
}

// Close ends the work, erasing what takes no time to speak of, and lets other processes have the mirror. It is safe to
// call twice.
func (m *Mirror) Close() error {
	if m.lock == nil {
		return nil
	}
	ctx := context.Background()
	err := m.settleSmall(ctx)
	for _, f := range m.files {
		err = errors.Join(err, f.close(ctx))
	}
	return errors.Join(err, m.release())
}

// release closes what is open, in whatever state it is.
func (m *Mirror) release() error {
	var err error
	for id, f := range m.files {
		err = errors.Join(err, f.shut())
		delete(m.files, id)
	}
	if m.main != nil {
		err = errors.Join(err, m.main.Close())
	}
	err = errors.Join(err, filelock.Release(m.lock))
	m.lock = nil
	return err
}

// asker is a database or a transaction on it.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// pairs reads a query's two columns.
func pairs(ctx context.Context, db asker, query string, args ...any) ([][2]string, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all [][2]string
	for rows.Next() {
		var p [2]string
		if err := rows.Scan(&p[0], &p[1]); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// column reads a query's only column.
func column(ctx context.Context, db asker, query string, args ...any) ([]string, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read the local copy: %w", classify(err))
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, fmt.Errorf("read the local copy: %w", classify(err))
		}
		all = append(all, s)
	}
	return all, classify(rows.Err())
}
