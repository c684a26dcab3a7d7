package graph_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/servertest/scenario"
)

// TestBadRequests lists requests past GraphQL's variables that were tried against a whole server.
func TestBadRequests(t *testing.T) {
	eachBadInput(t, func(t *testing.T, b *badInput) {
		bruno, nobody := b.world.As(b.world.Person("bruno")).Token, ""
		for what, try := range map[string]struct{ token, method, path, body, answer string }{
			"introspection by nobody":    {nobody, "POST", "/graphql", `{"query":"{ __schema { types { name } } }"}`, "200 UNAUTHENTICATED Sign in first."},
			"a field that is not there":  {nobody, "POST", "/graphql", `{"query":"{ secrets { id } }"}`, "200 UNAUTHENTICATED Sign in first."},
			"two mutations by nobody":    {nobody, "POST", "/graphql", `{"query":"mutation { logOut { ended } a: logOut { ended } }"}`, "200 UNAUTHENTICATED Sign in first."},
			"a token of nobody":          {"pts_" + strings.Repeat("A", 43), "POST", "/graphql", `{"query":"{ viewer { user { id } } }"}`, "200 UNAUTHENTICATED The session has ended. Sign in again."},
			"a query by GET":             {bruno, "GET", "/graphql?query={viewer{user{id}}}", ``, "405 BAD_USER_INPUT GraphQL is spoken by POST here, and by WebSocket."},
			"a subscription by POST":     {bruno, "POST", "/graphql", `{"query":"subscription { changed { workspace } }"}`, "200 BAD_USER_INPUT Subscriptions run over a WebSocket, with the subprotocol graphql-transport-ws."},
			"bulk rows by nobody":        {nobody, "GET", "/sync/rows/@customers", ``, "401 UNAUTHENTICATED Sign in first."},
			"no page of bulk rows":       {bruno, "GET", "/sync/rows/@customers?first=0", ``, "400 BAD_USER_INPUT A page has 1 to 5000 rows."},
			"a huge page of bulk rows":   {bruno, "GET", "/sync/rows/@customers?first=5001", ``, "400 BAD_USER_INPUT A page has 1 to 5000 rows."},
			"a page of words":            {bruno, "GET", "/sync/rows/@customers?first=many", ``, "400 BAD_USER_INPUT A page has 1 to 5000 rows."},
			"a poll from nowhere":        {bruno, "GET", "/sync/poll", ``, "400 BAD_USER_INPUT This is not a cursor of yours for this."},
			"an upload by nobody":        {nobody, "POST", "/upload/contacts/@customers", "email\na@example.com\n", "401 UNAUTHENTICATED Sign in first."},
			"an upload to look at":       {bruno, "POST", "/upload/contacts/@looked-at", "email\na@example.com\n", "403 FORBIDDEN You may look at this item and not change it."},
			"an upload of no addresses":  {bruno, "POST", "/upload/contacts/@customers", "a;b\n1;2\n", "400 BAD_USER_INPUT"},
			"an upload of nothing":       {bruno, "POST", "/upload/contacts/@customers", "", "400 BAD_USER_INPUT"},
			"a path that leads nowhere":  {bruno, "GET", "/sync/secrets", ``, "404 "},
			"a method that is not there": {bruno, "DELETE", "/sync/rows/@customers", ``, "405 "},
		} {
			t.Run(what, func(t *testing.T) {
				path, contentType := fmt.Sprint(b.resolve(try.path)), "application/json"
				if strings.HasPrefix(path, "/upload") {
					contentType = "text/csv"
				}
				status, _, body := b.server.As(try.token).Do(t, try.method, path, []byte(try.body), "Content-Type", contentType)
				if got := fmt.Sprint(status, " ", errorIn(t, body)); !strings.HasPrefix(got, try.answer) {
					t.Errorf("answered %q\ninstead of %q", got, try.answer)
				}
			})
		}
	})
}

// errorIn returns the only error of an answer in one line.
func errorIn(t *testing.T, body []byte) string {
	t.Helper()
	var answer struct{ Errors []servertest.Error }
	if err := json.Unmarshal(body, &answer); err != nil || len(answer.Errors) != 1 {
		return string(body)
	}
	return answer.Errors[0].String()
}

// TestBrokenConnections hangs up in all sorts of ways on a whole server, which tells what it can and keeps
// nothing: it still answers, and ends when it is asked to.
func TestBrokenConnections(t *testing.T) {
	eachBadInput(t, func(t *testing.T, b *badInput) {
		token := b.world.As(b.world.Person("bruno")).Token
		head := " /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n"
		post := "POST" + head + "Content-Type: application/json\r\n"
		socket := "GET" + head + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
		for what, try := range map[string]struct{ says, then, answer string }{
			"half a head":                    {post, "", "400 400 Bad Request"},
			"half a body":                    {post + "Content-Length: 100\r\n\r\n{\"query\":", "", "400 BAD_USER_INPUT The request's body did not arrive in full."},
			"half a chunk":                   {post + "Transfer-Encoding: chunked\r\n\r\n50\r\n{\"query\":", "", "400 BAD_USER_INPUT The request's body did not arrive in full."},
			"a socket and nothing":           {socket, "", "101"},
			"a socket and half a frame":      {socket, "\x81\xfe", "101"},
			"a socket and half a message":    {socket, "\x01\x82\x00\x00\x00\x00{}", "101"},
			"a socket and a frame in clear":  {socket, "\x81\x02{}", "101"},
			"a socket and a frame of 1 EB":   {socket, "\x81\xff\x0f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00", "101"},
			"a socket and reserved bits":     {socket, "\xf1\x80\x00\x00\x00\x00", "101"},
			"a socket and a close of 1 byte": {socket, "\x88\x81\x00\x00\x00\x00\x03", "101"},
		} {
			t.Run(what, func(t *testing.T) {
				if got := halfClosed(t, b.server.URL, try.says, try.then); got != try.answer {
					t.Errorf("answered %q\ninstead of %q", got, try.answer)
				}
			})
		}
		b.world.As(b.world.Person("bruno")).Must(t, `{ viewer { user { id } } }`, nil)
	})
}

// halfClosed says something over a connection and, if that made a WebSocket of it, something more; then it closes
// its own side, waits until the server has closed the other, and returns the status and error of the answer.
func halfClosed(t *testing.T, address, says, then string) string {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(time.Minute))
	hangUp := func() {
		if err := c.(*net.TCPConn).CloseWrite(); err != nil {
			t.Error(err)
		}
	}
	if _, err := io.WriteString(c, says); err != nil {
		t.Fatal(err)
	}
	socket := strings.Contains(says, "Upgrade")
	if !socket {
		hangUp()
	}
	r := bufio.NewReader(c)
	response, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatalf("reading the answer: %v", err)
	}
	defer response.Body.Close()
	if !socket {
		body, _ := io.ReadAll(response.Body)
		return fmt.Sprint(response.StatusCode, " ", errorIn(t, body))
	}
	if _, err := io.WriteString(c, then); err != nil {
		t.Fatal(err)
	}
	hangUp()
	if _, err := io.Copy(io.Discard, r); err != nil {
		t.Errorf("the WebSocket did not end: %v", err)
	}
	return fmt.Sprint(response.StatusCode)
}

// TestEndedSockets holds what happens to a live connection whose session ends or changes.
func TestEndedSockets(t *testing.T) {
	eachBadInput(t, func(t *testing.T, b *badInput) {
		for what, try := range map[string]struct {
			after  func(p *scenario.Person)
			closed string
		}{
			"its person is deactivated": {func(p *scenario.Person) { b.world.Do([]string{"then", p.Name, "is", "deactivated"}) }, "4401 The session has ended. Sign in again."},
			"its person becomes owner":  {func(p *scenario.Person) { b.world.Do([]string{"then", p.Name, "becomes", "owner"}) }, "1012 Your rights in this account have changed. Connect again."},
			"its person logs out":       {func(p *scenario.Person) { b.world.As(p).Must(t, `mutation { logOut { ended } }`, nil) }, "4401 The session has ended. Sign in again."},
		} {
			t.Run(what, func(t *testing.T) {
				b.world.Do(scenario.Words("account of-" + strings.ReplaceAll(what, " ", "-")))
				name := strings.ReplaceAll(what, " ", "-")
				b.world.Do([]string{"owner", "owner-" + name})
				b.world.Do([]string{"member", name})
				p := b.world.Person(name)
				ws := b.world.As(p).Open(t)
				ws.Subscribe("1", `subscription { changed { workspace } }`, nil)
				ws.Hear()
				try.after(p)
				if code, why := ws.Closed(); fmt.Sprint(code, " ", why) != try.closed {
					t.Errorf("closed with %d %q instead of %s", code, why, try.closed)
				}
			})
		}
		t.Run("a second init", func(t *testing.T) {
			ws := b.world.As(b.world.Person("bruno")).Open(t)
			ws.Say(vars{"type": "connection_init"})
			if code, why := ws.Closed(); code != 4429 {
				t.Errorf("closed with %d %q", code, why)
			}
		})
	})
}
