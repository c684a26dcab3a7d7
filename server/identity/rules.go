package identity

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/partage-mail/partage/ent/user"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
)

const (
	longestName     = 100
	longestDevice   = 100
	shortestSecret  = 10
	longestSecret   = 256
	fewestDifferent = 4
)

// commonPasswords are the most guessed ones that are long enough to pass the other rules, one a line.
//
//go:embed common_passwords.txt
var commonPasswords string

// CheckName returns a name without surrounding space.
func CheckName(field, what, name string) (string, error) {
	name = strings.TrimSpace(name)
	n := utf8.RuneCountInString(name)
	switch {
	case n == 0:
		return "", fault.Field(field, "%s is missing.", fault.Word(what))
	case n > longestName:
		return "", fault.Field(field, "%s has at most %d characters.", fault.Word(what), longestName)
	case !printable(name):
		return "", fault.Field(field, "%s contains characters that cannot be shown.", fault.Word(what))
	case !strings.ContainsFunc(name, visible):
		return "", fault.Field(field, "%s needs a letter.", fault.Word(what))
	}
	return name, nil
}

// visible is whether a sign is one that one sees by itself: some fill a place with nothing.
func visible(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r) && r != '\u2800' &&
		!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// checkDevice returns what a client calls itself; it may be nothing.
func checkDevice(name string) (string, error) {
	name = strings.TrimSpace(name)
	switch {
	case utf8.RuneCountInString(name) > longestDevice:
		return "", fault.Field("device", "The name of the device has at most %d characters.", longestDevice)
	case !printable(name):
		return "", fault.Field("device", "The name of the device contains characters that cannot be shown.")
	}
	return name, nil
}

// printable refuses control characters, line ends and the marks that turn the direction of text, with
// which one name could be made to look like another.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r >= 0xe0000 && r <= 0xe0fff || r == 0x200b || r == 0x2060 || r == 0xfeff || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
	})
}

// checkLocale returns a language of the product; none is English.
func checkLocale(locale string) (string, error) {
	if locale == "" {
		return string(user.LocaleEn), nil
	}
	if user.LocaleValidator(user.Locale(locale)) != nil {
		return "", fault.Field("locale", "The language is en or fr.")
	}
	return locale, nil
}

// CheckEmail reads an address.
func CheckEmail(field, email string) (address.Address, error) {
	a, err := address.Parse(email)
	if f := fault.As(err); f != nil {
		return a, fault.Field(field, "%s", f)
	}
	return a, err
}

// checkPassword asks of a new password that it is long and not among the first that are guessed. It asks
// for no digits or signs (NIST SP 800-63B 3.1.1.2).
func checkPassword(field, password string, of address.Address) error {
	n := utf8.RuneCountInString(password)
	folded := strings.ToLower(norm.NFKC.String(password))
	switch {
	case !utf8.ValidString(password):
		return fault.Field(field, "The password contains bytes that are not text.")
	case n < shortestSecret:
		return fault.Field(field, "The password needs at least %d characters.", shortestSecret)
	case n > longestSecret:
		return fault.Field(field, "The password has at most %d characters.", longestSecret)
	case folded == of.Key || folded == strings.ToLower(of.Written):
		return fault.Field(field, "The password cannot be the address.")
	case different(folded) < fewestDifferent:
		return fault.Field(field, "The password needs at least %d different characters.", fewestDifferent)
	case common(folded):
		return fault.Field(field, "This password is among the first that are guessed. Choose another.")
	}
	return nil
}

func common(folded string) bool {
	for line := range strings.Lines(commonPasswords) {
		if strings.TrimSpace(line) == folded {
			return true
		}
	}
	return false
}

func different(s string) int {
	seen := make(map[rune]struct{})
	for _, r := range s {
		seen[r] = struct{}{}
	}
	return len(seen)
}
