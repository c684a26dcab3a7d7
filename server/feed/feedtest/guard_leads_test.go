package feedtest_test

import (
	"context"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/feed/feedtest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestGuardOfLeads forgets to record each kind of change of a lead in turn.
func TestGuardOfLeads(t *testing.T) {
	s := storetest.Open(t, dialect.SQLite)
	feedtest.Guard(t, s)
	f := feed.New(s, fanout.New())
	ctx := viewer.System(t.Context(), "a test sets up its rows")
	acc, campaign, row, person := newID(), newID(), newID(), newID()
	write := func(fn func(ctx context.Context, tx *feed.Tx) error) error { return f.Write(ctx, acc, fn) }
	add := func(ctx context.Context, tx *feed.Tx, id uuid.UUID, seq int64) error {
		return tx.Lead.Create().SetID(id).SetAccountID(acc).SetCampaignID(campaign).SetAssigneeID(person).SetRowSeq(seq).Exec(ctx)
	}
	err := write(func(ctx context.Context, tx *feed.Tx) error {
		tx.SettingsChanged()
		tx.PersonChanged(person)
		tx.Changed(campaign)
		tx.Appeared(campaign)
		user := newID()
		if err := tx.Tx.Account.Create().SetID(acc).SetName("Test").Exec(ctx); err != nil {
			return err
		}
		err := tx.User.Create().SetID(user).SetEmail("a@example.com").SetEmailKey("a@example.com").SetPasswordHash("-").
			SetFirstName("P").SetLastName("Q").Exec(ctx)
		if err != nil {
			return err
		}
		err = tx.Collaborator.Create().SetID(person).SetAccountID(acc).SetUserID(user).SetEmail("a@example.com").
			SetFirstName("P").SetLastName("Q").SetRole("owner").Exec(ctx)
		if err != nil {
			return err
		}
		err = tx.Item.Create().SetID(campaign).SetAccountID(acc).SetKind(item.KindCampaign).SetName("x").SetNameKey("x").Exec(ctx)
		if err != nil {
			return err
		}
		if err := tx.Campaign.Create().SetID(campaign).SetAccountID(acc).Exec(ctx); err != nil {
			return err
		}
		rows, err := tx.Rows(ctx, campaign)
		if err != nil {
			return err
		}
		rows.Added(1)
		return add(ctx, tx, row, rows.Seq)
	})
	if err != nil {
		t.Fatal(err)
	}
	moved := func(fn func(ctx context.Context, tx *feed.Tx, rows *feed.Rows) error) func(ctx context.Context, tx *feed.Tx) error {
		return func(ctx context.Context, tx *feed.Tx) error {
			rows, err := tx.Rows(ctx, campaign)
			if err != nil {
				return err
			}
			return fn(ctx, tx, rows)
		}
	}
	for _, test := range []struct {
		want   string
		forget func(ctx context.Context, tx *feed.Tx) error
	}{
		{"its list did not move", func(ctx context.Context, tx *feed.Tx) error { return tx.Lead.UpdateOneID(row).SetNotes("y").Exec(ctx) }},
		{"a lead was written without its position", moved(func(ctx context.Context, tx *feed.Tx, _ *feed.Rows) error {
			return tx.Lead.UpdateOneID(row).SetNotes("y").Exec(ctx)
		})},
		{"a lead left a person without a tombstone", moved(func(ctx context.Context, tx *feed.Tx, rows *feed.Rows) error {
			return tx.Lead.UpdateOneID(row).ClearAssigneeID().SetRowSeq(rows.Seq).Exec(ctx)
		})},
		{"a lead left a person without a tombstone", moved(func(ctx context.Context, tx *feed.Tx, rows *feed.Rows) error {
			if err := rows.Removed(ctx, row); err != nil {
				return err
			}
			return tx.Lead.DeleteOneID(row).Exec(ctx)
		})},
		{"a row was deleted without a tombstone", moved(func(ctx context.Context, tx *feed.Tx, rows *feed.Rows) error {
			rows.Added(-1)
			if err := rows.Left(ctx, person, row); err != nil {
				return err
			}
			return tx.Lead.DeleteOneID(row).Exec(ctx)
		})},
		{"does not count its rows", moved(func(ctx context.Context, tx *feed.Tx, rows *feed.Rows) error {
			return add(ctx, tx, newID(), rows.Seq)
		})},
	} {
		err := write(func(ctx context.Context, tx *feed.Tx) error {
			tx.SettingsChanged() // something else is recorded: the commit has a number
			return test.forget(ctx, tx)
		})
		if err == nil || !strings.Contains(err.Error(), "guard: ") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("expected that the guard says %q: %v", test.want, err)
		}
	}
}
