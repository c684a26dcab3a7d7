package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/partage-mail/partage/server/app"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/servertest"
	"github.com/partage-mail/partage/server/store/storetest"
)

// TestPages holds where people are led: to the dashboard, and to the outbox only who may read it.
func TestPages(t *testing.T) {
	t.Parallel()
	s := servertest.Start(t, storetest.Config(t, dialect.SQLite))
	// get returns a page, its status and its policy.
	get := func(t *testing.T, s *servertest.Server, path string, headers ...string) (int, string, string) {
		t.Helper()
		status, header, body := s.As("").Do(t, http.MethodGet, path, nil, headers...)
		return status, string(body), header.Get("Content-Security-Policy")
	}
	_, page, policy := get(t, s, "/")
	if !strings.Contains(page, `<script type="module"`) || !strings.Contains(policy, "script-src 'self'") {
		t.Fatalf("there is no dashboard at /, with the policy %q: %s", policy, page)
	}
	isOutbox := func(body string) bool { return strings.Contains(body, "/pages/style.css") }
	t.Run("the dashboard stands at every address that people are led to", func(t *testing.T) {
		for _, path := range []string{"/login", "/sign-up", "/forgot-password", "/reset-password", "/invitation", "/campaigns", "/nothing"} {
			if status, body, _ := get(t, s, path); status != 200 || body != page {
				t.Errorf("%s: %d %.200s", path, status, body)
			}
		}
	})
	t.Run("links in mails lead to its addresses, with the token where it looks for it", func(t *testing.T) {
		owner := s.As(signUp(t, s))
		for path, ask := range map[string]string{
			"/reset-password": `mutation { requestPasswordReset(input: {email: "ann@example.com"}) { errors { message } } }`,
			"/invitation":     `mutation { invite(input: {firstName: "Bob", lastName: "B", email: "bob@example.com"}) { errors { message } } }`,
		} {
			owner.Must(t, ask, nil)
			_, body, _ := get(t, s, "/outbox")
			if !regexp.MustCompile(`<a href="` + regexp.QuoteMeta(s.URL+path) + `#token=[\w-]{20,}">`).MatchString(body) {
				t.Errorf("no mail leads to %s: %s", path, body)
			}
		}
	})
	t.Run("the outbox is for this machine, with its own files and no script", func(t *testing.T) {
		status, body, policy := get(t, s, "/outbox")
		if status != 200 || !isOutbox(body) || strings.Contains(policy, "script-src") || !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("%d %q %.200s", status, policy, body)
		}
		if _, body, _ := get(t, s, "/outbox", "X-Forwarded-For", "192.0.2.1"); body != page {
			t.Errorf("who comes by a proxy reads %.200s", body)
		}
		status, body, _ = get(t, s, "/pages/style.css", "X-Forwarded-For", "192.0.2.1") // forms are answered with it, too
		if status != 200 || !strings.Contains(body, ".narrow {") || !strings.Contains(body, ".mail {") {
			t.Errorf("the style sheet: %d %.200s", status, body)
		}
	})
	t.Run("there is none where mails are sent, or people come from other machines", func(t *testing.T) {
		for name, change := range map[string]func(*app.Config){
			"sent":      func(c *app.Config) { c.Mailing = mailing.Config{Server: "smtp://127.0.0.1:1", From: "a@example.com"} },
			"elsewhere": func(c *app.Config) { c.PublicURL = "https://mail.example.com" },
		} {
			other := servertest.Start(t, storetest.Config(t, dialect.SQLite), change)
			if _, body, _ := get(t, other, "/outbox"); isOutbox(body) {
				t.Errorf("%s: %.200s", name, body)
			}
			if other.As("").Must(t, "{ entrance { outboxShown } }", nil).At("entrance.outboxShown") != false {
				t.Errorf("%s: it is told of", name)
			}
		}
	})
	t.Run("who comes is told whether they may sign up", func(t *testing.T) {
		closed := servertest.Start(t, storetest.Config(t, dialect.SQLite), func(c *app.Config) { c.Identity.SignUpClosed = true })
		for server, want := range map[*servertest.Server]bool{s: true, closed: false} {
			if got := server.As("").Must(t, "{ entrance { signUpOpen } }", nil).At("entrance.signUpOpen"); got != want {
				t.Errorf("%v instead of %v", got, want)
			}
			// Somebody has signed up at the one that is open.
			if got := server.As("").Must(t, "{ entrance { unclaimed } }", nil).At("entrance.unclaimed"); got == want {
				t.Errorf("it is said to be unclaimed: %v", got)
			}
		}
	})
}

// signUp makes a person and returns the token of their session.
func signUp(t *testing.T, s *servertest.Server) string {
	t.Helper()
	a := s.As("").Must(t, `mutation { signUp(input: {email: "ann@example.com", password: "a good long secret", firstName: "Ann", lastName: "A", accountName: "A"}) { token } }`, nil)
	return a.Text("signUp.token")
}
