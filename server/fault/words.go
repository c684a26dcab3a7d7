package fault

import (
	"fmt"
	"strings"

	"github.com/partage-mail/partage/server/fault/french"
)

// French is the locale of those who read French. Everybody else reads English.
const French = "fr"

// Word is a word of ours within a sentence, such as "campaign". Its French stands in package french.
type Word string

// In returns the word in a language.
func (w Word) In(locale string) string {
	if said, ok := french.Word(string(w)); ok && locale == French {
		return said
	}
	return string(w)
}

// Spoken is an argument of a sentence that is said in the sentence's language.
type Spoken interface{ In(locale string) string }

// In returns the sentence in a language; in English where it has no other.
func (f *Fault) In(locale string) string {
	if locale != French {
		return f.Message
	}
	if f.format == "" || fmt.Sprintf(f.format, f.args...) != f.Message { // made by hand, or said anew
		if said, ok := french.Sentence(f.Message); ok {
			return said
		}
		return f.Message
	}
	said, ok := french.Sentence(f.format)
	switch {
	case wordless(f.format):
		said = f.format
	case !ok:
		return f.Message
	}
	spoken := make([]any, len(f.args))
	for i, a := range f.args {
		spoken[i] = a
		if s, ok := a.(Spoken); ok {
			spoken[i] = s.In(locale)
		}
	}
	return fmt.Sprintf(said, spoken...)
}

// Say returns what an error says to people in a language: what each of the joined faults says, in one line. Of an error that is
// no fault it says nothing.
func Say(err error, locale string) string {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []string
		for _, err := range joined.Unwrap() {
			if one := Say(err, locale); one != "" {
				all = append(all, one)
			}
		}
		return strings.Join(all, " ")
	}
	if f := As(err); f != nil {
		return f.In(locale)
	}
	return ""
}

// wordless is whether a format only passes on what its arguments say.
func wordless(format string) bool { return strings.Trim(format, "%s. ") == "" && format != "" }
