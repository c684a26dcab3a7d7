package edge_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
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
)

// answers is a schema whose root fields are answered by functions: what lies behind the edge. The types are
// those of the API, so that what is refused here is refused there.
type answers struct {
	schema *ast.Schema
	fields map[string]func(ctx context.Context, arguments map[string]any) (any, error)
	stream func(ctx context.Context) <-chan any
}

func (a *answers) Schema() *ast.Schema { return a.schema }

func (a *answers) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (a *answers) Exec(ctx context.Context) graphql.ResponseHandler {
	if op := graphql.GetOperationContext(ctx).Operation; op.Operation == ast.Subscription {
		events := a.stream(ctx)
		return func(ctx context.Context) *graphql.Response {
			select {
			case <-ctx.Done():
				return nil
			case event, ok := <-events:
				if !ok {
					return nil
				}
				data, _ := json.Marshal(map[string]any{"changed": event})
				return &graphql.Response{Data: data}
			}
		}
	}
	first := true
	return func(ctx context.Context) *graphql.Response {
		if !first {
			return nil
		}
		first = false
		return a.run(ctx)
	}
}

func (a *answers) run(ctx context.Context) *graphql.Response {
	oc := graphql.GetOperationContext(ctx)
	data := map[string]any{}
	for _, f := range graphql.CollectFields(oc, oc.Operation.SelectionSet, nil) {
		ctx := graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: f, Object: f.ObjectDefinition.Name})
		data[f.Alias] = func() (value any) {
			defer func() {
				if v := recover(); v != nil {
					graphql.AddError(ctx, oc.Recover(ctx, v))
				}
			}()
			if strings.HasPrefix(f.Name, "__") {
				return fmt.Sprintf("introspection disabled: %v", oc.DisableIntrospection)
			}
			value, err := a.fields[f.Name](ctx, f.ArgumentMap(oc.Variables))
			if err != nil {
				graphql.AddError(ctx, err)
			}
			return value
		}()
	}
	text, _ := json.Marshal(data)
	return &graphql.Response{Data: text}
}

// fixture is a server on a real socket, its sessions and its log.
type fixture struct {
	t       *testing.T
	url     string
	edge    *edge.Server
	answers *answers
	log     *buffer

	mu       sync.Mutex
	sessions map[string]string // token → session; an empty session has ended
	liveErr  error
	inside   sync.WaitGroup // calls of the handler
}

type sessionKey struct{}

// setup serves the API's schema with the tokens "anna" and "bob". change may change the limits.
func setup(t *testing.T, change ...func(*edge.Config)) *fixture {
	t.Helper()
	f := &fixture{t: t, log: &buffer{}, sessions: map[string]string{"anna": "s-anna", "bob": "s-bob"}}
	f.answers = &answers{schema: schema(t), fields: map[string]func(context.Context, map[string]any) (any, error){}}
	f.answers.fields["viewer"] = func(ctx context.Context, _ map[string]any) (any, error) {
		return map[string]any{"user": map[string]any{"id": ctx.Value(sessionKey{})}}, nil
	}
	f.answers.stream = func(context.Context) <-chan any { return nil }
	limits := edge.DefaultLimits()
	config := edge.Config{
		Session: func(ctx context.Context) (string, bool) {
			s, ok := ctx.Value(sessionKey{}).(string)
			return s, ok
		},
		Authenticate: f.authenticate,
		Live: func(ctx context.Context) error {
			f.mu.Lock()
			defer f.mu.Unlock()
			for _, s := range f.sessions {
				if s == ctx.Value(sessionKey{}) {
					return f.liveErr
				}
			}
			return fault.New(fault.Unauthenticated, "The session has ended.")
		},
		Limits: &limits,
		Log:    slog.New(slog.NewTextHandler(f.log, nil)),
	}
	for _, c := range change {
		c(&config)
	}
	f.edge = edge.New(f.answers, config)
	server := httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(func() {
		f.edge.Drain()
		server.Close()
		f.inside.Wait()
		stacks := make([]byte, 1<<20)
		if text := string(stacks[:runtime.Stack(stacks, true)]); strings.Contains(text, "edge.(*conn)") {
			t.Errorf("a goroutine was left behind:\n%s", text)
		}
	})
	f.url = server.URL
	return f
}

// serve does what httpd does before it calls the edge.
func (f *fixture) serve(w http.ResponseWriter, r *http.Request) {
	f.inside.Add(1)
	defer f.inside.Done()
	token, _, err := caller.TokenOf(r)
	if err != nil {
		f.edge.Refuse(w, r, err)
		return
	}
	c := caller.Caller{RequestID: "request-7", Token: token}
	ctx := r.Context()
	if token != "" {
		if signedIn, err := f.authenticate(ctx, token); err != nil {
			c.Refusal = err
		} else {
			ctx = signedIn
		}
	}
	f.edge.ServeHTTP(w, r.WithContext(caller.NewContext(ctx, c, w.Header())))
}

func (f *fixture) authenticate(ctx context.Context, token string) (context.Context, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if token == "broken" {
		return nil, errors.New("the database is away")
	}
	if s := f.sessions[token]; s != "" {
		return context.WithValue(ctx, sessionKey{}, s), nil
	}
	ended := fault.New(fault.Unauthenticated, "The session has ended.")
	ended.Reason = "SESSION_ENDED"
	return nil, ended
}

// endSession ends the session of a token.
func (f *fixture) endSession(token string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sessions[token] = ""
}

// setLive has every session's Live return err.
func (f *fixture) setLive(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.liveErr = err
}

// reply is what a client sees of an answer.
type reply struct {
	status int
	header http.Header
	body   string
	Data   json.RawMessage
	Errors []replyError
}

type replyError struct {
	Message    string
	Path       []any
	Locations  []struct{ Line, Column int }
	Extensions map[string]any
}

// first returns the first error as "CODE message", or "" where there is none.
func (r reply) first() string {
	if len(r.Errors) == 0 {
		return ""
	}
	return fmt.Sprintf("%v %s", r.Errors[0].Extensions["code"], r.Errors[0].Message)
}

// post sends a body as a signed-in client; headers come in pairs and an empty value removes one.
func (f *fixture) post(body string, headers ...string) reply {
	f.t.Helper()
	return f.request(http.MethodPost, body, append([]string{"Content-Type", "application/json", "Authorization", "Bearer anna"}, headers...)...)
}

func (f *fixture) request(method, body string, headers ...string) reply {
	f.t.Helper()
	request, err := http.NewRequest(method, f.url, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			request.Header.Del(headers[i])
		}
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
	response, err := client.Do(request)
	if err != nil {
		f.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	r := reply{status: response.StatusCode, header: response.Header, body: string(text)}
	if err := json.Unmarshal(text, &r); err != nil && response.Header.Get("Content-Encoding") == "" {
		f.t.Fatalf("the answer is not JSON: %q", text)
	}
	return r
}

// query returns a body that asks for a document.
func query(document string, variables ...any) string {
	body := map[string]any{"query": document}
	if len(variables) > 0 {
		body["variables"] = variables[0]
	}
	text, _ := json.Marshal(body)
	return string(text)
}

func schema(t testing.TB) *ast.Schema {
	t.Helper()
	files, err := filepath.Glob("../schema/*.graphqls")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schema: %v", err)
	}
	var sources []*ast.Source
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	s, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return s
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
