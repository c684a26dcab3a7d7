package clienttest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/internal/hosted"
)

// TestLogoutUnsent: who signs out loses nothing that they wrote unless they say so.
func TestLogoutUnsent(t *testing.T) {
	t.Parallel()
	w := populate(t, servertest.Start(t, storetest.Config(t, "sqlite3")))
	list := w.list("customers", rows("one", 5))
	d := w.desk(w.chloe)
	d.sync()
	folder := d.follower.Folder()
	d.write(d.fileOf(list), `INSERT INTO contacts (email) VALUES ('nonsense')`)
	d.sync()
	d.write(d.fileOf(list), `UPDATE contacts SET city = 'Lyon' WHERE email LIKE 'one%'`)
	d.write("main.db", `INSERT INTO templates (name) VALUES ('mine')`)
	must(t, d.follower.Close())
	stays := func(want syncclient.Unsent, kinds ...error) {
		t.Helper()
		err := d.client.Logout(t.Context(), d.login, syncclient.EraseCopies)
		var unsent *syncclient.UnsentError
		if !errors.As(err, &unsent) || unsent.Unsent != want {
			t.Fatalf("got %v, not %+v", err, want)
		}
		for _, kind := range []error{syncclient.ErrUnsent, syncclient.ErrUndecided} {
			is := false
			for _, k := range kinds {
				is = is || k == kind
			}
			if errors.Is(err, kind) != is {
				t.Errorf("%v is %v: %v", err, kind, !is)
			}
		}
	}
	stays(syncclient.Unsent{Edits: 6, Undecided: 1}, syncclient.ErrUnsent, syncclient.ErrUndecided)
	if _, err := d.client.Accounts(t.Context(), d.login); err != nil {
		t.Fatalf("something has been done: %v", err)
	}
	d.open()
	d.sync()
	must(t, d.follower.Close())
	stays(syncclient.Unsent{Undecided: 1}, syncclient.ErrUndecided)
	must(t, d.client.Editor(d.login, d.account).Decide(t.Context(), d.attention()[0].Key, syncclient.Mine)) // which is to be sent, then
	stays(syncclient.Unsent{Edits: 1}, syncclient.ErrUnsent)

	must(t, d.client.Logout(t.Context(), d.login, syncclient.KeepCopies))
	if left, err := d.client.Unsent(t.Context(), d.login); err != nil || left != (syncclient.Unsent{Edits: 1}) {
		t.Errorf("left are %+v, %v", left, err)
	}
	stays(syncclient.Unsent{Edits: 1}, syncclient.ErrUnsent)
	must(t, d.client.Logout(t.Context(), d.login, syncclient.DiscardCopies))
	if _, err := os.Stat(filepath.Dir(filepath.Dir(folder))); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something of the server is there: %v", err)
	}

	t.Run("inside another program", func(t *testing.T) {
		w.tb = t
		h := w.host(w.anna)
		h.until("upToDate")
		h.ask(`"pause"`)
		h.ask(`"edit","op":"create","kind":"template","set":{"name":"Plain"}`)
		h.account.Close()
		logout := func(copies syncclient.Copies) string { return string(hosted.Logout(t.Context(), h.config, copies)) }
		for copies, want := range map[syncclient.Copies]string{
			syncclient.EraseCopies: `"code":"UNSENT","message":"This would erase 1 edit not sent yet;`, 3: `"code":"BAD_REQUEST"`, -1: `"code":"BAD_REQUEST"`,
		} {
			if got := logout(copies); !strings.Contains(got, want) {
				t.Errorf("%d: %s", copies, got)
			}
		}
		if got := logout(syncclient.KeepCopies); got != `{"ok":true,"unsent":{"edits":1,"undecided":0}}` {
			t.Errorf("kept: %s", got)
		}
		if got := logout(syncclient.DiscardCopies); got != `{"ok":true}` {
			t.Errorf("discarded: %s", got)
		}
	})
	t.Run("inside another program, without contact", func(t *testing.T) {
		w, p := *w, newProxy(t, w.URL)
		w.tb, w.Server = t, &servertest.Server{App: w.App, URL: p.URL}
		h := w.host(w.anna)
		h.until("upToDate")
		h.ask(`"pause"`)
		h.ask(`"edit","op":"create","kind":"template","set":{"name":"Plain"}`)
		h.account.Close()
		p.Close()
		got := string(hosted.Logout(t.Context(), h.config, syncclient.KeepCopies))
		if !strings.Contains(got, `"error":{"code":"SERVER"`) || !strings.Contains(got, `"unsent":{"edits":1,"undecided":0}`) || strings.Contains(got, "ok") {
			t.Errorf("kept: %s", got)
		}
	})
}
