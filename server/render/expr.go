package render

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/osteele/liquid/expressions"

	"github.com/partage-mail/partage/server/fault"
)

// expr is an expression or a statement that has been looked through and written anew for the expression parser.
type expr struct {
	canonical string
	lexemes   []lexeme
	paths     [][]string // variables with their properties, in order
	filters   []string   // in order
	cost      int        // steps it takes
	line      int
}

// examine looks an expression through. why is the end of a sentence where it cannot be one.
func examine(source string, line int, filters map[string]any) (e expr, why *fault.Fault) {
	if strings.Contains(source, "&") {
		source = html.UnescapeString(source) // editors of HTML write &quot; and &gt; inside of tags, too
	}
	lexemes, ok := lex(source)
	if !ok {
		if strings.ContainsAny(source, "“”‘’«»") {
			return e, because("has curly quotation marks where straight ones belong")
		}
		return e, because("cannot be read")
	}
	e = expr{lexemes: lexemes, cost: (1 + len(lexemes)) * (1 + len(source)/longText), line: line}
	for i, l := range lexemes {
		switch {
		case l.class == signLexeme && l.text == "..":
			if slices.ContainsFunc(lexemes, func(l lexeme) bool { return l.text == "|" }) {
				return e, because("filters a range; a range can only be looped over")
			}
		case i > 0 && lexemes[i-1].text == "|":
			filter := strings.TrimSuffix(l.text, ":")
			if filters[filter] == nil {
				return e, because("uses the unknown filter %s", excerpt(filter))
			}
			e.filters = append(e.filters, filter)
		case l.class == wordLexeme && !isOperator(l.text):
			e.paths = append(e.paths, path(lexemes[i:]))
		}
	}
	e.canonical = canonical(lexemes)
	return e, nil
}

// because is the end of a sentence that says what is wrong.
func because(format string, args ...any) *fault.Fault {
	return fault.New(fault.Invalid, format, args...)
}

// path is the variable that lexemes begin with and the properties that follow it.
func path(lexemes []lexeme) []string {
	out := []string{lexemes[0].text}
	for i := 1; i < len(lexemes); i++ {
		switch l := lexemes[i]; {
		case l.class == propertyLexeme:
			out = append(out, l.text[1:])
		case l.text == "[" && i+2 < len(lexemes) && lexemes[i+1].class == quotedLexeme && lexemes[i+2].text == "]":
			q := lexemes[i+1].text
			out = append(out, q[1:len(q)-1])
			i += 2
		default:
			return out
		}
	}
	return out
}

// canonical writes lexemes for the expression parser. A comparison with an empty text becomes one with nothing,
// which is what an empty value is here; a name beyond ASCII becomes an index, which the parser takes.
func canonical(lexemes []lexeme) string {
	var b strings.Builder
	for i, l := range lexemes {
		switch {
		case l.class == quotedLexeme && len(l.text) == 2 && (compares(lexemes, i-1) || compares(lexemes, i+1)):
			b.WriteString("nil")
		case l.class == wordLexeme && (l.text == "blank" || l.text == "empty"):
			b.WriteString("nil")
		case l.class == propertyLexeme && strings.IndexFunc(l.text, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0:
			b.WriteString(`["` + l.text[1:] + `"]`)
		default:
			b.WriteString(l.text)
		}
		b.WriteByte(' ')
	}
	return b.String()
}

func compares(lexemes []lexeme, i int) bool {
	return 0 <= i && i < len(lexemes) && (lexemes[i].text == "==" || lexemes[i].text == "!=")
}

// lastFilter is the filter that an expression ends with, or "".
func (e expr) lastFilter() string {
	if len(e.filters) == 0 {
		return ""
	}
	return e.filters[len(e.filters)-1]
}

// path returns the variable that is all of the expression, or nothing.
func (e expr) path() []string {
	if len(e.paths) == 1 && len(e.lexemes) == len(e.paths[0]) {
		return e.paths[0]
	}
	return nil
}

// hasRange reports whether a range stands in the expression.
func (e expr) hasRange() bool {
	return slices.ContainsFunc(e.lexemes, func(l lexeme) bool { return l.text == ".." })
}

// value is an expression that can be evaluated.
type value struct {
	expression expressions.Expression
	cost       int
	line       int
}

// value parses the expression.
func (e expr) value() (value, bool) {
	if len(e.lexemes) == 0 || e.hasRange() {
		return value{}, false
	}
	parsed, err := expressions.Parse(e.canonical)
	return value{parsed, e.cost, e.line}, err == nil
}
