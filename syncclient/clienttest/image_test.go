package clienttest

import (
	"bytes"
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"

	"github.com/partage-mail/partage/ent/item"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/syncclient"
)

// large is from how many rows on the server makes images and clients ask for them.
const large = 20_000

// proxy passes requests on, remembers their paths, and cuts the first answers of images after so many bytes each.
type proxy struct {
	*httptest.Server
	mu    sync.Mutex
	paths []string
	cuts  []int64
	// queries are what was asked over GraphQL.
	queries []string
}

func newProxy(t *testing.T, server string, cuts ...int64) *proxy {
	t.Helper()
	to, err := url.Parse(server)
	must(t, err)
	p := &proxy{cuts: cuts}
	pass := httputil.NewSingleHostReverseProxy(to)
	pass.ModifyResponse = func(r *http.Response) error {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.paths = append(p.paths, r.Request.URL.Path)
		if strings.HasPrefix(r.Request.URL.Path, "/sync/image/") && r.StatusCode < 300 && len(p.cuts) > 0 {
			r.Body = struct {
				io.Reader
				io.Closer
			}{io.LimitReader(r.Body, p.cuts[0]), r.Body}
			p.cuts = p.cuts[1:]
		}
		return nil
	}
	pass.ErrorLog = log.New(io.Discard, "", 0) // clients that are killed are none of its
	p.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.Path == "/graphql" {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(body))
			p.mu.Lock()
			p.queries = append(p.queries, string(body))
			p.mu.Unlock()
		}
		pass.ServeHTTP(rw, r)
	}))
	t.Cleanup(p.Close)
	return p
}

// asked counts requests for images and for rows of a list.
func (p *proxy) asked(list uuid.UUID) (images, pages int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, path := range p.paths {
		switch {
		case strings.HasSuffix(path, "/sync/image/list_"+list.String()):
			images++
		case strings.HasSuffix(path, "/sync/rows/list_"+list.String()):
			pages++
		}
	}
	return images, pages
}

// holds returns how many of the queries since the first some named a list as one that the copy holds.
func (p *proxy) holds(list uuid.UUID, some int) (n, all int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, query := range p.queries[some:] {
		if strings.Contains(query, `{"bucket":"list_`+list.String()) {
			n++
		}
	}
	return n, len(p.queries)
}

// TestImage fills mirrors of large lists for the first time.
func TestImage(t *testing.T) {
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		w := populate(t, s)
		list, small := w.list("large", rows("mark", large)), w.list("small", rows("few", 50))
		t.Run("by the server's file, and goes on by pages", func(t *testing.T) {
			p := newProxy(t, w.URL)
			d := w.deskVia(w.chloe, t.TempDir(), p.URL)
			d.sync()
			w.same(w.chloe, d)
			if images, pages := p.asked(list); images != 1 || pages > 0 {
				t.Errorf("asked %d times for the file and %d times for rows", images, pages)
			}
			if images, pages := p.asked(small); images > 0 || pages != 1 {
				t.Errorf("of the small one asked %d times for a file and %d times for rows", images, pages)
			}
			_, err := w.Addressbook.Import(w.anna.ctx, list, strings.NewReader("email,city\nmark.000007@example.com,Lyon\nnew@example.com,Nice\n"), nil)
			must(t, err)
			d.sync()
			w.same(w.chloe, d)
			d.agrees()
			if images, _ := p.asked(list); images != 1 {
				t.Errorf("asked %d times for the file", images)
			}
		})
		t.Run("by a file that is older than the rows", func(t *testing.T) {
			p := newProxy(t, w.URL)
			d := w.deskVia(w.anna, t.TempDir(), p.URL)
			d.sync()
			w.same(w.anna, d)
			if images, pages := p.asked(list); images != 1 || pages != 1 {
				t.Errorf("asked %d times for the file and %d times for rows", images, pages)
			}
		})
		t.Run("although the connection is cut", func(t *testing.T) {
			p := newProxy(t, w.URL, 1000, 100_000, 50_000)
			d := w.deskVia(w.chloe, t.TempDir(), p.URL)
			d.sync()
			w.same(w.chloe, d)
			if images, _ := p.asked(list); images != 4 || d.count(func(e syncclient.Event) bool { _, refused := e.(syncclient.ImageRefused); return refused }) > 0 {
				t.Errorf("asked %d times for the file", images)
			}
		})
		t.Run("although the list is taken away in the midst", func(t *testing.T) {
			p, data := newProxy(t, w.URL, 100_000), t.TempDir()
			d := w.deskVia(w.chloe, data, p.URL)
			must(t, d.follower.Close())
			taken := false
			var err error
			d.follower, err = d.client.Open(t.Context(), d.login, d.account, func(e syncclient.Event) {
				if page, ok := e.(syncclient.RowsPage); ok && page.Item == list.String() && !taken {
					taken = true
					must(t, w.Sharing.SetAudience(w.anna.ctx, list, item.AudienceRestricted))
				}
				d.hear(e)
			})
			must(t, err)
			d.sync()
			if w.same(w.chloe, d); !taken {
				t.Error("it was not taken away")
			}
			must(t, d.follower.Close())
			for _, name := range servertest.Scan(t, data, "mark.000007@", "mark company") {
				t.Errorf("%s has what was taken away", name)
			}
			must(t, w.Sharing.SetAudience(w.anna.ctx, list, item.AudienceEveryone))
		})
		if servertest.Raced && s.Store.Dialect() != dialect.SQLite {
			return
		}
		t.Run("although it is killed at ten random points", func(t *testing.T) {
			_, takes := live(t, w.URL, w.closed(w.URL).data(), time.Hour)
			d := w.closed(w.URL)
			for kills := 0; kills < 10; {
				if ended, _ := live(t, w.URL, d.data(), rand.N(takes*3/4)); ended {
					d = w.closed(w.URL)
				} else {
					kills++
				}
			}
			live(t, w.URL, d.data(), time.Hour)
			d.open()
			w.same(w.chloe, d)
		})
	})
}
