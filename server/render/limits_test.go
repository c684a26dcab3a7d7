package render_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/render"
)

func TestLimits(t *testing.T) {
	t.Parallel()
	t.Run("stop a template that would burn time or memory", func(t *testing.T) {
		t.Parallel()
		doubling := `{% assign s = "0123456789" %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}`
		for name, c := range map[string]struct{ body, part string }{
			"an empty loop": {`{% for i in (1..1000000000) %}{% endfor %}`, "more than 50000 steps"},
			"filters of a long text": {`{% capture a %}{% for i in (1..1000) %}` + strings.Repeat("é", 30) + `{% endfor %}{% endcapture %}{% for i in (1..1000) %}{{ a` +
				strings.Repeat(" | upcase | downcase", 11) + ` | size }}{% endfor %}`, "more than 50000 steps"},
			"a loop of a loop":   {`{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}`, "more than 50000 steps"},
			"a loop that writes": {`{% for i in (1..40000) %}` + strings.Repeat("x", 1000) + `{% endfor %}`, "writes more than a mail may hold"},
			"a reversed loop":    {`{% for i in (1..1000000000) reversed %}{% endfor %}`, "more than 50000 steps"},
			"a computed range":   {`{% assign n = 1000000 | times: 1000 %}{% for i in (1..n) %}{% endfor %}`, "more than 50000 steps"},
			"a huge range":       {`{% for i in (-99999999999999..99999999999999) %}{% endfor %}`, "more than 50000 steps"},
			"a capture": {
				`{% capture c %}{% for i in (1..40000) %}` + strings.Repeat("x", 1000) + `{% endfor %}{% endcapture %}`,
				"writes more than a mail may hold",
			},
			"captures of a capture": {
				`{% capture c %}0123456789{% endcapture %}{% for i in (1..60) %}{% capture c %}{{ c }}{{ c }}{% endcapture %}{% endfor %}`,
				"hold more than 256 kB",
			},
			"a text that doubles":   {doubling, "append: a text grows longer than 64 kB"},
			"many texts":            {`{% assign s = contact.fields.long %}` + many(`{%% assign s%d = s | upcase %%}`, 2000), "hold more than 256 kB"},
			"a replacement":         {`{{ contact.fields.long | replace: "x", contact.fields.long }}`, "replace: a text grows longer than 64 kB"},
			"a join":                {`{{ contact.fields.list | split: "," | join: contact.fields.long }}`, "join: a text grows longer than 64 kB"},
			"a list":                {`{{ contact.fields.long | split: "" | size }}`, "split: a list grows longer than 1000"},
			"an escaped text":       {`{{ contact.fields.signs | escape }}`, "escape: a text grows longer than 64 kB"},
			"line breaks":           {`{{ contact.fields.breaks | newline_to_br }}`, "grows longer than 64 kB"},
			"a pattern of a date":   {`{{ "now" | date: contact.fields.long }}`, "date: the pattern is longer than 200"},
			"a nest of expressions": {`{% for i in (1..9999) %}{% if ` + strings.Repeat("(", 700) + "1" + strings.Repeat(")", 700) + ` %}{% endif %}{% endfor %}`, "more than 50000 steps"},
			"a list in a variable":  {`{% assign a = contact.fields.list | split: "," %}` + many(`{%% assign a%d = a | reverse %%}`, 500), "hold more than 256 kB"},
		} {
			to := ann()
			to.Fields = map[string]string{
				"long": strings.Repeat("x", 50_000), "list": strings.Repeat("x,", 900),
				"signs": strings.Repeat("<", 50_000), "breaks": strings.Repeat("\n", 50_000),
			}
			_, err := compile(t, render.HTML, c.body).Render(t.Context(), to)
			if f := fault.As(err); f == nil || f.Field != "body" || !strings.Contains(f.Message, c.part) {
				t.Errorf("%s: got %v, want %q", name, err, c.part)
			}
		}
	})
	t.Run("bound what a subject becomes", func(t *testing.T) {
		t.Parallel()
		mail, err := render.Compile(t.Context(), render.Source{Format: render.HTML, Subject: "{% for i in (1..9999) %}xxxxxxxxxx{% endfor %}"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = mail.Render(t.Context(), ann())
		wantFault(t, err, "subject", "writes more than a mail may hold")
	})
	t.Run("leave the loop that a context ends in", func(t *testing.T) {
		t.Parallel()
		mail := compile(t, render.HTML, `{% for i in (1..9999) %}{{ i }}{% endfor %}`)
		ctx := &countdown{Context: t.Context(), left: 20}
		if _, err := mail.Render(ctx, ann()); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("let a large honest mail through", func(t *testing.T) {
		t.Parallel()
		body := strings.Repeat("<p>Hello {{ contact.first_name }}</p>\n", 4000) + strings.Repeat("x", 800_000)
		if got := fill(t, render.HTML, body); strings.Count(got, "Hello Ann") != 4000 {
			t.Errorf("got %d bytes", len(got))
		}
	})
}

// countdown is a context that ends after it has been asked a number of times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// many is format n times, each with its number.
func many(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestHostileMJML(t *testing.T) {
	t.Parallel()
	page := func(body string) string { return "<mjml><mj-body>" + body + "</mj-body></mjml>" }
	column := func(body string) string {
		return page("<mj-section><mj-column>" + body + "</mj-column></mj-section>")
	}
	for name, c := range map[string]struct{ body, part string }{
		"nothing":             {"", "<mjml> with one <mj-body>"},
		"text":                {"Hello", "<mjml> with one <mj-body>"},
		"HTML":                {"<!doctype html><html></html>", "<!doctype html> cannot stand here"},
		"HTML without type":   {"<html></html>", "begins with <mjml>, not with <html>"},
		"1 MB of <":           {strings.Repeat("<", 1<<20), "A < begins no tag here"},
		"1 MB of tags":        {strings.Repeat("<a>", 300_000), "begins with <mjml>"},
		"deep sections":       {"<mjml><mj-body>\n" + strings.Repeat("<mj-section>", 80_000), "Line 2: <mj-section> cannot stand in <mj-section>"},
		"1 MB of mj-raw":      {page(strings.Repeat("<mj-raw>", 120_000)), "<mj-raw> is not ended by </mj-raw>"},
		"deep HTML in text":   {column("<mj-text>"+strings.Repeat("<b>", 300_000)+"</mj-text>") + strings.Repeat(" ", 1<<20), "longer than 1024 kB"},
		"many elements":       {column(strings.Repeat("<mj-spacer/>", 6000)), "more than 5000 elements"},
		"entity bomb":         {`<!DOCTYPE mjml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + page("&b;"), "cannot stand here"},
		"DOCTYPE within":      {page(`<!ENTITY x SYSTEM "file:///etc/passwd">`), "cannot stand here"},
		"CDATA within":        {page(`<![CDATA[x]]>`), "cannot stand here"},
		"mj-include":          {"<mjml><mj-body>\n\n<mj-include path=\"/etc/passwd\"/></mj-body></mjml>", "Line 3: <mj-include>: a mail cannot take in other files"},
		"include in the head": {`<mjml><mj-head><mj-include path="x"/></mj-head><mj-body/></mjml>`, "<mj-include>: a mail cannot take in"},
		"unknown component":   {page("<mj-foo/>"), "<mj-foo> is not known here"},
		"unsupported":         {`<mjml><mj-head><mj-breakpoint width="1px"/></mj-head><mj-body/></mjml>`, "<mj-breakpoint> is not known here"},
		"misplaced component": {page("\n<mj-text>a</mj-text>"), "Line 2: <mj-text> cannot stand in <mj-body>, only in <mj-column>, <mj-hero>"},
		"misplaced HTML":      {column("<p>a</p>"), "<p> cannot stand in <mj-column>; HTML belongs into"},
		"two bodies":          {"<mjml><mj-body></mj-body><mj-body></mj-body></mjml>", "a second <mj-body>"},
		"two heads":           {"<mjml><mj-head/><mj-head/><mj-body/></mjml>", "a second <mj-head>"},
		"two roots":           {page("") + page(""), "a second <mj-body>"},
		"wrong order":         {"<mjml><mj-body>\n<mj-section></mj-body></mjml>", "Line 2: The MJML cannot be read: element <mj-section> closed by </mj-body>"},
		"no end":              {"<mjml><mj-body>", "unexpected EOF"},
		"open tag":            {"<mjml><mj-body", "<mj-body is not closed by >"},
		"open comment":        {page("\n<!-- x"), "Line 2: <!-- x"},
		"open text":           {column("<mj-text>a"), "<mj-text> is not ended by </mj-text>"},
		"unquoted attribute":  {page("<mj-section padding=0></mj-section>"), "The MJML cannot be read"},
		"< in an attribute":   {page(`<mj-section css-class="<"></mj-section>`), "The MJML cannot be read"},
		"lost Liquid":         {page("\n{% if true %}<mj-section></mj-section>{% endif %}"), "Line 2: {% if true %} would be lost here"},
		"lost text":           {"<mjml><mj-head><mj-attributes>\n<mj-text>a</mj-text></mj-attributes></mj-head><mj-body/></mjml>", "Line 2: The content of <mj-text> would be lost"},
		"long mj-all":         {`<mjml><mj-head><mj-attributes><mj-all css-class="` + strings.Repeat("x", 100_000) + `"/></mj-attributes></mj-head><mj-body><mj-section><mj-column>` + strings.Repeat("<mj-spacer/>", 4000) + `</mj-column></mj-section></mj-body></mjml>`, "repeated too often"},
		"long inline style":   {`<mjml><mj-head><mj-style inline="inline">.a{` + strings.Repeat("color:red;", 10_000) + `}</mj-style></mj-head><mj-body><mj-section><mj-column>` + strings.Repeat(`<mj-spacer css-class="a"/>`, 4000) + `</mj-column></mj-section></mj-body></mjml>`, "repeated too often"},
		"long inheritance":    {column(`<mj-social color="` + strings.Repeat("x", 100_000) + `">` + strings.Repeat("<mj-social-element>a</mj-social-element>", 1000) + "</mj-social>"), "repeated too often"},
		"long carousel":       {column("<mj-carousel>" + strings.Repeat(`<mj-carousel-image src="a"/>`, 1000) + "</mj-carousel>"), "A carousel has at most 30 images"},
		"NUL":                 {column("<mj-text>\x00</mj-text>"), "not text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := render.Compile(t.Context(), render.Source{Format: render.MJML, Body: c.body})
			wantFault(t, err, "body", c.part)
		})
	}
}
