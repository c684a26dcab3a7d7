package door_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/intake/door"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkLeads is W7: leads over HTTP from 16 senders to 10 people in turn, beside the reference: one INSERT and
// commit a lead, the person given, in-process, into the same table. Both are run in turns, three times, and the
// metrics are of the medians. One iteration is all of it.
//
//	go test ./server/intake/door -run - -bench Leads -benchtime 1x
func BenchmarkLeads(b *testing.B) {
	const senders, leads = 16, 8000
	for _, d := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(d, func(b *testing.B) {
			c := storetest.Config(b, d)
			s := servertest.Start(b, c, func(c *app.Config) {
				c.Leads = door.Config{PerForm: door.Rate{PerSecond: 1e6, Burst: 1e6}, PerAddress: door.Rate{PerSecond: 1e6, Burst: 1e6}}
			})
			h := newHouse(b, s)
			people := h.people(b, 10)
			other := h.newCampaign(b)
			insert := reference(b, c, d, senders)
			for b.Loop() {
				var given, posted []float64
				for range 3 {
					given = append(given, rate(b, senders, leads, func(i int) error { return insert(h.ID, other, people[i%len(people)]) }))
					posted = append(posted, rate(b, senders, leads, h.poster(senders)))
				}
				slices.Sort(given)
				slices.Sort(posted)
				b.ReportMetric(given[1], "reference/s")
				b.ReportMetric(posted[1], "leads/s")
				b.ReportMetric(posted[1]/given[1], "ratio")
			}
			b.ReportMetric(0, "ns/op")
			h.evenly(b)
		})
	}
}

// rate runs f n times on some goroutines and returns how often it ran in a second.
func rate(b *testing.B, at, n int, f func(i int) error) float64 {
	b.Helper()
	var g sync.WaitGroup
	var next atomic.Int64
	start := time.Now()
	for range at {
		g.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				if err := f(int(i)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	g.Wait()
	return float64(n) / time.Since(start).Seconds()
}

// poster posts leads over HTTP, each with an idempotency key of its own.
func (h *house) poster(senders int) func(int) error {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: senders}}
	return func(i int) error {
		id := uuid.NewString()
		body := fmt.Sprintf(`{"email":"%s@example.com","name":"Ann Example","phone":"+33 6 %08d","source":"fair","idempotency_key":"%s","company":"Example","city":"Lyon","message":"Please call me back in the morning."}`, id[:18], i, id)
		r, err := http.NewRequest(http.MethodPost, h.URL+"/leads/"+h.key, bytes.NewReader([]byte(body)))
		if err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/json")
		response, err := client.Do(r)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		answer, err := io.ReadAll(response.Body)
		if err == nil && response.StatusCode != http.StatusCreated {
			err = fmt.Errorf("%s %s", response.Status, answer)
		}
		return err
	}
}

// reference returns the fastest plain way to store a lead: a prepared statement on a connection of its own.
func reference(b *testing.B, c store.Config, d string, senders int) func(account, campaign, person uuid.UUID) error {
	b.Helper()
	driver, source := "pgx", c.URL
	if d == dialect.SQLite {
		driver, source = "sqlite3", "file:"+filepath.Join(c.DataDir, store.FileName)+"?_txlock=immediate&_fk=on&_sync=full&_busy_timeout=5000"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(senders)
	db.SetMaxIdleConns(senders)
	if d == dialect.SQLite {
		db.SetMaxOpenConns(1)
	}
	prepared, err := db.Prepare(store.Rebind(d, `INSERT INTO leads (id, created_at, account_id, campaign_id, assignee_id, email, email_key, name,
		phone, phone_key, search_key, source, fields, decision, request_key, row_seq, assigned_at, changed_at)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?8, ?9, 'fair', ?10, ?11, ?12, 1, ?2, ?2)`))
	if err != nil {
		b.Fatal(err)
	}
	return func(account, campaign, person uuid.UUID) error {
		id := uuid.Must(uuid.NewV7())
		email := id.String() + "@example.com"
		_, err := prepared.Exec(id, time.Now().UnixMicro(), account, campaign, person, email, "Ann Example", fmt.Sprintf("336%09d", id.ID()),
			"ann example "+email, `{"city":"Lyon","company":"Example","message":"Please call me back in the morning."}`,
			`{"decision":"rotation","to":"`+person.String()+`"}`, id.String())
		return err
	}
}

// evenly fails where two people were given leads whose numbers differ by more than one.
func (h *house) evenly(tb testing.TB) {
	tb.Helper()
	rows, err := h.App.Store.Client().QueryContext(context.Background(),
		store.Rebind(h.App.Store.Dialect(), `SELECT count(*) FROM leads WHERE campaign_id = ? GROUP BY assignee_id`), h.campaign)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	var counts []int
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			tb.Fatal(err)
		}
		counts = append(counts, n)
	}
	if len(counts) == 0 || slices.Max(counts)-slices.Min(counts) > 1 {
		tb.Errorf("given out %v", counts)
	}
}
