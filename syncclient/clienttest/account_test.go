package clienttest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// TestLostAccount erases the copy of an account that the server no longer lists for the person, and no other.
func TestLostAccount(t *testing.T) {
	ctx := context.Background()
	w := populate(t, servertest.Start(t, storetest.Config(t, "sqlite3")))
	data := t.TempDir()
	d := w.deskAt(w.chloe, data)
	d.sync()
	must(t, d.follower.Close())

	lost := mirror.Identity{Server: d.login.Server, User: d.login.User, Account: uuid.NewString()}
	m, err := mirror.Open(ctx, mirror.Folder(data, lost), lost)
	must(t, err)
	if _, err := d.client.Accounts(ctx, d.login); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(m.Dir()); err != nil {
		t.Fatalf("it was erased while a process had it open: %v", err)
	}
	must(t, m.Close())
	if _, err := d.client.Accounts(ctx, d.login); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(m.Dir()); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("it is still there: %v", err)
	}
	d.open()
	w.same(w.chloe, d)

	if _, err := d.client.Open(ctx, d.login, syncclient.Account{ID: lost.Account}, nil); !errors.Is(err, syncclient.ErrNoAccount) {
		t.Fatalf("got %v, want ErrNoAccount", err)
	}
}

// TestLogin refuses a wrong password with the server's sentence, and replaces the session of an earlier login.
func TestLogin(t *testing.T) {
	ctx := context.Background()
	w := populate(t, servertest.Start(t, storetest.Config(t, "sqlite3")))
	d := w.desk(w.chloe)
	if _, err := d.client.Login(ctx, w.chloe.email, "wrong"); err == nil {
		t.Fatal("a wrong password was taken")
	}
	before, err := w.Identity.Sessions(w.chloe.ctx)
	must(t, err)
	if _, err := d.client.Login(ctx, w.chloe.email, password); err != nil {
		t.Fatal(err)
	}
	after, err := w.Identity.Sessions(w.chloe.ctx)
	must(t, err)
	if len(after) != len(before) {
		t.Fatalf("%d sessions became %d", len(before), len(after))
	}
	must(t, d.follower.Close())
	must(t, d.client.Logout(ctx, d.login, syncclient.EraseCopies))
	if _, err := d.client.Accounts(ctx, d.login); !errors.Is(err, syncclient.ErrSignedOut) {
		t.Fatalf("got %v, want ErrSignedOut", err)
	}
	left, err := w.Identity.Sessions(w.chloe.ctx)
	must(t, err)
	for _, one := range left {
		if one.Device == "test" {
			t.Errorf("the session %v is still there", one.ID)
		}
	}
}
