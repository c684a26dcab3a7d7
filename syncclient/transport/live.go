package transport

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"github.com/partage-mail/partage/syncclient/protocol"
)

// Times of the live connection.
const (
	timeWrite = 10 * time.Second
	pingEvery = 25 * time.Second
	// silence is how long the server may say nothing, not even answer a ping, before it is taken for dead.
	silence = 60 * time.Second
	maxLive = 256 << 10
)

// Live opens the live connection, subscribes to hints and calls hint for each until the connection ends. It always
// returns an error that says why it ended: that of ctx; a *protocol.Error where the server ended it (Unauthenticated
// when the session is over); anything else where it broke. The first hint comes at once. With each stand that comes it
// subscribes anew, from there on, and hands on no more of what it subscribed to before. hint must not block.
func (s *Server) Live(ctx context.Context, token string, stands <-chan protocol.Stand, hint func(protocol.Hint)) error {
	c, err := s.dial(ctx)
	if err != nil {
		return err
	}
	conn := &liveConn{ws: c}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() {
		conn.goodbye()
		c.Close()
	})
	defer stop()
	err = conn.follow(token, stands, hint)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func (s *Server) dial(ctx context.Context) (*websocket.Conn, error) {
	at := *s.base
	at.Scheme = map[string]string{"http": "ws", "https": "wss"}[at.Scheme]
	at.Path += "/graphql"
	dialer := websocket.Dialer{
		Proxy:            http.ProxyFromEnvironment,
		HandshakeTimeout: timeConnect,
		Subprotocols:     []string{protocol.Subprotocol},
	}
	c, resp, err := dialer.DialContext(ctx, at.String(), http.Header{
		protocol.AgentHeader: {s.agent}, "User-Agent": {s.agent}, protocol.VersionHeader: {protocol.Version},
	})
	if err != nil {
		if resp != nil && errors.Is(err, websocket.ErrBadHandshake) {
			defer resp.Body.Close()
			body, _ := io.ReadAll(io.LimitReader(resp.Body, maxRefusal))
			a := &answer{status: resp.StatusCode, media: mediaOf(resp.Header), header: resp.Header, body: body}
			return nil, a.refusal()
		}
		return nil, unreachable(err)
	}
	if c.Subprotocol() != protocol.Subprotocol {
		c.Close()
		return nil, &StrangeAnswer{Status: http.StatusSwitchingProtocols, What: "another subprotocol"}
	}
	c.SetReadLimit(maxLive)
	return c, nil
}

// liveConn is one live connection. Reading is for one goroutine, writing for any.
type liveConn struct {
	ws      *websocket.Conn
	writing sync.Mutex
	// subscription numbers those of this connection; the newest counts.
	subscription atomic.Int64
}

func (c *liveConn) follow(token string, stands <-chan protocol.Stand, hint func(protocol.Hint)) error {
	init, err := json.Marshal(map[string]string{"authorization": "Bearer " + token})
	if err != nil {
		return fmt.Errorf("encode the greeting: %w", err)
	}
	if err := c.send(protocol.Message{Type: protocol.MessageInit, Payload: init}); err != nil {
		return err
	}
	done := make(chan struct{})
	var others sync.WaitGroup
	others.Go(func() { c.ping(done) })
	defer others.Wait()
	defer close(done)
	for {
		m, err := c.receive()
		if err != nil {
			return err
		}
		if m.ID != "" && m.ID != strconv.FormatInt(c.subscription.Load(), 10) {
			continue // of what was subscribed to before
		}
		switch m.Type {
		case protocol.MessageAck:
			if err := c.subscribe(protocol.Stand{}); err != nil {
				return err
			}
			others.Go(func() { c.goOn(stands, done) })
		case protocol.MessagePing:
			if err := c.send(protocol.Message{Type: protocol.MessagePong}); err != nil {
				return err
			}
		case protocol.MessageNext:
			if err := next(m.Payload, hint); err != nil {
				return err
			}
		case protocol.MessageError:
			var said []graphError
			if json.Unmarshal(m.Payload, &said) != nil || len(said) == 0 {
				return errors.New("the server refused the subscription without a reason")
			}
			return said[0].typed(0)
		case protocol.MessageComplete:
			return errors.New("the server ended the subscription")
		case protocol.MessagePong:
		default:
			return fmt.Errorf("the live connection brought a message of an unknown sort")
		}
	}
}

// subscribe subscribes from a stand on, in place of what was subscribed to before.
func (c *liveConn) subscribe(from protocol.Stand) error {
	payload, err := json.Marshal(struct {
		Query     string         `json:"query"`
		Variables protocol.Stand `json:"variables"`
	}{protocol.ChangedDocument, from})
	if err != nil {
		return fmt.Errorf("encode the subscription: %w", err)
	}
	id := c.subscription.Add(1)
	if id > 1 {
		before := strconv.FormatInt(id-1, 10)
		if err := c.send(protocol.Message{ID: before, Type: protocol.MessageComplete}); err != nil {
			return err
		}
	}
	return c.send(protocol.Message{ID: strconv.FormatInt(id, 10), Type: protocol.MessageSubscribe, Payload: payload})
}

// goOn subscribes anew with each stand until done is closed. A failure shows in the reader.
func (c *liveConn) goOn(stands <-chan protocol.Stand, done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		case from := <-stands:
			if c.subscribe(from) != nil {
				c.ws.Close()
				return
			}
		}
	}
}

func next(payload json.RawMessage, hint func(protocol.Hint)) error {
	var said struct {
		Data struct {
			Changed *protocol.Hint `json:"changed"`
		} `json:"data"`
		Errors []graphError `json:"errors"`
	}
	if err := json.Unmarshal(payload, &said); err != nil {
		return fmt.Errorf("a hint is not readable: %w", err)
	}
	if len(said.Errors) > 0 {
		return said.Errors[0].typed(0)
	}
	if said.Data.Changed == nil {
		return errors.New("the live connection brought an empty hint")
	}
	hint(*said.Data.Changed)
	return nil
}

func (c *liveConn) receive() (protocol.Message, error) {
	var m protocol.Message
	if err := c.ws.SetReadDeadline(time.Now().Add(silence)); err != nil {
		return m, fmt.Errorf("the live connection broke: %w", err)
	}
	kind, data, err := c.ws.ReadMessage()
	if err != nil {
		return m, closed(err)
	}
	if kind != websocket.TextMessage {
		return m, errors.New("the live connection brought a message that is no text")
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("a message of the live connection is not readable: %w", err)
	}
	return m, nil
}

// closed gives a close of the protocol its typed meaning.
func closed(err error) error {
	var end *websocket.CloseError
	if !errors.As(err, &end) {
		return fmt.Errorf("the live connection broke: %w", err)
	}
	switch end.Code {
	case protocol.CloseUnauthorized:
		return &protocol.Error{Code: protocol.Unauthenticated, Message: "The session has ended."}
	case protocol.CloseForbidden:
		return &protocol.Error{Code: protocol.Forbidden, Message: "The server does not allow the live connection."}
	case protocol.CloseTooMany:
		return &protocol.Error{Code: protocol.RateLimited, Message: "There are too many live connections."}
	}
	return fmt.Errorf("the server closed the live connection: %w", err)
}

func (c *liveConn) send(m protocol.Message) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	if err := c.ws.SetWriteDeadline(time.Now().Add(timeWrite)); err != nil {
		return fmt.Errorf("the live connection broke: %w", err)
	}
	if err := c.ws.WriteJSON(m); err != nil {
		return fmt.Errorf("the live connection broke: %w", err)
	}
	return nil
}

// ping keeps the connection awake until done is closed. A failure shows in the reader.
func (c *liveConn) ping(done <-chan struct{}) {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
			if c.send(protocol.Message{Type: protocol.MessagePing}) != nil {
				c.ws.Close()
				return
			}
		}
	}
}

// goodbye tells the server that the client leaves of its own will.
func (c *liveConn) goodbye() {
	text := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = c.ws.WriteControl(websocket.CloseMessage, text, time.Now().Add(time.Second))
}
