// Package librarytest gives tests of items and rows an account with people in it, made directly in the
// database, without sign-up and passwords.
package librarytest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/access"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/feed/feedtest"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// Account is an account with one person of each role. The contexts act as them.
type Account struct {
	ID                     uuid.UUID
	Owner, Manager, Member context.Context
	// System sees every row.
	System context.Context

	Store *store.Store
	Feed  *feed.Feed
}

// New makes an account whose new items are seen by everyone in it.
func New(tb testing.TB, s *store.Store) *Account {
	tb.Helper()
	a := &Account{
		ID: uuid.Must(uuid.NewV7()), Store: s, Feed: feed.New(s, fanout.New()),
		System: viewer.System(tb.Context(), "a test looks at what is stored"),
	}
	a.Write(tb, func(ctx context.Context, tx *feed.Tx) error {
		tx.SettingsChanged()
		return tx.Client().Account.Create().SetID(a.ID).SetName("Test").Exec(ctx)
	})
	a.Owner = a.Person(tb, collaborator.RoleOwner)
	a.Manager = a.Person(tb, collaborator.RoleManager)
	a.Member = a.Person(tb, collaborator.RoleMember)
	return a
}

// Write runs fn in a transaction on the account.
func (a *Account) Write(tb testing.TB, fn func(context.Context, *feed.Tx) error) {
	tb.Helper()
	if err := a.Feed.Write(a.System, a.ID, fn); err != nil {
		tb.Fatal(err)
	}
}

// Person adds a person to the account and returns a context that acts as them.
func (a *Account) Person(tb testing.TB, role collaborator.Role) context.Context {
	tb.Helper()
	v := &sharing.Viewer{Account: a.ID, Role: role}
	a.Write(tb, func(ctx context.Context, tx *feed.Tx) error {
		email := uuid.NewString() + "@example.com"
		u, err := tx.User.Create().SetEmail(email).SetEmailKey(email).SetPasswordHash("").
			SetFirstName("Ann").SetLastName(string(role)).Save(ctx)
		if err != nil {
			return err
		}
		c, err := tx.Collaborator.Create().SetAccountID(a.ID).SetUserID(u.ID).SetEmail(email).
			SetFirstName("Ann").SetLastName(string(role)).SetRole(role).Save(ctx)
		if err != nil {
			return err
		}
		tx.PersonChanged(c.ID)
		v.Collaborator, v.User, v.Sight = c.ID, u.ID, c.Sight
		return nil
	})
	return sharing.NewContext(tb.Context(), v)
}

// Restrict makes the account's new items seen only by owners, their creator and those added.
func (a *Account) Restrict(tb testing.TB) {
	tb.Helper()
	a.Write(tb, func(ctx context.Context, tx *feed.Tx) error {
		tx.SettingsChanged()
		return tx.Client().Account.UpdateOneID(a.ID).SetDefaultAudience(account.DefaultAudienceRestricted).Exec(ctx)
	})
}

// Give gives the person of a context a level on an item.
func (a *Account) Give(tb testing.TB, person context.Context, id uuid.UUID, level access.Level) {
	tb.Helper()
	if err := sharing.New(a.Feed).SetAccess(a.Owner, id, Collaborator(tb, person), level); err != nil {
		tb.Fatal(err)
	}
}

// Item returns an item as it is stored.
func (a *Account) Item(tb testing.TB, id uuid.UUID) *ent.Item {
	tb.Helper()
	it, err := a.Store.Client().Item.Query().Where(item.ID(id)).Only(a.System)
	if err != nil {
		tb.Fatal(err)
	}
	return it
}

// Seq returns the account's last change number.
func (a *Account) Seq(tb testing.TB) int64 {
	tb.Helper()
	row, err := a.Store.Client().Account.Get(a.System, a.ID)
	if err != nil {
		tb.Fatal(err)
	}
	return row.Seq
}

// Collaborator returns who a context acts as.
func Collaborator(tb testing.TB, ctx context.Context) uuid.UUID {
	tb.Helper()
	v, err := sharing.From(ctx)
	if err != nil {
		tb.Fatal(err)
	}
	return v.Collaborator
}

// Input returns the path of a file or folder of the real input beside the repository, or skips the test.
func Input(tb testing.TB, path string) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			tb.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	path = filepath.Join(dir, "..", "shared", "data", path)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("the real input is not there: %v", err)
	}
	return path
}

// Each runs f on both databases, with the feed's guard watching every transaction.
func Each(t *testing.T, f func(t *testing.T, s *store.Store)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
		feedtest.Guard(t, s)
		f(t, s)
	})
}
