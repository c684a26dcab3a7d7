package dashboard_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/partage-mail/partage/server/dashboard"
)

// pages are built ones, with as few files as possible.
func pages() fstest.MapFS {
	return fstest.MapFS{
		"index.html":           {Data: []byte(`<script type="module" src="/assets/index-a1.js"></script>`)},
		"assets/index-a1.js":   {Data: []byte(strings.Repeat("// much of the same\n", 100))},
		"assets/style-b2.css":  {Data: []byte("body {}")},
		"assets/mark-c3.svg":   {Data: []byte("<svg/>")},
		"assets/strange-d4.xy": {Data: []byte{0}},
	}
}

// ask asks the pages and returns their answer with its body.
func ask(t *testing.T, method, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	h, err := dashboard.Over(pages())
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result(), w.Body.String()
}

func TestServe(t *testing.T) {
	const page, script = `<script type="module" src="/assets/index-a1.js"></script>`, "// much of the same\n"
	for name, test := range map[string]struct {
		method, path, contentType, cache string
		status                           int
		begins                           string
	}{
		"the page at the root":             {"GET", "/", "text/html; charset=utf-8", "no-cache", 200, page},
		"the page at an address in it":     {"GET", "/campaigns/1?x=2", "text/html; charset=utf-8", "no-cache", 200, page},
		"the page by its file's name":      {"GET", "/index.html", "text/html; charset=utf-8", "no-cache", 200, page},
		"a script":                         {"GET", "/assets/index-a1.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", 200, script},
		"a style":                          {"GET", "/assets/style-b2.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable", 200, "body"},
		"a picture":                        {"GET", "/assets/mark-c3.svg", "image/svg+xml", "public, max-age=31536000, immutable", 200, "<svg/>"},
		"a file of no known kind":          {"GET", "/assets/strange-d4.xy", "application/octet-stream", "public, max-age=31536000, immutable", 200, "\x00"},
		"no file of another version":       {"GET", "/assets/index-z9.js", "text/plain; charset=utf-8", "no-cache", 404, "There is no such file."},
		"nothing above the files":          {"GET", "/assets/../dashboard.go", "text/plain; charset=utf-8", "no-cache", 404, ""},
		"the head of the page":             {"HEAD", "/", "text/html; charset=utf-8", "no-cache", 200, ""},
		"nothing that is posted":           {"POST", "/", "text/plain; charset=utf-8", "", 405, "There are pages to read here"},
		"nothing that is posted to a file": {"POST", "/assets/index-a1.js", "text/plain; charset=utf-8", "", 405, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, body := ask(t, test.method, test.path)
			if r.StatusCode != test.status || r.Header.Get("Content-Type") != test.contentType || r.Header.Get("Cache-Control") != test.cache {
				t.Errorf("answered %d %q %q", r.StatusCode, r.Header.Get("Content-Type"), r.Header.Get("Cache-Control"))
			}
			if !strings.HasPrefix(body, test.begins) || test.method == "HEAD" && body != "" {
				t.Errorf("the body is %.80q", body)
			}
			if test.status == 405 && r.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("Allow is %q", r.Header.Get("Allow"))
			}
		})
	}
}

func TestCompression(t *testing.T) {
	plain, want := ask(t, "GET", "/assets/index-a1.js")
	zipped, body := ask(t, "GET", "/assets/index-a1.js", "Accept-Encoding", "br, gzip")
	if plain.Header.Get("Content-Encoding") != "" || zipped.Header.Get("Content-Encoding") != "gzip" || zipped.Header.Get("Vary") != "Accept-Encoding" {
		t.Fatalf("plain: %v, compressed: %v", plain.Header, zipped.Header)
	}
	if len(body) >= len(want)/10 || zipped.ContentLength != int64(len(body)) {
		t.Errorf("%d bytes became %d, said to be %d", len(want), len(body), zipped.ContentLength)
	}
	z, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || string(got) != want {
		t.Errorf("it holds %.40q, %v", got, err)
	}
	for _, refused := range []string{"", "br", "gzip;q=0", "identity, gzip; q=0.0"} {
		if r, body := ask(t, "GET", "/assets/index-a1.js", "Accept-Encoding", refused); r.Header.Get("Content-Encoding") != "" || body != want {
			t.Errorf("to Accept-Encoding %q it is compressed", refused)
		}
	}
	if r, _ := ask(t, "HEAD", "/assets/index-a1.js", "Accept-Encoding", "gzip"); r.Header.Get("Content-Length") != zipped.Header.Get("Content-Length") {
		t.Errorf("HEAD says %s bytes, GET %s", r.Header.Get("Content-Length"), zipped.Header.Get("Content-Length"))
	}
}

func TestPolicy(t *testing.T) {
	r, _ := ask(t, "GET", "/team")
	policy := r.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} {
		if !strings.Contains(policy+";", want+";") {
			t.Errorf("the policy does not say %q: %s", want, policy)
		}
	}
	if regexp.MustCompile(`script-src[^;]*(unsafe|data:|blob:|https?:)`).MatchString(policy) {
		t.Errorf("scripts may come from elsewhere: %s", policy)
	}
}

func TestBuilt(t *testing.T) {
	h, err := dashboard.New()
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) string {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != http.StatusOK {
			t.Errorf("%s is answered %d", path, w.Code)
		}
		return w.Body.String()
	}
	page := get("/")
	t.Run("has no scripts in the page", func(t *testing.T) {
		for _, found := range regexp.MustCompile(`(?s)<script\b[^>]*>(.*?)</script>`).FindAllStringSubmatch(page, -1) {
			if found[1] != "" || !strings.Contains(found[0], "src=") {
				t.Errorf("the policy refuses %s", found[0])
			}
		}
	})
	t.Run("has the files that the page names, under names that change with them", func(t *testing.T) {
		named := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(page, -1)
		if len(named) < 2 {
			t.Fatalf("the page names %d files", len(named))
		}
		for _, n := range named {
			if !regexp.MustCompile(`^/assets/[\w.-]+-[\w-]{8}\.(js|css|svg)$`).MatchString(n[1]) {
				t.Errorf("%s may be kept for ever, and does not change its name", n[1])
			}
			get(n[1])
		}
	})
}

func TestNotBuilt(t *testing.T) {
	if _, err := dashboard.Over(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "go generate") {
		t.Errorf("without pages: %v", err)
	}
}
