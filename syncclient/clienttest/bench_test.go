package clienttest

import (
	"context"
	"database/sql"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient"
)

// size is how many contacts the large list of the benches has: 100,000, or what CLIENTTEST_CONTACTS says.
func size() int {
	if n, err := strconv.Atoi(os.Getenv("CLIENTTEST_CONTACTS")); err == nil {
		return n
	}
	return 100_000
}

// meter measures a stretch of work of this whole process, server and client together.
type meter struct {
	start time.Time
	cpu   time.Duration
}

func measure() meter { return meter{time.Now(), cpu()} }

func (m meter) stop() (wall, work time.Duration) { return time.Since(m.start), cpu() - m.cpu }

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func eachDatabase(b *testing.B, f func(b *testing.B, w *world), change ...func(*app.Config)) {
	for _, dialect := range []string{"sqlite3", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			f(b, populate(b, servertest.Start(b, storetest.Config(b, dialect), change...)))
		})
	}
}

// BenchmarkFill is W1: the first fill of a mirror with a large list, beside a Go program that copies the same rows
// from one SQLite file to another in one transaction: by pages, and by an image, which the server makes for the first
// fill and has for those after it. found-rows/s and found-cpu-µs/row are until the rows are indexed for search, too,
// which follows when the mirror is up to date.
func BenchmarkFill(b *testing.B) {
	b.Run("pages", func(b *testing.B) {
		eachDatabase(b, benchFill, func(c *app.Config) { c.Images.Least = math.MaxInt64 })
	})
	b.Run("image", func(b *testing.B) { eachDatabase(b, benchFill) })
}

func benchFill(b *testing.B, w *world) {
	n := size()
	w.list("large", rows("mark", n))
	var filled, copied, found rates
	for b.Loop() {
		d := w.desk(w.chloe)
		m := measure()
		d.syncThen(func() { filled.add(m, n) })
		found.add(m, n)
		m = measure()
		copyRows(b, d, filepath.Join(b.TempDir(), "copy.db"))
		copied.add(m, n)
		must(b, d.follower.Close())
	}
	b.ReportMetric(alone(b, w), "client-MB")
	b.ReportMetric(filled.speed[0], "first-rows/s")
	b.ReportMetric(filled.work[0], "first-cpu-µs/row")
	if len(filled.speed) > 1 {
		filled = rates{filled.speed[1:], filled.work[1:]}
	}
	b.ReportMetric(median(filled.speed), "rows/s")
	b.ReportMetric(median(copied.speed), "ref-rows/s")
	b.ReportMetric(median(filled.speed)/median(copied.speed), "speed-ratio")
	b.ReportMetric(median(filled.work), "cpu-µs/row")
	b.ReportMetric(median(filled.work)/median(copied.work), "cpu-ratio")
	b.ReportMetric(median(found.speed), "found-rows/s")
	b.ReportMetric(median(found.work), "found-cpu-µs/row")
}

// rates are those of several rounds: rows a second, and microseconds of CPU a row.
type rates struct{ speed, work []float64 }

func (r *rates) add(m meter, rows int) {
	wall, work := m.stop()
	r.speed, r.work = append(r.speed, float64(rows)/wall.Seconds()), append(r.work, work.Seconds()*1e6/float64(rows))
}

// syncThen syncs, and calls there once, as soon as the mirror is up to date: before the rows are indexed.
func (d *desk) syncThen(there func()) {
	d.tb.Helper()
	d.watch = func(e syncclient.Event) {
		if isUpToDate(e) && there != nil {
			there()
			there = nil
		}
	}
	d.sync()
	d.watch = nil
}

// alone fills a mirror in a process of its own and returns the most memory that it had, in megabytes; 0 where the
// system does not tell.
func alone(b *testing.B, w *world) float64 {
	b.Helper()
	data := b.TempDir()
	must(b, w.deskAt(w.chloe, data).follower.Close())
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killedServer+"="+w.URL, killedData+"="+data)
	out, err := child.Output()
	must(b, err)
	return peakOf(string(out))
}

// copyRows is the reference of W1.
func copyRows(b *testing.B, d *desk, to string) {
	b.Helper()
	s, err := d.client.Status(context.Background(), d.login, d.account)
	must(b, err)
	from := openRead(b, filepath.Join(s.Folder, s.Lists[0].File))
	defer from.Close()
	db, err := sql.Open("sqlite3", "file:"+to+"?_journal_mode=WAL&_synchronous=NORMAL&_txlock=immediate")
	must(b, err)
	defer db.Close()
	_, err = db.Exec(`CREATE TABLE contacts (id TEXT PRIMARY KEY, email TEXT, first_name TEXT, last_name TEXT, company TEXT, city TEXT, fields TEXT, state TEXT, version INTEGER, created_at INTEGER, changed_at INTEGER) STRICT`)
	must(b, err)
	tx, err := db.Begin()
	must(b, err)
	const many = 50
	insert, err := tx.Prepare("INSERT INTO contacts VALUES (?,?,?,?,?,?,?,?,?,?,?)" + strings.Repeat(",(?,?,?,?,?,?,?,?,?,?,?)", many-1))
	must(b, err)
	one, err := tx.Prepare("INSERT INTO contacts VALUES (?,?,?,?,?,?,?,?,?,?,?)")
	must(b, err)
	all, err := from.Query("SELECT id, email, first_name, last_name, company, city, fields, state, version, created_at, changed_at FROM contacts")
	must(b, err)
	defer all.Close()
	args := make([]any, 0, many*11)
	for all.Next() {
		var text [8]string
		var number [3]int64
		must(b, all.Scan(&text[0], &text[1], &text[2], &text[3], &text[4], &text[5], &text[6], &text[7], &number[0], &number[1], &number[2]))
		for _, v := range text {
			args = append(args, v)
		}
		args = append(args, number[0], number[1], number[2])
		if len(args) == many*11 {
			_, err = insert.Exec(args...)
			must(b, err)
			args = args[:0]
		}
	}
	must(b, all.Err())
	for i := 0; i < len(args); i += 11 {
		_, err = one.Exec(args[i : i+11]...)
		must(b, err)
	}
	must(b, tx.Commit())
}

func median(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}
