package syncclient

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/mirror"
)

// fileOf returns the file of a list.
func (b *bench) fileOf(t *testing.T, list string) string {
	t.Helper()
	s, err := mirror.Inspect(context.Background(), b.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range s.Lists {
		if l.Name == list && l.File != "" {
			return filepath.Join(b.dir, l.File)
		}
	}
	t.Fatalf("there is no file of %q", list)
	return ""
}

// lostOf returns what was told of lists that were lost.
func (b *bench) lostOf() []Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(b.events), func(e Event) bool { _, ok := e.(Lost); return !ok })
}

func mustDo(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestLost damages a list's file. The next sync says so and fetches the list again, and only that one.
func TestLost(t *testing.T) {
	t.Parallel()
	garble := func(from int64) func(path string) error {
		return func(path string) error {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			info, err := f.Stat()
			if err != nil {
				return err
			}
			_, err = f.WriteAt(bytes.Repeat([]byte{0xee}, int(info.Size()-from)), from)
			return errors.Join(err, f.Close())
		}
	}
	for _, harm := range []struct {
		name    string
		why     error
		stopped bool // it shows only when the mirror is opened
		do      func(path string) error
	}{
		{"deleted", mirror.ErrFileGone, false, os.Remove},
		{"emptied", mirror.ErrFileGone, false, func(path string) error { return os.Truncate(path, 0) }},
		{"garbled at its beginning", mirror.ErrFileDamaged, false, garble(0)},
		{"garbled in the middle", mirror.ErrFileDamaged, true, garble(4096)},
		{"cut short", mirror.ErrFileDamaged, true, func(path string) error { return os.Truncate(path, 8192) }},
		{"robbed of a row", mirror.ErrRowsMissing, true, func(path string) error {
			db, err := sql.Open("sqlite3", path)
			if err != nil {
				return err
			}
			_, err = db.Exec("DELETE FROM server_contacts WHERE email LIKE 'two%'")
			return errors.Join(err, db.Close())
		}},
	} {
		for _, stopped := range []bool{true, false} {
			if harm.stopped && !stopped {
				continue
			}
			t.Run(harm.name+map[bool]string{true: " while stopped", false: " while running"}[stopped], func(t *testing.T) {
				t.Parallel()
				s, want := filled()
				b := setup(t, s)
				mustSync(t, b)
				path := b.fileOf(t, "list 2")
				if stopped {
					mustDo(t, b.Close())
				}
				mustDo(t, harm.do(path))
				if stopped {
					b.open(t)
				}
				asked := len(s.requests())
				mustSync(t, b)
				mustHold(t, b, want)
				if lost := b.lostOf(); len(lost) != 1 || lost[0] != (Lost{Name: "list 2", Why: harm.why}) {
					t.Fatalf("told of %v", lost)
				}
				for _, request := range s.requests()[asked:] {
					if strings.Contains(request, listID(1)) {
						t.Errorf("asked for the other list: %s", request)
					}
				}
				mustSync(t, b)
				if lost := b.lostOf(); len(lost) != 1 {
					t.Fatalf("told again: %v", lost)
				}
			})
		}
	}

	t.Run("is found while nothing happens", func(t *testing.T) {
		t.Parallel()
		s, want := filled()
		s.quiet = true
		b := setup(t, s)
		b.pace.tick = 2 * time.Millisecond
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		told := b.notify
		gone := false
		b.notify = func(e Event) {
			told(e)
			if _, ok := e.(UpToDate); ok && !gone {
				gone = true
				mustDo(t, os.Remove(b.fileOf(t, "list 2")))
			} else if ok {
				cancel()
			}
		}
		mustDo(t, b.Run(ctx))
		mustHold(t, b, want)
		if lost := b.lostOf(); len(lost) != 1 {
			t.Fatalf("told of %v", lost)
		}
	})

	t.Run("slows down where it happens again and again", func(t *testing.T) {
		t.Parallel()
		s, _ := filled()
		b := setup(t, s)
		s.before = func(request string) {
			if request == "rows "+rowsOf(2, "a") {
				mustDo(t, os.Remove(b.fileOf(t, "list 2")))
			}
		}
		if err := b.Sync(context.Background()); !errors.Is(err, mirror.ErrFileGone) {
			t.Fatalf("got %v, want ErrFileGone", err)
		}
		if lost := b.lostOf(); len(lost) != 2 {
			t.Fatalf("told of %v", lost)
		}
	})
}

// TestSettling erases what was removed while the follower runs, and before Sync returns.
func TestSettling(t *testing.T) {
	t.Parallel()
	traces := func(t *testing.T, b *bench, text string) (found bool) {
		t.Helper()
		mustDo(t, filepath.WalkDir(b.dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			found = found || bytes.Contains(content, []byte(text))
			return err
		}))
		return found
	}
	// The list goes on with a page that removes its first row.
	removing := func(s *script) {
		s.changes["2"] = []string{changesPage("3", false, map[int]string{2: "s2"}), changesPage("3", false, nil)}
		s.changes["3"] = []string{changesPage("3", false, nil)}
		page := rowsPageOf(2, "c", false, "s2")
		s.rows[rowsOf(2, "b")] = []string{strings.Replace(page, "\n[]\n[]", "\n[]\n[\""+rowID("two")+"\"]", 1)}
	}
	t.Run("by Sync", func(t *testing.T) {
		t.Parallel()
		s, want := filled()
		b := setup(t, s)
		mustSync(t, b)
		if !traces(t, b, "two@") {
			t.Fatal("nothing was there to erase")
		}
		removing(s)
		mustSync(t, b)
		want["list 2"] = []string{"four", "three"}
		mustHold(t, b, want)
		if traces(t, b, "two@") {
			t.Fatal("bytes of what went are left")
		}
	})
	t.Run("by Run, once it has waited", func(t *testing.T) {
		t.Parallel()
		s, _ := filled()
		s.quiet = true
		b := setup(t, s)
		// Long enough for the list to be filled before.
		b.pace.tick, b.pace.settle = 10*time.Millisecond, 300*time.Millisecond
		mustSync(t, b)
		removing(s)
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		polls := 0
		s.before = func(request string) {
			if request != "poll" {
				return
			}
			if polls++; !traces(t, b, "two@") || polls > 1000 {
				cancel()
			}
		}
		mustDo(t, b.Run(ctx))
		if traces(t, b, "two@") {
			t.Fatal("bytes of what went are left")
		}
	})
	t.Run("while another list is being filled", func(t *testing.T) {
		t.Parallel()
		s, _ := filled()
		b := setup(t, s)
		b.pace.settle = 0
		mustSync(t, b)
		removing(s)
		s.changes["2"][0] = changesPage("3", false, map[int]string{2: "s2", 3: "s1"})
		s.rows[rowsOf(3, "")] = []string{rowsPageOf(2, "a", true, "s1", "five")}
		s.rows[rowsOf(3, "a")] = []string{rowsPageOf(2, "b", true, "s1", "six")}
		s.rows[rowsOf(3, "b")] = []string{rowsPageOf(2, "b", false, "s1")}
		s.before = func(request string) {
			if request == "rows "+rowsOf(3, "b") && traces(t, b, "two@") {
				t.Error("bytes of what went are left")
			}
		}
		mustSync(t, b)
	})
}
