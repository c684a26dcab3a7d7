package render_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/render"
)

// ann is who the tests write to.
func ann() render.Recipient {
	return render.Recipient{
		Email: "ann@example.com", FirstName: "Ann", LastName: `O"Hara`, Company: "<b>Fish & Chips</b>",
		Fields:         map[string]string{"Plan": "gold", "Prénom": "Anne", "Customer Id": "c-1", "items": "a,b,c", "n": "3", "empty": ""},
		UnsubscribeURL: "https://example.com/u?a=1&b=2",
	}
}

// fill renders a body for ann.
func fill(t *testing.T, format render.Format, body string) string {
	t.Helper()
	out, err := compile(t, format, body).Render(t.Context(), ann())
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return out.HTML
}

func compile(t testing.TB, format render.Format, body string) *render.Mail {
	t.Helper()
	mail, err := render.Compile(context.Background(), render.Source{
		Format: format, Body: body, Sender: render.Sender{Name: "Léa & Co", Email: "lea@example.com"},
	})
	if err != nil {
		t.Fatalf("%.200s: %v", body, err)
	}
	return mail
}

// wantFault checks for an Invalid fault on field that says part.
func wantFault(t *testing.T, err error, field, part string) {
	t.Helper()
	if f := fault.As(err); f == nil || f.Kind != fault.Invalid || f.Field != field || !strings.Contains(f.Message, part) {
		t.Errorf("got %v, want an Invalid fault on %s with %q", err, field, part)
	}
}

func TestRender(t *testing.T) {
	t.Parallel()
	t.Run("escapes every output of a body", func(t *testing.T) {
		t.Parallel()
		for body, want := range map[string]string{
			`{{ contact.first_name }}`:                                                `Ann`,
			`{{contact.company}}`:                                                     `&lt;b&gt;Fish &amp; Chips&lt;/b&gt;`,
			`<a title="{{ contact.last_name }}">`:                                     `<a title="O&#34;Hara">`,
			`<a href="{{ unsubscribe_url }}">`:                                        `<a href="https://example.com/u?a=1&amp;b=2">`,
			`{{ contact.company | upcase }}`:                                          `&lt;B&gt;FISH &amp; CHIPS&lt;/B&gt;`,
			`{{ contact.company | raw }}`:                                             `<b>Fish & Chips</b>`,
			`{{ contact.company | escape }}`:                                          `&lt;b&gt;Fish &amp; Chips&lt;/b&gt;`,
			`{{ "&lt;i&gt;" | escape_once }}`:                                         `&lt;i&gt;`,
			`{{ "a<b" | append: "\n" | newline_to_br }}`:                              `a&lt;b\n`,
			`{{ sender.name }} {{ sender.email }} {{ sender.reply_to }}`:              `Léa &amp; Co lea@example.com `,
			`{% assign x = contact.company %}{{ x }}`:                                 `&lt;b&gt;Fish &amp; Chips&lt;/b&gt;`,
			`{% capture x %}<i>{{ contact.company }}</i>{% endcapture %}{{ x }}`:      `<i>&lt;b&gt;Fish &amp; Chips&lt;/b&gt;</i>`,
			`{% capture x %}<i>{% endcapture %}{% assign x = "<u>" %}{{ x }}`:         `&lt;u&gt;`,
			`{% capture x %}<i>{% endcapture %}{{ x | upcase }}`:                      `&lt;I&gt;`,
			`{% for c in contact.fields %}{{ c[0] }}={{ c[1] }};{% endfor %}`:         `Customer Id=c-1;Plan=gold;Prénom=Anne;items=a,b,c;n=3;`,
			`{% for x in contact.company %}{{ x }}{% else %}none{% endfor %}`:         `none`,
			`{% cycle "<", ">" %}`:                                                    `&lt;`,
			`{{ contact.fields["Customer Id"] }} {{ contact.fields.Prénom }}`:         `c-1 Anne`,
			`{{ contact.fields.Nothing }}{{ contact.city | default: "you &amp; I" }}`: `you &amp; I`,
			`{{ true }} {{ 1.50 }} {{ "x" }} {{ nil }}`:                               `true 1.5 x `,
		} {
			if got := fill(t, render.HTML, body); got != want {
				t.Errorf("%s\n got %s\nwant %s", body, got, want)
			}
		}
	})
	t.Run("treats an empty value as absent", func(t *testing.T) {
		t.Parallel()
		for _, name := range []string{"contact.city", "contact.fields.empty", "contact.fields.none", "sender.reply_to", "x", "y"} {
			body := fmt.Sprintf(`{%% assign x = contact.city | strip %%}{%% capture y %%}{%% endcapture %%}`+
				`{%% if %[1]s %%}1{%% endif %%}{%% if %[1]s != "" %%}2{%% endif %%}{%% if %[1]s == '' %%}A{%% endif %%}`+
				`{%% unless %[1]s %%}B{%% endunless %%}{%% if %[1]s == blank %%}C{%% endif %%}{%% if %[1]s and true %%}3{%% endif %%}`+
				`{%% case %[1]s %%}{%% when "" %%}D{%% else %%}4{%% endcase %%}{{ %[1]s | default: "E" }}`, name)
			if got := fill(t, render.HTML, body); got != "ABCDE" {
				t.Errorf("%s: got %s", name, got)
			}
		}
	})
	t.Run("runs the tags", func(t *testing.T) {
		t.Parallel()
		for body, want := range map[string]string{
			`{% if contact.first_name == "Ann" and contact.fields.n != "4" %}a{% elsif true %}b{% else %}c{% endif %}`:                                             `a`,
			`{% if contact.first_name contains "nn" %}a{% endif %}{% if contact.fields contains "Plan" %}b{% endif %}`:                                             `ab`,
			`{% if 1 &gt; 2 %}a{% elsif 2 > 1 %}b{% else %}c{% endif %}`:                                                                                           `b`,
			`{% unless contact.first_name == "Bob" %}a{% else %}b{% endunless %}`:                                                                                  `a`,
			`{% case contact.fields.Plan %} {% when "silver", "bronze" %}a{% when "x" or "gold" %}b{% else %}c{% endcase %}`:                                       `b`,
			`{% assign l = contact.fields.items | split: "," %}{% for i in l reversed %}{{ i }}{{ forloop.index }}{% endfor %}{{ l.size }}{{ l.first }}{{ l[1] }}`: `c1b2a33ab`,
			`{% for i in (1..10) limit: 4 offset:2 %}{% if i == 4 %}{% continue %}{% endif %}{% if forloop.last %}{% break %}{% endif %}{{ i }}{% endfor %}`:       `35`,
			`{% for i in (1..contact.fields.items.size) %}x{% else %}none{% endfor %}`:                                                                             `xxxxx`,
			`{% for i in (1..2) %}{% for j in (1..2) %}{{ i }}{{ j }} {% endfor %}{{ forloop.index }} {% endfor %}`:                                                `11 12 1 21 22 2 `,
			`{% for i in (1..3) %}{% cycle "a", "b" %}{% endfor %}`:                                                                                                `aba`,
			`{% for i in (1..3) %}{% capture c %}{{ i }}{% break %}{% endcapture %}{% endfor %}[{{ c }}]`:                                                          `[]`,
			`a {%- if true -%} b {%- endif -%} c {{- "d" -}} e`:                                                                                                    `abcde`,
			"a {%- comment %} {{ x }} {% if %} {% endcomment -%}\n b":                                                                                              `ab`,
			`{% raw %}{{ not.liquid }} {% nor this %}{% endraw %}`:                                                                                                 `{{ not.liquid }} {% nor this %}`,
			"{{\n  contact.first_name\n  | upcase\n}}":                                                                                                             `ANN`,
			`{ {{ "}" }} } {`: `{ } } {`,
			`{% assign x = 5 %}{% if x %}{% assign x = x | plus: 1 %}{% endif %}{{ x }}`: `6`,
		} {
			if got := fill(t, render.HTML, body); got != want {
				t.Errorf("%s\n got %s\nwant %s", body, got, want)
			}
		}
	})
	t.Run("keeps subject and preheader on one line and unescaped", func(t *testing.T) {
		t.Parallel()
		mail, err := render.Compile(t.Context(), render.Source{
			Format: render.HTML, Subject: "Hi {{ contact.first_name }}\r\nBcc: x@y.z {{ contact.company }}", Preheader: "For {{ contact.company }}\n<&>",
			Body: `<html><head><title><body></title></head><!-- <body> --><body class="x">Text</body></html>`,
		})
		if err != nil {
			t.Fatal(err)
		}
		to := ann()
		to.FirstName = "A\r\n\x00\u2028B"
		got, err := mail.Render(t.Context(), to)
		if err != nil {
			t.Fatal(err)
		}
		if want := "Hi A    B  Bcc: x@y.z <b>Fish & Chips</b>"; got.Subject != want {
			t.Errorf("subject %q, want %q", got.Subject, want)
		}
		before, after, _ := strings.Cut(got.HTML, `<body class="x"><div style="display:none;`)
		if !strings.HasSuffix(before, "<!-- <body> -->") || !strings.HasSuffix(after, `>For &lt;b&gt;Fish &amp; Chips&lt;/b&gt; &lt;&amp;&gt;</div>Text</body></html>`) {
			t.Errorf("got %s", got.HTML)
		}
	})
	t.Run("finds a place for the preheader", func(t *testing.T) {
		t.Parallel()
		for body, want := range map[string]string{
			"":                              "^",
			"text":                          "^text",
			"<p>text":                       "^<p>text",
			"<!doctype html>text":           "<!doctype html>^text",
			"<html>text":                    "<html>^text",
			"<head></head>text":             "<head></head>^text",
			"<BODY>text<body>":              "<BODY>^text<body>",
			"<style>a{}</style>{{ 'a' }}":   "^<style>a{}</style>a",
			"{{ 'a' }}<body {{ 'b' }}>text": "a<body b>^text",
			"<script>'<body>'</script>":     "^<script>'<body>'</script>",
		} {
			mail, err := render.Compile(t.Context(), render.Source{Format: render.HTML, Preheader: "PRE", Body: body})
			if err != nil {
				t.Fatal(err)
			}
			got, err := mail.Render(t.Context(), render.Recipient{})
			if err != nil {
				t.Fatal(err)
			}
			before, rest, _ := strings.Cut(got.HTML, "<div style")
			_, after, _ := strings.Cut(rest, "PRE</div>")
			if before+"^"+after != want {
				t.Errorf("%s: got %s", body, got.HTML)
			}
		}
	})
	t.Run("is safe for concurrent use", func(t *testing.T) {
		t.Parallel()
		mail := compile(t, render.HTML, `{% for i in (1..20) %}{% cycle "a", "b" %}{% assign x = i %}{% endfor %}{{ contact.email }}{{ x }}`)
		var group sync.WaitGroup
		for n := range 8 {
			group.Go(func() {
				for range 200 {
					to := render.Recipient{Email: fmt.Sprintf("%d@example.com", n)}
					got, err := mail.Render(t.Context(), to)
					if want := strings.Repeat("ab", 10) + to.Email + "20"; err != nil || got.HTML != want {
						t.Errorf("got %q, %v, want %q", got.HTML, err, want)
					}
				}
			})
		}
		group.Wait()
	})
	t.Run("stops when its context ends", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := compile(t, render.HTML, "{{ contact.email }}").Render(ctx, ann()); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestRemarks(t *testing.T) {
	t.Parallel()
	t.Run("keeps what is not Liquid as it is written", func(t *testing.T) {
		t.Parallel()
		for body, part := range map[string]string{
			"Hello {{FirstName}}!":               `{{FirstName}} names no variable (contact.first_name?)`,
			"{{ contact.firstname }}":            `(contact.first_name?)`,
			"{{ contact }} {{ contact.fields }}": `{{ contact }} names no variable`, "{{ contact.fields }}": `names all fields`,
			"{{#each items}}{{this}}{{/each}}":           `{{#each items}} cannot be read`,
			"{{{html}}}":                                 `{{{html}} cannot be read`,
			"{{ }}":                                      `{{ }} cannot be read`,
			"{{ contact.email | shout }}":                `uses the unknown filter shout`,
			"{{ contact.email | default: “you” }}":       `curly quotation marks`,
			"{{ (1..9) }}":                               `cannot be read`,
			"{{ (1..9) | join }}":                        `a range can only be looped over`,
			"{{ a; b }}":                                 `cannot be read`,
			"{{ %assign x = 1 }}":                        `cannot be read`,
			"{{ 99999999999999999999 }}":                 `cannot be read`,
			"{{ contact.email | raw | upcase }}":         `has a filter after raw`,
			"{{ unsubscribe_url.x }} {{ Unsubscribe }}":  `names no variable`,
			"{{ \"a\" \"b\" }} {{ contact.email == }} x": `cannot be read`,
		} {
			mail := compile(t, render.HTML, "\n"+body)
			got, err := mail.Render(t.Context(), ann())
			if err != nil || got.HTML != "\n"+body {
				t.Errorf("%s: got %q, %v", body, got.HTML, err)
			}
			remarks := mail.Remarks("en")
			if len(remarks) == 0 || !strings.Contains(remarks[0].Message, part) || remarks[0].Line != 2 || !remarks[0].Blocks || remarks[0].Field != "body" {
				t.Errorf("%s: %+v, want %q", body, remarks, part)
			}
			wantFault(t, mail.Ready(), "body", "Line 2: ")
		}
	})
	t.Run("tells of unknown variables in tags and in the subject", func(t *testing.T) {
		t.Parallel()
		mail, err := render.Compile(t.Context(), render.Source{Format: render.HTML, Subject: "{{name}}", Body: "{% if Name %}a{% endif %}{{ contact.email }}"})
		if err != nil {
			t.Fatal(err)
		}
		want := []render.Remark{
			{Field: "body", Line: 1, Blocks: true, Message: "{% if Name %} names no variable (contact.first_name or contact.last_name?)."},
			{Field: "subject", Line: 1, Blocks: true, Message: "{{name}} names no variable (contact.first_name or contact.last_name?); it is kept as it is written."},
		}
		if diff := cmp.Diff(want, mail.Remarks("en")); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("is ready where all is understood", func(t *testing.T) {
		t.Parallel()
		mail := compile(t, render.HTML, `{{ contact.fields.b }}{{ contact.fields["a c"] }}{{ contact.fields.b }}{% if contact.fields.d %}{% endif %}`)
		if err := mail.Ready(); err != nil || len(mail.Remarks("en")) > 0 {
			t.Errorf("got %v, %v", err, mail.Remarks("en"))
		}
		if diff := cmp.Diff([]string{"b", "a c", "d"}, mail.Fields()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("lists a hundred at most", func(t *testing.T) {
		t.Parallel()
		if n := len(compile(t, render.HTML, strings.Repeat("{{x}}", 500)).Remarks("en")); n != 100 {
			t.Errorf("got %d", n)
		}
	})
}

func TestCompile(t *testing.T) {
	t.Parallel()
	t.Run("refuses wrong tags with their line", func(t *testing.T) {
		t.Parallel()
		for body, part := range map[string]string{
			"\n{% if true %}":                                  "Line 2: {% if true %} is not ended by {% endif %}",
			"{% if true %}\n{% endfor %}":                      "Line 2: {% endfor %} does not belong to {% if true %} in line 1",
			"\n{% endif %}":                                    "Line 2: {% endif %} has nothing to end",
			"{% else %}":                                       "has nothing to end or divide",
			"{% if true %}{% else %}{% elsif true %}":          "{% elsif true %} does not belong to",
			"{% if %}{% endif %}":                              "{% if %} cannot be read",
			"{% if a b %}{% endif %}":                          "{% if a b %} cannot be read",
			"{% if (1..3) contains 2 %}{% endif %}":            "cannot be read",
			"{% for x %}{% endfor %}":                          "{% for x %} cannot be read",
			"{% for x in (1..3) cols: 2 %}{% endfor %}":        "cannot be read",
			"{% for x in (1..3) | reverse %}{% endfor %}":      "a range can only be looped over",
			"{% for contact in (1..3) %}{% endfor %}":          "cannot be read",
			"{% for x in (1..3) %}{% endif %}":                 "does not belong to",
			"{% assign x %}":                                   "cannot be read",
			"{% assign x = (1..3) %}":                          "cannot be read",
			"{% assign contact = 1 %}":                         "cannot be read",
			"{% assign x = contact.email | raw %}":             "raw belongs at the end of an output",
			"{% assign x = 1 | nofilter %}":                    "uses the unknown filter nofilter",
			"{% capture a b %}{% endcapture %}":                "cannot be read",
			"{% case x %}{% when %}{% endcase %}":              "cannot be read",
			"{% case contact.email %}{% endif %}":              "does not belong to",
			"{% break %}":                                      "outside of a loop",
			"{% cycle %}":                                      "cannot be read",
			"{% cycle 1, 2 %}":                                 "cannot be read",
			"{% block content %}":                              "{% block content %} is no tag",
			"{% tablerow x in y %}":                            "is no tag",
			"{% include 'x' %}":                                "cannot take in other files",
			"{% render '/etc/passwd' %}":                       "cannot take in other files",
			"\n\n{% if true":                                   "Line 3: {% is not closed by %}",
			"{% %}":                                            "has no name",
			"{% comment %}":                                    "{% comment %} is not ended by {% endcomment %}",
			"{% raw %}{% endraw":                               "{% raw %} is not ended",
			"a\n\x00":                                          "Line 2: the body holds a character that is not text",
			"a\n\n\xff":                                        "Line 3: the body holds a character that is not text",
			strings.Repeat("x", 1<<20+1):                       "longer than 1024 kB",
			strings.Repeat("{% if 1 %}", 60):                   "Blocks stand more than 50 deep",
			strings.Repeat("{{ 1 }}", 20_000):                  "more than 5000 outputs and tags",
			"{% if " + strings.Repeat("(", 1900) + " %}":       "cannot be read",
			"{% assign x = " + strings.Repeat("9", 20) + " %}": "cannot be read",
		} {
			_, err := render.Compile(t.Context(), render.Source{Format: render.HTML, Body: body})
			wantFault(t, err, "body", part)
		}
	})
	t.Run("names the part", func(t *testing.T) {
		t.Parallel()
		_, err := render.Compile(t.Context(), render.Source{Format: render.HTML, Subject: "{% if %}"})
		wantFault(t, err, "subject", "Line 1: {% if %} cannot be read")
		_, err = render.Compile(t.Context(), render.Source{Format: render.HTML, Preheader: strings.Repeat("x", 5000)})
		wantFault(t, err, "preheader", "longer than 4 kB")
		_, err = render.Compile(t.Context(), render.Source{Format: "markdown"})
		wantFault(t, err, "format", "html or mjml")
	})
}

func TestPreview(t *testing.T) {
	t.Parallel()
	source := render.Source{
		Format: render.HTML, Subject: "{{ contact.first_name }}",
		Body: "{{ contact.company }} {{ contact.fields.Plan }} {{FirstName}}",
	}
	for locale, want := range map[string]render.Rendered{
		"fr": {Subject: "Hélène", HTML: "Noël &amp; Fils Plan {{FirstName}}"},
		"en": {Subject: "Zoë", HTML: "Brown &amp; Sons Plan {{FirstName}}"},
	} {
		got, remarks, err := render.Preview(t.Context(), source, locale)
		if err != nil || len(remarks) != 1 {
			t.Errorf("%s: %v, %v", locale, remarks, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", locale, diff)
		}
	}
}
