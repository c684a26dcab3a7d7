package browse

import (
	"fmt"
	"strings"
)

// words puts what the program says into the person's language: English as it stands in the code, or French.
type words struct{ french map[string]string }

// wordsFor chooses by the environment, as programs of a terminal do: LC_ALL before LC_MESSAGES before LANG.
func wordsFor(environ []string) words {
	set := map[string]string{}
	for _, line := range environ {
		name, value, _ := strings.Cut(line, "=")
		set[name] = value
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if set[name] != "" {
			if strings.HasPrefix(set[name], "fr") {
				return words{french()}
			}
			break
		}
	}
	return words{}
}

// t returns a text in the person's language.
func (w words) t(english string) string {
	if there, ok := w.french[english]; ok {
		return there
	}
	return english
}

// f is t for a text with values in it.
func (w words) f(english string, values ...any) string { return fmt.Sprintf(w.t(english), values...) }

// n is f of a number of things: one text for one of them, another for more. French has one for none, too.
func (w words) n(n int, one, more string) string {
	if n == 1 || n == 0 && w.french != nil {
		return w.f(one, n)
	}
	return w.f(more, n)
}
