// Package fold gives a text the form in which search compares it, so that a person finds "Élodie Cœur" by
// typing "elodie coeur" and "Işıl" by typing "isil".
//
// It is for comparing, never for showing. It is not for email addresses either, whose letters must not be
// merged: those have server/address. It is a leaf and imports nothing of Partage.
package fold

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold drops accents and case, spells out ligatures, evens apostrophes and dashes, and makes each run of
// space and control characters one space, none at the ends. Fold(Fold(s)) == Fold(s). Text that is not UTF-8
// keeps its readable part. The result may be longer than s: a few ligatures are spelled out to eleven times their bytes.
// It is safe for concurrent use.
func Fold(s string) string {
	if plain, ok := ascii(s); ok {
		return plain
	}
	s = norm.NFKD.String(strings.ToValidUTF8(s, ""))
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		case unicode.IsSpace(r) || unicode.IsControl(r):
			b.WriteByte(' ')
		default:
			// Through upper case, so that ς and σ, ſ and s, ı and i meet.
			writeLetter(&b, unicode.ToLower(unicode.ToUpper(r)))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// writeLetter writes r, or what people type for a letter that has no decomposition in Unicode.
func writeLetter(b *strings.Builder, r rune) {
	switch r {
	case 'ß':
		b.WriteString("ss")
	case 'ø':
		b.WriteByte('o')
	case 'ł':
		b.WriteByte('l')
	case 'đ', 'ð':
		b.WriteByte('d')
	case 'œ':
		b.WriteString("oe")
	case 'æ':
		b.WriteString("ae")
	case 'þ':
		b.WriteString("th")
	case '‘', '’', 'ʼ', '′':
		b.WriteByte('\'')
	case '‐', '‒', '–', '—', '―', '−':
		b.WriteByte('-')
	default:
		b.WriteRune(r)
	}
}

// ascii folds the common case without tables; ok is false where s has other characters.
func ascii(s string) (folded string, ok bool) {
	out := make([]byte, 0, len(s))
	space := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 0x80:
			return "", false
		case c <= ' ' || c == 0x7f:
			space = len(out) > 0
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		if space {
			out = append(out, ' ')
			space = false
		}
		out = append(out, c)
	}
	return string(out), true
}
