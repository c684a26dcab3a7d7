package image_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/image"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// clock is what images go by in a test.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func TestGuard(t *testing.T) {
	const look, every = 1000, 5 * time.Second
	time := &clock{at: time.Now()}
	w := newWorld(t, servertest.Start(t, storetest.Config(t, dialect.SQLite)), image.Config{Least: 10, LookBytes: look, LookEvery: every, Now: time.now})
	i := w.open(w.anna, w.list(500))
	size, err := i.Seek(0, io.SeekEnd)
	must(t, err)
	if size < 4*look {
		t.Fatalf("%d bytes", size)
	}
	gone := errors.New("gone")
	// begin returns the file for a reader whose rights go after some looks.
	begin := func(looks int) (io.Reader, *int) {
		looked := 0
		g := w.images.Guard(i, func() error {
			if looked++; looked > looks {
				return gone
			}
			return nil
		})
		_, err := g.Seek(0, io.SeekStart)
		must(t, err)
		return struct{ io.Reader }{g}, &looked
	}
	t.Run("looks at rights after so many bytes", func(t *testing.T) {
		g, looked := begin(1000)
		if n, err := io.Copy(io.Discard, g); err != nil || n != size || *looked != int(size/look) {
			t.Errorf("%d of %d bytes, %d looks, %v", n, size, *looked, err)
		}
	})
	t.Run("breaks off at the look that fails", func(t *testing.T) {
		g, _ := begin(2)
		if n, err := io.Copy(io.Discard, g); !errors.Is(err, gone) || n != 3*look {
			t.Errorf("%d bytes, %v", n, err)
		}
		if n, err := g.Read(make([]byte, 10)); n != 0 || !errors.Is(err, gone) {
			t.Errorf("goes on with %d bytes, %v", n, err)
		}
	})
	t.Run("looks at rights after so much time", func(t *testing.T) {
		g, looked := begin(0)
		some := make([]byte, 10)
		time.forward(every - 1)
		if n, err := g.Read(some); n != len(some) || err != nil || *looked > 0 {
			t.Errorf("%d bytes, %v, %d looks", n, err, *looked)
		}
		time.forward(1)
		if n, err := g.Read(some); n != 0 || !errors.Is(err, gone) {
			t.Errorf("%d bytes, %v", n, err)
		}
	})
}

// TestDamage has something happen to a file that lies there.
func TestDamage(t *testing.T) {
	flip := func(path string) error {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		defer f.Close()
		b := make([]byte, 1)
		if _, err := f.ReadAt(b, 100); err != nil {
			return err
		}
		b[0] ^= 4
		_, err = f.WriteAt(b, 100)
		return err
	}
	cut := func(path string) error { return os.Truncate(path, 100) }
	setup := func(t *testing.T) (w *world, list uuid.UUID, path string, read func(*image.Image) (int64, error)) {
		w = newWorld(t, servertest.Start(t, storetest.Config(t, dialect.SQLite)), image.Config{Least: 10})
		list = w.list(500)
		path = filepath.Join(w.dir, w.open(w.anna, list).Tag)
		return w, list, path, func(i *image.Image) (int64, error) {
			g := w.images.Guard(i, func() error { return nil })
			if _, err := g.Seek(0, io.SeekStart); err != nil {
				return 0, err
			}
			return io.Copy(io.Discard, struct{ io.Reader }{g})
		}
	}
	// sound opens the image and holds it against the list.
	sound := func(t *testing.T, w *world, list uuid.UUID, before string) {
		t.Helper()
		i := w.open(w.anna, list)
		if i.Tag == filepath.Base(before) {
			t.Error("the same file is served")
		}
		if got := ask(t, w.unpack(i), `SELECT count(*) FROM server_contacts`); got != "500" {
			t.Errorf("it has %s rows", got)
		}
		if files, err := os.ReadDir(w.dir); err != nil || len(files) != 1 {
			t.Errorf("there lie %v, %v", files, err)
		}
	}
	for name, damage := range map[string]func(string) error{
		"removed": os.Remove, "cut": cut, "removed with its folder": func(path string) error { return os.RemoveAll(filepath.Dir(path)) },
	} {
		t.Run("of one that was "+name+" nobody hears", func(t *testing.T) {
			w, list, path, _ := setup(t)
			must(t, damage(path))
			sound(t, w, list, path)
		})
	}
	t.Run("goes out once where a bit was flipped", func(t *testing.T) {
		w, list, path, read := setup(t)
		must(t, flip(path))
		i := w.open(w.anna, list)
		part := w.images.Guard(i, func() error { return nil })
		_, err := part.Seek(200, io.SeekStart)
		must(t, err)
		_, err = io.Copy(io.Discard, struct{ io.Reader }{part})
		must(t, err)
		if again := w.open(w.anna, list); again.Tag != i.Tag {
			t.Error("part of a file was enough")
		}
		if _, err := read(i); err != nil {
			t.Fatal(err)
		}
		sound(t, w, list, path)
	})
	t.Run("is none where a reader goes away", func(t *testing.T) {
		w, list, _, read := setup(t)
		i := w.open(w.anna, list)
		must(t, i.Close())
		if _, err := read(i); !errors.Is(err, os.ErrClosed) {
			t.Fatal(err)
		}
		g := w.images.Guard(i, func() error { return nil })
		if _, err := g.Read(make([]byte, 10)); !errors.Is(err, os.ErrClosed) {
			t.Fatal(err)
		}
		if again := w.open(w.anna, list); again.Tag != i.Tag {
			t.Error("it is made anew")
		}
	})
	t.Run("in the midst of sending", func(t *testing.T) {
		w, list, path, read := setup(t)
		i := w.open(w.anna, list)
		must(t, cut(path))
		if n, err := read(i); err != nil || n != 100 {
			t.Fatalf("%d bytes, %v", n, err)
		}
		sound(t, w, list, path)
		j := w.open(w.anna, list)
		must(t, os.Remove(filepath.Join(w.dir, j.Tag)))
		if got := ask(t, w.unpack(j), `SELECT count(*) FROM server_contacts`); got != "500" {
			t.Errorf("who has it open reads %s rows", got)
		}
		if _, err := read(j); err != nil {
			t.Error(err)
		}
		sound(t, w, list, j.Name())
	})
}
