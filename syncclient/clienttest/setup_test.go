package clienttest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/syncclient"
	"github.com/partage-mail/partage/syncclient/credentials"
)

const password = "correct horse battery"

// world is a server with one account: Anna owns it, Chloé is a member.
type world struct {
	*servertest.Server
	tb      testing.TB
	account uuid.UUID
	anna    person
	chloe   person
}

// person is a collaborator; ctx acts as them.
type person struct {
	email        string
	collaborator uuid.UUID
	ctx          context.Context
}

func populate(tb testing.TB, s *servertest.Server) *world {
	tb.Helper()
	ctx := context.Background()
	w := &world{Server: s, tb: tb}
	founded, err := s.Identity.Found(ctx, identity.Founder{
		Email: "anna@example.com", Password: password, FirstName: "Anna", LastName: "Petit", AccountName: "Maison",
	})
	must(tb, err)
	w.account = founded.Account
	w.anna = person{"anna@example.com", founded.Collaborator, w.as("anna@example.com", founded.Account)}
	hash, err := s.Identity.HashPassword(ctx, "chloe@example.com", password)
	must(tb, err)
	var chloe uuid.UUID
	err = s.Feed.Write(w.anna.ctx, founded.Account, func(ctx context.Context, tx *feed.Tx) error {
		chloe, err = identity.AddCollaborator(ctx, tx, identity.Joiner{
			Email: "chloe@example.com", FirstName: "Chloé", LastName: "Roy", PasswordHash: hash, Role: collaborator.RoleMember,
		})
		return err
	})
	must(tb, err)
	w.chloe = person{"chloe@example.com", chloe, w.as("chloe@example.com", founded.Account)}
	return w
}

// as signs a person in and returns a context that acts as their session.
func (w *world) as(email string, account uuid.UUID) context.Context {
	w.tb.Helper()
	ticket, err := w.Identity.LogIn(context.Background(), identity.Credentials{Email: email, Password: password, Account: account}, identity.Device{})
	must(w.tb, err)
	ctx, err := w.Identity.Authenticate(context.Background(), ticket.Token)
	must(w.tb, err)
	return ctx
}

// list makes a contact list of Anna's from CSV.
func (w *world) list(name, csv string) uuid.UUID {
	w.tb.Helper()
	id, err := w.Library.Create(w.anna.ctx, item.KindContactList, library.Patch{Name: &name})
	must(w.tb, err)
	if csv != "" {
		_, err = w.Addressbook.Import(w.anna.ctx, id, strings.NewReader(csv), nil)
		must(w.tb, err)
	}
	return id
}

// rows returns CSV of n contacts whose texts all begin with mark.
func rows(mark string, n int) string {
	var b strings.Builder
	b.WriteString("email,first name,last name,company,city,country,phone\n")
	for i := range n {
		fmt.Fprintf(&b, "%s.%06d@example.com,%s first %d,%s last,%s company,%s city,%s country,001-%d\n", mark, i, mark, i, mark, mark, mark, mark, i)
	}
	return b.String()
}

// desk is one computer of a person.
type desk struct {
	tb       testing.TB
	client   *syncclient.Client
	login    *syncclient.Login
	account  syncclient.Account
	follower *syncclient.Follower

	mu     sync.Mutex
	events []syncclient.Event
	heard  chan struct{}
	// watch is called with each event while the follower waits.
	watch func(syncclient.Event)
}

func (w *world) desk(p person) *desk {
	w.tb.Helper()
	return w.deskAt(p, w.tb.TempDir())
}

func (w *world) deskAt(p person, data string) *desk {
	w.tb.Helper()
	return w.deskVia(p, data, w.URL)
}

// deskVia is a desk that reaches the server at another address.
func (w *world) deskVia(p person, data, url string) *desk {
	w.tb.Helper()
	d := w.signedIn(p, syncclient.Config{Server: url, Data: data})
	d.open()
	return d
}

// signedIn is a desk at which the person has signed in, and nothing more.
func (w *world) signedIn(p person, config syncclient.Config) *desk {
	w.tb.Helper()
	d := &desk{tb: w.tb, heard: make(chan struct{}, 1)}
	config.Device, config.Credentials = "test", credentials.Files(filepath.Join(config.Data, "tokens"))
	var err error
	d.client, err = syncclient.New(config)
	must(w.tb, err)
	w.tb.Cleanup(d.client.Close)
	d.login, err = d.client.Login(context.Background(), p.email, password)
	must(w.tb, err)
	var ok bool
	if d.account, ok = d.login.Account("Maison"); !ok {
		w.tb.Fatalf("%s may open %v", p.email, d.login.Accounts)
	}
	return d
}

func (d *desk) open() {
	d.tb.Helper()
	var err error
	d.follower, err = d.client.Open(context.Background(), d.login, d.account, d.hear)
	must(d.tb, err)
	d.account, _ = d.login.Account(d.account.ID)
	d.tb.Cleanup(func() { _ = d.follower.Close() })
}

func (d *desk) hear(e syncclient.Event) {
	d.mu.Lock()
	d.events = append(d.events, e)
	d.mu.Unlock()
	if d.watch != nil {
		d.watch(e)
	}
	select {
	case d.heard <- struct{}{}:
	default:
	}
}

func (d *desk) sync() {
	d.tb.Helper()
	if err := d.follower.Sync(context.Background()); err != nil {
		d.tb.Fatalf("sync: %v", err)
	}
}

// await waits until an event has come that the function knows, among those from the nth on, and returns how many
// there were then.
func (d *desk) await(from int, known func(syncclient.Event) bool) int {
	d.tb.Helper()
	for {
		d.mu.Lock()
		for i := from; i < len(d.events); i++ {
			if known(d.events[i]) {
				d.mu.Unlock()
				return i + 1
			}
		}
		d.mu.Unlock()
		select {
		case <-d.heard:
		case <-d.tb.Context().Done():
			d.tb.Fatal("the test ended before the event came")
		}
	}
}

// real returns a file of the shared real input; the test is skipped where it is absent.
func real(tb testing.TB, path ...string) string {
	tb.Helper()
	dir, err := os.Getwd()
	must(tb, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			tb.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	full := filepath.Join(append([]string{dir, "..", "shared", "data"}, path...)...)
	if _, err := os.Stat(full); err != nil {
		tb.Skipf("the real input %s is not there", filepath.Join(path...))
	}
	return full
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
