package main

import (
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/library"
)

// TestLogoutProgram signs out where something is in the way: a person is told what no server has.
func TestLogoutProgram(t *testing.T) {
	s, ctx := start(t)
	name := "Customers"
	list, err := s.Library.Create(ctx, item.KindContactList, library.Patch{Name: &name})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Addressbook.Import(ctx, list, strings.NewReader("email\na@example.com\n"), nil); err != nil {
		t.Fatal(err)
	}
	t.Run("without contact", func(t *testing.T) {
		to, err := url.Parse(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		way := httptest.NewServer(httputil.NewSingleHostReverseProxy(to))
		defer way.Close()
		c := console{t, filepath.Join(t.TempDir(), "data")}
		c.run(exitDone, password+"\n", "login", "--server", way.URL, "--email", "anna@example.com", "--password-stdin")
		c.run(exitDone, "", "sync")
		c.edit("INSERT INTO templates (name) VALUES ('mine')")
		way.Close()
		out, notes := c.run(exitServer, "", "logout")
		c.mustSay(out, "kept on this computer until you sign in again: 1 edit not sent yet.")
		c.mustSay(notes, "cannot be reached")
		c.run(exitSignedOut, "", "sync")
	})
	t.Run("where a file cannot be read", func(t *testing.T) {
		c := console{t, filepath.Join(t.TempDir(), "data")}
		c.run(exitDone, password+"\n", "login", "--server", s.URL, "--email", "anna@example.com", "--password-stdin")
		c.run(exitDone, "", "sync")
		files, err := filepath.Glob(filepath.Join(c.data, "*", "*", "*", "lists", "*.db"))
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		if err := os.WriteFile(files[0], []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
			t.Fatal(err)
		}
		_, notes := c.run(exitFailed, "", "logout", "--erase")
		c.mustSay(notes, "its file was damaged; nothing has been done. partage-sync sync saves what can be read; --discard-unsent erases it all.")
		c.run(exitDone, "", "sync")
		c.run(exitDone, "", "logout", "--erase")
	})
}
