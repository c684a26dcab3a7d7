// Package httpd is the server's front door: routes, who a request comes from, what browsers may do, and the
// signs of life that operators watch.
//
// # What it guarantees
//
//   - A request that carries a session's token reaches its handler acting as that session, or as nobody if
//     the session has ended; a token that is not even one is refused.
//   - A page of another origin changes nothing: unsafe methods are checked by http.CrossOriginProtection, and
//     what a browser could send with a cookie needs the header Partage-Client, which makes it ask first. Only
//     /leads/ is open to them, where no session acts.
//   - At /image/ no session acts, whatever a request carries: the address itself says who asks.
//   - Every answer that is not a handler's own is JSON with a sentence and extensions.code, as of GraphQL.
//   - Each read of a request's body and each write of an answer has a deadline, so that a caller who stalls
//     holds nothing.
//
// It leaves the handlers to others: GraphQL to graph/edge, bulk pulls to syncapi, pages to whoever has them.
// TLS is left to a proxy in front.
package httpd

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"

	"github.com/prometheus/client_golang/prometheus"
)

// PreflightHeader must be on requests that act with a cookie. Any value will do: a page of another origin
// cannot set it without the server's leave.
const PreflightHeader = "Partage-Client"

// Config says what is served. GraphQL, Authenticate and Refuse must be given.
type Config struct {
	// GraphQL answers POST and WebSocket on /graphql.
	GraphQL http.Handler
	// Sync answers /sync/, Upload /upload/ and Export /export/, only for the signed-in; nil is not found.
	Sync, Upload, Export http.Handler
	// Image answers /image/, for whoever has an address that the API gave; no session acts there. Nil is not found.
	Image http.Handler
	// Leads answers /leads/, for anybody, also for pages of other origins; nil is not found.
	Leads http.Handler
	// Pages answers everything else; nil is not found.
	Pages http.Handler
	// Authenticate returns a context that acts as the session whose token it is, or an Unauthenticated
	// fault where the token is not good.
	Authenticate func(ctx context.Context, token string) (context.Context, error)
	// Refuse answers with an error: edge.Server.Refuse.
	Refuse func(http.ResponseWriter, *http.Request, error)
	// Ready returns nil while requests can be served, such as a ping of the database; nil is always.
	Ready func(ctx context.Context) error
	// Origins may call from their pages besides the server's own.
	Origins *Origins
	// TrustedProxies may say on whose behalf they ask, by X-Forwarded-For and X-Forwarded-Proto.
	TrustedProxies []netip.Prefix
	// PublicMetrics shows /metrics to every address instead of this machine alone.
	PublicMetrics bool
	// Metrics holds what /metrics shows, and takes the metrics of this package; nil makes one.
	Metrics *prometheus.Registry
	// Log receives each request at debug level, and panics; nil discards them.
	Log *slog.Logger
}

type house struct {
	Config
	requests *requestMetrics
}

// New returns the handler of everything. Its parts are safe for concurrent use.
func New(config Config) (http.Handler, error) {
	if config.GraphQL == nil || config.Authenticate == nil || config.Refuse == nil {
		return nil, errors.New("httpd: GraphQL, Authenticate and Refuse must be given")
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	if config.Metrics == nil {
		config.Metrics = prometheus.NewRegistry()
	}
	if config.Origins == nil {
		config.Origins = &Origins{}
	}
	protection, err := config.Origins.protection()
	if err != nil {
		return nil, err
	}
	h := &house{Config: config, requests: newRequestMetrics(config.Metrics)}
	protection.AddInsecureBypassPattern("/leads/") // whose handler knows which origins a form has
	protection.SetDenyHandler(http.HandlerFunc(h.denyOrigin))
	return h.arrive(h.requests.measure(h.log(h.recover(h.harden(protection.Handler(h.routes())))))), nil
}

func (h *house) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", h.api("graphql", h.preflighted(h.GraphQL)))
	mux.Handle("/sync/", h.api("sync", h.preflighted(h.signedIn(patient(stall, h.orMissing(h.Sync))))))
	mux.Handle("/upload/", h.api("upload", h.preflighted(h.signedIn(patient(stall, h.orMissing(h.Upload))))))
	mux.Handle("/export/", h.api("export", h.ownPages(h.preflighted(h.signedIn(patient(stall, h.orMissing(h.Export)))))))
	mux.Handle("/image/", route("image", h.Origins.cors(patient(stall, h.orMissing(h.Image)))))
	mux.Handle("/leads/", route("leads", h.orMissing(h.Leads)))
	mux.Handle("/leads", route("pages", h.orMissing(h.Pages))) // the inbox; else it would be sent on to the form's address
	mux.Handle("GET /healthz", route("healthz", http.HandlerFunc(h.healthy)))
	mux.Handle("GET /readyz", route("readyz", http.HandlerFunc(h.ready)))
	metrics := h.metrics()
	if !h.PublicMetrics {
		metrics = h.loopbackOnly(metrics)
	}
	mux.Handle("GET /metrics", route("metrics", metrics))
	mux.Handle("/", route("pages", h.orMissing(h.Pages)))
	return mux
}

// api is what requests of programs pass: CORS before anything that could refuse them unreadably, then who
// they are.
func (h *house) api(name string, next http.Handler) http.Handler {
	return route(name, h.Origins.cors(h.versioned(h.identified(next))))
}

func (h *house) orMissing(next http.Handler) http.Handler {
	if next == nil {
		return http.HandlerFunc(h.missing)
	}
	return next
}
