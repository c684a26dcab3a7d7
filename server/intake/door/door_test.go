package door_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/ent/account"
	"github.com/partage-mail/partage/ent/lead"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/intake/door"
	"github.com/partage-mail/partage/server/library"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
	"github.com/partage-mail/partage/server/team"
)

// said is an answer.
type said struct {
	status int
	header http.Header
	body   string
}

// ask makes a request; headers come in pairs.
func (h *house) ask(tb testing.TB, method, path, body string, headers ...string) said {
	tb.Helper()
	r, err := http.NewRequestWithContext(tb.Context(), method, h.URL+path, strings.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		tb.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return said{response.StatusCode, response.Header, string(text)}
}

// post sends JSON to the campaign's form.
func (h *house) post(tb testing.TB, body string, headers ...string) said {
	tb.Helper()
	return h.ask(tb, http.MethodPost, "/leads/"+h.key, body, append([]string{"Content-Type", "application/json"}, headers...)...)
}

// form sends a form.
func (h *house) form(tb testing.TB, body string, headers ...string) said {
	tb.Helper()
	return h.ask(tb, http.MethodPost, "/leads/"+h.key, body, append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
}

// stored returns the leads of the campaign, in the order in which they came.
func (h *house) stored(tb testing.TB) []*ent.Lead {
	tb.Helper()
	all, err := h.App.Store.Client().Lead.Query().Where(lead.CampaignID(h.campaign)).Order(lead.ByID()).All(h.System)
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

func TestDoor(t *testing.T) {
	t.Parallel()
	servertest.Each(t, func(t *testing.T, s *servertest.Server) {
		t.Run("keeps what a form or an integration sends", func(t *testing.T) {
			h := newHouse(t, s)
			h.people(t, 1)
			for _, c := range []struct{ kind, body, email, name, phone, source, fields string }{
				{"application/json", ` { "email" : "a@example.com" , "name":"Ann", "phone":null, "n" : 1.50, "ok":true, "list": [1, "x"] , "none":null, "o":{"a" : 1} } `,
					"a@example.com", "Ann", "", "", `{"list":"[1,\"x\"]","n":"1.50","o":"{\"a\":1}","ok":"true"}`},
				{"application/json; charset=UTF-8", `{"first_name":"Ann","last_name":" Lee ","source":"fair","Email":"x"}`, "", "Ann Lee", "", "fair", `{"Email":"x"}`},
				{"application/x-www-form-urlencoded", "email=a%2Bb%40example.com&name=%C3%89lo&day=mon&day=tue&message=a%0D%0Ab&empty=", "a+b@example.com", "Élo", "", "", `{"day":"mon, tue","message":"a\nb"}`},
				{"application/x-www-form-urlencoded;charset=utf-8", "phone=%2B33+6&first_name=Bob", "", "Bob", "+33 6", "", `{}`},
			} {
				a := h.ask(t, http.MethodPost, "/leads/"+h.key, c.body, "Content-Type", c.kind)
				all := h.stored(t)
				l := all[len(all)-1]
				if want := fmt.Sprintf(`{"id":"lead_%s"}`+"\n", l.ID); a.status != http.StatusCreated || a.body != want {
					t.Errorf("%d %s instead of %s", a.status, a.body, want)
				}
				if l.Email != c.email || l.Name != c.name || l.Phone != c.phone || l.Source != c.source || l.Fields != c.fields || l.AssigneeID == nil {
					t.Errorf("%s is stored as %+v", c.body, l)
				}
			}
		})
		t.Run("takes a lead once", func(t *testing.T) {
			h := newHouse(t, s)
			first := h.post(t, `{"name":"Ann","x":"1"}`, "Idempotency-Key", "k1")
			for _, again := range []said{
				h.post(t, `{"x":"1","name":"Ann"}`, "Idempotency-Key", "k1"),
				h.post(t, `{"name":" Ann","x":1,"idempotency_key":"k1"}`),
				h.form(t, "x=1&name=Ann&idempotency_key=k1", "Idempotency-Key", "k1"),
			} {
				if first.status != http.StatusCreated || again.status != http.StatusOK || again.body != first.body {
					t.Errorf("%d %s, then %d %s", first.status, first.body, again.status, again.body)
				}
			}
			h.refused(t, h.post(t, `{"name":"Bob"}`, "Idempotency-Key", "k1"), http.StatusConflict, "CONFLICT", "")
			h.refused(t, h.post(t, `{"name":"Bob","idempotency_key":"a"}`, "Idempotency-Key", "b"), http.StatusUnprocessableEntity, "BAD_USER_INPUT", "idempotency_key")
			h.refused(t, h.post(t, `{"name":"Bob"}`, "Idempotency-Key", strings.Repeat("x", 101)), http.StatusUnprocessableEntity, "BAD_USER_INPUT", "idempotency_key")
			if n := len(h.stored(t)); n != 1 {
				t.Errorf("%d leads", n)
			}
		})
		t.Run("refuses what is no lead, each with its status", func(t *testing.T) {
			h := newHouse(t, s)
			deep := strings.Repeat("[", 30_000)
			for _, c := range []struct {
				kind, body   string
				status       int
				code, field  string
				more, header string
			}{
				{"", `{"name":"x"}`, 415, "BAD_USER_INPUT", "", "", ""},
				{"text/plain", `{"name":"x"}`, 415, "BAD_USER_INPUT", "", "", ""},
				{"multipart/form-data; boundary=x", "--x--", 415, "BAD_USER_INPUT", "", "", ""},
				{"application/json; charset=latin1", `{"name":"x"}`, 415, "BAD_USER_INPUT", "", "", ""},
				{"application/json", `{"name":"x"}`, 415, "BAD_USER_INPUT", "", "Content-Encoding", "gzip"},
				{"application/json", `{"name":"` + strings.Repeat("x", 64<<10) + `"}`, 413, "BAD_USER_INPUT", "", "", ""},
				{"application/json", ``, 422, "BAD_USER_INPUT", "", "", ""},
				{"application/json", `[]`, 422, "BAD_USER_INPUT", "", "", ""},
				{"application/json", `null`, 422, "BAD_USER_INPUT", "", "", ""},
				{"application/json", `{"name":"x"`, 422, "BAD_USER_INPUT", "", "", ""},
				{"application/json", `{"name":"x"}{}`, 422, "BAD_USER_INPUT", "", "", ""},
				{"application/json", `{"name":"x",}`, 422, "BAD_USER_INPUT", "", "", ""},
				{"application/json", `{"name":"x","a":` + deep, 422, "BAD_USER_INPUT", "", "", ""},
				{"application/json", `{"a":` + deep + strings.Repeat("]", 30_000) + `}`, 422, "BAD_USER_INPUT", "", "", ""},
				{"application/json", "{\"name\":\"\xff\"}", 422, "BAD_USER_INPUT", "", "", ""},
				{"application/json", `{"name":"x","name":"y"}`, 422, "BAD_USER_INPUT", "name", "", ""},
				{"application/json", `{"":"x","name":"y"}`, 422, "BAD_USER_INPUT", "fields", "", ""},
				{"application/json", `{}`, 422, "BAD_USER_INPUT", "email", "", ""},
				{"application/json", `{"email":"nobody"}`, 422, "BAD_USER_INPUT", "email", "", ""},
				{"application/json", `{"email":{"a":1}}`, 422, "BAD_USER_INPUT", "email", "", ""},
				{"application/json", `{"name":"` + strings.Repeat("x", 201) + `"}`, 422, "BAD_USER_INPUT", "name", "", ""},
				{"application/json", `{"name":"x","a":"` + strings.Repeat("x", 5001) + `"}`, 422, "BAD_USER_INPUT", "a", "", ""},
				{"application/x-www-form-urlencoded", "name=x" + strings.Repeat("&a", 20_000), 422, "BAD_USER_INPUT", "", "", ""},
				{"application/x-www-form-urlencoded", "name=%zz", 422, "BAD_USER_INPUT", "", "", ""},
				{"application/x-www-form-urlencoded", "name=%ff", 422, "BAD_USER_INPUT", "name", "", ""},
				{"application/x-www-form-urlencoded", "name=x&%ff=1", 422, "BAD_USER_INPUT", "", "", ""},
				{"application/x-www-form-urlencoded", "name=x" + strings.Repeat("&a", 9_000), 201, "", "", "", ""},
			} {
				headers := []string{"Content-Type", c.kind}
				if c.more != "" {
					headers = append(headers, c.more, c.header)
				}
				a := h.ask(t, http.MethodPost, "/leads/"+h.key, c.body, headers...)
				if c.status == 201 {
					if a.status != 201 {
						t.Errorf("%.60s is answered %d %s", c.body, a.status, a.body)
					}
					continue
				}
				h.refused(t, a, c.status, c.code, c.field)
			}
			if n := len(h.stored(t)); n != 1 {
				t.Errorf("%d leads", n)
			}
		})
		t.Run("knows no other key, and tells nothing of it", func(t *testing.T) {
			h := newHouse(t, s)
			old := h.key
			h.newKey(t)
			gone := newHouse(t, s)
			if err := library.New(gone.Account.Feed).Delete(gone.Owner, gone.campaign); err != nil {
				t.Fatal(err)
			}
			first := h.ask(t, http.MethodPost, "/leads/nothing", `{"name":"x"}`, "Content-Type", "application/json")
			h.refused(t, first, http.StatusNotFound, "NOT_FOUND", "")
			for _, path := range []string{"/leads/", "/leads/" + old, "/leads/" + gone.key, "/leads/" + h.key + "/x", "/leads/plk_" + strings.Repeat("A", 43), "/leads/%2e%2e"} {
				for _, method := range []string{http.MethodPost, http.MethodOptions} {
					a := h.ask(t, method, path, `{"name":"x"}`, "Content-Type", "application/json", "Origin", "https://evil.example", "Access-Control-Request-Method", "POST")
					if a.status != http.StatusNotFound || a.body != first.body || a.header.Get("Access-Control-Allow-Origin") != "" {
						t.Errorf("%s %s is answered %d %s", method, path, a.status, a.body)
					}
				}
			}
			a := h.ask(t, http.MethodGet, "/leads/"+h.key, "")
			if h.refused(t, a, http.StatusMethodNotAllowed, "BAD_USER_INPUT", ""); a.header.Get("Allow") != "OPTIONS, POST" {
				t.Errorf("allows %s", a.header.Get("Allow"))
			}
			if len(h.stored(t))+len(gone.stored(t)) > 0 {
				t.Error("a lead came in")
			}
		})
		t.Run("lets pages of the form's origins post", func(t *testing.T) {
			h := newHouse(t, s)
			const page, evil = "https://www.example.com", "https://evil.example"
			if a := h.post(t, `{"name":"x"}`, "Origin", evil, "Sec-Fetch-Site", "cross-site"); a.status != 201 || a.header.Get("Access-Control-Allow-Origin") != evil {
				t.Errorf("without origins, %d %s", a.status, a.body)
			}
			if err := h.Intake.SetOrigins(h.Owner, h.campaign, []string{page + "/", "HTTPS://shop.example.com:443"}); err != nil {
				t.Fatal(err)
			}
			for _, origin := range []string{page, "https://shop.example.com"} {
				a := h.ask(t, http.MethodOptions, "/leads/"+h.key, "", "Origin", origin, "Access-Control-Request-Method", "POST")
				if a.status != 204 || a.header.Get("Access-Control-Allow-Origin") != origin || a.header.Get("Access-Control-Allow-Methods") != "POST" ||
					!strings.Contains(a.header.Get("Access-Control-Allow-Headers"), "Idempotency-Key") || !strings.Contains(strings.Join(a.header.Values("Vary"), " "), "Origin") {
					t.Errorf("%d %v", a.status, a.header)
				}
				a = h.post(t, `{"name":"x"}`, "Origin", origin)
				if a.status != 201 || a.header.Get("Access-Control-Allow-Origin") != origin || a.header.Get("Access-Control-Allow-Credentials") != "" {
					t.Errorf("%d %v", a.status, a.header)
				}
				if a := h.post(t, `{}`, "Origin", origin); a.status != 422 || a.header.Get("Access-Control-Allow-Origin") != origin {
					t.Errorf("a page cannot read %d %v", a.status, a.header)
				}
			}
			for _, origin := range []string{evil, "null", "", page + ".evil.example", page + ":8443", "http://www.example.com"} {
				for _, a := range []said{h.post(t, `{"name":"x"}`, "Origin", origin), h.ask(t, http.MethodOptions, "/leads/"+h.key, "", "Origin", origin)} {
					if h.refused(t, a, http.StatusForbidden, "FORBIDDEN", ""); a.header.Get("Access-Control-Allow-Origin") != "" {
						t.Errorf("%q may read", origin)
					}
				}
			}
			h.refused(t, h.post(t, `{"name":"x"}`, "Origin", page, "Origin", evil), http.StatusForbidden, "FORBIDDEN", "")
			if a := h.post(t, `{"name":"x"}`); a.status != 201 {
				t.Errorf("an integration is answered %d %s", a.status, a.body)
			}
			if n := len(h.stored(t)); n != 4 {
				t.Errorf("%d leads", n)
			}
		})
		t.Run("shows a person a page in the account's language", func(t *testing.T) {
			h := newHouse(t, s)
			html := []string{"Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "Sec-Fetch-Site", "cross-site"}
			expect := func(a said, status int, lang, words string) {
				t.Helper()
				if a.status != status || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") || !strings.Contains(a.body, `<html lang="`+lang+`">`) ||
					!strings.Contains(a.body, words) || strings.Contains(a.body, "<script") || !strings.Contains(a.header.Get("Content-Security-Policy"), "default-src 'none'") {
					t.Errorf("%d %v\n%s", a.status, a.header, a.body)
				}
			}
			expect(h.form(t, "name=Ann", html...), 201, "en", "<h1>Thank you</h1>")
			expect(h.form(t, "email=%3Cscript%3E", html...), 422, "en", "&lt;script&gt;")
			h.french(t)
			expect(h.form(t, "name=Ann&idempotency_key=1", html...), 201, "fr", "<h1>Merci</h1>")
			expect(h.form(t, "name=Ann&idempotency_key=1", html...), 200, "fr", "<h1>Merci</h1>")
			expect(h.form(t, "phone="+strings.Repeat("1", 101), html...), 422, "fr", "Téléphone\u00a0:")
			if a := h.post(t, `{"name":"x"}`, html...); !strings.HasPrefix(a.body, `{"id":`) {
				t.Errorf("a script is answered %s", a.body)
			}
		})
	})
}

// refused fails the test unless an answer is a refusal with a sentence.
func (h *house) refused(tb testing.TB, a said, status int, code, field string) {
	tb.Helper()
	var body struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code, Field string }
		}
	}
	if err := json.Unmarshal([]byte(a.body), &body); err != nil || len(body.Errors) != 1 {
		tb.Errorf("answered %d %s", a.status, a.body)
		return
	}
	e := body.Errors[0]
	if a.status != status || e.Extensions.Code != code || e.Extensions.Field != field || e.Message == "" || strings.Contains(a.body, h.key) {
		tb.Errorf("answered %d %s instead of %d %s on %q", a.status, a.body, status, code, field)
	}
}

// TestLimits holds that too much from one address, or for one form, is told when to come back.
func TestLimits(t *testing.T) {
	t.Parallel()
	for name, limits := range map[string]door.Config{
		"of a form":     {PerForm: door.Rate{PerSecond: .01, Burst: 3}},
		"of an address": {PerAddress: door.Rate{PerSecond: .01, Burst: 3}},
	} {
		t.Run(name, func(t *testing.T) {
			var log logged
			s := servertest.Start(t, storetest.Config(t, dialect.SQLite), func(c *app.Config) {
				c.Leads = limits
				c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			})
			h := newHouse(t, s)
			for range 3 {
				if a := h.post(t, `{"name":"x"}`); a.status != 201 {
					t.Errorf("%d %s", a.status, a.body)
				}
			}
			a := h.post(t, `{"name":"x"}`)
			if h.refused(t, a, http.StatusTooManyRequests, "RATE_LIMITED", ""); a.header.Get("Retry-After") != "100" && a.header.Get("Retry-After") != "99" {
				t.Errorf("come back after %s", a.header.Get("Retry-After"))
			}
			other := newHouse(t, s)
			if a := other.post(t, `{"name":"x"}`); (a.status == 201) != (name == "of a form") {
				t.Errorf("another form is answered %d %s", a.status, a.body)
			}
			if !strings.Contains(log.String(), "/leads/…") || strings.Contains(log.String(), h.key) {
				t.Errorf("the log has a key, or nothing:\n%s", log.String())
			}
		})
	}
}

// logged is what a server logs.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps a line.
func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String is all of it.
func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// french makes the account's language French; the server learns of it within a second, and here at once by a new key.
func (h *house) french(tb testing.TB) {
	tb.Helper()
	err := h.App.Team.ChangeAccount(h.Owner, team.Settings{Locale: new(account.LocaleFr)})
	if err != nil {
		tb.Fatal(err)
	}
	h.newKey(tb)
}
