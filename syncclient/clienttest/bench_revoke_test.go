package clienttest

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/partage-mail/partage/ent/item"
)

// BenchmarkRevoke is W4: a list is taken away, until its rows and their bytes are gone from the mirror's disk, beside
// the DELETE of the same rows from a plain file with secure_delete and a truncating checkpoint.
func BenchmarkRevoke(b *testing.B) {
	for _, n := range sizes(10_000) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			eachDatabase(b, func(b *testing.B, w *world) {
				list := w.list("large", rows("mark", n))
				d := w.desk(w.chloe)
				var took, reference []float64
				for b.Loop() {
					d.sync()
					plain := filepath.Join(b.TempDir(), "plain.db")
					copyRows(b, d, plain)
					must(b, w.Sharing.SetAudience(w.anna.ctx, list, item.AudienceRestricted))
					m := measure()
					d.sync()
					wall, _ := m.stop()
					took = append(took, wall.Seconds()*1e3)
					reference = append(reference, deleteRows(b, plain))
					must(b, w.Sharing.SetAudience(w.anna.ctx, list, item.AudienceEveryone))
				}
				b.ReportMetric(median(took), "ms")
				b.ReportMetric(median(reference), "ref-ms")
				b.ReportMetric(median(took)/median(reference), "ratio")
			})
		})
	}
}

// deleteRows is the reference of W4; it returns milliseconds.
func deleteRows(b *testing.B, path string) float64 {
	b.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=NORMAL&_secure_delete=on&_txlock=immediate")
	must(b, err)
	defer db.Close()
	must(b, db.Ping())
	m := measure()
	_, err = db.Exec("DELETE FROM contacts")
	must(b, err)
	_, err = db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	must(b, err)
	wall, _ := m.stop()
	return wall.Seconds() * 1e3
}
