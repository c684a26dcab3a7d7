package addressbook

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/partage-mail/partage/ent/contact"
	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/csvfile"
	"github.com/partage-mail/partage/server/fault"
)

// The greatest lengths of a contact's values, in characters, and of its further fields as JSON, in bytes.
const (
	maxName    = 100
	maxCompany = 200
	maxCity    = 200
	maxValue   = 2000
	maxFields  = 32 << 10
)

// Contact is what a contact says of a person.
type Contact struct {
	Email                              address.Address
	FirstName, LastName, Company, City string
	// Fields is everything else, as EncodeFields writes it.
	Fields string
}

// shape says how the rows of a file become contacts.
type shape struct {
	columns []Column
	further []furtherColumn // in the order of their names, so that a row's JSON comes out sorted
}

type furtherColumn struct {
	index int
	name  []byte // as JSON
}

func shapeOf(columns []Column) shape {
	s := shape{columns: columns}
	for i, column := range columns {
		if column.Field != "" {
			s.further = append(s.further, furtherColumn{index: i, name: appendString(nil, column.Field)})
		}
	}
	slices.SortFunc(s.further, func(a, b furtherColumn) int {
		return cmp.Compare(columns[a.index].Field, columns[b.index].Field)
	})
	return s
}

// row makes the values of a row a contact. An error is a sentence about the row.
func (s shape) row(record []string) (Row, error) {
	out := Row{}
	for i, value := range record {
		value = csvfile.Unguard(value)
		record[i] = value
		if !utf8.ValidString(value) {
			return out, invalid("This row holds bytes that are not text; save the file as CSV, encoded in UTF-8.")
		}
		if i >= len(s.columns) {
			if strings.TrimSpace(value) != "" {
				return out, invalid("This row has more values than the first line has headers.")
			}
			continue
		}
		if err := out.set(s.columns[i], value); err != nil {
			return out, err
		}
	}
	if out.Email.Key == "" {
		return out, invalid("An email address is missing.")
	}
	return out, s.gather(record, &out.Contact)
}

// set takes over the value of a column that is an attribute.
func (r *Row) set(column Column, value string) (err error) {
	c := &r.Contact
	switch column.Attribute {
	case "email":
		c.Email, err = address.Parse(value)
	case "first_name":
		c.FirstName, err = short(column, value, maxName)
	case "last_name":
		c.LastName, err = short(column, value, maxName)
	case "company":
		c.Company, err = short(column, value, maxCompany)
	case "city":
		c.City, err = short(column, value, maxCity)
	case "state":
		r.State = contact.State(strings.TrimSpace(value))
		if r.State != "" && contact.StateValidator(r.State) != nil {
			err = invalid("The value of %q is none of subscribed, unsubscribed, bounced and complained.", column.Header)
		}
	}
	return err
}

// gather writes the values of the columns that are no attribute to Fields.
func (s shape) gather(record []string, c *Contact) error {
	object := make([]byte, 1, 256)
	object[0] = '{'
	for _, f := range s.further {
		if f.index >= len(record) {
			continue
		}
		value := printable(record[f.index])
		if value == "" {
			continue
		}
		if len(value) > maxValue && utf8.RuneCountInString(value) > maxValue {
			return tooLong(s.columns[f.index], maxValue)
		}
		object = appendField(object, f.name, value)
	}
	if object = append(object, '}'); len(object) > maxFields {
		return invalid("This row's further fields are longer than %d bytes together.", maxFields)
	}
	c.Fields = string(object)
	return nil
}

func short(column Column, value string, most int) (string, error) {
	value = tidy(value)
	if len(value) > most && utf8.RuneCountInString(value) > most {
		return "", tooLong(column, most)
	}
	return value, nil
}

func tooLong(column Column, most int) error {
	return invalid("The value of %q is longer than %d characters.", column.Header, most)
}

func invalid(format string, args ...any) error { return fault.New(fault.Invalid, format, args...) }

// tidy makes each run of space and control characters one space, none at the ends.
func tidy(s string) string {
	s = printable(s)
	if strings.IndexFunc(s, func(r rune) bool { return r != ' ' && unicode.IsSpace(r) }) < 0 && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// printable trims s and makes control characters spaces, but keeps line breaks and tabs.
func printable(s string) string {
	if strings.IndexFunc(s, unicode.IsControl) < 0 {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return ' '
		}
		return r
	}, s))
}
