//go:build unix

package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// BenchmarkAdopt makes the file of a list of 100,000 contacts of an image that has come: unpacked, checked, completed and
// named. Beside it a Go program copies the same rows from one SQLite file to another in one transaction.
func BenchmarkAdopt(b *testing.B) {
	const rows = 100_000
	ctx := context.Background()
	m, err := Open(ctx, filepath.Join(b.TempDir(), "mirror"), identity())
	if err != nil {
		b.Fatal(err)
	}
	defer m.Close()
	r := imageOf(b, protocol.Contacts, benchRows(rows))
	var adopted, copied, adoptedWork, copiedWork time.Duration
	for b.Loop() {
		list := tell(b, m, protocol.KindList, protocol.Contacts, rows)
		start(b, m, list, r, 0)
		wall, work := spent(func() {
			image, err := unpacked(ctx, m, list)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := m.AdoptImage(ctx, image); err != nil {
				b.Fatal(err)
			}
		})
		adopted, adoptedWork = adopted+wall, adoptedWork+work
		wall, work = spent(func() { copyContacts(b, m.files[list.ID].path, filepath.Join(b.TempDir(), "copy.db")) })
		copied, copiedWork = copied+wall, copiedWork+work
	}
	n := float64(b.N) * rows
	b.ReportMetric(n/adopted.Seconds(), "rows/s")
	b.ReportMetric(n/copied.Seconds(), "ref-rows/s")
	b.ReportMetric(copied.Seconds()/adopted.Seconds(), "speed-ratio")
	b.ReportMetric(adoptedWork.Seconds()*1e6/n, "cpu-µs/row")
	b.ReportMetric(adoptedWork.Seconds()/copiedWork.Seconds(), "cpu-ratio")
	b.ReportMetric(float64(len(r.packed))/rows, "B/row")
}

// benchRows are contacts about as long as real ones.
func benchRows(n int) [][]any {
	var rows [][]any
	for i := range n {
		rows = append(rows, []any{
			newID(), fmt.Sprintf("person%d.lastname%d@company%d.example", i, i*7919%n, i%997), fmt.Sprintf("First%d", i%500),
			fmt.Sprintf("Last%d", i%3000), fmt.Sprintf("Company %d", i%997), fmt.Sprintf("City%d", i%200),
			fmt.Sprintf(`{"country":"FR","segment":"%d"}`, i%20), "subscribed", 1, 1700000000000000 + i*1000, 1700000000000000 + i*1000,
		})
	}
	return rows
}

// spent returns how long work took, and how much processor time this process used meanwhile.
func spent(work func()) (wall, processor time.Duration) {
	used := func() time.Duration {
		var u syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	began, before := time.Now(), used()
	work()
	return time.Since(began), used() - before
}

// copyContacts is the reference.
func copyContacts(b *testing.B, from, to string) {
	b.Helper()
	check := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	source, err := sql.Open("sqlite3", "file:"+from+"?mode=ro")
	check(err)
	defer source.Close()
	db, err := sql.Open("sqlite3", "file:"+to+"?_journal_mode=WAL&_synchronous=NORMAL&_txlock=immediate")
	check(err)
	defer db.Close()
	_, err = db.Exec(`CREATE TABLE contacts (id TEXT PRIMARY KEY, email TEXT, first_name TEXT, last_name TEXT, company TEXT, city TEXT,
		fields TEXT, state TEXT, version INTEGER, created_at INTEGER, changed_at INTEGER) STRICT`)
	check(err)
	tx, err := db.Begin()
	check(err)
	const many = 50
	insert, err := tx.Prepare("INSERT INTO contacts VALUES (?,?,?,?,?,?,?,?,?,?,?)" + strings.Repeat(",(?,?,?,?,?,?,?,?,?,?,?)", many-1))
	check(err)
	all, err := source.Query("SELECT id, email, first_name, last_name, company, city, fields, state, version, created_at, changed_at FROM server_contacts")
	check(err)
	defer all.Close()
	args := make([]any, 0, many*11)
	for all.Next() {
		var text [8]string
		var number [3]int64
		check(all.Scan(&text[0], &text[1], &text[2], &text[3], &text[4], &text[5], &text[6], &text[7], &number[0], &number[1], &number[2]))
		for _, v := range text {
			args = append(args, v)
		}
		args = append(args, number[0], number[1], number[2])
		if len(args) == many*11 {
			_, err = insert.Exec(args...)
			check(err)
			args = args[:0]
		}
	}
	check(all.Err())
	check(tx.Commit())
}
