package mailing

import (
	"bytes"
	"embed"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"strings"
	"text/template"
	"time"

	"github.com/google/uuid"
)

//go:embed letters
var letters embed.FS

// Recipient is the person a message goes to.
type Recipient struct {
	// Email is the address as the person wrote it.
	Email string
	// Name is how the message greets them.
	Name string
	// Locale is the language of the message, "en" or "fr"; any other is English.
	Locale string
}

// Message is one message to one person. Its constructors are in this file; Mailing.Write takes it.
type Message struct {
	to      Recipient
	account uuid.UUID
	letter  string
	values  values
}

// values is what the letters may speak of.
type values struct {
	Name    string
	Email   string
	Link    string
	Minutes int
}

// PasswordReset is the message with the link that sets a new password; validFor is for how long it works.
func PasswordReset(to Recipient, link string, validFor time.Duration) Message {
	return Message{to: to, letter: "password_reset", values: values{Link: link, Minutes: int(validFor.Minutes())}}
}

// PasswordChanged tells a person that their password is a new one; link leads to where they can set another.
func PasswordChanged(to Recipient, link string) Message {
	return Message{to: to, letter: "password_changed", values: values{Link: link}}
}

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

// render writes the message as plain text and as HTML. Both come from one letter of named parts, so that
// they cannot say different things.
func (m Message) render() (letter, error) {
	locale := m.to.Locale
	if locale != "fr" {
		locale = "en"
	}
	v := m.values
	v.Name, v.Email = m.to.Name, m.to.Email
	parts, err := template.ParseFS(letters, "letters/common."+locale+".tmpl", "letters/"+m.letter+"."+locale+".tmpl")
	if err != nil {
		return letter{}, fmt.Errorf("reading the letter %s: %w", m.letter, err)
	}
	p := page{Locale: locale, Link: v.Link}
	for name, to := range map[string]*string{
		"subject": &p.Subject, "preheader": &p.Preheader, "action": &p.Action,
		"fallback": &p.Fallback, "note": &p.Note, "footer": &p.Footer,
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
		p.Paragraphs = append(p.Paragraphs, strings.Join(strings.Fields(paragraph), " "))
	}
	return p.lay()
}

// lay puts the parts into the layouts.
func (p page) lay() (letter, error) {
	var text, html bytes.Buffer
	plain, err := template.ParseFS(letters, "letters/layout.txt")
	if err == nil {
		err = plain.Execute(&text, p)
	}
	if err != nil {
		return letter{}, fmt.Errorf("laying out a mail's text: %w", err)
	}
	rich, err := htmltemplate.ParseFS(fs.FS(letters), "letters/layout.html")
	if err == nil {
		err = rich.Execute(&html, p)
	}
	if err != nil {
		return letter{}, fmt.Errorf("laying out a mail's HTML: %w", err)
	}
	return letter{subject: p.Subject, text: text.String(), html: html.String()}, nil
}

func part(t *template.Template, name string, v values) (string, error) {
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, name, v); err != nil {
		return "", fmt.Errorf("filling the part %s of a letter: %w", name, err)
	}
	return strings.TrimSpace(b.String()), nil
}
