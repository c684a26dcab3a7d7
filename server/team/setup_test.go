package team_test

import (
	"context"
	"fmt"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/auditevent"
	"github.com/partage-mail/partage/ent/collaborator"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/fanout"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/feed/feedtest"
	"github.com/partage-mail/partage/server/identity"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/sharing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/server/team"
)

const goodPassword = "a good long secret"

// house is a team over a fresh database, with a clock that tests move and one account. The feed's guard watches
// every transaction.
type house struct {
	*team.Team
	store    *store.Store
	feed     *feed.Feed
	mailing  *mailing.Mailing
	identity *identity.Identity
	offset   atomic.Int64

	account uuid.UUID
	// ann owns the account.
	ann uuid.UUID
	// owner acts as ann.
	owner context.Context
	// system sees everything.
	system context.Context
}

// each runs f on both databases.
func each(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
		f(t, newHouse(t, s))
	})
}

func newHouse(t testing.TB, s *store.Store) *house {
	t.Helper()
	feedtest.Guard(t, s)
	h := &house{store: s, feed: feed.New(s, fanout.New()), system: viewer.System(t.Context(), "test")}
	now := func() time.Time { return time.Now().Add(time.Duration(h.offset.Load())) }
	var err error
	if h.mailing, err = mailing.New(s, mailing.Config{Now: now}); err != nil {
		t.Fatal(err)
	}
	h.identity = identity.New(s, h.feed, h.mailing, identity.Config{
		Hash: argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}, Now: now,
	})
	h.Team = team.New(s, h.feed, h.identity, h.mailing, team.Config{PublicURL: "https://mail.example.com/", Now: now})
	h.found(t, "ann@example.com")
	return h
}

// found begins an account, which is the house's from then on.
func (h *house) found(t testing.TB, email string) {
	t.Helper()
	made, err := h.identity.Found(t.Context(), identity.Founder{
		Email: email, Password: goodPassword, FirstName: "Ann", LastName: "Example", AccountName: "Example",
	})
	if err != nil {
		t.Fatal(err)
	}
	h.account, h.ann = made.Account, made.Collaborator
	h.owner = h.as(t, h.ann)
}

func (h *house) advance(d time.Duration) { h.offset.Add(int64(d)) }

// write runs f in a transaction on the account.
func (h *house) write(t testing.TB, f func(context.Context, *feed.Tx) error) {
	t.Helper()
	if err := h.feed.Write(h.system, h.account, f); err != nil {
		t.Fatal(err)
	}
}

// add lets a person into the account. Their address is name@example.com.
func (h *house) add(t testing.TB, name string, role collaborator.Role) (id uuid.UUID) {
	t.Helper()
	hash, err := h.identity.HashPassword(t.Context(), name+"@example.com", goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	h.write(t, func(ctx context.Context, tx *feed.Tx) (err error) {
		id, err = identity.AddCollaborator(ctx, tx, identity.Joiner{
			Email: name + "@example.com", FirstName: name, LastName: "Example", PasswordHash: hash, Role: role,
		})
		return err
	})
	return id
}

// person returns someone's row.
func (h *house) person(t testing.TB, id uuid.UUID) *ent.Collaborator {
	t.Helper()
	c, err := h.store.Client().Collaborator.Get(h.system, id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// as returns a context that acts as a person with the role they have now, as if they were just let in.
func (h *house) as(t testing.TB, id uuid.UUID) context.Context {
	t.Helper()
	v := sharing.Eyes(h.person(t, id))
	v.Out = false
	return sharing.NewContext(t.Context(), v)
}

// signIn begins a session and returns a context that acts as its person, and its token.
func (h *house) signIn(t testing.TB, email string, account uuid.UUID) (context.Context, string) {
	t.Helper()
	ticket, err := h.identity.LogIn(t.Context(), identity.Credentials{Email: email, Password: goodPassword, Account: account}, identity.Device{})
	if err != nil {
		t.Fatalf("signing %s in: %v", email, describe(err))
	}
	ctx, err := h.identity.Authenticate(t.Context(), ticket.Token)
	if err != nil {
		t.Fatal(describe(err))
	}
	return ctx, ticket.Token
}

// link returns the token of the newest invitation that was mailed to an address.
func (h *house) link(t testing.TB, email string) string {
	t.Helper()
	mails, err := h.mailing.Outbox(t.Context(), 2000)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		found := regexp.MustCompile(`https://mail\.example\.com/invitation#token=(pti_[\w-]+)`).FindStringSubmatch(m.Text)
		if m.Recipient == email && found != nil {
			return found[1]
		}
	}
	t.Fatalf("no invitation was mailed to %s", email)
	return ""
}

// mails returns how many mails there are.
func (h *house) mails(t testing.TB) int {
	t.Helper()
	n, err := h.store.Client().Mail.Query().Count(h.system)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// told returns what the history has told of since a number of lines, as verbs and details, and how many lines
// there are.
func (h *house) told(t testing.TB, since int) (lines []string, n int) {
	t.Helper()
	rows, err := h.store.Client().AuditEvent.Query().Where(auditevent.AccountID(h.account), auditevent.NumberGT(int64(since))).
		Order(auditevent.ByNumber()).All(h.system)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		lines = append(lines, r.Verb+" "+r.Detail)
	}
	return lines, since + len(lines)
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

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(describe(err))
	}
}

func describe(err error) string {
	if f := fault.As(err); f != nil {
		return fmt.Sprintf("%s about %q: %s", f.Kind, f.Field, f.Message)
	}
	return fmt.Sprint(err)
}
