package render

import (
	"context"
	"fmt"
	"html"
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/partage-mail/partage/server/fault"
)

// PreviewPolicy is the Content-Security-Policy under which a rendered body may be shown in a browser, inside of
// a sandboxed iframe: nothing runs, nothing is sent; pictures, fonts and style sheets load as in a mail program.
const PreviewPolicy = "sandbox; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline' http: https:; " +
	"font-src http: https: data:; base-uri 'none'; form-action 'none'"

// Format is the language of a body.
type Format string

const (
	// HTML is sent as it is.
	HTML Format = "html"
	// MJML is made HTML first.
	MJML Format = "mjml"
)

// Source is a mail as its author wrote it.
type Source struct {
	Format Format
	// Subject, Preheader and Body may hold Liquid. The preheader is the line that mail programs show after the
	// subject; it is put, invisible, at the start of the body.
	Subject, Preheader, Body string
	Sender                   Sender
}

// Sender is who a mail comes from.
type Sender struct{ Name, Email, ReplyTo string }

// Recipient is who a mail is rendered for.
type Recipient struct {
	Email, FirstName, LastName, Company, City string
	// Fields are the contact's further fields; the map is only read.
	Fields map[string]string
	// UnsubscribeURL is this recipient's own.
	UnsubscribeURL string
}

// Rendered is what one recipient gets. Subject is plain text on one line.
type Rendered struct{ Subject, HTML string }

// Remark is something that the author of a mail should know.
type Remark struct {
	// Field is subject, preheader or body.
	Field string
	// Line is counted from 1 in what the author wrote.
	Line int
	// Message is a sentence in the language asked for.
	Message string
	// Blocks says that the mail should not be sent as it is.
	Blocks bool
}

// Mail is a compiled mail. It does not change and is safe for concurrent use.
type Mail struct {
	subject, preheader, body *template
	sender                   map[string]any
	remarks                  []remark
	fields                   []string
}

// Compile reads a mail. It fails with an Invalid fault on "subject", "preheader" or "body" where a part cannot be
// read or is over a limit. Compiling takes turns in the process (see mjml.go); ctx ends the waiting.
func Compile(ctx context.Context, src Source) (mail *Mail, err error) {
	field := "body"
	defer func() {
		if p := recover(); p != nil {
			mail, err = nil, fault.Field(field, "The %s cannot be read.", fault.Word(field))
		}
	}()
	c := &compilation{filters: filters()}
	body, err := c.document(ctx, src.Format, src.Body)
	if err != nil {
		return nil, err
	}
	mail = &Mail{body: body, sender: map[string]any{
		"name": present(src.Sender.Name), "email": present(src.Sender.Email), "reply_to": present(src.Sender.ReplyTo),
	}}
	field = "subject"
	if mail.subject, err = c.line(field, src.Subject); err != nil {
		return nil, err
	}
	field = "preheader"
	if mail.preheader, err = c.line(field, src.Preheader); err != nil {
		return nil, err
	}
	mail.remarks, mail.fields = c.remarks, c.fields
	return mail, nil
}

// remark is a Remark that has no language yet.
type remark struct {
	field  string
	line   int
	blocks bool
	said   *fault.Fault
}

// Remarks returns what the author should know, in a language, at most a hundred, in the order of body, subject, preheader.
func (m *Mail) Remarks(locale string) []Remark {
	var all []Remark
	for _, r := range m.remarks {
		all = append(all, Remark{Field: r.field, Line: r.line, Message: r.said.In(locale), Blocks: r.blocks})
	}
	return all
}

// Ready returns an Invalid fault where the mail should not be sent as it is: a placeholder was not understood.
func (m *Mail) Ready() error {
	for _, r := range m.remarks {
		if r.blocks {
			return fault.Field(r.field, "Line %d: %s", r.line, r.said)
		}
	}
	return nil
}

// Fields returns the names of the further fields that the mail uses, each once, in order of first use.
func (m *Mail) Fields() []string { return append([]string(nil), m.fields...) }

// Render fills the mail in for one recipient. It fails with an Invalid fault where a template does so much that it
// runs into a limit, or computes with what is no number; with ctx.Err() where ctx ends.
func (m *Mail) Render(ctx context.Context, to Recipient) (Rendered, error) {
	contact := map[string]any{
		"email": present(to.Email), "first_name": present(to.FirstName), "last_name": present(to.LastName),
		"company": present(to.Company), "city": present(to.City), "fields": withoutEmpty(to.Fields),
	}
	fill := func(t *template, preheader string) (string, error) {
		return t.render(ctx, preheader, map[string]any{
			"contact": contact, "sender": m.sender, "unsubscribe_url": present(to.UnsubscribeURL),
		})
	}
	subject, err := fill(m.subject, "")
	if err != nil {
		return Rendered{}, err
	}
	preheader, err := fill(m.preheader, "")
	if err != nil {
		return Rendered{}, err
	}
	if preheader = oneLine(preheader); preheader != "" {
		preheader = fmt.Sprintf(preheaderHTML, html.EscapeString(preheader))
	}
	body, err := fill(m.body, preheader)
	if err != nil {
		return Rendered{}, err
	}
	return Rendered{Subject: oneLine(subject), HTML: body}, nil
}

// present is a value of a template: nothing where s is empty.
func present(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// withoutEmpty returns fields without those that have no value.
func withoutEmpty(fields map[string]string) map[string]string {
	for _, value := range fields {
		if value == "" {
			fields = maps.Clone(fields)
			maps.DeleteFunc(fields, func(_, value string) bool { return value == "" })
			break
		}
	}
	return fields
}

// oneLine makes line breaks and other control characters spaces, and trims.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s))
}
