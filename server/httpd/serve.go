package httpd

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// Options say how Serve ends.
type Options struct {
	// OnShutdown is called when the server begins to stop, to end what would not end by itself:
	// edge.Server.Drain. It must not wait.
	OnShutdown func()
	// Grace is how long requests and WebSockets may take to end; zero means 10 seconds.
	Grace time.Duration
	// Log receives what goes wrong on connections; nil discards it.
	Log *slog.Logger
}

// Serve answers requests from l until ctx ends. Then it takes no new ones and waits for those under way,
// WebSockets included, for as long as grace allows; after that it cancels them. It returns nil when all of
// them have ended in time, and leaves nothing running. It closes l.
func Serve(ctx context.Context, l net.Listener, handler http.Handler, o Options) error {
	if o.Grace == 0 {
		o.Grace = 10 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	base, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	// The server itself does not know of connections that a WebSocket has taken over.
	underway := newUnderway()
	server := &http.Server{
		Handler:           underway.count(handler),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		BaseContext:       func(net.Listener) context.Context { return base },
		ErrorLog:          slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}
	if o.OnShutdown != nil {
		server.RegisterOnShutdown(o.OnShutdown)
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		cut()
		_ = server.Close()
		<-underway.end()
		return fmt.Errorf("httpd: serving: %w", err)
	case <-ctx.Done():
	}
	return stop(server, underway, failed, cut, o.Grace)
}

func stop(server *http.Server, underway *underway, failed <-chan error, cut func(), grace time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	err := server.Shutdown(ctx)
	ended := underway.end()
	select {
	case <-ended:
	case <-ctx.Done():
		err = ctx.Err()
	}
	cut()
	_ = server.Close()
	<-ended
	<-failed
	if err != nil {
		return fmt.Errorf("httpd: requests were still under way after %v and were cut off: %w", grace, err)
	}
	return nil
}

// underway counts the calls of a handler and tells when the last has returned.
type underway struct {
	mu     sync.Mutex
	calls  int
	ending bool
	ended  chan struct{}
}

func newUnderway() *underway { return &underway{ended: make(chan struct{})} }

// count passes requests on until the end begins.
func (u *underway) count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !u.begin() {
			w.Header().Set("Connection", "close")
			http.Error(w, "The server is stopping.", http.StatusServiceUnavailable)
			return
		}
		defer u.done()
		next.ServeHTTP(w, r)
	})
}

func (u *underway) begin() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if !u.ending {
		u.calls++
	}
	return !u.ending
}

func (u *underway) done() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.calls--; u.ending && u.calls == 0 {
		close(u.ended)
	}
}

// end takes no more calls and returns a channel that is closed when there are none. It is called once.
func (u *underway) end() <-chan struct{} {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ending = true; u.calls == 0 {
		close(u.ended)
	}
	return u.ended
}
