// Package servertest gives tests a whole server: real HTTP and WebSocket on loopback over a real database.
package servertest

import (
	"context"
	"log/slog"
	"net"
	"testing"

	"github.com/alexedwards/argon2id"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/feed/feedtest"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// Server is a running server.
type Server struct {
	*app.App
	// URL is where it answers, without a slash at its end.
	URL string
}

// Each runs f as the subtests "sqlite" and "postgres", each with a server of its own over a fresh database.
func Each(t *testing.T, f func(t *testing.T, s *Server)) {
	t.Helper()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) { f(t, Start(t, c)) })
}

// Start runs a server over a database until the test ends. On SQLite the feed's guard watches every
// transaction. Passwords cost little.
func Start(tb testing.TB, database store.Config, change ...func(*app.Config)) *Server {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	url := "http://" + l.Addr().String()
	c := app.Config{Store: database, PublicURL: url, Log: slog.New(slog.NewTextHandler(tb.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))}
	c.Identity.Hash = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	for _, f := range change {
		f(&c)
	}
	ctx, stop := context.WithCancel(context.Background())
	a, err := app.New(ctx, c)
	if err != nil {
		l.Close()
		stop()
		tb.Fatalf("building a server: %v", err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, l) }()
	tb.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			tb.Errorf("the server ended with: %v", err)
		}
		if err := a.Close(); err != nil {
			tb.Errorf("closing the server: %v", err)
		}
	})
	if _, bench := tb.(*testing.B); !bench {
		feedtest.Guard(tb, a.Store)
	}
	return &Server{a, url}
}
