package push_test

import (
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/push"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// BenchmarkPush pushes batches of a hundred new contacts over HTTP; the time is that of a batch.
func BenchmarkPush(b *testing.B) {
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		b.Run(name, func(b *testing.B) {
			h := open(b, servertest.Start(b, storetest.Config(b, name)))
			d := h.desktop("olga")
			for b.Loop() {
				b.StopTimer()
				batch := d.contacts(push.MostMutations)
				b.StartTimer()
				d.push(batch...)
			}
		})
	}
}
