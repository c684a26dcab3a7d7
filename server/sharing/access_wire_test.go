package sharing_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"sync"
	"testing"
)

// wire stands between a sync client and the server: it keeps a copy of every answer, and makes pages smaller than
// the client asks for. Close ends it.
type wire struct {
	*httptest.Server
	size    int // of pages; 0 for as many as asked for
	mu      sync.Mutex
	answers [][]byte
}

func newWire(t *testing.T, server string, size int) *wire {
	t.Helper()
	to, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{size: size}
	w.Server = httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			r.Out.Header.Set("Accept-Encoding", "identity")
			if w.size > 0 {
				w.shrink(r.Out)
			}
		},
		ModifyResponse: func(answer *http.Response) error {
			body, err := io.ReadAll(answer.Body)
			answer.Body = io.NopCloser(bytes.NewReader(body))
			w.mu.Lock()
			defer w.mu.Unlock()
			w.answers = append(w.answers, body)
			return err
		},
	})
	return w
}

// shrink makes the page that is asked for smaller.
func (w *wire) shrink(r *http.Request) {
	if query := r.URL.Query(); query.Has("first") {
		query.Set("first", strconv.Itoa(w.size))
		r.URL.RawQuery = query.Encode()
	}
	if r.URL.Path != "/graphql" {
		return
	}
	asked, _ := io.ReadAll(r.Body)
	var body map[string]any
	if json.Unmarshal(asked, &body) == nil {
		if variables, ok := body["variables"].(map[string]any); ok && variables["first"] != nil {
			variables["first"] = w.size
			asked, _ = json.Marshal(body)
		}
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(asked)), int64(len(asked))
}

// take returns what was answered since it was last called.
func (w *wire) take() [][]byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.answers
	w.answers = nil
	return all
}

// removals returns the ids of people and items that an answer tells are gone.
func removals(answer []byte) []string {
	var said struct {
		Data struct{ Changes struct{ Removals []string } }
	}
	if json.Unmarshal(answer, &said) == nil {
		return said.Data.Changes.Removals
	}
	return nil
}
