package render_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/partage-mail/partage/server/render"
)

// inColumn is an MJML document with one column.
func inColumn(content string) string {
	return "<mjml><mj-body><mj-section><mj-column>" + content + "</mj-column></mj-section></mj-body></mjml>"
}

func TestMJML(t *testing.T) {
	t.Parallel()
	t.Run("shows the content of every component wherever it may stand", func(t *testing.T) {
		t.Parallel()
		column := []string{
			"mj-text", "mj-button", "mj-table", "mj-raw", "mj-image", "mj-social/mj-social-element", "mj-navbar/mj-navbar-link",
			"mj-accordion/mj-accordion-element/mj-accordion-title", "mj-accordion/mj-accordion-element/mj-accordion-text",
			"mj-carousel/mj-carousel-image",
		}
		var paths []string
		for _, holder := range []string{"mj-section/mj-column/", "mj-wrapper/mj-section/mj-column/", "mj-section/mj-group/mj-column/", "mj-wrapper/mj-section/mj-group/mj-column/"} {
			for _, content := range column {
				paths = append(paths, holder+content)
			}
		}
		for _, content := range []string{"mj-text", "mj-button", "mj-table", "mj-raw", "mj-image"} {
			paths = append(paths, "mj-hero/"+content)
		}
		paths = append(paths, "mj-raw", "mj-wrapper/mj-raw", "mj-section/mj-raw")
		for _, path := range paths {
			open, end := "", ""
			components := strings.Split(path, "/")
			for _, c := range components {
				attributes := ""
				switch c {
				case "mj-image", "mj-carousel-image":
					attributes = ` src="CONTENT"`
				case "mj-social-element":
					attributes = ` name="facebook"`
				case "mj-navbar-link", "mj-button":
					attributes = ` href="#"`
				}
				open += "<" + c + attributes + ">"
				end = "</" + c + "\n>" + end
			}
			inner := `<b>CONTENT</b>`
			if last := components[len(components)-1]; strings.HasSuffix(last, "image") {
				inner = ""
			}
			body := "<mjml><mj-body>" + open + inner + end + "</mj-body></mjml>"
			mail, err := render.Compile(t.Context(), render.Source{Format: render.MJML, Body: body})
			if err != nil {
				t.Errorf("%s: %v", path, err)
				continue
			}
			got, err := mail.Render(t.Context(), render.Recipient{})
			if err != nil || !strings.Contains(got.HTML, "CONTENT") || len(mail.Remarks("en")) > 0 {
				t.Errorf("%s: %v, %v\n%s", path, err, mail.Remarks("en"), got.HTML)
			}
			sound(t, got.HTML)
		}
	})
	t.Run("leaves HTML and Liquid in components alone", func(t *testing.T) {
		t.Parallel()
		for content, want := range map[string]string{
			`<mj-text>a &lt; b &amp; &eacute;&#8217; <br/>  c<br> <IMG src=x></mj-text>`: `>a &lt; b &amp; &eacute;&#8217; <br/>  c<br> <IMG src=x></div>`,
			`<mj-text>[[x]]</mj-text >`:                                                                      `>[[x]]</div>`,
			"<mj-text\n><p>one</p></mj-text\n><mj-text>two</mj-text>":                                        `<p>one</p>`,
			`<mj-text><![CDATA[ a < b ]]></mj-text>`:                                                         `>a < b</div>`,
			`<mj-button href='{{ contact.fields["Customer Id"] }}'>Go <i>on</i></mj-button>`:                 `href="c-1"`,
			`<mj-button href="a">Go <i>on</i> &amp; on</mj-button>`:                                          `Go <i>on</i> &amp; on`,
			`<mj-image src="a?b=1&c=2&amp;d=3" alt='say "hi" &quot;&eacute;'/>`:                              `alt="say &quot;hi&quot; &quot;&eacute;"`,
			`<mj-image src="a?b=1&c=2&amp;d=3" />`:                                                           `src="a?b=1&c=2&amp;d=3"`,
			`<mj-image src="{{ contact.city | default: "x.png" }}"/>`:                                        `src="x.png"`,
			`<mj-table><tr><td>{{ contact.first_name }}<td>&nbsp;</table></mj-table>`:                        `<tr><td>Ann<td>&nbsp;</table>`,
			`<mj-raw><!--[if mso]><td width="{{ 1 | plus: 1 }}"><![endif]--></mj-raw>`:                       `<!--[if mso]><td width="2"><![endif]-->`,
			`<mj-raw><div></mj-raw><mj-text>in</mj-text><mj-raw></div></mj-raw>`:                             `<div>`,
			`<mj-text>{% if contact.first_name == "Ann" %}<b>yes</b>{% endif %}</mj-text>`:                   `><b>yes</b></div>`,
			`<mj-raw>{% for i in (1..2) %}</mj-raw><mj-text>{{ i }};</mj-text><mj-raw>{% endfor %}</mj-raw>`: `>1;</div>`,
			`<mj-text>zlq0z {{ contact.first_name }} zllq1z</mj-text>`:                                       `>zlq0z Ann zllq1z</div>`,
			`<!-- <mj-foo> {% if x %} -- --><mj-text>a</mj-text>`:                                            `>a</div>`,
			`<mj-text>{% raw %}{{ x < y }}{% endraw %} {{ #a < b }}</mj-text>`:                               `>{{ x < y }} {{ #a < b }}</div>`,
		} {
			if got := fill(t, render.MJML, inColumn(content)); !strings.Contains(got, want) {
				t.Errorf("%s\nwant %s in\n%s", content, want, got)
			}
		}
	})
	t.Run("shows what stands between sections to all, not to Outlook only", func(t *testing.T) {
		t.Parallel()
		section := "<mj-section><mj-column><mj-text>text</mj-text></mj-column></mj-section>"
		for _, holder := range []string{"%s", "<mj-wrapper>%s</mj-wrapper>", `<mj-wrapper background-url="x.png">%s</mj-wrapper>`} {
			raw := "<mj-raw><!-- note --><hr>{% if true %}</mj-raw>" + section + "<mj-raw>{% endif %}</mj-raw>"
			got := fill(t, render.MJML, "<mjml><mj-body>"+fmt.Sprintf(holder, raw+section+raw+raw+section)+"</mj-body></mjml>")
			rules := 0
			for z := html.NewTokenizer(strings.NewReader(got)); z.Next() != html.ErrorToken; {
				if name, _ := z.TagName(); string(name) == "hr" {
					rules++
				}
			}
			if rules != 3 {
				t.Errorf("%s: %d rules are seen outside of comments, want 3:\n%s", holder, rules, got)
			}
			sound(t, got)
		}
	})
	t.Run("reads the head", func(t *testing.T) {
		t.Parallel()
		got := fill(t, render.MJML, "\ufeff<?xml version=\"1.0\"?>\n<!-- c -->\n<mjml lang=\"fr\"><mj-head><mj-title>A &amp; \"B\" <c> {{ contact.first_name }}</mj-title>"+
			`<mj-preview>Look {{ contact.company }}</mj-preview><mj-style>.a > b { color: red }</mj-style><mj-style inline="inline">.c { color: blue }</mj-style>`+
			`<mj-font name="F" href="https://fonts.example/f?a=1&amp;b=2"/><mj-attributes><mj-all font-family="F"/><mj-class name="k" color="green"/></mj-attributes></mj-head>`+
			`<mj-body><mj-section css-class="c"><mj-column><mj-text mj-class="k">x</mj-text></mj-column></mj-section></mj-body></mjml>`)
		for _, want := range []string{
			`lang="fr"`, `<title>A &amp; &quot;B&quot; &lt;c&gt; Ann</title>`, `aria-label="A &amp; &quot;B&quot; &lt;c&gt; Ann"`,
			`Look &lt;b&gt;Fish`, `.a > b { color: red }`, `https://fonts.example/f?a=1&amp;b=2`, "color:green", "font-family:F", "color:blue",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s is not in\n%s", want, got)
			}
		}
		sound(t, got)
	})
	t.Run("names lines as the author counts them", func(t *testing.T) {
		t.Parallel()
		body := "<!-- a\nb -->\n<mjml>\n<mj-body>\n<mj-section\n  padding='0'\n  foo='1'>\n<mj-column>\n" +
			"<mj-text>{{ contact.first_name\n | upcase }}\n\n{{Nobody}}</mj-text>\n stray {{ contact.email }}\n</mj-column></mj-section>\n"
		mail := compile(t, render.MJML, body+"</mj-body></mjml>")
		want := []render.Remark{
			{Field: "body", Line: 12, Message: "{{Nobody}} names no variable; it is kept as it is written.", Blocks: true},
			{Field: "body", Line: 13, Message: "stray {{ contact.email }} stands between components and is left out; text belongs into an <mj-text>."},
			{Field: "body", Line: 5, Message: "<mj-section> has no attribute foo; it is left out."},
		}
		if diff := cmp.Diff(want, mail.Remarks("en")); diff != "" {
			t.Error(diff)
		}
		for end, part := range map[string]string{
			"<mj-foo/></mj-body></mjml>":                                             "Line 15: <mj-foo>",
			"\n<mj-section></mj-body></mjml>":                                        "Line 16: The MJML cannot be read",
			"<mj-raw>{% if true %}</mj-raw>\n</mj-body></mjml>":                      "Line 15: {% if true %} is not ended",
			"<mj-raw>\n{% assign x = 1 | foo %}</mj-raw></mj-body></mjml>":           "Line 16: {% assign",
			"<mj-raw>\n\n{{ 1 | divided_by: 0 }}</mj-raw>\n</mj-body></mjml>":        "Line 17: divided_by",
			"{% if true %}<mj-raw>x</mj-raw>{% endif %}</mj-body></mjml>":            "Line 15: {% if true %} would be lost",
			"<mj-section css-class=\"{% if true %}\"></mj-section></mj-body></mjml>": "Line 15: {% if true %} is not ended",
		} {
			mail, err := render.Compile(t.Context(), render.Source{Format: render.MJML, Body: body + end})
			if err == nil {
				_, err = mail.Render(t.Context(), ann())
			}
			wantFault(t, err, "body", part)
		}
	})
	t.Run("keeps the looks of mails compiled at once apart", func(t *testing.T) {
		t.Parallel()
		var group sync.WaitGroup
		for n := range 8 {
			group.Go(func() {
				for range 20 {
					body := fmt.Sprintf(`<mjml><mj-head><mj-attributes><mj-all color="#00000%d"/></mj-attributes></mj-head><mj-body>`+
						`<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>`, n)
					if got := fill(t, render.MJML, body); !strings.Contains(got, fmt.Sprintf("color:#00000%d", n)) {
						t.Errorf("document %d: %s", n, got)
					}
				}
			})
		}
		group.Wait()
	})
}
