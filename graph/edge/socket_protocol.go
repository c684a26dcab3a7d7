package edge

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
)

// longestID is how long the id of an operation may be; clients use a counter or a UUID.
const longestID = 100

// handle does what a message asks. Whatever breaks the protocol closes the connection with its code.
func (c *conn) handle(data []byte) {
	v, err := decode(data, c.server.limits.JSON)
	if err != nil {
		c.close(closeBadMessage, err.Error())
		return
	}
	m, problem := newIncoming(v)
	if problem != "" {
		c.close(closeBadMessage, problem)
		return
	}
	switch m.kind {
	case "connection_init":
		c.init(m)
	case "ping":
		c.send(message{Type: "pong"})
	case "pong":
	case "subscribe":
		c.subscribe(m)
	case "complete":
		c.complete(m.id)
	}
}

// incoming is a message from the client.
type incoming struct {
	kind, id string
	payload  any
}

// newIncoming reads a message and says what is wrong with it, if anything.
func newIncoming(v any) (m incoming, problem string) {
	fields, ok := v.(map[string]any)
	if !ok {
		return m, "A message must be a JSON object."
	}
	for name, value := range fields {
		ok := true
		switch name {
		case "type":
			m.kind, ok = value.(string)
		case "id":
			m.id, ok = value.(string)
		case "payload":
			m.payload = value
		default:
			return m, "A message has no key but id, type and payload."
		}
		if !ok {
			return m, "id and type of a message must be strings."
		}
	}
	_, isObject := m.payload.(map[string]any)
	switch m.kind {
	case "connection_init", "ping", "pong":
		if m.payload != nil && !isObject {
			return m, "The payload of " + m.kind + " must be an object."
		}
	case "subscribe", "complete":
		if m.id == "" || len(m.id) > longestID {
			return m, "The id of " + m.kind + " must have 1 to 100 bytes."
		}
		if m.kind == "subscribe" && !isObject {
			return m, "The payload of subscribe must be an object."
		}
	case "":
		return m, "A message must have a type."
	default:
		return m, "A client may send connection_init, subscribe, complete, ping and pong."
	}
	return m, ""
}

// init signs the connection in, by the payload's authorization or else by what the upgrade carried.
func (c *conn) init(m incoming) {
	if c.auth != nil {
		c.close(closeSecondInit, "There was a connection_init before.")
		return
	}
	token, err := initToken(m.payload, c.token)
	if err != nil {
		c.close(closeUnauthorized, err.Error())
		return
	}
	if token == "" {
		c.close(closeUnauthorized, "Sign in first: the payload of connection_init needs an authorization.")
		return
	}
	auth, err := c.server.config.Authenticate(c.ctx, token)
	if err != nil {
		c.closeFor(err)
		return
	}
	session, _ := c.server.config.Session(auth)
	if !c.server.sockets.signIn(session, c.limits.PerSession) {
		c.close(closePolicy, "This session has too many WebSockets.")
		return
	}
	c.session = session
	c.known()
	c.auth = auth
	close(c.begun)
	c.send(message{Type: "connection_ack"})
}

func initToken(payload any, carried string) (string, error) {
	fields, _ := payload.(map[string]any)
	for _, name := range []string{"authorization", "Authorization"} {
		value, given := fields[name]
		if !given {
			continue
		}
		text, ok := value.(string)
		if !ok {
			return "", fault.New(fault.Invalid, "The authorization must be a string.")
		}
		return caller.ParseBearer(text)
	}
	return carried, nil
}

// subscribe starts an operation of any kind.
func (c *conn) subscribe(m incoming) {
	if c.auth == nil {
		c.close(closeUnauthorized, "Send connection_init first.")
		return
	}
	ctx, cancel := context.WithCancel(c.auth)
	o := &running{cancel}
	c.mu.Lock()
	twice, full := c.operations[m.id] != nil, len(c.operations) >= c.limits.Operations
	if !twice && !full {
		c.operations[m.id] = o
	}
	c.mu.Unlock()
	switch {
	case twice:
		cancel()
		c.close(closeSameOperation, "There is an operation with the id "+m.id+".")
	case full:
		cancel()
		f := fault.New(fault.Exhausted, "At most %d operations may run at once on one connection.", c.limits.Operations)
		c.send(errorMessage(m.id, gqlerror.List{c.server.presenter.present(withReport(c.auth), f)}))
	default:
		c.running.Go(func() {
			defer cancel()
			last := c.run(ctx, o, m)
			if c.forget(m.id, o) {
				c.send(last)
			}
		})
	}
}

// complete ends an operation at the client's wish. Its id may be used again at once.
func (c *conn) complete(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if o := c.operations[id]; o != nil {
		o.cancel()
		delete(c.operations, id)
	}
}

// forget ends an operation and reports whether the client still wants to hear of it.
func (c *conn) forget(id string, o *running) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.operations[id] != o {
		return false
	}
	delete(c.operations, id)
	return true
}

func (c *conn) wanted(id string, o *running) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.operations[id] == o
}

// run executes an operation and returns the last message about it.
func (c *conn) run(ctx context.Context, o *running, m incoming) (last message) {
	s := c.server
	defer func() {
		if v := recover(); v != nil {
			last = errorMessage(m.id, gqlerror.List{s.presenter.present(withReport(ctx), recovered(ctx, v))})
		}
	}()
	asked, err := newRequest(m.payload)
	if err == nil {
		// The session may have ended, and its rights may be others, since the connection began.
		if err = s.config.Live(ctx); err != nil && fault.As(err) != nil && ctx.Err() == nil {
			c.closeFor(err)
		}
	}
	if err != nil {
		return errorMessage(m.id, gqlerror.List{s.presenter.present(withReport(ctx), err)})
	}
	op, errs := s.prepare(ctx, asked, nil)
	if len(errs) > 0 {
		return errorMessage(m.id, errs)
	}
	defer op.end()
	s.metrics.operations.WithLabelValues(op.kind(), "websocket").Inc()
	op.run(func(r *graphql.Response) bool {
		return c.wanted(m.id, o) && c.send(message{ID: m.id, Type: "next", Payload: encode(r)})
	})
	return message{ID: m.id, Type: "complete"}
}

func errorMessage(id string, errs gqlerror.List) message {
	return message{ID: id, Type: "error", Payload: mustMarshal(errs)}
}
