// Package dashboard serves the web application: its source is in src, and what is built of it, which is what is served,
// in dist.
//
// Each address that is no file gets the same page, whose script shows what belongs there. Files carry a digest of what
// they hold in their names and may be kept for ever; the page itself is asked for each time. It runs no script but these
// files, and nothing of elsewhere (Content-Security-Policy). What people see comes over the GraphQL API, as they are.
package dashboard

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed dist
var dist embed.FS

// policy is the Content-Security-Policy of the pages. Styles may stand in the page, since what a mail looks like is said
// by such, and a mail that is shown in a frame keeps to the policy of the page around it; and so may pictures of elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https: http:; font-src 'self'; " +
	"connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// New returns the handler of the pages. The error is of the embedded files; a test sees it first.
func New() (http.Handler, error) {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("read the dashboard: %w", err)
	}
	return Over(built)
}

// Over is New for pages that were built into another place. They are read now.
func Over(built fs.FS) (http.Handler, error) {
	d := &dashboard{files: map[string]*file{}}
	err := fs.WalkDir(built, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(built, name)
		d.files["/"+name] = &file{content: content}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the dashboard: %w", err)
	}
	if d.page = d.files["/index.html"]; d.page == nil {
		return nil, fmt.Errorf("the dashboard is not built: run go generate ./server/dashboard")
	}
	delete(d.files, "/index.html")
	return d, nil
}

type dashboard struct {
	files map[string]*file
	page  *file
}

// file is one that is served. It is compressed when it is first asked for, so that the server begins at once.
type file struct {
	content []byte
	once    sync.Once
	zipped  []byte
}

// ServeHTTP answers GET and HEAD.
func (d *dashboard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "There are pages to read here; nothing takes this.", http.StatusMethodNotAllowed)
		return
	}
	if f := d.files[r.URL.Path]; f != nil {
		header.Set("Content-Type", contentType(r.URL.Path))
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
		f.serve(w, r)
		return
	}
	header.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(r.URL.Path, "/assets/") { // of another version of the pages
		http.Error(w, "There is no such file.", http.StatusNotFound)
		return
	}
	header.Set("Content-Security-Policy", policy)
	header.Set("Content-Type", contentType(".html"))
	d.page.serve(w, r)
}

func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	header, content := w.Header(), f.content
	header.Add("Vary", "Accept-Encoding")
	if takesGzip(r.Header.Get("Accept-Encoding")) {
		header.Set("Content-Encoding", "gzip")
		content = f.gzip()
	}
	header.Set("Content-Length", fmt.Sprint(len(content)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(content)
	}
}

func (f *file) gzip() []byte {
	f.once.Do(func() {
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // a level that there is
		_, _ = z.Write(f.content)                             // into memory
		_ = z.Close()
		f.zipped = b.Bytes()
	})
	return f.zipped
}

// takesGzip reports whether a client that sends an Accept-Encoding takes gzip: names it, and not with a weight of nothing.
func takesGzip(accepted string) bool {
	for coding := range strings.SplitSeq(accepted, ",") {
		name, weight, _ := strings.Cut(coding, ";")
		if strings.TrimSpace(name) != "gzip" {
			continue
		}
		q, weighed := strings.CutPrefix(strings.TrimSpace(weight), "q=")
		value, err := strconv.ParseFloat(q, 64)
		return !weighed || err == nil && value > 0
	}
	return false
}

// contentType does not ask the machine, whose tables differ.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}
