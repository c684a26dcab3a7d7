package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// saysImage answers with an image that is "0123456789", whatever comes out of it.
func saysImage(change func(h http.Header)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", protocol.ImageMedia)
		h.Set("ETag", `"1"`)
		h.Set(protocol.ImageHeader, `{"kind":"contacts","state":"s","rows":0,"digest":"0:00000000000000000000000000000000","next":"n","bytes":4096}`)
		if change != nil {
			change(h)
		}
		if h.Get("Content-Encoding") != "" || h.Get("Transfer-Encoding") != "" || h.Get("Content-Range") != "" {
			if h.Get("Content-Range") != "" {
				w.WriteHeader(http.StatusPartialContent)
			}
			_, _ = io.WriteString(w, "01234")
			w.(http.Flusher).Flush()
			return
		}
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader("0123456789"))
	}
}

func TestImage(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("comes from its start, or goes on", func(t *testing.T) {
		t.Parallel()
		s := serve(t, saysImage(nil))
		for _, of := range []struct {
			offset int64
			etag   string
			from   int64
			body   string
		}{{0, "", 0, "0123456789"}, {4, `"1"`, 4, "456789"}, {4, `"2"`, 0, "0123456789"}} {
			i, err := s.Image(ctx, "token", bucket, of.offset, of.etag)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(i)
			if err != nil || string(body) != of.body || i.Offset != of.from || i.Length != 10 || i.ETag != `"1"` || i.Next != "n" {
				t.Fatalf("%+v: %q, %v, %+v", of, body, err, i)
			}
			for range 2 {
				if err := i.Close(); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
	set := func(name, value string) http.HandlerFunc {
		return saysImage(func(h http.Header) { h.Set(name, value) })
	}
	for name, answer := range map[string]http.HandlerFunc{
		"of another type":        set("Content-Type", "application/octet-stream"),
		"a page of HTML":         say(200, "text/html", "<h1>Log in</h1>"),
		"not there":              say(404, "text/plain", "404 page not found"),
		"packed besides":         set("Content-Encoding", "gzip"),
		"without a name":         saysImage(func(h http.Header) { h.Del("ETag") }),
		"without a length":       set("Transfer-Encoding", "chunked"),
		"of another byte":        set("Content-Range", "bytes 5-9/10"),
		"of fewer bytes":         set("Content-Range", "bytes 4-8/10"),
		"of an unknown length":   set("Content-Range", "bytes 4-9/*"),
		"of another image":       saysImage(func(h http.Header) { h.Set("Content-Range", "bytes 4-9/10"); h.Set("ETag", `"3"`) }),
		"a redirect":             say(302, "", ""),
		"nothing under its name": say(200, protocol.ImageMedia, ""),
	} {
		t.Run("is refused where it is "+name, func(t *testing.T) {
			t.Parallel()
			_, err := serve(t, answer).Image(ctx, "token", bucket, 4, `"1"`)
			var strange *StrangeAnswer
			if !errors.As(err, &strange) {
				t.Fatalf("got %v", err)
			}
		})
	}
	t.Run("is refused where its header makes no sense", func(t *testing.T) {
		t.Parallel()
		if _, err := serve(t, set(protocol.ImageHeader, "{}")).Image(ctx, "token", bucket, 0, ""); !errors.Is(err, protocol.ErrImage) {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("is not there, or typed errors say why", func(t *testing.T) {
		t.Parallel()
		if _, err := serve(t, say(204, "", "")).Image(ctx, "token", bucket, 0, ""); !errors.Is(err, ErrNoImage) {
			t.Fatalf("got %v", err)
		}
		_, err := serve(t, say(404, "application/json", `{"errors":[{"message":"No.","extensions":{"code":"NOT_FOUND"}}]}`)).Image(ctx, "token", bucket, 0, "")
		if protocol.CodeOf(err) != protocol.NotFound {
			t.Fatalf("got %v", err)
		}
	})
	for name, begin := range map[string]func(w http.ResponseWriter){
		"before it began": func(http.ResponseWriter) {},
		"in its midst": func(w http.ResponseWriter) {
			saysImage(func(h http.Header) { h.Set("Content-Length", "10"); h.Set("Content-Range", "bytes 4-13/14") })(w, nil)
		},
	} {
		t.Run("ends where nothing comes "+name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				begin(w)
				<-r.Context().Done()
			})
			s.stall = 20 * time.Millisecond
			i, err := s.Image(ctx, "token", bucket, 4, `"1"`)
			if err == nil {
				_, err = io.ReadAll(i)
				_ = i.Close()
			}
			if !errors.Is(err, os.ErrDeadlineExceeded) || !Temporary(err) || !FromServer(err) {
				t.Fatalf("got %v", err)
			}
		})
	}
	t.Run("breaks where the connection does", func(t *testing.T) {
		t.Parallel()
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			saysImage(func(h http.Header) { h.Set("Content-Length", "10"); h.Set("Content-Range", "bytes 4-13/14") })(w, r)
			panic(http.ErrAbortHandler)
		})
		i, err := s.Image(ctx, "token", bucket, 4, `"1"`)
		if err != nil {
			t.Fatal(err)
		}
		defer i.Close()
		if body, err := io.ReadAll(i); !errors.Is(err, io.ErrUnexpectedEOF) || string(body) != "01234" || !Temporary(err) {
			t.Fatalf("%q, %v", body, err)
		}
	})
	t.Run("keeps its token from the address of a redirect", func(t *testing.T) {
		t.Parallel()
		asked := 0
		other := serve(t, func(http.ResponseWriter, *http.Request) { asked++ })
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, fmt.Sprintf("%s/other", other.Address()), http.StatusTemporaryRedirect)
		})
		if _, err := s.Image(ctx, "token", bucket, 0, ""); err == nil || asked > 0 {
			t.Fatalf("%v, and %d requests elsewhere", err, asked)
		}
	})
}
