package graph_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkNewestCampaigns is W5: the first 50 campaigns that a person sees, last changed first, of 100,000
// with 1,000 people and 1,000,000 edges; 16 connections, the person varies.
//
// The reference is the best SQL alone, in-process, with 16 goroutines: the order stands on each edge, and
// two branches are merged in index order. Both run in turn in the same process.
//
//	go test ./graph -run - -bench NewestCampaigns -benchtime 5000x -timeout 30m
func BenchmarkNewestCampaigns(b *testing.B) {
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := servertest.Start(b, storetest.Config(b, name))
			size := servertest.CrowdSize{People: 1000, Campaigns: 100_000, Open: 1000, Edges: 1000}
			crowd := servertest.NewCrowd(b, s.Store, size)
			makeReference(b, s.Store)
			const people = 100
			var tokens []string
			for i := range people {
				tokens = append(tokens, crowd.Token(b, s.Store, i+1))
			}
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
			b.ResetTimer()
			for b.Loop() { // one iteration is a round of each
				const rounds = 2000
				reference := rate(rounds, func() {
					askReference(b, s.Store, crowd, 1+rand.IntN(people))
				})
				before := cpu()
				served := rate(rounds, func() {
					askCampaigns(b, client, s.URL, tokens[rand.IntN(people)])
				})
				spent := cpu() - before
				b.ReportMetric(reference, "reference/s")
				b.ReportMetric(served, "requests/s")
				b.ReportMetric(served/reference, "x-reference")
				b.ReportMetric(spent.Seconds()*1000/rounds, "cpu-ms/request")
			}
		})
	}
}

// rate runs f n times in 16 goroutines and returns how often a second.
func rate(n int, f func()) float64 {
	const workers = 16
	var wg sync.WaitGroup
	began := time.Now()
	for range workers {
		wg.Go(func() {
			for range n / workers {
				f()
			}
		})
	}
	wg.Wait()
	return float64(n/workers*workers) / time.Since(began).Seconds()
}

// cpu is what this process has used: the server, its client, and on SQLite the database.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func makeReference(b *testing.B, s *store.Store) {
	ctx := viewer.System(context.Background(), "a measurement makes its reference")
	err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		for _, q := range []string{
			`CREATE TABLE reference AS SELECT a.collaborator_id, i.seq, i.id FROM access a JOIN items i ON i.id = a.item_id`,
			`CREATE INDEX reference_order ON reference (collaborator_id, seq, id)`,
		} {
			if _, err := tx.ExecContext(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func askReference(b *testing.B, s *store.Store, c servertest.Crowd, person int) {
	open := `SELECT id, seq FROM items i WHERE account_id = ?1 AND audience = 'everyone' AND kind = 'campaign' AND deleted_at = 0
		AND NOT EXISTS (SELECT 1 FROM access a WHERE a.collaborator_id = ?2 AND a.item_id = i.id)`
	given := `SELECT id, seq FROM reference WHERE collaborator_id = ?2`
	query := `SELECT i.id, i.seq, i.name, i.version, i.changed_at FROM (` + open + ` UNION ` + given + ` ORDER BY seq DESC LIMIT 50) AS first
		JOIN items i ON i.id = first.id ORDER BY i.seq DESC`
	if s.Dialect() == dialect.Postgres {
		query = `SELECT i.id, i.seq, i.name, i.version, i.changed_at FROM (SELECT * FROM (` + open + ` ORDER BY seq DESC LIMIT 50) AS a
			UNION SELECT * FROM (` + given + ` ORDER BY seq DESC LIMIT 50) AS b ORDER BY seq DESC LIMIT 50) AS first
			JOIN items i ON i.id = first.id ORDER BY i.seq DESC`
	}
	rows, err := s.Client().QueryContext(context.Background(), store.Rebind(s.Dialect(), query), c.Account, c.People[person])
	if err != nil {
		b.Error(err)
		return
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var (
			id, name              string
			seq, version, changed int64
		)
		if err := rows.Scan(&id, &seq, &name, &version, &changed); err != nil {
			b.Error(err)
		}
	}
	if n != 50 {
		b.Errorf("the reference found %d", n)
	}
}

const campaignsQuery = `{"query": "{ campaigns(first: 50) { pageInfo { hasNextPage endCursor } edges { node { id name version changedAt } } } }"}`

func askCampaigns(b *testing.B, client *http.Client, url, token string) {
	req, err := http.NewRequest("POST", url+"/graphql", strings.NewReader(campaignsQuery))
	if err != nil {
		b.Error(err)
		return
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	res, err := client.Do(req)
	if err != nil {
		b.Error(err)
		return
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if n := bytes.Count(body, []byte(`"changedAt"`)); err != nil || n != 50 {
		b.Error(fmt.Errorf("%d campaigns: %.300s %w", n, body, err))
	}
}
