package intake

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/partage-mail/partage/server/csvfile"
	"github.com/partage-mail/partage/server/fault"
)

// fileRow is a lead in a file, or why its row is none.
type fileRow struct {
	line    int
	lead    entry
	problem error
}

// column is what a column of a file becomes: an attribute of the lead, or a further field.
type column struct{ attribute, field string }

// attributeOf returns the attribute that a header names, in English or French, or "".
func attributeOf(header string) string {
	if person := csvfile.Person(header); person != "" {
		return person
	}
	switch csvfile.Words(header) {
	case "name", "full name", "fullname", "contact", "contact name", "nom complet", "nom et prenom", "prenom et nom", "nom prenom", "prenom nom":
		return "name"
	case "phone", "phone number", "telephone", "telephone number", "tel", "mobile", "mobile phone", "cell", "cell phone", "phone 1",
		"numero de telephone", "n de telephone", "portable", "telephone portable", "telephone mobile":
		return "phone"
	case "source", "lead source", "origin", "origine", "provenance":
		return "source"
	}
	return ""
}

// leadsOf reads the leads of a CSV file as it streams. The first column that names an attribute has it; the others
// are further fields under their headers.
func leadsOf(r io.Reader) (iter.Seq2[fileRow, error], error) {
	file, err := csvfile.Open(r, "file")
	if err != nil {
		return nil, err
	}
	columns, err := columnsOf(file.Header)
	if err != nil {
		return nil, err
	}
	return func(yield func(fileRow, error) bool) {
		for row, err := range file.Rows() {
			out := fileRow{line: row.Line, problem: row.Problem}
			if err == nil && out.problem == nil {
				out.lead, err = leadOf(columns, row.Values)
				if err != nil {
					out.problem, err = sentence(err), nil
				}
			}
			if !yield(out, err) || err != nil {
				return
			}
		}
	}, nil
}

func columnsOf(header []string) ([]column, error) {
	columns, taken, further := make([]column, len(header)), make(map[string]bool), 0
	for i, name := range header {
		if !utf8.ValidString(name) {
			return nil, fault.Field("file", "The header of column %d is not readable. Save the file as CSV, encoded in UTF-8.", i+1)
		}
		name, err := text("file", csvfile.Unguard(name), MaxFieldName, false)
		if err != nil {
			return nil, fault.Field("file", "The header of column %d is longer than %d characters.", i+1, MaxFieldName)
		}
		if a := attributeOf(name); a != "" && !taken[a] {
			columns[i].attribute, taken[a] = a, true
			continue
		}
		base := cmp.Or(name, fmt.Sprintf("Column %d", i+1))
		columns[i].field = base
		for n := 2; taken["field "+columns[i].field]; n++ {
			columns[i].field = fmt.Sprintf("%s (%d)", base, n)
		}
		taken["field "+columns[i].field] = true
		if further++; further > MaxFields {
			return nil, fault.Field("file", "A lead has at most %d further fields; this file has more columns.", MaxFields)
		}
	}
	for _, a := range []string{"email", "name", "first_name", "last_name", "phone"} {
		if taken[a] {
			return columns, nil
		}
	}
	return nil, fault.Field("file", "The first line must name the columns, one of them Email, Name or Phone.")
}

// leadOf makes the values of a row a lead.
func leadOf(columns []column, values []string) (entry, error) {
	l := Lead{Fields: make(map[string]string)}
	var first, last string
	for i, value := range values {
		value = csvfile.Unguard(value)
		if i >= len(columns) {
			if strings.TrimSpace(value) != "" {
				return entry{}, fault.New(fault.Invalid, "This row has more values than the first line has headers.")
			}
			continue
		}
		switch c := columns[i]; c.attribute {
		case "email":
			l.Email = value
		case "name":
			l.Name = value
		case "first_name":
			first = value
		case "last_name":
			last = value
		case "phone":
			l.Phone = value
		case "source":
			l.Source = value
		default:
			l.Fields[c.field] = value
		}
	}
	if l.Name = strings.TrimSpace(l.Name); l.Name == "" {
		l.Name = FullName(first, last)
	}
	return l.check()
}

// FullName puts a first and a last name together, where there are two.
func FullName(first, last string) string {
	return strings.TrimSpace(strings.TrimSpace(first) + " " + strings.TrimSpace(last))
}

// sentence words what is wrong with a row.
func sentence(err error) error {
	f := fault.As(err)
	switch {
	case f == nil:
		return fault.New(fault.Invalid, "This row cannot be read.")
	case f.Field == "" || f.Field == "email" || f.Field == "fields":
		return f
	}
	return fault.New(fault.Invalid, "%s: %s", f.Field, f)
}
