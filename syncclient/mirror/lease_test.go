package mirror

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

const day = 24 * time.Hour

// leased is a mirror that was in contact, with clocks that a test sets.
type leased struct {
	*Mirror
	t          *testing.T
	wall, tick time.Duration
	start      time.Time
}

func newLeased(t *testing.T, lock, erase int64) *leased {
	t.Helper()
	l := &leased{t: t, start: time.UnixMicro(1_800_000_000_000_000)}
	l.open(filepath.Join(t.TempDir(), "copy"))
	page := &protocol.ChangePage{Next: "1", Account: &protocol.Account{
		ID: protocol.Global(protocol.KindAccount, l.id.Account), Name: "sentinel", DesktopLockDays: lock, DesktopEraseDays: erase,
	}}
	if _, err := l.Apply(context.Background(), page, ""); err != nil {
		t.Fatal(err)
	}
	return l
}

// open opens the mirror in a folder as another process would.
func (l *leased) open(dir string) {
	l.t.Helper()
	m, err := Open(context.Background(), dir, Identity{Server: "s", User: "u", Account: "01900000-0000-7000-8000-000000000001", Collaborator: "c"})
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { _ = m.Close() })
	m.now = func() time.Time { return l.start.Add(l.wall) }
	m.ticks = func() time.Duration { return l.tick }
	l.Mirror = m
}

func (l *leased) restart() {
	l.t.Helper()
	if err := l.Close(); err != nil {
		l.t.Fatal(err)
	}
	l.tick = 0
	l.open(l.dir)
}

// pass lets time go by on both clocks.
func (l *leased) pass(d time.Duration) { l.wall, l.tick = l.wall+d, l.tick+d }

func (l *leased) want(want Lease) {
	l.t.Helper()
	if got, err := l.Lease(context.Background()); err != nil || got != want {
		l.t.Fatalf("after %v the lease is %v, %v; want %v", l.wall, got, err, want)
	}
}

func TestLease(t *testing.T) {
	t.Parallel()
	t.Run("lapses and is over after days without contact", func(t *testing.T) {
		t.Parallel()
		l := newLeased(t, 30, 90)
		l.pass(30*day - time.Second)
		l.want(Running)
		l.pass(time.Second)
		l.want(Lapsed)
		l.pass(60*day - time.Second)
		l.want(Lapsed)
		l.pass(time.Second)
		l.want(Lapsed) // found so once
		l.pass(time.Hour - time.Second)
		l.want(Lapsed)
		l.pass(time.Second)
		l.want(Over)
	})
	t.Run("runs from the last answer", func(t *testing.T) {
		t.Parallel()
		l := newLeased(t, 30, 90)
		l.pass(100 * day)
		l.want(Lapsed)
		if err := l.Contact(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.want(Running)
		l.pass(89 * day)
		l.want(Lapsed)
		l.pass(2 * day)
		l.want(Lapsed)
	})
	t.Run("gains nothing from a clock that is set back", func(t *testing.T) {
		t.Parallel()
		l := newLeased(t, 30, 90)
		l.pass(31 * day)
		l.want(Lapsed)
		l.wall = -400 * day
		l.want(Lapsed)
		l.restart()
		l.want(Lapsed)
	})
	t.Run("loses nothing by a clock that was ahead, once the server answers", func(t *testing.T) {
		t.Parallel()
		l := newLeased(t, 30, 90)
		l.wall = 1000 * day
		l.want(Lapsed)
		l.wall = day
		if err := l.Contact(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.want(Running)
		l.pass(29 * day)
		l.want(Running)
	})
	t.Run("is not over at once where the clock jumps ahead", func(t *testing.T) {
		t.Parallel()
		l := newLeased(t, 30, 90)
		l.wall = 1000 * day
		l.want(Lapsed)
		l.wall = 2000 * day // jumps again, but no time goes by
		l.tick = 59 * time.Minute
		l.want(Lapsed)
		l.tick = time.Hour
		l.want(Over)
	})
	t.Run("is over where another process found it so, an hour ago", func(t *testing.T) {
		t.Parallel()
		l := newLeased(t, 30, 90)
		l.pass(91 * day)
		l.want(Lapsed)
		l.restart()
		l.pass(59 * time.Minute)
		l.want(Lapsed)
		l.restart()
		l.pass(time.Minute)
		l.want(Over)
	})
	t.Run("never ends where the account says so", func(t *testing.T) {
		t.Parallel()
		l := newLeased(t, 0, 0)
		l.pass(3000 * day)
		l.want(Running)
		l.pass(day)
		l.want(Running)
	})
	t.Run("does not begin before the server has told of the account", func(t *testing.T) {
		t.Parallel()
		l := &leased{t: t, start: time.Now()}
		l.open(filepath.Join(t.TempDir(), "copy"))
		l.pass(3000 * day)
		l.want(Running)
	})
}

// names returns what is in a folder, and below it, without journals.
func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.Contains(d.Name(), ".db-") && !strings.Contains(d.Name(), ".locked-") {
			path, _ = filepath.Rel(dir, path)
			all = append(all, filepath.ToSlash(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestLeaseLock renames a mirror away and back, whenever the process is killed.
func TestLeaseLock(t *testing.T) {
	t.Parallel()
	setup := func(t *testing.T) (*leased, string) {
		l := newLeased(t, 30, 90)
		file := filepath.Join(l.dir, listFolder, "kept.db")
		if err := os.WriteFile(file, []byte("rows"), 0o600); err != nil {
			t.Fatal(err)
		}
		return l, file
	}
	t.Run("hides every file and brings it back", func(t *testing.T) {
		t.Parallel()
		l, _ := setup(t)
		if err := l.Lock(t.Context()); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if got := strings.Join(names(t, l.dir), " "); got != "ballast lists.locked/kept.db lock main.locked" {
				t.Fatalf("locked, there are %s", got)
			}
			if s, err := Inspect(t.Context(), l.dir); err != nil || !s.Locked || s.AccountName != "sentinel" {
				t.Fatalf("the status is %+v, %v", s, err)
			}
			if at, err := l.Position(t.Context()); err != nil || at.Cursor != "1" {
				t.Fatalf("it stands at %+v, %v", at, err)
			}
			l.restart() // stays locked
			if !l.Locked() {
				t.Fatal("opening it unlocks it")
			}
		}
		if err := l.StartWalk(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := l.Unlock(t.Context()); err != nil || l.Locked() {
			t.Fatal(err)
		}
		if s, err := Inspect(t.Context(), l.dir); err != nil || s.Locked {
			t.Fatalf("the status is %+v, %v", s, err)
		}
		if _, err := l.Apply(t.Context(), &protocol.ChangePage{Next: "2"}, ""); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("finishes what was cut off", func(t *testing.T) {
		t.Parallel()
		for name, locked := range map[string]bool{"a lock after the lists": false, "an unlock after the lists": true} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				l, _ := setup(t)
				if locked {
					if err := l.Lock(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				if err := l.Close(); err != nil {
					t.Fatal(err)
				}
				from, to := listFolder, lockedList
				if locked {
					from, to = to, from
				}
				_ = os.Remove(filepath.Join(l.dir, to))
				if err := os.Rename(filepath.Join(l.dir, from), filepath.Join(l.dir, to)); err != nil {
					t.Fatal(err)
				}
				l.open(l.dir)
				if l.Locked() != locked {
					t.Fatalf("it is locked: %v", l.Locked())
				}
				if _, err := os.Stat(filepath.Join(l.dir, to)); !errors.Is(err, fs.ErrNotExist) {
					t.Fatalf("%s is still there: %v", to, err)
				}
			})
		}
	})
	t.Run("holds with a list's file cut short, and loses no edit of an item", func(t *testing.T) {
		t.Parallel()
		m, campaign, b, main, list := setupEdits(t)
		run(t, main, `UPDATE campaigns SET subject = 'kept' WHERE id = ?`, campaign)
		path := pathOf(t, m, b)
		run(t, list, `PRAGMA wal_checkpoint(TRUNCATE)`)
		run(t, list, `UPDATE contacts SET city = 'lost'`) // in the journal, for pages that are not there any more
		must(t, list.Close())
		must(t, os.Truncate(path, fileSize(path)/2))
		must(t, m.Lock(t.Context()))
		must(t, m.Unlock(t.Context()))
		if losses := m.Losses(); len(losses) != 1 || losses[0].ID != b.ID {
			t.Errorf("lost %+v", losses)
		}
		same(t, outgoing(t, m), `1 change campaign base 4 mine [] {"subject":"kept"}`)
	})
	t.Run("leaves nothing when it is erased, locked or not", func(t *testing.T) {
		t.Parallel()
		for _, locked := range []bool{true, false} {
			l, _ := setup(t)
			if locked {
				if err := l.Lock(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if err := l.Erase(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(l.dir); !errors.Is(err, fs.ErrNotExist) {
				t.Fatalf("the folder is still there: %v", err)
			}
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
