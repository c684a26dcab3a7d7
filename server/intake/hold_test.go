package intake_test

import (
	"context"
	"errors"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/lead"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/intake"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/server/team"
)

// team returns the commands on people.
func (d *desk) team(tb testing.TB) *team.Team {
	m, err := mailing.New(d.Store, mailing.Config{})
	if err != nil {
		tb.Fatal(err)
	}
	id := identity.New(d.Store, d.Feed, m, identity.Config{
		Hash: argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}})
	return team.New(d.Store, d.Feed, id, m, team.Config{PublicURL: "https://x.example/"})
}

// waits returns when n sessions of the database wait for a lock.
func (d *desk) waits(tb testing.TB, n int) {
	tb.Helper()
	for waiting := 0; waiting < n; {
		rows, err := d.Store.Client().QueryContext(d.System, `SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`)
		if err != nil {
			tb.Fatal(err)
		}
		rows.Next()
		if err := errors.Join(rows.Scan(&waiting), rows.Close()); err != nil {
			tb.Fatal(err)
		}
	}
}

// TestDeactivatedMeanwhile deals a lead to a person who is deactivated at the same moment, in both orders: while the
// account is held, one waits for its number and the other for the first. No open lead stays with who is out.
func TestDeactivatedMeanwhile(t *testing.T) {
	for _, first := range []string{"post", "deactivate"} {
		t.Run(first+" first", func(t *testing.T) {
			d := setup(t, storetest.Open(t, dialect.Postgres))
			bob := d.people(t, 1)[0]
			tm := d.team(t)
			held, goOn, done := make(chan bool), make(chan bool), make(chan error, 3)
			go func() {
				done <- d.Feed.Write(d.System, d.ID, func(ctx context.Context, tx *feed.Tx) error {
					if _, err := tx.ExecContext(ctx, `SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE`, d.ID); err != nil {
						return err
					}
					close(held)
					<-goOn
					return nil
				})
			}()
			<-held
			post := func() {
				_, err := d.post(intake.Lead{Name: "x"})
				done <- err
			}
			deactivate := func() {
				_, err := tm.Deactivate(d.Owner, []uuid.UUID{bob}, team.Leads{To: team.LeadsToRotation})
				done <- err
			}
			if first == "post" {
				go post()
				d.waits(t, 1)
				go deactivate()
			} else {
				go deactivate()
				d.waits(t, 1)
				go post()
			}
			d.waits(t, 2)
			close(goOn)
			for range 3 {
				if err := <-done; err != nil {
					t.Error(err)
				}
			}
			n := d.Store.Client().Lead.Query().Where(lead.AssigneeID(bob)).CountX(d.System)
			if n > 0 {
				t.Error("an open lead is with who is deactivated")
			}
		})
	}
}
