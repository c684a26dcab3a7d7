package e2e

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/partage-mail/partage/server/dashboard"
)

// otherPages returns the pages that are tried in place of those built into this binary, nil where there are none.
// PARTAGE_E2E_PAGES names them: "build" for what is built of the source now, a folder into which it was built, or the address
// of Vite's development server.
func otherPages(needed needs, folder string) (http.Handler, error) {
	from := os.Getenv("PARTAGE_E2E_PAGES")
	switch {
	case from == "":
		return nil, nil
	case strings.HasPrefix(from, "http"):
		to, err := url.Parse(from)
		if err != nil {
			return nil, err
		}
		return proxyTo(to, false), nil
	case from == "build":
		from = filepath.Join(folder, "dist")
		c := exec.Command(needed.node, "node_modules/vite/bin/vite.js", "build", "--logLevel", "error", "--outDir", from)
		c.Dir = ".."
		if out, err := c.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("vite build: %w\n%s", err, out)
		}
	}
	return dashboard.Over(os.DirFS(from))
}

// fronted returns where a server is to listen that is reached by l, and what ends the way there. With other pages than its
// own there is a proxy between, which has them.
func fronted(l net.Listener, pages http.Handler) (end func() error, behind net.Listener, err error) {
	if pages == nil {
		return func() error { return nil }, l, nil
	}
	if behind, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, nil, err
	}
	api := proxyTo(&url.URL{Scheme: "http", Host: behind.Addr().String()}, true)
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	mux.Handle("/leads", pages) // the inbox; below it are the addresses of forms
	for _, path := range []string{"/graphql", "/sync/", "/upload/", "/export/", "/image/", "/leads/", "/outbox", "/outbox/"} {
		mux.Handle(path, api)
	}
	server := &http.Server{Handler: mux}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	return func() error {
		_ = server.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	}, behind, nil
}

// proxyTo passes requests on. The API has to see which address the browser asked.
func proxyTo(to *url.URL, keepHost bool) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			if keepHost {
				r.Out.Host = r.In.Host
			}
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			if !errors.Is(err, context.Canceled) {
				http.Error(w, err.Error(), http.StatusBadGateway)
			}
		},
	}
}
