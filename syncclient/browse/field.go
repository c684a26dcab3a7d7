package browse

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// field is a text on one line that a person edits. It keeps every character of the text, also those that are not shown:
// a line break stands there as ⏎, what cannot be shown as ·.
type field struct {
	text   []rune
	at     int // the cursor
	secret bool
}

func newField(text string) field {
	f := field{text: []rune(text)}
	f.at = len(f.text)
	return f
}

func (f *field) value() string { return string(f.text) }

// key takes a key, and reports whether it meant something here.
func (f *field) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "left", "ctrl+b":
		f.at--
	case "right", "ctrl+f":
		f.at++
	case "home", "ctrl+a":
		f.at = 0
	case "end":
		f.at = len(f.text)
	case "backspace", "ctrl+h":
		f.cut(f.at-1, f.at)
	case "delete", "ctrl+d":
		f.cut(f.at, f.at+1)
	case "ctrl+u":
		f.cut(0, f.at)
	case "ctrl+k":
		f.cut(f.at, len(f.text))
	case "ctrl+w", "alt+backspace":
		from := f.at
		for from > 0 && unicode.IsSpace(f.text[from-1]) {
			from--
		}
		for from > 0 && !unicode.IsSpace(f.text[from-1]) {
			from--
		}
		f.cut(from, f.at)
	default:
		if k.Text == "" {
			return false
		}
		f.insert(k.Text)
	}
	f.at = max(0, min(f.at, len(f.text)))
	return true
}

// insert puts a text where the cursor is, as a paste does.
func (f *field) insert(text string) {
	added := []rune(strings.ReplaceAll(text, "\r\n", "\n"))
	f.text = append(f.text[:f.at:f.at], append(added, f.text[f.at:]...)...)
	f.at += len(added)
}

func (f *field) cut(from, to int) {
	from, to = max(0, from), min(to, len(f.text))
	if from < to {
		f.text = append(f.text[:from:from], f.text[to:]...)
		f.at = from
	}
}

// shown is what stands for a character.
func (f *field) shown(r rune) string {
	switch {
	case f.secret:
		return "•"
	case r == '\n':
		return "⏎"
	case r == ' ':
		return " "
	}
	if text := clean(string(r)); text != "" && text != " " {
		return text
	}
	return "·"
}

// view draws the part around the cursor in a width; with the cursor where it is the one that is edited.
func (f *field) view(u *ui, width int, edited bool) string {
	if !edited {
		var b strings.Builder
		for _, r := range f.text[:min(len(f.text), longest)] {
			b.WriteString(f.shown(r))
		}
		return pad(b.String(), width)
	}
	before, from := "", f.at
	for from > 0 && ansi.StringWidth(f.shown(f.text[from-1])+before) < width-1 {
		from--
		before = f.shown(f.text[from]) + before
	}
	under, rest := " ", ""
	if f.at < len(f.text) {
		under = f.shown(f.text[f.at])
		if ansi.StringWidth(under) == 0 {
			under = "·"
		}
		for i := f.at + 1; i < len(f.text) && ansi.StringWidth(rest) < width; i++ {
			rest += f.shown(f.text[i])
		}
	}
	left := width - ansi.StringWidth(before) - ansi.StringWidth(under)
	return before + u.chosen.Render(under) + pad(rest, left)
}
