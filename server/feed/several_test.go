package feed_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/server/audit"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestWriteSeveral holds that one transaction is a numbered change of every account that it records something of, and of
// none where it fails.
func TestWriteSeveral(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		one, two, third := setup(t, s), found(t, s), found(t, s)
		broker := fanout.New()
		f := feed.New(s, broker)
		before := map[uuid.UUID]int64{one.id: one.head(), two.id: two.head(), third.id: third.head()}
		rename := func(name string, err error) error {
			return f.WriteSeveral(system(), func(ctx context.Context, several *feed.Several) error {
				for _, a := range []*account{two, one} {
					tx := several.In(a.id)
					if tx != several.In(a.id) {
						t.Error("an account has two transactions")
					}
					if err := tx.Collaborator.UpdateOneID(a.people[0]).SetFirstName(name).Exec(ctx); err != nil {
						return err
					}
					tx.PersonChanged(a.people[0])
					tx.Note(audit.Line{Verb: audit.Renamed, Person: a.people[0]})
				}
				several.In(third.id) // nothing is recorded of it
				return err
			})
		}
		heard := make(map[uuid.UUID]<-chan struct{})
		for id := range before {
			woken, stop := broker.Listen(id)
			defer stop()
			heard[id] = woken
		}
		look := func(name string, moved int64) {
			t.Helper()
			for _, a := range []*account{one, two, third} {
				is, p := a.head(), s.Client().Collaborator.GetX(system(), a.people[0])
				lines := s.Client().AuditEvent.Query().Where(auditevent.AccountID(a.id)).CountX(system())
				if a == third {
					if is != before[a.id] || p.FirstName != "P" || lines != 0 {
						t.Errorf("the third account is at %d instead of %d, with %d lines", is, before[a.id], lines)
					}
				} else if is != before[a.id]+moved || p.FirstName != name || moved > 0 && p.Seq != is || lines != int(moved) {
					t.Errorf("an account is at %d after %d, its person %s at %d, with %d lines", is, before[a.id], p.FirstName, p.Seq, lines)
				}
			}
		}
		broken := errors.New("broken")
		if err := rename("Q", broken); !errors.Is(err, broken) {
			t.Errorf("ended with %v", err)
		}
		look("P", 0)
		if err := rename("Q", nil); err != nil {
			t.Fatal(err)
		}
		look("Q", 1)
		for id, woken := range heard {
			select {
			case <-woken:
				if id == third.id {
					t.Error("who follows the third account is woken")
				}
			default:
				if id != third.id {
					t.Error("who follows an account is not woken")
				}
			}
		}
		err := f.Write(system(), one.id, func(ctx context.Context, tx *feed.Tx) error {
			return f.WriteSeveral(feed.Joining(ctx, tx), func(context.Context, *feed.Several) error { return nil })
		})
		if err == nil {
			t.Error("it has joined a transaction on one account")
		}
	})
}
