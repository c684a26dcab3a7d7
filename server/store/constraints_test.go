package store_test

import (
	"context"
	"errors"
	"testing"

	"entgo.io/ent/dialect/sql/sqlgraph"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// world is an account with a person and one item of each kind.
type world struct {
	account, person                     uuid.UUID
	campaign, template, list, blacklist uuid.UUID
}

func mustCreate(t testing.TB, s *store.Store) world {
	t.Helper()
	var w world
	err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) (err error) {
		w, err = create(ctx, tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func create(ctx context.Context, tx *ent.Tx) (w world, err error) {
	account, err := tx.Account.Create().SetName("Courgette").Save(ctx)
	if err != nil {
		return w, err
	}
	user, err := tx.User.Create().SetEmail("Ada@example.org").SetEmailKey("ada@example.org").
		SetPasswordHash("hash").SetFirstName("Ada").SetLastName("Byron").Save(ctx)
	if err != nil {
		return w, err
	}
	person, err := tx.Collaborator.Create().SetAccountID(account.ID).SetUserID(user.ID).
		SetEmail(user.Email).SetFirstName("Ada").SetLastName("Byron").Save(ctx)
	if err != nil {
		return w, err
	}
	w.account, w.person = account.ID, person.ID
	for kind, id := range map[item.Kind]*uuid.UUID{
		item.KindCampaign: &w.campaign, item.KindTemplate: &w.template,
		item.KindContactList: &w.list, item.KindBlacklist: &w.blacklist,
	} {
		i, err := tx.Item.Create().SetAccountID(account.ID).SetKind(kind).
			SetName("Été").SetNameKey("ete").SetCreatorID(person.ID).Save(ctx)
		if err != nil {
			return w, err
		}
		*id = i.ID
	}
	return w, errors.Join(
		tx.ContactList.Create().SetID(w.list).SetAccountID(w.account).Exec(ctx),
		tx.Blacklist.Create().SetID(w.blacklist).SetAccountID(w.account).Exec(ctx),
		tx.Template.Create().SetID(w.template).SetAccountID(w.account).Exec(ctx),
		tx.Campaign.Create().SetID(w.campaign).SetAccountID(w.account).
			AddListIDs(w.list).AddBlacklistIDs(w.blacklist).Exec(ctx),
		contact(ctx, tx, w, "ada@example.org"),
		tx.BlacklistEntry.Create().SetAccountID(w.account).SetBlacklistID(w.blacklist).
			SetKind("domain").SetValue("Example.net").SetValueKey("example.net").Exec(ctx),
		tx.Lead.Create().SetAccountID(w.account).SetCampaignID(w.campaign).SetEmail("a@example.org").Exec(ctx),
		edge(ctx, tx, w, w.campaign, access.LevelEdit, true),
	)
}

func contact(ctx context.Context, tx *ent.Tx, w world, key string) error {
	return tx.Contact.Create().SetAccountID(w.account).SetListID(w.list).SetEmail(key).SetEmailKey(key).Exec(ctx)
}

func edge(ctx context.Context, tx *ent.Tx, w world, item uuid.UUID, level access.Level, roundRobin bool) error {
	return tx.Access.Create().SetAccountID(w.account).SetCollaboratorID(w.person).SetItemID(item).
		SetLevel(level).SetRoundRobin(roundRobin).Exec(ctx)
}

func TestDatabase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := mustCreate(t, s)
		raw := func(query string, args ...any) func(context.Context, *ent.Tx) error {
			return func(ctx context.Context, tx *ent.Tx) error {
				_, err := tx.ExecContext(ctx, store.Rebind(s.Dialect(), query), args...)
				return err
			}
		}
		for name, f := range map[string]func(context.Context, *ent.Tx) error{
			"round robin without access": func(ctx context.Context, tx *ent.Tx) error {
				return edge(ctx, tx, w, w.template, access.LevelNone, true)
			},
			"access taken while round robin stays": raw("UPDATE access SET level = 'none' WHERE item_id = ?", w.campaign),
			"a second edge of a person to an item": func(ctx context.Context, tx *ent.Tx) error {
				return edge(ctx, tx, w, w.campaign, access.LevelView, false)
			},
			"a second contact of an address in a list": func(ctx context.Context, tx *ent.Tx) error {
				return contact(ctx, tx, w, "ada@example.org")
			},
			"a campaign without an item": func(ctx context.Context, tx *ent.Tx) error {
				return tx.Campaign.Create().SetAccountID(w.account).Exec(ctx)
			},
			"a template without an item": func(ctx context.Context, tx *ent.Tx) error {
				return tx.Template.Create().SetAccountID(w.account).Exec(ctx)
			},
			"a contact list without an item": func(ctx context.Context, tx *ent.Tx) error {
				return tx.ContactList.Create().SetAccountID(w.account).Exec(ctx)
			},
			"a blacklist without an item": func(ctx context.Context, tx *ent.Tx) error {
				return tx.Blacklist.Create().SetAccountID(w.account).Exec(ctx)
			},
			"a contact without a list": func(ctx context.Context, tx *ent.Tx) error {
				return contact(ctx, tx, world{account: w.account, list: w.template}, "b@example.org")
			},
			"a level there is not":        raw("UPDATE access SET level = 'all'"),
			"a kind of item there is not": raw("UPDATE items SET kind = 'folder'"),
			"a state there is not":        raw("UPDATE contacts SET state = ''"),
		} {
			t.Run("refuses "+name, func(t *testing.T) {
				err := s.Write(t.Context(), f)
				if err == nil {
					t.Error("it was taken")
				} else if !sqlgraph.IsConstraintError(err) && !sqlgraph.IsCheckConstraintError(err) {
					t.Errorf("refused for another reason: %v", err)
				}
			})
		}
		t.Run("takes an edge that denies", func(t *testing.T) {
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				return edge(ctx, tx, w, w.list, access.LevelNone, false)
			})
			if err != nil {
				t.Error(err)
			}
		})
		t.Run("drops what belongs to an item with it", func(t *testing.T) {
			err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				n, err := tx.Item.Delete().Where(item.IDIn(w.campaign, w.template, w.list, w.blacklist)).Exec(ctx)
				if n != 4 {
					t.Errorf("deleted %d items", n)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			ctx := viewer.System(t.Context(), "test")
			for _, table := range []string{
				"items", "campaigns", "templates", "contact_lists", "blacklists", "access",
				"contacts", "blacklist_entries", "leads", "campaign_lists", "campaign_blacklists",
			} {
				rows, err := s.Client().QueryContext(ctx, "SELECT count(*) FROM "+table)
				if err != nil {
					t.Fatal(err)
				}
				var n int
				rows.Next()
				if err := errors.Join(rows.Scan(&n), rows.Close()); err != nil || n != 0 {
					t.Errorf("%d rows are left in %s: %v", n, table, err)
				}
			}
		})
	})
}

// TestKeysCompareByByte holds the order of normalised text to that of SQLite, whatever the database's own
// collation: the test server sorts by the rules of English.
func TestKeysCompareByByte(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := mustCreate(t, s)
		err := s.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			var errs []error
			for _, key := range []string{"b-b", "bc", "b", "été", "B", "z"} {
				errs = append(errs, contact(ctx, tx, w, key))
			}
			return errors.Join(errs...)
		})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := s.Client().QueryContext(t.Context(), "SELECT email_key FROM contacts ORDER BY email_key")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		previous := ""
		for rows.Next() {
			var key string
			if err := rows.Scan(&key); err != nil {
				t.Fatal(err)
			}
			if key <= previous {
				t.Errorf("%q comes after %q", key, previous)
			}
			previous = key
		}
		if err := rows.Err(); err != nil || previous != "été" {
			t.Errorf("ends at %q: %v", previous, err)
		}
	})
}
