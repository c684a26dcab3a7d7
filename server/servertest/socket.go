package servertest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// Socket is a client's end of a WebSocket to /graphql, of the subprotocol graphql-transport-ws.
type Socket struct {
	tb testing.TB
	*websocket.Conn
}

// Dial opens a WebSocket. Nothing is said yet, and the client's token is not used.
func (c Client) Dial(tb testing.TB) *Socket {
	tb.Helper()
	d := websocket.Dialer{Subprotocols: []string{"graphql-transport-ws"}}
	ws, response, err := d.DialContext(tb.Context(), "ws"+strings.TrimPrefix(c.URL, "http")+"/graphql", http.Header{})
	if err != nil {
		tb.Fatalf("opening a WebSocket: %v (%v)", err, response)
	}
	response.Body.Close()
	tb.Cleanup(func() { ws.Close() })
	// What does not come within a minute never comes.
	_ = ws.SetReadDeadline(time.Now().Add(time.Minute))
	return &Socket{tb, ws}
}

// Open opens a WebSocket and signs in with the client's token.
func (c Client) Open(tb testing.TB) *Socket {
	tb.Helper()
	s := c.Dial(tb)
	s.Say(map[string]any{"type": "connection_init", "payload": map[string]any{"authorization": "Bearer " + c.Token}})
	if m := s.Hear(); m["type"] != "connection_ack" {
		tb.Fatalf("signing in over a WebSocket is answered %v", m)
	}
	return s
}

// Say sends a message.
func (s *Socket) Say(message any) {
	s.tb.Helper()
	if err := s.WriteJSON(message); err != nil {
		s.tb.Fatalf("saying %v: %v", message, err)
	}
}

// Subscribe begins an operation.
func (s *Socket) Subscribe(id, query string, variables map[string]any) {
	s.tb.Helper()
	s.Say(map[string]any{"id": id, "type": "subscribe", "payload": map[string]any{"query": query, "variables": variables}})
}

// Hear returns the next message.
func (s *Socket) Hear() map[string]any {
	s.tb.Helper()
	var m map[string]any
	if err := s.ReadJSON(&m); err != nil {
		s.tb.Fatalf("listening: %v", err)
	}
	return m
}

// Closed waits for the server to close the WebSocket and returns with which code and words.
func (s *Socket) Closed() (code int, why string) {
	s.tb.Helper()
	for {
		_, data, err := s.ReadMessage()
		if closed, ok := err.(*websocket.CloseError); ok {
			return closed.Code, closed.Text
		}
		if err != nil {
			s.tb.Fatalf("waiting for the end: %v", err)
		}
		s.tb.Logf("heard before the end: %s", data)
	}
}
