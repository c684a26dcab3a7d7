package render

import (
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// skeleton is an MJML document in which stand-ins take the place of what is not MJML: Liquid, the HTML inside of
// components, and character references in attributes. gomjml reads XML, loses the end of a component whose end tag
// holds a space, decodes &lt; and &quot; without encoding them again, and lays hands on the HTML in a text; none
// of it happens to a stand-in. Comments and text between components are left out, as MJML leaves them out.
type skeleton struct {
	mark   string // begins a stand-in, and is nowhere in the source
	hidden []hidden
	src    string
	starts []int // offsets in src where lines begin
	of     []int // the author's line of each
	out    strings.Builder
	lines  []int // the author's line of each line of out
	stray  []token
}

// hidden is what a stand-in stands for.
type hidden struct {
	token     token
	component string // whose content it is; empty for anything else
	inComment bool
	seen      bool // in the page
}

const standInEnd = "z"

var (
	reference = regexp.MustCompile(`^&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)
	startName = regexp.MustCompile(`^<([a-zA-Z][a-zA-Z0-9:_-]*)`)
)

func newSkeleton(tokens []token) *skeleton {
	s := &skeleton{mark: "zlq"}
	for slices.ContainsFunc(tokens, func(t token) bool { return strings.Contains(t.text+t.source, s.mark) }) {
		s.mark = s.mark[:1] + "l" + s.mark[1:]
	}
	var b strings.Builder
	s.starts, s.of = []int{0}, []int{1}
	for _, t := range tokens {
		if t.kind != textToken {
			b.WriteString(s.hide(hidden{token: t}))
			continue
		}
		line := t.line
		for i := range len(t.text) {
			if t.text[i] == '\n' {
				line++
				s.starts = append(s.starts, b.Len()+i+1)
				s.of = append(s.of, line)
			}
		}
		b.WriteString(t.text)
	}
	s.src = b.String()
	return s
}

// hide returns a new stand-in.
func (s *skeleton) hide(h hidden) string {
	s.hidden = append(s.hidden, h)
	return s.mark + strconv.Itoa(len(s.hidden)-1) + standInEnd
}

// line is the author's line of an offset in src.
func (s *skeleton) line(at int) int {
	return s.of[sort.SearchInts(s.starts, at+1)-1]
}

// original is the author's line of a line of out, from 1.
func (s *skeleton) original(line int) int {
	if line < 1 || line > len(s.lines) {
		return 1
	}
	return s.lines[line-1]
}

// keep takes src[from:to] over.
func (s *skeleton) keep(from, to int) {
	if s.out.Len() == 0 {
		if strings.Trim(s.src[from:to], space+"\ufeff") == "" {
			return
		}
		s.lines = []int{s.line(from)}
	}
	for i := from; i < to; i++ {
		if s.src[i] == '\n' {
			s.lines = append(s.lines, s.line(i+1))
		}
	}
	s.out.WriteString(s.src[from:to])
}

// build goes through the document once.
func (s *skeleton) build() error {
	for at := 0; at < len(s.src); {
		open := strings.IndexByte(s.src[at:], '<')
		if open < 0 {
			s.between(at, len(s.src))
			return nil
		}
		s.between(at, at+open)
		at += open
		var err error
		switch rest := s.src[at:]; {
		case strings.HasPrefix(rest, "<!--"):
			at, err = s.comment(at)
		case strings.HasPrefix(rest, "<?"):
			at, err = s.past(at, "?>")
		case strings.HasPrefix(rest, "<!"):
			declaration, _, _ := strings.Cut(rest[:min(len(rest), 60)], ">")
			err = mistakef(s.line(at), "%s> cannot stand here.", excerpt(declaration))
		case strings.HasPrefix(rest, "</"):
			at, err = s.end(at)
		default:
			at, err = s.start(at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// between takes over the space between two tags, and sets aside what else stands there: MJML has no place for it.
func (s *skeleton) between(from, to int) {
	inner := strings.TrimLeft(s.src[from:to], space+"\ufeff")
	if inner == "" {
		s.keep(from, to)
		return
	}
	s.stray = append(s.stray, token{kind: textToken, text: s.authored(inner), line: s.line(to - len(inner))})
	for i := from; i < to; i++ {
		if s.src[i] == '\n' {
			s.keep(i, i+1)
		}
	}
}

// authored writes Liquid as its author did.
func (s *skeleton) authored(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, s.mark)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		digits, after, _ := strings.Cut(rest, standInEnd)
		if id, err := strconv.Atoi(digits); err == nil && id < len(s.hidden) {
			b.WriteString(s.hidden[id].token.source)
		}
		text = after
	}
}

// past returns where what begins at at has ended.
func (s *skeleton) past(at int, end string) (int, error) {
	n := strings.Index(s.src[at:], end)
	if n < 0 {
		return 0, mistakef(s.line(at), "%s is not ended by %s.", excerpt(s.src[at:min(len(s.src), at+20)]), end)
	}
	return at + n + len(end), nil
}

// comment leaves a comment out, and what Liquid it holds.
func (s *skeleton) comment(at int) (int, error) {
	end, err := s.past(at, "-->")
	if err != nil {
		return 0, err
	}
	for rest := s.src[at:end]; ; {
		_, after, found := strings.Cut(rest, s.mark)
		if !found {
			return end, nil
		}
		digits, _, _ := strings.Cut(after, standInEnd)
		if id, err := strconv.Atoi(digits); err == nil && id < len(s.hidden) {
			s.hidden[id].inComment = true
		}
		rest = after
	}
}

// end takes an end tag over, without the space that it may hold.
func (s *skeleton) end(at int) (int, error) {
	end, err := s.past(at, ">")
	if err != nil {
		return 0, err
	}
	name := strings.TrimRight(s.src[at:end-1], space)
	s.keep(at, at+len(name))
	s.out.WriteByte('>')
	return end, nil
}

// start takes a start tag over, and the content of a component that holds HTML.
func (s *skeleton) start(at int) (int, error) {
	match := startName.FindStringSubmatch(s.src[at:min(len(s.src), at+100)])
	if match == nil {
		return 0, mistakef(s.line(at), "A < begins no tag here; in a text it is written &lt;.")
	}
	end := tagEnd(s.src, at)
	if end < 0 {
		return 0, mistakef(s.line(at), "<%s is not closed by >.", match[1])
	}
	s.attributes(at, end)
	if !holdsHTML(match[1]) || strings.HasSuffix(s.src[at:end], "/>") {
		return end, nil
	}
	content, after := closing(s.src, end, match[1])
	if content < 0 {
		return 0, mistakef(s.line(at), "<%s> is not ended by </%s>.", match[1], match[1])
	}
	s.content(match[1], end, content)
	s.out.WriteString("</" + match[1] + ">")
	return after, nil
}

// attributes takes a start tag over, with stand-ins for what XML would decode in its attributes.
func (s *skeleton) attributes(from, to int) {
	var quote byte
	for i := from; i < to; {
		c := s.src[i]
		ref := ""
		if c == '&' && quote != 0 {
			ref = reference.FindString(s.src[i:min(to, i+40)])
		}
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		case ref != "":
			s.out.WriteString(s.hide(hidden{token: token{text: ref}}))
			i += len(ref)
			continue
		case c == '"' && quote != 0:
			s.out.WriteString(s.hide(hidden{token: token{text: "&quot;"}}))
			i++
			continue
		case c == '&' && quote != 0:
			s.out.WriteString("&amp;") // which gomjml writes as it was, a bare &
			i++
			continue
		}
		s.keep(i, i+1)
		i++
	}
}

// content takes over what stands inside of a component, as a stand-in.
func (s *skeleton) content(component string, from, to int) {
	line := s.line(from + len(s.src[from:to]) - len(strings.TrimLeft(s.src[from:to], space)))
	whole := strings.Trim(s.src[from:to], space)
	if inner, found := strings.CutPrefix(whole, "<![CDATA["); found && strings.HasSuffix(inner, "]]>") {
		whole = strings.Trim(strings.TrimSuffix(inner, "]]>"), space)
	}
	switch {
	case whole == "":
	case component == "mj-style": // gomjml reads the rules that are to be inlined
		s.out.WriteString("<![CDATA[" + strings.ReplaceAll(whole, "]]>", "]]]]><![CDATA[>") + "]]>")
		for range strings.Count(whole, "\n") {
			s.lines = append(s.lines, line)
		}
	default:
		if component == "mj-title" { // it becomes an attribute, too
			whole = strings.NewReplacer("<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(whole)
		}
		s.out.WriteString(s.hide(hidden{token: token{text: whole, line: line}, component: component}))
	}
}

// tagEnd returns where the tag that begins at at has ended, or -1.
func tagEnd(s string, at int) int {
	var quote byte
	for i := at; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return -1
}

// closing finds the end tag of name from at on: where it begins and where it has ended, or -1.
func closing(s string, at int, name string) (begin, end int) {
	for {
		n := strings.Index(s[at:], "</"+name)
		if n < 0 {
			return -1, -1
		}
		begin = at + n
		at = begin + 2 + len(name)
		if rest := strings.TrimLeft(s[at:], space); strings.HasPrefix(rest, ">") {
			return begin, len(s) - len(rest) + 1
		}
	}
}
