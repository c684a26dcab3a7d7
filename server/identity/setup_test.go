package identity_test

import (
	"context"
	"fmt"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

const goodPassword = "a good long secret"

// cheap is a cost of hashing that tests can afford.
func cheap() argon2id.Params {
	return argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// house is an identity over a fresh database, with a clock that tests move.
type house struct {
	*identity.Identity
	store   *store.Store
	feed    *feed.Feed
	mailing *mailing.Mailing
	clock   *clock
}

type clock struct{ offset atomic.Int64 }

func (c *clock) now() time.Time          { return time.Now().Add(time.Duration(c.offset.Load())) }
func (c *clock) advance(d time.Duration) { c.offset.Add(int64(d)) }

// each runs f on both databases.
func each(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
		f(t, newHouse(t, s, identity.Config{}))
	})
}

func newHouse(t testing.TB, s *store.Store, c identity.Config) *house {
	t.Helper()
	h := &house{store: s, feed: feed.New(s, fanout.New()), clock: &clock{}}
	var err error
	if h.mailing, err = mailing.New(s, mailing.Config{Now: h.clock.now}); err != nil {
		t.Fatal(err)
	}
	h.open(c)
	return h
}

// open makes the house's identity anew, as another node or after a restart.
func (h *house) open(c identity.Config) {
	if c.Hash == (argon2id.Params{}) {
		c.Hash = cheap()
	}
	if c.PublicURL == "" {
		c.PublicURL = "https://mail.example.com/"
	}
	c.Now = h.clock.now
	h.Identity = identity.New(h.store, h.feed, h.mailing, c)
}

func founder(email string) identity.Founder {
	return identity.Founder{Email: email, Password: goodPassword, FirstName: "Ann", LastName: "Example", AccountName: "Example"}
}

// signUp makes a person with an account and returns a context that acts as them.
func (h *house) signUp(t testing.TB, email string) (context.Context, identity.Ticket) {
	t.Helper()
	ticket, err := h.SignUp(t.Context(), founder(email), identity.Device{Name: "laptop"})
	if err != nil {
		t.Fatalf("signing up %s: %v", email, err)
	}
	return h.as(t, ticket), ticket
}

// as returns a context that acts as the person of a ticket.
func (h *house) as(t testing.TB, ticket identity.Ticket) context.Context {
	t.Helper()
	ctx, err := h.Authenticate(t.Context(), ticket.Token)
	if err != nil {
		t.Fatalf("a fresh token is refused: %v", err)
	}
	return ctx
}

func (h *house) logIn(t testing.TB, email, password string) (identity.Ticket, error) {
	t.Helper()
	return h.LogIn(t.Context(), identity.Credentials{Email: email, Password: password}, identity.Device{})
}

// within runs f in a transaction on an account.
func (h *house) within(ctx context.Context, account uuid.UUID, f func(context.Context, *feed.Tx) error) error {
	return h.feed.Write(ctx, account, f)
}

// add lets a person into an account.
func (h *house) add(t testing.TB, account uuid.UUID, email string, role collaborator.Role) (id uuid.UUID) {
	t.Helper()
	hash, err := h.HashPassword(t.Context(), email, goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	err = h.within(t.Context(), account, func(ctx context.Context, tx *feed.Tx) (err error) {
		id, err = identity.AddCollaborator(ctx, tx, identity.Joiner{
			Email: email, FirstName: "Bob", LastName: "Example", PasswordHash: hash, Role: role,
		})
		return err
	})
	if err != nil {
		t.Fatalf("adding %s: %v", email, err)
	}
	return id
}

// resetToken returns the token of the newest mail to an address.
func (h *house) resetToken(t testing.TB, email string) string {
	t.Helper()
	mails, err := h.mailing.Outbox(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		if link := regexp.MustCompile(`#token=(ptr_[\w-]+)`).FindStringSubmatch(m.Text); m.Recipient == email && link != nil {
			return link[1]
		}
	}
	t.Fatalf("no link was mailed to %s", email)
	return ""
}

// count returns the number of rows of a table.
func (h *house) count(t testing.TB, table string) (n int) {
	t.Helper()
	rows, err := h.store.Client().QueryContext(t.Context(), "SELECT count(*) FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if !rows.Next() {
		t.Fatal(rows.Err())
	}
	if err := rows.Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// refused fails unless err is a fault of the kind about the field.
func refused(t testing.TB, err error, kind fault.Kind, field string) *fault.Fault {
	t.Helper()
	f := fault.As(err)
	if f == nil || f.Kind != kind || f.Field != field {
		t.Fatalf("got %v, want %s about %q", describe(err), kind, field)
	}
	return f
}

func describe(err error) string {
	if f := fault.As(err); f != nil {
		return fmt.Sprintf("%s about %q: %s", f.Kind, f.Field, f.Message)
	}
	return fmt.Sprint(err)
}
