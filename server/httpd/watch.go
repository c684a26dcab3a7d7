package httpd

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
)

// readyWithin is how long a part may take to say that it is ready.
const readyWithin = 2 * time.Second

// served is what becomes known of a request while it is answered.
type served struct {
	http.ResponseWriter
	route  string
	status int
	bytes  int64
}

type servedKey struct{}

// Unwrap is for http.ResponseController.
func (s *served) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// WriteHeader notes the status.
func (s *served) WriteHeader(status int) {
	if s.status == 0 || s.status < 200 {
		s.status = status
	}
	s.ResponseWriter.WriteHeader(status)
}

// Write notes the size.
func (s *served) Write(p []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	n, err := s.ResponseWriter.Write(p)
	s.bytes += int64(n)
	return n, err
}

// Hijack is for WebSockets.
func (s *served) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	s.status = http.StatusSwitchingProtocols
	return http.NewResponseController(s.ResponseWriter).Hijack()
}

// route names what the request is for.
func route(name string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s, ok := r.Context().Value(servedKey{}).(*served); ok {
			s.route = name
		}
		next.ServeHTTP(w, r)
	})
}

type requestMetrics struct {
	total   *prometheus.CounterVec
	seconds *prometheus.HistogramVec
}

func newRequestMetrics(r *prometheus.Registry) *requestMetrics {
	m := &requestMetrics{
		total: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "partage_http_requests_total", Help: "Requests answered, by route and status.",
		}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "partage_http_request_seconds", Help: "Time to answer a request, WebSockets left out, by route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 30},
		}, []string{"route"}),
	}
	r.MustRegister(m.total, m.seconds)
	// They may be there already where the registry is shared.
	_ = r.Register(collectors.NewGoCollector())
	_ = r.Register(collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// measure counts requests and times them.
func (m *requestMetrics) measure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &served{ResponseWriter: w, route: "none"}
		start := time.Now()
		defer func() {
			m.total.WithLabelValues(s.route, strconv.Itoa(s.status)).Inc()
			if s.status != http.StatusSwitchingProtocols {
				m.seconds.WithLabelValues(s.route).Observe(time.Since(start).Seconds())
			}
		}()
		next.ServeHTTP(s, r.WithContext(context.WithValue(r.Context(), servedKey{}, s)))
	})
}

// log writes a line for each request. The query is left out, which may hold what is nobody's business, and so is the
// key of a form.
func (h *house) log(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !h.Log.Enabled(r.Context(), slog.LevelDebug) {
			next.ServeHTTP(w, r)
			return
		}
		start := time.Now()
		next.ServeHTTP(w, r)
		s, _ := w.(*served)
		c := caller.From(r.Context())
		h.Log.DebugContext(r.Context(), "http: request", "request", c.RequestID, "method", r.Method, "path", loggable(r.URL.Path),
			"status", s.status, "bytes", s.bytes, "duration", time.Since(start), "address", c.Address)
	})
}

// loggable returns a path without a secret.
func loggable(path string) string {
	if strings.HasPrefix(path, "/leads/") {
		return "/leads/…"
	}
	return path
}

// recover turns a panic into an answer, and into the error that is logged with it.
func (h *house) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(v)
			}
			if s, ok := w.(*served); ok && s.status != 0 {
				h.Log.ErrorContext(r.Context(), "http: panic after the answer began", "request", caller.From(r.Context()).RequestID, "panic", v, "stack", string(debug.Stack()))
				panic(http.ErrAbortHandler) // the caller must not take half an answer for a whole one
			}
			h.Refuse(w, r, fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
		}()
		next.ServeHTTP(w, r)
	})
}

func (h *house) healthy(w http.ResponseWriter, _ *http.Request) { sayOK(w) }

func (h *house) ready(w http.ResponseWriter, r *http.Request) {
	if h.Ready != nil {
		ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
		defer cancel()
		if err := h.Ready(ctx); err != nil {
			h.Log.WarnContext(ctx, "http: not ready", "error", err)
			h.Refuse(w, r, fault.New(fault.Unavailable, "The server is not ready."))
			return
		}
	}
	sayOK(w)
}

func sayOK(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("ok\n"))
}

func (h *house) missing(w http.ResponseWriter, r *http.Request) {
	h.Refuse(w, r, fault.New(fault.NotFound, "There is nothing at this address."))
}

func (h *house) metrics() http.Handler {
	return promhttp.HandlerFor(h.Metrics, promhttp.HandlerOpts{})
}
