package syncclient

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/partage-mail/partage/syncclient/mirror"
	"github.com/partage-mail/partage/syncclient/protocol"
	"github.com/partage-mail/partage/syncclient/transport"
)

// script is a server that answers as a test wants, for what a real one cannot be made to do. Requests that it has no
// answer for are refused as from something between.
type script struct {
	mu sync.Mutex
	// changes and rows answer by cursor and by bucket and cursor; the last of several answers stays.
	changes map[string][]string
	rows    map[string][]string
	// pushes answer edits, whatever they are; pushed are the bodies that came.
	pushes map[string][]string
	pushed []string
	// image answers requests for images; without it the server is an older one.
	image http.HandlerFunc
	// quiet answers polls: there is nothing new. strange refuses their cursor.
	quiet, strange bool
	// before is called before a request is answered.
	before func(request string)
	asked  []string
}

// refused is an answer that is a typed error.
func refused(code, reason string) string { return "!" + code + " " + reason }

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var request, answer string
	switch {
	case r.Header.Get("Upgrade") != "":
		http.Error(w, "no", http.StatusForbidden)
		return
	case r.URL.Path == "/graphql":
		var q struct {
			Variables struct{ After string }
		}
		body, _ := io.ReadAll(r.Body)
		_ = json.Unmarshal(body, &q)
		request = "changes " + q.Variables.After
		answer = s.take(request, s.changes, q.Variables.After)
		w.Header().Set("Content-Type", "application/json")
	case strings.HasPrefix(r.URL.Path, "/sync/rows/"):
		key := strings.TrimPrefix(r.URL.Path, "/sync/rows/") + " " + r.FormValue("after")
		request = "rows " + key
		answer = s.take(request, s.rows, key)
		w.Header().Set("Content-Type", "application/x-ndjson")
	case strings.HasPrefix(r.URL.Path, "/sync/image/"):
		s.take(strings.TrimSpace("image "+r.Header.Get("Range")+" "+r.Header.Get("If-Range")), nil, "")
		if s.image == nil {
			http.NotFound(w, r)
			return
		}
		s.image(w, r)
		return
	case r.URL.Path == "/sync/push":
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.pushed = append(s.pushed, string(body))
		s.mu.Unlock()
		request = "push"
		answer = s.take(request, s.pushes, "")
		w.Header().Set("Content-Type", "application/json")
	default:
		request = "poll"
	}
	if s.before != nil {
		s.before(request)
	}
	switch {
	case request == "poll" && s.quiet:
		w.Header().Set("Partage-Next", r.FormValue("after"))
		w.WriteHeader(http.StatusNoContent)
	case request == "poll" && s.strange:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"errors":[{"message":"No.","extensions":{"code":"BAD_USER_INPUT","field":"after"}}]}`)
	case answer == "":
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, "<h1>Blocked</h1>")
	case answer == "401":
		w.Header().Del("Content-Type")
		w.WriteHeader(http.StatusUnauthorized)
	case answer[0] == '!':
		code, reason, _ := strings.Cut(answer[1:], " ")
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"errors":[{"message":"No.","extensions":{"code":%q,"reason":%q}}]}`, code, reason)
	default:
		_, _ = io.WriteString(w, answer)
	}
}

func (s *script) take(request string, from map[string][]string, key string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, strings.TrimSpace(request))
	all := from[key]
	if len(all) == 0 {
		return ""
	}
	if len(all) > 1 {
		from[key] = all[1:]
	}
	return all[0]
}

func (s *script) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.asked...)
}

// listID returns the plain id of the nth list.
func listID(n int) string { return fmt.Sprintf("01900000-0000-7000-8000-00000000%04d", n) }

// changesPage is a page of the workspace with lists in the given states, and removals by list.
func changesPage(next string, more bool, lists map[int]string, removed ...int) string {
	var items, buckets, gone []string
	for n, state := range lists {
		id := protocol.Global(protocol.KindList, listID(n))
		items = append(items, fmt.Sprintf(`{"id":%q,"name":"list %d","audience":"EVERYONE","myLevel":"EDIT","version":1,"createdAt":"2026-01-01T00:00:00Z","changedAt":"2026-01-01T00:00:00Z","description":""}`, id, n))
		buckets = append(buckets, fmt.Sprintf(`{"id":%q,"kind":"CONTACTS","state":%q,"rows":%d}`, id, state, n))
	}
	for _, n := range removed {
		gone = append(gone, fmt.Sprintf("%q", protocol.Global(protocol.KindList, listID(n))))
	}
	return fmt.Sprintf(`{"data":{"changes":{"account":null,"collaborators":[],"items":[%s],"buckets":[%s],"removals":[%s],"next":%q,"more":%v}}}`,
		strings.Join(items, ","), strings.Join(buckets, ","), strings.Join(gone, ","), next, more)
}

// rowsPage is a page of contacts, one for each mark, of a list that has no others.
func rowsPage(next string, more bool, state string, marks ...string) string {
	return rowsPageOf(len(marks), next, more, state, marks...)
}

// rowsPageOf is a page of a list with so many contacts.
func rowsPageOf(total int, next string, more bool, state string, marks ...string) string {
	rows := [][]any{}
	for _, mark := range marks {
		rows = append(rows, []any{rowID(mark), mark + "@example.com", "", "", "", "", "{}", "subscribed", 1, 1, 1})
	}
	encoded, _ := json.Marshal(rows)
	columns, _ := json.Marshal(protocol.Columns(protocol.Contacts))
	return fmt.Sprintf(`{"kind":"contacts","columns":%s,"state":%q,"rows":%d,"next":%q,"more":%v,"count":%d}`+"\n%s\n[]\n",
		columns, state, total, next, more, len(rows), encoded)
}

// rowID is the id of the contact with a mark.
func rowID(mark string) string {
	return fmt.Sprintf("0191%04d-0000-7000-8000-%012x", len(mark), []byte(mark)[:min(6, len(mark))])
}

func rowsOf(n int, after string) string {
	return string(protocol.Global(protocol.KindList, listID(n))) + " " + after
}

// bench is a follower of a scripted server.
type bench struct {
	*Follower
	script *script
	dir    string
	url    string
	using  *transport.Server
	mu     sync.Mutex
	events []Event
}

func setup(t *testing.T, s *script) *bench {
	t.Helper()
	at := httptest.NewServer(s)
	t.Cleanup(at.Close)
	server, err := transport.New(at.URL, transport.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	b := &bench{script: s, dir: filepath.Join(t.TempDir(), "mirror")}
	b.url, b.using = at.URL, server
	b.open(t)
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// open opens the mirror and begins to follow.
func (b *bench) open(t *testing.T) {
	t.Helper()
	m, err := mirror.Open(context.Background(), b.dir, mirror.Identity{Server: b.url, User: "u", Account: "a", Collaborator: "c"})
	if err != nil {
		t.Fatal(err)
	}
	b.Follower = newFollower(b.using, "token", m, func(e Event) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.events = append(b.events, e)
	})
	b.backoff.First, b.backoff.Most = 1, 1
}

// holds returns the emails in the mirror, by list, of the lists that have a file.
func (b *bench) holds(t *testing.T) map[string][]string {
	t.Helper()
	s, err := mirror.Inspect(context.Background(), b.dir)
	if err != nil {
		t.Fatal(err)
	}
	held := map[string][]string{}
	for _, l := range s.Lists {
		held[l.Name] = readEmails(t, filepath.Join(b.dir, l.File))
	}
	return held
}
