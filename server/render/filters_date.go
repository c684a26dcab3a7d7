package render

import (
	"strconv"
	"strings"
	"time"
)

// date writes a date by a pattern of strftime, such as "%e %B %Y". It reads the forms that contact files use, and "now";
// what it cannot read it returns as it is. The names of days and months are English, or French where the
// language is "fr". Times are in UTC.
func date(v, pattern, language any) (any, error) {
	at, ok := readDate(strings.TrimSpace(textOf(v)))
	if !ok {
		return v, nil
	}
	form := "%Y-%m-%d"
	if pattern != nil {
		form = textOf(pattern)
	}
	if len(form) > 200 {
		return nil, mistakef(0, "the pattern is longer than 200 characters.")
	}
	return writeDate(at, form, textOf(language) == "fr"), nil
}

func readDate(s string) (time.Time, bool) {
	if s == "now" || s == "today" {
		return time.Now().UTC(), true
	}
	for _, layout := range []string{
		"2006-01-02", time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006/01/02",
		"2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006", time.RFC1123Z, time.RFC1123,
	} {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UTC(), true
		}
	}
	return time.Time{}, false
}

// writeDate writes a date. A dash after the % drops leading zeros; an unknown letter stays as it is.
func writeDate(at time.Time, form string, french bool) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(form, "%")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		bare := strings.HasPrefix(rest, "-")
		rest = strings.TrimPrefix(rest, "-")
		if rest == "" {
			return b.String() + "%"
		}
		part, known := datePart(at, rest[0], french)
		switch {
		case !known:
			b.WriteByte('%')
			form = rest
			continue
		case bare:
			part = strings.TrimLeft(strings.TrimSpace(part), "0")
			if part == "" {
				part = "0"
			}
		}
		b.WriteString(part)
		form = rest[1:]
	}
}

func datePart(at time.Time, letter byte, french bool) (string, bool) {
	layouts := map[byte]string{
		'Y': "2006", 'y': "06", 'm': "01", 'd': "02", 'e': "_2", 'j': "002", 'H': "15", 'I': "03", 'M': "04", 'S': "05",
		'p': "PM", 'B': "January", 'b': "Jan", 'A': "Monday", 'a': "Mon", 'F': "2006-01-02", 'T': "15:04:05", 'D': "01/02/06", 'Z': "MST", 'z': "-0700",
	}
	switch {
	case letter == '%':
		return "%", true
	case letter == 's':
		return strconv.FormatInt(at.Unix(), 10), true
	case !french:
	case letter == 'B':
		return []string{
			"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
		}[at.Month()-1], true
	case letter == 'b':
		return []string{
			"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
		}[at.Month()-1], true
	case letter == 'A':
		return []string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}[at.Weekday()], true
	case letter == 'a':
		return []string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."}[at.Weekday()], true
	}
	layout, known := layouts[letter]
	return at.Format(layout), known
}
