package edge

import (
	"context"
	"encoding/json"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/fault"
)

// subprotocol is the only one spoken: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
const subprotocol = "graphql-transport-ws"

// Close codes, those from 4400 on as the protocol gives them.
const (
	closeGoingAway     = websocket.CloseGoingAway       // 1001: the server stops
	closePolicy        = websocket.ClosePolicyViolation // 1008: too many connections of one session
	closeTooBig        = websocket.CloseMessageTooBig   // 1009
	closeInternal      = websocket.CloseInternalServerErr
	closeReconnect     = websocket.CloseServiceRestart // 1012: connect again now
	closeTryLater      = websocket.CloseTryAgainLater  // 1013
	closeBadMessage    = 4400
	closeUnauthorized  = 4401
	closeSubprotocol   = 4406
	closeInitTimeout   = 4408
	closeSameOperation = 4409
	closeSecondInit    = 4429
)

// sockets counts the connections that are open and tells them when to end. It is safe for concurrent use.
type sockets struct {
	stopping   chan struct{} // closed when the server stops
	stop       func()
	writeBuffs sync.Pool

	mu        sync.Mutex
	bySession map[string]int
	byAddress map[netip.Addr]int
}

func newSockets() *sockets {
	stopping := make(chan struct{})
	return &sockets{
		stopping: stopping, stop: sync.OnceFunc(func() { close(stopping) }),
		bySession: map[string]int{}, byAddress: map[netip.Addr]int{},
	}
}

// socket takes over the connection of a request for a WebSocket and returns when it has ended.
func (s *Server) socket(w http.ResponseWriter, r *http.Request) {
	from := caller.From(r.Context()).Address
	if !s.sockets.arrive(from, s.limits.Socket.PerAddress) {
		f := fault.New(fault.Exhausted, "There are too many WebSockets from this address that have not signed in.")
		f.RetryAfter = s.limits.Socket.Init
		s.Refuse(w, r, f)
		return
	}
	known := sync.OnceFunc(func() { s.sockets.leave(from) })
	defer known()
	upgrader := websocket.Upgrader{
		HandshakeTimeout:  10 * time.Second,
		Subprotocols:      []string{subprotocol},
		CheckOrigin:       s.config.CheckOrigin,
		WriteBufferPool:   &s.sockets.writeBuffs,
		EnableCompression: true,
		Error: func(w http.ResponseWriter, r *http.Request, status int, reason error) {
			f := fault.New(fault.Invalid, "The WebSocket cannot be opened: %s.", clip(reason.Error()))
			if status == http.StatusForbidden {
				f = fault.New(fault.Denied, "Pages of this origin may not open a WebSocket here.")
			}
			s.encoder.write(w, r, status, contentJSON, encodeErrors(s.presenter.present(withReport(r.Context()), f)))
		},
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	c := newConn(s, ws, r, known)
	s.metrics.open.Inc()
	defer s.metrics.open.Dec()
	defer func() { s.sockets.signOut(c.session) }()
	if ws.Subprotocol() != subprotocol {
		c.close(closeSubprotocol, "Speak the subprotocol "+subprotocol+".")
	}
	c.serve()
}

// signIn notes one more connection of a session and reports whether it may have it.
func (s *sockets) signIn(session string, most int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bySession[session] >= most {
		return false
	}
	s.bySession[session]++
	return true
}

// signOut forgets a connection of a session; the empty one was never noted.
func (s *sockets) signOut(session string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bySession[session]--; s.bySession[session] <= 0 {
		delete(s.bySession, session)
	}
}

// arrive notes a connection that is not yet signed in and reports whether the address may have one more.
func (s *sockets) arrive(from netip.Addr, most int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byAddress[from] >= most {
		return false
	}
	s.byAddress[from]++
	return true
}

func (s *sockets) leave(from netip.Addr) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byAddress[from]--; s.byAddress[from] == 0 {
		delete(s.byAddress, from)
	}
}

// message is one of the protocol, to the client.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
	since   time.Time       // it has waited to be sent
}

// socketContext is what operations of a connection run in: all of the request but its answer's header.
func socketContext(r *http.Request) (context.Context, context.CancelFunc) {
	return context.WithCancel(caller.Detach(r.Context()))
}
