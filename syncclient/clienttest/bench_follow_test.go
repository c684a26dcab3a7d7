package clienttest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/syncclient"
)

const (
	followRate = 20 // changes a second
	followFor  = 20 // seconds
)

// BenchmarkFollow is W3: 20 changes a second through GraphQL, each of another contact, with 1 and with 100 followers
// that have a mirror each; from a request's start until its row is committed in a mirror. Beside it the write alone,
// without followers. Client and server share the machine.
func BenchmarkFollow(b *testing.B) {
	for _, followers := range []int{1, 100} {
		b.Run(fmt.Sprint(followers), func(b *testing.B) {
			eachDatabase(b, func(b *testing.B, w *world) {
				w.list("small", rows("mark", 1000))
				contacts, err := w.Store.Client().Contact.Query().IDs(w.anna.ctx)
				must(b, err)
				anna := w.As(w.token(w.anna))
				change := func(n int) time.Duration {
					start := time.Now()
					a := anna.Must(b, `mutation($in: ChangeContactInput!) { changeContact(input: $in) { contact { id } errors { message } } }`,
						map[string]any{"in": map[string]any{"id": "contact_" + contacts[n].String(), "baseVersion": 1 + n/len(contacts), "city": fmt.Sprint("city ", n)}})
					if a.At("changeContact.contact.id") == nil {
						b.Fatalf("changing a contact: %s", a)
					}
					return time.Since(start)
				}
				var alone []float64
				next := 0
				for range 2 * followRate {
					alone = append(alone, change(next).Seconds()*1e3)
					next++
				}
				all := w.followers(b, followers)
				for b.Loop() {
					took, work, told := all.watch(b, func() []time.Time {
						var starts []time.Time
						tick := time.NewTicker(time.Second / followRate)
						defer tick.Stop()
						for range followRate * followFor {
							<-tick.C
							starts = append(starts, time.Now())
							change(next)
							next++
						}
						return starts
					})
					slices.Sort(took)
					b.ReportMetric(median(took), "p50-ms")
					b.ReportMetric(took[len(took)*99/100], "p99-ms")
					b.ReportMetric(took[len(took)-1], "max-ms")
					b.ReportMetric(work.Seconds()*1e3/float64(followRate*followFor*followers), "cpu-ms/change/follower")
					b.ReportMetric(float64(len(took))/float64(told), "changes/told")
				}
				b.ReportMetric(median(alone), "ref-write-ms")
				all.stop(b)
			})
		})
	}
}

// token signs a person in as a program does.
func (w *world) token(p person) string {
	w.tb.Helper()
	ticket, err := w.Identity.LogIn(context.Background(), identity.Credentials{Email: p.email, Password: password, Account: w.account}, identity.Device{})
	must(w.tb, err)
	return ticket.Token
}

// audience is followers that run, each with a mirror of its own.
type audience struct {
	desks   []*desk
	ends    []<-chan error
	stop    func(b *testing.B)
	arrived []chan arrival
}

type arrival struct {
	rows int64
	at   time.Time
}

func (w *world) followers(b *testing.B, n int) *audience {
	b.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a := &audience{}
	for range n {
		d, came := w.desk(w.chloe), make(chan arrival, 10_000)
		must(b, d.follower.Close())
		var err error
		d.follower, err = d.client.Open(ctx, d.login, d.account, func(e syncclient.Event) {
			if page, ok := e.(syncclient.RowsPage); ok {
				came <- arrival{page.Changed, time.Now()}
			}
			d.hear(e)
		})
		must(b, err)
		a.desks, a.arrived, a.ends = append(a.desks, d), append(a.arrived, came), append(a.ends, d.follow(ctx))
	}
	for i, d := range a.desks {
		d.await(d.await(0, isConnected), isUpToDate)
		for len(a.arrived[i]) > 0 {
			<-a.arrived[i]
		}
	}
	a.stop = func(b *testing.B) {
		cancel()
		for _, end := range a.ends {
			must(b, <-end)
		}
	}
	return a
}

// watch makes changes, each of one row, and returns the milliseconds from the start of each until each of the mirrors
// had it, the time that all processors worked, and how often a mirror was told of changes.
func (a *audience) watch(b *testing.B, changes func() []time.Time) (took []float64, work time.Duration, told int) {
	b.Helper()
	before := cpu()
	starts := changes()
	var mu sync.Mutex
	var all sync.WaitGroup
	for _, came := range a.arrived {
		all.Go(func() {
			var mine []float64
			pages := 0
			for len(mine) < len(starts) {
				next := <-came
				pages++
				for range next.rows {
					mine = append(mine, next.at.Sub(starts[len(mine)]).Seconds()*1e3)
				}
			}
			mu.Lock()
			defer mu.Unlock()
			took, told = append(took, mine...), told+pages
		})
	}
	all.Wait()
	return took, cpu() - before, told
}
