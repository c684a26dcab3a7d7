package matrix_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/matrix"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkGrant gives 1,000 people access to 100 campaigns by one job, or to as many as PARTAGE_BENCH_CAMPAIGNS says,
// beside one INSERT … SELECT over two JSON arrays with conflict handling, into the same table of 1,000,000 edges. The
// job also writes the visibility log, the history and its progress.
func BenchmarkGrant(b *testing.B) {
	campaigns := 100
	if n, err := strconv.Atoi(os.Getenv("PARTAGE_BENCH_CAMPAIGNS")); err == nil {
		campaigns = n
	}
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(name, func(b *testing.B) {
			p := newPlace(b, storetest.Open(b, name), 10_000)
			people := p.crowd(1000)
			p.fill(people, p.campaigns(1000, item.AudienceRestricted))
			for b.Loop() {
				took, peak := p.grant(people, p.campaigns(campaigns, item.AudienceRestricted))
				reference := p.reference(people, p.campaigns(campaigns, item.AudienceRestricted))
				edges := float64(len(people) * campaigns)
				b.ReportMetric(edges/took.Seconds(), "edges/s")
				b.ReportMetric(edges/reference.Seconds(), "reference-edges/s")
				b.ReportMetric(took.Seconds()/reference.Seconds(), "x-reference")
				b.ReportMetric(peak, "peak-MB")
			}
		})
	}
}

func (p *place) crowd(n int) []uuid.UUID {
	people := make([]uuid.UUID, n)
	for i := range people {
		people[i] = p.person(collaborator.RoleMember)
	}
	return people
}

// exec runs a statement that reads two JSON arrays, of people and of campaigns.
func (p *place) exec(query string, people, campaigns []uuid.UUID) {
	p.Helper()
	if p.Store.Dialect() == dialect.Postgres {
		query = strings.NewReplacer("json_each(?1)", "jsonb_array_elements_text($1::jsonb)", "json_each(?2)", "jsonb_array_elements_text($2::jsonb)",
			"person.value", "person.value::uuid", "campaign.value", "campaign.value::uuid",
			"lower(hex(randomblob(16)))", "gen_random_uuid()", "?3", "$3").Replace(query)
	}
	err := p.Store.Write(p.System, func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, query, text(people), text(campaigns), p.ID)
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
}

const insert = `INSERT INTO access (id, created_at, account_id, collaborator_id, item_id, level, round_robin, rotation_rank, last_lead_at, item_seq)
	SELECT lower(hex(randomblob(16))), 1, ?3, person.value, campaign.value, 'edit', false, 0, 0, 0
	FROM json_each(?1) AS person CROSS JOIN json_each(?2) AS campaign WHERE true
	ON CONFLICT (item_id, collaborator_id) DO UPDATE SET level = excluded.level`

func (p *place) fill(people, campaigns []uuid.UUID) {
	p.Helper()
	p.exec(insert, people, campaigns)
}

func (p *place) reference(people, campaigns []uuid.UUID) time.Duration {
	p.Helper()
	begun := time.Now()
	p.exec(insert, people, campaigns)
	return time.Since(begun)
}

// grant grants by a job and returns how long that took, and the most memory that was in use.
func (p *place) grant(people, campaigns []uuid.UUID) (time.Duration, float64) {
	p.Helper()
	runtime.GC()
	done, peak := make(chan struct{}), make(chan float64)
	go func() {
		most := uint64(0)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			select {
			case <-done:
				peak <- float64(most) / 1e6
				return
			case <-tick.C:
			}
		}
	}()
	d := matrix.Draft{People: people, Changes: make(map[uuid.UUID]matrix.Wish)}
	for _, c := range campaigns {
		d.Changes[c] = given()
	}
	begun := time.Now()
	j := p.job(p.matrix.Grant(p.Owner, d))
	took := time.Since(begun)
	close(done)
	n := p.Store.Client().Access.Query().Where(access.ItemIDIn(campaigns[:min(len(campaigns), 500)]...)).CountX(p.System)
	if want := len(people) * min(len(campaigns), 500); n != want || j.Outcome != fmt.Sprintf(`{"added":%d}`, len(people)*len(campaigns)) {
		p.Fatalf("%d edges of %d: %v", n, want, j.Outcome)
	}
	return took, <-peak
}

func text(ids []uuid.UUID) string {
	list, err := json.Marshal(ids)
	if err != nil {
		panic(err)
	}
	return string(list)
}
