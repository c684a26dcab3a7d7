package graph_test

import (
	"context"
	"math/rand/v2"
	"slices"
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
// two branches are merged in index order. Rounds of both run in turn, and medians are reported, so that a
// busy machine slows both alike. The requests come from another process (load_test.go), so server-cpu is
// the server's alone, with SQLite and without PostgreSQL.
//
//	go test ./graph -run - -bench NewestCampaigns -benchtime 1x -timeout 30m
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
			load := startLoad(b, loadOrder{URL: s.URL, Tokens: tokens, Body: campaignsQuery, Holds: `"changedAt"`, Times: 50})
			const some = 400
			reference := func() { askReference(b, s.Store, crowd, 1+rand.IntN(people)) }
			load.run(b, some) // caches, statements and the planner's habits
			rate(some, reference)
			var ratios, references, served, referenceCPU, serverCPU []float64
			b.ResetTimer()
			for b.Loop() { // one iteration is eleven rounds of each
				for range 11 {
					before := cpu()
					references = append(references, rate(some, reference))
					between := cpu()
					served = append(served, load.run(b, some))
					after := cpu()
					ratios = append(ratios, served[len(served)-1]/references[len(references)-1])
					referenceCPU = append(referenceCPU, (between-before).Seconds()*1000/some)
					serverCPU = append(serverCPU, (after-between).Seconds()*1000/some)
				}
			}
			b.ReportMetric(median(references), "reference/s")
			b.ReportMetric(median(served), "requests/s")
			b.ReportMetric(median(ratios), "x-reference")
			b.ReportMetric(median(referenceCPU), "reference-cpu-ms")
			b.ReportMetric(median(serverCPU), "server-cpu-ms")
		})
	}
}

func median(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}

// rate runs f n times in 16 goroutines and returns how often a second.
func rate(n int, f func()) float64 {
	var wg sync.WaitGroup
	began := time.Now()
	for range loaders {
		wg.Go(func() {
			for range n / loaders {
				f()
			}
		})
	}
	wg.Wait()
	return float64(n/loaders*loaders) / time.Since(began).Seconds()
}

// cpu is what this process has used: the server, and on SQLite the database.
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
