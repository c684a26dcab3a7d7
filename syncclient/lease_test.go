package syncclient

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// leaseOf sets the account's limits and makes the last contact so many days ago, as if the time had gone by.
func leaseOf(t *testing.T, b *bench, lock, erase, ago int) {
	t.Helper()
	name := "main.db"
	if b.mirror.Locked() {
		name = "main.locked"
	}
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(b.dir, name)+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{
		`INSERT OR IGNORE INTO server_account (id, name, default_audience, locale, time_zone, version, created_at) VALUES ('a', 'A', 'everyone', 'en', 'UTC', 1, 1)`,
		`UPDATE server_account SET desktop_lock_days = ?1, desktop_erase_days = ?2`,
		`UPDATE mirror SET contact_at = (strftime('%s', 'now') - ?3 * 86400) * 1000000`,
	} {
		if _, err := db.Exec(statement, lock, erase, ago); err != nil {
			t.Fatal(err)
		}
	}
}

func (b *bench) had(t *testing.T, known func(Event) bool) int {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, e := range b.events {
		if known(e) {
			n++
		}
	}
	return n
}

// TestLeaseKept: a follower that cannot reach the server locks its mirror, erases it, and opens it at the first answer.
func TestLeaseKept(t *testing.T) {
	t.Parallel()
	away := func(t *testing.T) (*bench, map[string][]string, func()) {
		s, want := filled()
		b := setup(t, s)
		mustSync(t, b)
		s.mu.Lock()
		defer s.mu.Unlock()
		page := s.changes["2"]
		s.changes["2"] = []string{""} // something between answers
		return b, want, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.changes["2"] = page
		}
	}
	locked := func(e Event) bool { _, ok := e.(Locked); return ok }
	unlocked := func(e Event) bool { _, ok := e.(Unlocked); return ok }
	erased := func(e Event) bool { _, ok := e.(Erased); return ok }

	t.Run("locks, tries on, and unlocks with the first answer", func(t *testing.T) {
		t.Parallel()
		b, want, back := away(t)
		leaseOf(t, b, 30, 90, 29)
		if err := b.Sync(context.Background()); err == nil || b.mirror.Locked() {
			t.Fatalf("a day before, it is locked: %v, %v", b.mirror.Locked(), err)
		}
		leaseOf(t, b, 30, 90, 31)
		for range 2 {
			if err := b.Sync(context.Background()); err == nil || !b.mirror.Locked() {
				t.Fatalf("it is locked: %v, %v", b.mirror.Locked(), err)
			}
		}
		for _, name := range []string{"main.db", "lists"} {
			if _, err := os.Stat(filepath.Join(b.dir, name)); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s is there: %v", name, err)
			}
		}
		if s, err := mirror.Inspect(context.Background(), b.dir); err != nil || !s.Locked {
			t.Errorf("the status is %+v, %v", s, err)
		}
		if err := b.Close(); err != nil { // also by another process
			t.Fatal(err)
		}
		b.open(t)
		back()
		mustSync(t, b)
		mustHold(t, b, want)
		if b.had(t, locked) != 1 || b.had(t, unlocked) != 1 {
			t.Errorf("events %v", b.events)
		}
	})
	t.Run("does nothing where the server answers at once", func(t *testing.T) {
		t.Parallel()
		b, want, back := away(t)
		back()
		leaseOf(t, b, 30, 90, 400)
		mustSync(t, b)
		mustHold(t, b, want)
		if b.had(t, locked)+b.had(t, erased) != 0 {
			t.Errorf("events %v", b.events)
		}
	})
	t.Run("erases what was found over twice, and ends", func(t *testing.T) {
		t.Parallel()
		b, _, _ := away(t)
		leaseOf(t, b, 30, 90, 400)
		if err := b.Sync(context.Background()); err == nil || errors.Is(err, ErrErased) || !b.mirror.Locked() {
			t.Fatalf("at the first look: %v", err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite3", "file:"+filepath.Join(b.dir, "main.locked"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(`UPDATE lease SET over_at = over_at - 3600000000`); err != nil {
			t.Fatal(err)
		}
		db.Close()
		b.open(t)
		if err := b.Sync(context.Background()); !errors.Is(err, ErrErased) {
			t.Fatalf("at the second look: %v", err)
		}
		if _, err := os.Stat(b.dir); !errors.Is(err, os.ErrNotExist) || b.had(t, erased) != 1 {
			t.Errorf("the folder: %v; events %v", err, b.events)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
