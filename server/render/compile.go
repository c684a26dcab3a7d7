package render

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/partage-mail/partage/server/fault"
)

const (
	maxBody    = 1 << 20 // bytes of a body
	maxLine    = 4 << 10 // bytes of a subject or preheader, as written and rendered
	maxRemarks = 100
)

// compilation gathers what compiling the parts of a mail brings to light.
type compilation struct {
	filters map[string]any
	remarks []remark
	fields  []string
}

// document compiles a body.
func (c *compilation) document(ctx context.Context, format Format, source string) (*template, error) {
	p := &part{compilation: c, field: "body", escape: true}
	if format != HTML && format != MJML {
		return nil, fault.Field("format", "The format is html or mjml.")
	}
	tokens, err := p.scan(source, maxBody)
	if err != nil {
		return nil, err
	}
	if format == MJML {
		if tokens, err = p.convert(ctx, tokens); err != nil {
			return nil, p.fault(err)
		}
	}
	return p.template(placePreheader(tokens), maxRendered)
}

// line compiles a subject or preheader.
func (c *compilation) line(field, source string) (*template, error) {
	p := &part{compilation: c, field: field}
	tokens, err := p.scan(source, maxLine)
	if err != nil {
		return nil, err
	}
	return p.template(tokens, maxLine)
}

// part is a subject, preheader or body that is being compiled.
type part struct {
	*compilation
	field  string
	escape bool // outputs are escaped for HTML
	// assigned and captured are the names that its tags give values to, anywhere.
	assigned, captured map[string]bool
}

// fault words a mistake with its line; other errors stay what they are.
func (p *part) fault(err error) error {
	var m *mistake
	if errors.As(err, &m) {
		return m.fault(p.field)
	}
	return err
}

func (p *part) remark(line int, blocks bool, format string, args ...any) {
	if len(p.remarks) < maxRemarks {
		p.remarks = append(p.remarks, remark{p.field, line, blocks, fault.New(fault.Invalid, format, args...)})
	}
}

// scan cuts the source and settles which outputs are Liquid.
func (p *part) scan(source string, most int) ([]token, error) {
	if len(source) > most {
		return nil, fault.Field(p.field, "The %s is longer than %d kB.", fault.Word(p.field), most>>10)
	}
	if at := invalidAt(source); at >= 0 {
		return nil, fault.Field(p.field, "Line %d: the %s holds a character that is not text.", 1+strings.Count(source[:at], "\n"), fault.Word(p.field))
	}
	tokens, err := scan(source)
	if err != nil {
		return nil, p.fault(err)
	}
	p.collectNames(tokens)
	for i, t := range tokens {
		if t.kind != outputToken {
			continue
		}
		if why := p.wrong(t); why != nil {
			tokens[i] = token{kind: verbatimToken, text: t.source, source: t.source, line: t.line, breaks: t.breaks}
			p.remark(t.line, true, "%s %s; it is kept as it is written.", excerpt(t.source), why)
		}
	}
	return tokens, nil
}

// wrong says why an output is no Liquid, as the end of a sentence; nil where it is.
func (p *part) wrong(t token) *fault.Fault {
	e, why := examine(t.text, t.line, p.filters)
	if why != nil {
		return why
	}
	if _, ok := e.value(); !ok {
		return because("cannot be read")
	}
	if i := slices.Index(e.filters, "raw"); i >= 0 && i < len(e.filters)-1 {
		return because("has a filter after raw; raw belongs at the end")
	}
	if strings.Join(e.path(), ".") == "contact.fields" {
		return because("names all fields; name one, as in contact.fields.NAME")
	}
	return p.unknown(e)
}

// invalidAt finds what is no text, or returns -1.
func invalidAt(s string) int {
	if !utf8.ValidString(s) {
		for i, r := range s {
			if r == utf8.RuneError {
				return i
			}
		}
	}
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r\f", r) || r == 0x7f })
}

// collectNames finds the names that tags give values to.
func (p *part) collectNames(tokens []token) {
	p.assigned, p.captured = map[string]bool{}, map[string]bool{}
	for _, t := range tokens {
		if t.kind != tagToken {
			continue
		}
		lexemes, _ := lex(t.text)
		if len(lexemes) == 0 {
			continue
		}
		switch first := strings.Trim(lexemes[0].text, `'"`); t.name {
		case "assign", "for":
			p.assigned[first] = true
		case "capture":
			p.captured[first] = true
		}
	}
}

// unknown says which variable of an expression there is not, as the end of a sentence; nil where there are all. It keeps the
// further fields it meets.
func (p *part) unknown(e expr) *fault.Fault {
	for _, path := range e.paths {
		root := path[0]
		switch {
		case p.assigned[root] || p.captured[root] || root == "blank" || root == "empty" || root == "forloop":
		case !knownVariable(path):
			if meant := suggestion(path); meant != "" {
				return because("names no variable (%s?)", meant)
			}
			return because("names no variable")
		case root == "contact" && len(path) > 2 && path[1] == "fields" && !slices.Contains(p.fields, path[2]):
			p.fields = append(p.fields, path[2])
		}
	}
	return nil
}
