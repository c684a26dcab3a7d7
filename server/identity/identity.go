// Package identity knows the people who sign in: their passwords, their sessions, and which accounts they
// may open.
//
// # What it guarantees
//
//   - A token is 32 random bytes and is stored as its SHA-256 only. Nothing here logs a token or password.
//   - Authenticate reads the session and the person's standing afresh at each request, so that whoever was
//     signed out or deactivated is refused from the next request on.
//   - An unknown address and a wrong password get the same answer after the same work.
//   - Tries are counted in the database before a password is looked at, so that no number of nodes or
//     concurrent requests gets more of them (limits.go has the numbers).
//   - Passwords are hashed outside of transactions, a bounded number at once.
//   - A person who opens an account leaves a line in its history.
//
// # What it leaves to others
//
// How a token travels (cookie or bearer) is httpd's business. AddCollaborator and Begin compose into a
// transaction and do not ask who calls them; whoever exposes them to people checks that first. Who may come
// in, with which role, is package team's; what a collaborator sees is decided by package sharing.
package identity

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/partage-mail/partage/ent/instant"
	"github.com/partage-mail/partage/ent/viewer"
	"github.com/partage-mail/partage/server/feed"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/throttle"
)

const (
	// IdleLife is for how long a session lives without being used.
	IdleLife = 30 * 24 * time.Hour
	// LongestLife is for how long a session lives however much it is used.
	LongestLife = 180 * 24 * time.Hour
	// ResetLife is for how long the link of a forgotten password works.
	ResetLife = time.Hour
	// touchEvery is how stale a session's last use may be.
	touchEvery = 5 * time.Minute
)

// Config says how people come in. Its zero value lets anyone sign up.
type Config struct {
	// SignUpClosed refuses sign-up by strangers; Found still works.
	SignUpClosed bool
	// PublicURL is where people reach the server, such as https://mail.example.com; links begin with it.
	PublicURL string
	// Hash is the cost of a password; zero means 19 MiB, two passes, one lane. Stored hashes of another
	// cost are renewed when their owner signs in.
	Hash argon2id.Params
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Log receives what no caller waits for; nil discards it.
	Log *slog.Logger
}

// Identity holds the commands about people. It is safe for concurrent use.
type Identity struct {
	store    *store.Store
	feed     *feed.Feed
	mailing  *mailing.Mailing
	hasher   *hasher
	throttle *throttle.Throttle
	closed   bool
	base     string
	now      func() time.Time
	log      *slog.Logger
	touched  chan touch
}

// New returns the commands over their parts.
func New(s *store.Store, f *feed.Feed, m *mailing.Mailing, c Config) *Identity {
	i := &Identity{
		store: s, feed: f, mailing: m,
		hasher: newHasher(c.Hash),
		closed: c.SignUpClosed,
		base:   strings.TrimRight(c.PublicURL, "/"),
		now:    c.Now,
		log:    c.Log,
		// Room for the sessions that come into use between two writes; what does not fit waits for its
		// next request.
		touched: make(chan touch, 1024),
	}
	if i.now == nil {
		i.now = time.Now
	}
	if i.log == nil {
		i.log = slog.New(slog.DiscardHandler)
	}
	i.throttle = throttle.New(s.Dialect(), i.instant)
	return i
}

// SignUpOpen reports whether strangers may sign up.
func (i *Identity) SignUpOpen() bool { return !i.closed }

// Unclaimed reports whether nobody has signed up yet. Anybody may ask.
func (i *Identity) Unclaimed(ctx context.Context) (bool, error) {
	signedUp, err := i.store.Client().User.Query().Exist(asServer(ctx))
	if err != nil {
		return false, fmt.Errorf("looking for a person: %w", err)
	}
	return !signedUp, nil
}

// Hashes returns how many passwords have been hashed since the start, decoys included; for metrics.
func (i *Identity) Hashes() int64 { return i.hasher.runs.Load() }

func (i *Identity) instant() instant.Instant { return instant.Of(i.now()) }

// resetLink puts the token behind the #, so that neither the server's log nor a proxy's ever holds it.
func (i *Identity) resetLink(token string) string {
	return i.base + "/reset-password#token=" + url.QueryEscape(token)
}

func (i *Identity) forgottenLink() string { return i.base + "/forgot-password" }

// asServer lets identity look at people before anyone is signed in, and at all accounts of one person.
func asServer(ctx context.Context) context.Context {
	return viewer.System(ctx, "identity finds out who is asking and what they may open")
}
