package clienttest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/addressbook"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
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

func eachDatabase(b *testing.B, f func(b *testing.B, w *world)) {
	for _, dialect := range []string{"sqlite3", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			f(b, populate(b, servertest.Start(b, storetest.Config(b, dialect))))
		})
	}
}

// BenchmarkFill is W1: the first fill of a mirror with a large list, beside a Go program that copies the same rows
// from one SQLite file to another in one transaction.
func BenchmarkFill(b *testing.B) {
	eachDatabase(b, func(b *testing.B, w *world) {
		n := size()
		w.list("large", rows("mark", n))
		var filled, copied, fillWork, copyWork []float64
		for b.Loop() {
			d := w.desk(w.chloe)
			m := measure()
			d.sync()
			wall, work := m.stop()
			filled, fillWork = append(filled, float64(n)/wall.Seconds()), append(fillWork, work.Seconds()*1e6/float64(n))
			m = measure()
			copyRows(b, d, filepath.Join(b.TempDir(), "copy.db"))
			wall, work = m.stop()
			copied, copyWork = append(copied, float64(n)/wall.Seconds()), append(copyWork, work.Seconds()*1e6/float64(n))
			must(b, d.follower.Close())
		}
		b.ReportMetric(alone(b, w), "client-MB")
		b.ReportMetric(median(filled), "rows/s")
		b.ReportMetric(median(copied), "ref-rows/s")
		b.ReportMetric(median(filled)/median(copied), "speed-ratio")
		b.ReportMetric(median(fillWork), "cpu-µs/row")
		b.ReportMetric(median(fillWork)/median(copyWork), "cpu-ratio")
	})
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
	var kB float64
	for _, line := range strings.Split(string(out), "\n") {
		_, _ = fmt.Sscanf(line, "VmHWM: %f kB", &kB)
	}
	return kB / 1024
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

// BenchmarkDelta is W2: 100 contacts of a large list change, until the mirror has them, beside a range scan of the
// same rows on the server's database and their upsert into a plain SQLite file.
func BenchmarkDelta(b *testing.B) {
	eachDatabase(b, func(b *testing.B, w *world) {
		list := w.list("large", rows("mark", size()))
		d := w.desk(w.chloe)
		d.sync()
		plain := filepath.Join(b.TempDir(), "plain.db")
		copyRows(b, d, plain)
		db, err := sql.Open("sqlite3", "file:"+plain+"?_journal_mode=WAL&_synchronous=NORMAL&_txlock=immediate")
		must(b, err)
		defer db.Close()
		var took, work, reference []float64
		round := 0
		for b.Loop() {
			round++
			var csv strings.Builder
			csv.WriteString("email,city\n")
			for i := range 100 {
				fmt.Fprintf(&csv, "mark.%06d@example.com,city %d\n", i*7, round)
			}
			_, err := w.Addressbook.Import(w.anna.ctx, list, strings.NewReader(csv.String()), nil)
			must(b, err)
			m := measure()
			d.sync()
			wall, cost := m.stop()
			took, work = append(took, wall.Seconds()*1e3), append(work, cost.Seconds()*1e3)
			m = measure()
			if n := upsertChanged(b, w, list, db); n != 100 {
				b.Fatalf("the reference found %d changed rows", n)
			}
			wall, _ = m.stop()
			reference = append(reference, wall.Seconds()*1e3)
		}
		b.ReportMetric(median(took), "ms")
		b.ReportMetric(median(reference), "ref-ms")
		b.ReportMetric(median(took)/median(reference), "ratio")
		b.ReportMetric(median(work), "cpu-ms")
	})
}

// upsertChanged is the reference of W2: it moves the rows of a list's last change from the server's database into db,
// and returns how many they are.
func upsertChanged(b *testing.B, w *world, list uuid.UUID, db *sql.DB) (n int) {
	b.Helper()
	changed, err := w.Store.Client().QueryContext(context.Background(), store.Rebind(w.Store.Dialect(),
		`SELECT id, email, first_name, last_name, company, city, fields, state, version, created_at, changed_at FROM contacts
		WHERE list_id = ?1 AND row_seq = (SELECT rows_head FROM items WHERE id = ?1) ORDER BY id`), list)
	must(b, err)
	defer changed.Close()
	tx, err := db.Begin()
	must(b, err)
	upsert, err := tx.Prepare("INSERT OR REPLACE INTO contacts VALUES (?,?,?,?,?,?,?,?,?,?,?)")
	must(b, err)
	for ; changed.Next(); n++ {
		var text [8]string
		var number [3]int64
		must(b, changed.Scan(&text[0], &text[1], &text[2], &text[3], &text[4], &text[5], &text[6], &text[7], &number[0], &number[1], &number[2]))
		_, err = upsert.Exec(text[0], text[1], text[2], text[3], text[4], text[5], text[6], text[7], number[0], number[1], number[2])
		must(b, err)
	}
	must(b, changed.Err())
	must(b, tx.Commit())
	return n
}

// BenchmarkFollow is W3 with one follower: a change through the server's commands, until its row is committed in the
// mirror.
func BenchmarkFollow(b *testing.B) {
	eachDatabase(b, func(b *testing.B, w *world) {
		list := w.list("small", rows("mark", 1000))
		d := w.desk(w.chloe)
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		ended := d.follow(ctx)
		at := d.await(d.await(0, isConnected), isUpToDate)
		contact, err := w.Addressbook.CreateContact(w.anna.ctx, list, addressbook.ContactPatch{Email: ptr("moving@example.com")})
		must(b, err)
		at = d.await(at, isRow)
		var took, wrote []float64
		version := int64(1)
		for b.Loop() {
			start := time.Now()
			_, err := w.Addressbook.ChangeContact(w.anna.ctx, contact, version, addressbook.ContactPatch{City: ptr(uuid.NewString())})
			must(b, err)
			wrote = append(wrote, time.Since(start).Seconds()*1e3)
			version++
			at = d.await(at, isRow)
			took = append(took, time.Since(start).Seconds()*1e3)
		}
		slices.Sort(took)
		b.ReportMetric(median(took), "p50-ms")
		b.ReportMetric(took[len(took)*99/100], "p99-ms")
		b.ReportMetric(median(wrote), "ref-write-ms")
		cancel()
		must(b, <-ended)
	})
}

func isRow(e syncclient.Event) bool {
	page, ok := e.(syncclient.RowsPage)
	return ok && page.Changed > 0
}

func median(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}
