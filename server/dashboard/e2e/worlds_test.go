package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/store"
)

// worlds are the servers of the files of stories, which ask for them over HTTP (lib/world.ts).
type worlds struct {
	*http.ServeMux
	ctx    context.Context
	folder string       // of the servers' data
	logs   string       // folder of what they log
	pages  http.Handler // in place of those built in, nil for these
	seeds  seeds

	mu     sync.Mutex
	byName map[string]*world
	sync   func() (string, error) // builds partage-sync, once
}

// world is one server. Its clock can be put forward, and its line can be cut.
type world struct {
	*app.App
	url   string
	line  *line
	ahead atomic.Int64 // of its clock, in nanoseconds
	stop  func() error
}

func newWorlds(t *testing.T, n needs, logs string) *worlds {
	t.Helper()
	w := &worlds{ServeMux: http.NewServeMux(), ctx: context.Background(), folder: t.TempDir(), logs: logs, byName: map[string]*world{}}
	var err error
	if w.pages, err = otherPages(n, w.folder); err != nil {
		t.Fatal(err)
	}
	w.seeds.folder = filepath.Join(w.folder, "seeds")
	w.sync = sync.OnceValues(func() (string, error) { return buildSync(w.folder) })
	w.HandleFunc("POST /worlds", w.begin)
	w.HandleFunc("DELETE /worlds/{name}", w.at(func(g *world, r *http.Request) (any, error) { return nil, g.stop() }))
	w.HandleFunc("POST /worlds/{name}/cut", w.at(func(g *world, r *http.Request) (any, error) { g.line.cut(); return nil, nil }))
	w.HandleFunc("POST /worlds/{name}/mend", w.at(func(g *world, r *http.Request) (any, error) { g.line.mend(); return nil, nil }))
	w.HandleFunc("POST /worlds/{name}/later", w.at(later))
	w.HandleFunc("GET /worlds/{name}/mails", w.at(mails))
	w.HandleFunc("POST /desktop", w.desktop)
	w.HandleFunc("POST /sql", w.sql)
	return w
}

// close ends the servers that are left.
func (w *worlds) close(t *testing.T) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for name, g := range w.byName {
		if err := g.stop(); err != nil {
			t.Errorf("the server of %s ended with: %v", name, err)
		}
	}
}

// begin starts a server over data of a kind and answers where it is.
func (w *worlds) begin(rw http.ResponseWriter, r *http.Request) {
	var asked struct{ File, Data string }
	err := json.NewDecoder(r.Body).Decode(&asked)
	if err != nil {
		answer(rw, nil, err)
		return
	}
	w.mu.Lock()
	name := strconv.Itoa(len(w.byName)+1) + "-" + filepath.Base(asked.File)
	g := &world{}
	w.byName[name], g.stop = g, func() error { return nil }
	w.mu.Unlock()
	folder := filepath.Join(w.folder, name)
	if err = w.seeds.copy(asked.Data, folder); err == nil {
		err = g.run(w, folder, filepath.Join(w.logs, name+".log"))
	}
	answer(rw, map[string]string{"name": name, "url": g.url}, err)
}

// run serves the data of a folder until stop is called.
func (g *world) run(w *worlds, folder, logName string) error {
	log, err := os.Create(logName)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	g.url, g.line = "http://"+l.Addr().String(), &line{Listener: l}
	front, behind, err := fronted(g.line, w.pages)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	config := configOf(folder)
	config.PublicURL, config.Log = g.url, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	config.Identity.Now = func() time.Time { return time.Now().Add(time.Duration(g.ahead.Load())) }
	a, err := app.New(w.ctx, config)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	g.App = a
	ctx, cancel := context.WithCancel(w.ctx)
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, behind) }()
	g.stop = sync.OnceValue(func() error {
		cancel()
		g.line.cut() // or it would wait for those who follow
		return errors.Join(<-done, front(), a.Close(), log.Close())
	})
	return nil
}

// configOf is that of a server over a folder. Passwords cost little.
func configOf(folder string) app.Config {
	c := app.Config{Store: store.Config{DataDir: folder}}
	c.Identity.Hash = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	return c
}

// at answers a request about a world.
func (w *worlds) at(f func(*world, *http.Request) (any, error)) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		g := w.byName[r.PathValue("name")]
		w.mu.Unlock()
		if g == nil {
			answer(rw, nil, fmt.Errorf("there is no world %s", r.PathValue("name")))
			return
		}
		v, err := f(g, r)
		answer(rw, v, err)
	}
}

// later puts the clock forward.
func later(g *world, r *http.Request) (any, error) {
	by, err := time.ParseDuration(r.FormValue("by"))
	if err != nil || by < 0 {
		return nil, fmt.Errorf("by=%q is no time to come", r.FormValue("by"))
	}
	g.ahead.Add(int64(by))
	return nil, nil
}

// mails returns the kept mails to an address, the newest first.
func mails(g *world, r *http.Request) (any, error) {
	kept, err := g.Mailing.Outbox(r.Context(), 100)
	found := []map[string]string{}
	for _, m := range kept {
		if m.Recipient == r.FormValue("to") {
			found = append(found, map[string]string{"subject": m.Subject, "text": m.Text})
		}
	}
	return found, err
}

// answer writes a value, or what went wrong.
func answer(w http.ResponseWriter, v any, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
