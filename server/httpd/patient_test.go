package httpd

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

func TestPatient(t *testing.T) {
	const stall = 50 * time.Millisecond
	result := make(chan error, 1)
	serve := func(t *testing.T, handler func(w http.ResponseWriter, r *http.Request) error) *httptest.Server {
		s := httptest.NewUnstartedServer(patient(stall, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			result <- handler(w, r)
		})))
		s.Config.ReadTimeout, s.Config.WriteTimeout = stall, stall
		s.Start()
		t.Cleanup(s.Close)
		return s
	}
	t.Run("lets a handler work", func(t *testing.T) {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) error {
			if _, err := io.ReadAll(r.Body); err != nil {
				return err
			}
			_, _ = r.Body.Read(make([]byte, 1)) // as decoders do, once more after the end
			select {
			case <-r.Context().Done():
				return r.Context().Err()
			case <-time.After(6 * stall):
			}
			_, err := io.WriteString(w, strings.Repeat("x", 1<<20))
			return err
		})
		response, err := http.Post(s.URL, "text/plain", strings.NewReader("hello"))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if body, err := io.ReadAll(response.Body); err != nil || len(body) != 1<<20 {
			t.Errorf("got %d bytes, %v", len(body), err)
		}
		if err := <-result; err != nil {
			t.Error(err)
		}
	})
	stalled := func(t *testing.T, s *httptest.Server) {
		c, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := io.WriteString(c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhe"); err != nil {
			t.Fatal(err)
		}
		if err := <-result; !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("it ended with %v", err)
		}
	}
	t.Run("ends a body that does not come", func(t *testing.T) {
		stalled(t, serve(t, func(_ http.ResponseWriter, r *http.Request) error {
			_, err := io.ReadAll(r.Body)
			return err
		}))
	})
	t.Run("ends an answer that is not read", func(t *testing.T) {
		stalled(t, serve(t, func(w http.ResponseWriter, _ *http.Request) error {
			for {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					return err
				}
			}
		}))
	})
}
