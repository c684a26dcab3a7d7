package render

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// class is what a lexeme is.
type class int

const (
	wordLexeme     class = iota // contact, upcase, and
	keywordLexeme               // default: with its colon
	propertyLexeme              // .first_name
	quotedLexeme                // "text" with its marks
	numberLexeme
	signLexeme // everything else
)

// lexeme is a piece of an expression.
type lexeme struct {
	class class
	text  string
}

// lex cuts an expression into lexemes. It fails where a character has no place in one, and so keeps from the
// expression parser everything that it would read in ways of its own, such as semicolons and percent signs.
func lex(s string) (out []lexeme, ok bool) {
	for {
		if s = strings.TrimLeft(s, space); s == "" {
			return out, true
		}
		l, rest, ok := next(s)
		if !ok {
			return nil, false
		}
		if n := len(out); l.text == ":" && n > 0 && out[n-1].class == wordLexeme {
			out[n-1] = lexeme{keywordLexeme, out[n-1].text + ":"}
		} else {
			out = append(out, l)
		}
		s = rest
	}
}

func next(s string) (l lexeme, rest string, ok bool) {
	c := s[0]
	switch {
	case c == '"' || c == '\'':
		end := strings.IndexByte(s[1:], c)
		if end < 0 {
			return l, "", false
		}
		return cut(quotedLexeme, s, end+2)
	case '0' <= c && c <= '9' || c == '-' && len(s) > 1 && '0' <= s[1] && s[1] <= '9':
		return lexNumber(s)
	case isLetter(s):
		return cut(wordLexeme, s, wordLength(s))
	case strings.HasPrefix(s, ".."):
		return cut(signLexeme, s, 2)
	case c == '.' && isLetter(s[1:]):
		return cut(propertyLexeme, s, 1+wordLength(s[1:]))
	}
	for _, two := range []string{"==", "!=", "<=", ">="} {
		if strings.HasPrefix(s, two) {
			return cut(signLexeme, s, 2)
		}
	}
	return cut(signLexeme, s, 1)
}

func cut(c class, s string, n int) (lexeme, string, bool) {
	ok := c != signLexeme || n > 1 || strings.IndexByte("|,:()[]<>=", s[0]) >= 0
	return lexeme{c, s[:n]}, s[n:], ok
}

func lexNumber(s string) (lexeme, string, bool) {
	digits := func(n int) int {
		for n < len(s) && '0' <= s[n] && s[n] <= '9' {
			n++
		}
		return n
	}
	n := digits(1)
	if n+1 < len(s) && s[n] == '.' && digits(n+1) > n+1 {
		n = digits(n + 1)
	}
	l, rest, _ := cut(numberLexeme, s, n)
	return l, rest, n <= 15
}

func isLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '_' || unicode.IsLetter(r)
}

// wordLength is the length of the word that s begins with; a word may hold dashes and end with a question mark.
func wordLength(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool {
		return r != '_' && r != '-' && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
	})
	switch {
	case n < 0:
		return len(s)
	case s[n] == '?':
		return n + 1
	}
	return n
}

// isOperator reports whether a name is a word of the language and no variable.
func isOperator(word string) bool {
	switch word {
	case "and", "or", "contains", "in", "true", "false", "nil", "reversed":
		return true
	}
	return false
}
