package httpd_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/server/httpd"
)

// serve serves a handler and returns its address and a function that stops it.
func serve(t *testing.T, handler http.HandlerFunc, o httpd.Options) (url string, stop func() error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- httpd.Serve(ctx, l, handler, o) }()
	return "http://" + l.Addr().String(), func() error { cancel(); return <-ended }
}

func TestServe(t *testing.T) {
	t.Run("lets a request end", func(t *testing.T) {
		entered, leave, draining := make(chan struct{}), make(chan struct{}), make(chan struct{})
		url, stop := serve(t, func(w http.ResponseWriter, r *http.Request) {
			close(entered)
			<-leave
			if r.Context().Err() == nil {
				_, _ = io.WriteString(w, "done")
			}
		}, httpd.Options{OnShutdown: func() { close(draining) }})
		answer := make(chan string, 1)
		go func() {
			response, err := http.Get(url)
			if err != nil {
				answer <- err.Error()
				return
			}
			defer response.Body.Close()
			body, _ := io.ReadAll(response.Body)
			answer <- string(body)
		}()
		<-entered
		stopped := make(chan error, 1)
		go func() { stopped <- stop() }()
		<-draining
		if _, err := net.Dial("tcp", strings.TrimPrefix(url, "http://")); err == nil {
			t.Error("it takes new connections")
		}
		close(leave)
		if got := <-answer; got != "done" {
			t.Errorf("got %q", got)
		}
		if err := <-stopped; err != nil {
			t.Error(err)
		}
	})
	t.Run("cuts off what does not end", func(t *testing.T) {
		entered := make(chan struct{})
		url, stop := serve(t, func(w http.ResponseWriter, r *http.Request) {
			close(entered)
			<-r.Context().Done()
		}, httpd.Options{Grace: 20 * time.Millisecond})
		go func() {
			if response, err := http.Get(url); err == nil {
				response.Body.Close()
			}
		}()
		<-entered
		if err := stop(); err == nil || !strings.Contains(err.Error(), "cut off") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("says that it cannot serve", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
		if err := httpd.Serve(context.Background(), l, http.NotFoundHandler(), httpd.Options{}); err == nil {
			t.Error("it served")
		}
	})
	t.Run("refuses huge headers", func(t *testing.T) {
		url, stop := serve(t, func(w http.ResponseWriter, r *http.Request) {}, httpd.Options{})
		request, _ := http.NewRequest("GET", url, nil)
		request.Header.Set("X", strings.Repeat("x", 100_000))
		response, err := http.DefaultClient.Do(request)
		if err == nil {
			response.Body.Close()
			if response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
				t.Errorf("got %d", response.StatusCode)
			}
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}
