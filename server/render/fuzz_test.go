package render_test

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/render"
)

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		`{{ contact.first_name | default: "x" | upcase }}`, `{% if contact.city == "" %}a{% elsif 1 < 2 %}b{% else %}c{% endif %}`,
		`{% for i in (1..3) reversed limit: 2 %}{{ forloop.index }}{% endfor %}`, `{% case 1 %}{% when 1, 2 %}a{% endcase %}`,
		`{% assign a = "b,c" | split: "," %}{{ a[0] }}{% cycle "x", "y" %}`, `{%- raw -%}{{{% endraw %}`, `<body {{ 1 }}>{{#each}}`,
		`{% capture x %}{{ contact.first_name }}{% endcapture %}{{ x }}`, `{{ "a" | date: "%e" | slice: -1, 9 }}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) { check(t, render.HTML, body) })
}

func FuzzMJML(f *testing.F) {
	for _, seed := range []string{
		inColumn(`<mj-text a='"' b="&amp;&">x{{ contact.first_name }}</mj-text
		>`), `<!-- --><mjml><mj-head><mj-style inline="inline">.a{b:c}</mj-style></mj-head><mj-body/></mjml>`,
		inColumn(`<mj-social><mj-social-element name="x">a</mj-social-element></mj-social>`),
		inColumn(`<mj-carousel><mj-carousel-image src="a"/></mj-carousel>`),
		`<mjml><mj-body><mj-wrapper><mj-raw>{% if 1 %}</mj-raw><mj-section/></mj-wrapper></mj-body></mjml>`,
		`<mjml><mj-body width="{{ 1 }}px"><mj-hero height="a" width="-1%"><mj-text/></mj-hero></mj-body></mjml>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) { check(t, render.MJML, body) })
}

// TestEscaping builds templates from pieces that work, so that most of them run.
func TestEscaping(t *testing.T) {
	t.Parallel()
	pieces := []string{
		`{{ contact.first_name }}`, `{{ contact.fields.a | append: contact.first_name }}`, `{% assign x = contact.first_name %}`, `{{ x }}`,
		`{% capture y %}`, `{% endcapture %}`, `{{ y }}`, `{{ y | upcase | downcase }}`, `{% if contact.first_name %}`, `{% endif %}`,
		`{% for z in x %}`, `{% endfor %}`, `{% for z in contact.fields %}`, `{{ z }}`, `{{ z[1] | escape }}`, `{% assign y = y %}`, `{{ x | split: "" | join: "" }}`,
		`{{ contact.first_name | newline_to_br }}`, `{{ x | escape | escape_once }}`, `text`, `{{ x | url_encode | url_decode }}`,
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, render.HTML, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 12).Draw(t, "pieces"), ""))
	})
}

type failer interface {
	Fatalf(string, ...any)
}

// check holds what Compile and Render promise of any body.
func check(t failer, format render.Format, body string) {
	const marked = "<zq>"
	mail, err := render.Compile(context.Background(), render.Source{Format: format, Subject: body[:min(len(body), 100)], Preheader: "p", Body: body})
	if err != nil {
		if f := fault.As(err); f == nil || f.Kind != fault.Invalid || f.Field == "" || strings.Contains(f.Message, "be read here") {
			t.Fatalf("%q: %v is no Invalid fault", body, err)
		}
		return
	}
	got, err := mail.Render(context.Background(), render.Recipient{FirstName: marked, Fields: map[string]string{"a": marked}})
	if err != nil {
		if f := fault.As(err); f == nil || f.Kind != fault.Invalid || f.Field == "" || strings.Contains(f.Message, marked) {
			t.Fatalf("%q: %v is no Invalid fault", body, err)
		}
		return
	}
	if strings.ContainsAny(got.Subject, "\r\n\x00") || len(got.HTML) > 4<<20+1000 {
		t.Fatalf("%q: subject %q, %d bytes", body, got.Subject, len(got.HTML))
	}
	if strings.Contains(got.HTML, marked) && !strings.Contains(body, "raw") && !strings.Contains(body, marked) {
		t.Fatalf("%q: not escaped: %s", body, got.HTML)
	}
}
