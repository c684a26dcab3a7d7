package addressbook

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/partage-mail/partage/server/address"
	"github.com/partage-mail/partage/server/csvfile"
	"github.com/partage-mail/partage/server/fault"
)

const (
	maxColumns = 200 // of further fields
	maxHeader  = 100 // characters
)

// attributes are the headers under which an export has what is no further field. attributeOf knows them.
func attributes() []string {
	return []string{"Email", "First name", "Last name", "Company", "City", "Partage state"}
}

// Column is what one column of a file becomes.
type Column struct {
	// Header is its name in the file, tidied.
	Header string
	// Attribute is email, first_name, last_name, company, city or state; empty for a further field.
	Attribute string
	// Field is the name of the further field; empty where Attribute is set.
	Field string
}

// attributeOf gives the attribute that a header names in English or French, or "".
func attributeOf(header string) string {
	if person := csvfile.Person(header); person != "" {
		return person
	}
	switch csvfile.Words(header) {
	case "company", "company name", "companyname", "organization", "organisation", "organization name", "organisation name",
		"societe", "nom societe", "nom de la societe", "entreprise", "nom de l entreprise", "raison sociale":
		return "company"
	case "city", "town", "ville", "commune", "localite":
		return "city"
	case "partage state": // of our own exports: many files have a State that is a part of a country
		return "state"
	}
	return ""
}

// columnsOf reads the header line. The first column that names an attribute gets it; every other column is
// a further field under its header, made unique where a header comes twice.
func columnsOf(header []string) ([]Column, error) {
	if most := maxColumns + len(attributes()); len(header) > most {
		return nil, fault.Field("file", "The file has %d columns; at most %d can be read.", len(header), most)
	}
	columns := make([]Column, len(header))
	taken := make(map[string]bool)
	for i, name := range header {
		if !utf8.ValidString(name) {
			return nil, fault.Field("file", "The header of column %d is not readable. Save the file as CSV, encoded in UTF-8.", i+1)
		}
		name = tidy(csvfile.Unguard(name))
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
