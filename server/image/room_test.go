package image_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"context"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/image"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// files are those that lie in the folder.
func (w *world) files() int {
	w.tb.Helper()
	files, err := os.ReadDir(w.dir)
	must(w.tb, err)
	return len(files)
}

func TestRoom(t *testing.T) {
	const rows = 100
	// size is what an image of so many rows takes.
	size := func(t *testing.T) int64 {
		w := newWorld(t, servertest.Start(t, storetest.Config(t, dialect.SQLite)), image.Config{Least: 10})
		info, err := w.open(w.anna, w.list(rows)).Stat()
		must(t, err)
		return info.Size()
	}(t)
	read := func(w *world, i *image.Image) {
		w.tb.Helper()
		if got := ask(w.tb, w.unpack(i), `SELECT count(*) FROM server_contacts`); got != "100" {
			w.tb.Errorf("who has it open reads %s rows", got)
		}
	}
	t.Run("the newest stays, and who is being sent others has them to the end", func(t *testing.T) {
		w := newWorld(t, servertest.Start(t, storetest.Config(t, dialect.SQLite)), image.Config{Least: 10, Room: 1})
		one, two, three := w.list(rows), w.list(rows), w.list(rows)
		first, second := w.open(w.anna, one), w.open(w.anna, two)
		if n := w.files(); n != 1 {
			t.Errorf("%d files are kept", n)
		}
		if _, err := w.images.Open(w.anna, three); !fault.Is(err, fault.Unavailable) {
			t.Errorf("while as much is being sent as may be kept, more are made: %v", err)
		}
		if again := w.open(w.anna, two); again.Tag != second.Tag {
			t.Error("what is there is made anew")
		}
		read(w, first)
		read(w, second)
		must(t, first.Close())
		if err := first.Close(); err == nil {
			t.Error("it is closed twice")
		}
		third := w.open(w.anna, three)
		read(w, second)
		read(w, third)
		if n := w.files(); n != 1 {
			t.Errorf("%d files are kept", n)
		}
	})
	t.Run("holds under many who ask for many", func(t *testing.T) {
		w := newWorld(t, servertest.Start(t, storetest.Config(t, dialect.SQLite)), image.Config{Least: 10, Room: 2 * size * 11 / 10})
		var lists []uuid.UUID
		for range 5 {
			lists = append(lists, w.list(rows))
		}
		var all sync.WaitGroup
		for n := range 10 {
			all.Go(func() {
				for m := range 20 {
					i, err := w.images.Open(w.anna, lists[(n*m)%len(lists)])
					if fault.Is(err, fault.Unavailable) {
						continue
					}
					if err != nil {
						t.Error(err)
						return
					}
					read(w, i)
					i.Close()
				}
			})
		}
		all.Wait()
		if n := w.files(); n > 2 {
			t.Errorf("%d files are kept", n)
		}
		w.open(w.anna, lists[0]) // and nothing is held any more
		w.open(w.anna, lists[1])
		w.open(w.anna, lists[2])
	})
	t.Run("is empty after the end, and at the start", func(t *testing.T) {
		w := newWorld(t, servertest.Start(t, storetest.Config(t, dialect.SQLite)), image.Config{Least: 10})
		w.open(w.anna, w.list(rows))
		must(t, w.images.Close())
		if _, err := w.images.Open(w.anna, w.list(rows)); err == nil {
			t.Error("a file is made after Close")
		}
		if _, err := os.Stat(w.dir); !os.IsNotExist(err) {
			t.Errorf("the folder is there: %v", err)
		}
		must(t, os.MkdirAll(w.dir, 0o700))
		for _, name := range []string{"left.zst", "half.zst", "half.zst.db"} { // as of a server that was killed
			must(t, os.WriteFile(filepath.Join(w.dir, name), []byte("left"), 0o600))
		}
		if _, err := image.New(w.Store, w.changes, image.Config{Dir: w.dir}); err != nil {
			t.Fatal(err)
		}
		if n := w.files(); n > 0 {
			t.Errorf("%d files are left from before", n)
		}
	})
	t.Run("servers that are no more leave nothing", func(t *testing.T) {
		w := newWorld(t, servertest.Start(t, storetest.Config(t, dialect.SQLite)), image.Config{Least: 10})
		beside := t.TempDir()
		folder := func(name string, age time.Duration) string {
			dir := filepath.Join(beside, name)
			must(t, os.Mkdir(dir, 0o700))
			must(t, os.WriteFile(filepath.Join(dir, "left.zst"), nil, 0o600))
			at := time.Now().Add(-age)
			must(t, os.Chtimes(dir, at, at))
			return dir
		}
		killed, other, mine := folder("images-1", 61*time.Minute), folder("other-1", 61*time.Minute), folder("images-3", 61*time.Minute)
		alive := folder("images-2", 59*time.Minute)
		images, err := image.New(w.Store, w.changes, image.Config{Dir: mine, Others: filepath.Join(beside, "images-*")})
		must(t, err)
		ctx, stop := context.WithCancel(t.Context())
		stop()
		must(t, images.Run(ctx, slog.New(slog.DiscardHandler)))
		if _, err := os.Stat(killed); !os.IsNotExist(err) {
			t.Errorf("what a killed server left: %v", err)
		}
		for _, dir := range []string{other, alive, mine} {
			if _, err := os.Stat(dir); err != nil {
				t.Error(err)
			}
		}
	})
}
