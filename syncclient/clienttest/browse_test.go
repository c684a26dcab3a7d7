//go:build unix

package clienttest

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/browse"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/credentials"
	"github.com/partage-mail/partage/syncclient/mirror"
)

// browse shows the copies of a person in a data folder, in which they sign in first.
func (w *world) browse(p person, data, url string) *terminal {
	w.tb.Helper()
	client, err := syncclient.New(syncclient.Config{Server: url, Data: data, Device: "test", Credentials: credentials.Files(filepath.Join(data, "tokens"))})
	must(w.tb, err)
	w.tb.Cleanup(client.Close)
	if logins, err := client.Logins(); err != nil || len(logins) == 0 {
		must(w.tb, err)
		_, err = client.Login(context.Background(), p.email, password)
		must(w.tb, err)
	}
	return show(w.tb, browse.Config{
		Client:  func(string) (*syncclient.Client, error) { return client, nil },
		Servers: func() ([]string, error) { return []string{client.Server()}, nil },
	})
}

// TestBrowse: the terminal client over a real server, with another person at work on the same things.
func TestBrowse(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list := w.list("customers", rows("one", 250))
		w.campaign("Spring")
		line := newCable(t, s.URL)
		data := t.TempDir()
		b := w.browse(w.chloe, data, line.url)
		b.sees("Spring", "Up to date")
		var second *terminal
		t.Run("sees a campaign arrive", func(t *testing.T) {
			w.campaign("Just made")
			b.sees("Just made")
		})
		t.Run("searches contacts", func(t *testing.T) {
			b.press("3")
			b.sees("customers")
			b.press("enter")
			b.sees("250 contacts")
			b.press("/")
			b.press("000123")
			b.sees("one.000123@example.com", "1 found")
			b.lacks("so far")
			b.press("enter")
		})
		t.Run("edits without contact, and sends it with", func(t *testing.T) {
			line.cut(true)
			b.sees("No live connection")
			b.press("e", "down", "down", "down", "down", "ctrl+u")
			b.press("Nice")
			b.press("enter")
			b.sees("↑ waiting", "1 edit waits", "No live connection")
			a := w.desk(w.anna)
			a.sync()
			a.write(a.fileOf(list), `UPDATE contacts SET city = 'Lyon' WHERE email LIKE 'one.000123%'`)
			a.sync()
			line.cut(false)
			b.press("S")
			b.sees("1 needs your eye", "× conflict", "Lyon")
		})
		t.Run("shows a conflict side by side, and has it decided", func(t *testing.T) {
			b.press("esc", "esc", "5")
			b.sees("one.000123@example.com", "changed by others, too")
			b.press("enter")
			b.sees("Theirs, there now", "Nice", "Lyon")
			b.press("m")
			b.sees("Nothing needs your eye.")
			b.press("S")
			b.sees("what you wrote is sent")
			d := w.desk(w.anna)
			d.sync()
			if city := d.value(d.fileOf(list), `SELECT city FROM contacts WHERE email LIKE 'one.000123%'`); city != "Nice" {
				t.Errorf("Anna has %s", city)
			}
		})
		t.Run("drops a list, reads it page by page, and keeps it again", func(t *testing.T) {
			b.press("3")
			b.sees("customers")
			b.press("x")
			b.sees("Remove the rows of “customers” from here?")
			b.press("y")
			b.sees("○ not kept")
			b.press("enter")
			b.sees("read from the server", "one.000000@example.com")
			b.press("x")
			b.sees("It takes about")
			b.press("y")
			b.sees("250 contacts", "✓")
			b.lacks("read from the server")
		})
		t.Run("is followed along by a second window", func(t *testing.T) {
			second = w.browse(w.chloe, data, line.url)
			second.sees("(another program follows)")
			second.press("P")
			second.sees("Paused")
			b.sees("Paused")
			second.press("P")
			second.sees("Up to date")
			b.sees("Up to date")
		})
		t.Run("is stopped by another program, and follows again when told to", func(t *testing.T) {
			folders, err := filepath.Glob(filepath.Join(data, "*", "*", "*", "main.db"))
			must(t, err)
			path := control.Path(filepath.Dir(folders[0]))
			must(t, control.Ask(t.Context(), path, control.Request{Do: "stop"}, func([]byte) error { return nil }))
			b.sees("not followed any more")
			b.press("S")
			b.sees("Up to date")
		})
		t.Run("is taken over by the second window", func(t *testing.T) {
			b.end()
			second.lacks("another program")
			second.sees("Up to date")
		})
		t.Run("says when the person was signed out", func(t *testing.T) {
			all, err := w.Identity.Sessions(w.chloe.ctx)
			must(t, err)
			for _, one := range all {
				if one.Device == "test" {
					must(t, w.Identity.EndSession(w.chloe.ctx, one.ID))
				}
			}
			second.sees("Signed out.", "Spring")
		})
		t.Run("lets go of the copy", func(t *testing.T) {
			second.end()
			folders, err := filepath.Glob(filepath.Join(data, "*", "*", "*", "main.db"))
			must(t, err)
			if len(folders) != 1 || mirror.InUse(filepath.Dir(folders[0])) {
				t.Errorf("%v are in use", folders)
			}
		})
	})
}

// TestBrowseAccounts: people of two servers sign in through the form, and their accounts are opened one after the other.
func TestBrowseAccounts(t *testing.T) {
	one := populate(t, servertest.Start(t, storetest.Config(t, dialect.SQLite)))
	other := populate(t, servertest.Start(t, storetest.Config(t, dialect.SQLite)))
	one.campaign("Of one")
	other.campaign("Of the other")
	data := t.TempDir()
	var mu sync.Mutex
	clients := map[string]*syncclient.Client{}
	b := show(t, browse.Config{
		Client: func(server string) (*syncclient.Client, error) {
			mu.Lock()
			defer mu.Unlock()
			if clients[server] == nil {
				client, err := syncclient.New(syncclient.Config{Server: server, Data: data, Credentials: credentials.Files(filepath.Join(data, "tokens"))})
				if err != nil {
					return nil, err
				}
				t.Cleanup(client.Close)
				clients[server] = client
			}
			return clients[server], nil
		},
		Servers: func() ([]string, error) { return syncclient.Servers(data) },
		Server:  one.URL,
	})
	b.sees("Nobody has signed in on this computer yet.")
	b.press("L")
	b.sees("Password", one.URL)
	b.press("anna@example.com")
	b.press("enter")
	b.press("not her password")
	b.press("enter")
	b.sees("The address or the password is wrong.")
	b.press(password)
	b.press("enter")
	b.sees("Maison", "nothing yet")
	b.press("L", "up", "ctrl+u")
	b.press(other.URL)
	b.press("down")
	b.press("chloe@example.com")
	b.press("enter")
	b.press(password)
	b.press("enter")
	b.sees("anna@example.com", "chloe@example.com")
	seen := map[string]bool{}
	for range 2 {
		b.press("enter")
		b.sees("Of ", "Up to date")
		screen := b.screen()
		seen["one"] = seen["one"] || strings.Contains(screen, "Of one")
		seen["other"] = seen["other"] || strings.Contains(screen, "Of the other")
		b.press("esc")
		b.sees("On this computer", "✓")
		b.press("down")
	}
	if !seen["one"] || !seen["other"] {
		t.Errorf("it showed %v", seen)
	}
}
