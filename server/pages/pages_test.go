package pages_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/partage-mail/partage/ent"
	"github.com/partage-mail/partage/server/mailing"
	"github.com/partage-mail/partage/server/pages"
	"github.com/partage-mail/partage/server/store"
	"github.com/partage-mail/partage/server/store/storetest"
)

// site is the pages on a real listener, with a mailing behind them.
type site struct {
	url     string
	store   *store.Store
	mailing *mailing.Mailing
	client  *http.Client
}

func newSite(t *testing.T, c pages.Config) *site {
	t.Helper()
	s := &site{store: storetest.Open(t, "sqlite3")}
	var err error
	if s.mailing, err = mailing.New(s.store, mailing.Config{}); err != nil {
		t.Fatal(err)
	}
	c.Mailing, c.PublicURL = s.mailing, "https://mail.example.com/"
	p, err := pages.New(c)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", p)
	mux.Handle("/outbox", p.Outbox())
	mux.Handle("/outbox/", p.Outbox())
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	s.url, s.client = server.URL, server.Client()
	s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return s
}

// answer is a response that has been read.
type answer struct {
	*http.Response
	body string
}

func (s *site) ask(t *testing.T, method, path string, header ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := s.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response, string(body)}
}

func (s *site) write(t *testing.T, to mailing.Recipient, link string) {
	t.Helper()
	err := s.store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		return s.mailing.Write(ctx, tx, mailing.PasswordReset(to, link, time.Hour))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	s := newSite(t, pages.Config{SignUpOpen: true})
	s.write(t, mailing.Recipient{Email: "ann@example.com", Name: "Ann"}, "https://mail.example.com/x")
	for path, status := range map[string]int{
		"/": 200, "/forgot-password": 200, "/reset-password": 200, "/invitation": 200, "/outbox": 200,
		"/nothing": 404, "/outbox/x": 404, "/pages/nothing.js": 404, "/outbox/0197f3a0-0000-7000-8000-000000000000": 404,
	} {
		for _, lang := range []string{"en", "fr"} {
			t.Run(lang+path+" is whole and keeps to its policy", func(t *testing.T) {
				t.Parallel()
				a := s.ask(t, "GET", path, "Accept-Language", lang)
				if a.StatusCode != status || a.Header.Get("Content-Type") != "text/html; charset=utf-8" ||
					a.Header.Get("Content-Language") != lang || a.Header.Get("X-Content-Type-Options") != "nosniff" {
					t.Errorf("%d %v", a.StatusCode, a.Header)
				}
				policy := a.Header.Get("Content-Security-Policy")
				for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
					if !strings.Contains(policy, part) {
						t.Errorf("the policy lacks %s: %s", part, policy)
					}
				}
				if strings.Contains(policy, "unsafe") {
					t.Errorf("policy %s", policy)
				}
				checkMarkup(t, a.body, lang)
			})
		}
	}
}

// checkMarkup refuses what the policy would block, what comes from elsewhere, fields without a label and
// headings that are missing or doubled.
func checkMarkup(t *testing.T, body, lang string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	labels, ids := map[string]bool{}, map[string]bool{}
	var inputs []string
	headings := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attributes := map[string]string{}
		for _, a := range n.Attr {
			attributes[a.Key] = a.Val
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("<%s %s=%q> would be blocked", n.Data, a.Key, a.Val)
			}
			local := strings.HasPrefix(a.Val, "/") || strings.HasPrefix(a.Val, "#") || strings.HasPrefix(a.Val, "?")
			if (a.Key == "src" || a.Key == "href" || a.Key == "action") && !local && !insideMail(n) {
				t.Errorf("<%s %s=%q> leads elsewhere", n.Data, a.Key, a.Val)
			}
		}
		if id := attributes["id"]; id != "" {
			if ids[id] {
				t.Errorf("two elements have the id %s", id)
			}
			ids[id] = true
		}
		switch n.Data {
		case "script":
			if attributes["src"] == "" && attributes["type"] != "application/json" {
				t.Error("an inline script")
			}
		case "style":
			t.Error("an inline style sheet")
		case "html":
			if attributes["lang"] != lang {
				t.Errorf("lang is %q", attributes["lang"])
			}
		case "label":
			labels[attributes["for"]] = true
		case "input":
			inputs = append(inputs, attributes["id"])
		case "h1":
			headings++
		case "form":
			if attributes["method"] != "post" {
				t.Error("a form would put what is typed into the address")
			}
		}
	}
	for _, id := range inputs {
		if id == "" || !labels[id] {
			t.Errorf("the field %q has no label", id)
		}
	}
	if headings == 0 {
		t.Error("no heading")
	}
	if strings.Contains(body, "{{") || strings.Contains(body, "<no value>") || strings.Contains(body, "ZgotmplZ") {
		t.Error("a template shows through")
	}
}

// insideMail reports whether a link stands in the text of a mail.
func insideMail(n *html.Node) bool {
	return n.Parent != nil && n.Parent.Data == "pre"
}

func TestStart(t *testing.T) {
	t.Run("offers to sign up where that is open", func(t *testing.T) {
		t.Parallel()
		for open, want := range map[bool]bool{true: true, false: false} {
			body := newSite(t, pages.Config{SignUpOpen: open}).ask(t, "GET", "/").body
			if strings.Contains(body, "sign-up-form") != want || strings.Contains(body, "Sign-up is closed") == want {
				t.Errorf("open %v: %s", open, body)
			}
			if !strings.Contains(body, "https://mail.example.com/graphql") {
				t.Error("no address of the API")
			}
		}
	})
	t.Run("answers GET and HEAD only", func(t *testing.T) {
		t.Parallel()
		s := newSite(t, pages.Config{})
		if a := s.ask(t, "HEAD", "/"); a.StatusCode != 200 || a.body != "" {
			t.Errorf("HEAD: %d", a.StatusCode)
		}
		for _, path := range []string{"/", "/forgot-password", "/reset-password", "/invitation", "/outbox"} {
			if a := s.ask(t, "POST", path); a.StatusCode != 405 || a.Header.Get("Allow") == "" {
				t.Errorf("POST %s: %d", path, a.StatusCode)
			}
		}
	})
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t, pages.Config{})
	t.Run("is the best that the browser asks for, unless one was chosen", func(t *testing.T) {
		for header, want := range map[string]string{
			"": "en", "de": "en", "fr-CA": "fr", "de, fr;q=0.8, en;q=0.5": "fr", "en-GB, fr;q=0.9": "en", "x;;;": "en",
		} {
			if a := s.ask(t, "GET", "/", "Accept-Language", header); a.Header.Get("Content-Language") != want {
				t.Errorf("%q: %s", header, a.Header.Get("Content-Language"))
			}
		}
		for cookie, want := range map[string]string{"fr": "fr", "de": "en", "": "en"} {
			a := s.ask(t, "GET", "/", "Accept-Language", "en", "Cookie", "partage_language="+cookie)
			if a.Header.Get("Content-Language") != want {
				t.Errorf("cookie %q: %s", cookie, a.Header.Get("Content-Language"))
			}
		}
	})
	t.Run("is kept, and leads back to the same page of this server", func(t *testing.T) {
		for path, want := range map[string]string{
			"/?lang=fr": "/", "/forgot-password?lang=fr": "/forgot-password", "/outbox?lang=fr": "/outbox", "/?lang=xx": "/",
		} {
			a := s.ask(t, "GET", path)
			if a.StatusCode != 303 || a.Header.Get("Location") != want {
				t.Errorf("%s: %d to %q", path, a.StatusCode, a.Header.Get("Location"))
			}
			kept := a.Header.Get("Set-Cookie")
			if strings.HasSuffix(path, "xx") != (kept == "") || strings.Contains(kept, "xx") {
				t.Errorf("%s keeps %q", path, kept)
			}
		}
		for _, path := range []string{"//evil.example/?lang=fr", "/\\evil.example?lang=fr", "/%2F%2Fevil.example?lang=fr", "/nothing?lang=fr"} {
			a := s.ask(t, "GET", path)
			if to := a.Header.Get("Location"); strings.HasPrefix(to, "//") || strings.HasPrefix(to, "/\\") || strings.HasPrefix(to, "http") {
				t.Errorf("%s leads to %q", path, to)
			}
		}
	})
}

func TestAssets(t *testing.T) {
	t.Parallel()
	s := newSite(t, pages.Config{})
	for name, kind := range map[string]string{
		"style.css": "text/css; charset=utf-8", "start.js": "text/javascript; charset=utf-8", "mark.svg": "image/svg+xml",
	} {
		t.Run(name+" is served once and then confirmed", func(t *testing.T) {
			a := s.ask(t, "GET", "/pages/"+name)
			if a.StatusCode != 200 || a.Header.Get("Content-Type") != kind || a.body == "" || a.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Fatalf("%d %v", a.StatusCode, a.Header)
			}
			if again := s.ask(t, "GET", "/pages/"+name, "If-None-Match", a.Header.Get("ETag")); again.StatusCode != 304 || again.body != "" {
				t.Errorf("again: %d", again.StatusCode)
			}
		})
	}
}

func TestOutbox(t *testing.T) {
	t.Run("says where mails would be", func(t *testing.T) {
		t.Parallel()
		if a := newSite(t, pages.Config{}).ask(t, "GET", "/outbox"); !strings.Contains(a.body, "Nothing here yet") {
			t.Error(a.body)
		}
	})
	t.Run("shows mails, newest first, with links to follow and nothing to run", func(t *testing.T) {
		t.Parallel()
		s := newSite(t, pages.Config{})
		const link = "https://mail.example.com/reset-password#token=ptr_a-b_c"
		s.write(t, mailing.Recipient{Email: "ann@example.com", Name: "Ann"}, link)
		s.write(t, mailing.Recipient{Email: "bob@example.com", Name: `<script>alert("x")</script>`}, link)
		a := s.ask(t, "GET", "/outbox")
		if a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("may be kept: %v", a.Header)
		}
		if first, second := strings.Index(a.body, "bob@"), strings.Index(a.body, "ann@"); first < 0 || second < first {
			t.Errorf("order: %d, %d", first, second)
		}
		if !strings.Contains(a.body, `<a href="`+link+`">`) || strings.Contains(a.body, "<script>alert") {
			t.Error(a.body)
		}
		_, frame, _ := strings.Cut(a.body, `<iframe src="`)
		frame, _, _ = strings.Cut(frame, `"`)
		letter := s.ask(t, "GET", frame)
		policy := letter.Header.Get("Content-Security-Policy")
		if letter.StatusCode != 200 || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "sandbox allow-popups") ||
			strings.Contains(policy, "allow-scripts") || strings.Contains(policy, "allow-same-origin") || !strings.Contains(policy, "frame-ancestors 'self'") {
			t.Errorf("%d %s", letter.StatusCode, policy)
		}
		if !strings.Contains(letter.body, `<base target="_blank">`) || !strings.Contains(letter.body, link) || strings.Contains(letter.body, "<script") {
			t.Error(letter.body)
		}
	})
}
