//go:build unix

package mirror

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// BenchmarkSearch indexes a list that came as an image, batch by batch as an idle follower does, and searches it; with
// MIRROR_MILLION set one of a million rows, too. Beside it a Go program indexes the same texts in one transaction into
// SQLite's own table, and a search reads all rows.
func BenchmarkSearch(b *testing.B) {
	sizes := []int{100_000}
	if os.Getenv("MIRROR_MILLION") != "" {
		sizes = append(sizes, 1_000_000)
	}
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchSearch(b, n) })
	}
}

func benchSearch(b *testing.B, n int) {
	ctx := context.Background()
	rows := benchRows(n)
	r := imageOf(b, protocol.Contacts, rows)
	var index, reference, erase time.Duration
	var grown int64
	times := map[string][]time.Duration{}
	for b.Loop() {
		m, err := Open(ctx, filepath.Join(b.TempDir(), "mirror"), identity())
		check(b, err)
		list := tell(b, m, protocol.KindList, protocol.Contacts, n)
		start(b, m, list, r, 0)
		image, err := unpacked(ctx, m, list)
		check(b, err)
		_, err = m.AdoptImage(ctx, image)
		check(b, err)
		f := m.files[list.ID]
		before := pagesOf(b, f.db)
		wall, _ := spent(func() {
			for more := true; more; {
				more, err = m.Index(ctx, 50*time.Millisecond)
				check(b, err)
			}
		})
		index, grown = index+wall, grown+pagesOf(b, f.db)-before
		for name, text := range map[string]string{"one": fmt.Sprintf("person%d.", n/2), "hundred": "company 7 city", "common": "per"} {
			for range 20 {
				wall, _ := spent(func() {
					_, err := Search(ctx, m.Dir(), Query{Text: text, Item: list.ID})
					check(b, err)
				})
				times[name] = append(times[name], wall)
			}
		}
		for range 3 {
			wall, _ := spent(func() {
				var found int
				check(b, f.db.QueryRow(`SELECT count(*) FROM contacts WHERE email || first_name || last_name || company || city || fields LIKE '%person' || ? || '.%'`, n/2).Scan(&found))
			})
			times["scan"] = append(times["scan"], wall)
		}
		wall, _ = spent(func() { indexPlainly(b, f.path, filepath.Join(b.TempDir(), "plain.db")) })
		reference += wall
		at, err := m.RowsPosition(ctx, list)
		check(b, err)
		change(b, m, list, nil, []string{rows[0][0].(string)}, at.Cursor, n-1)
		wall, _ = spent(func() {
			if done, err := f.words.erase(ctx, f.db, f.path); err != nil || !done {
				b.Fatal(done, err)
			}
		})
		erase += wall
		check(b, m.Close())
	}
	all := float64(b.N) * float64(n)
	b.ReportMetric(all/index.Seconds(), "rows/s")
	b.ReportMetric(all/reference.Seconds(), "ref-rows/s")
	b.ReportMetric(reference.Seconds()/index.Seconds(), "speed-ratio")
	b.ReportMetric(float64(grown)/all, "B/row")
	b.ReportMetric(erase.Seconds()*1e3/float64(b.N), "erase-ms")
	for name, took := range times {
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1e3, name+"-ms")
	}
}

func check(tb testing.TB, err error) {
	if err != nil {
		tb.Helper()
		tb.Fatal(err)
	}
}

func pagesOf(tb testing.TB, db *sql.DB) (size int64) {
	tb.Helper()
	check(tb, db.QueryRow(`SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`).Scan(&size))
	return size
}

// indexPlainly is the reference of indexing: the same texts, in SQLite's own table, in one transaction.
func indexPlainly(b *testing.B, from, to string) {
	b.Helper()
	db, err := sql.Open("sqlite3", "file:"+to+"?_journal_mode=WAL&_synchronous=NORMAL")
	check(b, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, statement := range []string{
		`ATTACH 'file:` + from + `?mode=ro' AS list`,
		`CREATE VIRTUAL TABLE search USING fts4(id, text, notindexed=id, ` + foldWords + `)`,
		`INSERT INTO search (id, text) SELECT r.id, ` + rowText(protocol.Contacts) + ` FROM list.server_contacts r`,
	} {
		_, err := db.Exec(statement)
		check(b, err)
	}
}

// BenchmarkNoted applies pages of 100 changed rows to a list of 100,000 that is indexed, and to one without the triggers that
// note what is to be indexed; then it indexes them.
func BenchmarkNoted(b *testing.B) {
	ctx := context.Background()
	const n = 100_000
	rows := benchRows(n)
	r := imageOf(b, protocol.Contacts, rows)
	m, err := Open(ctx, filepath.Join(b.TempDir(), "mirror"), identity())
	check(b, err)
	defer m.Close()
	var lists []Bucket
	for range 2 {
		list := tell(b, m, protocol.KindList, protocol.Contacts, n)
		start(b, m, list, r, 0)
		image, err := unpacked(ctx, m, list)
		check(b, err)
		_, err = m.AdoptImage(ctx, image)
		check(b, err)
		lists = append(lists, list)
	}
	for more := true; more; {
		more, err = m.Index(ctx, time.Minute)
		check(b, err)
	}
	plain := m.files[lists[1].ID].db
	for _, on := range []string{"server_contacts_came", "server_contacts_changed", "server_contacts_went", "edits_came", "edits_changed", "edits_went"} {
		_, err := plain.Exec(`DROP TRIGGER ` + on)
		check(b, err)
	}
	var took [2][]time.Duration
	var index []time.Duration
	for round := 0; b.Loop(); round++ {
		var page [][]any
		for i := range 100 {
			row := slices.Clone(rows[i*7])
			row[5] = fmt.Sprintf("city %d", round)
			page = append(page, row)
		}
		for i := range lists {
			i = (i + round) % 2
			at, err := m.RowsPosition(ctx, lists[i])
			check(b, err)
			wall, _ := spent(func() { change(b, m, lists[i], page, nil, at.Cursor, n) })
			took[i] = append(took[i], wall)
		}
		wall, _ := spent(func() {
			for more := true; more; {
				more, err = m.Index(ctx, time.Minute)
				check(b, err)
			}
		})
		index = append(index, wall)
	}
	median := func(all []time.Duration) float64 {
		slices.Sort(all)
		return float64(all[len(all)/2].Microseconds()) / 1e3
	}
	b.ReportMetric(median(took[0]), "ms")
	b.ReportMetric(median(took[1]), "ref-ms")
	b.ReportMetric(median(took[0])/median(took[1]), "ratio")
	b.ReportMetric(median(index), "index-ms")
}
