package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/partage-mail/partage/syncclient/protocol"
)

const bucket = protocol.ID("list_01900000-0000-7000-8000-000000000001")

// page is a body of rows as a server sends it.
func page(next string, more bool) string {
	columns := `"` + strings.Join(protocol.Columns(protocol.Contacts), `","`) + `"`
	return fmt.Sprintf(`{"kind":"contacts","columns":[%s],"state":"s","rows":0,"next":%q,"more":%v,"count":0}`+"\n[]\n[]\n", columns, next, more)
}

// serve returns the way to a server that answers everything like this.
func serve(t *testing.T, answer http.HandlerFunc) *Server {
	t.Helper()
	at := httptest.NewServer(answer)
	t.Cleanup(at.Close)
	s, err := New(at.URL, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func say(status int, media, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if media != "" {
			w.Header().Set("Content-Type", media)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://Mail.Example.com/":     "https://mail.example.com",
		"HTTPS://mail.example.com:443":  "https://mail.example.com",
		"http://127.0.0.1:80/partage/":  "http://127.0.0.1/partage",
		" http://[::1]:8080 ":           "http://[::1]:8080",
		"mail.example.com":              "",
		"ftp://mail.example.com":        "",
		"https://user:pass@example.com": "",
		"https://mail.example.com?x=1":  "",
		"":                              "",
	} {
		got, err := Address(in)
		if want == "" {
			if err == nil {
				t.Errorf("%q was taken as %q", in, got)
			}
			continue
		}
		if err != nil || got.String() != want {
			t.Errorf("%q became %q, %v; want %q", in, got, err, want)
		}
	}
	if _, err := New("http://mail.example.com", Options{}); err == nil {
		t.Error("an unencrypted way to another machine was taken")
	}
	if _, err := New("http://mail.example.com", Options{AllowPlain: true}); err != nil {
		t.Errorf("refused although allowed: %v", err)
	}
}

// TestAnswers tells apart what a Partage server says from what comes from somewhere else, for every kind of request.
func TestAnswers(t *testing.T) {
	t.Parallel()
	const refusal = `{"error":{"code":"%s","message":"A sentence.","reason":"%s"}}`
	for name, c := range map[string]struct {
		answer    http.HandlerFunc
		code      protocol.Code
		reason    string
		temporary bool
	}{
		"a typed 401":               {say(401, "application/json", fmt.Sprintf(refusal, "UNAUTHENTICATED", "")), protocol.Unauthenticated, "", false},
		"a typed 401 as of GraphQL": {say(401, "application/json; charset=utf-8", `{"errors":[{"message":"A sentence.","extensions":{"code":"UNAUTHENTICATED"}}]}`), protocol.Unauthenticated, "", false},
		"a typed 410":               {say(410, "application/json", fmt.Sprintf(refusal, "CURSOR_EXPIRED", "LINEAGE")), protocol.CursorExpired, "LINEAGE", false},
		"a typed 404":               {say(404, "application/json", fmt.Sprintf(refusal, "NOT_FOUND", "")), protocol.NotFound, "", false},
		"a typed 503":               {say(503, "application/json", fmt.Sprintf(refusal, "UNAVAILABLE", "")), protocol.Unavailable, "", true},
		"401 without a body":        {say(401, "", ""), "", "", true},
		"401 with other JSON":       {say(401, "application/json", `{"message":"token expired"}`), "", "", true},
		"403 with HTML":             {say(403, "text/html", "<h1>Blocked by policy</h1>"), "", "", true},
		"404 with HTML":             {say(404, "text/html", "<h1>Not found</h1>"), "", "", true},
		"200 with a login page":     {say(200, "text/html", "<form>Accept our terms</form>"), "", "", true},
		"200 with an empty body":    {say(200, "", ""), "", "", true},
		"a redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/steal", http.StatusFound)
		}, "", "", true},
		"502 from a proxy":          {say(502, "text/html", "<h1>Bad gateway</h1>"), "", "", true},
		"JSON that is not readable": {say(401, "application/json", `{"error":`), "", "", true},
		"a packing that was not asked": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			_, _ = w.Write([]byte("x"))
		}, "", "", true},
		"a connection that breaks": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, c.answer)
			ctx := context.Background()
			_, changes := s.Changes(ctx, "token", "", 10, nil, "")
			_, rows := s.Rows(ctx, "token", bucket, "", 10)
			_, _, poll := s.Poll(ctx, "token", "c")
			live := s.Live(ctx, "token", nil, func(protocol.Hint) { t.Error("a hint came") })
			for request, err := range map[string]error{"changes": changes, "rows": rows, "poll": poll, "live": live} {
				if err == nil {
					t.Fatalf("%s: no error", request)
				}
				if got := protocol.CodeOf(err); got != c.code {
					t.Errorf("%s: code %q, want %q (%v)", request, got, c.code, err)
				}
				if c.reason != "" && protocol.AsError(err) != nil && protocol.AsError(err).Reason != c.reason {
					t.Errorf("%s: reason %q, want %q", request, protocol.AsError(err).Reason, c.reason)
				}
				if got := Temporary(err); got != c.temporary {
					t.Errorf("%s: temporary %v, want %v (%v)", request, got, c.temporary, err)
				}
			}
		})
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"without a page":             `{"data":{"changes":null}}`,
		"without data":               `{"data":null}`,
		"without a cursor":           `{"data":{"changes":{"more":false}}}`,
		"whose cursor does not move": `{"data":{"changes":{"next":"at","more":true}}}`,
		"with a moment that is none": `{"data":{"changes":{"next":"b","items":[{"id":"x","createdAt":"yesterday"}]}}}`,
		"that breaks off":            `{"data":{"changes":{"next":"b"`,
		"with an endless cursor":     `{"data":{"changes":{"next":"` + strings.Repeat("x", protocol.MaxCursor+1) + `"}}}`,
		"with data and an error":     `{"data":{"changes":{"next":"b","more":false}},"errors":[{"message":"no","extensions":{"code":"INTERNAL"}}]}`,
	} {
		t.Run("refuses a page "+name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, say(200, "application/json", body))
			if _, err := s.Changes(context.Background(), "token", "at", 10, nil, ""); err == nil {
				t.Fatal("it was taken")
			}
		})
	}
	t.Run("says who asks, and with what", func(t *testing.T) {
		t.Parallel()
		var got *http.Request
		var body []byte
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			got = r
			body, _ = io.ReadAll(r.Body)
			say(200, "application/json", `{"data":{"changes":{"next":"b","more":false}}}`)(w, r)
		})
		if _, err := s.Changes(context.Background(), "secret", "at", 10, nil, ""); err != nil {
			t.Fatal(err)
		}
		if got.URL.Path != "/graphql" || got.Header.Get("Authorization") != "Bearer secret" || got.Header.Get("Partage-Client") == "" || got.Header.Get("Content-Type") != "application/json" {
			t.Fatalf("got %v %v", got.URL, got.Header)
		}
		if !bytes.Contains(body, []byte(`"variables":{"first":10,"after":"at"}`)) {
			t.Fatalf("got %s", body)
		}
	})
}

func TestRows(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	whole := page("b", false)
	for name, body := range map[string]string{
		"that breaks off in its header":   whole[:20],
		"that breaks off after it":        strings.SplitAfter(whole, "\n")[0],
		"that breaks off in its rows":     strings.SplitAfter(whole, "\n")[0] + "[[1,2",
		"that breaks off in its removals": strings.TrimSuffix(whole, "]\n"),
		"with a fourth line":              whole + "[]\n",
		"whose cursor does not move":      page("at", true),
		"of an unknown kind":              strings.Replace(whole, "contacts", "dogs", 1),
		"without a column":                strings.Replace(whole, `"email",`, "", 1),
		"with a negative count":           strings.Replace(whole, `"count":0`, `"count":-1`, 1),
		"without a state":                 strings.Replace(whole, `"state":"s"`, `"state":""`, 1),
	} {
		t.Run("refuses a page "+name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, say(200, "application/x-ndjson", body))
			if _, err := s.Rows(ctx, "token", bucket, "at", 10); err == nil || !Temporary(err) {
				t.Fatalf("got %v", err)
			}
		})
	}
	for packing, pack := range map[string]func(w io.Writer) io.WriteCloser{
		"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		"zstd": func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z },
	} {
		answer := func(body []byte, cut int) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/x-ndjson")
				w.Header().Set("Content-Encoding", packing)
				var packed bytes.Buffer
				z := pack(&packed)
				_, _ = z.Write(body)
				_ = z.Close()
				_, _ = w.Write(packed.Bytes()[:packed.Len()-cut])
			}
		}
		t.Run("reads "+packing, func(t *testing.T) {
			t.Parallel()
			got, err := serve(t, answer([]byte(whole), 0)).Rows(ctx, "token", bucket, "at", 10)
			if err != nil || got.Next != "b" || string(got.Upserts) != "[]" {
				t.Fatalf("got %+v, %v", got, err)
			}
		})
		t.Run("refuses "+packing+" that breaks off", func(t *testing.T) {
			t.Parallel()
			if _, err := serve(t, answer([]byte(whole), 5)).Rows(ctx, "token", bucket, "at", 10); err == nil {
				t.Fatal("it was taken")
			}
		})
		t.Run("refuses "+packing+" that unpacks without end", func(t *testing.T) {
			t.Parallel()
			bomb := bytes.Repeat([]byte(" "), maxRows+maxRows/2)
			if _, err := serve(t, answer(bomb, 0)).Rows(ctx, "token", bucket, "at", 10); !errors.Is(err, ErrTooLarge) {
				t.Fatalf("got %v, want ErrTooLarge", err)
			}
		})
	}
	t.Run("refuses an answer without end", func(t *testing.T) {
		t.Parallel()
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/x-ndjson")
			chunk := bytes.Repeat([]byte("x"), 1<<20)
			for r.Context().Err() == nil {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		})
		if _, err := s.Rows(ctx, "token", bucket, "at", 10); !errors.Is(err, ErrTooLarge) {
			t.Fatalf("got %v, want ErrTooLarge", err)
		}
	})
	t.Run("ends with its context", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(ctx)
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		})
		if _, err := s.Rows(ctx, "token", bucket, "at", 10); !errors.Is(err, context.Canceled) || Temporary(err) {
			t.Fatalf("got %v", err)
		}
	})
}

func TestPoll(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("after") == "old" {
			say(200, "application/json", "{}")(w, r)
			return
		}
		w.Header().Set("Partage-Next", "newer")
		w.WriteHeader(http.StatusNoContent)
	})
	if changed, _, err := s.Poll(ctx, "token", "old"); err != nil || !changed {
		t.Fatalf("got %v, %v", changed, err)
	}
	if changed, next, err := s.Poll(ctx, "token", "new"); err != nil || changed || next != "newer" {
		t.Fatalf("got %v, %q, %v", changed, next, err)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "7")
		say(429, "application/json", `{"error":{"code":"RATE_LIMITED","message":"Too much at once."}}`)(w, r)
	})
	_, err := s.Rows(context.Background(), "token", bucket, "", 10)
	if said := protocol.AsError(err); said == nil || said.RetryAfter != 7*time.Second || !Temporary(err) {
		t.Fatalf("got %v", err)
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	b := Backoff{First: time.Second, Most: 10 * time.Second}
	for _, most := range []time.Duration{1, 2, 4, 8, 10, 10} {
		got := b.Next(0)
		if got < most*time.Second/2 || got > most*time.Second {
			t.Fatalf("got %v, want between half of %ds and all of it", got, most)
		}
	}
	if got := b.Next(time.Minute); got != time.Minute {
		t.Fatalf("got %v, want what the server asked for", got)
	}
	b.Reset()
	if got := b.Next(0); got > time.Second {
		t.Fatalf("got %v after a success", got)
	}
	for range 200 {
		if got := b.Next(0); got <= 0 || got > 10*time.Second {
			t.Fatalf("got %v", got)
		}
	}
}

// TestFromServer: what is wrong with a file of this computer is not the server's.
func TestFromServer(t *testing.T) {
	t.Parallel()
	_, err := os.Open(filepath.Join(t.TempDir(), "none"))
	if FromServer(fmt.Errorf("look: %w", err)) {
		t.Errorf("%v is taken for the server's", err)
	}
	s, err := New("http://127.0.0.1:1", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Poll(t.Context(), "", ""); !FromServer(err) {
		t.Errorf("%v is not taken for the server's", err)
	}
}
