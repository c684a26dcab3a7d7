package clienttest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// tap is the simulation's wire with a hand on it: a test sees each request, and may have it answered otherwise, hold it
// until something else has happened, or lose it.
type tap struct {
	*simulatedWire
	url string

	hands sync.Mutex
	take  func(r *recorded) *reply
	cut   int
	asked []string
}

// reply is an answer; nil stands for a connection that breaks.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func newTap(tb testing.TB, target string) *tap {
	tb.Helper()
	w := &tap{simulatedWire: newWire(tb, target)}
	s := httptest.NewServer(w)
	tb.Cleanup(s.Close)
	w.url = s.URL
	return w
}

// taking has a function answer requests in the server's place; one for which it returns false goes its way.
func (w *tap) taking(answer func(r *recorded) (*reply, bool)) {
	w.hands.Lock()
	defer w.hands.Unlock()
	w.take = nil
	if answer == nil {
		return
	}
	w.take = func(r *recorded) *reply {
		if said, ok := answer(r); ok {
			return said
		}
		return w.forward(r)
	}
}

// after calls a function when the server has answered a request and the desk does not have the answer yet.
func (w *tap) after(f func(r *recorded, n int)) {
	n := 0
	w.taking(func(r *recorded) (*reply, bool) {
		said := w.forward(r)
		n++
		f(r, n)
		return said, true
	})
}

// cutting has pages end after n entries or rows; 0 as the desk asks for them.
func (w *tap) cutting(n int) {
	w.hands.Lock()
	defer w.hands.Unlock()
	w.cut = n
}

// heard returns what was asked so far, and forgets it.
func (w *tap) heard() []string {
	w.hands.Lock()
	defer w.hands.Unlock()
	all := w.asked
	w.asked = nil
	return all
}

// forward has the server answer.
func (w *tap) forward(r *recorded) *reply {
	status, header, body, err := w.send(r)
	if err != nil {
		return nil
	}
	return &reply{status, header, body}
}

func (w *tap) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(in.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r := &recorded{in.Method, in.URL.RequestURI(), in.Header.Clone(), body}
	w.hands.Lock()
	take := w.take
	w.asked = append(w.asked, r.path+" "+string(body))
	w.cutTo(r, w.cut)
	w.hands.Unlock()
	if take == nil {
		again := in.Clone(in.Context())
		again.Body, again.ContentLength = io.NopCloser(bytes.NewReader(r.body)), int64(len(r.body))
		again.RequestURI = r.path
		again.URL, _ = in.URL.Parse(r.path)
		w.simulatedWire.ServeHTTP(out, again)
		return
	}
	said := take(r)
	if said == nil {
		panic(http.ErrAbortHandler)
	}
	for name, values := range said.header {
		if name != "Content-Length" {
			out.Header()[name] = values
		}
	}
	out.WriteHeader(said.status)
	_, _ = out.Write(said.body)
}

func (w *tap) cutTo(r *recorded, n int) {
	if n == 0 {
		return
	}
	if r.changes() {
		r.body = regexp.MustCompile(`"first":\d+`).ReplaceAll(r.body, []byte(`"first":`+strconv.Itoa(n)))
		r.body = regexp.MustCompile(`"held":\[[^\]]*\]`).ReplaceAll(r.body, []byte(`"held":[]`))
	}
	if r.rows() {
		r.path = regexp.MustCompile(`first=\d+`).ReplaceAllString(r.path, "first="+strconv.Itoa(n))
	}
}

// changes reports whether a request asks for a page of the workspace.
func (r *recorded) changes() bool {
	return r.path == "/graphql" && bytes.Contains(r.body, []byte("query Changes"))
}

// rows reports whether a request asks for a page of rows.
func (r *recorded) rows() bool { return strings.HasPrefix(r.path, "/sync/rows/") }

// push reports whether a request has edits.
func (r *recorded) push() bool { return r.path == "/sync/push" }
