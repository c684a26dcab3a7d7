package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/syncclient/control"
	"github.com/partage-mail/partage/syncclient/mirror"
)

const password = "correct horse battery"

// console runs the program as a shell would, with files in place of a terminal.
type console struct {
	t    *testing.T
	data string
}

func (c console) run(want int, input string, args ...string) (out, notes string) {
	c.t.Helper()
	return c.bare(want, input, append(args, "--data", c.data, "--credentials", "files")...)
}

// bare runs the program with these arguments alone.
func (c console) bare(want int, input string, args ...string) (out, notes string) {
	c.t.Helper()
	in := c.file(input)
	defer in.Close()
	said := c.file("")
	defer said.Close()
	var printed bytes.Buffer
	if got := run(args, in, &printed, said); got != want {
		content, _ := os.ReadFile(said.Name())
		c.t.Fatalf("%v: exit code %d, want %d: %s%s", args, got, want, printed.String(), content)
	}
	content, err := os.ReadFile(said.Name())
	if err != nil {
		c.t.Fatal(err)
	}
	return printed.String(), string(content)
}

func (c console) file(content string) *os.File {
	c.t.Helper()
	f, err := os.CreateTemp(c.t.TempDir(), "")
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := f.WriteString(content); err != nil {
		c.t.Fatal(err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		c.t.Fatal(err)
	}
	return f
}

func (c console) mustSay(text string, parts ...string) {
	c.t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			c.t.Fatalf("it says %q, not %q", text, part)
		}
	}
}

// start runs a server with the account of Anna, in whose name the context acts.
func start(t *testing.T) (*servertest.Server, context.Context) {
	t.Helper()
	s := servertest.Start(t, storetest.Config(t, "sqlite3"))
	founder := identity.Founder{Email: "anna@example.com", Password: password, FirstName: "Anna", LastName: "Petit", AccountName: "Maison"}
	ticket, err := s.Identity.SignUp(context.Background(), founder, identity.Device{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, err := s.Identity.Authenticate(context.Background(), ticket.Token)
	if err != nil {
		t.Fatal(err)
	}
	return s, ctx
}

func TestProgram(t *testing.T) {
	s, ctx := start(t)
	name := "Customers"
	list, err := s.Library.Create(ctx, item.KindContactList, library.Patch{Name: &name})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Addressbook.Import(ctx, list, strings.NewReader("email\na@example.com\nb@example.com\n"), nil); err != nil {
		t.Fatal(err)
	}
	c := console{t, filepath.Join(t.TempDir(), "data")}
	login := []string{"login", "--server", s.URL, "--email", "anna@example.com"}

	t.Run("says what is wrong before anyone has signed in", func(t *testing.T) {
		_, notes := c.run(exitSignedOut, "", "sync", "--server", s.URL)
		c.mustSay(notes, "partage-sync login")
		out, _ := c.run(exitDone, "", "--help")
		c.mustSay(out, "login", "status")
		c.run(exitUsage, "", "frobnicate")
		_, notes = c.run(exitUsage, password, login...)
		c.mustSay(notes, "--password-stdin")
		_, notes = c.run(exitFailed, password, "login", "--server", "http://mail.example.com", "--email", "a@b.c", "--password-stdin")
		c.mustSay(notes, "not encrypted")
		_, notes = c.run(exitServer, password, "login", "--server", "http://127.0.0.1:1", "--email", "a@b.c", "--password-stdin")
		c.mustSay(notes, "cannot be reached")
		_, notes = c.run(exitFailed, "wrong password", append(login, "--password-stdin")...)
		if strings.Contains(notes, "wrong password") && !strings.Contains(notes, "password") {
			t.Fatal(notes)
		}
	})
	t.Run("signs in, fills, tells and signs out", func(t *testing.T) {
		out, _ := c.run(exitDone, password+"\n", append(login, "--password-stdin")...)
		c.mustSay(out, "Signed in", "Maison", "owner")
		out, _ = c.run(exitDone, "", "status")
		c.mustSay(out, "no local copy yet")
		_, notes := c.run(exitDone, "", "sync")
		c.mustSay(notes, "Up to date")
		out, _ = c.run(exitDone, "", "accounts", "--json")
		c.mustSay(out, `"name": "Maison"`)
		out, _ = c.run(exitDone, "", "status")
		c.mustSay(out, "current", "Customers", "2 rows")
		out, _ = c.run(exitDone, "", "status", "--json")
		var reports []control.Status
		if err := json.Unmarshal([]byte(out), &reports); err != nil || len(reports) != 1 {
			t.Fatalf("%v in %s", err, out)
		}
		r := reports[0]
		if r.State != "current" || r.Running || r.UpToDateAt == nil || len(r.Lists) != 1 || r.Lists[0].Rows != 2 || !r.Lists[0].Complete {
			t.Fatalf("got %+v", r)
		}
		if _, err := os.Stat(filepath.Join(r.Folder, filepath.FromSlash(r.Lists[0].File))); err != nil {
			t.Fatal(err)
		}
		c.run(exitUsage, "", "sync", "--account", "Other")
		out, _ = c.run(exitDone, "", "verify")
		c.mustSay(out, "contacts", "Customers", "the same")
		db, err := sql.Open("sqlite3", "file:"+filepath.Join(r.Folder, filepath.FromSlash(r.Lists[0].File)))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec("UPDATE server_contacts SET city = 'elsewhere' WHERE email = 'a@example.com'"); err != nil {
			t.Fatal(err)
		}
		out, notes = c.run(exitDiffers, "", "verify")
		c.mustSay(out, "DIFFERS in 1 of 256 parts")
		c.mustSay(notes, "1 thing is not like on the server", "verify --repair")
		out, notes = c.run(exitDone, "", "verify", "--repair", "--json")
		c.mustSay(out, `"repaired": true`, `"differingParts": 1`)
		c.mustSay(notes, "1 of 256 parts")
		c.run(exitDone, "", "verify", "--quiet")

		m, err := mirror.Open(context.Background(), r.Folder, mirror.Identity{Server: r.Server, User: filepath.Base(filepath.Dir(r.Folder)), Account: r.AccountID})
		if err != nil {
			t.Fatal(err)
		}
		_, notes = c.run(exitInUse, "", "run")
		c.mustSay(notes, "in use")
		c.run(exitInUse, "", "logout", "--erase")
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		c.run(exitDone, "", "logout", "--erase")
		c.run(exitSignedOut, "", "sync", "--server", s.URL)
		left := 0
		_ = filepath.WalkDir(c.data, func(_ string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				left++
			}
			return nil
		})
		if left != 0 {
			t.Fatalf("%d files are left", left)
		}
	})
}
