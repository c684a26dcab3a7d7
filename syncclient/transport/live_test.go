package transport

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// talk serves live connections, each by the given conversation. It begins after the client's greeting.
func talk(t *testing.T, conversation func(c *websocket.Conn)) *Server {
	t.Helper()
	up := websocket.Upgrader{Subprotocols: []string{protocol.Subprotocol}}
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		c, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer c.Close()
		var m protocol.Message
		if c.ReadJSON(&m) != nil || m.Type != protocol.MessageInit || string(m.Payload) != `{"authorization":"Bearer secret"}` {
			t.Errorf("the greeting was %+v", m)
			return
		}
		conversation(c)
	})
}

// welcome takes the subscription.
func welcome(t *testing.T, c *websocket.Conn) string {
	t.Helper()
	_ = c.WriteJSON(protocol.Message{Type: protocol.MessageAck})
	var m protocol.Message
	if err := c.ReadJSON(&m); err != nil || m.Type != protocol.MessageSubscribe {
		t.Errorf("instead of a subscription came %+v, %v", m, err)
	}
	return m.ID
}

func hintMessage(id string) protocol.Message {
	return protocol.Message{ID: id, Type: protocol.MessageNext, Payload: []byte(`{"data":{"changed":{"workspace":true,"buckets":[]}}}`)}
}

func closeWith(c *websocket.Conn, code int) {
	_ = c.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
}

func TestLive(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("hands on hints and answers pings", func(t *testing.T) {
		t.Parallel()
		s := talk(t, func(c *websocket.Conn) {
			id := welcome(t, c)
			for range 2 {
				_ = c.WriteJSON(hintMessage(id))
			}
			_ = c.WriteJSON(protocol.Message{Type: protocol.MessagePing})
			var m protocol.Message
			if err := c.ReadJSON(&m); err != nil || m.Type != protocol.MessagePong {
				t.Errorf("instead of a pong came %+v, %v", m, err)
			}
			closeWith(c, protocol.CloseUnauthorized)
		})
		hints := 0
		err := s.Live(ctx, "secret", nil, func(h protocol.Hint) {
			if h.Workspace {
				hints++
			}
		})
		if hints != 2 {
			t.Errorf("%d hints came", hints)
		}
		if protocol.CodeOf(err) != protocol.Unauthenticated {
			t.Errorf("got %v", err)
		}
	})
	for name, c := range map[string]struct {
		conversation func(t *testing.T, c *websocket.Conn)
		code         protocol.Code
	}{
		"a close that means forbidden": {func(_ *testing.T, c *websocket.Conn) { closeWith(c, protocol.CloseForbidden) }, protocol.Forbidden},
		"a close that means too many":  {func(_ *testing.T, c *websocket.Conn) { closeWith(c, protocol.CloseTooMany) }, protocol.RateLimited},
		"a close for no init":          {func(_ *testing.T, c *websocket.Conn) { closeWith(c, protocol.CloseInitTimeout) }, ""},
		"a connection that breaks":     {func(*testing.T, *websocket.Conn) {}, ""},
		"an end of the subscription": {func(t *testing.T, c *websocket.Conn) {
			_ = c.WriteJSON(protocol.Message{ID: welcome(t, c), Type: protocol.MessageComplete})
		}, ""},
		"a refusal of the subscription": {func(t *testing.T, c *websocket.Conn) {
			_ = c.WriteJSON(protocol.Message{ID: welcome(t, c), Type: protocol.MessageError, Payload: []byte(`[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]`)})
		}, protocol.Unauthenticated},
		"an error in place of a hint": {func(t *testing.T, c *websocket.Conn) {
			_ = c.WriteJSON(protocol.Message{ID: welcome(t, c), Type: protocol.MessageNext, Payload: []byte(`{"errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}]}`)})
		}, protocol.Forbidden},
		"an empty hint": {func(t *testing.T, c *websocket.Conn) {
			_ = c.WriteJSON(protocol.Message{ID: welcome(t, c), Type: protocol.MessageNext, Payload: []byte(`{"data":{}}`)})
		}, ""},
		"a message of an unknown sort": {func(_ *testing.T, c *websocket.Conn) { _ = c.WriteJSON(protocol.Message{Type: "hello"}) }, ""},
		"a message that is no JSON":    {func(_ *testing.T, c *websocket.Conn) { _ = c.WriteMessage(websocket.TextMessage, []byte("{")) }, ""},
		"a binary message":             {func(_ *testing.T, c *websocket.Conn) { _ = c.WriteMessage(websocket.BinaryMessage, []byte("{}")) }, ""},
		"a message without end": {func(_ *testing.T, c *websocket.Conn) {
			_ = c.WriteMessage(websocket.TextMessage, make([]byte, maxLive+1))
		}, ""},
	} {
		t.Run("ends with "+name, func(t *testing.T) {
			t.Parallel()
			err := talk(t, func(ws *websocket.Conn) { c.conversation(t, ws) }).Live(ctx, "secret", nil, func(protocol.Hint) {})
			if err == nil || protocol.CodeOf(err) != c.code {
				t.Fatalf("got %v, want code %q", err, c.code)
			}
		})
	}
	t.Run("refuses another subprotocol", func(t *testing.T) {
		t.Parallel()
		up := websocket.Upgrader{Subprotocols: []string{"graphql-ws"}}
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if c, err := up.Upgrade(w, r, nil); err == nil {
				c.Close()
			}
		})
		var strange *StrangeAnswer
		if err := s.Live(ctx, "secret", nil, nil); !errors.As(err, &strange) {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("ends with its context", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(ctx)
		left := make(chan error, 1)
		s := talk(t, func(c *websocket.Conn) {
			_ = c.WriteJSON(hintMessage(welcome(t, c)))
			_, _, err := c.ReadMessage()
			left <- err
		})
		if err := s.Live(ctx, "secret", nil, func(protocol.Hint) { cancel() }); !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		if err := <-left; !websocket.IsCloseError(err, websocket.CloseNormalClosure) {
			t.Fatalf("the server saw %v", err)
		}
	})
}
