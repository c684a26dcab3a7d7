package addressbook

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/partage-mail/partage/ent/blacklistentry"
	"github.com/partage-mail/partage/server/csvfile"
	"github.com/partage-mail/partage/server/fault"
)

// entryHeader is how a blacklist begins that we have exported; no line of addresses looks like it.
const entryHeader = "Address or domain,Reason,Note"

// entryLine is a line of a file that names an entry of a blacklist.
type entryLine struct {
	suppression
	number  int
	problem error // why it cannot be taken; nil where it can
}

// maxLine is the greatest length of a line of addresses, in bytes.
const maxLine = 4 << 10

// entryLines reads addresses and domains, one a line.
func entryLines(r io.Reader) iter.Seq2[entryLine, error] {
	return func(yield func(entryLine, error) bool) {
		scanner := bufio.NewScanner(r)
		scanner.Buffer(nil, maxLine)
		for n := 1; scanner.Scan(); n++ {
			text := strings.TrimSpace(scanner.Text())
			if text == "" || strings.HasPrefix(text, "#") {
				continue
			}
			if !yield(entryOf(n, text, "", ""), nil) {
				return
			}
		}
		err := scanner.Err()
		if errors.Is(err, bufio.ErrTooLong) {
			err = fault.Field("file", "A line is longer than %d bytes. A blacklist has one address or domain a line.", maxLine)
		}
		if err != nil {
			yield(entryLine{}, err)
		}
	}
}

// entryRows reads what we have exported.
func entryRows(r io.Reader) iter.Seq2[entryLine, error] {
	return func(yield func(entryLine, error) bool) {
		file, err := csvfile.Open(r, "file")
		if err != nil {
			yield(entryLine{}, err)
			return
		}
		for row, err := range file.Rows() {
			line := entryLine{number: row.Line, problem: row.Problem}
			if err == nil && row.Problem == nil {
				values := append(row.Values, "", "", "")
				line = entryOf(row.Line, csvfile.Unguard(values[0]), csvfile.Unguard(values[1]), csvfile.Unguard(values[2]))
			}
			if !yield(line, err) || err != nil {
				return
			}
		}
	}
}

// entryOf reads an entry; an empty reason is manual.
func entryOf(number int, value, reason, note string) entryLine {
	line := entryLine{number: number}
	what, err := suppressionOf(value)
	if err != nil {
		line.problem = err
		return line
	}
	what.note = printable(note)
	switch {
	case !utf8.ValidString(note):
		line.problem = invalid("The note is not text: it holds bytes that are not UTF-8.")
	case utf8.RuneCountInString(what.note) > maxNote:
		line.problem = invalid("The note is longer than %d characters.", maxNote)
	}
	if what.reason = blacklistentry.Reason(strings.TrimSpace(reason)); what.reason == "" {
		what.reason = blacklistentry.ReasonManual
	} else if blacklistentry.ReasonValidator(what.reason) != nil {
		line.problem = invalid("The reason %q is none of unsubscribed, bounced, complaint and manual.", reason)
	}
	line.suppression = what
	return line
}
