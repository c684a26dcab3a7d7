package httpd_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/partage-mail/partage/server/caller"
	"github.com/partage-mail/partage/server/httpd"
)

func TestIdentity(t *testing.T) {
	h := setup(t)
	const header = httpd.PreflightHeader
	for name, test := range map[string]struct {
		headers []string
		status  int
		answer  string // the data or the error
	}{
		"a bearer":                     {[]string{"Authorization", "Bearer anna"}, 200, `{"data":{"me":"anna from 127.0.0.1"}}`},
		"a cookie":                     {[]string{"Cookie", "partage_session=anna", header, "dashboard"}, 200, `{"data":{"me":"anna from 127.0.0.1"}}`},
		"a bearer before a cookie":     {[]string{"Authorization", "Bearer anna", "Cookie", "partage_session=gone"}, 200, `{"data":{"me":"anna from 127.0.0.1"}}`},
		"a cookie without the header":  {[]string{"Cookie", "partage_session=anna"}, 400, "BAD_USER_INPUT A request without an Authorization header needs the header Partage-Client, with any value."},
		"nobody without the header":    {nil, 400, "BAD_USER_INPUT A request without an Authorization header needs the header Partage-Client, with any value."},
		"nobody":                       {[]string{header, "x"}, 200, "UNAUTHENTICATED Sign in first."},
		"an ended session":             {[]string{"Authorization", "Bearer gone"}, 200, "UNAUTHENTICATED The session has ended."},
		"an ended session by cookie":   {[]string{"Cookie", "partage_session=gone", header, "x"}, 200, "UNAUTHENTICATED The session has ended."},
		"another scheme":               {[]string{"Authorization", "Basic YTpi"}, 400, `BAD_USER_INPUT The authorization must read "Bearer", one space and the session's token.`},
		"another scheme with a cookie": {[]string{"Authorization", "Basic YTpi", "Cookie", "partage_session=anna", header, "x"}, 400, `BAD_USER_INPUT The authorization must read "Bearer", one space and the session's token.`},
		"an empty header":              {[]string{"Authorization", ""}, 400, `BAD_USER_INPUT The authorization must read "Bearer", one space and the session's token.`},
		"two headers":                  {[]string{"Authorization", "Bearer anna", "Authorization", "Bearer gone"}, 400, "BAD_USER_INPUT There is more than one Authorization header."},
		"a database that is away":      {[]string{"Authorization", "Bearer broken"}, 500, "INTERNAL"},
	} {
		t.Run(name, func(t *testing.T) {
			r := h.ask(test.headers...)
			answer := r.body
			if code := r.code(); code != "" {
				answer = code
			}
			if r.status != test.status || !strings.HasPrefix(answer, test.answer) {
				t.Errorf("got %d %q", r.status, answer)
			}
			if r.header.Get("X-Request-Id") == "" || r.header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("header is %v", r.header)
			}
		})
	}
	if !strings.Contains(h.log.String(), "the database is away") {
		t.Errorf("the log does not say what was wrong: %s", h.log)
	}
	if strings.Contains(h.log.String(), "anna") {
		t.Errorf("the log tells a token: %s", h.log)
	}
}

func TestCookie(t *testing.T) {
	h := setup(t)
	r := h.do("POST", "/graphql", `{"query":"mutation { logIn }"}`, "Content-Type", "application/json", httpd.PreflightHeader, "x")
	cookie := r.header.Get("Set-Cookie")
	if r.body != `{"data":{"logIn":"welcome"}}` || !strings.HasPrefix(cookie, "partage_session=fresh; Path=/; Expires=") || !strings.HasSuffix(cookie, "; HttpOnly; SameSite=Lax") {
		t.Errorf("got %s with %q", r.body, cookie)
	}
}

// TestOrigins lists what pages of several origins try with a cookie that the browser sends along.
func TestOrigins(t *testing.T) {
	h := setup(t)
	for name, test := range map[string]struct {
		headers []string
		status  int
		allowed string
	}{
		"no page":                   {nil, 200, ""},
		"a page of ours":            {[]string{"Origin", h.url}, 200, ""},
		"a page of ours, by name":   {[]string{"Origin", h.url, "Sec-Fetch-Site", "same-origin"}, 200, ""},
		"a page that is allowed":    {[]string{"Origin", "https://app.example", "Sec-Fetch-Site", "cross-site"}, 200, "https://app.example"},
		"an evil page":              {[]string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, 403, ""},
		"an evil page, old browser": {[]string{"Origin", "https://evil.example"}, 403, ""},
		"a page of the same site":   {[]string{"Origin", "http://evil.127.0.0.1", "Sec-Fetch-Site", "same-site"}, 403, ""},
		"a page without an origin":  {[]string{"Origin", "null"}, 403, ""},
		"the allowed one over http": {[]string{"Origin", "http://app.example"}, 403, ""},
		"one that begins alike":     {[]string{"Origin", "https://app.example.evil"}, 403, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := h.ask(append([]string{"Cookie", "partage_session=anna", httpd.PreflightHeader, "x"}, test.headers...)...)
			if r.status != test.status || r.header.Get("Access-Control-Allow-Origin") != test.allowed {
				t.Errorf("got %d %s, allowed %q", r.status, r.body, r.header.Get("Access-Control-Allow-Origin"))
			}
			if test.status == 403 && r.code() != "FORBIDDEN Pages of another origin may not do this." {
				t.Errorf("got %s", r.body)
			}
		})
	}
}

func TestPreflight(t *testing.T) {
	h := setup(t)
	ask := []string{"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "partage-client"}
	r := h.do("OPTIONS", "/graphql", "", append(ask, "Origin", "https://app.example")...)
	if r.status != 204 || r.header.Get("Access-Control-Allow-Origin") != "https://app.example" ||
		!strings.Contains(r.header.Get("Access-Control-Allow-Headers"), httpd.PreflightHeader) || r.header.Get("Access-Control-Allow-Credentials") != "true" {
		t.Errorf("an allowed page: %d %v", r.status, r.header)
	}
	for _, origin := range []string{"https://evil.example", "null", h.url} {
		r := h.do("OPTIONS", "/graphql", "", append(ask, "Origin", origin)...)
		if r.status != 405 || r.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %d %v", origin, r.status, r.header)
		}
	}
}

func TestParseOrigins(t *testing.T) {
	for _, bad := range []string{"", "*", "app.example", "https://", "https://app.example/", "https://APP.example", "https://a.example https://b.example", "ftp://app.example", "null", "https://u@app.example"} {
		if _, err := httpd.ParseOrigins([]string{bad}); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	if _, err := httpd.ParseOrigins([]string{"http://localhost:5173", "https://app.example"}); err != nil {
		t.Error(err)
	}
}

func TestRoutes(t *testing.T) {
	pages := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "page "+r.URL.Path) })
	synced := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		_, _ = io.WriteString(w, "rows for "+r.Context().Value(sessionKey{}).(string)+" "+string(body))
	})
	full := setup(t, func(c *httpd.Config) { c.Pages, c.Sync, c.Upload, c.Export = pages, synced, synced, synced })
	bare := setup(t)
	bearer := []string{"Authorization", "Bearer anna"}
	for name, test := range map[string]struct {
		house        *house
		method, path string
		headers      []string
		status       int
		answer       string
	}{
		"a page":                            {full, "GET", "/x/y", nil, 200, "page /x/y"},
		"a page with an odd header":         {full, "GET", "/", []string{"Authorization", "Basic x"}, 200, "page /"},
		"no pages":                          {bare, "GET", "/", nil, 404, "NOT_FOUND There is nothing at this address."},
		"an unknown path":                   {bare, "POST", "/graphiql", nil, 404, "NOT_FOUND There is nothing at this address."},
		"a path below graphql":              {bare, "POST", "/graphql/x", nil, 404, "NOT_FOUND There is nothing at this address."},
		"graphql by GET":                    {bare, "GET", "/graphql?query={me}", bearer, 405, "BAD_USER_INPUT GraphQL is spoken by POST here, and by WebSocket."},
		"rows":                              {full, "GET", "/sync/rows/1", bearer, 200, "rows for anna "},
		"rows by cookie":                    {full, "GET", "/sync/rows/1", []string{"Cookie", "partage_session=anna"}, 200, "rows for anna "},
		"rows for nobody":                   {full, "GET", "/sync/rows/1", nil, 401, "UNAUTHENTICATED Sign in first."},
		"rows after the session":            {full, "GET", "/sync/rows/1", []string{"Authorization", "Bearer gone"}, 401, "UNAUTHENTICATED The session has ended."},
		"no rows":                           {bare, "GET", "/sync/rows/1", bearer, 404, "NOT_FOUND There is nothing at this address."},
		"an upload":                         {full, "POST", "/upload/1", bearer, 200, "rows for anna a,b"},
		"an upload by cookie":               {full, "POST", "/upload/1", []string{"Cookie", "partage_session=anna", httpd.PreflightHeader, "x"}, 200, "rows for anna a,b"},
		"an upload by cookie, no header":    {full, "POST", "/upload/1", []string{"Cookie", "partage_session=anna"}, 400, "BAD_USER_INPUT A request without an Authorization header needs the header Partage-Client, with any value."},
		"an upload from an evil page":       {full, "POST", "/upload/1", append(bearer, "Origin", "https://evil.example"), 403, "FORBIDDEN Pages of another origin may not do this."},
		"an export":                         {full, "GET", "/export/1", bearer, 200, "rows for anna "},
		"an export by cookie":               {full, "GET", "/export/1", []string{"Cookie", "partage_session=anna"}, 200, "rows for anna "},
		"an export by a link of ours":       {full, "GET", "/export/1", []string{"Cookie", "partage_session=anna", "Sec-Fetch-Site", "same-origin"}, 200, "rows for anna "},
		"an export by its address":          {full, "GET", "/export/1", []string{"Cookie", "partage_session=anna", "Sec-Fetch-Site", "none"}, 200, "rows for anna "},
		"an export by an evil link":         {full, "GET", "/export/1", []string{"Cookie", "partage_session=anna", "Sec-Fetch-Site", "cross-site"}, 403, "FORBIDDEN Pages of another origin may not do this."},
		"an export by a neighbour's link":   {full, "GET", "/export/1", []string{"Cookie", "partage_session=anna", "Sec-Fetch-Site", "same-site"}, 403, "FORBIDDEN Pages of another origin may not do this."},
		"an export by an evil script":       {full, "GET", "/export/1", append(bearer, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"), 403, "FORBIDDEN Pages of another origin may not do this."},
		"an export by a friendly script":    {full, "GET", "/export/1", append(bearer, "Sec-Fetch-Site", "cross-site", "Origin", "https://app.example"), 200, "rows for anna "},
		"an export for nobody":              {full, "GET", "/export/1", nil, 401, "UNAUTHENTICATED Sign in first."},
		"no exports":                        {bare, "GET", "/export/1", bearer, 404, "NOT_FOUND There is nothing at this address."},
		"life":                              {bare, "GET", "/healthz", nil, 200, "ok\n"},
		"readiness":                         {bare, "GET", "/readyz", nil, 200, "ok\n"},
		"metrics":                           {bare, "GET", "/metrics", nil, 200, "# HELP"},
		"metrics through a proxy":           {bare, "GET", "/metrics", []string{"X-Forwarded-For", "127.0.0.1"}, 404, "NOT_FOUND There is nothing at this address."},
		"metrics by a name of someone else": {bare, "GET", "/metrics", []string{"Host", "evil.example"}, 404, "NOT_FOUND There is nothing at this address."},
	} {
		t.Run(name, func(t *testing.T) {
			body := ""
			if test.method == "POST" {
				body = "a,b"
			}
			r := test.house.do(test.method, test.path, body, test.headers...)
			answer := r.body
			if code := r.code(); code != "" {
				answer = code
			}
			if r.status != test.status || answer != test.answer && !(strings.HasPrefix(test.answer, "#") && strings.HasPrefix(answer, test.answer)) {
				t.Errorf("got %d %.200q", r.status, answer)
			}
			for _, header := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"} {
				if r.header.Get(header) == "" {
					t.Errorf("%s is missing", header)
				}
			}
			if test.status == 401 && r.header.Get("WWW-Authenticate") != "Bearer" {
				t.Error("WWW-Authenticate is missing")
			}
		})
	}
}

func TestReady(t *testing.T) {
	h := setup(t, func(c *httpd.Config) {
		c.Ready = func(context.Context) error { return errors.New("dial tcp 10.0.0.1: refused") }
	})
	if r := h.do("GET", "/readyz", ""); r.status != 503 || r.code() != "UNAVAILABLE The server is not ready." {
		t.Errorf("got %d %s", r.status, r.body)
	}
	if r := h.do("GET", "/healthz", ""); r.status != 200 {
		t.Errorf("it is not alive: %d", r.status)
	}
	if !strings.Contains(h.log.String(), "10.0.0.1: refused") {
		t.Errorf("the log does not say why: %s", h.log)
	}
}

func TestAddress(t *testing.T) {
	proxied := setup(t, func(c *httpd.Config) {
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}
	})
	direct := setup(t)
	for name, test := range map[string]struct {
		house     *house
		forwarded []string
		want      string
	}{
		"nobody forwards":                {proxied, nil, "127.0.0.1"},
		"one proxy":                      {proxied, []string{"192.0.2.7"}, "192.0.2.7"},
		"two proxies":                    {proxied, []string{"192.0.2.7, 10.1.2.3"}, "192.0.2.7"},
		"two headers":                    {proxied, []string{"192.0.2.7", "10.1.2.3"}, "192.0.2.7"},
		"what the caller says of itself": {proxied, []string{"1.2.3.4, 192.0.2.7"}, "192.0.2.7"},
		"an IPv6 caller":                 {proxied, []string{"2001:db8::1"}, "2001:db8::1"},
		"an IPv4 caller as IPv6":         {proxied, []string{"::ffff:192.0.2.7"}, "192.0.2.7"},
		"nonsense":                       {proxied, []string{"192.0.2.7, unknown"}, "127.0.0.1"},
		"proxies alone":                  {proxied, []string{"10.0.0.1, 10.0.0.2"}, "10.0.0.1"},
		"a proxy that is not trusted":    {direct, []string{"192.0.2.7"}, "127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			headers := []string{"Authorization", "Bearer anna"}
			for _, f := range test.forwarded {
				headers = append(headers, "X-Forwarded-For", f)
			}
			if r := test.house.ask(headers...); r.body != `{"data":{"me":"anna from `+test.want+`"}}` {
				t.Errorf("got %s", r.body)
			}
		})
	}
	t.Run("https at the proxy", func(t *testing.T) {
		for house, secure := range map[*house]bool{proxied: true, direct: false} {
			r := house.do("POST", "/graphql", `{"query":"mutation { logIn }"}`, "Content-Type", "application/json", httpd.PreflightHeader, "x", "X-Forwarded-Proto", "https")
			if got := strings.Contains(r.header.Get("Set-Cookie"), "Secure"); got != secure {
				t.Errorf("the cookie is %q", r.header.Get("Set-Cookie"))
			}
		}
	})
}

func TestLoopbackOnly(t *testing.T) {
	show := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	handler := httpd.LoopbackOnly(show, http.NotFoundHandler())
	for name, test := range map[string]struct {
		remote, host, header string
		shown                bool
	}{
		"this machine":                  {"127.0.0.1:5000", "127.0.0.1:8080", "", true},
		"this machine by name":          {"127.0.0.1:5000", "localhost:8080", "", true},
		"this machine by name, no port": {"127.9.9.9:5000", "LOCALHOST", "", true},
		"this machine by IPv6":          {"[::1]:5000", "[::1]:8080", "", true},
		"this machine by IPv6, no port": {"[::1]:5000", "[::1]", "", true},
		"IPv4 as IPv6":                  {"[::ffff:127.0.0.1]:5000", "localhost", "", true},
		"another machine":               {"192.0.2.7:5000", "localhost:8080", "", false},
		"another machine by IPv6":       {"[2001:db8::1]:5000", "localhost:8080", "", false},
		"a name that was rebound":       {"127.0.0.1:5000", "evil.example:8080", "", false},
		"a name that begins alike":      {"127.0.0.1:5000", "localhost.evil.example", "", false},
		"an address that begins alike":  {"127.0.0.1:5000", "127.0.0.1.evil.example", "", false},
		"no host":                       {"127.0.0.1:5000", "", "", false},
		"a proxy":                       {"127.0.0.1:5000", "localhost:8080", "X-Forwarded-For", false},
		"a proxy of the standard":       {"127.0.0.1:5000", "localhost:8080", "Forwarded", false},
		"a proxy that names the host":   {"127.0.0.1:5000", "localhost:8080", "X-Forwarded-Host", false},
		"a proxy that signs":            {"127.0.0.1:5000", "localhost:8080", "Via", false},
		"another proxy":                 {"127.0.0.1:5000", "localhost:8080", "X-Real-IP", false},
		"a socket without address":      {"@", "localhost:8080", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptestRequest(test.remote, test.host)
			if test.header != "" {
				r.Header.Set(test.header, "127.0.0.1")
			}
			w := &statusWriter{header: http.Header{}}
			handler.ServeHTTP(w, r)
			if (w.status == 204) != test.shown {
				t.Errorf("got %d", w.status)
			}
		})
	}
}

func httptestRequest(remote, host string) *http.Request {
	r, _ := http.NewRequest("GET", "/", nil)
	r.RemoteAddr, r.Host = remote, host
	return r
}

type statusWriter struct {
	header http.Header
	status int
}

func (w *statusWriter) Header() http.Header         { return w.header }
func (w *statusWriter) WriteHeader(status int)      { w.status = status }
func (w *statusWriter) Write(p []byte) (int, error) { return len(p), nil }

func TestPanic(t *testing.T) {
	h := setup(t, func(c *httpd.Config) {
		c.Pages = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/late" {
				_, _ = io.WriteString(w, strings.Repeat("x", 10_000))
			}
			panic("secret")
		})
	})
	r := h.do("GET", "/", "")
	if r.status != 500 || !strings.HasPrefix(r.code(), "INTERNAL") || strings.Contains(r.body, "secret") {
		t.Errorf("got %d %s", r.status, r.body)
	}
	if response, err := http.Get(h.url + "/late"); err == nil {
		if _, err = io.ReadAll(response.Body); err == nil {
			t.Error("half an answer was taken for a whole one")
		}
		response.Body.Close()
	}
	if strings.Count(h.log.String(), "secret") != 2 {
		t.Errorf("the log is %s", h.log)
	}
}

func TestWebSocket(t *testing.T) {
	h := setup(t)
	dial := func(header http.Header) (*websocket.Conn, *http.Response, error) {
		d := websocket.Dialer{Subprotocols: []string{"graphql-transport-ws"}}
		return d.Dial("ws"+strings.TrimPrefix(h.url, "http")+"/graphql", header)
	}
	for origin, status := range map[string]int{"": 101, h.url: 101, "https://app.example": 101, "https://evil.example": 403, "null": 403} {
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		ws, response, err := dial(header)
		if response == nil || response.StatusCode != status {
			t.Errorf("%s: %v %v", origin, response, err)
		}
		if ws != nil {
			ws.Close()
		}
	}
	ws, _, err := dial(http.Header{"Cookie": {caller.SessionCookie + "=anna"}})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	for _, m := range []string{`{"type":"connection_init"}`, `{"id":"1","type":"subscribe","payload":{"query":"subscription { tick }"}}`, `{"id":"2","type":"subscribe","payload":{"query":"{ me }"}}`} {
		if err := ws.WriteMessage(websocket.TextMessage, []byte(m)); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{`{"type":"connection_ack"}`, `{"id":"2","type":"next","payload":{"data":{"me":"anna from 127.0.0.1"}}}`, `{"id":"2","type":"complete"}`} {
		if _, got, err := ws.ReadMessage(); err != nil || string(got) != want {
			t.Fatalf("heard %s, %v", got, err)
		}
	}
	stopped := make(chan error, 1)
	go func() { stopped <- h.stop() }()
	if _, _, err := ws.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
		t.Errorf("the server stops: %v", err)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestMetrics(t *testing.T) {
	h := setup(t)
	h.ask("Authorization", "Bearer anna")
	h.ask("Authorization", "Bearer gone")
	h.do("GET", "/nowhere", "")
	text := h.do("GET", "/metrics", "").body
	for _, want := range []string{
		`partage_http_requests_total{route="graphql",status="200"} 2`, `partage_http_requests_total{route="pages",status="404"} 1`,
		`partage_http_request_seconds_count{route="graphql"} 2`, "go_goroutines",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s in\n%s", want, text)
		}
	}
}
