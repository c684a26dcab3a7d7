package image_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/klauspost/compress/zstd"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/changes"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/image"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/seal"
	"github.com/partage-mail/partage/server/servertest"
)

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// world is a server with one account, owned by Anna, and images of lists of ten rows and more.
type world struct {
	*servertest.Server
	tb      testing.TB
	account uuid.UUID
	anna    context.Context
	changes *changes.Changes
	images  *image.Images
	dir     string
}

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	servertest.Each(t, func(t *testing.T, s *servertest.Server) { f(t, newWorld(t, s, image.Config{Least: 10})) })
}

func newWorld(tb testing.TB, s *servertest.Server, c image.Config) *world {
	tb.Helper()
	founded, err := s.Identity.Found(tb.Context(), identity.Founder{
		Email: "anna@example.com", Password: "correct horse battery", FirstName: "Anna", LastName: "Petit", AccountName: "Maison",
	})
	must(tb, err)
	sealer, err := seal.New(make([]byte, 32))
	must(tb, err)
	w := &world{Server: s, tb: tb, account: founded.Account, changes: changes.New(sealer), dir: filepath.Join(tb.TempDir(), "images")}
	w.anna = w.as("anna@example.com")
	c.Dir = w.dir
	w.images, err = image.New(s.Store, w.changes, c)
	must(tb, err)
	tb.Cleanup(func() { must(tb, w.images.Close()) })
	return w
}

func (w *world) as(email string) context.Context {
	w.tb.Helper()
	ticket, err := w.Identity.LogIn(context.Background(), identity.Credentials{Email: email, Password: "correct horse battery", Account: w.account}, identity.Device{})
	must(w.tb, err)
	ctx, err := w.Identity.Authenticate(context.Background(), ticket.Token)
	must(w.tb, err)
	return ctx
}

// joins makes a member and returns their context and id.
func (w *world) joins(name string) (context.Context, uuid.UUID) {
	w.tb.Helper()
	email := name + "@example.com"
	hash, err := w.Identity.HashPassword(context.Background(), email, "correct horse battery")
	must(w.tb, err)
	var id uuid.UUID
	must(w.tb, w.Feed.Write(w.anna, w.account, func(ctx context.Context, tx *feed.Tx) (err error) {
		id, err = identity.AddCollaborator(ctx, tx, identity.Joiner{
			Email: email, FirstName: name, LastName: "Roy", PasswordHash: hash, Role: collaborator.RoleMember,
		})
		return err
	}))
	return w.as(email), id
}

func (w *world) list(n int) uuid.UUID {
	w.tb.Helper()
	name := "List " + uuid.NewString()
	id, err := w.Library.Create(w.anna, item.KindContactList, library.Patch{Name: &name})
	must(w.tb, err)
	w.add(id, 0, n)
	return id
}

// add imports contacts with numbers.
func (w *world) add(list uuid.UUID, from, to int) {
	w.tb.Helper()
	var csv strings.Builder
	csv.WriteString("email,first name,city,note\n")
	for i := from; i < to; i++ {
		fmt.Fprintf(&csv, "c%06d@example.com,Zoé %d,Orléans,\"a, \"\"b\"\"\"\n", i, i)
	}
	_, err := w.Addressbook.Import(w.anna, list, strings.NewReader(csv.String()), nil)
	must(w.tb, err)
}

// remove deletes the contact with a number.
func (w *world) remove(list uuid.UUID, n int) {
	w.tb.Helper()
	id, err := w.Store.Client().Contact.Query().Where(contact.ListID(list), contact.Email(fmt.Sprintf("c%06d@example.com", n))).OnlyID(w.anna)
	must(w.tb, err)
	must(w.tb, w.Addressbook.DeleteContact(w.anna, id))
}

// open is the image of a list for a person; nil for none.
func (w *world) open(ctx context.Context, list uuid.UUID) *image.Image {
	w.tb.Helper()
	i, err := w.images.Open(ctx, list)
	must(w.tb, err)
	if i != nil {
		w.tb.Cleanup(func() { i.Close() })
	}
	return i
}

// unpack writes an image's SQLite file and opens it.
func (w *world) unpack(i *image.Image) *sql.DB {
	w.tb.Helper()
	path := filepath.Join(w.tb.TempDir(), "image.db")
	to, err := os.Create(path)
	must(w.tb, err)
	_, err = i.Seek(0, io.SeekStart)
	must(w.tb, err)
	from, err := zstd.NewReader(i.File)
	must(w.tb, err)
	defer from.Close()
	n, err := io.Copy(to, from)
	must(w.tb, err)
	must(w.tb, to.Close())
	if n != i.Bytes {
		w.tb.Fatalf("the file has %d bytes, and not %d", n, i.Bytes)
	}
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro&immutable=1")
	must(w.tb, err)
	w.tb.Cleanup(func() { db.Close() })
	return db
}

// since reads what an image's cursor brings.
func (w *world) since(ctx context.Context, list uuid.UUID, next string) *changes.Lines {
	w.tb.Helper()
	lines, err := w.rest(ctx, list, next)
	must(w.tb, err)
	return lines
}

func ask(tb testing.TB, db *sql.DB, query string, args ...any) string {
	tb.Helper()
	var said sql.NullString
	must(tb, db.QueryRow(query, args...).Scan(&said))
	return said.String
}
