package audit_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// book is a database with accounts that have histories.
type book struct {
	*store.Store
	ctx context.Context
}

// each runs f on both databases.
func each(t *testing.T, f func(t *testing.T, b *book)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
		f(t, &book{s, viewer.System(t.Context(), "a test looks at what is stored")})
	})
}

// account makes an account with a history of n lines.
func (b *book) account(tb testing.TB, n int) uuid.UUID {
	tb.Helper()
	id := uuid.Must(uuid.NewV7())
	b.write(tb, func(ctx context.Context, tx *ent.Tx) error {
		return tx.Account.Create().SetID(id).SetName("Test").Exec(ctx)
	})
	b.add(tb, id, lines(n)...)
	return id
}

// lines are n lines that differ in everything a line can have.
func lines(n int) []audit.Line {
	all := make([]audit.Line, n)
	for i := range all {
		all[i] = audit.Line{Verb: audit.Verbs()[i%len(audit.Verbs())], Actor: uuid.New(), Item: uuid.New(), Person: uuid.New(),
			Detail: map[string]string{"name": fmt.Sprintf("Größe <%d> & \"co\"\u2028\n", i), "rows": fmt.Sprint(i)}}
		switch i % 4 {
		case 1:
			all[i].Item, all[i].Detail = uuid.Nil, nil
		case 2:
			all[i].Actor, all[i].Person = uuid.Nil, uuid.Nil
		}
	}
	return all
}

// add appends lines, some to a transaction.
func (b *book) add(tb testing.TB, account uuid.UUID, all ...audit.Line) {
	tb.Helper()
	for i := 0; i < len(all); i += 3 {
		b.write(tb, func(ctx context.Context, tx *ent.Tx) error {
			return audit.Append(ctx, tx, b.Dialect(), account, all[i:min(i+3, len(all))]...)
		})
	}
}

func (b *book) write(tb testing.TB, f func(context.Context, *ent.Tx) error) {
	tb.Helper()
	if err := b.Write(b.ctx, f); err != nil {
		tb.Fatal(err)
	}
}

// sql runs statements with the placeholders of SQLite in one transaction.
func (b *book) sql(tb testing.TB, query string, args ...any) {
	tb.Helper()
	b.write(tb, func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, store.Rebind(b.Dialect(), query), args...)
		return err
	})
}

func (b *book) check(tb testing.TB, account uuid.UUID, noted ...audit.Noted) audit.Result {
	tb.Helper()
	r, err := audit.Check(b.ctx, b.Store, account, noted...)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// stored returns the lines of an account by number.
func (b *book) stored(tb testing.TB, account uuid.UUID) []*ent.AuditEvent {
	tb.Helper()
	rows, err := b.Client().AuditEvent.Query().Where(auditevent.AccountID(account)).Order(auditevent.ByNumber()).All(b.ctx)
	if err != nil {
		tb.Fatal(err)
	}
	return rows
}
