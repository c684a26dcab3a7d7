package syncclient

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// ready is an image that a scripted server has.
type ready struct {
	packed []byte
	said   protocol.Image
	tag    string
}

// makeReady makes an image of contacts with these marks.
func makeReady(t *testing.T, state, next string, marks ...string) *ready {
	t.Helper()
	path := filepath.Join(t.TempDir(), "image.db")
	db, err := sql.Open("sqlite3", "file:"+path)
	mustDo(t, err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec("PRAGMA synchronous = OFF; PRAGMA user_version = 1; BEGIN;" + protocol.ImageTable(protocol.Contacts))
	mustDo(t, err)
	var sum protocol.Digest
	for _, mark := range marks {
		row := []any{rowID(mark), mark + "@example.com", "", "", "", "", "{}", "subscribed", 1, 1, 1}
		_, err = db.Exec("INSERT INTO server_contacts VALUES (?"+strings.Repeat(", ?", len(row)-1)+", 1)", row...)
		mustDo(t, err)
		var values []byte
		for _, v := range row {
			values = append(fmt.Append(values, v), 0)
		}
		sum.Add(protocol.DigestOf(values))
	}
	_, err = db.Exec("COMMIT")
	mustDo(t, errors.Join(err, db.Close()))
	file, err := os.ReadFile(path)
	mustDo(t, err)
	enc, err := zstd.NewWriter(nil)
	mustDo(t, err)
	defer enc.Close()
	return &ready{
		packed: enc.EncodeAll(file, nil), tag: `"` + state + `"`,
		said: protocol.Image{
			Kind: protocol.Contacts, State: state, Rows: int64(len(marks)), Digest: sum.String(), Next: next, Bytes: int64(len(file)),
		},
	}
}

// serve answers as a server does.
func (r *ready) serve(w http.ResponseWriter, req *http.Request) {
	said, _ := json.Marshal(r.said)
	w.Header().Set(protocol.ImageHeader, string(said))
	w.Header().Set("Content-Type", protocol.ImageMedia)
	w.Header().Set("ETag", r.tag)
	http.ServeContent(w, req, "", time.Time{}, bytes.NewReader(r.packed))
}

// cutAfter lets so many bytes of an answer through, and breaks the connection then.
type cutAfter struct {
	http.ResponseWriter
	left int
}

func (c *cutAfter) Write(p []byte) (int, error) {
	if len(p) > c.left {
		_, _ = c.ResponseWriter.Write(p[:c.left])
		c.ResponseWriter.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	c.left -= len(p)
	return c.ResponseWriter.Write(p)
}

// offered is a server with a list of three contacts and an image of it, which the rows that follow it complete.
func offered(t *testing.T) (*script, *ready) {
	r := makeReady(t, "s1", "a", "one", "two", "three")
	return &script{
		changes: map[string][]string{"": {changesPage("1", false, map[int]string{3: "s1"})}, "1": {changesPage("1", false, nil)}},
		rows:    map[string][]string{rowsOf(3, ""): {rowsPage("a", false, "s1", "one", "two", "three")}, rowsOf(3, "a"): {rowsPageOf(3, "b", false, "s1")}},
		image:   r.serve,
	}, r
}

// setupImages is setup, with images from the first row on.
func setupImages(t *testing.T, s *script) *bench {
	t.Helper()
	b := setup(t, s)
	b.fill.large = 1
	return b
}

// fetched returns what was asked of rows and images.
func (s *script) fetched() []string {
	return slices.DeleteFunc(s.requests(), func(r string) bool { return !strings.HasPrefix(r, "rows") && !strings.HasPrefix(r, "image") })
}

func mustFetch(t *testing.T, b *bench, want ...string) {
	t.Helper()
	mustHold(t, b, map[string][]string{"list 3": {"one", "three", "two"}})
	if diff := cmp.Diff(want, b.script.fetched()); diff != "" {
		t.Fatalf("-want +asked:\n%s", diff)
	}
	left, err := filepath.Glob(filepath.Join(b.dir, "lists", "*.part"))
	mustDo(t, err)
	if len(left) > 0 {
		t.Fatalf("left: %v", left)
	}
}

func TestImage(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pages := strings.TrimSpace("rows " + rowsOf(3, ""))

	t.Run("fills a list, and tells of it", func(t *testing.T) {
		t.Parallel()
		s, _ := offered(t)
		b := setupImages(t, s)
		mustSync(t, b)
		mustFetch(t, b, "image")
		if !slices.ContainsFunc(b.events, func(e Event) bool {
			p, ok := e.(RowsPage)
			return ok && p.Complete && p.Done == 3 && p.Total == 3 && p.Changed == 3
		}) {
			t.Fatalf("told %+v", b.events)
		}
		mustSync(t, b)
		mustFetch(t, b, "image")
	})
	t.Run("is followed by what has changed since", func(t *testing.T) {
		t.Parallel()
		s, _ := offered(t)
		s.image = makeReady(t, "s0", "old", "one", "gone").serve
		page := rowsPageOf(3, "b", false, "s1", "two", "three")
		s.rows[rowsOf(3, "old")] = []string{strings.TrimSuffix(page, "[]\n") + fmt.Sprintf("[%q]\n", rowID("gone"))}
		b := setupImages(t, s)
		mustSync(t, b)
		mustFetch(t, b, "image", "rows "+rowsOf(3, "old"))
	})
	t.Run("is not asked for of a small list", func(t *testing.T) {
		t.Parallel()
		s, _ := offered(t)
		b := setup(t, s)
		mustSync(t, b)
		mustFetch(t, b, pages)
	})
	t.Run("goes on at the byte where the connection broke", func(t *testing.T) {
		t.Parallel()
		s, r := offered(t)
		const at = 200
		s.image = func(w http.ResponseWriter, req *http.Request) {
			if req.Header.Get("Range") == "" {
				w = &cutAfter{w, at}
			}
			r.serve(w, req)
		}
		b := setupImages(t, s)
		mustSync(t, b)
		mustFetch(t, b, "image", fmt.Sprintf("image bytes=%d- %s", at, r.tag))
	})
	t.Run("goes on in another process", func(t *testing.T) {
		t.Parallel()
		s, r := offered(t)
		const at = 200
		come, stop := context.WithCancel(ctx)
		s.image = func(w http.ResponseWriter, req *http.Request) {
			if req.Header.Get("Range") == "" {
				w = &cutAfter{w, at}
			}
			r.serve(w, req)
		}
		b := setupImages(t, s)
		b.notify = func(e Event) {
			if _, ok := e.(RowsPage); ok {
				stop()
			}
		}
		if err := b.Sync(come); !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		mustDo(t, b.Close())
		b.open(t)
		b.fill.large = 1
		mustSync(t, b)
		mustFetch(t, b, "image", fmt.Sprintf("image bytes=%d- %s", at, r.tag))
	})
	t.Run("goes on where an answer ends early without a word", func(t *testing.T) {
		t.Parallel()
		s, r := offered(t)
		s.image = func(w http.ResponseWriter, req *http.Request) {
			switch req.Header.Get("Range") {
			case "":
				w = &cutAfter{w, 200}
			case "bytes=200-":
				said, _ := json.Marshal(r.said)
				w.Header().Set(protocol.ImageHeader, string(said))
				w.Header().Set("Content-Type", protocol.ImageMedia)
				w.Header().Set("ETag", r.tag)
				w.Header().Set("Content-Range", fmt.Sprintf("bytes 200-%d/%d", len(r.packed)-1, len(r.packed)))
				w.WriteHeader(http.StatusPartialContent)
				w.(http.Flusher).Flush() // so it has no length
				_, _ = w.Write(r.packed[200:300])
				return
			}
			r.serve(w, req)
		}
		b := setupImages(t, s)
		mustSync(t, b)
		mustFetch(t, b, "image", "image bytes=200- "+r.tag, "image bytes=300- "+r.tag)
		waits := 0 // a rest after each, or a server that always does so would be asked without end
		for _, e := range b.events {
			if w, ok := e.(Waiting); ok && errors.Is(w.Err, io.ErrUnexpectedEOF) {
				waits++
			}
		}
		if waits != 2 {
			t.Fatalf("told %+v", b.events)
		}
	})
	t.Run("begins anew where the server has another one", func(t *testing.T) {
		t.Parallel()
		s, r := offered(t)
		other := makeReady(t, "s0", "a", "one", "two")
		s.rows[rowsOf(3, "a")] = []string{rowsPageOf(3, "b", false, "s1", "three")}
		s.image = func(w http.ResponseWriter, req *http.Request) {
			if req.Header.Get("Range") == "" {
				r.serve(&cutAfter{w, 200}, req)
			}
			other.serve(w, req)
		}
		b := setupImages(t, s)
		mustSync(t, b)
		mustFetch(t, b, "image", "image bytes=200- "+r.tag, "rows "+rowsOf(3, "a"))
	})
	t.Run("is refused where it is not what it should be", func(t *testing.T) {
		t.Parallel()
		s, r := offered(t)
		r.said.Digest = "3:" + strings.Repeat("0", 32)
		b := setupImages(t, s)
		mustSync(t, b)
		mustFetch(t, b, "image", pages)
		i := slices.IndexFunc(b.events, func(e Event) bool { _, ok := e.(ImageRefused); return ok })
		if i < 0 {
			t.Fatalf("told %+v", b.events)
		}
		if e := b.events[i].(ImageRefused); e.Name != "list 3" || !errors.Is(e.Err, protocol.ErrImage) {
			t.Fatalf("told %+v", e)
		}
	})
	for name, of := range map[string]struct {
		answer http.HandlerFunc
		asked  int
	}{
		"has none":        {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }, 1},
		"is an older one": {nil, 1},
		"knows no list": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"errors":[{"message":"No.","extensions":{"code":"NOT_FOUND"}}]}`))
		}, 1},
		"says nonsense": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", protocol.ImageMedia)
			w.Header().Set("ETag", `"1"`)
			w.Header().Set(protocol.ImageHeader, "{}")
			_, _ = w.Write([]byte("x"))
		}, 1},
		"is still making it": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = w.Write([]byte(`{"errors":[{"message":"Soon.","extensions":{"code":"UNAVAILABLE"}}]}`))
		}, imageTries},
		"breaks off at once": {func(w http.ResponseWriter, req *http.Request) {
			said := protocol.Image{Kind: protocol.Contacts, State: "s1", Digest: protocol.Digest{}.String(), Next: "a", Bytes: 4096}
			(&ready{packed: []byte("something"), said: said, tag: `"1"`}).serve(&cutAfter{w, 0}, req)
		}, imageTries},
	} {
		t.Run("gives way to pages where the server "+name, func(t *testing.T) {
			t.Parallel()
			s, _ := offered(t)
			s.image = of.answer
			b := setupImages(t, s)
			mustSync(t, b)
			mustFetch(t, b, append(slices.Repeat([]string{"image"}, of.asked), pages)...)
		})
	}
	t.Run("is given up with its list, and lets other things come meanwhile", func(t *testing.T) {
		t.Parallel()
		s, r := offered(t)
		waiting := make(chan struct{})
		s.image = func(w http.ResponseWriter, req *http.Request) {
			said, _ := json.Marshal(r.said)
			w.Header().Set(protocol.ImageHeader, string(said))
			w.Header().Set("Content-Type", protocol.ImageMedia)
			w.Header().Set("ETag", r.tag)
			w.Header().Set("Content-Length", fmt.Sprint(len(r.packed)))
			_, _ = w.Write(r.packed[:100])
			w.(http.Flusher).Flush()
			close(waiting)
			<-req.Context().Done() // the client gives up
		}
		b := setupImages(t, s)
		hinted := make(chan struct{})
		go func() {
			defer close(hinted)
			<-waiting
			s.mu.Lock()
			s.changes["1"] = []string{changesPage("2", false, nil, 3)}
			s.changes["2"] = []string{changesPage("2", false, nil)}
			s.mu.Unlock()
			b.hint()
		}()
		mustSync(t, b)
		<-hinted
		mustHold(t, b, map[string][]string{})
		left, err := os.ReadDir(filepath.Join(b.dir, "lists"))
		mustDo(t, err)
		if len(left) > 0 {
			t.Fatalf("left: %v", left)
		}
	})
	for name, reached := range map[string]func(head []byte) bool{
		"begun": func(head []byte) bool { return true },
		"done":  func(head []byte) bool { return len(head) >= 72 && string(head[68:72]) == "Ptge" },
	} {
		t.Run("leaves nothing of a file that is given up when its making is "+name, func(t *testing.T) {
			t.Parallel()
			s, _ := offered(t)
			b := setupImages(t, s)
			come, stop := context.WithCancel(ctx)
			b.notify = func(e Event) {
				if p, ok := e.(RowsPage); ok && p.Done == p.Total {
					stop()
				}
			}
			if err := b.Sync(come); !errors.Is(err, context.Canceled) {
				t.Fatalf("got %v", err)
			}
			b.fill.cancel()
			behind, err := b.mirror.Behind(ctx)
			mustDo(t, err)
			mustDo(t, b.unpack(ctx, behind[0]))
			for found := false; !found; {
				files, err := filepath.Glob(filepath.Join(b.dir, "lists", "*.db"))
				mustDo(t, err)
				for _, file := range files {
					head, _ := os.ReadFile(file)
					found = found || reached(head)
				}
			}
			b.fill.cancel()
			left, err := filepath.Glob(filepath.Join(b.dir, "lists", "*.db*"))
			mustDo(t, err)
			if len(left) > 0 {
				t.Fatalf("left: %v", left)
			}
		})
	}
	t.Run("is not asked for where the list has a file", func(t *testing.T) {
		t.Parallel()
		s, _ := offered(t)
		b := setupImages(t, s)
		s.rows[rowsOf(3, "")] = []string{refused("FORBIDDEN", ""), rowsPage("a", false, "s1", "one", "two", "three")}
		b.fill.large = 100
		if err := b.Sync(ctx); err == nil { // the page is refused, but there is a file for it
			t.Fatal("it was completed")
		}
		b.fill.large = 1
		mustSync(t, b)
		if slices.Contains(s.fetched(), "image") {
			t.Fatalf("asked %v", s.fetched())
		}
	})
}
