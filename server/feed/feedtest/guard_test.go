package feedtest_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/digest"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/feed/feedtest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestGuard forgets to record each kind of change in turn.
func TestGuard(t *testing.T) {
	s := storetest.Open(t, dialect.SQLite)
	feedtest.Guard(t, s)
	f := feed.New(s, fanout.New())
	ctx := viewer.System(t.Context(), "a test sets up its rows")
	acc, list, row, person := newID(), newID(), newID(), newID()
	write := func(fn func(ctx context.Context, tx *feed.Tx) error) error { return f.Write(ctx, acc, fn) }
	add := func(ctx context.Context, tx *feed.Tx, id uuid.UUID, seq int64) error {
		return tx.Contact.Create().SetID(id).SetAccountID(acc).SetListID(list).SetEmail("x@example.com").
			SetEmailKey(id.String()).SetRowSeq(seq).Exec(ctx)
	}
	err := write(func(ctx context.Context, tx *feed.Tx) error {
		tx.SettingsChanged()
		tx.PersonChanged(person)
		tx.Changed(list)
		tx.Appeared(list)
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
		if err := tx.Item.Create().SetID(list).SetAccountID(acc).SetKind(item.KindContactList).SetName("x").SetNameKey("x").Exec(ctx); err != nil {
			return err
		}
		if err := tx.ContactList.Create().SetID(list).SetAccountID(acc).Exec(ctx); err != nil {
			return err
		}
		rows, err := tx.Rows(ctx, list)
		if err != nil {
			return err
		}
		rows.Added(1)
		return errors.Join(add(ctx, tx, row, rows.Seq), rows.Digest(ctx))
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		want   string
		forget func(ctx context.Context, tx *feed.Tx) error
	}{
		{"an item changed", func(ctx context.Context, tx *feed.Tx) error {
			return tx.Item.UpdateOneID(list).SetName("y").Exec(ctx)
		}},
		{"an item changed", func(ctx context.Context, tx *feed.Tx) error {
			return tx.ContactList.UpdateOneID(list).SetDescription("y").Exec(ctx)
		}},
		{"a person changed", func(ctx context.Context, tx *feed.Tx) error {
			return tx.Collaborator.UpdateOneID(person).SetFirstName("y").Exec(ctx)
		}},
		{"the settings changed", func(ctx context.Context, tx *feed.Tx) error {
			tx.PersonChanged(person)
			return tx.Tx.Account.UpdateOneID(acc).SetName("y").Exec(ctx)
		}},
		{"no visibility event", func(ctx context.Context, tx *feed.Tx) error {
			tx.Changed(list)
			return tx.Item.UpdateOneID(list).SetAudience(item.AudienceRestricted).Exec(ctx)
		}},
		{"no visibility event", func(ctx context.Context, tx *feed.Tx) error {
			tx.Changed(list)
			return tx.Item.UpdateOneID(list).SetDeletedAt(instant.Now()).Exec(ctx)
		}},
		{"no visibility event", func(ctx context.Context, tx *feed.Tx) error {
			return tx.Access.Create().SetAccountID(acc).SetItemID(list).SetCollaboratorID(person).SetLevel("view").Exec(ctx)
		}},
		{"its list did not move", func(ctx context.Context, tx *feed.Tx) error {
			return tx.Contact.UpdateOneID(row).SetCity("y").Exec(ctx)
		}},
		{"without its position", func(ctx context.Context, tx *feed.Tx) error {
			if _, err := tx.Rows(ctx, list); err != nil {
				return err
			}
			return tx.Contact.UpdateOneID(row).SetCity("y").Exec(ctx)
		}},
		{"without a tombstone", func(ctx context.Context, tx *feed.Tx) error {
			rows, err := tx.Rows(ctx, list)
			if err != nil {
				return err
			}
			rows.Added(-1)
			return tx.Contact.DeleteOneID(row).Exec(ctx)
		}},
		{"does not add up the digests", func(ctx context.Context, tx *feed.Tx) error {
			rows, err := tx.Rows(ctx, list)
			if err != nil {
				return err
			}
			rows.Wrote(digest.Row{}, digest.Row{B: 1 << 63})
			return tx.Contact.UpdateOneID(row).SetRowSeq(rows.Seq).Exec(ctx)
		}},
		{"does not add up the digests", func(ctx context.Context, tx *feed.Tx) error {
			rows, err := tx.Rows(ctx, list)
			if err != nil {
				return err
			}
			return tx.Contact.UpdateOneID(row).SetDigestA(1).SetRowSeq(rows.Seq).Exec(ctx)
		}},
		{"does not count its rows", func(ctx context.Context, tx *feed.Tx) error {
			rows, err := tx.Rows(ctx, list)
			if err != nil {
				return err
			}
			return add(ctx, tx, newID(), rows.Seq)
		}},
	} {
		err := write(func(ctx context.Context, tx *feed.Tx) error {
			if test.want != "the settings changed" {
				tx.SettingsChanged() // something else is recorded: the commit has a number
			}
			return test.forget(ctx, tx)
		})
		if err == nil || !strings.Contains(err.Error(), "guard: ") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("expected that the guard says %q: %v", test.want, err)
		}
	}
	err = write(func(ctx context.Context, tx *feed.Tx) error { return tx.Item.UpdateOneID(list).SetName("y").Exec(ctx) })
	if err != nil {
		t.Fatal(err)
	}
	if left := feedtest.Unrecorded(t, s); len(left) != 1 || left[0] != "item "+list.String() {
		t.Errorf("a commit without a number leaves %v", left)
	}
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }
