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

// site is the page on a real listener, with a mailing behind it.
type site struct {
	url     string
	store   *store.Store
	mailing *mailing.Mailing
	client  *http.Client
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{store: storetest.Open(t, "sqlite3")}
	var err error
	if s.mailing, err = mailing.New(s.store, mailing.Config{}); err != nil {
		t.Fatal(err)
	}
	p, err := pages.New(pages.Config{Mailing: s.mailing})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/outbox", p.Outbox())
	mux.Handle("/outbox/", p.Outbox())
	mux.Handle("/pages/", p.Assets())
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

func TestPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.write(t, mailing.Recipient{Email: "ann@example.com", Name: "Ann"}, "https://mail.example.com/x")
	for _, lang := range []string{"en", "fr"} {
		t.Run(lang+" is whole and keeps to its policy", func(t *testing.T) {
			t.Parallel()
			a := s.ask(t, "GET", "/outbox", "Accept-Language", lang)
			if a.StatusCode != 200 || a.Header.Get("Content-Type") != "text/html; charset=utf-8" ||
				a.Header.Get("Content-Language") != lang || a.Header.Get("X-Content-Type-Options") != "nosniff" ||
				a.Header.Get("Referrer-Policy") != "no-referrer" || a.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%d %v", a.StatusCode, a.Header)
			}
			const policy = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
			if got := a.Header.Get("Content-Security-Policy"); got != policy {
				t.Errorf("policy %s", got)
			}
			checkMarkup(t, a.body, lang)
		})
	}
	t.Run("there is nothing else", func(t *testing.T) {
		for _, path := range []string{"/", "/outbox/x", "/pages/nothing.css", "/outbox/0197f3a0-0000-7000-8000-000000000000"} {
			if a := s.ask(t, "GET", path); a.StatusCode != 404 {
				t.Errorf("%s: %d", path, a.StatusCode)
			}
		}
	})
	t.Run("takes GET and HEAD only", func(t *testing.T) {
		if a := s.ask(t, "HEAD", "/outbox"); a.StatusCode != 200 || a.body != "" {
			t.Errorf("HEAD: %d", a.StatusCode)
		}
		if a := s.ask(t, "POST", "/outbox"); a.StatusCode != 405 || a.Header.Get("Allow") == "" {
			t.Errorf("POST: %d", a.StatusCode)
		}
	})
}

// checkMarkup refuses what the policy would block, what comes from elsewhere, and headings that are missing or doubled.
func checkMarkup(t *testing.T, body, lang string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	headings := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("<%s %s=%q> would be blocked", n.Data, a.Key, a.Val)
			}
			local := strings.HasPrefix(a.Val, "/") || strings.HasPrefix(a.Val, "#") || strings.HasPrefix(a.Val, "?")
			if (a.Key == "src" || a.Key == "href") && !local && !insideMail(n) {
				t.Errorf("<%s %s=%q> leads elsewhere", n.Data, a.Key, a.Val)
			}
			if a.Key == "lang" && n.Data == "html" && a.Val != lang {
				t.Errorf("lang is %q", a.Val)
			}
		}
		switch n.Data {
		case "script", "style", "form":
			t.Errorf("a <%s>", n.Data)
		case "h1":
			headings++
		}
	}
	if headings != 1 {
		t.Errorf("%d headings", headings)
	}
	if strings.Contains(body, "{{") || strings.Contains(body, "<no value>") || strings.Contains(body, "ZgotmplZ") {
		t.Error("a template shows through")
	}
}

// insideMail reports whether a link stands in the text of a mail.
func insideMail(n *html.Node) bool {
	return n.Parent != nil && n.Parent.Data == "pre"
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	t.Run("is the best that the browser asks for, unless one was chosen", func(t *testing.T) {
		for header, want := range map[string]string{
			"": "en", "de": "en", "fr-CA": "fr", "de, fr;q=0.8, en;q=0.5": "fr", "en-GB, fr;q=0.9": "en", "x;;;": "en",
		} {
			if a := s.ask(t, "GET", "/outbox", "Accept-Language", header); a.Header.Get("Content-Language") != want {
				t.Errorf("%q: %s", header, a.Header.Get("Content-Language"))
			}
		}
		for cookie, want := range map[string]string{"fr": "fr", "de": "en", "": "en"} {
			a := s.ask(t, "GET", "/outbox", "Accept-Language", "en", "Cookie", "partage_language="+cookie)
			if a.Header.Get("Content-Language") != want {
				t.Errorf("cookie %q: %s", cookie, a.Header.Get("Content-Language"))
			}
		}
	})
	t.Run("is kept, and leads back to the page", func(t *testing.T) {
		for tag, known := range map[string]bool{"fr": true, "xx": false} {
			a := s.ask(t, "GET", "/outbox?lang="+tag)
			if a.StatusCode != 303 || a.Header.Get("Location") != "/outbox" {
				t.Errorf("%s: %d to %q", tag, a.StatusCode, a.Header.Get("Location"))
			}
			if kept := a.Header.Get("Set-Cookie"); strings.Contains(kept, "partage_language="+tag+"; Path=/outbox") != known {
				t.Errorf("%s keeps %q", tag, kept)
			}
		}
	})
}

func TestAssets(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for name, kind := range map[string]string{"style.css": "text/css; charset=utf-8", "mark.svg": "image/svg+xml"} {
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
		if a := newSite(t).ask(t, "GET", "/outbox"); !strings.Contains(a.body, "Nothing here yet") {
			t.Error(a.body)
		}
	})
	t.Run("shows mails, newest first, with links to follow and nothing to run", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
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
