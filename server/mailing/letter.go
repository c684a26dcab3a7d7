package mailing

import (
	"bytes"
	"embed"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"path"
	"strings"
	"text/template"
)

//go:embed letters
var letters embed.FS

// letter is a rendered message.
type letter struct{ subject, text, html string }

// page is what the layouts are filled with.
type page struct {
	Locale     string
	Subject    string
	Preheader  string
	Paragraphs []string
	Action     string
	Link       string
	Fallback   string
	Note       string
	Footer     string
}

// paper is the letters and the layouts, read once. A letter is named parts, some of them common to all of its
// language unless it has its own. It is safe for concurrent use.
type paper struct {
	parts map[string]*template.Template // by letter and language, such as password_reset.en
	plain *template.Template
	rich  *htmltemplate.Template
}

// newPaper reads what is embedded. A test sees an error first.
func newPaper() (paper, error) {
	p := paper{parts: make(map[string]*template.Template)}
	files, err := fs.Glob(letters, "letters/*.tmpl")
	if err != nil {
		return p, fmt.Errorf("reading the letters: %w", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".tmpl")
		p.parts[name], err = template.ParseFS(letters, "letters/common"+path.Ext(name)+".tmpl", file)
		if err != nil {
			return p, fmt.Errorf("reading the letter %s: %w", name, err)
		}
	}
	if p.plain, err = template.ParseFS(letters, "letters/layout.txt"); err != nil {
		return p, fmt.Errorf("reading the layout of mails: %w", err)
	}
	if p.rich, err = htmltemplate.ParseFS(letters, "letters/layout.html"); err != nil {
		return p, fmt.Errorf("reading the layout of mails: %w", err)
	}
	return p, nil
}

// render writes the message as plain text and as HTML. Both come from one letter of named parts, so that
// they cannot say different things.
func (p paper) render(m Message) (letter, error) {
	locale := m.to.Locale
	if locale != "fr" {
		locale = "en"
	}
	parts, ok := p.parts[m.letter+"."+locale]
	if !ok {
		return letter{}, fmt.Errorf("there is no letter %s in %s", m.letter, locale)
	}
	v := m.values
	v.Name, v.Email = m.to.Name, m.to.Email
	out := page{Locale: locale, Link: v.Link}
	for name, to := range map[string]*string{
		"subject": &out.Subject, "preheader": &out.Preheader, "action": &out.Action,
		"fallback": &out.Fallback, "note": &out.Note, "footer": &out.Footer,
	} {
		text, err := part(parts, name, v)
		if err != nil {
			return letter{}, err
		}
		*to = strings.Join(strings.Fields(text), " ")
	}
	body, err := part(parts, "body", v)
	if err != nil {
		return letter{}, err
	}
	for paragraph := range strings.SplitSeq(body, "\n\n") {
		out.Paragraphs = append(out.Paragraphs, strings.Join(strings.Fields(paragraph), " "))
	}
	return p.lay(out)
}

// lay puts the parts into the layouts.
func (p paper) lay(filled page) (letter, error) {
	var text, html bytes.Buffer
	if err := p.plain.Execute(&text, filled); err != nil {
		return letter{}, fmt.Errorf("laying out a mail's text: %w", err)
	}
	if err := p.rich.Execute(&html, filled); err != nil {
		return letter{}, fmt.Errorf("laying out a mail's HTML: %w", err)
	}
	return letter{subject: filled.Subject, text: text.String(), html: html.String()}, nil
}

func part(t *template.Template, name string, v values) (string, error) {
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, name, v); err != nil {
		return "", fmt.Errorf("filling the part %s of a letter: %w", name, err)
	}
	return strings.TrimSpace(b.String()), nil
}
