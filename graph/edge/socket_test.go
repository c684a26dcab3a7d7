package edge_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/partage-mail/partage/graph/edge"
	"github.com/partage-mail/partage/server/caller"
)

// socket is a client's end of a WebSocket.
type socket struct {
	t *testing.T
	*websocket.Conn
}

const (
	initAnna  = `{"type":"connection_init","payload":{"authorization":"Bearer anna"}}`
	ack       = `{"type":"connection_ack"}`
	subscribe = `{"id":"1","type":"subscribe","payload":{"query":"subscription { changed { workspace } }"}}`
)

// dial opens a WebSocket of the subprotocol; headers come in pairs.
func (f *fixture) dial(headers ...string) *socket {
	f.t.Helper()
	s, response, err := f.tryDial([]string{"graphql-transport-ws"}, headers...)
	if err != nil {
		f.t.Fatalf("%v: %+v", err, response)
	}
	return s
}

func (f *fixture) tryDial(subprotocols []string, headers ...string) (*socket, *http.Response, error) {
	h := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	dialer := websocket.Dialer{Subprotocols: subprotocols, EnableCompression: true}
	ws, response, err := dialer.Dial("ws"+strings.TrimPrefix(f.url, "http"), h)
	if err != nil {
		return nil, response, err
	}
	f.t.Cleanup(func() { ws.Close() })
	_ = ws.SetReadDeadline(time.Now().Add(time.Minute))
	return &socket{f.t, ws}, response, nil
}

// signedIn opens a WebSocket whose session has begun.
func (f *fixture) signedIn() *socket {
	f.t.Helper()
	s := f.dial()
	s.say(initAnna)
	s.hears(ack)
	return s
}

func (s *socket) say(messages ...string) {
	s.t.Helper()
	for _, m := range messages {
		if err := s.WriteMessage(websocket.TextMessage, []byte(m)); err != nil {
			s.t.Fatalf("saying %.100s: %v", m, err)
		}
	}
}

func (s *socket) next() string {
	s.t.Helper()
	_, data, err := s.ReadMessage()
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}

func (s *socket) hears(messages ...string) {
	s.t.Helper()
	for _, want := range messages {
		if got := s.next(); got != want {
			s.t.Fatalf("heard %s\nnot   %s", got, want)
		}
	}
}

// ends waits for the server's close.
func (s *socket) ends(code int, reason string) {
	s.t.Helper()
	for {
		_, data, err := s.ReadMessage()
		if err == nil {
			s.t.Logf("before the end: %s", data)
			continue
		}
		var closed *websocket.CloseError
		if !errors.As(err, &closed) {
			s.t.Fatalf("it ended with %v", err)
		}
		if closed.Code != code || closed.Text != reason {
			s.t.Fatalf("it ended with %d %q, not %d %q", closed.Code, closed.Text, code, reason)
		}
		return
	}
}

// TestSocketRefuses lists what was tried over WebSocket and how the connection ends.
func TestSocketRefuses(t *testing.T) {
	f := setup(t)
	f.answers.stream = func(ctx context.Context) <-chan any { return make(chan any) }
	for name, test := range map[string]struct {
		messages []string
		code     int
		reason   string
	}{
		"subscribe before init":          {[]string{subscribe}, 4401, "Send connection_init first."},
		"init without a token":           {[]string{`{"type":"connection_init"}`}, 4401, "Sign in first: the payload of connection_init needs an authorization."},
		"init with a wrong token":        {[]string{`{"type":"connection_init","payload":{"authorization":"Bearer gone"}}`}, 4401, "The session has ended."},
		"init with another scheme":       {[]string{`{"type":"connection_init","payload":{"authorization":"Basic x"}}`}, 4401, `The authorization must read "Bearer", one space and the session's token.`},
		"init with a token in parts":     {[]string{`{"type":"connection_init","payload":{"authorization":["Bearer anna"]}}`}, 4401, "The authorization must be a string."},
		"init when the database is away": {[]string{`{"type":"connection_init","payload":{"authorization":"Bearer broken"}}`}, 1013, "The session cannot be looked up at the moment."},
		"init with a list":               {[]string{`{"type":"connection_init","payload":[]}`}, 4400, "The payload of connection_init must be an object."},
		"a second init":                  {[]string{initAnna, initAnna}, 4429, "There was a connection_init before."},
		"a second init at work":          {[]string{initAnna, subscribe, initAnna}, 4429, "There was a connection_init before."},
		"an id twice":                    {[]string{initAnna, subscribe, subscribe}, 4409, "There is an operation with the id 1."},
		"no JSON":                        {[]string{initAnna, `hello`}, 4400, "The JSON cannot be read: A JSON value is expected, not 'h' (at byte 0)."},
		"two messages in one":            {[]string{initAnna + initAnna}, 4400, "The JSON cannot be read: There is something after the end of the JSON value (at byte 68)."},
		"a key twice":                    {[]string{`{"type":"ping","type":"ping"}`}, 4400, `The JSON cannot be read: The name "type" is given twice in one JSON object (at byte 15).`},
		"a list":                         {[]string{`[]`}, 4400, "A message must be a JSON object."},
		"no type":                        {[]string{`{"id":"1"}`}, 4400, "A message must have a type."},
		"an unknown type":                {[]string{`{"type":"start","id":"1"}`}, 4400, "A client may send connection_init, subscribe, complete, ping and pong."},
		"what only servers say":          {[]string{initAnna, `{"type":"next","id":"1","payload":{}}`}, 4400, "A client may send connection_init, subscribe, complete, ping and pong."},
		"an unknown key":                 {[]string{`{"type":"ping","extra":1}`}, 4400, "A message has no key but id, type and payload."},
		"an id that is a number":         {[]string{initAnna, `{"type":"subscribe","id":1,"payload":{"query":"{ a }"}}`}, 4400, "id and type of a message must be strings."},
		"no id":                          {[]string{initAnna, `{"type":"subscribe","payload":{"query":"{ a }"}}`}, 4400, "The id of subscribe must have 1 to 100 bytes."},
		"a long id":                      {[]string{initAnna, `{"type":"complete","id":"` + strings.Repeat("x", 101) + `"}`}, 4400, "The id of complete must have 1 to 100 bytes."},
		"no payload":                     {[]string{initAnna, `{"type":"subscribe","id":"1"}`}, 4400, "The payload of subscribe must be an object."},
		"a ping with a text":             {[]string{`{"type":"ping","payload":"x"}`}, 4400, "The payload of ping must be an object."},
		"a large message":                {[]string{initAnna, `{"type":"ping","payload":{"x":"` + strings.Repeat("x", 1<<20) + `"}}`}, 1009, "A message may have at most 1048576 bytes."},
		"1 MB of [":                      {[]string{initAnna, `{"type":"ping","payload":` + strings.Repeat("[", 1<<20-100)}, 4400, "The JSON nests deeper than 16 (at byte 40)."},
	} {
		t.Run(name, func(t *testing.T) {
			s := f.dial()
			s.t = t
			s.say(test.messages...)
			s.ends(test.code, test.reason)
		})
	}
	t.Run("bytes", func(t *testing.T) {
		s := f.dial()
		if err := s.WriteMessage(websocket.BinaryMessage, []byte(initAnna)); err != nil {
			t.Fatal(err)
		}
		s.ends(4400, "A message must be text.")
	})
}

func TestSocketSubprotocols(t *testing.T) {
	f := setup(t)
	for name, subprotocols := range map[string][]string{"none": nil, "the old one": {"graphql-ws"}, "unknown ones": {"a", "b"}} {
		t.Run(name, func(t *testing.T) {
			s, _, err := f.tryDial(subprotocols)
			if err != nil {
				t.Fatal(err)
			}
			s.ends(4406, "Speak the subprotocol graphql-transport-ws.")
		})
	}
	t.Run("ours among others", func(t *testing.T) {
		s, _, err := f.tryDial([]string{"graphql-ws", "graphql-transport-ws"})
		if err != nil {
			t.Fatal(err)
		}
		s.say(initAnna)
		s.hears(ack)
	})
}

func TestSocketOrigins(t *testing.T) {
	f := setup(t)
	host := strings.TrimPrefix(f.url, "http://")
	for origin, status := range map[string]int{
		"": 101, "http://" + host: 101, "https://evil.example": 403, "null": 403, "http://" + host + ".evil.example": 403,
	} {
		headers := []string{"Origin", origin}
		if origin == "" {
			headers = nil
		}
		_, response, err := f.tryDial([]string{"graphql-transport-ws"}, headers...)
		if response == nil || response.StatusCode != status {
			t.Errorf("%s: %v, %v", origin, response, err)
		}
	}
}

func TestSocketSignsIn(t *testing.T) {
	f := setup(t)
	const who = `{"id":"q","type":"subscribe","payload":{"query":"{ viewer { user { id } } }"}}`
	for name, test := range map[string]struct {
		headers []string
		init    string
		session string
	}{
		"by the payload":                    {nil, initAnna, "s-anna"},
		"by the payload, in capitals":       {nil, `{"type":"connection_init","payload":{"Authorization":"Bearer anna"}}`, "s-anna"},
		"by the cookie":                     {[]string{"Cookie", "partage_session=bob"}, `{"type":"connection_init"}`, "s-bob"},
		"by the header":                     {[]string{"Authorization", "Bearer bob"}, `{"type":"connection_init","payload":null}`, "s-bob"},
		"by the payload before the cookie":  {[]string{"Cookie", "partage_session=bob"}, initAnna, "s-anna"},
		"by the payload with an old cookie": {[]string{"Cookie", "partage_session=gone"}, initAnna, "s-anna"},
	} {
		t.Run(name, func(t *testing.T) {
			s := f.dial(test.headers...)
			s.say(`{"type":"ping"}`, test.init, who)
			s.hears(`{"type":"pong"}`, ack,
				`{"id":"q","type":"next","payload":{"data":{"viewer":{"user":{"id":"`+test.session+`"}}}}}`, `{"id":"q","type":"complete"}`)
		})
	}
}

func TestSocketOperations(t *testing.T) {
	f := setup(t)
	events := make(chan any)
	ended := make(chan struct{})
	f.answers.stream = func(ctx context.Context) <-chan any {
		go func() { <-ctx.Done(); ended <- struct{}{} }()
		return events
	}
	f.answers.fields["logIn"] = func(ctx context.Context, _ map[string]any) (any, error) {
		return nil, caller.SetSession(ctx, "x", time.Now())
	}
	f.answers.fields["node"] = func(context.Context, map[string]any) (any, error) { panic("the sky fell") }
	s := f.signedIn()
	event := func(id, value string) string {
		return `{"id":"` + id + `","type":"next","payload":{"data":{"changed":` + value + `}}}`
	}

	s.say(subscribe)
	events <- 1
	s.hears(event("1", "1"))
	events <- 2
	s.hears(event("1", "2"))
	s.say(`{"id":"unknown","type":"complete"}`, `{"id":"1","type":"complete"}`)
	<-ended
	// Its id is free again, at once.
	s.say(subscribe)
	events <- 3
	s.hears(event("1", "3"))
	close(events)
	s.hears(`{"id":"1","type":"complete"}`)
	<-ended

	wrong := func(query string) string {
		return `{"id":"w","type":"subscribe","payload":{"query":"` + query + `"}}`
	}
	s.say(wrong("{ viewers }"))
	s.hears(`{"id":"w","type":"error","payload":[{"message":"Cannot query field \"viewers\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"BAD_USER_INPUT"}}]}`)
	s.say(wrong("{ campaigns { totalCount } }"))
	s.hears(`{"id":"w","type":"error","payload":[{"message":"\"campaigns\" needs either \"first\" or \"last\", from 1 to 100.","locations":[{"line":1,"column":3}],"extensions":{"code":"BAD_USER_INPUT"}}]}`)
	s.say(`{"id":"w","type":"subscribe","payload":{"querry":"{ a }"}}`)
	s.hears(`{"id":"w","type":"error","payload":[{"message":"The key \"querry\" is not known; there are query, operationName, variables and extensions.","extensions":{"code":"BAD_USER_INPUT","field":"querry"}}]}`)
	s.say(wrong("{ node(id: 1) { id } }"))
	s.hears(`{"id":"w","type":"next","payload":{"errors":[{"message":"Something went wrong on our side. If it happens again, report it with the id \"request-7\".","path":["node"],"extensions":{"code":"INTERNAL","requestId":"request-7"}}],"data":{"node":null}}}`,
		`{"id":"w","type":"complete"}`)
	s.say(wrong(`mutation { logIn(input: {email: \"a\", password: \"b\"}) { token } }`))
	s.hears(`{"id":"w","type":"next","payload":{"errors":[{"message":"A session in a cookie can only begin over HTTP.","path":["logIn"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"logIn":null}}}`,
		`{"id":"w","type":"complete"}`)
}

func TestSocketLimitsOperations(t *testing.T) {
	f := setup(t, func(c *edge.Config) { c.Limits.Socket.Operations = 3 })
	f.answers.stream = func(context.Context) <-chan any { return make(chan any) }
	s := f.signedIn()
	for i := range 4 {
		s.say(fmt.Sprintf(`{"id":"%d","type":"subscribe","payload":{"query":"subscription { changed { workspace } }"}}`, i))
	}
	s.hears(`{"id":"3","type":"error","payload":[{"message":"At most 3 operations may run at once on one connection.","extensions":{"code":"RATE_LIMITED"}}]}`)
	s.say(`{"id":"0","type":"complete"}`, `{"id":"4","type":"subscribe","payload":{"query":"{ viewer { user { id } } }"}}`)
	s.hears(`{"id":"4","type":"next","payload":{"data":{"viewer":{"user":{"id":"s-anna"}}}}}`)
}

func TestSocketLimitsConnections(t *testing.T) {
	f := setup(t, func(c *edge.Config) { c.Limits.Socket.PerSession, c.Limits.Socket.PerAddress = 2, 3 })
	f.signedIn()
	second := f.signedIn()
	third := f.dial()
	third.say(initAnna)
	third.ends(1008, "This session has too many WebSockets.")
	second.Close()
	// The server notices in its own time that the second one is gone.
	for {
		s := f.dial()
		s.say(initAnna)
		if _, data, err := s.ReadMessage(); err == nil {
			if string(data) != ack {
				t.Errorf("heard %s", data)
			}
			break
		}
	}
	// Those that are signed in do not count for the address.
	f.dial()
	f.dial()
	f.dial()
	_, response, _ := f.tryDial([]string{"graphql-transport-ws"})
	if response == nil || response.StatusCode != 429 {
		t.Errorf("the fourth: %+v", response)
	}
}
