package browse

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many combining marks a character keeps: enough for every script, and none climb over other lines.
const maxMarks = 3

// clean makes of a text what may stand on a line of the terminal. What stands in a copy was written by strangers:
// control characters, escape sequences, marks that turn the direction of text or join characters are left out, and
// every kind of space is one space.
func clean(text string) string {
	if plainASCII(text) {
		return text
	}
	marks := 0
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			marks = 0
			return ' '
		case !unicode.IsPrint(r), r == unicode.ReplacementChar, r >= 0xFE00 && r <= 0xFE0F:
			return -1
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r):
			if marks++; marks > maxMarks {
				return -1
			}
			return r
		}
		marks = 0
		return r
	}, text)
}

func plainASCII(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// longest is how much of one text is looked at to show it: a body may have a megabyte.
const longest = 4096

// head returns the beginning of a text, whole characters of it.
func head(text string, bytes int) string {
	if len(text) <= bytes {
		return text
	}
	return strings.ToValidUTF8(text[:bytes], "")
}

// clip cleans a text and cuts it to a width in cells, with … where something is left out.
func clip(text string, width int) string {
	if width <= 0 {
		return ""
	}
	return ansi.Truncate(clean(head(text, longest)), width, "…")
}

// pad is clip to exactly a width.
func pad(text string, width int) string {
	text = clip(text, width)
	return text + strings.Repeat(" ", max(0, width-ansi.StringWidth(text)))
}

// wrap cleans a text and breaks it into lines of a width, at most so many; the last ends in … where something is left out.
func wrap(text string, width, most int) []string {
	if width < 2 || most <= 0 { // a character may take two cells
		return nil
	}
	var lines []string
	for part := range strings.Lines(head(text, longest)) {
		lines = append(lines, strings.Split(ansi.Wrap(strings.TrimRight(clean(part), " "), width, ""), "\n")...)
		if len(lines) > most {
			break
		}
	}
	if len(lines) > most || len(text) > longest {
		lines = lines[:min(most, len(lines))]
		lines[len(lines)-1] = clip(lines[len(lines)-1], width-1) + "…"
	}
	return lines
}

// when says a moment, in microseconds, as briefly as it can be understood.
func (u *ui) when(micros int64) string {
	if micros == 0 {
		return ""
	}
	at, now := time.UnixMicro(micros).Local(), u.now().Local()
	switch day := at.Format(time.DateOnly); day {
	case now.Format(time.DateOnly):
		return at.Format("15:04")
	case now.AddDate(0, 0, -1).Format(time.DateOnly):
		return "yesterday" + at.Format(" 15:04")
	default:
		return day
	}
}

// number writes a count with its thousands apart.
func number(n int64) string {
	if n < 1000 {
		return itoa(n)
	}
	return fmt.Sprintf("%s,%03d", number(n/1000), n%1000)
}

// quoted is a name in a sentence, shortened so that the sentence can still be read.
func quoted(name string) string { return "“" + clip(name, 24) + "”" }
