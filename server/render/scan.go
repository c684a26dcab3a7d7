package render

import (
	"regexp"
	"strings"

	"github.com/partage-mail/partage/server/fault"
)

// kind is what a token is.
type kind int

const (
	textToken      kind = iota // passed on
	outputToken                // {{ … }}
	tagToken                   // {% … %}
	verbatimToken              // passed on, and hidden from MJML
	preheaderToken             // where the preheader goes
)

// token is a piece of a source.
type token struct {
	kind kind
	// text is the text, the expression of an output, or the arguments of a tag.
	text string
	// name of a tag; source of an output or a tag, as written.
	name, source string
	// line where it begins, from 1, and how many line breaks it takes in.
	line, breaks int
}

// mistake is an error of the author: a line and a sentence. It becomes a fault with its field.
type mistake struct {
	line int
	said *fault.Fault
}

// Error returns the sentence with its line.
func (m *mistake) Error() string { return m.fault("").Message }

func mistakef(line int, format string, args ...any) *mistake {
	return &mistake{line, fault.New(fault.Invalid, format, args...)}
}

// fault is the mistake as the fault of a field.
func (m *mistake) fault(field string) *fault.Fault {
	return fault.Field(field, "Line %d: %s", m.line, m.said)
}

const (
	maxTag    = 2000   // bytes of an output or a tag
	maxTokens = 10_000 // of a source, texts between included
	space     = " \t\r\n"
)

var (
	tagName    = regexp.MustCompile(`^\w+`)
	endComment = regexp.MustCompile(`\{%-?\s*endcomment\s*-?%\}`)
	endRaw     = regexp.MustCompile(`\{%-?\s*endraw\s*-?%\}`)
)

// scan cuts a source into tokens, without comments, with the text of raw blocks as text, and without the space that
// {{- and -}} take away.
func scan(src string) ([]token, error) {
	s := scanner{src: src, line: 1}
	for from := 0; ; {
		open := indexOpen(src, from)
		if open < 0 {
			s.text(len(src))
			return s.tokens, nil
		}
		if from = open + 2; src[open+1] == '{' {
			s.output(open)
		} else if err := s.tag(open); err != nil {
			return nil, err
		}
		if from = max(from, s.at); len(s.tokens) > maxTokens {
			return nil, mistakef(s.line, "There are more than %d outputs and tags.", maxTokens/2)
		}
	}
}

// indexOpen finds the next {{ or {%, or -1.
func indexOpen(src string, from int) int {
	for {
		brace := strings.IndexByte(src[from:], '{')
		if brace < 0 || from+brace+1 >= len(src) {
			return -1
		}
		if from += brace; src[from+1] == '{' || src[from+1] == '%' {
			return from
		}
		from++
	}
}

type scanner struct {
	src    string
	at     int // everything before is in tokens
	line   int // of at
	trim   bool
	tokens []token
}

// text takes everything up to end as text.
func (s *scanner) text(end int) {
	t, line := s.src[s.at:end], s.line
	s.advance(end)
	if s.trim {
		whole := t
		t = strings.TrimLeft(t, space)
		line += strings.Count(whole[:len(whole)-len(t)], "\n")
		s.trim = t == ""
	}
	if t != "" {
		s.tokens = append(s.tokens, token{kind: textToken, text: t, line: line})
	}
}

func (s *scanner) advance(end int) {
	s.line += strings.Count(s.src[s.at:end], "\n")
	s.at = end
}

// inner takes off the marks of an output or a tag and obeys their dashes.
func (s *scanner) inner(whole string) string {
	in := whole[2 : len(whole)-2]
	s.trim = false
	if strings.HasPrefix(in, "-") {
		in = in[1:]
		if n := len(s.tokens); n > 0 && s.tokens[n-1].kind == textToken {
			s.tokens[n-1].text = strings.TrimRight(s.tokens[n-1].text, space)
		}
	}
	if strings.HasSuffix(in, "-") {
		in = in[:len(in)-1]
		s.trim = true
	}
	return strings.TrimSpace(in)
}

// output takes the output that begins at open. Without an end it is text.
func (s *scanner) output(open int) {
	end := strings.Index(s.src[open:min(len(s.src), open+maxTag)], "}}")
	if end < 0 {
		return
	}
	s.text(open)
	whole := s.src[open : open+end+2]
	s.tokens = append(s.tokens, token{
		kind: outputToken, text: s.inner(whole), source: whole, line: s.line, breaks: strings.Count(whole, "\n"),
	})
	s.advance(open + len(whole))
}

// tag takes the tag that begins at open, and all of a comment or a raw block.
func (s *scanner) tag(open int) error {
	s.text(open)
	end := strings.Index(s.src[open:min(len(s.src), open+maxTag)], "%}")
	if end < 0 {
		return mistakef(s.line, "{%% is not closed by %%}.")
	}
	whole := s.src[open : open+end+2]
	in := s.inner(whole)
	name := tagName.FindString(in)
	t := token{kind: tagToken, name: name, text: strings.TrimSpace(in[len(name):]), source: whole,
		line: s.line, breaks: strings.Count(whole, "\n")}
	s.advance(open + len(whole))
	var closing *regexp.Regexp
	switch name {
	case "":
		return mistakef(t.line, "%s has no name.", excerpt(whole))
	case "comment":
		closing = endComment
	case "raw":
		closing = endRaw
	default:
		s.tokens = append(s.tokens, t)
		return nil
	}
	last := closing.FindStringIndex(s.src[s.at:])
	if last == nil {
		return mistakef(t.line, "{%% %s %%} is not ended by {%% end%s %%}.", name, name)
	}
	until, after := s.at+last[0], s.at+last[1]
	if name == "raw" {
		s.text(until)
	}
	s.advance(until)
	s.inner(s.src[until:after])
	s.advance(after)
	return nil
}

// excerpt is what of a source is repeated in a sentence.
func excerpt(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
