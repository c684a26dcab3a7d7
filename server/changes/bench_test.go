package changes_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

func benchEach(b *testing.B, f func(*testing.B, *account)) {
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(name, func(b *testing.B) { f(b, setup(b, storetest.Open(b, name)).newAccount(b, 1)) })
	}
}

// made returns n items of a kind for everyone, with content of so many bytes where they are campaigns.
func (a *account) made(n int, kind item.Kind, bytes int) []uuid.UUID {
	ids := make([]uuid.UUID, n)
	body := strings.Repeat("x", bytes)
	a.write(func(ctx context.Context, tx *feed.Tx) error {
		for i := range ids {
			ids[i] = uuid.Must(uuid.NewV7())
			tx.Changed(ids[i])
			tx.Appeared(ids[i])
			err := tx.Item.Create().SetID(ids[i]).SetAccountID(a.id).SetKind(kind).SetName("x").SetNameKey("x").
				SetCreatorID(a.owner().id).Exec(ctx)
			if err != nil {
				return err
			}
			if kind == item.KindCampaign {
				err = tx.Campaign.Create().SetID(ids[i]).SetAccountID(a.id).SetBody(body).Exec(ctx)
			} else {
				err = tx.ContactList.Create().SetID(ids[i]).SetAccountID(a.id).Exec(ctx)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return ids
}

// BenchmarkTurn turns a list at which 5,000 campaigns of 10 kB point, out of a person's sight and back, and
// reads what is to be told of it.
func BenchmarkTurn(b *testing.B) {
	benchEach(b, func(b *testing.B, a *account) {
		list := a.create(item.KindContactList, a.owner(), true)
		campaigns := a.made(5000, item.KindCampaign, 10<<10)
		a.write(func(ctx context.Context, tx *feed.Tx) error {
			for _, id := range campaigns {
				tx.Changed(id)
			}
			return tx.ContactList.UpdateOneID(list.id).AddCampaignIDs(campaigns...).Exec(ctx)
		})
		ctx, cursor := a.as(a.model.people[1]), ""
		read := func() (pages, items int) {
			for more := true; more; pages++ {
				a.must(a.store.Snapshot(ctx, func(ctx context.Context, tx *ent.Tx) error {
					page, err := a.changes.Workspace(ctx, tx, a.store.Dialect(), cursor, changes.MaxPage)
					if err == nil {
						cursor, more = page.Next, page.More
						items += len(page.Items)
					}
					return err
				}))
			}
			return pages, items
		}
		read()
		pages, items := 0, 0
		for b.Loop() {
			b.StopTimer()
			a.setAudience(list, !list.everyone)
			b.StartTimer()
			p, n := read()
			pages, items = pages+p, items+n
		}
		b.ReportMetric(float64(pages)/float64(b.N), "pages/op")
		b.ReportMetric(float64(items)/float64(b.N), "items/op")
		b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(pages), "ms/page")
	})
}

// BenchmarkGrant gives one person 1,000 edges in one transaction, beside a plain INSERT … SELECT of the same
// rows, and tells how many times longer it takes, of the fastest of each.
func BenchmarkGrant(b *testing.B) {
	benchEach(b, func(b *testing.B, a *account) {
		const n = 1000
		lists, person := a.made(n, item.KindContactList, 0), a.model.people[1].id
		insert := func(ctx context.Context, tx *ent.Tx) error {
			_, err := tx.ExecContext(ctx, store.Rebind(a.store.Dialect(), `INSERT INTO access
				(id, created_at, account_id, collaborator_id, item_id, level, round_robin, rotation_rank, last_lead_at, item_seq)
				SELECT id, 1, account_id, ?1, id, 'view', false, 0, 0, 0 FROM items WHERE account_id = ?2 AND kind = 'contact_list'`),
				person, a.id)
			return err
		}
		clean := func() {
			a.must(a.store.Write(system(), func(ctx context.Context, tx *ent.Tx) error {
				_, err := tx.Access.Delete().Where(access.CollaboratorID(person)).Exec(ctx)
				return err
			}))
		}
		plain, granted := time.Hour, time.Hour
		for b.Loop() {
			start := time.Now()
			a.must(a.store.Write(system(), insert))
			plain = min(plain, time.Since(start))
			clean()
			start = time.Now()
			a.write(func(ctx context.Context, tx *feed.Tx) error {
				for _, id := range lists {
					tx.Granted(person, id, "absent")
				}
				return insert(ctx, tx.Tx)
			})
			granted = min(granted, time.Since(start))
			clean()
		}
		b.ReportMetric(float64(granted.Microseconds())/1e3, "ms/grant")
		b.ReportMetric(float64(plain.Microseconds())/1e3, "ms/insert")
		b.ReportMetric(float64(granted)/float64(plain), "ratio")
		b.ReportMetric(0, "ns/op")
	})
}
