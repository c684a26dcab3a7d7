package httpd_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partage-mail/partage/graph/edge"
	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/httpd"
)

type sessionKey struct{}

// whoami is a schema that says who asks; logIn sets a cookie, and tick never does.
type whoami struct{ schema *ast.Schema }

func newWhoami() *whoami {
	return &whoami{gqlparser.MustLoadSchema(&ast.Source{Input: `
		type Query { me: String! } type Mutation { logIn: String! } type Subscription { tick: Int! }`})}
}

func (s *whoami) Schema() *ast.Schema { return s.schema }

func (s *whoami) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (s *whoami) Exec(ctx context.Context) graphql.ResponseHandler {
	switch graphql.GetOperationContext(ctx).Operation.Operation {
	case ast.Subscription:
		return func(ctx context.Context) *graphql.Response { <-ctx.Done(); return nil }
	case ast.Mutation:
		if err := caller.SetSession(ctx, "fresh", time.Now().Add(time.Hour)); err != nil {
			return graphql.OneShot(graphql.ErrorResponse(ctx, "%v", err))
		}
		return graphql.OneShot(&graphql.Response{Data: []byte(`{"logIn":"welcome"}`)})
	}
	session, _ := ctx.Value(sessionKey{}).(string)
	return graphql.OneShot(&graphql.Response{Data: fmt.Appendf(nil, `{"me":"%s from %s"}`, session, caller.From(ctx).Address)})
}

// house is a whole server on a socket of its own.
type house struct {
	t    *testing.T
	url  string
	log  *buffer
	stop func() error
}

// setup serves with the session "anna". change may change the configuration.
func setup(t *testing.T, change ...func(*httpd.Config)) *house {
	t.Helper()
	h := &house{t: t, log: &buffer{}}
	log := slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	authenticate := func(ctx context.Context, token string) (context.Context, error) {
		switch token {
		case "anna":
			return context.WithValue(ctx, sessionKey{}, "anna"), nil
		case "broken":
			return nil, errors.New("the database is away")
		}
		return nil, fault.New(fault.Unauthenticated, "The session has ended.")
	}
	origins, err := httpd.ParseOrigins([]string{"https://app.example"})
	if err != nil {
		t.Fatal(err)
	}
	api := edge.New(newWhoami(), edge.Config{
		Session: func(ctx context.Context) (string, bool) {
			s, ok := ctx.Value(sessionKey{}).(string)
			return s, ok
		},
		Authenticate: authenticate,
		Live:         func(context.Context) error { return nil },
		CheckOrigin:  origins.Allow,
		Log:          log,
	})
	config := httpd.Config{GraphQL: api, Authenticate: authenticate, Refuse: api.Refuse, Origins: origins, Log: log}
	for _, c := range change {
		c(&config)
	}
	handler, err := httpd.New(config)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.url = "http://" + l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- httpd.Serve(ctx, l, handler, httpd.Options{OnShutdown: api.Drain, Grace: 5 * time.Second, Log: log})
	}()
	h.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { _ = h.stop() })
	return h
}

type reply struct {
	status int
	header http.Header
	body   string
}

// code returns the code and message of the first error, or "".
func (r reply) code() string {
	var body struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if json.Unmarshal([]byte(r.body), &body) != nil || len(body.Errors) == 0 {
		return ""
	}
	return body.Errors[0].Extensions.Code + " " + body.Errors[0].Message
}

const me = `{"query":"{ me }"}`

// do makes a request; headers come in pairs.
func (h *house) do(method, path, body string, headers ...string) reply {
	h.t.Helper()
	request, err := http.NewRequest(method, h.url+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
	response, err := client.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return reply{response.StatusCode, response.Header, string(text)}
}

// ask posts the query me; headers come in pairs.
func (h *house) ask(headers ...string) reply {
	h.t.Helper()
	return h.do("POST", "/graphql", me, append([]string{"Content-Type", "application/json"}, headers...)...)
}

// buffer is a log that may be read while it is written.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
