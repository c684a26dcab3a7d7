package render

import (
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The most that a filter may make.
const (
	maxText  = 64 << 10 // bytes of a text
	maxItems = 1000     // of a list
)

// filters returns the filters of the language by name. All take what they are given: of what has no text they make an
// empty one, of what is no number 0. None makes much out of little (see maxText and maxItems).
func filters() map[string]any {
	return map[string]any{
		// text
		"append":         func(v, suffix any) (any, error) { return bounded(textOf(v) + textOf(suffix)) },
		"prepend":        func(v, prefix any) (any, error) { return bounded(textOf(prefix) + textOf(v)) },
		"capitalize":     func(v any) (any, error) { return bounded(capitalize(textOf(v))) },
		"upcase":         func(v any) (any, error) { return bounded(strings.ToUpper(textOf(v))) },
		"downcase":       func(v any) (any, error) { return bounded(strings.ToLower(textOf(v))) },
		"strip":          func(v any) any { return strings.TrimSpace(textOf(v)) },
		"lstrip":         func(v any) any { return strings.TrimLeftFunc(textOf(v), unicode.IsSpace) },
		"rstrip":         func(v any) any { return strings.TrimRightFunc(textOf(v), unicode.IsSpace) },
		"strip_newlines": func(v any) any { return strings.NewReplacer("\r", "", "\n", "").Replace(textOf(v)) },
		"strip_html":     func(v any) any { return stripHTML(textOf(v)) },
		"replace":        func(v, old, by any) (any, error) { return replace(textOf(v), textOf(old), textOf(by), -1) },
		"replace_first":  func(v, old, by any) (any, error) { return replace(textOf(v), textOf(old), textOf(by), 1) },
		"remove":         func(v, old any) (any, error) { return replace(textOf(v), textOf(old), "", -1) },
		"remove_first":   func(v, old any) (any, error) { return replace(textOf(v), textOf(old), "", 1) },
		"truncate":       truncate,
		"truncatewords":  truncateWords,
		"slice":          slice,
		"date":           date,

		// for HTML and addresses of pages
		"raw":           func(v any) any { return v },
		"escape":        func(v any) (any, error) { return bounded(html.EscapeString(textOf(v))) },
		"escape_once":   func(v any) (any, error) { return bounded(html.EscapeString(html.UnescapeString(textOf(v)))) },
		"newline_to_br": func(v any) (any, error) { return newlineToBR(textOf(v)) },
		"url_encode":    func(v any) (any, error) { return bounded(url.QueryEscape(textOf(v))) },
		"url_decode":    urlDecode,

		// lists
		"split":   split,
		"join":    join,
		"first":   func(v any) any { return item(v, 0) },
		"last":    func(v any) any { return item(v, -1) },
		"reverse": func(v any) any { l := slices.Clone(listOf(v)); slices.Reverse(l); return l },
		"sort":    sortList,
		"uniq":    uniq,
		"compact": func(v any) any {
			return slices.DeleteFunc(slices.Clone(listOf(v)), func(v any) bool { return v == nil || v == "" })
		},
		"size": length,

		// any
		"default": func(v, instead any) any {
			if truth(v) {
				return v
			}
			return instead
		},

		// numbers
		"plus":       func(v, by any) any { return whole(numberOf(v) + numberOf(by)) },
		"minus":      func(v, by any) any { return whole(numberOf(v) - numberOf(by)) },
		"times":      func(v, by any) any { return whole(numberOf(v) * numberOf(by)) },
		"divided_by": dividedBy,
		"modulo":     modulo,
		"abs":        func(v any) any { return whole(max(numberOf(v), -numberOf(v))) },
		"ceil":       ceil,
		"floor":      floor,
		"round":      round,
		"at_least":   func(v, least any) any { return whole(max(numberOf(v), numberOf(least))) },
		"at_most":    func(v, most any) any { return whole(min(numberOf(v), numberOf(most))) },
	}
}

// bounded refuses a text that has grown too long.
func bounded(s string) (any, error) {
	if len(s) > maxText {
		return nil, mistakef(0, "a text grows longer than %d kB.", maxText>>10)
	}
	return s, nil
}

func replace(s, old, by string, times int) (any, error) {
	if old == "" {
		return s, nil
	}
	n := strings.Count(s, old)
	if times > 0 {
		n = min(n, times)
	}
	if len(s)+n*(len(by)-len(old)) > maxText {
		return nil, mistakef(0, "a text grows longer than %d kB.", maxText>>10)
	}
	return strings.Replace(s, old, by, times), nil
}

func capitalize(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToTitle(r)) + s[n:]
}

// newlineToBR escapes, so that what it makes is safe to be the last filter.
func newlineToBR(s string) (any, error) {
	s = html.EscapeString(strings.ReplaceAll(s, "\r\n", "\n"))
	return replace(s, "\n", "<br>\n", -1)
}

// stripHTML drops everything between < and >; what it makes is escaped like any text.
func stripHTML(s string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "<")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if _, s, found = strings.Cut(rest, ">"); !found {
			return b.String()
		}
	}
}

func urlDecode(v any) any {
	if decoded, err := url.QueryUnescape(textOf(v)); err == nil {
		return strings.ToValidUTF8(decoded, "")
	}
	return v
}

func truncate(v, most, ellipsis any) any {
	s, n, end := []rune(textOf(v)), count(most, 50), "..."
	if ellipsis != nil {
		end = textOf(ellipsis)
	}
	if len(s) <= n {
		return string(s)
	}
	return string(s[:max(0, n-utf8.RuneCountInString(end))]) + end
}

func truncateWords(v, most, ellipsis any) any {
	s, n, end := textOf(v), max(1, count(most, 15)), "..."
	if ellipsis != nil {
		end = textOf(ellipsis)
	}
	words := strings.Fields(s)
	if len(words) <= n {
		return s
	}
	return strings.Join(words[:n], " ") + end
}

// slice returns length characters from start on; a negative start counts from the end.
func slice(v, start, length any) any {
	s, from, n := []rune(textOf(v)), count(start, 0), count(length, 1)
	if from < 0 {
		from += len(s)
	}
	if from < 0 || from >= len(s) || n <= 0 {
		return ""
	}
	return string(s[from:min(len(s), from+n)])
}

// count is a number of characters or words, or absent where none is given.
func count(v any, absent int) int {
	if v == nil {
		return absent
	}
	return int(max(-maxText, min(maxText, numberOf(v))))
}
