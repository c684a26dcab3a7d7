package clienttest

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/app"
)

// BenchmarkWire counts what of real text travels in a first fill, both ways and all answers included: bytes a contact, of
// 40,000 whose texts are those of 10,000 customers (address, name, company, city, country, phone), each with another address
// four times; ref-B/row is these texts alone.
func BenchmarkWire(b *testing.B) {
	text, rows := customers(b, 4)
	for name, least := range map[string]int64{"pages": math.MaxInt64, "image": 0} {
		b.Run(name, func(b *testing.B) {
			eachDatabase(b, func(b *testing.B, w *world) {
				w.list("customers", text)
				var travelled float64
				for b.Loop() {
					way := newWay(b, w.URL)
					d := w.deskVia(w.chloe, b.TempDir(), way.url)
					must(b, d.follower.Sync(context.Background()))
					travelled = float64(way.bytes.Load())
				}
				b.ReportMetric(travelled/float64(rows), "wire-B/row")
				b.ReportMetric(float64(len(text))/float64(rows), "ref-B/row")
			}, func(c *app.Config) { c.Images.Least = least })
		})
	}
}

// customers is a file of real texts, several times over, and how many rows it has.
func customers(b *testing.B, times int) (text string, rows int) {
	b.Helper()
	file, err := os.Open("../../../shared/data/contacts/customers-10000.csv")
	if err != nil {
		b.Skip("the real contacts are not here: ", err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	must(b, err)
	var out strings.Builder
	to := csv.NewWriter(&out)
	must(b, to.Write([]string{"email", "first name", "last name", "company", "city", "country", "phone"}))
	for round := range times {
		for i, c := range all[1:] {
			rows++
			must(b, to.Write([]string{strings.Repeat("x", round) + c[9], all[1+(i+round*17)%10_000][2], c[3], c[4], c[5], c[6], c[7]}))
		}
	}
	to.Flush()
	return out.String(), rows
}
