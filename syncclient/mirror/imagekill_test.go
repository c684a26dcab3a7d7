package mirror

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// imageFill is a first fill by an image and a page of rows after it, in a process that is killed.
type imageFill struct {
	t     *testing.T
	crash *crasher
	raw   *rawImage
	page  *protocol.RowPage
}

// step goes on for as long as the process lives. True where the list is as the server told.
func (f *imageFill) step(m *Mirror) (bool, error) {
	ctx := context.Background()
	behind, err := m.Behind(ctx)
	if err != nil || len(behind) == 0 {
		return err == nil, err
	}
	b := behind[0]
	in, wanted, err := m.Incoming(ctx, b)
	switch {
	case err != nil:
		return false, err
	case !wanted:
		at, err := m.RowsPosition(ctx, b)
		if err != nil {
			return false, err
		}
		page := f.page
		switch at.Cursor {
		case page.Next: // it had come, and main.db did not know it yet
			page = rowPage(f.t, nil, nil, page.Next, false, page.State)
			page.Rows = f.page.Rows
		case f.raw.said.Next:
		default:
			f.t.Fatalf("the rows stand at %+v", at)
		}
		_, err = m.ApplyRows(ctx, b, page, at.Cursor)
		return false, err
	case in.Whole():
		image, err := unpacked(ctx, m, b)
		if err != nil {
			return false, err
		}
		_, err = m.AdoptImage(ctx, image)
		return false, err
	}
	packed := f.raw.travels(f.t)
	if in.ETag == "" {
		in = Incoming{Image: f.raw.said, ETag: `"1"`, Length: int64(len(packed))}
	}
	if err := m.StartImage(ctx, b, in); err != nil {
		return false, err
	}
	for some := range slices.Chunk(packed[in.Have:], 4000) {
		if err := f.crash.call(); err != nil {
			return false, err
		}
		if err := m.AppendImage(ctx, b, in.Have, some); err != nil {
			return false, err
		}
		in.Have += int64(len(some))
	}
	return false, nil
}

// life opens the mirror and fills it until it is full or the process is killed.
func (f *imageFill) life(dir, copyTo string, calls int) error {
	f.crash = &crasher{dir: dir, copyTo: copyTo, left: calls}
	m, err := open(context.Background(), dir, identity(), f.crash.connect)
	if err != nil {
		return err
	}
	defer m.release()
	for full := false; !full && err == nil; {
		full, err = f.step(m)
	}
	if err == nil {
		_, err = m.Settle(context.Background())
	}
	return err
}

// fill fills a mirror by lives that are killed at random within the first so many calls, and returns how often that was.
// Then the list holds exactly the server's rows, and nothing else lies there.
func (f *imageFill) fill(random *rand.Rand, within int) (kills int) {
	t := f.t
	rows := contactRows(2000, "one")
	f.raw = imageOf(t, protocol.Contacts, rows[:1500])
	f.raw.said.State = "s0"
	f.page = rowPage(t, rows[1500:], []string{rows[3][0].(string)}, "last", false, "s1")
	f.page.Rows = int64(len(rows) - 1)
	root := t.TempDir()
	dir := filepath.Join(root, "0")
	m := mustOpen(t, dir)
	b := tell(t, m, protocol.KindList, protocol.Contacts, len(rows)-1)
	must(t, m.Close())
	for ; ; kills++ {
		to := filepath.Join(root, fmt.Sprint(kills+1))
		err := f.life(dir, to, random.IntN(within))
		if !f.crash.crashed {
			must(t, err)
			break
		}
		if err != nil && !errors.Is(err, errCrash) && !errors.Is(err, protocol.ErrImage) {
			t.Fatal(err)
		}
		must(t, f.crash.copyErr)
		dir = to
		parts, err := filepath.Glob(filepath.Join(dir, listFolder, "*"+partSuffix))
		must(t, err)
		for _, part := range parts { // the last bytes may have been on their way
			must(t, os.Truncate(part, max(0, fileSize(part)-random.Int64N(3000))))
		}
	}
	m = mustOpen(t, dir)
	defer m.Close()
	if lost := m.Losses(); len(lost) > 0 {
		t.Fatalf("lost %v", lost)
	}
	file, err := m.file(context.Background(), b)
	must(t, err)
	got, err := column(context.Background(), file.db, `SELECT id || ' ' || email FROM contacts ORDER BY 1`)
	must(t, err)
	var want []string
	for i, row := range rows {
		if i != 3 {
			want = append(want, fmt.Sprintf("%s %s", row[0], row[1]))
		}
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("-want +got:\n%s", diff)
	}
	must(t, m.Close())
	left, err := os.ReadDir(filepath.Join(dir, listFolder))
	must(t, err)
	if len(left) != 1 {
		t.Fatalf("left: %v", left)
	}
	return kills
}

// TestImageKilled kills first fills by an image at ten random points, within what has come of the image, too, and goes on
// each time.
func TestImageKilled(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			f := &imageFill{t: t}
			random := rand.New(rand.NewPCG(seed, 1))
			for kills := 0; kills < 10; {
				killed := f.fill(random, 100)
				kills += killed
				t.Logf("killed %d times", killed)
			}
		})
	}
}
