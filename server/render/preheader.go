package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// preheaderHTML hides the preheader from the eye in the ways that mail programs understand.
const preheaderHTML = `<div style="display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;` +
	`overflow:hidden;mso-hide:all">%s</div>`

// placePreheader adds the token for the preheader: after the start of the body, else after the head, else at the
// beginning of what is shown.
func placePreheader(tokens []token) []token {
	var all strings.Builder
	for _, t := range tokens {
		if t.kind == textToken {
			all.WriteString(t.text)
		} else {
			all.WriteByte('x') // a tag of Liquid, wherever it stands, is a letter to HTML
		}
	}
	at := bodyStart(all.String())
	for i, t := range tokens {
		length := 1
		if t.kind == textToken {
			length = len(t.text)
		}
		if at >= length {
			at -= length
			continue
		}
		out := append([]token(nil), tokens[:i]...)
		if at > 0 {
			before := t
			before.text, t.text = t.text[:at], t.text[at:]
			out = append(out, before)
		}
		return append(append(out, token{kind: preheaderToken, line: t.line}, t), tokens[i+1:]...)
	}
	return append(tokens, token{kind: preheaderToken, line: 1})
}

// bodyStart returns where in a page what is shown begins.
func bodyStart(page string) int {
	best, at := 0, 0
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return best
		}
		at += len(z.Raw())
		name, _ := z.TagName()
		switch tag := atom.Lookup(name); {
		case kind == html.StartTagToken && tag == atom.Body:
			return at
		case kind == html.DoctypeToken, kind == html.StartTagToken && tag == atom.Html, kind == html.EndTagToken && tag == atom.Head:
			best = at
		}
	}
}
