package addressbook

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/fault"
	"github.com/partage-mail/partage/server/fold"
)

const (
	maxColumns = 200
	maxHeader  = 100 // characters
)

// Column is what one column of a file becomes.
type Column struct {
	// Header is its name in the file, tidied.
	Header string
	// Attribute is email, first_name, last_name, company or city; empty for a further field.
	Attribute string
	// Field is the name of the further field; empty where Attribute is set.
	Field string
}

// attributeOf gives the attribute that a header names in English or French, or "".
func attributeOf(header string) string {
	words := strings.FieldsFunc(fold.Fold(header), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	switch strings.Join(words, " ") {
	case "email", "e mail", "mail", "email address", "e mail address", "mail address", "email 1", "contact email",
		"courriel", "adresse email", "adresse e mail", "adresse mail", "adresse electronique", "adresse courriel":
		return "email"
	case "first name", "firstname", "given name", "givenname", "forename", "fname", "contact first name",
		"prenom", "prenoms", "prenom s":
		return "first_name"
	case "last name", "lastname", "surname", "family name", "familyname", "lname", "contact last name",
		"nom", "nom de famille", "nom famille":
		return "last_name"
	case "company", "company name", "companyname", "organization", "organisation", "organization name", "organisation name",
		"societe", "nom societe", "nom de la societe", "entreprise", "nom de l entreprise", "raison sociale":
		return "company"
	case "city", "town", "ville", "commune", "localite":
		return "city"
	}
	return ""
}

// columnsOf reads the header line. The first column that names an attribute gets it; every other column is
// a further field under its header, made unique where a header comes twice.
func columnsOf(header []string) ([]Column, error) {
	if len(header) > maxColumns {
		return nil, fault.Field("file", "The file has %d columns; at most %d can be read.", len(header), maxColumns)
	}
	columns := make([]Column, len(header))
	taken := make(map[string]bool)
	for i, name := range header {
		if !utf8.ValidString(name) {
			return nil, fault.Field("file", "The header of column %d is not readable. Save the file as CSV, encoded in UTF-8.", i+1)
		}
		name = tidy(name)
		if utf8.RuneCountInString(name) > maxHeader {
			return nil, fault.Field("file", "The header of column %d is longer than %d characters.", i+1, maxHeader)
		}
		columns[i] = Column{Header: name, Attribute: attributeOf(name)}
		if a := columns[i].Attribute; a != "" && !taken[a] {
			taken[a] = true
			continue
		}
		columns[i].Attribute = ""
	}
	if !taken["email"] {
		return nil, noEmailColumn(columns)
	}
	nameFields(columns)
	return columns, nil
}

// nameFields names each further field after its header.
func nameFields(columns []Column) {
	used := make(map[string]bool)
	for i := range columns {
		c := &columns[i]
		if c.Attribute != "" {
			continue
		}
		base := c.Header
		if base == "" {
			base = fmt.Sprintf("Column %d", i+1)
		}
		c.Field = base
		for n := 2; used[c.Field]; n++ {
			c.Field = fmt.Sprintf("%s (%d)", base, n)
		}
		used[c.Field] = true
	}
}

func noEmailColumn(columns []Column) error {
	var seen []string
	for _, c := range columns {
		if _, err := address.Parse(c.Header); err == nil {
			return fault.Field("file", "The first line must name the columns, such as Email, First name, Last name; it holds the address %s.", c.Header)
		}
		if len(seen) < 20 {
			seen = append(seen, fmt.Sprintf("%q", c.Header))
		}
	}
	if more := len(columns) - len(seen); more > 0 {
		seen = append(seen, fmt.Sprintf("and %d more", more))
	}
	return fault.Field("file", "No column is named Email. The columns are %s.", strings.Join(seen, ", "))
}

// delimiter finds what separates the values of a file: the comma, semicolon or tab that the header line has
// most of, or what a first line such as "sep=;" (written by Excel) names. That line is consumed and counted.
func delimiter(r *bufio.Reader) (comma rune, lines int, err error) {
	head, err := r.Peek(window)
	if err != nil && err != io.EOF {
		return 0, 0, err
	}
	for _, c := range ",;\t" {
		for _, end := range []string{"\n", "\r\n"} {
			if first := "sep=" + string(c) + end; bytes.HasPrefix(head, []byte(first)) {
				_, err := r.Discard(len(first))
				return c, 1, err
			}
		}
	}
	comma, quoted, counts := ',', false, map[byte]int{}
	for _, c := range head {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			return comma, 0, nil
		case c == ',' || c == ';' || c == '\t':
			if counts[c]++; counts[c] > counts[byte(comma)] {
				comma = rune(c)
			}
		}
	}
	return comma, 0, nil
}
