// Package address reads email addresses and domains, and gives each the one form in which it is compared.
//
// Two spellings of an address that reach the same mailbox in practice have the same key: surrounding
// space is dropped, the local part is NFC and lower case, the domain is its ASCII (IDNA) form in lower
// case. Keys are what the database stores as unique and what suppression compares; what a person
// wrote is kept beside the key and is what mail is sent to.
//
// Only plain addresses are accepted: no display names, comments, quoted local parts or IP literals.
// The package guarantees that Parse(key).Key == key and that a key has at most MaxLength bytes. It does
// not ask whether a mailbox or a domain exists. It is a leaf: it imports nothing of Partage but fault.
package address

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/partage-mail/partage/server/fault"
)

const (
	// MaxLength is the greatest length in bytes of an address, as written and as a key (RFC 5321, 4.5.3.1.3).
	MaxLength = 254
	// maxLocal is the greatest length in bytes of the part before the @ (RFC 5321, 4.5.3.1.1).
	maxLocal = 64
)

// Address is an email address that may be mailed.
type Address struct {
	// Written is what the person wrote, without surrounding space.
	Written string
	// Key is the normalised form; addresses with the same key are the same address.
	Key string
}

// Parse reads one address. The error is an Invalid fault without a field; callers name the field it is about.
func Parse(s string) (Address, error) {
	written := trim(s)
	switch {
	case written == "":
		return Address{}, invalid("An email address is missing.")
	case len(written) > MaxLength:
		return Address{}, invalid("An email address has at most %d characters.", MaxLength)
	case !utf8.ValidString(written):
		return Address{}, invalid("An email address contains bytes that are not text.")
	case strings.Count(written, "@") != 1:
		return Address{}, invalid("%q is not an email address: it needs exactly one @, as in name@example.com.", clip(written))
	}
	before, after, _ := strings.Cut(written, "@")
	local, err := localKey(before, written)
	if err != nil {
		return Address{}, err
	}
	domain, why := domainKey(after)
	if why != "" {
		return Address{}, invalid("%q is not an email address: %s", clip(written), fault.Word(why))
	}
	key := local + "@" + domain
	if len(key) > MaxLength {
		return Address{}, invalid("An email address has at most %d characters.", MaxLength)
	}
	return Address{Written: written, Key: key}, nil
}

// localKey normalises the part before the @; whole is named in the error.
func localKey(s, whole string) (string, error) {
	switch {
	case s == "":
		return "", invalid("%q is not an email address: nothing stands before the @.", clip(whole))
	case strings.HasPrefix(s, ".") || strings.HasSuffix(s, ".") || strings.Contains(s, ".."):
		return "", invalid("%q is not an email address: a dot before the @ must stand between two characters.", clip(whole))
	}
	for _, r := range s {
		if !localRune(r) {
			return "", invalid("%q is not an email address: %s cannot stand before the @.", clip(whole), name(r))
		}
	}
	key := norm.NFC.String(strings.ToLower(norm.NFC.String(s)))
	if len(key) > maxLocal || len(s) > maxLocal {
		return "", invalid("An email address has at most %d characters before the @.", maxLocal)
	}
	return key, nil
}

// localRune reports whether r may stand in a local part: atext and the dot of RFC 5322, and beyond ASCII
// (RFC 6531) letters, marks and digits only, so that nothing invisible hides in an address.
func localRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' ||
			strings.ContainsRune(".!#$%&'*+-/=?^_`{|}~", r)
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}

// trim drops surrounding space and the invisible characters that copying from a page leaves there.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff'
	})
}

// name describes a character so that a person can find it.
func name(r rune) string {
	switch {
	case r == '<' || r == '>' || r == '"' || r == '(' || r == ')' || r == ',' || r == ';':
		return string(r) + " (write the address alone, without a name or a second address)"
	case unicode.IsSpace(r):
		return "a space"
	case !unicode.IsGraphic(r):
		return "an invisible character"
	}
	return string(r)
}

// clip bounds what of an input is repeated in a sentence.
func clip(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

func invalid(format string, args ...any) *fault.Fault {
	return fault.New(fault.Invalid, format, args...)
}
