package servertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// Client asks a server over HTTP as a program does. Without a token it is nobody.
type Client struct {
	// URL is the server's, Token that of a session.
	URL, Token string
}

// As returns a client with a session's token; empty for nobody.
func (s *Server) As(token string) Client { return Client{s.URL, token} }

// Answer is what GraphQL answered.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	// Data is the answer's data, its numbers as json.Number; nil where there is none.
	Data   any
	Errors []Error
}

// Error is one of an answer's errors.
type Error struct {
	Message    string
	Path       []any
	Extensions map[string]any
}

// Code returns extensions.code.
func (e Error) Code() string {
	code, _ := e.Extensions["code"].(string)
	return code
}

// String is the error in one line: its code and its sentence.
func (e Error) String() string { return e.Code() + " " + e.Message }

// Error is the answer's only error in one line, the number of errors where there are several, or empty.
func (a Answer) Error() string {
	switch len(a.Errors) {
	case 0:
		return ""
	case 1:
		return a.Errors[0].String()
	}
	return strconv.Itoa(len(a.Errors)) + " errors, the first: " + a.Errors[0].String()
}

// At returns the value of the data at a path such as "items.edges.0.node.id", nil where there is none.
func (a Answer) At(path string) any { return At(a.Data, path) }

// Text is At for a string; empty where there is none.
func (a Answer) Text(path string) string {
	s, _ := a.At(path).(string)
	return s
}

// At returns the value at a path in decoded JSON, nil where there is none.
func At(v any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	return v
}

// Ask runs an operation. It fails the test where the answer is not one of GraphQL.
func (c Client) Ask(tb testing.TB, query string, variables map[string]any) Answer {
	tb.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		tb.Fatalf("encoding a request: %v", err)
	}
	return c.Post(tb, body)
}

// Must is Ask for what has to succeed.
func (c Client) Must(tb testing.TB, query string, variables map[string]any) Answer {
	tb.Helper()
	a := c.Ask(tb, query, variables)
	if len(a.Errors) > 0 {
		tb.Fatalf("%s\nwas answered %s", query, a.Body)
	}
	return a
}

// Post sends a body to /graphql; further headers come in pairs.
func (c Client) Post(tb testing.TB, body []byte, headers ...string) Answer {
	tb.Helper()
	var a Answer
	a.Status, a.Header, a.Body = c.Do(tb, http.MethodPost, "/graphql", body, append([]string{"Content-Type", "application/json"}, headers...)...)
	var said struct {
		Data   any
		Errors []Error
	}
	d := json.NewDecoder(bytes.NewReader(a.Body))
	d.UseNumber()
	if err := d.Decode(&said); err != nil {
		tb.Fatalf("not an answer of GraphQL: %d %.300s", a.Status, a.Body)
	}
	a.Data, a.Errors = said.Data, said.Errors
	return a
}

// Do makes a request of any kind; headers come in pairs.
func (c Client) Do(tb testing.TB, method, path string, body []byte, headers ...string) (int, http.Header, []byte) {
	tb.Helper()
	r, err := http.NewRequestWithContext(tb.Context(), method, c.URL+path, bytes.NewReader(body))
	if err != nil {
		tb.Fatalf("making a request: %v", err)
	}
	r.Header.Set("Partage-Client", "servertest")
	if c.Token != "" {
		r.Header.Set("Authorization", "Bearer "+c.Token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		tb.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		tb.Fatalf("reading the answer to %s %s: %v", method, path, err)
	}
	return response.StatusCode, response.Header, data
}

// LogIn begins a session in an account, given by its id, and returns its token.
func (s *Server) LogIn(tb testing.TB, email, password, account string) string {
	tb.Helper()
	a := s.As("").Must(tb, `mutation($in: LogInInput!) { logIn(input: $in) { token errors { message } } }`,
		map[string]any{"in": map[string]any{"email": email, "password": password, "account": account}})
	token := a.Text("logIn.token")
	if token == "" {
		tb.Fatalf("signing %s in: %s", email, a.Body)
	}
	return token
}

// String shows an answer in a failing test.
func (a Answer) String() string { return fmt.Sprintf("%d %s", a.Status, a.Body) }
