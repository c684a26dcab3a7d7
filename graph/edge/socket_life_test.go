package edge_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/partage-mail/partage/graph/edge"
	"github.com/partage-mail/partage/server/fault"
)

func TestSocketTimes(t *testing.T) {
	t.Run("init does not come", func(t *testing.T) {
		f := setup(t, func(c *edge.Config) { c.Limits.Socket.Init = 20 * time.Millisecond })
		s := f.dial()
		s.say(`{"type":"ping"}`)
		s.ends(4408, "connection_init did not come in time.")
	})
	t.Run("the session ends", func(t *testing.T) {
		f := setup(t, func(c *edge.Config) { c.Limits.Socket.Live = 5 * time.Millisecond })
		s := f.signedIn()
		f.endSession("anna")
		s.ends(4401, "The session has ended.")
	})
	t.Run("an operation after the session's end", func(t *testing.T) {
		f := setup(t, func(c *edge.Config) { c.Limits.Socket.Live = time.Hour })
		s := f.signedIn()
		f.endSession("anna")
		s.say(subscribe)
		s.ends(4401, "The session has ended.")
	})
	t.Run("rights change", func(t *testing.T) {
		f := setup(t, func(c *edge.Config) { c.Limits.Socket.Live = 5 * time.Millisecond })
		s := f.signedIn()
		f.setLive(fault.New(fault.Unavailable, "Your rights have changed. Connect again."))
		s.ends(1012, "Your rights have changed. Connect again.")
	})
	t.Run("the session cannot be looked up", func(t *testing.T) {
		f := setup(t, func(c *edge.Config) {
			c.Limits.Socket.Live, c.Limits.Socket.Blind = 5*time.Millisecond, 50*time.Millisecond
		})
		s := f.signedIn()
		f.setLive(errors.New("the database is away"))
		s.ends(1013, "The session cannot be looked up at the moment.")
	})
	t.Run("a message waits too long for a slow reader", func(t *testing.T) {
		f := setup(t, func(c *edge.Config) { c.Limits.Socket.Slow = time.Nanosecond })
		s := f.dial()
		s.say(`{"type":"connection_init","payload":{"authorization":"Bearer anna"}}`)
		s.ends(1013, "Messages are read too slowly. Connect again.")
	})
	t.Run("the server stops", func(t *testing.T) {
		f := setup(t)
		s, silent := f.signedIn(), f.dial()
		f.edge.Drain()
		s.ends(1001, "The server is stopping.")
		silent.ends(1001, "The server is stopping.")
		f.dial().ends(1001, "The server is stopping.")
	})
	t.Run("pings keep it", func(t *testing.T) {
		f := setup(t, func(c *edge.Config) {
			c.Limits.Socket.Ping, c.Limits.Socket.Silence = 10*time.Millisecond, time.Second
		})
		s := f.signedIn()
		pings := 0
		pong := s.PingHandler()
		s.SetPingHandler(func(text string) error {
			if pings++; pings == 150 { // longer than Silence
				s.say(`{"type":"ping"}`)
			}
			return pong(text)
		})
		s.hears(`{"type":"pong"}`)
	})
	t.Run("silence ends it", func(t *testing.T) {
		f := setup(t, func(c *edge.Config) { c.Limits.Socket.Silence = 30 * time.Millisecond })
		s := f.signedIn()
		f.inside.Wait() // the handler returns though the client never closed
		if _, _, err := s.ReadMessage(); err == nil {
			t.Error("it goes on")
		}
	})
}

// TestSocketLeavesNothing holds that the handler returns, with all its goroutines (see setup), however the
// client goes away, and that operations are told.
func TestSocketLeavesNothing(t *testing.T) {
	for name, leave := range map[string]func(s *socket){
		"a proper close": func(s *socket) {
			s.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, "bye"))
		},
		"an end of the connection": func(s *socket) { s.Close() },
		"a half-closed connection": func(s *socket) { s.NetConn().(*net.TCPConn).CloseWrite() },
		"a reset":                  func(s *socket) { s.NetConn().(*net.TCPConn).SetLinger(0); s.Close() },
		"half a frame":             func(s *socket) { s.NetConn().Write([]byte{0x81, 0xfe, 0x10}); s.NetConn().(*net.TCPConn).CloseWrite() },
		"nonsense":                 func(s *socket) { s.NetConn().Write(bytes.Repeat([]byte{0xff}, 64)) },
	} {
		t.Run(name, func(t *testing.T) {
			f := setup(t)
			begun, ended := make(chan struct{}), make(chan struct{})
			f.answers.stream = func(ctx context.Context) <-chan any {
				go func() { <-ctx.Done(); close(ended) }()
				close(begun)
				return make(chan any)
			}
			s := f.signedIn()
			s.say(subscribe)
			<-begun
			leave(s)
			<-ended
			f.inside.Wait()
		})
	}
	t.Run("before init", func(t *testing.T) {
		f := setup(t)
		f.dial().NetConn().(*net.TCPConn).CloseWrite()
		f.inside.Wait()
	})
}

// TestSocketSlowReader holds that a client that stops reading is cut off and holds back nobody.
func TestSocketSlowReader(t *testing.T) {
	f := setup(t, func(c *edge.Config) {
		c.Limits.Socket.Write, c.Limits.Socket.Goodbye = 100*time.Millisecond, 50*time.Millisecond
	})
	events := make(chan any)
	gone := make(chan struct{})
	f.answers.stream = func(ctx context.Context) <-chan any {
		go func() { <-ctx.Done(); close(gone) }()
		return events
	}
	// What cannot be compressed soon fills every buffer on the way.
	noise := make([]byte, 1<<19)
	state := uint32(1)
	for i := range noise {
		state = state*1664525 + 1013904223
		noise[i] = 'A' + byte(state>>24)%58
	}
	s := f.signedIn()
	s.say(subscribe)
	sent := 0
	for cut := false; !cut; {
		select {
		case events <- string(noise):
			sent++
		case <-gone:
			cut = true
		}
	}
	f.inside.Wait()
	if sent < 2 {
		t.Errorf("cut off after %d messages", sent)
	}
}

// TestSocketCompression holds that compression is agreed on, and that a small message cannot become a large one.
func TestSocketCompression(t *testing.T) {
	f := setup(t, func(c *edge.Config) { c.Limits.Socket.Goodbye = time.Minute })
	f.answers.fields["viewer"] = func(context.Context, map[string]any) (any, error) { return strings.Repeat("partage ", 100_000), nil }
	_, response, err := f.tryDial([]string{"graphql-transport-ws"})
	if err != nil || !strings.HasPrefix(response.Header.Get("Sec-Websocket-Extensions"), "permessage-deflate") {
		t.Fatalf("%v: %v", err, response)
	}
	s := f.signedIn()
	s.say(`{"id":"1","type":"subscribe","payload":{"query":"{ viewer { user { id } } }"}}`)
	var m struct {
		Payload struct{ Data struct{ Viewer string } }
	}
	if err := json.Unmarshal([]byte(s.next()), &m); err != nil || len(m.Payload.Data.Viewer) != 800_000 {
		t.Errorf("%v: %d bytes", err, len(m.Payload.Data.Viewer))
	}
	s.hears(`{"id":"1","type":"complete"}`)
	s.EnableWriteCompression(true)
	s.say(`{"type":"ping","payload":{"x":"` + strings.Repeat("x", 20<<20) + `"}}`)
	s.ends(1009, "A message may have at most 1048576 bytes.")
}
