// Package edge stands between the wire and the executor of the GraphQL API.
//
// It takes operations over POST and over WebSocket (graphql-transport-ws) and lets through what is
// well-formed, allowed to its caller and affordable, in one order for both: size, strict JSON, number of
// tokens, a linear look at the document, what the signed-out may run, validation, variables by the letter,
// page sizes and cost, time. Everything else is answered with a clear error that carries
// extensions.code and nothing of the inside. DESIGN.md beside this file says why it is built this way.
//
// It leaves to others: who is asking (Config.Authenticate), what they may see (package sharing), routes,
// origins of plain requests and preflight headers (package httpd).
package edge

import (
	"context"
	"log/slog"
	"math"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/partage-mail/partage/server/fault"
)

// Config says who may come in and how much they may ask. Session, Authenticate and Live must be given.
type Config struct {
	// Session returns the id of the session that acts in ctx; ok is false where nobody is signed in.
	Session func(ctx context.Context) (id string, ok bool)
	// Authenticate returns a context that acts as the session whose token it is, or an Unauthenticated
	// fault where the token is not good. It is asked when a WebSocket begins; for POST, whoever calls
	// ServeHTTP has done it.
	Authenticate func(ctx context.Context, token string) (context.Context, error)
	// Live returns nil while the session that acts in ctx may go on with its rights of when it
	// authenticated. An Unauthenticated fault ends the connection for good, another fault asks the client
	// to connect again, and any other error says nothing of the session. It is asked at each operation
	// over a WebSocket and every Limits.Socket.Live.
	Live func(ctx context.Context) error
	// CheckOrigin reports whether a browser's page may open a WebSocket; nil allows pages of the same
	// origin.
	CheckOrigin func(*http.Request) bool
	// Public are the fields that callers who are not signed in may ask for, one in a request, such as
	// "mutation logIn"; nil means those by which people come in (publicFields).
	Public []string
	// Limits are what one caller may ask; nil means DefaultLimits.
	Limits *Limits
	// Log receives internal errors; nil discards them.
	Log *slog.Logger
	// Metrics is where the counters of this package are registered; nil keeps them to itself.
	Metrics prometheus.Registerer
}

// Server answers GraphQL over HTTP and WebSocket. It is safe for concurrent use.
type Server struct {
	config    Config
	limits    Limits
	schema    graphql.ExecutableSchema
	exec      *executor.Executor
	public    map[string]bool
	rules     *rules.Rules
	documents *documents
	presenter *presenter
	encoder   *encoder
	metrics   *metrics
	sockets   *sockets
}

// New returns a server of the schema.
func New(schema graphql.ExecutableSchema, config Config) *Server {
	if config.Limits == nil {
		limits := DefaultLimits()
		config.Limits = &limits
	}
	if config.Public == nil {
		config.Public = publicFields()
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{
		config:    config,
		limits:    *config.Limits,
		schema:    schema,
		exec:      executor.New(schema),
		public:    map[string]bool{},
		rules:     validationRules(),
		documents: newDocuments(config.Limits.Documents, config.Limits.Document.Selections),
		encoder:   newEncoder(),
		metrics:   newMetrics(config.Metrics),
		sockets:   newSockets(),
	}
	for _, field := range config.Public {
		s.public[field] = true
	}
	s.presenter = &presenter{log: config.Log, most: config.Limits.Errors, count: s.metrics.errors}
	s.exec.SetErrorPresenter(s.presenter.present)
	s.exec.SetRecoverFunc(recovered)
	s.exec.SetQueryCache(admitted{})
	return s
}

// ServeHTTP answers a POST or takes over the connection of a WebSocket, in which case it returns when the
// connection has ended and nothing of it runs any more.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if v := recover(); v != nil {
			if v == http.ErrAbortHandler {
				panic(v)
			}
			s.Refuse(w, r, recovered(r.Context(), v))
		}
	}()
	if r.Header.Get("Upgrade") != "" {
		s.socket(w, r)
	} else {
		s.post(w, r)
	}
}

// Drain asks the client of every WebSocket to connect elsewhere and takes no new ones. It does not wait:
// the calls of ServeHTTP return when their connections have ended. It is for http.Server.RegisterOnShutdown.
func (s *Server) Drain() { s.sockets.stop() }

// Refuse answers a request with an error as a GraphQL client expects it: status, JSON and code after the
// fault in err, or 500 where there is none.
func (s *Server) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	ctx := withReport(r.Context())
	presented := s.presenter.present(ctx, err)
	kind := fault.Kind(internal)
	if f := asFault(err); f != nil {
		kind = f.Kind
		if f.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(f.RetryAfter.Seconds()))))
		}
	}
	if kind == fault.Unauthenticated {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	s.encoder.write(w, r, statusOf(kind), contentJSON, append(encodeErrors(presented), '\n'))
}
