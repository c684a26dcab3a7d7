package render_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/partage-mail/partage/server/render"
)

func TestTemplates(t *testing.T) {
	t.Parallel()
	t.Run("of this package", func(t *testing.T) {
		t.Parallel()
		for file, want := range map[string][]string{
			"spring.mjml": {
				"Jusqu’à -40 % pour Ann", ">Bonjour Ann,</div>", "Noël &amp; Fils", `href="https://example.com/?plan=gold&amp;src=mail"`,
				"J’en profite <b>vite</b>", "Léa &amp; Co vous écrit à ann@example.com", `href="https://example.com/u?a=1&amp;b=2"`,
			},
			"receipt.html": {
				"<p>Thank you, Ann!</p>",
				"<ul>\n      <li class=\"odd\">1. A</li>\n      <li class=\"even\">2. B</li>\n      <li class=\"odd\">3. C</li>\n    </ul>",
			},
		} {
			mail := compileFile(t, filepath.Join("testdata", file))
			got, err := mail.Render(t.Context(), ann())
			if err != nil || mail.Ready() != nil || len(mail.Remarks("en")) > 0 {
				t.Fatalf("%s: %v, %v", file, err, mail.Remarks("en"))
			}
			for _, part := range want {
				if !strings.Contains(got.HTML, part) {
					t.Errorf("%s: %s is not in\n%s", file, part, got.HTML)
				}
			}
			if strings.Contains(got.HTML, "boutique") {
				t.Errorf("%s: a section for another city is in\n%s", file, got.HTML)
			}
			sound(t, got.HTML)
		}
	})
	t.Run("of designers in MJML", func(t *testing.T) {
		t.Parallel()
		files := sharedFiles(t, "templates/mjml/*.mjml")
		for _, file := range files {
			mail := compileFile(t, file)
			got, err := mail.Render(t.Context(), ann())
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range mail.Remarks("en") {
				if !strings.Contains(r.Message, "names no variable") && !strings.HasPrefix(r.Message, "a stands between components") { // a slip in ticketshop.mjml
					t.Errorf("%s: line %d: %s", file, r.Line, r.Message)
				}
			}
			sound(t, got.HTML)
			wantTexts(t, read(t, file), got.HTML)
		}
		if len(files) != 25 {
			t.Errorf("%d files", len(files))
		}
	})
	t.Run("in HTML with placeholders of another program stay as they are", func(t *testing.T) {
		t.Parallel()
		files := sharedFiles(t, "templates/html/*.html")
		for _, file := range files {
			mail := compileFile(t, file)
			got, err := mail.Render(t.Context(), ann())
			if err != nil || got.HTML != read(t, file) {
				t.Errorf("%s has changed: %v", file, err)
			}
			wantFault(t, mail.Ready(), "body", "names no variable")
		}
		if len(files) != 6 {
			t.Errorf("%d files", len(files))
		}
	})
}

func compileFile(t testing.TB, file string) *render.Mail {
	t.Helper()
	return compile(t, render.Format(strings.TrimPrefix(filepath.Ext(file), ".")), read(t, file))
}

func read(t testing.TB, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sound checks that a page is one that a parser need not mend, for Outlook, which reads conditional comments, and for
// everyone else: each element is ended, in order.
func sound(t *testing.T, page string) {
	t.Helper()
	balanced(t, page)
	page = regexp.MustCompile(`(?s)<!--\[if !mso[^]]*\]><!-->.*?<!--<!\[endif\]-->`).ReplaceAllString(page, "")
	page = regexp.MustCompile(`(?s)<!--\[if lt[^]]*\]>.*?<!\[endif\]-->`).ReplaceAllString(page, "")
	page = regexp.MustCompile(`<!--\[if [^]]*\]>|<!\[endif\]-->`).ReplaceAllString(page, "")
	balanced(t, page)
}

func balanced(t *testing.T, page string) {
	t.Helper()
	void := []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
	var open []string
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		kind := z.Next()
		name, _ := z.TagName()
		tag := string(name)
		switch {
		case kind == html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) || len(open) > 0 {
				t.Errorf("%v, with %v open", z.Err(), open)
			}
			return
		case kind == html.StartTagToken && !slices.Contains(void, tag):
			open = append(open, tag)
		case kind == html.EndTagToken && slices.Contains(void, tag):
		case kind == html.EndTagToken:
			if n := len(open); n == 0 || open[n-1] != tag {
				t.Errorf("</%s> ends none of %v", tag, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

// wantTexts checks that what is written between <mj-body> and its end, and every picture and link, is in the page.
func wantTexts(t *testing.T, source, page string) {
	t.Helper()
	_, source, _ = strings.Cut(source, "<mj-body")
	shown, _ := texts(page)
	all := strings.Join(strings.Fields(strings.Join(shown, " ")), " ")
	want, links := texts("<mj-body" + source)
	if len(want) < 3 {
		t.Errorf("only %d texts in the source", len(want))
	}
	at := 0
	for _, text := range want {
		text = strings.Join(strings.Fields(text), " ")
		if text == "" || text == "a" {
			continue
		}
		n := strings.Index(all[at:], text)
		if n < 0 {
			t.Errorf("%q is lost or out of order", text)
			continue
		}
		at += n + len(text)
	}
	for _, link := range links {
		if link != "" && !strings.Contains(html.UnescapeString(page), html.UnescapeString(link)) {
			t.Errorf("the link %q is lost", link)
		}
	}
}

// texts returns the texts of a source or page outside of its style sheets, and where its pictures and links lead.
func texts(page string) (out, links []string) {
	skip := ""
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return out, links
		case html.TextToken:
			if skip == "" {
				out = append(out, z.Token().Data)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if token.Data == "style" || token.Data == "title" {
				skip = token.Data
			}
			for _, a := range token.Attr {
				if a.Key == "href" || a.Key == "src" || a.Key == "background-url" {
					links = append(links, a.Val)
				}
			}
		case html.EndTagToken:
			if token := z.Token(); token.Data == skip {
				skip = ""
			}
		}
	}
}

// sharedFiles returns the files of the real input beside the repository, and skips where there is none.
func sharedFiles(t testing.TB, pattern string) []string {
	t.Helper()
	root, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		root = filepath.Dir(root)
	}
	files, err := filepath.Glob(filepath.Join(root, "..", "shared", "data", filepath.FromSlash(pattern)))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("the real input ../shared/data/%s is not beside the repository", pattern)
	}
	return files
}
