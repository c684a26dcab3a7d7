package clienttest

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/store"
)

// sizes are those of the list of a bench: the given ones, and a million where CLIENTTEST_MILLION is set.
func sizes(given ...int) []int {
	if os.Getenv("CLIENTTEST_MILLION") != "" {
		given = append(given, 1_000_000)
	}
	return given
}

// BenchmarkDelta is W2: 100 contacts of a list change, until the mirror has them, beside a range scan of the
// same rows on the server's database and their upsert into a plain SQLite file. Bytes are counted on the way, both
// ways, and so are those and the work of a sync that finds nothing new. found-ms and found-cpu-ms are until the rows are
// indexed for search, too, which follows when the mirror is up to date.
func BenchmarkDelta(b *testing.B) {
	for _, n := range sizes(10_000, 100_000) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			eachDatabase(b, func(b *testing.B, w *world) { benchDelta(b, w, n) })
		})
	}
}

func benchDelta(b *testing.B, w *world, n int) {
	list := w.list("large", rows("mark", n))
	way := newWay(b, w.URL)
	d, counted := w.desk(w.chloe), w.deskVia(w.chloe, b.TempDir(), way.url)
	d.sync()
	counted.sync()
	plain := filepath.Join(b.TempDir(), "plain.db")
	copyRows(b, d, plain)
	db, err := sql.Open("sqlite3", "file:"+plain+"?_journal_mode=WAL&_synchronous=NORMAL&_txlock=immediate")
	must(b, err)
	defer db.Close()
	var took, work, found, foundWork, reference, bytes, idle, idleWork []float64
	add := func(m meter, took, work *[]float64) {
		wall, cost := m.stop()
		*took, *work = append(*took, wall.Seconds()*1e3), append(*work, cost.Seconds()*1e3)
	}
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
		d.syncThen(func() { add(m, &took, &work) })
		add(m, &found, &foundWork)
		m = measure()
		if n := upsertChanged(b, w, list, db); n != 100 {
			b.Fatalf("the reference found %d changed rows", n)
		}
		wall, _ := m.stop()
		reference = append(reference, wall.Seconds()*1e3)
		before := way.bytes.Load()
		counted.sync()
		bytes = append(bytes, float64(way.bytes.Load()-before))
		before = way.bytes.Load()
		counted.sync()
		idle = append(idle, float64(way.bytes.Load()-before))
		m = measure()
		d.sync()
		_, cost := m.stop()
		idleWork = append(idleWork, cost.Seconds()*1e3)
	}
	b.ReportMetric(median(took), "ms")
	b.ReportMetric(median(reference), "ref-ms")
	b.ReportMetric(median(took)/median(reference), "ratio")
	b.ReportMetric(median(work), "cpu-ms")
	b.ReportMetric(median(found), "found-ms")
	b.ReportMetric(median(foundWork), "found-cpu-ms")
	b.ReportMetric(median(bytes), "wire-B")
	b.ReportMetric(median(idle), "idle-wire-B")
	b.ReportMetric(median(idleWork), "idle-cpu-ms")
}

// way passes connections on to a server and counts the bytes, both ways.
type way struct {
	url   string
	bytes atomic.Int64
}

func newWay(tb testing.TB, server string) *way {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(tb, err)
	w := &way{url: "http://" + l.Addr().String()}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			to, err := net.Dial("tcp", strings.TrimPrefix(server, "http://"))
			if err != nil {
				from.Close()
				continue
			}
			for _, c := range []struct{ from, to net.Conn }{{from, to}, {to, from}} {
				all.Go(func() {
					_, _ = io.Copy(counting{c.to, &w.bytes}, c.from)
					c.to.Close()
					c.from.Close()
				})
			}
		}
	})
	tb.Cleanup(func() { l.Close() })
	return w
}

type counting struct {
	io.Writer
	bytes *atomic.Int64
}

func (c counting) Write(p []byte) (int, error) {
	c.bytes.Add(int64(len(p)))
	return c.Writer.Write(p)
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
